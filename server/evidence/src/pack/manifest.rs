//! The list of a pack's files, and the signature over it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::MANIFEST;
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::json;
use crate::leaf::{self, LeafError};
use crate::note::{self, Note, NoteError, SigningKey, VerifyingKey};

/// The version of the manifest that this code writes and reads.
const VERSION: u64 = 1;

/// How much of each thing a pack holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Leaves; a pack of a whole log is the log from leaf 0 up to here.
    pub leaves: u64,
    /// Checkpoints.
    pub checkpoints: u64,
    /// Pinned contents.
    pub contents: u64,
    /// Rows of `tables/answers.csv`.
    pub answers: u64,
    /// Rows of `tables/completions.csv`.
    pub completions: u64,
    /// Rows of `tables/attestations.csv`.
    pub attestations: u64,
}

impl Counts {
    fn named(&self) -> [(&'static str, u64); 6] {
        [
            ("answers", self.answers),
            ("attestations", self.attestations),
            ("checkpoints", self.checkpoints),
            ("completions", self.completions),
            ("contents", self.contents),
            ("leaves", self.leaves),
        ]
    }
}

/// What a part of a log is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// The records of one person.
    Person,
    /// The records of the people of a department, with those below it.
    Department,
}

impl PartOf {
    /// The word in the list.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Department => "department",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Person, Self::Department].into_iter().find(|of| of.word() == word)
    }
}

/// That a pack is a part of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What of.
    pub of: PartOf,
    /// The size of the checkpoint that its leaves are proved under.
    pub size: u64,
}

/// The list of a pack's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// It is a part of a log. What says so is signed, and no pack of a whole log can say it.
    pub part: Option<Part>,
    /// The log's id.
    pub log: String,
    /// When the pack was made, `YYYY-MM-DDThh:mm:ss.sssZ`.
    pub generated_at: String,
    /// How much of each thing it holds.
    pub counts: Counts,
    /// The SHA-256 of every file but `manifest.json` and `manifest.note`.
    pub files: BTreeMap<String, Hash>,
}

impl Manifest {
    /// The bytes of `manifest.json`.
    ///
    /// # Errors
    /// When the log is not an id, the time not one, or a count above 2^53 − 1.
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        if !leaf::is_id(&self.log) {
            return Err(LeafError::Part { part: "log", value: self.log.clone() });
        }
        if leaf::time_number(&self.generated_at).is_none() {
            return Err(LeafError::Part { part: "generated_at", value: self.generated_at.clone() });
        }
        let counts: serde_json::Map<String, Value> =
            self.counts.named().map(|(name, number)| (name.to_owned(), number.into())).into_iter().collect();
        let files: Vec<_> = self
            .files
            .iter()
            .map(|(name, hash)| json!({ "name": name, "sha256": hash.to_string() }))
            .collect();
        let (counted, stated) = match self.part {
            None => (("from", json!(0)), ("to", json!(self.counts.leaves))),
            Some(Part { of, size }) => (("of", json!(of.word())), ("size", json!(size))),
        };
        let value = json!({
            "counts": counts,
            "files": files,
            "generated_at": self.generated_at,
            "log": self.log,
            "v": VERSION,
            counted.0: counted.1,
            stated.0: stated.1,
        });
        json::check(&value)?;
        let mut bytes = Vec::new();
        json::write(&value, &mut bytes);
        Ok(bytes)
    }

    /// Reads `manifest.json`. Only the bytes that [`Manifest::encode`] would write are a manifest.
    ///
    /// # Errors
    /// With the first part that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| LeafError::Spelling { at: 0 })?;
        let text = |part: &'static str| {
            value.get(part).and_then(Value::as_str).map(str::to_owned).ok_or(LeafError::Missing(part))
        };
        let count = |part: &'static str| {
            let counts = value.get("counts").ok_or(LeafError::Missing("counts"))?;
            counts.get(part).and_then(Value::as_u64).ok_or(LeafError::Missing(part))
        };
        let mut files = BTreeMap::new();
        for entry in value.get("files").and_then(Value::as_array).ok_or(LeafError::Missing("files"))? {
            let name = entry.get("name").and_then(Value::as_str).ok_or(LeafError::Missing("name"))?;
            let hash = entry.get("sha256").and_then(Value::as_str).and_then(Hash::from_hex);
            files.insert(name.to_owned(), hash.ok_or(LeafError::Missing("sha256"))?);
        }
        let part = match value.get("of").and_then(Value::as_str) {
            None => None,
            Some(of) => Some(Part {
                of: PartOf::read(of).ok_or_else(|| LeafError::Part { part: "of", value: of.to_owned() })?,
                size: value.get("size").and_then(Value::as_u64).ok_or(LeafError::Missing("size"))?,
            }),
        };
        let manifest = Self {
            part,
            log: text("log")?,
            generated_at: text("generated_at")?,
            counts: Counts {
                leaves: count("leaves")?,
                checkpoints: count("checkpoints")?,
                contents: count("contents")?,
                answers: count("answers")?,
                completions: count("completions")?,
                attestations: count("attestations")?,
            },
            files,
        };
        let spelled = manifest.encode()?;
        if spelled != bytes {
            let at = spelled.iter().zip(bytes).take_while(|(a, b)| a == b).count();
            return Err(LeafError::Spelling { at });
        }
        Ok(manifest)
    }

    /// The bytes of `manifest.note` for the bytes of `manifest.json`.
    ///
    /// # Errors
    /// When the log's id cannot stand in a note.
    pub fn sign(&self, encoded: &[u8], key: &SigningKey) -> Result<String, NoteError> {
        note::sign(&self.signed_text(encoded), &[key])
    }

    /// What is signed. The second line is not a number, so that no such note can pass for a checkpoint; a part says that it is one.
    pub(crate) fn signed_text(&self, encoded: &[u8]) -> String {
        let what = if self.part.is_some() { "part" } else { "manifest" };
        format!("{}\n{what}\n{}\n", self.log, Hash::of(encoded).to_base64())
    }

    /// Compares the counts with what was counted.
    pub(crate) fn check(&self, counted: &Counts, findings: &mut Findings) {
        for ((name, stated), (_, found)) in self.counts.named().into_iter().zip(counted.named()) {
            if stated != found {
                findings.add(Fault::ManifestCount, Place::file(MANIFEST), || {
                    (format!("{name} {stated}"), format!("{name} {found}"))
                });
            }
        }
    }
}

/// Which of these keys, the likeliest first, signed a text.
///
/// # Errors
/// With what was expected and what is there, as the first key has it.
pub(crate) fn signer(
    text: &str,
    note: &[u8],
    keys: Vec<VerifyingKey>,
) -> Result<VerifyingKey, (String, String)> {
    let line = |text: &str| text.trim().replace('\n', " ");
    let mut told = None;
    for key in keys {
        let why = match Note::parse(note).and_then(|note| note.verify(&key).map(str::to_owned)) {
            Ok(found) if found == text => return Ok(key),
            Ok(found) => (line(text), line(&found)),
            Err(error) => (key.to_string(), error.to_string()),
        };
        told.get_or_insert(why);
    }
    Err(told.unwrap_or_default())
}

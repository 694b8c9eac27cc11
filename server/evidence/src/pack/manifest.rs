//! The list of a pack's files, and the signature over it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{MANIFEST, MANIFEST_NOTE};
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
    /// Leaves; the pack is the log from leaf 0 up to here.
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

/// The list of a pack's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
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
        let value = json!({
            "counts": counts,
            "files": files,
            "from": 0,
            "generated_at": self.generated_at,
            "log": self.log,
            "to": self.counts.leaves,
            "v": VERSION,
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
        let manifest = Self {
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
        note::sign(&signed_text(&self.log, encoded), &[key])
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

/// What is signed. The second line is not a number, so that no such note can pass for a checkpoint.
fn signed_text(log: &str, encoded: &[u8]) -> String {
    format!("{log}\nmanifest\n{}\n", Hash::of(encoded).to_base64())
}

/// Reads the manifest and compares every file with it.
pub(crate) fn read(files: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) -> Option<Manifest> {
    let bytes = files.get(MANIFEST)?;
    let manifest = match Manifest::parse(bytes) {
        Ok(manifest) => manifest,
        Err(error) => {
            findings.add(Fault::ManifestForm, Place::file(MANIFEST), || (String::new(), error.to_string()));
            return None;
        }
    };
    for (name, expected) in &manifest.files {
        let Some(bytes) = files.get(name) else {
            findings.add(Fault::MissingFile, Place::file(name), Default::default);
            continue;
        };
        let found = Hash::of(bytes);
        if found != *expected {
            findings.add(Fault::FileHash, Place::file(name), || (expected.to_string(), found.to_string()));
        }
    }
    for name in files.keys().filter(|name| ![MANIFEST, MANIFEST_NOTE].contains(&name.as_str())) {
        if !manifest.files.contains_key(name) {
            findings.add(Fault::UnlistedFile, Place::file(name), Default::default);
        }
    }
    Some(manifest)
}

/// The key that signed the manifest: the log's last one, or one of its `heirs`.
///
/// # Errors
/// With what was expected and what is there, as the last key has it.
pub(crate) fn signer(
    files: &BTreeMap<String, Vec<u8>>,
    log: &str,
    last: &VerifyingKey,
    heirs: impl Iterator<Item = VerifyingKey>,
) -> Result<VerifyingKey, (String, String)> {
    // What is missing is told as a missing file.
    let (Some(encoded), Some(note)) = (files.get(MANIFEST), files.get(MANIFEST_NOTE)) else {
        return Ok(last.clone());
    };
    let expected = signed_text(log, encoded);
    let signed = |key: &VerifyingKey| match Note::parse(note).and_then(|note| note.verify(key)) {
        Ok(text) if text == expected => Ok(()),
        Ok(text) => Err((expected.trim().replace('\n', " "), text.trim().replace('\n', " "))),
        Err(error) => Err((key.to_string(), error.to_string())),
    };
    match signed(last) {
        Ok(()) => Ok(last.clone()),
        Err(told) => heirs.into_iter().find(|key| signed(key).is_ok()).ok_or(told),
    }
}

//! An evidence pack: a log with everything that is needed to check it far from the server that made it.
//!
//! | file | what it is |
//! | --- | --- |
//! | `leaves.ndjson` | the exact bytes of every leaf from the first on, one in a line |
//! | `checkpoints/<size>.note` | the signed checkpoints; the last one covers every leaf |
//! | `checkpoints/<size>.tsr` | what a time stamp authority replied (RFC 3161), where one was asked for the checkpoint |
//! | `vkey.txt` | the log's first verifier key |
//! | `keys/<n>.note` | from 1 on, the notes by which the log's last key was followed by the one that signs the pack (see [`keys`](crate::keys)) |
//! | `tables/<name>.csv` | the leaves as tables (see [`tables`](self#tables)) |
//! | `contents/<sha256>.json` | the contents that leaves name in `d.rev`, under their SHA-256 |
//! | `README.ja.txt` | how to check the pack |
//! | `manifest.json` | the log, the counts and the SHA-256 of every file but the two of the manifest |
//! | `manifest.note` | the manifest's SHA-256, signed by the log's key: no byte of a pack is unsigned |
//!
//! # Tables
//!
//! UTF-8 with or without a byte order mark, commas, quotes doubled within quotes, one header row. The column `leaf` is
//! the index of the row's leaf; `obj`, `at` and `actor` are those of the leaf; every other column is the key of the
//! leaf's content `d`. A cell holds the text of the value: strings as they are, integers and booleans as in JSON,
//! arrays and objects as canonical JSON; nothing for null or an absent key. In `answers`, `completions` and
//! `attestations` every leaf of the kind has its row. A table without a column `leaf` is signed with the manifest and
//! compared with nothing.

use std::collections::BTreeMap;

use crate::brought::{self, Brought};
use crate::difference::{Difference, Fault, Findings, Place};
use crate::hash::Hash;
use crate::keys;
use crate::leaf::Kind;
use crate::note::VerifyingKey;
use crate::stamp;
use crate::walk::Walk;

mod contents;
mod csv;
mod leaves;
mod manifest;
mod parallel;
mod projection;
mod seal;

pub use crate::walk::Stamped;
pub use manifest::{Counts, Manifest};
pub use seal::{SealError, seal};

/// The leaves.
pub const LEAVES: &str = "leaves.ndjson";
/// The log's first verifier key.
pub const KEY: &str = "vkey.txt";
/// How to check the pack, in Japanese.
pub const README: &str = "README.ja.txt";
/// The list of files.
pub const MANIFEST: &str = "manifest.json";
/// The signature over the list of files.
pub const MANIFEST_NOTE: &str = "manifest.note";

/// The folder of the checkpoints.
const CHECKPOINTS: &str = "checkpoints/";

/// The name of the file that holds the checkpoint of `size`.
pub fn checkpoint_file(size: u64) -> String {
    format!("checkpoints/{size}.note")
}

/// The name of the file that holds the note of the change of the key with this number, from 1 on.
pub fn key_file(number: usize) -> String {
    format!("keys/{number}.note")
}

/// The name of the file that holds the time stamp of the checkpoint of `size`.
pub fn stamp_file(size: u64) -> String {
    format!("checkpoints/{size}{}", stamp::ENDING)
}

/// The time stamps among the files of a pack, each with the name of the note that it is for.
pub fn stamps(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, String, &Vec<u8>)> {
    files.iter().filter_map(|(name, reply)| {
        let stem = name.strip_prefix(CHECKPOINTS)?.strip_suffix(stamp::ENDING)?;
        Some((name, format!("{CHECKPOINTS}{stem}.note"), reply))
    })
}

/// The name of the file that holds the content with this SHA-256.
pub fn content_file(sha256: Hash) -> String {
    format!("contents/{sha256}.json")
}

/// The tables whose rows and leaves must match both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Every answer given.
    Answers,
    /// Every period finished.
    Completions,
    /// Every policy text signed.
    Attestations,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Answers, Self::Completions, Self::Attestations];

    /// The name of its file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Answers => "tables/answers.csv",
            Self::Completions => "tables/completions.csv",
            Self::Attestations => "tables/attestations.csv",
        }
    }

    /// The kind of its leaves.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Answers => Kind::ANSWER,
            Self::Completions => Kind::COMPLETION,
            Self::Attestations => Kind::ATTEST_SIGN,
        }
    }

    fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.kind().as_str() == kind)
    }
}

/// A pack that was found to be whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The log's id.
    pub log: String,
    /// When the pack was made, by the word of the server that made it.
    pub generated_at: String,
    /// The number of leaves, all of them signed.
    pub leaves: u64,
    /// The root over them.
    pub root: Hash,
    /// The time of the last leaf, by the word of the server that wrote it.
    pub last_at: Option<String>,
    /// The number of checkpoints in the pack.
    pub checkpoints: u64,
    /// The time stamps of the checkpoints, if there is any. Their signatures are not checked here.
    pub stamped: Option<Stamped>,
    /// The number of checkpoints that the reader brought; all of them agree with the pack.
    pub brought: u64,
    /// The key that signed the pack. It is another one than the reader's where the key was changed since.
    pub signed_by: VerifyingKey,
    /// The places of the leaves that say that somebody else may have had the key.
    pub stolen: Vec<u64>,
    /// The number of pinned contents.
    pub contents: u64,
    /// The number of rows that were compared with their leaves, by file.
    pub rows: BTreeMap<String, u64>,
    /// Tables that have no column `leaf`: signed with the pack, but no leaf speaks for them.
    pub unproven_tables: Vec<String>,
}

/// Checks a pack, given as its files' bytes by name, against the verifier key that the reader trusts. `brought` are
/// texts with checkpoints that the reader got at other times, from mails and printed reports (see [`brought`]).
///
/// # Errors
/// With the first difference of each kind.
pub fn verify(
    files: &BTreeMap<String, Vec<u8>>,
    key: &VerifyingKey,
    brought: &[Vec<u8>],
) -> Result<Summary, Vec<Difference>> {
    verify_with(files, key, &[], brought)
}

/// The same for a reader who trusts `later` keys as well: after a key was lost, nothing leads from the one that signed the log to the one
/// that signs the pack.
///
/// # Errors
/// With the first difference of each kind.
pub fn verify_with(
    files: &BTreeMap<String, Vec<u8>>,
    key: &VerifyingKey,
    later: &[VerifyingKey],
    brought: &[Vec<u8>],
) -> Result<Summary, Vec<Difference>> {
    let mut findings = Findings::default();
    for name in [LEAVES, KEY, README, MANIFEST, MANIFEST_NOTE] {
        if !files.contains_key(name) {
            findings.add(Fault::MissingFile, Place::file(name), Default::default);
        }
    }
    let empty = Vec::new();
    let file = |name: &str| files.get(name).unwrap_or(&empty);

    if let Some(text) = files.get(KEY) {
        check_key_file(text, key, &mut findings);
    }
    let manifest = manifest::read(files, &mut findings);
    let leaves = leaves::read(file(LEAVES), manifest.as_ref().map(|m| m.log.as_str()), &mut findings);

    let mut walk = Walk::new(&leaves.log, LEAVES, key);
    for (name, note_name, reply) in stamps(files) {
        match files.get(&note_name) {
            Some(note) => walk.expect_stamp(name, note, reply, &mut findings),
            None => findings.add(Fault::MissingFile, Place::file(&note_name), Default::default),
        }
    }
    for (name, note) in checkpoints(files) {
        let size = walk.expect(name.clone(), note.clone(), &mut findings);
        if size.is_some_and(|size| *name != checkpoint_file(size)) {
            let stated = size.map(checkpoint_file).unwrap_or_default();
            findings.add(Fault::CheckpointName, Place::file(name), || (stated, name.clone()));
        }
    }
    let mut kept = 0;
    for (number, text) in (1..).zip(brought) {
        let file = format!("brought/{number}");
        let found = brought::read(text);
        if found.is_empty() {
            findings.add(Fault::CheckpointForm, Place::file(&file), Default::default);
        }
        for one in found {
            kept += 1;
            match one {
                Brought::Signed(note) => {
                    walk.expect(file.clone(), note, &mut findings);
                }
                Brought::Printed(printed) => walk.expect_printed(file.clone(), printed),
            }
        }
    }
    for fact in &leaves.facts {
        walk.step(fact, &mut findings);
    }
    let end = walk.end(&mut findings);
    let size = end.frontier.size();
    if end.signed != size || !files.contains_key(&checkpoint_file(size)) {
        findings.add(Fault::Unsigned, Place::leaf(LEAVES, end.signed), || {
            (checkpoint_file(size), checkpoint_file(end.signed))
        });
    }

    let projected = projection::check(files, &leaves, &mut findings);
    let contents = contents::check(files, &leaves, &mut findings);
    let counts = Counts {
        leaves: size,
        checkpoints: checkpoints(files).count() as u64,
        contents,
        answers: projected.rows_of(Table::Answers),
        completions: projected.rows_of(Table::Completions),
        attestations: projected.rows_of(Table::Attestations),
    };
    let mut generated_at = String::new();
    let mut signed_by = end.key.clone();
    if let Some(manifest) = manifest {
        manifest.check(&counts, &mut findings);
        let heirs = heirs(files, &end.key).chain(later.iter().cloned());
        match manifest::signer(files, &manifest.log, &end.key, heirs) {
            Ok(key) => signed_by = key,
            Err((expected, found)) => {
                findings.add(Fault::ManifestSignature, Place::file(MANIFEST_NOTE), || (expected, found));
            }
        }
        generated_at = manifest.generated_at;
    }
    findings.number_lines(LEAVES);
    findings.unless_different(Summary {
        log: leaves.log,
        generated_at,
        leaves: size,
        root: end.frontier.root(),
        last_at: end.last_at(),
        checkpoints: counts.checkpoints,
        stamped: end.stamped,
        brought: kept,
        signed_by,
        stolen: end.stolen,
        contents,
        rows: projected.rows,
        unproven_tables: projected.unproven,
    })
}

/// The keys that followed the last one of the log, as far as the notes in the pack lead.
fn heirs<'a>(
    files: &'a BTreeMap<String, Vec<u8>>,
    last: &VerifyingKey,
) -> impl Iterator<Item = VerifyingKey> + 'a {
    let mut key = last.clone();
    (1..).map_while(move |number| {
        key = keys::handed_over(files.get(&key_file(number))?, &key).ok()?;
        Some(key.clone())
    })
}

/// The checkpoints among the files: whatever is in their folder and no time stamp.
fn checkpoints(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(name, _)| name.starts_with(CHECKPOINTS) && !name.ends_with(stamp::ENDING))
}

fn count(files: &BTreeMap<String, Vec<u8>>, folder: &str) -> u64 {
    files.keys().filter(|name| name.starts_with(folder)).count() as u64
}

fn check_key_file(text: &[u8], key: &VerifyingKey, findings: &mut Findings) {
    let expected = key.to_string();
    let found = String::from_utf8_lossy(text);
    if found.trim() != expected {
        findings.add(Fault::KeyFile, Place::file(KEY), || (expected, found.trim().to_owned()));
    }
}

//! An evidence pack: a log with everything that is needed to check it far from the server that made it.
//!
//! | file | what it is |
//! | --- | --- |
//! | `leaves.ndjson` | the exact bytes of every leaf from the first on, one in a line |
//! | `checkpoints/<size>.note` | the signed checkpoints; the last one covers every leaf |
//! | `checkpoints/<size>.tsr` | what a time stamp authority replied (RFC 3161), where one was asked for the checkpoint |
//! | `witnesses/<size>.txt` | the signature lines of witnesses (C2SP tlog-cosignature) that belong below the note of that size |
//! | `vkey.txt` | the log's first verifier key |
//! | `keys/<n>.note` | from 1 on, the notes by which the log's last key was followed by the one that signs the pack (see [`keys`](crate::keys)) |
//! | `tables/<name>.csv` | the leaves as tables (see [`tables`](self#tables)) |
//! | `contents/<sha256>.json` | the contents that leaves name in `d.rev`, under their SHA-256 |
//! | `private/identities.ndjson` | the names that leaves bind, with their salts: see [`Names`] |
//! | `private/erasures.txt` | proofs that those whose names are not there were erased, where no leaf of the pack says so |
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

//!
//! # Size
//!
//! A log may have any number of leaves. Whoever checks a pack holds a batch of them at a time, and the rows of the tables that belong to
//! them; the rest is of fixed size, or grows with the files and the checkpoints.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::thread;

use crate::difference::Findings;
use crate::hash::Hash;
use crate::leaf::Kind;
use crate::note::VerifyingKey;
use crate::stamp;
use leaves::Lines;
use stream::Stream;

mod beginnings;
mod csv;
mod files;
mod leaves;
mod manifest;
mod parallel;
mod part;
mod people;
mod private;
mod projection;
mod proofs;
mod requests;
mod roster;
mod seal;
mod sheet;
mod source;
mod stream;
mod whole;
mod witnessed;

pub use crate::walk::Stamped;
pub use beginnings::beginning;
pub use manifest::{Counts, Manifest, Part, PartOf};
pub use part::{PartSummary, is_part, verify_part};
pub use private::{Names, erasure, identity};
pub use seal::{SealError, seal};
pub use source::{LONGEST_NOTE, LONGEST_TEXT, PIECE, Source, held, sum};
pub use whole::{verify, verify_with};
pub use witnessed::{Seen, witnessed};

/// The leaves.
pub const LEAVES: &str = "leaves.ndjson";
/// The leaves of a part of a log.
pub const PART_LEAVES: &str = "part.ndjson";
/// Their proofs, in the same order: C2SP tlog-proofs one after the other, all of them under the one checkpoint of the part.
pub const PROOFS: &str = "proofs.txt";
/// Whom a part is of: in each line a person's id, and behind it the ids of what they owe.
pub const PEOPLE: &str = "people.txt";
/// How the log of a part went on from one signed checkpoint to the next, up to the one of the part: see [`beginning`].
pub const BEGINNINGS: &str = "beginnings.txt";
/// The names that leaves bind, with their salts.
pub const IDENTITIES: &str = "private/identities.ndjson";
/// Proofs that somebody was erased, where the leaf that says so is not in the pack.
pub const ERASURES: &str = "private/erasures.txt";
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

/// The folder of what witnesses said of them.
const WITNESSES: &str = "witnesses/";

/// The name of the file that holds what witnesses said of the checkpoint of `size`.
pub fn witness_file(size: u64) -> String {
    format!("{WITNESSES}{size}.txt")
}

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

/// The time stamps among the names of files, each with the name of the note that it is for.
pub fn stamps(names: &BTreeSet<String>) -> impl Iterator<Item = (&String, String)> {
    names.iter().filter_map(|name| {
        let stem = name.strip_prefix(CHECKPOINTS)?.strip_suffix(stamp::ENDING)?;
        Some((name, format!("{CHECKPOINTS}{stem}.note")))
    })
}

/// The checkpoints among the names: whatever is in their folder and no time stamp.
fn checkpoints(names: &BTreeSet<String>) -> impl Iterator<Item = &String> {
    names.iter().filter(|name| name.starts_with(CHECKPOINTS) && !name.ends_with(stamp::ENDING))
}

/// Hands over the lines of a file of leaves, [`LEAVES`] or [`PART_LEAVES`], each with its number, from 0.
///
/// # Errors
/// When they cannot be read to their end.
pub fn each_leaf(
    source: &(impl Source + ?Sized),
    file: &'static str,
    take: &mut dyn FnMut(u64, &[u8]),
) -> io::Result<()> {
    thread::scope(|scope| {
        let mut lines = Lines::new(Stream::open(scope, source, file), file);
        // Whether they are leaves is not asked here.
        let mut told = Findings::default();
        while let Some(batch) = lines.batch(&mut told) {
            for (index, line) in (batch.first..).zip(batch.lines()) {
                take(index, line);
            }
        }
        lines.finish().map(drop)
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

    fn of_file(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.file() == file)
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
    /// The names that leaves bind; `None` if the pack has no private part, as those of older programs.
    pub names: Option<Names>,
    /// The number of rows that were compared with their leaves, by file.
    pub rows: BTreeMap<String, u64>,
    /// Tables that have no column `leaf`: signed with the pack, but no leaf speaks for them.
    pub unproven_tables: Vec<String>,
}

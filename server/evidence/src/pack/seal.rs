//! The last step in making a pack: listing its files and signing the list.

use std::collections::BTreeMap;

use super::manifest::{Counts, Manifest};
use super::{KEY, LEAVES, MANIFEST, MANIFEST_NOTE, Table, checkpoints, csv};
use crate::hash::Hash;
use crate::leaf::LeafError;
use crate::note::{NoteError, SigningKey, VerifyingKey};

/// Why a pack cannot be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The log's id or the time is not one.
    #[error(transparent)]
    Leaf(#[from] LeafError),
    /// The list cannot be signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A table is not in the form of a pack's tables.
    #[error("{0}: {1}")]
    Table(&'static str, &'static str),
}

/// Adds `vkey.txt`, `manifest.json` and `manifest.note` to the other files of a pack. `first_key` is the key that
/// signed the log's first checkpoint and is the one that readers trust; `key` signs now. They differ after a key change.
///
/// # Errors
/// When the log's id or the time has not its form, or a table cannot be read.
pub fn seal(
    files: &mut BTreeMap<String, Vec<u8>>,
    log: &str,
    generated_at: &str,
    first_key: &VerifyingKey,
    key: &SigningKey,
) -> Result<(), SealError> {
    files.insert(KEY.to_owned(), format!("{first_key}\n").into_bytes());
    files.remove(MANIFEST);
    files.remove(MANIFEST_NOTE);
    let rows = |table: Table| {
        let Some(bytes) = files.get(table.file()) else { return Ok(0) };
        csv::count_rows(bytes).map_err(|error| SealError::Table(table.file(), error))
    };
    let lines = files.get(LEAVES).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count());
    let manifest = Manifest {
        part: None,
        log: log.to_owned(),
        generated_at: generated_at.to_owned(),
        counts: Counts {
            leaves: lines as u64,
            checkpoints: checkpoints(&files.keys().cloned().collect()).count() as u64,
            contents: files.keys().filter(|name| name.starts_with("contents/")).count() as u64,
            answers: rows(Table::Answers)?,
            completions: rows(Table::Completions)?,
            attestations: rows(Table::Attestations)?,
        },
        files: files.iter().map(|(name, bytes)| (name.clone(), Hash::of(bytes))).collect(),
    };
    let encoded = manifest.encode()?;
    let note = manifest.sign(&encoded, key)?;
    files.insert(MANIFEST.to_owned(), encoded);
    files.insert(MANIFEST_NOTE.to_owned(), note.into_bytes());
    Ok(())
}

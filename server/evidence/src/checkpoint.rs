//! A checkpoint (C2SP tlog-checkpoint): the signed statement that a log had so many leaves under this root.

use crate::hash::Hash;
use crate::note::{self, Note, NoteError, SigningKey, VerifyingKey};

/// The state of a log at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's id, the same as `log` in its leaves.
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// The signed note, ready to be stored, printed and mailed. Two keys sign the checkpoint after a key change.
    ///
    /// # Errors
    /// When the origin is empty or has a line break or another control character.
    pub fn sign(&self, keys: &[&SigningKey]) -> Result<String, NoteError> {
        let text = self.text();
        Self::read(&text)?;
        note::sign(&text, keys)
    }

    /// Reads a checkpoint that `key` signed.
    ///
    /// # Errors
    /// When it is not a note, not signed by the key, or not a checkpoint.
    pub fn open(note: &[u8], key: &VerifyingKey) -> Result<Self, NoteError> {
        Self::read(Note::parse(note)?.verify(key)?)
    }

    /// Reads a checkpoint without looking at who signed it. Believe nothing of it.
    ///
    /// # Errors
    /// When it is not a note or its text not a checkpoint.
    pub fn read_unverified(note: &[u8]) -> Result<Self, NoteError> {
        Self::read(Note::parse(note)?.unverified_text())
    }

    /// Extension lines are refused: nobody who watches a log could check them, and ours has none.
    fn read(text: &str) -> Result<Self, NoteError> {
        let lines: Vec<_> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
        let [origin, size, root] = lines.as_slice() else {
            return Err(NoteError::Checkpoint("it has not three lines"));
        };
        if origin.is_empty() {
            return Err(NoteError::Checkpoint("the origin is empty"));
        }
        let size = decimal(size).ok_or(NoteError::Checkpoint("the size is not a number"))?;
        let root = Hash::from_base64(root).ok_or(NoteError::Checkpoint("the root is not a hash"))?;
        Ok(Self { origin: (*origin).to_owned(), size, root })
    }
}

/// A number in its only decimal spelling.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

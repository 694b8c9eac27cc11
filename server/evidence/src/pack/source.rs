//! Where the files of a pack are: in memory, in a folder, in a zip. Whoever checks them never holds a long one whole.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use sha2::{Digest as _, Sha256};

use crate::hash::Hash;

/// The files of a pack.
pub trait Source: Sync {
    /// The names of all files.
    fn names(&self) -> BTreeSet<String>;

    /// Reads a file from its beginning and hands over its bytes piece by piece, until `take` wants no more of them. It may be asked for
    /// the same file again, and for several at the same time.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read to its end.
    fn feed(&self, name: &str, take: &mut dyn FnMut(&[u8]) -> bool) -> io::Result<()>;
}

/// How many bytes are handed over at once.
pub const PIECE: usize = 1 << 18;

/// Files that are in memory already.
impl Source for BTreeMap<String, Vec<u8>> {
    fn names(&self) -> BTreeSet<String> {
        self.keys().cloned().collect()
    }

    fn feed(&self, name: &str, take: &mut dyn FnMut(&[u8]) -> bool) -> io::Result<()> {
        let bytes = self.get(name).ok_or(io::ErrorKind::NotFound)?;
        bytes.chunks(PIECE).all(take);
        Ok(())
    }
}

/// The longest note, proof or time stamp. Real ones are a few thousand bytes.
pub const LONGEST_NOTE: usize = 1 << 20;
/// The longest list of files or content.
pub const LONGEST_TEXT: usize = 1 << 26;

/// The bytes of a file that is short by its nature.
///
/// # Errors
/// When it cannot be read, or is longer than `longest`.
pub fn held(source: &(impl Source + ?Sized), name: &str, longest: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.feed(name, &mut |piece| {
        bytes.extend_from_slice(piece);
        bytes.len() <= longest
    })?;
    if bytes.len() > longest {
        return Err(io::Error::other("it is too long"));
    }
    Ok(bytes)
}

/// The SHA-256 of a file, which is not held.
///
/// # Errors
/// When it cannot be read.
pub fn sum(source: &(impl Source + ?Sized), name: &str) -> io::Result<Hash> {
    let mut sha = Sha256::new();
    source.feed(name, &mut |piece| {
        sha.update(piece);
        true
    })?;
    Ok(Hash::from(<[u8; 32]>::from(sha.finalize())))
}

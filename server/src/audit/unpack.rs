//! The files of a zip that anybody may have made: of an evidence pack or an inspection binder that is to be checked. They are read into
//! memory under the names that they have and never written anywhere, so a name cannot lead out of a folder.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

/// A year has 8,784 hours, and so at most that many hourly checkpoints; the rest are exports and contents.
pub const MOST_FILES: usize = 100_000;

/// Why a zip is no pack.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// It is no zip, or a damaged one.
    #[error("{0}")]
    Zip(#[from] ZipError),
    /// It could not be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It has too many files.
    #[error("it has too many files to be an evidence pack")]
    TooMany,
    /// It unfolds to too much.
    #[error("it is too large to be an evidence pack")]
    TooLarge,
    /// It has a name twice.
    #[error("it has two files of one name: other programs would unpack another one than is checked here")]
    Twice,
}

/// Reads every file. What it unfolds to is counted while it is unfolded: the sizes that it claims are not believed.
///
/// # Errors
/// See [`UnpackError`].
pub fn unpack(zip: impl Read + Seek, largest: u64) -> Result<BTreeMap<String, Vec<u8>>, UnpackError> {
    let zip = ZipArchive::new(zip)?;
    if zip.len() > MOST_FILES {
        return Err(UnpackError::TooMany);
    }
    // Of two entries with one name the reader keeps one.
    let (kept, start) = (zip.len(), zip.central_directory_start());
    let mut zip = zip.into_inner();
    if entries(&mut zip, start)? != kept {
        return Err(UnpackError::Twice);
    }
    let mut zip = ZipArchive::new(zip)?;
    let mut files = BTreeMap::new();
    let mut left = largest;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index)?;
        let name = entry.name()?.to_string();
        let mut bytes = Vec::new();
        entry.by_ref().take(left.saturating_add(1)).read_to_end(&mut bytes)?;
        left = left.checked_sub(bytes.len() as u64).ok_or(UnpackError::TooLarge)?;
        if files.insert(name, bytes).is_some() {
            return Err(UnpackError::Twice);
        }
    }
    Ok(files)
}

/// How many entries the directory of a zip has, whatever they are called (APPNOTE 4.3.12).
fn entries(zip: &mut (impl Read + Seek), start: u64) -> io::Result<usize> {
    const HEAD: usize = 46;
    zip.seek(SeekFrom::Start(start))?;
    let mut found = 0;
    loop {
        let mut head = [0; HEAD];
        if zip.read_exact(&mut head).is_err() || !head.starts_with(b"PK\x01\x02") {
            return Ok(found);
        }
        found += 1;
        // The lengths of name, extra field and comment.
        let [.., n0, n1, e0, e1, c0, c1, _, _, _, _, _, _, _, _, _, _, _, _] = head;
        let [name, extra, comment] = [[n0, n1], [e0, e1], [c0, c1]].map(u16::from_le_bytes);
        zip.seek_relative(i64::from(name) + i64::from(extra) + i64::from(comment))?;
    }
}

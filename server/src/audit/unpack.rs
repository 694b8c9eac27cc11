//! The files of a zip that anybody may have made: of an evidence pack or an inspection binder that is to be checked. They are read piece by
//! piece under the names that they have and never written anywhere, so a name cannot lead out of a folder, and no length fills the memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use kokoroe_evidence::pack::{PIECE, Source};
use zip::ZipArchive;
use zip::read::{ZipArchiveMetadata, ZipReadOptions};
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

/// A zip whose directory was read.
#[derive(Debug)]
pub struct Zipped<R> {
    zip: R,
    directory: Arc<ZipArchiveMetadata>,
    /// The places of the files in the directory.
    places: BTreeMap<String, usize>,
    /// How far each file was ever unfolded, and how much is left for all of them.
    unfolded: Vec<AtomicU64>,
    left: Mutex<u64>,
}

impl<R: Read + Seek + Clone + Sync> Zipped<R> {
    /// Reads the directory. What the files unfold to is counted while they are unfolded: the sizes that the directory claims are not
    /// believed, and all of them together may not be more than `largest`.
    ///
    /// # Errors
    /// See [`UnpackError`].
    pub fn open(mut zip: R, largest: u64) -> Result<Self, UnpackError> {
        let archive = ZipArchive::new(zip.clone())?;
        let directory = archive.metadata();
        let kept = directory.len();
        if kept > MOST_FILES {
            return Err(UnpackError::TooMany);
        }
        // Of two entries with one name the reader keeps one.
        if entries(&mut zip, archive.central_directory_start())? != kept {
            return Err(UnpackError::Twice);
        }
        let mut places = BTreeMap::new();
        for place in 0..kept {
            let name = directory.entry(place)?.name()?.to_string();
            if places.insert(name, place).is_some() {
                return Err(UnpackError::Twice);
            }
        }
        let unfolded = (0..kept).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { zip, directory, places, unfolded, left: Mutex::new(largest) })
    }

    /// Takes note that a file was unfolded so far. What is read a second time does not count again.
    fn count(&self, place: usize, length: u64) -> Result<(), UnpackError> {
        let known = self.unfolded.get(place).map_or(0, |known| known.fetch_max(length, Ordering::Relaxed));
        let mut left = self.left.lock().map_err(|_| UnpackError::TooLarge)?;
        *left = left.checked_sub(length.saturating_sub(known)).ok_or(UnpackError::TooLarge)?;
        Ok(())
    }

    fn unfold(&self, name: &str, take: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), UnpackError> {
        let place = *self.places.get(name).ok_or(io::Error::from(io::ErrorKind::NotFound))?;
        let mut zip = BufReader::with_capacity(PIECE, self.zip.clone());
        let mut entry = self.directory.entry(place)?.with_reader(&mut zip, ZipReadOptions::new())?;
        let (mut piece, mut length) = (vec![0; PIECE], 0);
        loop {
            let read = entry.read(&mut piece)?;
            let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
            length += read as u64;
            self.count(place, length)?;
            if !take(bytes) {
                return Ok(());
            }
        }
    }
}

impl<R: Read + Seek + Clone + Sync> Source for Zipped<R> {
    fn names(&self) -> BTreeSet<String> {
        self.places.keys().cloned().collect()
    }

    fn feed(&self, name: &str, take: &mut dyn FnMut(&[u8]) -> bool) -> io::Result<()> {
        self.unfold(name, take).map_err(|error| match error {
            UnpackError::Io(error) => error,
            other => io::Error::other(other),
        })
    }
}

/// A file that is read at several places at the same time.
#[derive(Clone, Debug)]
pub struct Shared {
    file: Arc<File>,
    at: u64,
}

impl From<File> for Shared {
    fn from(file: File) -> Self {
        Self { file: Arc::new(file), at: 0 }
    }
}

impl Read for Shared {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(to, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// How many entries the directory of a zip has, whatever they are called (APPNOTE 4.3.12).
fn entries(zip: &mut (impl Read + Seek), start: u64) -> io::Result<usize> {
    const HEAD: usize = 46;
    let mut zip = BufReader::new(zip);
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

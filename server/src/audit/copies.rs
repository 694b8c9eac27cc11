//! The copies of signed checkpoints that are kept outside the database, one file each: `checkpoints/<log>/<size>.note`.

use std::fs;
use std::path::{Path, PathBuf};

use super::signer::{KeyFileError, write_private};

/// The folder of the copies.
#[derive(Clone, Debug)]
pub struct Copies(PathBuf);

impl Copies {
    /// The folder inside a data folder; made if there is none.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(data: &Path) -> Result<Self, KeyFileError> {
        let folder = data.join("checkpoints");
        fs::create_dir_all(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        Ok(Self(folder))
    }

    /// The logs of which copies are kept, by the names of their folders.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn logs(&self) -> Result<Vec<String>, KeyFileError> {
        let fail = |error: std::io::Error| KeyFileError::new(&self.0, error);
        let mut logs = Vec::new();
        for entry in fs::read_dir(&self.0).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            if entry.file_type().map_err(fail)?.is_dir() {
                logs.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        logs.sort_unstable();
        Ok(logs)
    }

    /// The name of the folder of a log.
    #[must_use]
    pub fn folder_name(log: &str) -> String {
        log.replace('/', "-")
    }

    /// The copies of a log, by size.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of(&self, log: &str) -> Result<Vec<(u64, Vec<u8>)>, KeyFileError> {
        let folder = self.0.join(Self::folder_name(log));
        let mut notes = Vec::new();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(notes),
            Err(error) => return Err(KeyFileError::new(&folder, error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| KeyFileError::new(&folder, error))?.path();
            let size = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            if let Some(size) = size.filter(|_| path.extension().is_some_and(|ext| ext == "note")) {
                notes.push((size, fs::read(&path).map_err(|error| KeyFileError::new(&path, error))?));
            }
        }
        notes.sort_unstable();
        Ok(notes)
    }

    /// Keeps a copy, on disk before this returns. One that is kept already is never replaced.
    ///
    /// # Errors
    /// When it cannot be written, or another checkpoint of this size is kept.
    pub fn keep(&self, log: &str, size: u64, note: &str) -> Result<(), KeyFileError> {
        let folder = self.0.join(Self::folder_name(log));
        fs::create_dir_all(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        let path = folder.join(format!("{size}.note"));
        match fs::read(&path) {
            Ok(kept) if kept == note.as_bytes() => Ok(()),
            Ok(_) => Err(KeyFileError::new(&path, "another checkpoint of this size is kept already")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                write_private(&path, note.as_bytes()).map_err(|error| KeyFileError::new(&path, error))
            }
            Err(error) => Err(KeyFileError::new(&path, error)),
        }
    }
}

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
        let mut sizes = sizes(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        sizes.sort_unstable();
        let read = |size: u64| {
            let path = folder.join(format!("{size}.note"));
            let note = fs::read(&path).map_err(|error| KeyFileError::new(&path, error))?;
            Ok((size, note))
        };
        sizes.into_iter().map(read).collect()
    }

    /// The copy of the largest size up to `last`, without reading the others.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn newest(&self, log: &str, last: u64) -> Result<Option<Vec<u8>>, KeyFileError> {
        let folder = self.0.join(Self::folder_name(log));
        let sizes = sizes(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        let Some(size) = sizes.into_iter().filter(|size| *size <= last).max() else { return Ok(None) };
        let path = folder.join(format!("{size}.note"));
        fs::read(&path).map(Some).map_err(|error| KeyFileError::new(&path, error))
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

/// The sizes of which a folder has copies, by their names; none where there is no folder.
fn sizes(folder: &Path) -> std::io::Result<Vec<u64>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut sizes = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let size: Option<u64> =
            name.to_str().and_then(|name| name.strip_suffix(".note")).and_then(|size| size.parse().ok());
        sizes.extend(size);
    }
    Ok(sizes)
}

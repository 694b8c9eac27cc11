//! The copies of signed checkpoints that are kept outside the database, one file each: `checkpoints/<log>/<size>.note`, and beside it
//! `<size>.tsr` where an authority has stamped it.

use std::fs;
use std::path::{Path, PathBuf};

use kokoroe_evidence::stamp;

use super::signer::{KeyFileError, PART, write_private};

/// The ending of a checkpoint's file.
const NOTE: &str = ".note";

/// The folder of the copies.
#[derive(Clone, Debug)]
pub struct Copies(PathBuf);

impl Copies {
    /// The folder inside a data folder, which nobody else is using; made if there is none. What a process that was killed had begun to write
    /// goes: an auditor who takes the folder as it is finds nothing in it that is no checkpoint.
    ///
    /// # Errors
    /// When it cannot be made or looked through.
    pub fn open(data: &Path) -> Result<Self, KeyFileError> {
        let folder = data.join("checkpoints");
        fs::create_dir_all(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        let this = Self(folder);
        for log in this.logs()? {
            let folder = this.0.join(log);
            sweep(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        }
        Ok(this)
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
        self.all(log, NOTE)
    }

    /// The copies of the time stamps of a log, by size.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn stamps(&self, log: &str) -> Result<Vec<(u64, Vec<u8>)>, KeyFileError> {
        self.all(log, stamp::ENDING)
    }

    fn all(&self, log: &str, ending: &str) -> Result<Vec<(u64, Vec<u8>)>, KeyFileError> {
        let folder = self.0.join(Self::folder_name(log));
        let mut sizes = sizes(&folder, ending).map_err(|error| KeyFileError::new(&folder, error))?;
        sizes.sort_unstable();
        let read = |size: u64| {
            let path = folder.join(format!("{size}{ending}"));
            let copy = fs::read(&path).map_err(|error| KeyFileError::new(&path, error))?;
            Ok((size, copy))
        };
        sizes.into_iter().map(read).collect()
    }

    /// The copy of the largest size up to `last`, without reading the others.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn newest(&self, log: &str, last: u64) -> Result<Option<Vec<u8>>, KeyFileError> {
        let folder = self.0.join(Self::folder_name(log));
        let sizes = sizes(&folder, NOTE).map_err(|error| KeyFileError::new(&folder, error))?;
        let Some(size) = sizes.into_iter().filter(|size| *size <= last).max() else { return Ok(None) };
        let path = folder.join(format!("{size}{NOTE}"));
        fs::read(&path).map(Some).map_err(|error| KeyFileError::new(&path, error))
    }

    /// The copy of the time stamp of one checkpoint.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn stamp(&self, log: &str, size: u64) -> Result<Option<Vec<u8>>, KeyFileError> {
        let path = self.0.join(Self::folder_name(log)).join(format!("{size}{}", stamp::ENDING));
        match fs::read(&path) {
            Ok(reply) => Ok(Some(reply)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(KeyFileError::new(&path, error)),
        }
    }

    /// Keeps a copy, on disk before this returns. One that is kept already is never replaced.
    ///
    /// # Errors
    /// When it cannot be written, or another checkpoint of this size is kept.
    pub fn keep(&self, log: &str, size: u64, note: &str) -> Result<(), KeyFileError> {
        self.put(
            log,
            &format!("{size}{NOTE}"),
            note.as_bytes(),
            "another checkpoint of this size is kept already",
        )
    }

    /// Keeps the copy of a time stamp in the same way.
    ///
    /// # Errors
    /// When it cannot be written, or another time stamp of this checkpoint is kept.
    pub fn keep_stamp(&self, log: &str, size: u64, reply: &[u8]) -> Result<(), KeyFileError> {
        let other = "another time stamp of this checkpoint is kept already";
        self.put(log, &format!("{size}{}", stamp::ENDING), reply, other)
    }

    fn put(&self, log: &str, name: &str, bytes: &[u8], other: &str) -> Result<(), KeyFileError> {
        let folder = self.0.join(Self::folder_name(log));
        fs::create_dir_all(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(kept) if kept == bytes => Ok(()),
            Ok(_) => Err(KeyFileError::new(&path, other)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                write_private(&path, bytes).map_err(|error| KeyFileError::new(&path, error))
            }
            Err(error) => Err(KeyFileError::new(&path, error)),
        }
    }
}

/// Takes away what was begun and not finished.
fn sweep(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == PART) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// The sizes of which a folder has copies with this ending, by their names; none where there is no folder.
fn sizes(folder: &Path, ending: &str) -> std::io::Result<Vec<u64>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut sizes = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let size: Option<u64> =
            name.to_str().and_then(|name| name.strip_suffix(ending)).and_then(|size| size.parse().ok());
        sizes.extend(size);
    }
    Ok(sizes)
}

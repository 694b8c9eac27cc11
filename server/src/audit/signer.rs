//! The signing key and the folder in which copies of the checkpoints are kept, outside the database.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use kokoroe_evidence::SigningKey;

use super::check::LiveCheck;
use crate::account::secret;

/// Signs checkpoints, keeps their copies, and remembers how the last check and the last signing went.
#[derive(Clone, Debug)]
pub struct Signer {
    key: Arc<SigningKey>,
    folder: PathBuf,
    memory: Arc<Mutex<Memory>>,
}

#[derive(Debug, Default)]
struct Memory {
    check: Option<Arc<LiveCheck>>,
    refusal: Option<String>,
}

/// A file of the data folder could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {cause}")]
pub struct KeyFileError {
    path: String,
    cause: String,
}

impl KeyFileError {
    fn new(path: &Path, cause: impl std::fmt::Display) -> Self {
        Self { path: path.display().to_string(), cause: cause.to_string() }
    }
}

/// 32 secret bytes in a file that only the service can read; made at the first start.
///
/// # Errors
/// When the file cannot be read or written, or holds something else.
pub fn seed_file(path: &Path) -> Result<[u8; 32], KeyFileError> {
    let fail = |cause: &dyn std::fmt::Display| KeyFileError::new(path, cause);
    match fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| fail(&"this is not a key of 32 bytes")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let seed = secret::random::<32>();
            write_private(path, &seed).map_err(|error| fail(&error))?;
            Ok(seed)
        }
        Err(error) => Err(fail(&error)),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl Signer {
    /// The signer of a data folder. The name of the series is made at the first start and never changes: it is in every leaf.
    ///
    /// # Errors
    /// When the key or the folder cannot be read or made.
    pub fn open(data: &Path) -> Result<Self, KeyFileError> {
        let seed = seed_file(&data.join("evidence.key"))?;
        let name_file = data.join("evidence.name");
        let name = match fs::read_to_string(&name_file) {
            Ok(name) => name.trim().to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let name = format!("kokoroe-{}", hex::encode(secret::random::<4>()));
                write_private(&name_file, name.as_bytes())
                    .map_err(|error| KeyFileError::new(&name_file, error))?;
                name
            }
            Err(error) => return Err(KeyFileError::new(&name_file, error)),
        };
        let key =
            SigningKey::from_seed(&name, &seed).map_err(|error| KeyFileError::new(&name_file, error))?;
        let folder = data.join("checkpoints");
        fs::create_dir_all(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        Ok(Self { key: Arc::new(key), folder, memory: Arc::default() })
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The name of the series of logs.
    #[must_use]
    pub fn series(&self) -> &str {
        self.key.verifying_key().name()
    }

    /// The public key as auditors are given it.
    #[must_use]
    pub fn vkey(&self) -> String {
        self.key.verifying_key().to_string()
    }

    /// The checkpoints of a log that are kept outside the database, by size.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn kept(&self, log: &str) -> Result<Vec<(u64, Vec<u8>)>, KeyFileError> {
        let folder = self.folder_of(log);
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

    /// Keeps a copy of a signed checkpoint outside the database, on disk before this returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, log: &str, size: u64, note: &str) -> Result<(), KeyFileError> {
        let folder = self.folder_of(log);
        fs::create_dir_all(&folder).map_err(|error| KeyFileError::new(&folder, error))?;
        let path = folder.join(format!("{size}.note"));
        match write_private(&path, note.as_bytes()) {
            Ok(()) => fs::File::open(&folder)
                .and_then(|dir| dir.sync_all())
                .map_err(|error| KeyFileError::new(&folder, error)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(KeyFileError::new(&path, error)),
        }
    }

    /// The folders of logs of which checkpoints are kept.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn kept_logs(&self) -> Result<Vec<String>, KeyFileError> {
        let fail = |error: std::io::Error| KeyFileError::new(&self.folder, error);
        let mut logs = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(fail)? {
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
    pub fn folder_name(&self, log: &str) -> String {
        log.replace('/', "-")
    }

    fn folder_of(&self, log: &str) -> PathBuf {
        self.folder.join(self.folder_name(log))
    }

    /// How the last check since the start went.
    #[must_use]
    pub fn last_check(&self) -> Option<Arc<LiveCheck>> {
        self.memory().check.clone()
    }

    pub(super) fn remember(&self, check: &LiveCheck) {
        self.memory().check = Some(Arc::new(check.clone()));
    }

    /// Why nothing is signed any more, if the last attempt was refused.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        self.memory().refusal.clone()
    }

    pub(super) fn remember_refusal(&self, refusal: Option<String>) {
        self.memory().refusal = refusal;
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The signing key of the evidence log.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use kokoroe_evidence::{Frontier, SigningKey};

use super::check::LiveCheck;
use super::copies::Copies;
use crate::account::secret;

/// Signs checkpoints, keeps their copies, and remembers how the last check and the last signing went.
#[derive(Clone, Debug)]
pub struct Signer {
    key: Arc<SigningKey>,
    copies: Copies,
    memory: Arc<Mutex<Memory>>,
    /// Held while checkpoints are made: an export and the hourly one follow each other.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct Memory {
    check: Option<Arc<LiveCheck>>,
    /// How far this process has read each log and found it right.
    read: HashMap<String, Frontier>,
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
    pub(super) fn new(path: &Path, cause: impl std::fmt::Display) -> Self {
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

/// Writes a new file that only the service can read. It appears under its name when it is whole and on disk, or not at all.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let part = path.with_extension("part");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
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
        Ok(Self {
            key: Arc::new(key),
            copies: Copies::open(data)?,
            memory: Arc::default(),
            turn: Arc::default(),
        })
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

    /// The copies of the checkpoints that are kept outside the database.
    #[must_use]
    pub const fn copies(&self) -> &Copies {
        &self.copies
    }

    /// Waits until nobody else is making checkpoints, and keeps others from it until the guard is dropped.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// How the last check since the start went.
    #[must_use]
    pub fn last_check(&self) -> Option<Arc<LiveCheck>> {
        self.memory().check.clone()
    }

    pub(super) fn remember(&self, check: &LiveCheck) {
        self.memory().check = Some(Arc::new(check.clone()));
    }

    /// How far this process has read a log and found it right.
    pub(super) fn read(&self, log: &str) -> Option<Frontier> {
        self.memory().read.get(log).cloned()
    }

    pub(super) fn remember_read(&self, log: &str, frontier: Frontier) {
        self.memory().read.insert(log.to_owned(), frontier);
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

//! The signing key of the evidence log.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use kokoroe_evidence::keys::{Change, LogKeys};
use kokoroe_evidence::{Frontier, Hash, KeyBook, SigningKey, VerifyingKey};

use super::check::LiveCheck;
use super::copies::Copies;
use super::keys::Begun;
use super::witness::Trouble;
use crate::account::secret;

/// Signs checkpoints, keeps their copies, and remembers how the last check and the last signing went.
#[derive(Clone, Debug)]
pub struct Signer {
    key: Arc<SigningKey>,
    keys: Arc<KeyBook>,
    logs: Arc<Vec<LogKeys>>,
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
    /// The roots of the full tiles of each log, as far as they were reckoned.
    tiles: HashMap<String, Vec<Hash>>,
    refusal: Option<String>,
    /// Why the witness has not signed what is newest.
    witness: Option<Trouble>,
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

/// The file of the key that signs.
pub const KEY: &str = "evidence.key";
/// The file of the name of the series.
pub const NAME: &str = "evidence.name";
/// The file of the key that signs next, while the key is changed.
pub const NEXT: &str = "evidence.key.next";

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

/// The ending of a file that is being written.
pub(super) const PART: &str = "part";

/// Writes a new file that only the service can read. It appears under its name when it is whole and on disk, or not at all.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let part = path.with_extension(PART);
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

/// The signing key of a seed, in the name that the data folder keeps.
pub(super) fn signing_key(data: &Path, seed: &[u8; 32]) -> Result<SigningKey, KeyFileError> {
    let file = data.join(NAME);
    let name = fs::read_to_string(&file).map_err(|error| KeyFileError::new(&file, error))?;
    SigningKey::from_seed(name.trim(), seed).map_err(|error| KeyFileError::new(&file, error))
}

const KEY_IS_THERE: &str = "the key is there; a new one is for records whose key is lost. To change the key: kokoroe rotate-key.\n\
    鍵は失われていません。鍵を交換するには kokoroe rotate-key を使います。";

const LOST_KEY: &str = "this key is missing, but there are records that were signed with it. Nothing was changed and no new key was made: \
    a new one could not continue this log. Bring evidence.key back from the place where it is kept apart from the backups, or from a backup \
    that was made with --with-keys, and start again. If it is gone for good: kokoroe recover --new-key.\n\
    この鍵で署名した記録がありますが、鍵のファイルがありません。何も変えず、新しい鍵も作っていません。\
    バックアップとは別に保管したevidence.key（または --with-keys で作ったバックアップの中のevidence.key）をこの場所に戻して、起動しなおします。\
    どこにも残っていないときは、kokoroe recover --new-key を実行します。";

const LOST_NAME: &str = "the name of the evidence log is missing, but there are records that bear it. Nothing was changed. Bring \
    evidence.name back from the newest backup (kokoroe backup puts it beside kokoroe.db) and start again.\n\
    証跡の名前のファイルがありません。何も変えていません。いちばん新しいバックアップの中のevidence.nameをこの場所に戻して、起動しなおします。";

fn other_key(begun: &Begun, own: &str) -> String {
    let Begun { log, vkey, .. } = begun;
    format!(
        "this is not the key of the records. The log {log} names {vkey}, the files here make {own}. Nothing was changed. Bring back the \
         evidence.key and evidence.name that belong to these records: the key from the place where it is kept apart, the name from the backup \
         that kokoroe.db comes from. Or bring back the records that belong to this key.\n\
         記録の鍵と、ここにある鍵が違います。何も変えていません。この記録のevidence.key（別に保管した鍵）とevidence.name\
         （kokoroe.dbと同じバックアップの中）をこの場所に戻して、起動しなおします。"
    )
}

impl Signer {
    /// The signer of a data folder. The key and the name of the series are made at the first start; the name never changes, because it is in
    /// every leaf. `begun` is what the records say of themselves, if there are any: a key that is lost is never replaced by another one.
    ///
    /// # Errors
    /// When the key or the folder cannot be read or made, when one of them is lost, or when the key is not that of the records.
    pub fn open(data: &Path, begun: Option<&Begun>) -> Result<Self, KeyFileError> {
        let (key_file, name_file) = (data.join(KEY), data.join(NAME));
        let copies = Copies::open(data)?;
        let is_new = begun.is_none() && !name_file.exists() && copies.logs()?.is_empty();
        if !is_new && !key_file.exists() {
            return Err(KeyFileError::new(&key_file, LOST_KEY));
        }
        if !is_new && !name_file.exists() {
            return Err(KeyFileError::new(&name_file, LOST_NAME));
        }
        let seed = seed_file(&key_file)?;
        if is_new {
            let name = format!("kokoroe-{}", hex::encode(secret::random::<4>()));
            write_private(&name_file, name.as_bytes())
                .map_err(|error| KeyFileError::new(&name_file, error))?;
        }
        let key = signing_key(data, &seed)?;
        let own = key.verifying_key();
        if let Some(begun) = begun.filter(|begun| begun.vkey != own.to_string()) {
            return Err(KeyFileError::new(&key_file, other_key(begun, &own.to_string())));
        }
        Ok(Self::with(key, begun.map_or_else(Vec::new, |begun| begun.logs.clone()), copies))
    }

    /// The signer of records whose key is lost: with a new key, which waits in a file of its own until a new log names it. Nothing that the
    /// lost key has signed is signed again.
    ///
    /// # Errors
    /// When the key is not lost, or a file cannot be read or written.
    pub fn open_without_key(data: &Path, begun: &Begun) -> Result<Self, KeyFileError> {
        let (key_file, next_file) = (data.join(KEY), data.join(NEXT));
        if key_file.exists() {
            return Err(KeyFileError::new(&key_file, KEY_IS_THERE));
        }
        let copies = Copies::open(data)?;
        let key = signing_key(data, &seed_file(&next_file)?)?;
        let lost = VerifyingKey::parse(&begun.vkey).map_err(|error| KeyFileError::new(&key_file, error))?;
        // As the book will be when the next log has begun.
        let mut logs = begun.logs.clone();
        logs.push(LogKeys { after_lost: Some(lost), ..LogKeys::default() });
        Ok(Self::with(key, logs, copies))
    }

    fn with(key: SigningKey, logs: Vec<LogKeys>, copies: Copies) -> Self {
        let keys = KeyBook::follow(key.verifying_key().clone(), &logs);
        Self {
            key: Arc::new(key),
            keys: Arc::new(keys),
            logs: Arc::new(logs),
            copies,
            memory: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Every key that has signed the logs, and which part.
    #[must_use]
    pub fn keys(&self) -> &KeyBook {
        &self.keys
    }

    /// Every change of the key with its log, the oldest first. The key changes only while no server runs.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = (&str, &Change)> {
        self.logs.iter().flat_map(|told| told.changes.iter().map(|change| (told.log.as_str(), change)))
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

    /// The roots of the full tiles of a log, from the first on, as far as they were reckoned.
    pub(super) fn tiles(&self, log: &str) -> Vec<Hash> {
        self.memory().tiles.get(log).cloned().unwrap_or_default()
    }

    pub(super) fn remember_tiles(&self, log: &str, tiles: Vec<Hash>) {
        self.memory().tiles.insert(log.to_owned(), tiles);
    }

    /// Why nothing is signed any more, if the last attempt was refused.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        self.memory().refusal.clone()
    }

    pub(crate) fn remember_refusal(&self, refusal: Option<String>) {
        self.memory().refusal = refusal;
    }

    /// Why the witness has not signed the newest checkpoints, if it was asked and did not.
    #[must_use]
    pub fn witness(&self) -> Option<Trouble> {
        self.memory().witness.clone()
    }

    pub(super) fn remember_witness(&self, trouble: Option<Trouble>) {
        self.memory().witness = trouble;
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Putting a server together from its settings: keys, database, content.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::account::{Keys, Passwords};
use crate::audit::signer::KeyFileError;
use crate::audit::{Ledger, Sealed, Signer, recovery, rotation};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Db, DbError, Location};
use crate::people::Hospital;
use crate::state::{Parts, Site};
use crate::training::Content;

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder or a file in it.
    #[error("{0}")]
    Files(String),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The catalogue has faults.
    #[error("the catalogue has faults:\n{0}")]
    Catalogue(String),
}

/// A lock that one process holds on its data folder: two must never write the same records.
#[derive(Debug)]
pub struct DataLock(#[expect(dead_code, reason = "held until it is dropped")] fs::File);

/// Makes the data folder if there is none, and takes the lock on it.
///
/// # Errors
/// When it cannot be made or another process holds it.
pub fn lock_data(config: &Config) -> Result<DataLock, StartError> {
    lock_folder(&config.data)
}

/// Makes a folder if there is none, and takes the lock on it.
///
/// # Errors
/// When it cannot be made or another process holds it.
pub fn lock_folder(folder: &Path) -> Result<DataLock, StartError> {
    let fail = |error: std::io::Error| StartError::Files(format!("{}: {error}", folder.display()));
    // Nobody else on this machine reads the records.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fail)?;
    let file = fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("lock"))
        .map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(DataLock(file)),
        Err(fs::TryLockError::WouldBlock) => Err(StartError::Files(format!(
            "{folder}: the server, or another kokoroe command, is using this folder. Stop the server, run this again, then start the \
                 server. (kokoroe backup works while it runs.)\n\
                 {folder}：サーバーか別のkokoroeコマンドがこのフォルダーを使っています。サーバーを止めてから実行し、終わったら起動します。\
                 （kokoroe backup は稼働中でも使えます。）",
            folder = folder.display()
        ))),
        Err(fs::TryLockError::Error(error)) => Err(fail(error)),
    }
}

/// Opens the database of a configuration and brings its schema up to date.
///
/// # Errors
/// When it cannot be opened or migrated.
pub async fn open_db(location: &Location) -> Result<Db, StartError> {
    let db = db::connect(location).await?;
    db::migrate(&db).await?;
    Ok(db)
}

/// Everything that a running server needs.
///
/// # Errors
/// With what is missing or wrong.
pub async fn site(config: Config, clock: Clock) -> Result<Site, StartError> {
    teaching(config, clock, Content::embedded().map_err(StartError::Catalogue)?).await
}

/// The same, with this to teach.
///
/// # Errors
/// With what is missing or wrong.
pub async fn teaching(config: Config, clock: Clock, content: Content) -> Result<Site, StartError> {
    opened(config, clock, content, Signing::AsEver).await
}

/// Records whose signing key is gone for good, for the recovery that begins a log with a new key. Nothing else can be recorded in them.
///
/// # Errors
/// With what is missing or wrong, or when the key is there.
pub async fn without_key(config: Config, clock: Clock) -> Result<Site, StartError> {
    let content = Content::embedded().map_err(StartError::Catalogue)?;
    opened(config, clock, content, Signing::KeyLost).await
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signing {
    AsEver,
    KeyLost,
}

async fn opened(
    config: Config,
    clock: Clock,
    content: Content,
    signing: Signing,
) -> Result<Site, StartError> {
    let files = |error: KeyFileError| StartError::Files(error.to_string());
    let db = open_db(&config.location).await?;
    if signing == Signing::AsEver {
        rotation::finish(&config.data, &db, &clock).await?;
    }
    let mut conn = db.read().await?;
    let begun = crate::audit::keys::begun(&mut conn).await?;
    let signer = match (signing, &begun) {
        (Signing::KeyLost, Some(begun)) => Signer::open_without_key(&config.data, begun).map_err(files)?,
        _ => Signer::open(&config.data, begun.as_ref()).map_err(files)?,
    };
    let seed = crate::audit::signer::seed_file(&config.data.join("session.key")).map_err(files)?;
    let heads = crate::audit::store::heads(&mut conn).await?;
    let recoveries = recovery::recoveries(&mut conn, &heads).await?;
    let sealed = match signing {
        Signing::AsEver => recovery::look(&signer, &config.data, &heads, &recoveries)?,
        Signing::KeyLost => Some(Sealed::KeyLost),
    };
    drop(conn);
    let ledger = Ledger::new(signer.series(), signer.vkey(), config.calendar)
        .knowing(heads.iter().map(|head| head.log_id.as_str()), recoveries);
    let content = std::sync::Arc::new(content);
    if let Some(sealed) = sealed {
        tracing::error!(%sealed, "NOTHING IS RECORDED until kokoroe recover");
        signer.remember_refusal(Some(sealed.to_string()));
        ledger.seal(sealed);
    } else {
        let (content, ledger, clock) = (content.clone(), ledger.clone(), clock.clone());
        db.write(move |tx| Box::pin(async move { content.publish(tx, &ledger, &clock).await })).await?;
    }
    let mut conn = db.read().await?;
    let hospital = Hospital::load(&mut conn).await?;
    drop(conn);
    let keys = Keys::new(&seed, config.origin.as_str());
    let passwords = Passwords::new().map_err(|error| StartError::Files(error.to_string()))?;
    let (counts, stopping) = (crate::reports::Counts::default(), AtomicBool::new(false));
    Ok(Site::new(Parts {
        config,
        db,
        clock,
        passwords,
        keys,
        signer,
        ledger,
        content,
        hospital,
        counts,
        rollups: crate::reports::Rollups::default(),
        stopping,
    }))
}

//! The key that signs is changed: because it has been in use for long enough, or because somebody else may have it. The change is a leaf that
//! the old key signs over to the new one, and the checkpoint that ends with it bears both signatures.
//!
//! The new key waits in [`NEXT`] until that checkpoint is kept. Whoever is interrupted before the leaf is written has changed nothing;
//! afterwards the next start ends what was begun.

use std::fs;
use std::io;
use std::path::Path;

use kokoroe_evidence::keys::hand_over;
use kokoroe_evidence::{Checkpoint, SigningKey};
use serde_json::json;

use super::append::{Entry, append, frontier};
use super::checkpoint::{CheckpointError, agree, sign_now};
use super::copies::Copies;
use super::keys::begun;
use super::signer::{KEY, KeyFileError, NEXT, seed_file, signing_key};
use super::store::{self, CheckpointRow};
use super::{Kind, hold, stamp};
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::people::Hospital;
use crate::state::Site;

/// Why the key is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has been in use for long enough.
    Routine,
    /// Somebody else may have it. What was recorded since the last checkpoint that somebody outside held at that time is only as good as this
    /// server's word.
    Stolen,
}

impl Why {
    /// The word in the leaf.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Stolen => "stolen",
        }
    }
}

/// A key that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The log with the leaf of the change.
    pub log: String,
    /// The place of that leaf.
    pub leaf: u64,
    /// The new key, to be given to the auditors.
    pub vkey: String,
}

/// Changes the key. Every log is read and signed by the old one first, and compared with what auditors `brought`. The server is opened anew
/// afterwards.
///
/// # Errors
/// When a log disagrees with what was signed, or the database or the data folder fails. Then nothing has changed, or the next start ends it.
pub async fn rotate(site: &Site, why: Why, brought: &[Checkpoint]) -> Result<Changed, CheckpointError> {
    let keep = |error: KeyFileError| CheckpointError::Keep(error.to_string());
    sign_now(site).await?;
    agree(site, brought).await?;
    let data = site.config.data.clone();
    let new = signing_key(&data, &seed_file(&data.join(NEXT)).map_err(keep)?).map_err(keep)?;
    let old = site.signer.key();
    let note = hand_over(old, &new).map_err(|error| CheckpointError::Keep(error.to_string()))?;
    let vkey = new.verifying_key().to_string();
    let held = brought.iter().max_by_key(|held| (held.origin.clone(), held.size));
    let held = held.map(|held| json!({ "log": held.origin, "size": held.size }));
    let was = old.verifying_key().to_string();
    let d = json!({ "vkey": vkey, "old": was, "note": note, "why": why.code(), "held": held });
    let (ledger, clock) = (site.ledger.clone(), site.clock.clone());
    let written = site.db.write(move |tx| {
        Box::pin(async move {
            let at = hold(tx, &ledger, &clock).await?;
            let log = ledger.log_at(at);
            let entry = Entry { kind: Kind::KEY_ROTATE, at, actor: "system", obj: &log, req: None, d };
            let leaf = append(tx, &ledger, entry).await?;
            Ok((log, leaf))
        })
    });
    let (log, leaf): (String, i64) = written.await.map_err(|error: DbError| CheckpointError::from(error))?;
    finish(&data, &site.db, &site.clock).await?;
    Ok(Changed { log, leaf: u64::try_from(leaf).unwrap_or(0), vkey })
}

/// Ends a change of the key that was begun: the checkpoint of both keys, and the new key in the place of the old one. Nothing is to be done
/// where none was begun.
///
/// # Errors
/// When the database or the data folder fails, or neither key is that of the records.
pub async fn finish(data: &Path, db: &Db, clock: &Clock) -> Result<(), DbError> {
    let next = data.join(NEXT);
    if !next.exists() {
        return Ok(());
    }
    let wrong = |error: &dyn std::fmt::Display| DbError::Setup(format!("{}: {error}", next.display()));
    let new = seed_file(&next).and_then(|seed| signing_key(data, &seed)).map_err(|error| wrong(&error))?;
    let mut conn = db.read().await?;
    let told = begun(&mut conn).await?.filter(|told| told.vkey == new.verifying_key().to_string());
    drop(conn);
    let Some(told) = told else {
        // No log names it: nothing has been handed over.
        return gone(fs::remove_file(&next)).map_err(|error| wrong(&error));
    };
    let key = data.join(KEY);
    if let Some(change) = told.change().filter(|_| key.exists()) {
        let old = seed_file(&key).and_then(|seed| signing_key(data, &seed)).map_err(|error| wrong(&error))?;
        if *old.verifying_key() != change.old {
            return Err(wrong(&"this key follows another one than the one that is here"));
        }
        sign_by_both(data, db, clock, &told.log, change.leaf + 1, &[&old, &new]).await?;
    }
    let moved = fs::rename(&next, &key).and_then(|()| fs::File::open(data)?.sync_all());
    moved.map_err(|error| wrong(&error))
}

/// The checkpoint that ends with the leaf of the change.
async fn sign_by_both(
    data: &Path,
    db: &Db,
    clock: &Clock,
    log: &str,
    size: u64,
    keys: &[&SigningKey],
) -> Result<(), DbError> {
    let mut conn = db.read().await?;
    let head = store::head(&mut conn, log).await?;
    let is_stamped = stamp::is_set(&Hospital::load(&mut conn).await?);
    drop(conn);
    let head = head.filter(|head| u64::try_from(head.size) == Ok(size));
    let head =
        head.ok_or_else(|| DbError::Inconsistent(format!("{log} went on after the change of its key")))?;
    let checkpoint = Checkpoint { origin: log.to_owned(), size, root: frontier(log, &head)?.root() };
    let setup = |error: &dyn std::fmt::Display| DbError::Setup(error.to_string());
    let note = checkpoint.sign(keys).map_err(|error| setup(&error))?;
    let copies = Copies::open(data).map_err(|error| setup(&error))?;
    copies.keep(log, size, &note).map_err(|error| setup(&error))?;
    let row = CheckpointRow { size: head.size, note, made_at: clock.now() };
    let log = log.to_owned();
    db.write(move |tx| Box::pin(async move { store::add_checkpoint(tx, &log, &row, is_stamped).await })).await
}

/// Whoever is not there need not be removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

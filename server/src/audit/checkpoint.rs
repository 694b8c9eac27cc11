//! Checkpoints: the signed statement of a log's size and root, hourly, before every export and at shutdown.

use kokoroe_evidence::{Checkpoint, Frontier, leaf};

use super::ledger::Sealed;
use super::recovery::{closed, last_of};
use super::stamp;
use super::store::{self, CheckpointRow, Head};
use crate::db::DbError;
use crate::state::Site;

/// Why no checkpoint was signed.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A copy could not be kept, or the key does not sign.
    #[error("{0}")]
    Keep(String),
    /// Nothing is recorded, and so nothing signed, until somebody has looked.
    #[error(transparent)]
    Sealed(#[from] Sealed),
    /// The log in the database is not the one that was signed before. Nothing is signed until somebody has looked.
    #[error("the log {log} does not agree with what was signed before: {what}")]
    Disagrees {
        /// Which log.
        log: String,
        /// In which way.
        what: String,
    },
}

/// Signs the last checkpoint of a log that a recovery has closed: what is left of it is the beginning of what was signed. A log that is not
/// that stays without one, and every check of it says so.
///
/// # Errors
/// When the database fails.
pub async fn sign_closed(site: &Site) -> Result<(), CheckpointError> {
    let _turn = site.signer.turn().await;
    let mut conn = site.db.read().await?;
    let heads = store::heads(&mut conn).await?;
    drop(conn);
    for head in heads.iter().filter(|head| closed(site.ledger.recoveries(), &head.log_id).is_some()) {
        if head.size > head.signed {
            match sign(site, head, Reading::Whole).await {
                Err(CheckpointError::Disagrees { log, what }) => {
                    tracing::error!(%log, %what, "a closed log is not the one that was signed");
                }
                signed => signed?,
            }
        }
    }
    Ok(())
}

/// How much of a log is read before it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// All of it, as if for the first time.
    Whole,
    /// What came since this process last read it.
    New,
}

/// Signs every log that has grown since its last checkpoint, after reading all of it again. Gives the newest note of the current year's log,
/// if it has any leaf.
///
/// # Errors
/// When the database fails, or the log disagrees with an earlier checkpoint.
pub async fn sign_now(site: &Site) -> Result<Option<CheckpointRow>, CheckpointError> {
    sign_after(site, Reading::Whole).await
}

/// The same for a report that somebody waits for: of what this process has read before, only that it still ends alike is looked at. The
/// hourly checkpoint reads all of it.
///
/// # Errors
/// As [`sign_now`].
pub async fn sign_for_report(site: &Site) -> Result<Option<CheckpointRow>, CheckpointError> {
    sign_after(site, Reading::New).await
}

async fn sign_after(site: &Site, reading: Reading) -> Result<Option<CheckpointRow>, CheckpointError> {
    let signed = sign_all(site, reading).await;
    match &signed {
        Ok(_) => {
            site.signer.remember_refusal(None);
            site.ledger.agrees();
        }
        Err(error @ CheckpointError::Disagrees { .. }) => {
            site.signer.remember_refusal(Some(error.to_string()));
            site.ledger.seal(Sealed::Disagrees(error.to_string()));
        }
        // Trouble with the disk or the database says nothing about the log.
        Err(_) => {}
    }
    signed
}

async fn sign_all(site: &Site, reading: Reading) -> Result<Option<CheckpointRow>, CheckpointError> {
    let _turn = site.signer.turn().await;
    if let Some(sealed @ (Sealed::Copy(_) | Sealed::Behind { .. } | Sealed::KeyLost)) = site.ledger.sealed() {
        return Err(CheckpointError::Sealed(sealed));
    }
    let mut conn = site.db.read().await?;
    let heads = store::heads(&mut conn).await?;
    drop(conn);
    let current = site.ledger.log_at(site.now());
    for head in heads.iter().filter(|head| closed(site.ledger.recoveries(), &head.log_id).is_none()) {
        if head.size > head.signed {
            sign(site, head, reading).await?;
        } else if reading == Reading::Whole && head.log_id == current {
            // Nothing to sign, but what reports have signed since was not read from its beginning.
            reread(site, head, reading, &[]).await?;
        }
    }
    let mut conn = site.db.read().await?;
    Ok(store::newest_checkpoint(&mut conn, &current).await?)
}

async fn sign(site: &Site, head: &Head, reading: Reading) -> Result<(), CheckpointError> {
    let log = head.log_id.clone();
    let disagrees = |what: &str| CheckpointError::Disagrees { log: log.clone(), what: what.to_owned() };
    if site.signer.keys().last(&log) != site.signer.key().verifying_key() {
        // What another key has begun, this one does not sign: it was lost with that key, or written after the log had ended.
        tracing::error!(%log, "the newest leaves of a log stay unsigned, because its key is gone");
        return Ok(());
    }
    let frontier = reread(site, head, reading, &[]).await?;
    let root = frontier.root();
    let size = u64::try_from(head.size).map_err(|_| disagrees("its size is negative"))?;
    let checkpoint = Checkpoint { origin: log.clone(), size, root };
    let note =
        checkpoint.sign(&[site.signer.key()]).map_err(|error| CheckpointError::Keep(error.to_string()))?;
    let signer = site.signer.clone();
    let (kept_log, kept_note) = (log.clone(), note.clone());
    tokio::task::spawn_blocking(move || signer.copies().keep(&kept_log, size, &kept_note))
        .await
        .map_err(|error| CheckpointError::Keep(error.to_string()))?
        .map_err(|error| CheckpointError::Keep(error.to_string()))?;
    let row = CheckpointRow { size: head.size, note, made_at: site.now() };
    let is_stamped = stamp::is_set(&site.hospital);
    site.db
        .write(move |tx| Box::pin(async move { store::add_checkpoint(tx, &log, &row, is_stamped).await }))
        .await
        .map_err(|error: DbError| CheckpointError::from(error))?;
    site.signer.remember_read(&head.log_id, frontier);
    Ok(())
}

/// How many leaves are read at once.
const CHUNK: i64 = 4096;

/// Reads the logs again of which somebody brought checkpoints, and compares them.
///
/// # Errors
/// When the database fails, or a log disagrees.
pub async fn agree(site: &Site, brought: &[Checkpoint]) -> Result<(), CheckpointError> {
    let mut conn = site.db.read().await?;
    let heads = store::heads(&mut conn).await?;
    drop(conn);
    if let Some(stray) = brought.iter().find(|held| heads.iter().all(|head| head.log_id != held.origin)) {
        return Err(CheckpointError::Disagrees { log: stray.origin.clone(), what: "it is not there".into() });
    }
    for head in &heads {
        let held: Vec<Checkpoint> =
            brought.iter().filter(|held| held.origin == head.log_id).cloned().collect();
        if !held.is_empty() {
            reread(site, head, Reading::Whole, &held).await?;
        }
    }
    Ok(())
}

/// The log's frontier, rebuilt from the stored bytes rather than believed: it must meet every checkpoint kept outside the database, what
/// somebody `brought`, and the head.
async fn reread(
    site: &Site,
    head: &Head,
    reading: Reading,
    brought: &[Checkpoint],
) -> Result<Frontier, CheckpointError> {
    let log = &head.log_id;
    let disagrees = |what: String| CheckpointError::Disagrees { log: log.clone(), what };
    let kept = site.signer.copies().of(log).map_err(|error| CheckpointError::Keep(error.to_string()))?;
    let mut roots: Vec<_> = brought.iter().map(|held| (held.size, held.root)).collect();
    for (size, note) in &kept {
        let checkpoint = site
            .signer
            .keys()
            .open(note)
            .map_err(|error| disagrees(format!("the kept checkpoint {size} cannot be read: {error}")))?;
        roots.push((checkpoint.size, checkpoint.root));
    }
    roots.sort_by_key(|(size, _)| *size);
    let known = site.signer.read(log).filter(|_| reading == Reading::New);
    let mut frontier = known.unwrap_or_default();
    let read = frontier.size();
    let last = last_of(site.ledger.recoveries(), log);
    let mut expected = roots.into_iter().filter(|(size, _)| (read + 1..=last).contains(size)).peekable();
    let mut conn = site.db.read().await?;
    let mut from = i64::try_from(read).unwrap_or(0);
    while from < head.size {
        let rows = store::leaves(&mut conn, log, from, (from + CHUNK).min(head.size)).await?;
        if rows.is_empty() {
            return Err(disagrees(format!("leaf {from} is missing")));
        }
        for row in rows {
            if row.seq != from {
                return Err(disagrees(format!("leaf {from} is missing")));
            }
            let hash = leaf::hash(&row.body);
            if hash.as_ref() != row.hash.as_slice() {
                return Err(disagrees(format!("leaf {from} does not have the hash that was stored with it")));
            }
            frontier.append(hash);
            from += 1;
            let size = u64::try_from(from).unwrap_or(0);
            while expected.peek().is_some_and(|(at, _)| *at == size) {
                if expected.next().is_some_and(|(_, root)| root != frontier.root()) {
                    return Err(disagrees(format!("it had another root when it had {size} leaves")));
                }
            }
        }
    }
    if let Some((size, _)) = expected.next() {
        return Err(disagrees(format!("it had {size} leaves once and has only {} now", head.size)));
    }
    if frontier.to_bytes() != head.frontier {
        return Err(disagrees("its head does not belong to its leaves".into()));
    }
    Ok(frontier)
}

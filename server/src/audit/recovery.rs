//! After a loss. Records that are older than what was signed, or that came out of a backup, are read as they are, but nothing is added to
//! them: what is written there would take the places of leaves that others hold proofs of. Somebody looks, says so with
//! `kokoroe recover`, and a new log begins, whose first fact names what is gone.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_evidence::{Checkpoint, Frontier, Hash, Kind, Leaf, leaf};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::append::{Entry, append, frontier};
use super::ledger::{Epoch, Ledger, Sealed};
use super::rotation;
use super::signer::{KeyFileError, Signer};
use super::store::{self, Head};
use crate::db::{Conn, DbError};
use crate::state::Site;

/// Says that a folder was unpacked from a backup, and of when. The recovery takes it away.
pub const COPIED: &str = "copied.at";

/// The part of the fact that names the key that was lost, where it was.
pub(super) const LOST_KEY: &str = "lost_vkey";

/// The place of the fact in its log, after the one that opens it.
const PLACE: i64 = 1;

/// A log that somebody has seen longer than it is, or otherwise than it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// The log.
    pub log: String,
    /// How many leaves the newest checkpoint covers that is known of.
    pub signed: u64,
    /// The root over them, in base64.
    pub signed_root: String,
    /// How many leaves there are.
    pub found: u64,
    /// The root over these.
    pub found_root: String,
}

impl Lost {
    /// How many leaves are known to be gone.
    #[must_use]
    pub const fn leaves(&self) -> u64 {
        self.signed.saturating_sub(self.found)
    }
}

/// That somebody said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The log that began with it.
    pub log: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The logs that are closed with it.
    pub lost: Vec<Lost>,
}

/// Every recovery of the logs of these heads, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn recoveries(conn: &mut Conn, heads: &[Head]) -> Result<Vec<Recovery>, DbError> {
    let mut found = Vec::new();
    for head in heads {
        let log = &head.log_id;
        let Some(leaf) = said(conn, log).await? else { continue };
        let at =
            leaf.at().parse().map_err(|_| DbError::Inconsistent(format!("the time of {log}/{PLACE}")))?;
        let lost = leaf.d().get("lost").cloned();
        let lost = lost.and_then(|lost| serde_json::from_value(lost).ok()).unwrap_or_default();
        found.push(Recovery { log: log.clone(), at, lost });
    }
    Ok(found)
}

/// The leaf by which a log says that it began after a loss, if it did.
pub(super) async fn said(conn: &mut Conn, log: &str) -> Result<Option<Leaf>, DbError> {
    let row = store::leaves(conn, log, PLACE, PLACE + 1).await?.pop();
    let row = row.filter(|row| row.kind == Kind::EPOCH_RECOVER.as_str());
    Ok(row.and_then(|row| Leaf::parse(&row.body).ok()))
}

/// Whether something is missing from these records that this installation has signed, or they are a copy. To be asked before
/// anything is written.
///
/// # Errors
/// When the kept checkpoints cannot be read.
pub fn look(
    signer: &Signer,
    data: &Path,
    heads: &[Head],
    recoveries: &[Recovery],
) -> Result<Option<Sealed>, DbError> {
    if let Ok(when) = std::fs::read_to_string(data.join(COPIED)) {
        return Ok(Some(Sealed::Copy(when.trim().to_owned())));
    }
    for signed in newest_kept(signer)?.into_values() {
        let head = heads.iter().find(|head| head.log_id == signed.origin);
        let found = head.and_then(|head| u64::try_from(head.size).ok()).unwrap_or(0);
        if found < signed.size
            && closed(recoveries, &signed.origin).is_none_or(|lost| lost.signed < signed.size)
        {
            return Ok(Some(Sealed::Behind { log: signed.origin, signed: signed.size, found }));
        }
    }
    Ok(None)
}

/// What a recovery said of a log that it closed.
pub(super) fn closed<'a>(recoveries: &'a [Recovery], log: &str) -> Option<&'a Lost> {
    recoveries.iter().flat_map(|recovery| &recovery.lost).find(|lost| lost.log == log)
}

/// Whether a fact that was once at this place of a log is gone, and somebody has said so: nothing is there any more, or something else.
///
/// # Errors
/// When the database fails.
pub async fn is_lost(
    conn: &mut Conn,
    recoveries: &[Recovery],
    log: &str,
    place: u64,
    hash: Hash,
) -> Result<bool, DbError> {
    if closed(recoveries, log).is_none() {
        return Ok(false);
    }
    let Ok(place) = i64::try_from(place) else { return Ok(false) };
    let row = store::leaves(conn, log, place, place + 1).await?.pop();
    Ok(row.is_none_or(|row| leaf::hash(&row.body) != hash))
}

/// The largest checkpoint of a log that can still be met: what a closed log lost is named by the log that came after it.
pub(super) fn last_of(recoveries: &[Recovery], log: &str) -> u64 {
    closed(recoveries, log).map_or(u64::MAX, |lost| lost.found)
}

/// The newest checkpoint of each log that is kept outside the database.
fn newest_kept(signer: &Signer) -> Result<BTreeMap<String, Checkpoint>, DbError> {
    let unreadable = |error: KeyFileError| DbError::Setup(error.to_string());
    let mut newest = BTreeMap::new();
    for folder in signer.copies().logs().map_err(unreadable)? {
        let note = signer.copies().newest(&folder, u64::MAX).map_err(unreadable)?;
        // One that cannot be read is told by the check of the log.
        if let Some(signed) = note.and_then(|note| signer.keys().open(&note).ok()) {
            newest.insert(signed.origin.clone(), signed);
        }
    }
    Ok(newest)
}

/// What is gone, as far as the kept checkpoints tell, and those that somebody brought from mails. The log that is written now is closed
/// with the others: where it ends, a backup may have been made before the last of it.
///
/// # Errors
/// When the records or the kept checkpoints cannot be read.
pub async fn losses(site: &Site, brought: &[Checkpoint]) -> Result<Vec<Lost>, DbError> {
    let mut conn = site.db.read().await?;
    let mut newest = newest_kept(&site.signer)?;
    for signed in brought {
        let known = newest.entry(signed.origin.clone()).or_insert_with(|| signed.clone());
        if signed.size > known.size {
            known.clone_from(signed);
        }
    }
    let present = site.ledger.log_at(site.now());
    let without_key = matches!(site.ledger.sealed(), Some(Sealed::KeyLost));
    let heads = store::heads(&mut conn).await?;
    let logs = heads.iter().map(|head| head.log_id.clone()).chain(newest.keys().cloned());
    let mut lost = BTreeMap::new();
    for log in logs {
        let head = heads.iter().find(|head| head.log_id == log);
        let found = head.map_or_else(|| Ok(Frontier::new()), |head| frontier(&log, head))?;
        let signed = newest.get(&log);
        let ahead = signed.is_some_and(|signed| signed.size > found.size());
        // What a lost key has not signed, nobody signs any more: the fact of the recovery names how much it is.
        let unsigned = without_key && head.is_some_and(|head| head.size > head.signed);
        if closed(site.ledger.recoveries(), &log).is_some() || !(ahead || unsigned || log == present) {
            continue;
        }
        let found_root = found.root().to_base64();
        let (size, root) = match signed.filter(|_| ahead) {
            Some(signed) => (signed.size, signed.root.to_base64()),
            None => (found.size(), found_root.clone()),
        };
        let one = Lost { log: log.clone(), signed: size, signed_root: root, found: found.size(), found_root };
        lost.insert(log, one);
    }
    Ok(lost.into_values().collect())
}

/// Closes the logs that lost something and opens a new one, whose first fact says so. The server is opened anew afterwards.
///
/// # Errors
/// When the database or the data folder fails. Then nothing has happened.
pub async fn recover(site: &Site, lost: Vec<Lost>) -> Result<String, DbError> {
    let mut conn = site.db.read().await?;
    let heads = store::heads(&mut conn).await?;
    drop(conn);
    // After everything that is there, whatever the clock says: rows belong to the log of their time.
    let last = heads.iter().map(|head| head.last_at + TimeDelta::milliseconds(1)).max();
    let now = site.now().max(last.unwrap_or_default());
    let year = site.calendar().fiscal_year(now);
    let names = heads.iter().map(|head| &head.log_id).chain(lost.iter().map(|lost| &lost.log));
    let taken = names.filter_map(|log| Epoch::of(log)).filter(|epoch| epoch.year == year);
    let number = taken.map(|epoch| epoch.number).max().unwrap_or(0) + 1;
    let next = site.ledger.log(Epoch { year, number });
    let old = &site.ledger;
    // A ledger of its own, which nothing has sealed.
    let ledger =
        Ledger::new(&old.series, old.vkey.clone(), old.calendar).knowing([next.as_str()], Vec::new());
    let copy = std::fs::read_to_string(site.config.data.join(COPIED)).ok();
    let copy = copy.map(|when| when.trim().to_owned());
    let without_key = matches!(old.sealed(), Some(Sealed::KeyLost));
    let d = match heads.last().filter(|_| without_key) {
        None => json!({ "lost": lost, "copy": copy }),
        Some(newest) => {
            let key = site.signer.keys().last(&newest.log_id).to_string();
            json!({ "lost": lost, "copy": copy, LOST_KEY: key })
        }
    };
    let log = next.clone();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let entry =
                    Entry { kind: Kind::EPOCH_RECOVER, at: now, actor: "system", obj: &log, req: None, d };
                append(tx, &ledger, entry).await.map(drop)
            })
        })
        .await?;
    rotation::finish(&site.config.data, &site.db, &site.clock).await?;
    // Only now: whoever is interrupted before finds the records sealed as before.
    match std::fs::remove_file(site.config.data.join(COPIED)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(DbError::Setup(error.to_string())),
        _ => Ok(next),
    }
}

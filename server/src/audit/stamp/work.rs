//! The worker that gets the stamps.
//!
//! A checkpoint is leased, its stamp is asked for, read strictly, kept in the database and then beside the checkpoint's copy. Whoever dies in
//! between leaves a lease that ends: at least once, and the first stamp that was kept stays. While the authority is not there, checkpoints
//! wait, with growing pauses and for as long as it takes.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use kokoroe_evidence::stamp::{Query, SKEW};
use kokoroe_evidence::{Stamp, stamp::StampError};
use tokio::sync::watch;

use super::authority::Authority;
use crate::account::secret;
use crate::audit::outside::pause;
use crate::audit::signer::KeyFileError;
use crate::audit::store::stamp::{self as store, StampRow, Waiting};
use crate::audit::store::{heads, leaves};
use crate::db::DbError;
use crate::jobs::Beat;
use crate::state::Site;

/// How often it looks.
const TICK: Duration = Duration::from_secs(60);
/// How many stamps it asks for in one go.
const AT_ONCE: usize = 50;
/// How long a checkpoint belongs to whoever asks for its stamp.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// By how much an authority's clock may be ahead of this machine's: no stamp could follow one from the far future.
const FUTURE: TimeDelta = TimeDelta::days(1);

/// Why there is no stamp yet.
#[derive(Debug, thiserror::Error)]
enum NotYet {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The copies could not be read.
    #[error(transparent)]
    Copy(#[from] KeyFileError),
    /// There was no reply.
    #[error("{0}")]
    Way(String),
    /// What came is no stamp of this checkpoint.
    #[error(transparent)]
    Reply(#[from] StampError),
    /// The authority's clock and the records contradict each other.
    #[error("{0}")]
    Clock(String),
}

/// Looks again and again until it is told to stop. Without an authority it has nothing to do.
pub async fn watch(site: Site, told: watch::Receiver<bool>) {
    let authority = match Authority::of(&site.hospital, &site.config.data) {
        Ok(Some(authority)) => authority,
        Ok(None) => return,
        Err(error) => {
            tracing::error!(%error, "no checkpoint is stamped");
            return;
        }
    };
    if let Err(error) = complete(&site).await {
        tracing::error!(%error, "not every time stamp is beside the copy of its checkpoint");
    }
    let mut beat = Beat::every(TICK, told);
    while beat.next().await {
        // What is left in the middle is asked for again when its lease has ended.
        let Some(worked) = beat.unless_told(work(&site, &authority)).await else { return };
        match worked {
            Ok(0) => {}
            Ok(stamps) => tracing::info!(stamps, "checkpoints were stamped"),
            Err(error) => tracing::error!(%error, "checkpoints were not stamped"),
        }
    }
}

/// Gets the stamps that are waited for, as far as the authority gives them. Gives how many it gave.
///
/// # Errors
/// When the database fails; what was kept until then stays.
pub async fn work(site: &Site, authority: &Authority) -> Result<u32, DbError> {
    let mut got = 0;
    for _ in 0..AT_ONCE {
        // What is older than what was signed is not written to, and a copy of the records asks for nothing.
        if site.is_stopping() || site.ledger.sealed().is_some() {
            break;
        }
        let now = site.now();
        let claimed: Result<Option<Waiting>, DbError> =
            site.db.write(move |tx| Box::pin(async move { store::claim(tx, now, now + LEASE).await })).await;
        let Some(waiting) = claimed? else { break };
        match stamp(site, authority, &waiting).await {
            Ok(()) => got += 1,
            Err(NotYet::Db(error)) => return Err(error),
            Err(error) => {
                let Waiting { log_id: log, size, attempts } = &waiting;
                tracing::warn!(%log, size, attempts, %error, "a checkpoint has no time stamp yet and waits for the next try");
                put_off(site, waiting, error.to_string()).await?;
                // The next one would fare no better.
                break;
            }
        }
    }
    Ok(got)
}

async fn put_off(site: &Site, waiting: Waiting, error: String) -> Result<(), DbError> {
    let at = site.now() + pause(waiting.attempts);
    let error: String = error.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    site.db.write(move |tx| Box::pin(async move { store::later(tx, &waiting, at, &error).await })).await
}

/// Gets the stamp of one checkpoint and keeps it.
async fn stamp(site: &Site, authority: &Authority, waiting: &Waiting) -> Result<(), NotYet> {
    let Waiting { log_id: log, size, .. } = waiting;
    let size = *size;
    let mut conn = site.db.read().await?;
    let gone =
        || DbError::Inconsistent(format!("log {log}: the checkpoint {size} waits for a stamp and is gone"));
    let note = store::checkpoint(&mut conn, log, size).await?.ok_or_else(gone)?.note;
    let newest = leaves(&mut conn, log, size - 1, size).await?.pop().map(|leaf| leaf.at);
    let before = store::before(&mut conn, log, size).await?.map(|before| before.at);
    drop(conn);
    // One that lies beside the checkpoint was got and not written down: the records are older than the folder.
    let kept = site.signer.copies().stamp(log, u64::try_from(size).unwrap_or(0))?;
    let (reply, stamp) =
        match kept.and_then(|kept| Stamp::of(note.as_bytes(), &kept).ok().map(|stamp| (kept, stamp))) {
            Some(kept) => kept,
            None => {
                let query = Query::new(note.as_bytes(), secret::random());
                let reply = authority.ask(&query.encode()).await.map_err(NotYet::Way)?;
                let stamp = query.answered_by(&reply)?;
                (reply, stamp)
            }
        };
    let at: DateTime<Utc> =
        stamp.at().parse().map_err(|_| NotYet::Clock(format!("{} is no time", stamp.at())))?;
    plausible(at, newest, before, site.now())?;
    let name = stamp.authority().unwrap_or(authority.host()).to_owned();
    let row = StampRow { size, reply, at, authority: name, got_at: site.now() };
    let inner = log.clone();
    let written: Result<(), DbError> =
        site.db.write(move |tx| Box::pin(async move { store::keep(tx, &inner, &row).await })).await;
    written?;
    if let Err(error) = copy(site, log, size).await {
        // It is in the records; the copy is made at the next start.
        tracing::error!(%error, "a time stamp could not be kept beside its checkpoint");
    }
    Ok(())
}

/// Whether a stamp of this time can be one: no leaf is younger than its stamp, and stamps follow each other as their checkpoints do. Where
/// that does not hold one of the two clocks is wrong, and the checkpoint waits until it is not.
fn plausible(
    at: DateTime<Utc>,
    newest: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), NotYet> {
    let skew = TimeDelta::milliseconds(i64::try_from(SKEW).unwrap_or(0));
    let wrong = |words: &str, other: DateTime<Utc>| {
        let told = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        NotYet::Clock(format!("the authority's clock says {}, and {words} {}", told(at), told(other)))
    };
    if let Some(newest) = newest.filter(|newest| at + skew < *newest) {
        return Err(wrong("the checkpoint covers a record of", newest));
    }
    if let Some(before) = before.filter(|before| at < *before) {
        return Err(wrong("it stamped an earlier checkpoint at", before));
    }
    if at > now + FUTURE {
        return Err(wrong("this machine's says", now));
    }
    if (at - now).abs() > skew {
        tracing::warn!(authority = %at, here = %now, "the clocks of this machine and of the time stamp authority differ");
    }
    Ok(())
}

/// Puts the stamp that is in the records beside the copy of its checkpoint.
async fn copy(site: &Site, log: &str, size: i64) -> Result<(), DbError> {
    let mut conn = site.db.read().await?;
    let Some(row) = store::one(&mut conn, log, size).await? else { return Ok(()) };
    drop(conn);
    keep_beside(site, log, row).await
}

async fn keep_beside(site: &Site, log: &str, row: StampRow) -> Result<(), DbError> {
    let (signer, log) = (site.signer.clone(), log.to_owned());
    let failed = |error: &dyn std::fmt::Display| DbError::Setup(error.to_string());
    tokio::task::spawn_blocking(move || {
        signer.copies().keep_stamp(&log, u64::try_from(row.size).unwrap_or(0), &row.reply)
    })
    .await
    .map_err(|error| failed(&error))?
    .map_err(|error| failed(&error))
}

/// Puts beside the copies of the checkpoints what is missing there: another server got it, or this one was interrupted.
async fn complete(site: &Site) -> Result<(), DbError> {
    let mut conn = site.db.read().await?;
    for head in heads(&mut conn).await? {
        let kept = site.signer.copies().stamps(&head.log_id);
        let kept = kept.map_err(|error| DbError::Setup(error.to_string()))?;
        let mut missing = store::of_log(&mut conn, &head.log_id).await?;
        missing.retain(|row| !kept.iter().any(|(size, _)| i64::try_from(*size) == Ok(row.size)));
        for row in missing {
            keep_beside(site, &head.log_id, row).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_stamp_fits_between_the_records_that_it_covers_and_a_day_from_now() {
        let now = at("2026-10-01T00:00:00Z");
        let fits = |text: &str, newest: &str, before: Option<&str>| {
            plausible(at(text), Some(at(newest)), before.map(at), now).is_ok()
        };
        let leaf = "2026-09-30T23:59:50Z";
        assert!(fits("2026-10-01T00:00:00Z", leaf, None));
        assert!(fits("2026-09-30T23:59:00Z", leaf, None), "two clocks are never one");
        assert!(!fits("2026-09-30T23:58:49Z", leaf, None), "it would be older than what it covers");
        assert!(fits("2026-10-01T00:00:00Z", leaf, Some("2026-10-01T00:00:00Z")));
        assert!(!fits("2026-10-01T00:00:00Z", leaf, Some("2026-10-01T00:00:01Z")));
        assert!(fits("2026-10-01T23:00:00Z", leaf, None), "this machine may be slow");
        assert!(!fits("2026-10-02T00:00:01Z", leaf, None));
        assert!(plausible(now, None, None, now).is_ok());
    }
}

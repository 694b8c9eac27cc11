//! Time stamps of checkpoints, and the checkpoints that wait for one.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::CheckpointRow;
use crate::db::{Conn, DbError, Tx};
use crate::on;

pub(super) const WAIT: &str = "
    INSERT INTO log_stamp_wait (log_id, size, since, try_after, attempts) VALUES ($1, $2, $3, $3, 0)
    ON CONFLICT (log_id, size) DO NOTHING";
/// The smallest of a log only: a stamp is never older than that of a smaller checkpoint. The condition stands twice: whoever waited for
/// another server's row looks at it again.
pub(super) const CLAIM: &str = "
    UPDATE log_stamp_wait
       SET lease_until = $2, attempts = attempts + 1
     WHERE (log_id, size) = (SELECT w.log_id, w.size
                               FROM log_stamp_wait w
                              WHERE w.try_after <= $1 AND (w.lease_until IS NULL OR w.lease_until <= $1)
                                AND NOT EXISTS (SELECT 1
                                                  FROM log_stamp_wait b
                                                 WHERE b.log_id = w.log_id AND b.size < w.size)
                              ORDER BY w.try_after, w.log_id
                              LIMIT 1)
       AND try_after <= $1 AND (lease_until IS NULL OR lease_until <= $1)
    RETURNING log_id, size, attempts";
pub(super) const LATER: &str = "
    UPDATE log_stamp_wait SET try_after = $3, lease_until = NULL, last_error = $4 WHERE log_id = $1 AND size = $2";
pub(super) const NO_LONGER: &str = "DELETE FROM log_stamp_wait WHERE log_id = $1 AND size = $2";
pub(super) const WAITING: &str = "SELECT COUNT(*), MIN(since) FROM log_stamp_wait";
pub(super) const KEEP: &str = "
    INSERT INTO log_stamp (log_id, size, reply, at, authority, got_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (log_id, size) DO NOTHING";
pub(super) const OF_LOG: &str = "
    SELECT size, reply, at, authority, got_at FROM log_stamp WHERE log_id = $1 ORDER BY size";
pub(super) const ONE: &str = "
    SELECT size, reply, at, authority, got_at FROM log_stamp WHERE log_id = $1 AND size = $2";
pub(super) const BEFORE: &str = "
    SELECT size, reply, at, authority, got_at FROM log_stamp WHERE log_id = $1 AND size < $2 ORDER BY size DESC LIMIT 1";
pub(super) const CHECKPOINT: &str = "
    SELECT size, note, made_at FROM log_checkpoint WHERE log_id = $1 AND size = $2";

/// The stamp of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StampRow {
    /// How many leaves the checkpoint covers.
    pub size: i64,
    /// The reply as it came.
    pub reply: Vec<u8>,
    /// When, by the authority's clock.
    pub at: DateTime<Utc>,
    /// What the authority is called.
    pub authority: String,
    /// When it came.
    pub got_at: DateTime<Utc>,
}

/// A checkpoint whose stamp is being asked for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(in crate::audit) struct Waiting {
    pub(in crate::audit) log_id: String,
    pub(in crate::audit) size: i64,
    /// How often it was asked for, with this time.
    pub(in crate::audit) attempts: i64,
}

/// A checkpoint waits for a stamp from now on.
pub(super) async fn wait(tx: &mut Tx, log: &str, size: i64, since: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(WAIT).bind(log).bind(size).bind(since).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes the next checkpoint whose stamp may be asked for, until the lease ends.
pub(in crate::audit) async fn claim(
    tx: &mut Tx,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<Waiting>, DbError> {
    Ok(on!(tx, |c| sqlx::query_as(CLAIM).bind(now).bind(lease_until).fetch_optional(c).await)?)
}

/// It is asked for again at an instant.
pub(in crate::audit) async fn later(
    tx: &mut Tx,
    waiting: &Waiting,
    at: DateTime<Utc>,
    error: &str,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(LATER)
        .bind(&waiting.log_id)
        .bind(waiting.size)
        .bind(at)
        .bind(error)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Keeps a stamp, and the checkpoint waits no longer. The first stamp of a checkpoint stays: another server may have been quicker.
pub(in crate::audit) async fn keep(tx: &mut Tx, log: &str, row: &StampRow) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(KEEP)
        .bind(log)
        .bind(row.size)
        .bind(&row.reply)
        .bind(row.at)
        .bind(&row.authority)
        .bind(row.got_at)
        .execute(c)
        .await
        .map(drop))?;
    on!(tx, |c| sqlx::query(NO_LONGER).bind(log).bind(row.size).execute(c).await.map(drop))?;
    Ok(())
}

/// How many checkpoints wait, and since when the first of them.
///
/// # Errors
/// When the database fails.
pub async fn waiting(conn: &mut Conn) -> Result<(i64, Option<DateTime<Utc>>), DbError> {
    Ok(on!(conn, |c| sqlx::query_as(WAITING).fetch_one(c).await)?)
}

/// Every stamp of a log, by the size of its checkpoint.
///
/// # Errors
/// When the database fails.
pub async fn of_log(conn: &mut Conn, log: &str) -> Result<Vec<StampRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_LOG).bind(log).fetch_all(c).await)?)
}

/// The stamp of a checkpoint.
///
/// # Errors
/// When the database fails.
pub async fn one(conn: &mut Conn, log: &str, size: i64) -> Result<Option<StampRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ONE).bind(log).bind(size).fetch_optional(c).await)?)
}

/// The stamp of the largest smaller checkpoint that has one.
pub(in crate::audit) async fn before(
    conn: &mut Conn,
    log: &str,
    size: i64,
) -> Result<Option<StampRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BEFORE).bind(log).bind(size).fetch_optional(c).await)?)
}

/// One checkpoint.
pub(in crate::audit) async fn checkpoint(
    conn: &mut Conn,
    log: &str,
    size: i64,
) -> Result<Option<CheckpointRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(CHECKPOINT).bind(log).bind(size).fetch_optional(c).await)?)
}

//! The log's tables: its head, its leaves, its checkpoints.

pub mod reading;
pub mod stamp;
pub mod witness;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::on;

/// An update that changes nothing holds the row on both engines: appends to one log follow each other.
const LOCK_HEAD: &str = "
    UPDATE log_head SET size = size WHERE log_id = $1 RETURNING log_id, size, frontier, last_at, signed";
const HEAD: &str = "SELECT log_id, size, frontier, last_at, signed FROM log_head WHERE log_id = $1";
const HEADS: &str = "SELECT log_id, size, frontier, last_at, signed FROM log_head ORDER BY log_id";
const BEGUN: &str = "
    SELECT h.log_id, COALESCE(l.at, h.last_at) AS at
      FROM log_head h
      LEFT JOIN log_leaf l ON l.log_id = h.log_id AND l.seq = 0
     ORDER BY h.log_id";
const OPEN_HEAD: &str = "
    INSERT INTO log_head (log_id, size, frontier, last_at, signed) VALUES ($1, 0, $2, $3, 0)
    ON CONFLICT (log_id) DO NOTHING";
pub(super) const ADD_LEAF: &str = "
    INSERT INTO log_leaf (log_id, seq, kind, at, obj, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const MOVE_HEAD: &str = "
    UPDATE log_head SET size = $2, frontier = $3, last_at = $4 WHERE log_id = $1 AND size = $5";
const MARK_SIGNED: &str = "UPDATE log_head SET signed = $2 WHERE log_id = $1 AND signed <= $2";
const LEAVES: &str = "
    SELECT seq, kind, at, obj, body, hash FROM log_leaf WHERE log_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq";
const HASHES: &str = "SELECT hash FROM log_leaf WHERE log_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq";
/// $4 is the kind, or '%' for all of them.
const LEAVES_BACK: &str = "
    SELECT seq, kind, at, obj, body, hash
      FROM log_leaf
     WHERE log_id = $1 AND seq <= $2 AND kind LIKE $4
     ORDER BY seq DESC
     LIMIT $3";
const LEAVES_FORTH: &str = "
    SELECT seq
      FROM log_leaf
     WHERE log_id = $1 AND seq > $2 AND kind LIKE $4
     ORDER BY seq
     LIMIT $3";
const LEAVES_OF: &str = "
    SELECT seq, kind, at, obj, body, hash FROM log_leaf WHERE log_id = $1 AND obj = $2 ORDER BY seq";
const ADD_CHECKPOINT: &str = "
    INSERT INTO log_checkpoint (log_id, size, note, made_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (log_id, size) DO NOTHING";
const CHECKPOINTS: &str = "SELECT size, note, made_at FROM log_checkpoint WHERE log_id = $1 ORDER BY size";
const NEWEST_CHECKPOINT: &str = "
    SELECT size, note, made_at FROM log_checkpoint WHERE log_id = $1 ORDER BY size DESC LIMIT 1";
const NEWEST_BEFORE: &str = "
    SELECT size, note, made_at FROM log_checkpoint WHERE log_id = $1 AND made_at <= $2 ORDER BY size DESC LIMIT 1";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    reading::LATELY,
    reading::ADD,
    reading::ADD_DIGEST,
    reading::OPEN,
    reading::BIND,
    reading::DIGESTS_SINCE,
    reading::BOUND,
    reading::SHOWN,
    reading::NUMBER,
    LOCK_HEAD,
    HEAD,
    HEADS,
    BEGUN,
    OPEN_HEAD,
    ADD_LEAF,
    MOVE_HEAD,
    MARK_SIGNED,
    LEAVES,
    LEAVES_OF,
    HASHES,
    LEAVES_BACK,
    LEAVES_FORTH,
    ADD_CHECKPOINT,
    CHECKPOINTS,
    NEWEST_CHECKPOINT,
    NEWEST_BEFORE,
    stamp::WAIT,
    stamp::CLAIM,
    stamp::LATER,
    stamp::NO_LONGER,
    stamp::WAITING,
    stamp::KEEP,
    stamp::OF_LOG,
    stamp::ONE,
    stamp::BEFORE,
    stamp::CHECKPOINT,
    witness::KEEP,
    witness::OF_LOG,
    witness::NEWEST,
];

/// The state of one log.
#[derive(Clone, Debug, FromRow)]
pub struct Head {
    /// Its id: series and fiscal year.
    pub log_id: String,
    /// Number of leaves.
    pub size: i64,
    /// Roots of the perfect subtrees.
    pub frontier: Vec<u8>,
    /// Time of the last leaf.
    pub last_at: DateTime<Utc>,
    /// Size of the newest checkpoint.
    pub signed: i64,
}

/// One stored leaf.
#[derive(Clone, Debug, FromRow)]
pub struct LeafRow {
    /// Its place, from 0.
    pub seq: i64,
    /// Its kind.
    pub kind: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What it is about.
    pub obj: String,
    /// Its exact bytes.
    pub body: Vec<u8>,
    /// Their hash.
    pub hash: Vec<u8>,
}

/// One signed checkpoint.
#[derive(Clone, Debug, FromRow)]
pub struct CheckpointRow {
    /// How many leaves it covers.
    pub size: i64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub made_at: DateTime<Utc>,
}

pub(super) async fn lock_head(tx: &mut Tx, log: &str) -> Result<Option<Head>, DbError> {
    Ok(on!(tx, |c| sqlx::query_as(LOCK_HEAD).bind(log).fetch_optional(c).await)?)
}

/// The state of a log, if it has been opened.
///
/// # Errors
/// When the database fails.
pub async fn head(conn: &mut Conn, log: &str) -> Result<Option<Head>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(HEAD).bind(log).fetch_optional(c).await)?)
}

/// Every log of this hospital, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn heads(conn: &mut Conn) -> Result<Vec<Head>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(HEADS).fetch_all(c).await)?)
}

/// Every log of this hospital with the time of its first leaf, in the order of [`heads`].
///
/// # Errors
/// When the database fails.
pub async fn begun(conn: &mut Conn) -> Result<Vec<(String, DateTime<Utc>)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BEGUN).fetch_all(c).await)?)
}

pub(super) async fn open_head(tx: &mut Tx, log: &str, now: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(OPEN_HEAD)
        .bind(log)
        .bind(Vec::<u8>::new())
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(super) async fn add_leaf(tx: &mut Tx, log: &str, leaf: &LeafRow) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD_LEAF)
        .bind(log)
        .bind(leaf.seq)
        .bind(&leaf.kind)
        .bind(leaf.at)
        .bind(&leaf.obj)
        .bind(&leaf.body)
        .bind(&leaf.hash)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("append a leaf", rows, 1)
}

/// Moves the head of a log that had `from` leaves.
pub(super) async fn move_head(tx: &mut Tx, log: &str, from: i64, to: &Head) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(MOVE_HEAD)
        .bind(log)
        .bind(to.size)
        .bind(&to.frontier)
        .bind(to.last_at)
        .bind(from)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("move the head of the log", rows, 1)
}

/// Leaves `from ≤ seq < to`, in order.
///
/// # Errors
/// When the database fails.
pub async fn leaves(conn: &mut Conn, log: &str, from: i64, to: i64) -> Result<Vec<LeafRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LEAVES).bind(log).bind(from).bind(to).fetch_all(c).await)?)
}

/// Every leaf about one thing, in order.
///
/// # Errors
/// When the database fails.
pub async fn leaves_of(conn: &mut Conn, log: &str, obj: &str) -> Result<Vec<LeafRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LEAVES_OF).bind(log).bind(obj).fetch_all(c).await)?)
}

/// The stored hashes of the leaves `from ≤ seq < to`, in order.
///
/// # Errors
/// When the database fails.
pub async fn hashes(conn: &mut Conn, log: &str, from: i64, to: i64) -> Result<Vec<Vec<u8>>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(HASHES).bind(log).bind(from).bind(to).fetch_all(c).await)?)
}

/// At most `number` leaves from a place downwards, newest first; only those of a kind, if one is named.
///
/// # Errors
/// When the database fails.
pub async fn leaves_back(
    conn: &mut Conn,
    log: &str,
    from: i64,
    kind: Option<&str>,
    number: i64,
) -> Result<Vec<LeafRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LEAVES_BACK)
        .bind(log)
        .bind(from)
        .bind(number)
        .bind(kind.unwrap_or("%"))
        .fetch_all(c)
        .await)?)
}

/// The places of at most `number` leaves after a place; only those of a kind, if one is named.
///
/// # Errors
/// When the database fails.
pub async fn places_after(
    conn: &mut Conn,
    log: &str,
    after: i64,
    kind: Option<&str>,
    number: i64,
) -> Result<Vec<i64>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(LEAVES_FORTH)
        .bind(log)
        .bind(after)
        .bind(number)
        .bind(kind.unwrap_or("%"))
        .fetch_all(c)
        .await)?)
}

/// Keeps a checkpoint. Where the hospital has named a time stamp authority, it waits for its stamp from the same write on.
pub(super) async fn add_checkpoint(
    tx: &mut Tx,
    log: &str,
    row: &CheckpointRow,
    is_stamped: bool,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_CHECKPOINT)
        .bind(log)
        .bind(row.size)
        .bind(&row.note)
        .bind(row.made_at)
        .execute(c)
        .await
        .map(drop))?;
    on!(tx, |c| sqlx::query(MARK_SIGNED).bind(log).bind(row.size).execute(c).await.map(drop))?;
    if is_stamped { stamp::wait(tx, log, row.size, row.made_at).await } else { Ok(()) }
}

/// Every checkpoint of a log, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn checkpoints(conn: &mut Conn, log: &str) -> Result<Vec<CheckpointRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(CHECKPOINTS).bind(log).fetch_all(c).await)?)
}

/// The newest checkpoint of a log.
///
/// # Errors
/// When the database fails.
pub async fn newest_checkpoint(conn: &mut Conn, log: &str) -> Result<Option<CheckpointRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NEWEST_CHECKPOINT).bind(log).fetch_optional(c).await)?)
}

/// The newest checkpoint of a log that was signed by an instant.
///
/// # Errors
/// When the database fails.
pub async fn newest_checkpoint_by(
    conn: &mut Conn,
    log: &str,
    at: DateTime<Utc>,
) -> Result<Option<CheckpointRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NEWEST_BEFORE).bind(log).bind(at).fetch_optional(c).await)?)
}

//! Who opened the record of somebody else.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{ReadingDigestId, ReadingId, StaffId};
use crate::on;

pub(super) const LATELY: &str = "
    SELECT COUNT(*) FROM reading WHERE subject_id = $1 AND reader_id = $2 AND page = $3 AND at > $4";
pub(super) const ADD: &str = "
    INSERT INTO reading (id, at, reader_id, subject_id, page) VALUES ($1, $2, $3, $4, $5)";
pub(super) const ADD_DIGEST: &str = "
    INSERT INTO reading_digest (id, at, number, sha256, leaf) VALUES ($1, $2, $3, $4, $5)";
pub(super) const OPEN: &str = "
    SELECT id, at, reader_id, subject_id, page, digest_id FROM reading WHERE digest_id IS NULL ORDER BY id";
pub(super) const BIND: &str = "UPDATE reading SET digest_id = $2 WHERE id = $1";
pub(super) const DIGESTS_SINCE: &str = "
    SELECT id, number, sha256, leaf FROM reading_digest WHERE at >= $1 ORDER BY at, leaf";
pub(super) const BOUND: &str = "
    SELECT id, at, reader_id, subject_id, page, digest_id FROM reading WHERE digest_id = $1 ORDER BY id";
/// Newest first. $1 of whom, $2 by whom; nothing is everybody.
pub(super) const SHOWN: &str = "
    SELECT r.id, r.at, r.reader_id, r.subject_id, r.page, r.digest_id, d.leaf
      FROM reading r
      LEFT JOIN reading_digest d ON d.id = r.digest_id
     WHERE (CAST($1 AS TEXT) = '' OR r.subject_id = $1) AND (CAST($2 AS TEXT) = '' OR r.reader_id = $2)
     ORDER BY r.id DESC
     LIMIT $3 OFFSET $4";
pub(super) const NUMBER: &str = "
    SELECT COUNT(*)
      FROM reading r
     WHERE (CAST($1 AS TEXT) = '' OR r.subject_id = $1) AND (CAST($2 AS TEXT) = '' OR r.reader_id = $2)";

/// A record that was opened.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Reading {
    /// Its id.
    pub id: ReadingId,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub reader_id: StaffId,
    /// Whose.
    pub subject_id: StaffId,
    /// Which page.
    pub page: String,
    /// The leaf that binds it, once there is one.
    pub digest_id: Option<ReadingDigestId>,
}

/// The same with the place of the leaf.
#[derive(Clone, Debug, FromRow)]
pub(in crate::audit) struct Shown {
    #[sqlx(flatten)]
    pub(in crate::audit) reading: Reading,
    pub(in crate::audit) leaf: Option<i64>,
}

/// What binds the readings of an hour.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(in crate::audit) struct Digest {
    pub(in crate::audit) id: ReadingDigestId,
    pub(in crate::audit) number: i64,
    pub(in crate::audit) sha256: String,
    pub(in crate::audit) leaf: i64,
}

/// Whether the same page was opened by the same person after an instant.
pub(in crate::audit) async fn is_known(
    conn: &mut Conn,
    reader: &StaffId,
    subject: &StaffId,
    page: &str,
    after: DateTime<Utc>,
) -> Result<bool, DbError> {
    let number: i64 = on!(conn, |c| sqlx::query_scalar(LATELY)
        .bind(subject)
        .bind(reader)
        .bind(page)
        .bind(after)
        .fetch_one(c)
        .await)?;
    Ok(number > 0)
}

pub(in crate::audit) async fn add(tx: &mut Tx, new: &Reading) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(new.at)
        .bind(&new.reader_id)
        .bind(&new.subject_id)
        .bind(&new.page)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    expect_rows("note who reads", rows, 1)
}

/// Those that no leaf binds yet.
pub(in crate::audit) async fn open(conn: &mut Conn) -> Result<Vec<Reading>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OPEN).fetch_all(c).await)?)
}

pub(in crate::audit) async fn add_digest(
    tx: &mut Tx,
    new: &Digest,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD_DIGEST)
        .bind(&new.id)
        .bind(at)
        .bind(new.number)
        .bind(&new.sha256)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    expect_rows("bind who read", rows, 1)
}

pub(in crate::audit) async fn bind(
    tx: &mut Tx,
    reading: &ReadingId,
    digest: &ReadingDigestId,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(BIND)
        .bind(reading)
        .bind(digest)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    expect_rows("bind who read", rows, 1)
}

/// What was bound since an instant.
pub(in crate::audit) async fn digests_since(
    conn: &mut Conn,
    since: DateTime<Utc>,
) -> Result<Vec<Digest>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(DIGESTS_SINCE).bind(since).fetch_all(c).await)?)
}

/// Those that a leaf binds.
pub(in crate::audit) async fn bound(
    conn: &mut Conn,
    digest: &ReadingDigestId,
) -> Result<Vec<Reading>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BOUND).bind(digest).fetch_all(c).await)?)
}

/// A page of them, newest first; of whom and by whom, where it is asked for.
pub(in crate::audit) async fn shown(
    conn: &mut Conn,
    subject: &str,
    reader: &str,
    (limit, skip): (i64, i64),
) -> Result<Vec<Shown>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(SHOWN)
        .bind(subject)
        .bind(reader)
        .bind(limit)
        .bind(skip)
        .fetch_all(c)
        .await)?)
}

/// How many there are.
pub(in crate::audit) async fn number(conn: &mut Conn, subject: &str, reader: &str) -> Result<i64, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(NUMBER).bind(subject).bind(reader).fetch_one(c).await)?)
}

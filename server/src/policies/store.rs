//! The draft of the next version, who wrote in it, and what others said of it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::review::Verdict;
use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{PolicyDraftId, ReviewId, StaffId};
use crate::on;

const DRAFT: &str = "SELECT id, body, made_by, made_at, version FROM policy_draft WHERE slot = 1";
const ADD: &str = "
    INSERT INTO policy_draft (slot, id, body, made_by, made_at, version) VALUES (1, $1, $2, $3, $4, 1)
    ON CONFLICT (slot) DO NOTHING";
const CHANGE: &str = "
    UPDATE policy_draft
       SET body = $3, made_by = $4, made_at = $5, version = version + 1
     WHERE id = $1 AND version = $2";
const DROP: &str = "DELETE FROM policy_draft WHERE id = $1 AND version = $2";
const ADD_WRITER: &str = "
    INSERT INTO policy_writer (draft_id, staff_id) VALUES ($1, $2) ON CONFLICT (draft_id, staff_id) DO NOTHING";
const WRITERS: &str = "SELECT staff_id FROM policy_writer WHERE draft_id = $1 ORDER BY staff_id";
const ADD_REVIEW: &str = "
    INSERT INTO policy_review (id, draft_id, hash, verdict, words, by_id, at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const REVIEWS: &str = "
    SELECT id, draft_id, hash, verdict, words, by_id, at, leaf
      FROM policy_review
     WHERE draft_id = $1
     ORDER BY at, id";
const ALL_REVIEWS: &str = "
    SELECT id, draft_id, hash, verdict, words, by_id, at, leaf FROM policy_review WHERE at <= $1 ORDER BY at, id";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] =
    &[DRAFT, ADD, CHANGE, DROP, ADD_WRITER, WRITERS, ADD_REVIEW, REVIEWS, ALL_REVIEWS];

/// The draft.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DraftRow {
    /// Its id.
    pub id: PolicyDraftId,
    /// The canonical text of the policy that it would become.
    pub body: String,
    /// Who wrote in it last.
    pub made_by: StaffId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// How often it was saved.
    pub version: i64,
}

/// What somebody said of a text.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ReviewRow {
    /// Its id.
    pub id: ReviewId,
    /// Of which draft.
    pub draft_id: PolicyDraftId,
    /// The hash of the text that they read.
    pub hash: String,
    /// What they said.
    #[sqlx(try_from = "String")]
    pub verdict: Verdict,
    /// In which words; empty for most approvals.
    pub words: String,
    /// Who.
    pub by_id: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// The draft, if one is being written.
///
/// # Errors
/// When the database fails.
pub async fn draft(conn: &mut Conn) -> Result<Option<DraftRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(DRAFT).fetch_optional(c).await)?)
}

/// Begins a draft, if none is being written. Tells whether it did.
pub(super) async fn add(tx: &mut Tx, new: &DraftRow) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.body)
        .bind(&new.made_by)
        .bind(new.made_at)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Writes the draft anew, over the one that was read.
pub(super) async fn change(tx: &mut Tx, new: &DraftRow) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(CHANGE)
        .bind(&new.id)
        .bind(new.version)
        .bind(&new.body)
        .bind(&new.made_by)
        .bind(new.made_at)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("write a draft of the policy", rows, 1)
}

/// Takes the draft of this saving away. Tells whether it did.
pub(super) async fn drop_draft(tx: &mut Tx, id: &PolicyDraftId, version: i64) -> Result<bool, DbError> {
    let rows =
        on!(tx, |c| sqlx::query(DROP).bind(id).bind(version).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

pub(super) async fn add_writer(tx: &mut Tx, id: &PolicyDraftId, who: &StaffId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_WRITER).bind(id).bind(who).execute(c).await.map(drop))?;
    Ok(())
}

/// Everybody who wrote in a draft.
///
/// # Errors
/// When the database fails.
pub async fn writers(conn: &mut Conn, id: &PolicyDraftId) -> Result<Vec<StaffId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(WRITERS).bind(id).fetch_all(c).await)?)
}

pub(super) async fn add_review(tx: &mut Tx, new: &ReviewRow) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_REVIEW)
        .bind(&new.id)
        .bind(&new.draft_id)
        .bind(&new.hash)
        .bind(new.verdict.code())
        .bind(&new.words)
        .bind(&new.by_id)
        .bind(new.at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// What was said of a draft, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn reviews(conn: &mut Conn, id: &PolicyDraftId) -> Result<Vec<ReviewRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REVIEWS).bind(id).fetch_all(c).await)?)
}

/// What was ever said of any draft until an instant, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn all_reviews(conn: &mut Conn, until: DateTime<Utc>) -> Result<Vec<ReviewRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL_REVIEWS).bind(until).fetch_all(c).await)?)
}

//! Objections: what somebody could not agree with, and what the training office says to it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::{ObjectionId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO objection (id, module_id, revision, place, response, lang, words, staff_id, mark, made_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
pub(super) const IS_OPEN: &str = "SELECT COUNT(*) FROM objection WHERE mark = $1 AND answered_at IS NULL";
pub(super) const ANSWER: &str = "
    UPDATE objection SET answered_at = $2, answered_by = $3, reply = $4, answer_leaf = $5
     WHERE id = $1 AND answered_at IS NULL";
pub(super) const ONE: &str = "
    SELECT id, module_id, revision, place, response, lang, words, staff_id, made_at, answered_at, reply
      FROM objection
     WHERE id = $1";
/// $1 the state (`open`, `answered`, or all), $2 the module and $3 the question with all its wordings, where they are not empty.
macro_rules! wanted {
    () => {
        "
     WHERE (CAST($1 AS TEXT) NOT IN ('open', 'answered') OR (answered_at IS NULL) = (CAST($1 AS TEXT) = 'open'))
       AND CAST($2 AS TEXT) IN ('', module_id)
       AND (CAST($3 AS TEXT) IN ('', place) OR SUBSTR(place, 1, LENGTH(CAST($3 AS TEXT)) + 1) = CAST($3 AS TEXT) || '/')"
    };
}

/// The newest first; of what is open the oldest, which has waited longest.
pub(super) const LIST: &str = concat!(
    "
    SELECT id, module_id, revision, place, response, lang, words, staff_id, made_at, answered_at, reply
      FROM objection",
    wanted!(),
    "
     ORDER BY CASE WHEN CAST($1 AS TEXT) = 'open' THEN made_at END, made_at DESC, id
     LIMIT $4 OFFSET $5"
);
pub(super) const COUNT: &str = concat!("SELECT COUNT(*) FROM objection", wanted!());
pub(super) const REPLIES_TO: &str = "
    SELECT id, module_id, revision, place, response, lang, words, staff_id, made_at, answered_at, reply
      FROM objection
     WHERE staff_id = $1 AND answered_at IS NOT NULL AND reply <> ''
     ORDER BY answered_at DESC, id
     LIMIT $2";

/// An objection.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// To which module.
    pub module_id: String,
    /// As its text was then.
    pub revision: String,
    /// To which question.
    pub place: String,
    /// The answer that was explained, as JSON, without words of one's own.
    pub response: String,
    /// The language of the page.
    pub lang: String,
    /// What was written.
    pub words: String,
    /// Who wrote it, where they wanted to be named.
    pub staff_id: Option<StaffId>,
    /// When.
    pub made_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// What the training office says; empty when it was only marked as done.
    pub reply: Option<String>,
}

/// An objection on its way.
#[derive(Clone, Debug)]
pub struct NewObjection {
    /// To which module.
    pub module_id: String,
    /// As its text was then.
    pub revision: String,
    /// To which question.
    pub place: String,
    /// The answer that was explained.
    pub response: String,
    /// The language of the page.
    pub lang: &'static str,
    /// What was written.
    pub words: String,
    /// Who writes, where they want to be named.
    pub staff_id: Option<StaffId>,
    /// The mark of person and question.
    pub mark: String,
}

/// Which objections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// `open`, `answered`, or anything else for all.
    pub state: String,
    /// Only of this module; empty is every one.
    pub module: String,
    /// Only to this question or, of a test, any wording of it; empty is every one.
    pub place: String,
}

pub(in crate::training) async fn add_objection(
    tx: &mut Tx,
    id: &ObjectionId,
    new: &NewObjection,
    at: DateTime<Utc>,
    leaf: i64,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(id)
        .bind(&new.module_id)
        .bind(&new.revision)
        .bind(&new.place)
        .bind(&new.response)
        .bind(new.lang)
        .bind(&new.words)
        .bind(&new.staff_id)
        .bind(&new.mark)
        .bind(at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Whether whoever has this mark waits for an answer.
///
/// # Errors
/// When the database fails.
pub async fn is_open(conn: &mut Conn, mark: &str) -> Result<bool, DbError> {
    let open: i64 = on!(conn, |c| sqlx::query_scalar(IS_OPEN).bind(mark).fetch_one(c).await)?;
    Ok(open > 0)
}

/// Answers an objection; `false` when it was answered before.
pub(in crate::training) async fn answer_objection(
    tx: &mut Tx,
    id: &ObjectionId,
    at: DateTime<Utc>,
    by: &StaffId,
    reply: &str,
    leaf: i64,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(ANSWER)
        .bind(id)
        .bind(at)
        .bind(by)
        .bind(reply)
        .bind(leaf)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// An objection.
///
/// # Errors
/// When the database fails.
pub async fn objection(conn: &mut Conn, id: &ObjectionId) -> Result<Option<Objection>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ONE).bind(id).fetch_optional(c).await)?)
}

/// A part of a list of objections.
///
/// # Errors
/// When the database fails.
pub async fn objections(
    conn: &mut Conn,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<Objection>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LIST)
        .bind(&wanted.state)
        .bind(&wanted.module)
        .bind(&wanted.place)
        .bind(limit)
        .bind(offset)
        .fetch_all(c)
        .await)?)
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn count_objections(conn: &mut Conn, wanted: &Wanted) -> Result<i64, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(COUNT)
        .bind(&wanted.state)
        .bind(&wanted.module)
        .bind(&wanted.place)
        .fetch_one(c)
        .await)?)
}

/// The newest objections of a person that the training office has replied to.
///
/// # Errors
/// When the database fails.
pub async fn replies_to(conn: &mut Conn, staff: &StaffId, limit: i64) -> Result<Vec<Objection>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REPLIES_TO).bind(staff).bind(limit).fetch_all(c).await)?)
}

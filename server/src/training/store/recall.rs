//! Recall cards: what was answered, and what was put off.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::{AttemptId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO recall_answer
           (attempt_id, number, staff_id, module_id, revision, family, variant, response, grade, lang, answered_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub(super) const OF: &str = "
    SELECT attempt_id, number, module_id, revision, family, variant, response, grade, lang, answered_at
      FROM recall_answer
     WHERE staff_id = $1
     ORDER BY answered_at, attempt_id, number";

pub(super) const PUT_OFF: &str = "
    INSERT INTO recall_put_off (attempt_id, number, put_off_on, staff_id) VALUES ($1, $2, $3, $4)
    ON CONFLICT (attempt_id, number, put_off_on) DO NOTHING";
pub(super) const PUT_OFFS: &str = "
    SELECT attempt_id, number, put_off_on FROM recall_put_off WHERE staff_id = $1 ORDER BY put_off_on";

/// A card that was answered.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Recalled {
    /// The finished attempt after which it came.
    pub attempt_id: AttemptId,
    /// Which of its cards, from 1.
    pub number: i64,
    /// The module of that attempt.
    pub module_id: String,
    /// The text of the test from which the question is.
    pub revision: String,
    /// Its family.
    pub family: String,
    /// Its wording.
    pub variant: String,
    /// The response as JSON.
    pub response: String,
    /// Points of the grade, 0–3.
    pub grade: i64,
    /// The language of the page.
    pub lang: String,
    /// When.
    pub answered_at: DateTime<Utc>,
}

/// A card that was put off.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PutOff {
    /// The finished attempt after which it came.
    pub attempt_id: AttemptId,
    /// Which of its cards.
    pub number: i64,
    /// On which day.
    pub put_off_on: NaiveDate,
}

pub(in crate::training) async fn add_recalled(
    tx: &mut Tx,
    staff: &StaffId,
    new: &Recalled,
    leaf: i64,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(&new.attempt_id)
        .bind(new.number)
        .bind(staff)
        .bind(&new.module_id)
        .bind(&new.revision)
        .bind(&new.family)
        .bind(&new.variant)
        .bind(&new.response)
        .bind(new.grade)
        .bind(&new.lang)
        .bind(new.answered_at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Every card that somebody has answered, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn recalled(conn: &mut Conn, staff: &StaffId) -> Result<Vec<Recalled>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF).bind(staff).fetch_all(c).await)?)
}

/// Notes that somebody puts a card off; twice on a day is once.
pub(in crate::training) async fn note_put_off(
    tx: &mut Tx,
    staff: &StaffId,
    new: &PutOff,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(PUT_OFF)
        .bind(&new.attempt_id)
        .bind(new.number)
        .bind(new.put_off_on)
        .bind(staff)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Every card that somebody has put off, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn put_offs(conn: &mut Conn, staff: &StaffId) -> Result<Vec<PutOff>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(PUT_OFFS).bind(staff).fetch_all(c).await)?)
}

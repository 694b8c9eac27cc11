//! Exceptions: what was asked and what was decided.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{ExceptionId, PeriodId, StaffId};
use crate::on;

macro_rules! exceptions {
    ($end:literal) => {
        concat!(
            "SELECT x.id, x.period_id, x.kind, x.words, x.from_on, x.until_on, x.asked_by, x.asked_at, x.decided_by,
                    x.decided_at, x.granted, x.granted_until, x.reply
               FROM exception_request x ",
            $end
        )
    };
}

pub(in crate::requirements) const ADD: &str = "
    INSERT INTO exception_request (id, period_id, kind, words, from_on, until_on, asked_by, asked_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(in crate::requirements) const BY_ID: &str = exceptions!("WHERE x.id = $1");
pub(in crate::requirements) const OF_PERIOD: &str =
    exceptions!("WHERE x.period_id = $1 ORDER BY x.asked_at, x.id");
pub(in crate::requirements) const OPEN: &str =
    exceptions!("WHERE x.decided_at IS NULL ORDER BY x.asked_at, x.id");
pub(in crate::requirements) const DECIDED: &str =
    exceptions!("WHERE x.decided_at IS NOT NULL ORDER BY x.decided_at DESC, x.id LIMIT $1 OFFSET $2");
pub(in crate::requirements) const CORRECT: &str = "
    INSERT INTO correction (period_id, request_id, at, leaf) VALUES ($1, $2, $3, $4)";
pub(in crate::requirements) const CORRECTED: &str = "SELECT at FROM correction WHERE period_id = $1";
pub(in crate::requirements) const DECIDE: &str = "
    UPDATE exception_request
       SET decided_by = $2, decided_at = $3, granted = $4, granted_until = $5, reply = $6, decision_leaf = $7
     WHERE id = $1 AND decided_at IS NULL";

/// An exception that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ExceptionRow {
    /// Its id.
    pub id: ExceptionId,
    /// From what.
    pub period_id: PeriodId,
    /// Of which kind, as a word that [`crate::requirements::exception::Kind`] reads.
    pub kind: String,
    /// Why, in the words of whoever asks.
    pub words: String,
    /// The first day that was asked for, of a leave.
    pub from_on: Option<NaiveDate>,
    /// The last day that was asked for.
    pub until_on: Option<NaiveDate>,
    /// Who asks.
    pub asked_by: StaffId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Who decided; somebody else.
    pub decided_by: Option<StaffId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Granted or refused.
    pub granted: Option<bool>,
    /// The last day that was granted.
    pub granted_until: Option<NaiveDate>,
    /// What the office says about it.
    pub reply: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::requirements) struct Decision {
    pub id: ExceptionId,
    pub by: StaffId,
    pub at: DateTime<Utc>,
    pub granted: bool,
    pub until: Option<NaiveDate>,
    pub reply: String,
    pub leaf: i64,
}

pub(in crate::requirements) async fn add(tx: &mut Tx, new: &ExceptionRow, leaf: i64) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.period_id)
        .bind(&new.kind)
        .bind(&new.words)
        .bind(new.from_on)
        .bind(new.until_on)
        .bind(&new.asked_by)
        .bind(new.asked_at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(in crate::requirements) async fn decide(tx: &mut Tx, made: &Decision) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(DECIDE)
        .bind(&made.id)
        .bind(&made.by)
        .bind(made.at)
        .bind(made.granted)
        .bind(made.until)
        .bind(&made.reply)
        .bind(made.leaf)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("decide an exception", rows, 1)
}

/// An exception by its id.
///
/// # Errors
/// When the database fails.
pub async fn exception(conn: &mut Conn, id: &ExceptionId) -> Result<Option<ExceptionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

/// What was asked about a period, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn exceptions_of(conn: &mut Conn, period: &PeriodId) -> Result<Vec<ExceptionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_PERIOD).bind(period).fetch_all(c).await)?)
}

/// What waits for a decision, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn open(conn: &mut Conn) -> Result<Vec<ExceptionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OPEN).fetch_all(c).await)?)
}

/// What was decided, newest first, a page of it.
///
/// # Errors
/// When the database fails.
pub async fn decided(conn: &mut Conn, lines: i64, skip: i64) -> Result<Vec<ExceptionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(DECIDED).bind(lines).bind(skip).fetch_all(c).await)?)
}

/// Notes that the completion of a period counts no more from then on.
pub(in crate::requirements) async fn correct(
    tx: &mut Tx,
    period: &PeriodId,
    request: &ExceptionId,
    at: DateTime<Utc>,
    leaf: i64,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(CORRECT)
        .bind(period)
        .bind(request)
        .bind(at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Since when the completion of a period counts no more, if it does not.
///
/// # Errors
/// When the database fails.
pub async fn corrected(conn: &mut Conn, period: &PeriodId) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(CORRECTED).bind(period).fetch_optional(c).await)?)
}

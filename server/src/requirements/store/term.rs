//! Dates that moved, and what is not owed any more.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{PeriodId, RequirementId, StaffId};
use crate::on;
use crate::requirements::plan::Release;
use crate::requirements::term::TermChange;

pub(in crate::requirements) const ADD: &str = "
    INSERT INTO term_change (period_id, number, due_at, valid_until, reason, actor, at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(in crate::requirements) const OF: &str = "
    SELECT period_id, number, due_at, valid_until, reason, actor, at, leaf
      FROM term_change
     WHERE period_id = $1
     ORDER BY number";
macro_rules! all {
    ($which:literal) => {
        concat!(
            "SELECT t.period_id, t.number, t.due_at, t.valid_until, t.reason, t.actor, t.at, t.leaf
               FROM term_change t
               JOIN period p ON p.id = t.period_id
              WHERE p.requirement_id = $1",
            $which,
            " ORDER BY t.period_id, t.number"
        )
    };
}
pub(in crate::requirements) const ALL: &str = all!("");
pub(in crate::requirements) const ALL_OF: &str = all!(" AND p.staff_id = $2");
pub(in crate::requirements) const ADD_RELEASE: &str = "
    INSERT INTO period_release (period_id, number, owed, reason, actor, at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(in crate::requirements) const RELEASE_OF: &str = "
    SELECT number, owed, reason, actor, at FROM period_release WHERE period_id = $1 ORDER BY number DESC LIMIT 1";
pub(in crate::requirements) const DOUBT: &str = "
    INSERT INTO period_doubt (period_id, since_on) VALUES ($1, $2) ON CONFLICT (period_id) DO NOTHING";
pub(in crate::requirements) const NO_DOUBT: &str = "DELETE FROM period_doubt WHERE period_id = $1";

pub(in crate::requirements) async fn add_term(tx: &mut Tx, new: &TermChange) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.period_id)
        .bind(new.number)
        .bind(new.due_at)
        .bind(new.valid_until)
        .bind(&new.reason)
        .bind(&new.actor)
        .bind(new.at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("move a date", rows, 1)
}

/// How the dates of a period moved, in order.
///
/// # Errors
/// When the database fails.
pub async fn terms(conn: &mut Conn, period: &PeriodId) -> Result<Vec<TermChange>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF).bind(period).fetch_all(c).await)?)
}

/// How the dates of every period of a requirement moved, in order.
pub(in crate::requirements) async fn all_terms(
    conn: &mut Conn,
    of: &RequirementId,
) -> Result<Vec<TermChange>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).bind(of).fetch_all(c).await)?)
}

/// The same of one person.
pub(in crate::requirements) async fn terms_of(
    conn: &mut Conn,
    requirement: &RequirementId,
    staff: &StaffId,
) -> Result<Vec<TermChange>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL_OF).bind(requirement).bind(staff).fetch_all(c).await)?)
}

/// The newest word on whether a period is owed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ReleaseRow {
    /// 1, 2, …
    pub number: i64,
    /// It is owed from then on; or not.
    pub owed: bool,
    /// Why.
    pub reason: String,
    /// Who did it; `system`: the rule.
    pub actor: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

pub(in crate::requirements) async fn release_of(
    conn: &mut Conn,
    period: &PeriodId,
) -> Result<Option<ReleaseRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(RELEASE_OF).bind(period).fetch_optional(c).await)?)
}

/// Why and since when a period is not owed, if it is not.
///
/// # Errors
/// When the database fails.
pub async fn released(
    conn: &mut Conn,
    period: &PeriodId,
) -> Result<Option<(Release, DateTime<Utc>)>, DbError> {
    let newest = release_of(conn, period).await?.filter(|row| !row.owed);
    Ok(newest.and_then(|row| Some((Release::from_code(&row.reason)?, row.at))))
}

pub(in crate::requirements) async fn add_release(
    tx: &mut Tx,
    period: &PeriodId,
    new: &ReleaseRow,
    leaf: i64,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_RELEASE)
        .bind(period)
        .bind(new.number)
        .bind(new.owed)
        .bind(&new.reason)
        .bind(&new.actor)
        .bind(new.at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(in crate::requirements) async fn note_doubt(
    tx: &mut Tx,
    period: &PeriodId,
    since: NaiveDate,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(DOUBT).bind(period).bind(since).execute(c).await.map(drop))?;
    Ok(())
}

pub(in crate::requirements) async fn clear_doubt(tx: &mut Tx, period: &PeriodId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(NO_DOUBT).bind(period).execute(c).await.map(drop))?;
    Ok(())
}

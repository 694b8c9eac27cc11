//! Steps of the ladder that were decided.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::{PeriodId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO reminder (period_id, step, due_on, staff_id, planned_at, decided_at, way)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (period_id, step, due_on) DO NOTHING";
pub(super) const OF_PERIOD: &str = "
    SELECT period_id, step, due_on, decided_at FROM reminder WHERE period_id = $1 ORDER BY decided_at";
/// Since an instant: what was decided before belongs to due dates that are long past.
pub(super) const SINCE: &str = "
    SELECT period_id, step, due_on, decided_at FROM reminder WHERE decided_at >= $1 ORDER BY period_id, decided_at";
pub(super) const OF_PERSON: &str = "
    SELECT r.period_id, r.step, r.due_on, r.staff_id, r.planned_at, r.decided_at, r.way,
           o.address, o.sent_at, o.failed_at, o.withdrawn_at
      FROM reminder r
      LEFT JOIN outbox o ON o.key = 'reminder/' || r.period_id || '/' || r.step || '/' || CAST(r.due_on AS TEXT)
     WHERE r.staff_id = $1
     ORDER BY r.decided_at DESC, r.period_id
     LIMIT $2";
pub(super) const LAST_SHOWN: &str = "
    SELECT period_id, step, due_on, decided_at
      FROM reminder
     WHERE staff_id = $1 AND way = 'page' AND decided_at >= $2
     ORDER BY decided_at DESC, period_id
     LIMIT 1";

/// A step that was decided, and what became of its mail.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(in crate::reminders) struct Decided {
    /// For which period.
    pub period_id: PeriodId,
    /// Which step.
    pub step: String,
    /// From which last day it was reckoned.
    pub due_on: NaiveDate,
    /// Whose.
    pub staff_id: StaffId,
    /// When it was to be sent.
    pub planned_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// `mail` or `page`.
    pub way: String,
    /// Where its mail went.
    pub address: Option<String>,
    /// When its mail was handed over.
    pub sent_at: Option<DateTime<Utc>>,
    /// When its mail was given up.
    pub failed_at: Option<DateTime<Utc>>,
    /// When its mail was no longer wanted.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// A step as the ladder reads it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(in crate::reminders) struct Step {
    pub(in crate::reminders) period_id: PeriodId,
    pub(in crate::reminders) step: String,
    pub(in crate::reminders) due_on: NaiveDate,
    pub(in crate::reminders) decided_at: DateTime<Utc>,
}

/// Writes a decision down; `false` when it was decided before.
pub(in crate::reminders) async fn add(tx: &mut Tx, new: &Decided) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.period_id)
        .bind(&new.step)
        .bind(new.due_on)
        .bind(&new.staff_id)
        .bind(new.planned_at)
        .bind(new.decided_at)
        .bind(&new.way)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// What was decided for a period.
pub(in crate::reminders) async fn of_period(
    conn: &mut Conn,
    period: &PeriodId,
) -> Result<Vec<Step>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_PERIOD).bind(period).fetch_all(c).await)?)
}

/// Everything that was decided since an instant, by period.
pub(in crate::reminders) async fn since(conn: &mut Conn, at: DateTime<Utc>) -> Result<Vec<Step>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(SINCE).bind(at).fetch_all(c).await)?)
}

/// What was decided for a person, newest first.
pub(in crate::reminders) async fn of_person(
    conn: &mut Conn,
    staff: &StaffId,
    limit: i64,
) -> Result<Vec<Decided>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_PERSON).bind(staff).bind(limit).fetch_all(c).await)?)
}

/// The newest step since an instant that no mail told the person.
pub(in crate::reminders) async fn last_shown(
    conn: &mut Conn,
    staff: &StaffId,
    since: DateTime<Utc>,
) -> Result<Option<Step>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LAST_SHOWN).bind(staff).bind(since).fetch_optional(c).await)?)
}

//! Until when the records of somebody have to be kept: when they left, and the last that is recorded of them.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::on;

pub(super) const LAST_RECORD: &str = "
    SELECT (SELECT MAX(r.fiscal_year)
              FROM period p
              JOIN requirement r ON r.id = p.requirement_id
             WHERE p.staff_id = $1) AS fiscal_year,
           (SELECT MAX(k.at)
              FROM (SELECT p.assigned_at AS at FROM period p WHERE p.staff_id = $1
                     UNION ALL
                    SELECT c.completed_at
                      FROM completion c JOIN period p ON p.id = c.period_id
                     WHERE p.staff_id = $1
                     UNION ALL
                    SELECT a.answered_at
                      FROM answer a
                      JOIN attempt t ON t.id = a.attempt_id
                      JOIN period p ON p.id = t.period_id
                     WHERE p.staff_id = $1
                     UNION ALL
                    SELECT q.answered_at FROM recall_answer q WHERE q.staff_id = $1
                     UNION ALL
                    SELECT x.asked_at
                      FROM exception_request x JOIN period p ON p.id = x.period_id
                     WHERE p.staff_id = $1
                     UNION ALL
                    SELECT n.made_at FROM follow_up n WHERE n.staff_id = $1) k) AS at";
/// Whoever was erased has nothing by which to be found.
pub(super) const LEFT_BEFORE: &str = "
    SELECT s.id, s.left_on
      FROM staff s
     WHERE s.left_on <= $1 AND s.search <> ''
     ORDER BY s.left_on, s.kana_key, s.staff_no
     LIMIT $2";

/// The last that is recorded of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct LastRecord {
    /// The last fiscal year whose training they owed.
    pub fiscal_year: Option<i64>,
    /// When the last was recorded.
    pub at: Option<DateTime<Utc>>,
}

/// The last that is recorded of somebody.
///
/// # Errors
/// When the database fails.
pub async fn last_record(conn: &mut Conn, staff: &StaffId) -> Result<LastRecord, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LAST_RECORD).bind(staff).fetch_one(c).await)?)
}

/// Who left on or before a day and was not erased, by that day: at most `limit` of them.
///
/// # Errors
/// When the database fails.
pub async fn left_before(
    conn: &mut Conn,
    day: NaiveDate,
    limit: i64,
) -> Result<Vec<(StaffId, NaiveDate)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LEFT_BEFORE).bind(day).bind(limit).fetch_all(c).await)?)
}

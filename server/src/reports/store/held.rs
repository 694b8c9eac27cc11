//! Where everybody stands with a requirement, as the rule that gives it has to know: the newest period of each person.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError};
use crate::id::{PeriodId, RequirementId, StaffId};
use crate::on;
use crate::requirements::plan::{Held, Release};
use crate::requirements::term::TermChange;

macro_rules! held {
    ($which:literal) => {
        concat!(
            "SELECT p.staff_id, p.id AS period_id, p.cycle, p.assigned_at, p.due_at, c.completed_at, c.valid_until,
                    (SELECT r.reason
                       FROM period_release r
                      WHERE r.period_id = p.id AND r.owed = FALSE
                        AND r.number = (SELECT MAX(n.number) FROM period_release n WHERE n.period_id = p.id)) AS released,
                    d.since_on AS doubted
               FROM period p
               LEFT JOIN completion c ON c.period_id = p.id
               LEFT JOIN period_doubt d ON d.period_id = p.id
              WHERE p.requirement_id = $1
                AND p.id NOT IN (SELECT k.period_id FROM correction k)",
            $which,
            "
              ORDER BY p.staff_id, p.cycle"
        )
    };
}

pub(super) const HELD: &str = held!("");
pub(super) const HELD_BY: &str = held!(" AND p.staff_id = $2");
/// Who belongs to the hospital on day $2 and has no period of requirement $1.
pub(super) const WITHOUT: &str = "
    SELECT s.id
      FROM staff s
     WHERE s.joined_on <= $2 AND (s.left_on IS NULL OR s.left_on > $2)
       AND NOT EXISTS (SELECT 1
                         FROM period p
                        WHERE p.requirement_id = $1 AND p.staff_id = s.id
                          AND p.id NOT IN (SELECT k.period_id FROM correction k))
     ORDER BY s.id";
pub(super) const RECENT: &str = "
    SELECT p.staff_id, MAX(c.completed_at)
      FROM requirement r
      JOIN period p ON p.requirement_id = r.id
      JOIN completion c ON c.period_id = p.id
     WHERE r.course = $1
       AND p.id NOT IN (SELECT k.period_id FROM correction k)
     GROUP BY p.staff_id";

#[derive(FromRow)]
struct HeldRow {
    staff_id: StaffId,
    period_id: PeriodId,
    cycle: i64,
    assigned_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    valid_until: Option<DateTime<Utc>>,
    released: Option<String>,
    doubted: Option<NaiveDate>,
}

fn newest(rows: Vec<HeldRow>, changes: Vec<TermChange>) -> HashMap<StaffId, Held> {
    let mut by_period: HashMap<PeriodId, Vec<TermChange>> = HashMap::new();
    for change in changes {
        by_period.entry(change.period_id.clone()).or_default().push(change);
    }
    let mut held: HashMap<StaffId, Held> = HashMap::new();
    for row in rows {
        let before = held.remove(&row.staff_id);
        // Of all that went before, the newest completion is the one whose end counts.
        let renews = before.and_then(|before| match before.completed_at {
            Some(_) => Some(Box::new(Held { renews: None, ..before })),
            None => before.renews,
        });
        let one = Held {
            changes: by_period.remove(&row.period_id).unwrap_or_default(),
            period: row.period_id,
            cycle: row.cycle,
            assigned_at: row.assigned_at,
            due_at: row.due_at,
            completed_at: row.completed_at,
            valid_until: row.valid_until,
            released: row.released.as_deref().and_then(Release::from_code),
            doubted: row.doubted,
            renews,
        };
        held.insert(row.staff_id, one);
    }
    held
}

/// The newest period of everybody who has one. `changes` are those of the requirement's periods.
///
/// # Errors
/// When the database fails.
pub async fn held(
    conn: &mut Conn,
    requirement: &RequirementId,
    changes: Vec<TermChange>,
) -> Result<HashMap<StaffId, Held>, DbError> {
    let rows = on!(conn, |c| sqlx::query_as(HELD).bind(requirement).fetch_all(c).await)?;
    Ok(newest(rows, changes))
}

/// The newest periods of these people.
///
/// # Errors
/// When the database fails.
pub async fn held_by(
    conn: &mut Conn,
    requirement: &RequirementId,
    people: &[StaffId],
    changes: Vec<TermChange>,
) -> Result<HashMap<StaffId, Held>, DbError> {
    let mut rows: Vec<HeldRow> = Vec::new();
    let once: HashSet<&StaffId> = people.iter().collect();
    for staff in once {
        rows.extend::<Vec<HeldRow>>(on!(conn, |c| sqlx::query_as(HELD_BY)
            .bind(requirement)
            .bind(staff)
            .fetch_all(c)
            .await)?);
    }
    Ok(newest(rows, changes))
}

/// Everybody who belongs to the hospital on a day and has no period of a requirement.
///
/// # Errors
/// When the database fails.
pub async fn without(
    conn: &mut Conn,
    requirement: &RequirementId,
    day: NaiveDate,
) -> Result<Vec<StaffId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(WITHOUT).bind(requirement).bind(day).fetch_all(c).await)?)
}

/// When people last completed a course, whatever it was asked by.
///
/// # Errors
/// When the database fails.
pub async fn recent(conn: &mut Conn, course: &str) -> Result<HashMap<StaffId, DateTime<Utc>>, DbError> {
    let rows: Vec<(StaffId, DateTime<Utc>)> =
        on!(conn, |c| sqlx::query_as(RECENT).bind(course).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

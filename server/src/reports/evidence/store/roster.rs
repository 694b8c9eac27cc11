//! The roster of a requirement for a pack: everybody who owes it, where they stood, and why.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::TryStreamExt as _;
use sqlx::FromRow;
use tokio::sync::mpsc;

use super::BATCH;
use crate::db::{Conn, DbError};
use crate::id::RequirementId;
use crate::on;
use crate::requirements::status::{Record, Status};

/// $1 the requirement, $2 the instant, $3 its day.
pub(super) const ROSTER: &str = concat!(
    "SELECT p.id AS period_id, p.staff_id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana,
           ",
    of_that_day!("profession", "s"),
    " AS profession, ",
    of_that_day!("employment", "s"),
    " AS employment,
           d.code AS department_code, COALESCE(w.name, d.name) AS department,
           p.assigned_at, ",
    due!(everybody, "p"),
    " AS due_at, g.started_at, g.retry_at, g.recovered_at, g.done_at, c.completed_at, c.held_at, c.way,
           (SELECT MIN(m.completed_at) ",
    renewals!(),
    ") AS renewed_at,
           a.signed_at, c.policy_version, c.number, ",
    valid!(everybody, "p", "c"),
    " AS valid_until,
           CASE WHEN ",
    out!(everybody),
    " THEN TRUE ELSE FALSE END AS is_out,
           (SELECT MAX(e.until_at)
              FROM exemption e
             WHERE e.period_id = p.id AND e.from_at <= $2 AND e.until_at > $2) AS exempt_until,
           (SELECT e.reason
              FROM exemption e
             WHERE e.period_id = p.id AND e.from_at <= $2 AND e.until_at > $2
             ORDER BY e.until_at DESC, e.id
             LIMIT 1) AS exempt_reason
      FROM period p
      JOIN staff s ON s.id = p.staff_id
      LEFT JOIN department d ON d.id = ",
    main_department!("p"),
    "
      LEFT JOIN department_state w
        ON w.department_id = d.id AND w.from_on <= $3 AND (w.to_on IS NULL OR w.to_on > $3)
      LEFT JOIN progress g ON g.period_id = p.id
      LEFT JOIN attestation a ON a.period_id = p.id
      LEFT JOIN completion c ON c.period_id = p.id
     WHERE p.requirement_id = $1 AND p.assigned_at <= $2 AND ",
    stands!("p"),
    " AND ",
    tells!(everybody),
    "
     ORDER BY d.code NULLS LAST, s.kana_key, s.staff_no, p.id"
);

/// One line of the roster.
#[derive(Clone, Debug, FromRow)]
pub struct RosterRow {
    /// The obligation.
    pub period_id: String,
    /// Whose it is.
    pub staff_id: String,
    /// Their number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Its reading.
    pub family_kana: String,
    /// Its reading.
    pub given_kana: String,
    /// Profession.
    pub profession: String,
    /// Sort of employment.
    pub employment: String,
    /// Code of the main department of that day.
    pub department_code: Option<String>,
    /// Its name on that day.
    pub department: Option<String>,
    /// When it came to be owed.
    pub assigned_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// First answer.
    pub started_at: Option<DateTime<Utc>>,
    /// Final test missed.
    pub retry_at: Option<DateTime<Utc>>,
    /// Its mark reached after all.
    pub recovered_at: Option<DateTime<Utc>>,
    /// Every module done.
    pub done_at: Option<DateTime<Utc>>,
    /// Completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// When it was held, where it was recorded later.
    pub held_at: Option<DateTime<Utc>>,
    /// Here, in a classroom or on paper.
    pub way: Option<String>,
    /// The same course completed for a later cycle.
    pub renewed_at: Option<DateTime<Utc>>,
    /// Signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// The version of the policy that was signed.
    pub policy_version: Option<i64>,
    /// Number of the completion.
    pub number: Option<String>,
    /// The first instant at which it no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// On leave, left or not yet there.
    pub is_out: bool,
    /// An exemption holds until then.
    pub exempt_until: Option<DateTime<Utc>>,
    /// Its reason.
    pub exempt_reason: Option<String>,
}

impl RosterRow {
    /// Where the person stood at the instant that was asked for.
    #[must_use]
    pub fn status(&self, at: DateTime<Utc>) -> Status {
        Record {
            started_at: self.started_at,
            retry_at: self.retry_at,
            recovered_at: self.recovered_at,
            done_at: self.done_at,
            completed_at: self.completed_at,
            held_at: self.held_at,
            renewed_at: self.renewed_at,
            due_at: self.due_at,
            valid_until: self.valid_until,
            exempt: self.exempt_until.map(|until| (at, until)).into_iter().collect(),
            out: self.is_out,
        }
        .status(at)
    }
}

/// Sends the roster of a requirement as it was at an instant, by department and reading, in batches.
///
/// # Errors
/// When the database fails. When nobody takes the lines any more, it ends early without an error.
pub async fn roster(
    conn: &mut Conn,
    requirement: &RequirementId,
    at: DateTime<Utc>,
    day: NaiveDate,
    to: &mpsc::Sender<Vec<RosterRow>>,
) -> Result<(), DbError> {
    on!(conn, |c| {
        let mut rows = sqlx::query_as::<_, RosterRow>(ROSTER).bind(requirement).bind(at).bind(day).fetch(c);
        let mut batch = Vec::new();
        while let Some(row) = rows.try_next().await? {
            batch.push(row);
            if batch.len() == BATCH && to.send(std::mem::take(&mut batch)).await.is_err() {
                return Ok(());
            }
        }
        if !batch.is_empty() {
            // Nobody listening any more is not a fault of the reading.
            to.send(batch).await.ok();
        }
    });
    Ok(())
}

//! One person over all years: dates and statuses.

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::Lang;
use sqlx::FromRow;

use super::Instant;
use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, PeriodId, StaffId};
use crate::on;
use crate::reports::facts;
use crate::requirements::status::{Facts, Status};
use crate::training::store::Way;

// $1 the person, $2 the instant, $3 its day, $4 the instant plus the days of renewal.

pub(super) const PERSON: &str = concat!(
    "WITH RECURSIVE ",
    below!("$2"),
    "
    SELECT s.id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman,
           ",
    of_that_day!("profession", "s"),
    " AS profession, s.joined_on, s.left_on
      FROM staff s
     WHERE s.id = $1
       AND (CAST($2 AS TEXT) = 'all'
            OR EXISTS (SELECT 1
                         FROM posting o
                         JOIN below b ON b.id = o.department_id
                        WHERE o.staff_id = s.id AND ",
    holds!("o"),
    "))"
);
pub(super) const POSTINGS: &str = concat!(
    "WITH RECURSIVE ",
    below!("$2"),
    "
    SELECT o.department_id, o.main, o.from_on
      FROM posting o
     WHERE o.staff_id = $1 AND ",
    holds!("o"),
    "
       AND (CAST($2 AS TEXT) = 'all' OR EXISTS (SELECT 1 FROM below b WHERE b.id = o.department_id))
     ORDER BY o.main DESC, o.from_on, o.id"
);
pub(super) const HISTORY: &str = concat!(
    "SELECT r.id AS requirement_id, r.title, r.title_en, r.fiscal_year, p.id AS period_id, p.assigned_at, ",
    due!(some, "p"),
    " AS due_at,
            CASE WHEN EXISTS (SELECT 1
                                FROM requirement_module o
                               WHERE o.requirement_id = r.id AND o.track <> p.track) THEN p.track END AS track,
            CAST(",
    mask!(some),
    " AS BIGINT) AS mask,
            g.started_at, g.done_at, COALESCE(c.held_at, c.completed_at) AS completed_at, c.way, ",
    valid!(some, "p", "c"),
    " AS valid_until,
            e.reason AS exempt_reason, e.until_at AS exempt_until
       FROM period p
       JOIN requirement r ON r.id = p.requirement_id
       LEFT JOIN progress g ON g.period_id = p.id
       LEFT JOIN completion c ON c.period_id = p.id
       LEFT JOIN exemption e
         ON e.id = (SELECT f.id
                      FROM exemption f
                     WHERE f.period_id = p.id AND f.from_at <= $2 AND f.until_at > $2
                     ORDER BY f.until_at DESC, f.id
                     LIMIT 1)
      WHERE p.staff_id = $1 AND p.assigned_at <= $2 AND ",
    stands!("p"),
    "
      ORDER BY r.fiscal_year DESC, p.due_at DESC, p.id"
);
/// From one to the next in the index: there are few professions and many people.
pub(super) const PROFESSIONS: &str = "
    WITH RECURSIVE next_one (profession) AS (
        SELECT MIN(s.profession) FROM staff s WHERE s.profession > ''
         UNION ALL
        SELECT (SELECT MIN(s.profession) FROM staff s WHERE s.profession > n.profession)
          FROM next_one n
         WHERE n.profession IS NOT NULL)
    SELECT profession FROM next_one WHERE profession IS NOT NULL
     UNION
    SELECT profession FROM staff_before WHERE profession <> ''
     ORDER BY profession";

/// A person whom the asker may see.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Seen {
    /// Who.
    pub id: StaffId,
    /// Staff number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Reading of the family name.
    pub family_kana: String,
    /// Reading of the given name.
    pub given_kana: String,
    /// Name in Latin letters.
    pub roman: String,
    /// Profession.
    pub profession: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// First day on which the person no longer belongs to the hospital.
    pub left_on: Option<NaiveDate>,
}

/// Where a person works that day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PostingRow {
    /// The department.
    pub department_id: DepartmentId,
    /// The main one; others are 兼務.
    pub main: bool,
    /// Since when.
    pub from_on: NaiveDate,
}

/// One period of a person.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct HistoryRow {
    /// The requirement.
    pub requirement_id: crate::id::RequirementId,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// The fiscal year of the requirement.
    pub fiscal_year: i64,
    /// The period.
    pub period_id: PeriodId,
    /// When it came to be owed.
    pub assigned_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The track whose modules it asks; `None` where there is only one list.
    pub track: Option<String>,
    mask: i64,
    started_at: Option<DateTime<Utc>>,
    done_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
    way: Option<String>,
    /// The first instant at which the completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// Why exempt.
    pub exempt_reason: Option<String>,
    /// Exempt until then, exclusive.
    pub exempt_until: Option<DateTime<Utc>>,
}

impl HistoryRow {
    /// What the requirement is called in a language.
    #[must_use]
    pub fn title_in(&self, lang: Lang) -> &str {
        lang.either(&self.title, &self.title_en)
    }

    /// The facts as of the instant that was asked for.
    #[must_use]
    pub const fn facts(&self) -> Facts {
        facts::facts(self.mask)
    }

    /// Where the person stood.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.facts().status()
    }

    /// How the person took part, if it was completed by then.
    #[must_use]
    pub fn way(&self) -> Way {
        facts::way(self.way.as_deref(), self.facts())
    }

    /// When the person began, if they had by then.
    #[must_use]
    pub fn started(&self) -> Option<DateTime<Utc>> {
        self.started_at.filter(|_| self.facts().started)
    }

    /// When every module was done, if it was by then.
    #[must_use]
    pub fn done(&self) -> Option<DateTime<Utc>> {
        self.done_at.filter(|_| self.facts().done)
    }

    /// When it was completed, if it was by then.
    #[must_use]
    pub fn completed(&self) -> Option<DateTime<Utc>> {
        self.completed_at.filter(|_| self.facts().completed)
    }
}

/// A person, if they have a posting below those departments that day. `all` sees everybody.
///
/// # Errors
/// When the database fails.
pub async fn person(
    conn: &mut Conn,
    staff: &StaffId,
    scope: &str,
    day: NaiveDate,
) -> Result<Option<Seen>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(PERSON).bind(staff).bind(scope).bind(day).fetch_optional(c).await)?)
}

/// The postings of a person that lie within the scope.
///
/// # Errors
/// When the database fails.
pub async fn postings(
    conn: &mut Conn,
    staff: &StaffId,
    scope: &str,
    day: NaiveDate,
) -> Result<Vec<PostingRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(POSTINGS).bind(staff).bind(scope).bind(day).fetch_all(c).await)?)
}

/// Every period of a person, newest first.
///
/// # Errors
/// When the database fails.
pub async fn history(conn: &mut Conn, staff: &StaffId, instant: Instant) -> Result<Vec<HistoryRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(HISTORY)
        .bind(staff)
        .bind(instant.at)
        .bind(instant.day)
        .bind(instant.renewal)
        .fetch_all(c)
        .await)?)
}

/// Every profession that somebody has.
///
/// # Errors
/// When the database fails.
pub async fn professions(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(PROFESSIONS).fetch_all(c).await)?)
}

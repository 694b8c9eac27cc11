//! What the answers to the questions come to: counts and sums, never an answer of anybody. Only first answers that were graded are
//! counted; what somebody tried afterwards, and what is never graded, says nothing about a question.
//!
//! What it costs. Every first answer of a requirement is read three times, for the sums of each person, for those of each question and for
//! those of each group, along the keys that are there: periods of the requirement, their attempts, their answers. An index of the first
//! answers alone was tried and saved nothing. What takes the time is the sorting for GROUP BY. A hospital of 2,000 waits about a second;
//! in one of 50,000 (3 million answers) it takes so long that `insight::kept` counts behind the pages.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use sqlx::FromRow;

use super::Instant;
use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, RequirementId, StaffId};
use crate::on;

/// After so many rows others get their turn.
const PAUSE: u32 = 1_000;

/// First answers that were graded, of period `p`.
macro_rules! first_answers {
    () => {
        "FROM period p
        CROSS JOIN attempt t
        CROSS JOIN answer a
        WHERE p.requirement_id = $1 AND p.assigned_at <= $2 AND t.period_id = p.id AND a.attempt_id = t.id
          AND a.first = TRUE AND a.grade IS NOT NULL"
    };
}

/// By question and response. `rest` is the share of the points that the person had in everything else: stories fork and tests are
/// drawn, so not everybody was asked for the same number of points.
pub(super) const RESPONSES: &str = concat!(
    "WITH total AS MATERIALIZED (
        SELECT t.period_id, SUM(a.points) AS points, SUM(a.out_of) AS out_of
          ",
    first_answers!(),
    "
         GROUP BY t.period_id)
     SELECT x.module_id, x.revision, x.place, x.response, CAST(MIN(x.grade) AS BIGINT) AS grade,
            CAST(MIN(x.points) AS BIGINT) AS points, CAST(MIN(x.out_of) AS BIGINT) AS out_of,
            CAST(COUNT(*) AS BIGINT) AS people, CAST(COUNT(x.rest) AS BIGINT) AS with_rest,
            CAST(COALESCE(SUM(x.rest), 0) AS DOUBLE PRECISION) AS rest,
            CAST(COALESCE(SUM(x.rest * x.rest), 0) AS DOUBLE PRECISION) AS rest_squares
       FROM (SELECT t.module_id, t.revision, a.place, a.response, a.grade, a.points, a.out_of,
                    CAST(s.points - a.points AS DOUBLE PRECISION)
                        / NULLIF(CAST(s.out_of - a.out_of AS DOUBLE PRECISION), 0) AS rest
               FROM total s
              CROSS JOIN attempt t
              CROSS JOIN answer a
              WHERE t.period_id = s.period_id AND a.attempt_id = t.id AND a.first = TRUE AND a.grade IS NOT NULL) x
      GROUP BY x.module_id, x.revision, x.place, x.response"
);

/// By question, department of the main posting and profession. The response is told apart only where one of a few choices was chosen, so
/// that the rows stay few.
pub(super) const GROUPS: &str = concat!(
    "WITH person AS MATERIALIZED (
        SELECT p.id, ",
    main_department!("p"),
    " AS department_id, f.profession
          FROM period p
         CROSS JOIN staff f
         WHERE p.requirement_id = $1 AND p.assigned_at <= $2 AND f.id = p.staff_id)
     SELECT x.module_id, x.revision, x.place, x.department_id, x.profession, x.choice,
            CAST(x.grade AS BIGINT) AS grade, CAST(COUNT(*) AS BIGINT) AS people
       FROM (SELECT t.module_id, t.revision, a.place, o.department_id, o.profession, a.grade,
                    CASE WHEN a.response LIKE '{\"choice\":%' THEN a.response ELSE '' END AS choice
               FROM person o
              CROSS JOIN attempt t
              CROSS JOIN answer a
              WHERE t.period_id = o.id AND a.attempt_id = t.id AND a.first = TRUE AND a.grade IS NOT NULL) x
      GROUP BY x.module_id, x.revision, x.place, x.department_id, x.profession, x.choice, x.grade"
);

/// How many people have answered anything.
pub(super) const PEOPLE: &str = "
    SELECT COUNT(*)
      FROM period p
     WHERE p.requirement_id = $1 AND p.assigned_at <= $2
       AND EXISTS (SELECT 1
                     FROM attempt t
                    CROSS JOIN answer a
                    WHERE t.period_id = p.id AND a.attempt_id = t.id AND a.first = TRUE AND a.grade IS NOT NULL)";

/// The newest requirement for which somebody had answered a question in a revision by an instant: $1 the module, $2 its revision, $3 the
/// question, $4 the instant, $5 who, where that is known.
pub(super) const REQUIREMENT: &str = "
    SELECT r.id
      FROM requirement r
     WHERE r.opens_at <= $4
       AND EXISTS (SELECT 1
                     FROM period p
                    CROSS JOIN attempt t
                    CROSS JOIN answer a
                    WHERE p.requirement_id = r.id AND (CAST($5 AS TEXT) IS NULL OR p.staff_id = CAST($5 AS TEXT))
                      AND t.period_id = p.id AND t.module_id = $1 AND t.revision = $2
                      AND a.attempt_id = t.id AND a.place = $3 AND a.answered_at <= $4)
     ORDER BY r.opens_at DESC, r.code
     LIMIT 1";

/// Equal first answers to one question.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct ResponseRow {
    /// Of which module.
    #[sqlx(rename = "module_id")]
    pub module: String,
    /// In which revision.
    pub revision: String,
    /// Which question.
    pub place: String,
    /// The response as JSON.
    pub response: String,
    /// Points of the grade, 0 to 3.
    pub grade: i64,
    /// Points.
    pub points: i64,
    /// The most that could be had.
    pub out_of: i64,
    /// How many people gave it.
    pub people: i64,
    /// How many of them were asked anything else.
    pub with_rest: i64,
    /// The shares of points that these had in the rest, added up.
    pub rest: f64,
    /// The squares of the same.
    pub rest_squares: f64,
}

/// Equal first answers to one question by people of one department and profession.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct GroupRow {
    /// Of which module.
    #[sqlx(rename = "module_id")]
    pub module: String,
    /// In which revision.
    pub revision: String,
    /// Which question.
    pub place: String,
    /// Their main department of that day; `None` when they have none.
    #[sqlx(rename = "department_id")]
    pub department: Option<DepartmentId>,
    /// Their profession.
    pub profession: String,
    /// The response, where one of several choices was chosen; otherwise empty.
    #[sqlx(rename = "choice")]
    pub response: String,
    /// Points of the grade.
    pub grade: i64,
    /// How many people.
    pub people: i64,
}

/// What the first answers to every question of a requirement come to.
///
/// # Errors
/// When the database fails.
pub async fn responses(
    conn: &mut Conn,
    requirement: &RequirementId,
    instant: Instant,
) -> Result<Vec<ResponseRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(RESPONSES).bind(requirement).bind(instant.at).fetch_all(c).await)?)
}

/// The first answers to every question of a requirement, by department and profession, handed over one row after the other: of a large
/// hospital they are too many to hold.
///
/// # Errors
/// When the database fails.
pub async fn groups(
    conn: &mut Conn,
    requirement: &RequirementId,
    instant: Instant,
    mut each: impl FnMut(&GroupRow) + Send,
) -> Result<(), DbError> {
    on!(conn, |c| {
        let query = sqlx::query_as::<_, GroupRow>(GROUPS);
        let mut rows = query.bind(requirement).bind(instant.at).bind(instant.day).fetch(c);
        let mut pause = (1..=PAUSE).cycle();
        while let Some(row) = rows.try_next().await? {
            each(&row);
            if pause.next() == Some(PAUSE) {
                tokio::task::yield_now().await;
            }
        }
    });
    Ok(())
}

/// How many people have answered any question of a requirement.
///
/// # Errors
/// When the database fails.
pub async fn people(conn: &mut Conn, requirement: &RequirementId, at: DateTime<Utc>) -> Result<i64, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(PEOPLE).bind(requirement).bind(at).fetch_one(c).await)?)
}

/// For which requirement a question was answered, as far as it is known: by this person, or else by anybody, up to an instant.
///
/// # Errors
/// When the database fails.
pub async fn requirement(
    conn: &mut Conn,
    [module, revision, place]: [&str; 3],
    at: DateTime<Utc>,
    staff: Option<&StaffId>,
) -> Result<Option<RequirementId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(REQUIREMENT)
        .bind(module)
        .bind(revision)
        .bind(place)
        .bind(at)
        .bind(staff)
        .fetch_optional(c)
        .await)?)
}

//! What the answers to the questions come to: counts and sums, never an answer of anybody. Only first answers that were graded are
//! counted; what somebody tried afterwards, and what is never graded, says nothing about a question.
//!
//! What it costs. Every first answer of a requirement is read twice, for the sums of each person and for those of each question, along the
//! keys that are there: periods of the requirement, their attempts, their answers. An index of the first answers alone was tried and saved
//! nothing. What takes the time is the sorting for GROUP BY: on SQLite 0.28 ms of processor time a person with 60 first answers. A hospital
//! of 2,000 waits half a second; one of 50,000 (3 million answers) some fourteen seconds, so what takes long is kept for a while by
//! `insight::kept`. The statement about one question touches one attempt a person and is always asked afresh.

use sqlx::FromRow;

use super::Instant;
use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, RequirementId};
use crate::on;

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

/// By question and department of the main posting.
pub(super) const DEPARTMENTS: &str = concat!(
    "WITH person AS MATERIALIZED (
        SELECT p.id, ",
    main_department!(),
    " AS department_id
          FROM period p
         WHERE p.requirement_id = $1 AND p.assigned_at <= $2)
     SELECT t.module_id, t.revision, a.place, o.department_id, CAST(COUNT(*) AS BIGINT) AS people,
            CAST(SUM(CASE WHEN a.grade >= 2 THEN 1 ELSE 0 END) AS BIGINT) AS good
       FROM person o
      CROSS JOIN attempt t
      CROSS JOIN answer a
      WHERE t.period_id = o.id AND a.attempt_id = t.id AND a.first = TRUE AND a.grade IS NOT NULL
      GROUP BY t.module_id, t.revision, a.place, o.department_id"
);

/// One question by department and profession. The response is told apart only where one of a few choices was chosen, so that the rows
/// stay few; $4 the module, $5 the pattern of the question's name.
pub(super) const GROUPS: &str = concat!(
    "SELECT x.revision, x.department_id, x.profession, x.choice, CAST(x.grade AS BIGINT) AS grade,
            CAST(COUNT(*) AS BIGINT) AS people
       FROM (SELECT t.revision, ",
    main_department!(),
    " AS department_id, f.profession, a.grade,
                    CASE WHEN a.response LIKE '{\"choice\":%' THEN a.response ELSE '' END AS choice
               FROM period p
              CROSS JOIN staff f
              CROSS JOIN attempt t
              CROSS JOIN answer a
              WHERE p.requirement_id = $1 AND p.assigned_at <= $2 AND f.id = p.staff_id AND t.period_id = p.id
                AND t.module_id = $4 AND a.attempt_id = t.id AND a.place LIKE $5 AND a.first = TRUE AND a.grade IS NOT NULL) x
      GROUP BY x.revision, x.department_id, x.profession, x.choice, x.grade"
);

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

/// First answers to one question in one department.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DepartmentRow {
    /// Of which module.
    #[sqlx(rename = "module_id")]
    pub module: String,
    /// In which revision.
    pub revision: String,
    /// Which question.
    pub place: String,
    /// The main department of that day; `None` when they have none.
    #[sqlx(rename = "department_id")]
    pub department: Option<DepartmentId>,
    /// How many people.
    pub people: i64,
    /// How many of them answered with best or ok.
    pub good: i64,
}

/// Equal first answers to one question by people of one department and profession.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct GroupRow {
    /// In which revision.
    pub revision: String,
    /// Their main department that day.
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

/// How the first answers to every question of a requirement were, by department.
///
/// # Errors
/// When the database fails.
pub async fn by_department(
    conn: &mut Conn,
    requirement: &RequirementId,
    instant: Instant,
) -> Result<Vec<DepartmentRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(DEPARTMENTS)
        .bind(requirement)
        .bind(instant.at)
        .bind(instant.day)
        .fetch_all(c)
        .await)?)
}

/// The first answers to one question, or to all wordings of a test question (`family/%`), by department and profession.
///
/// # Errors
/// When the database fails.
pub async fn groups(
    conn: &mut Conn,
    requirement: &RequirementId,
    instant: Instant,
    module: &str,
    pattern: &str,
) -> Result<Vec<GroupRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(GROUPS)
        .bind(requirement)
        .bind(instant.at)
        .bind(instant.day)
        .bind(module)
        .bind(pattern)
        .fetch_all(c)
        .await)?)
}

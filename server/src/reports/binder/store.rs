//! What the binder reads beside the roster: what was shown, how long it took, who was spoken to, what was decided.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError};
use crate::id::RequirementId;
use crate::on;

/// Name and number of a person under a letter of their own.
macro_rules! named {
    ($s:literal) => {
        concat!(
            $s,
            ".family AS ",
            $s,
            "_family, ",
            $s,
            ".given AS ",
            $s,
            "_given, ",
            $s,
            ".roman AS ",
            $s,
            "_roman"
        )
    };
}

const RULE: &str = "
    SELECT COALESCE((SELECT h.rule
                       FROM requirement_change h
                      WHERE h.requirement_id = r.id AND h.at <= $2
                      ORDER BY h.number DESC
                      LIMIT 1), r.rule)
      FROM requirement r
     WHERE r.id = $1";
const MODULES: &str = "
    SELECT t.module_id AS id, t.revision AS hash, COUNT(*) AS people
      FROM attempt t
      JOIN period p ON p.id = t.period_id
     WHERE p.requirement_id = $1 AND t.started_at <= $2
     GROUP BY t.module_id, t.revision";
const POLICIES: &str = "
    SELECT c.content_id AS id, a.policy AS hash, COUNT(*) AS people
      FROM attestation a
      JOIN period p ON p.id = a.period_id
      JOIN content_revision c ON c.hash = a.policy
     WHERE p.requirement_id = $1 AND a.signed_at <= $2
     GROUP BY c.content_id, a.policy";
const TIMES: &str = "
    SELECT t.id, t.started_at, a.answered_at
      FROM attempt t
      LEFT JOIN answer a ON a.attempt_id = t.id AND a.answered_at <= $2
     WHERE t.period_id = $1 AND t.started_at <= $2
     ORDER BY t.id, a.turn";
const REMINDED: &str = "
    SELECT COUNT(*), MAX(decided_at) FROM reminder WHERE period_id = $1 AND decided_at <= $2";
const SPOKEN: &str = "
    SELECT COUNT(*), MAX(spoken_on) FROM follow_up WHERE staff_id = $1 AND made_at >= $2 AND made_at <= $3";
const NOTES: &str = concat!(
    "SELECT n.spoken_on, n.way, n.words, n.next_on, s.staff_no, ",
    named!("s"),
    ", ",
    named!("b"),
    "
      FROM follow_up n
      JOIN staff s ON s.id = n.staff_id
      JOIN staff b ON b.id = n.by_id
     WHERE n.made_at >= $2 AND n.made_at <= $3
       AND n.staff_id IN (SELECT p.staff_id FROM period p WHERE p.requirement_id = $1 AND p.assigned_at <= $3)
     ORDER BY n.spoken_on, n.made_at, n.id"
);
const EXEMPTED: &str = concat!(
    "SELECT e.reason, e.from_at, e.until_at, ",
    named!("a"),
    ", ",
    named!("b"),
    "
      FROM exemption e
      JOIN staff a ON a.id = e.asked_by
      JOIN staff b ON b.id = e.approved_by
     WHERE e.period_id = $1 AND e.from_at <= $2 AND e.until_at > $2
     ORDER BY e.until_at DESC, e.id
     LIMIT 1"
);
/// $2 the day.
const AWAY: &str = "
    SELECT CASE WHEN s.left_on <= $2 THEN 'left'
                WHEN s.joined_on > $2 THEN 'joining'
                WHEN EXISTS (SELECT 1
                               FROM leave_of_absence v
                              WHERE v.staff_id = s.id AND v.from_on <= $2 AND (v.to_on IS NULL OR v.to_on > $2)) THEN 'leave'
                ELSE 'released' END
      FROM staff s
     WHERE s.id = $1";
const DECIDED: &str = concat!(
    "SELECT x.kind, x.granted, x.granted_until, x.reply, x.asked_at, x.decided_at, s.staff_no, ",
    named!("s"),
    ", ",
    named!("a"),
    ", ",
    named!("b"),
    "
      FROM exception_request x
      JOIN period p ON p.id = x.period_id
      JOIN staff s ON s.id = p.staff_id
      JOIN staff a ON a.id = x.asked_by
      JOIN staff b ON b.id = x.decided_by
     WHERE p.requirement_id = $1 AND x.decided_at <= $2
     ORDER BY x.decided_at, x.id"
);
/// Counts only: who wrote, what they wrote and when is for the training office alone.
const OBJECTIONS: &str = "
    SELECT o.module_id, o.place, COUNT(*) AS made, COUNT(CASE WHEN o.answered_at <= $2 THEN 1 END) AS answered
      FROM objection o
     WHERE o.made_at >= $1 AND o.made_at <= $2
     GROUP BY o.module_id, o.place
     ORDER BY o.module_id, o.place";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] =
    &[RULE, MODULES, POLICIES, TIMES, REMINDED, SPOKEN, NOTES, EXEMPTED, AWAY, DECIDED, OBJECTIONS];

/// The rule of a requirement as it held at an instant, as JSON.
pub(super) async fn rule(
    conn: &mut Conn,
    requirement: &RequirementId,
    at: DateTime<Utc>,
) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(RULE).bind(requirement).bind(at).fetch_optional(c).await)?)
}

/// An edition that people met.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Used {
    /// Of which module or policy.
    pub(super) id: String,
    /// SHA-256 of its text.
    pub(super) hash: String,
    /// How many of them.
    pub(super) people: i64,
}

/// The editions of modules that were begun by then.
pub(super) async fn modules(
    conn: &mut Conn,
    requirement: &RequirementId,
    at: DateTime<Utc>,
) -> Result<Vec<Used>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(MODULES).bind(requirement).bind(at).fetch_all(c).await)?)
}

/// The editions of policies that were signed by then.
pub(super) async fn policies(
    conn: &mut Conn,
    requirement: &RequirementId,
    at: DateTime<Utc>,
) -> Result<Vec<Used>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(POLICIES).bind(requirement).bind(at).fetch_all(c).await)?)
}

/// When a module was begun, and one of the answers that followed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Time {
    /// The way through the module.
    pub(super) id: String,
    /// When it began.
    pub(super) started_at: DateTime<Utc>,
    /// When something was answered.
    pub(super) answered_at: Option<DateTime<Utc>>,
}

/// The times of a period, each way through a module in its own order.
pub(super) async fn times(conn: &mut Conn, period: &str, at: DateTime<Utc>) -> Result<Vec<Time>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(TIMES).bind(period).bind(at).fetch_all(c).await)?)
}

/// How often the program reminded somebody of a period, and when last.
pub(super) async fn reminded(
    conn: &mut Conn,
    period: &str,
    at: DateTime<Utc>,
) -> Result<(i64, Option<DateTime<Utc>>), DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REMINDED).bind(period).bind(at).fetch_one(c).await)?)
}

/// How often somebody was spoken to between two instants, and on which day last.
pub(super) async fn spoken(
    conn: &mut Conn,
    person: &str,
    from: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<(i64, Option<NaiveDate>), DbError> {
    Ok(on!(conn, |c| sqlx::query_as(SPOKEN).bind(person).bind(from).bind(at).fetch_one(c).await)?)
}

/// Somebody spoke to somebody.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Note {
    pub(super) spoken_on: NaiveDate,
    pub(super) way: String,
    pub(super) words: String,
    pub(super) next_on: Option<NaiveDate>,
    pub(super) staff_no: String,
    pub(super) s_family: String,
    pub(super) s_given: String,
    pub(super) s_roman: String,
    pub(super) b_family: String,
    pub(super) b_given: String,
    pub(super) b_roman: String,
}

/// The notes about everybody who owes a requirement, written between two instants.
pub(super) async fn notes(
    conn: &mut Conn,
    requirement: &RequirementId,
    from: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<Vec<Note>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NOTES).bind(requirement).bind(from).bind(at).fetch_all(c).await)?)
}

/// An exemption that holds.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Exempted {
    pub(super) reason: String,
    pub(super) from_at: DateTime<Utc>,
    pub(super) until_at: DateTime<Utc>,
    pub(super) a_family: String,
    pub(super) a_given: String,
    pub(super) a_roman: String,
    pub(super) b_family: String,
    pub(super) b_given: String,
    pub(super) b_roman: String,
}

/// The exemption of a period that holds at an instant.
pub(super) async fn exempted(
    conn: &mut Conn,
    period: &str,
    at: DateTime<Utc>,
) -> Result<Option<Exempted>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(EXEMPTED).bind(period).bind(at).fetch_optional(c).await)?)
}

/// Why a period of somebody was not owed on a day: `left`, `joining`, `leave`, or `released` by the rule. Never why somebody is on leave.
pub(super) async fn away(conn: &mut Conn, person: &str, day: NaiveDate) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(AWAY).bind(person).bind(day).fetch_optional(c).await)?)
}

/// An exception that was decided. The words of whoever asked are not read.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Decided {
    pub(super) kind: String,
    pub(super) granted: Option<bool>,
    pub(super) granted_until: Option<NaiveDate>,
    pub(super) reply: Option<String>,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) decided_at: DateTime<Utc>,
    pub(super) staff_no: String,
    pub(super) s_family: String,
    pub(super) s_given: String,
    pub(super) s_roman: String,
    pub(super) a_family: String,
    pub(super) a_given: String,
    pub(super) a_roman: String,
    pub(super) b_family: String,
    pub(super) b_given: String,
    pub(super) b_roman: String,
}

/// The exceptions of a requirement that were decided by then.
pub(super) async fn decided(
    conn: &mut Conn,
    requirement: &RequirementId,
    at: DateTime<Utc>,
) -> Result<Vec<Decided>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(DECIDED).bind(requirement).bind(at).fetch_all(c).await)?)
}

/// How many could not agree with a question.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Objected {
    pub(super) module_id: String,
    pub(super) place: String,
    pub(super) made: i64,
    pub(super) answered: i64,
}

/// Objections made between two instants, counted by question.
pub(super) async fn objections(
    conn: &mut Conn,
    from: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<Vec<Objected>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OBJECTIONS).bind(from).bind(at).fetch_all(c).await)?)
}

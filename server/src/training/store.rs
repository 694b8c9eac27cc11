//! What was shown, answered, signed and completed.

mod attendance;
mod content;
pub(super) mod erased;
mod objection;
mod recall;
mod signature;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

pub(super) use attendance::ADD as ADD_ATTENDANCE;
pub(super) use attendance::{Attendance, add_attendance};
pub(crate) use content::add_revision;
pub use content::{OwnVersion, Revision, RevisionRow, VersionRow, revision_body, revisions, versions};
pub use objection::{
    NewObjection, Objection, Wanted, count_objections, is_open, objection, objections, replies_to,
};
pub(super) use objection::{add_objection, answer_objection};
pub use recall::{PutOff, Recalled, put_offs, recalled};
pub(super) use recall::{add_recalled, note_put_off};
pub(super) use signature::{ADD_ATTESTATION, ADD_COMPLETION, BEGIN_SERIES};
pub use signature::{Attestation, Completion, Way, attestation, completion, completion_by_number};
pub(super) use signature::{add_attestation, add_completion, next_number};

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{AttemptId, PeriodId};
use crate::on;

const ATTEMPT: &str = "
    SELECT id, period_id, module_id, revision, seed, role, turn, started_at, finished_at
      FROM attempt
     WHERE period_id = $1 AND module_id = $2";
const ATTEMPTS_OF: &str = "
    SELECT id, period_id, module_id, revision, seed, role, turn, started_at, finished_at
      FROM attempt
     WHERE period_id = $1
     ORDER BY started_at, id";
const TAKE_TURN: &str =
    "UPDATE attempt SET turn = turn + 1 WHERE id = $1 AND turn = $2 AND finished_at IS NULL";
const FINISH: &str = "UPDATE attempt SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL";

/// An attempt, of which it may be known already how far it went.
pub(super) const ADD_ATTEMPT: &str = "
    INSERT INTO attempt (id, period_id, module_id, revision, seed, role, turn, started_at, finished_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub(super) const ADD_ANSWER: &str = "
    INSERT INTO answer
           (attempt_id, turn, place, response, grade, points, out_of, first, led_to, lang, answered_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const ANSWERS: &str = "
    SELECT turn, place, response, grade, points, out_of, first, lang, answered_at, leaf
      FROM answer
     WHERE attempt_id = $1
     ORDER BY turn";

const KEEP_DRAFT: &str = "
    INSERT INTO draft (attempt_id, turn, body, saved_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (attempt_id, turn) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
const DRAFT: &str = "SELECT body FROM draft WHERE attempt_id = $1 AND turn = $2";
const DROP_DRAFT: &str = "DELETE FROM draft WHERE attempt_id = $1 AND turn = $2";

const PROGRESS: &str =
    "SELECT period_id, started_at, retry_at, recovered_at, done_at FROM progress WHERE period_id = $1";
pub(crate) const NOTE_PROGRESS: &str = "
    INSERT INTO progress (period_id, started_at, retry_at, recovered_at, done_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (period_id) DO UPDATE
       SET started_at   = COALESCE(progress.started_at, excluded.started_at),
           retry_at     = COALESCE(progress.retry_at, excluded.retry_at),
           recovered_at = COALESCE(progress.recovered_at, excluded.recovered_at),
           done_at      = COALESCE(progress.done_at, excluded.done_at)";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    attendance::ADD,
    content::REVISION,
    content::REVISIONS,
    content::ADD_REVISION,
    content::VERSIONS,
    ADD_ATTEMPT,
    ATTEMPT,
    ATTEMPTS_OF,
    TAKE_TURN,
    FINISH,
    ADD_ANSWER,
    ANSWERS,
    KEEP_DRAFT,
    DRAFT,
    DROP_DRAFT,
    PROGRESS,
    NOTE_PROGRESS,
    erased::COMPLETION,
    erased::ANSWER,
    erased::DRAFTS,
    erased::SHEET,
    erased::OBJECTIONS,
    erased::OBJECTION,
    objection::ADD,
    objection::IS_OPEN,
    objection::ANSWER,
    objection::ONE,
    objection::LIST,
    objection::COUNT,
    objection::REPLIES_TO,
    recall::ADD,
    recall::OF,
    recall::PUT_OFF,
    recall::PUT_OFFS,
    signature::ADD_ATTESTATION,
    signature::ATTESTATION,
    signature::NEXT_NUMBER,
    signature::BEGIN_SERIES,
    signature::ADD_COMPLETION,
    signature::COMPLETION,
    signature::COMPLETION_BY_NUMBER,
];

/// One way through one module in one period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// In which period.
    pub period_id: PeriodId,
    /// Through which module.
    pub module_id: String,
    /// As its text was then.
    pub revision: String,
    /// What decides the order of cards and the draw of the test.
    pub seed: i64,
    /// In whose words it is shown; [`super::role::Roles`] reads it.
    pub role: String,
    /// The step that is asked next.
    pub turn: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When nothing more was asked.
    pub finished_at: Option<DateTime<Utc>>,
}

/// One saved answer.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Answer {
    /// To which step.
    pub turn: i64,
    /// The question's stable name; empty for a page that asks nothing.
    pub place: String,
    /// The response as JSON.
    pub response: String,
    /// Points of the grade, 0–3.
    pub grade: Option<i64>,
    /// Points.
    pub points: i64,
    /// The most that could be had.
    pub out_of: i64,
    /// The first answer to this question in this attempt.
    pub first: bool,
    /// The language of the page.
    pub lang: String,
    /// When.
    pub answered_at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// What the answers of a period come to, noted so that reports need not read every answer. The check of the log reckons it again from the
/// answers, which are proven.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Progress {
    /// First answer.
    pub started_at: Option<DateTime<Utc>>,
    /// Final test missed for the first time.
    pub retry_at: Option<DateTime<Utc>>,
    /// Its mark reached after all.
    pub recovered_at: Option<DateTime<Utc>>,
    /// Every module done.
    pub done_at: Option<DateTime<Utc>>,
}

/// The attempt of a period at a module.
///
/// # Errors
/// When the database fails.
pub async fn attempt(conn: &mut Conn, period: &PeriodId, module: &str) -> Result<Option<Attempt>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ATTEMPT).bind(period).bind(module).fetch_optional(c).await)?)
}

/// Every attempt of a period.
///
/// # Errors
/// When the database fails.
pub async fn attempts_of(conn: &mut Conn, period: &PeriodId) -> Result<Vec<Attempt>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ATTEMPTS_OF).bind(period).fetch_all(c).await)?)
}

/// Moves an attempt on from the step that is being answered; `false` when it is no longer that step.
pub(super) async fn take_turn(tx: &mut Tx, attempt: &AttemptId, turn: i64) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(TAKE_TURN)
        .bind(attempt)
        .bind(turn)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

pub(super) async fn finish(tx: &mut Tx, attempt: &AttemptId, at: DateTime<Utc>) -> Result<(), DbError> {
    let rows =
        on!(tx, |c| sqlx::query(FINISH).bind(attempt).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("finish an attempt", rows, 1)
}

/// Every answer of an attempt, in order.
///
/// # Errors
/// When the database fails.
pub async fn answers(conn: &mut Conn, attempt: &AttemptId) -> Result<Vec<Answer>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ANSWERS).bind(attempt).fetch_all(c).await)?)
}

pub(super) async fn keep_draft(
    tx: &mut Tx,
    attempt: &AttemptId,
    turn: i64,
    body: &str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(KEEP_DRAFT)
        .bind(attempt)
        .bind(turn)
        .bind(body)
        .bind(at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(super) async fn draft(
    conn: &mut Conn,
    attempt: &AttemptId,
    turn: i64,
) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(DRAFT).bind(attempt).bind(turn).fetch_optional(c).await)?)
}

pub(super) async fn drop_draft(tx: &mut Tx, attempt: &AttemptId, turn: i64) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(DROP_DRAFT).bind(attempt).bind(turn).execute(c).await.map(drop))?;
    Ok(())
}

/// The facts of a period.
///
/// # Errors
/// When the database fails.
pub async fn progress(conn: &mut Conn, period: &PeriodId) -> Result<Progress, DbError> {
    let row: Option<Progress> = on!(conn, |c| sqlx::query_as(PROGRESS).bind(period).fetch_optional(c).await)?;
    Ok(row.unwrap_or_default())
}

/// Notes facts of a period. What is set already stays as it is.
pub(crate) async fn note_progress(tx: &mut Tx, period: &PeriodId, facts: &Progress) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(NOTE_PROGRESS)
        .bind(period)
        .bind(facts.started_at)
        .bind(facts.retry_at)
        .bind(facts.recovered_at)
        .bind(facts.done_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

//! What was shown, answered, signed and completed.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{AttemptId, AttestationId, PeriodId, SessionId};
use crate::on;

const REVISION: &str = "SELECT body FROM content_revision WHERE hash = $1";
const REVISIONS: &str = "
    SELECT hash, kind, content_id, published_at FROM content_revision ORDER BY published_at, hash";
const ADD_REVISION: &str = "
    INSERT INTO content_revision (hash, kind, content_id, body, published_at, leaf) VALUES ($1, $2, $3, $4, $5, $6)";

const ADD_ATTEMPT: &str = "
    INSERT INTO attempt (id, period_id, module_id, revision, seed, turn, started_at, leaf)
    VALUES ($1, $2, $3, $4, $5, 1, $6, $7)";
const ATTEMPT: &str = "
    SELECT id, period_id, module_id, revision, seed, turn, started_at, finished_at
      FROM attempt
     WHERE period_id = $1 AND module_id = $2";
const ATTEMPTS_OF: &str = "
    SELECT id, period_id, module_id, revision, seed, turn, started_at, finished_at
      FROM attempt
     WHERE period_id = $1
     ORDER BY started_at, id";
const TAKE_TURN: &str = "UPDATE attempt SET turn = turn + 1 WHERE id = $1 AND turn = $2 AND finished_at IS NULL";
const FINISH: &str = "UPDATE attempt SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL";

const ADD_ANSWER: &str = "
    INSERT INTO answer
           (attempt_id, turn, place, response, grade, points, out_of, first, lang, answered_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
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

const PROGRESS: &str = "SELECT period_id, started_at, retry_at, done_at, completed_at FROM progress WHERE period_id = $1";
const NOTE_PROGRESS: &str = "
    INSERT INTO progress (period_id, started_at, retry_at, done_at, completed_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (period_id) DO UPDATE
       SET started_at   = COALESCE(progress.started_at, excluded.started_at),
           retry_at     = COALESCE(progress.retry_at, excluded.retry_at),
           done_at      = COALESCE(progress.done_at, excluded.done_at),
           completed_at = COALESCE(progress.completed_at, excluded.completed_at)";

const ADD_ATTESTATION: &str = "
    INSERT INTO attestation (id, period_id, policy, statements, lang, signed_at, method, session_id, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const ATTESTATION: &str = "
    SELECT id, period_id, policy, statements, lang, signed_at, leaf FROM attestation WHERE period_id = $1";

const NEXT_NUMBER: &str = "
    INSERT INTO certificate_series (series, last) VALUES ($1, 1)
    ON CONFLICT (series) DO UPDATE SET last = certificate_series.last + 1
    RETURNING last";
const ADD_COMPLETION: &str = "
    INSERT INTO completion (period_id, number, code, completed_at, valid_until, name, policy_version, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const COMPLETION: &str = "
    SELECT period_id, number, code, completed_at, valid_until, name, policy_version, leaf FROM completion WHERE period_id = $1";
const COMPLETION_BY_NUMBER: &str = "
    SELECT period_id, number, code, completed_at, valid_until, name, policy_version, leaf FROM completion WHERE number = $1";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    REVISION, REVISIONS, ADD_REVISION, ADD_ATTEMPT, ATTEMPT, ATTEMPTS_OF, TAKE_TURN, FINISH, ADD_ANSWER, ANSWERS, KEEP_DRAFT, DRAFT,
    DROP_DRAFT, PROGRESS, NOTE_PROGRESS, ADD_ATTESTATION, ATTESTATION, NEXT_NUMBER, ADD_COMPLETION, COMPLETION, COMPLETION_BY_NUMBER,
];

/// A piece of content to keep.
#[derive(Debug)]
pub struct Revision<'a> {
    /// SHA-256 of the body.
    pub hash: &'a str,
    /// `module` or `policy`.
    pub kind: &'a str,
    /// Which module or policy.
    pub content_id: &'a str,
    /// Its canonical text.
    pub body: &'a str,
    /// When.
    pub published_at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// A piece of content that was kept, without its body.
#[derive(Clone, Debug, FromRow)]
pub struct RevisionRow {
    /// SHA-256 of the body.
    pub hash: String,
    /// `module` or `policy`.
    pub kind: String,
    /// Which module or policy.
    pub content_id: String,
    /// When.
    pub published_at: DateTime<Utc>,
}

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

/// The facts from which the status of a period follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Progress {
    /// First answer.
    pub started_at: Option<DateTime<Utc>>,
    /// Final test missed.
    pub retry_at: Option<DateTime<Utc>>,
    /// Every module done.
    pub done_at: Option<DateTime<Utc>>,
    /// Signed.
    pub completed_at: Option<DateTime<Utc>>,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Attestation {
    /// Its id.
    pub id: AttestationId,
    /// For which period.
    pub period_id: PeriodId,
    /// Hash of the policy that was signed.
    pub policy: String,
    /// The statements as shown, JSON.
    pub statements: String,
    /// The language shown.
    pub lang: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// A completion with its certificate.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Completion {
    /// Of which period.
    pub period_id: PeriodId,
    /// `2026-SNS-000123`.
    pub number: String,
    /// For the public check.
    pub code: String,
    /// When.
    pub completed_at: DateTime<Utc>,
    /// The first instant at which it no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// The name on that day.
    pub name: String,
    /// The version of the policy that was signed.
    pub policy_version: i64,
    /// Its place in the log.
    pub leaf: i64,
}

/// The canonical text of a content.
///
/// # Errors
/// When the database fails.
pub async fn revision_body(conn: &mut Conn, hash: &str) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(REVISION).bind(hash).fetch_optional(c).await)?)
}

/// Every content that was ever published, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn revisions(conn: &mut Conn) -> Result<Vec<RevisionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REVISIONS).fetch_all(c).await)?)
}

pub(super) async fn add_revision(tx: &mut Tx, new: &Revision<'_>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_REVISION)
        .bind(new.hash)
        .bind(new.kind)
        .bind(new.content_id)
        .bind(new.body)
        .bind(new.published_at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(super) async fn add_attempt(tx: &mut Tx, new: &Attempt, leaf: i64) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_ATTEMPT)
        .bind(&new.id)
        .bind(&new.period_id)
        .bind(&new.module_id)
        .bind(&new.revision)
        .bind(new.seed)
        .bind(new.started_at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
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
    let rows = on!(tx, |c| sqlx::query(TAKE_TURN).bind(attempt).bind(turn).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

pub(super) async fn finish(tx: &mut Tx, attempt: &AttemptId, at: DateTime<Utc>) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(FINISH).bind(attempt).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("finish an attempt", rows, 1)
}

pub(super) async fn add_answer(tx: &mut Tx, attempt: &AttemptId, new: &Answer) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_ANSWER)
        .bind(attempt)
        .bind(new.turn)
        .bind(&new.place)
        .bind(&new.response)
        .bind(new.grade)
        .bind(new.points)
        .bind(new.out_of)
        .bind(new.first)
        .bind(&new.lang)
        .bind(new.answered_at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Every answer of an attempt, in order.
///
/// # Errors
/// When the database fails.
pub async fn answers(conn: &mut Conn, attempt: &AttemptId) -> Result<Vec<Answer>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ANSWERS).bind(attempt).fetch_all(c).await)?)
}

pub(super) async fn keep_draft(tx: &mut Tx, attempt: &AttemptId, turn: i64, body: &str, at: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(KEEP_DRAFT).bind(attempt).bind(turn).bind(body).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn draft(conn: &mut Conn, attempt: &AttemptId, turn: i64) -> Result<Option<String>, DbError> {
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
pub(super) async fn note_progress(tx: &mut Tx, period: &PeriodId, facts: &Progress) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(NOTE_PROGRESS)
        .bind(period)
        .bind(facts.started_at)
        .bind(facts.retry_at)
        .bind(facts.done_at)
        .bind(facts.completed_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(super) async fn add_attestation(tx: &mut Tx, new: &Attestation, method: &str, session: &SessionId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_ATTESTATION)
        .bind(&new.id)
        .bind(&new.period_id)
        .bind(&new.policy)
        .bind(&new.statements)
        .bind(&new.lang)
        .bind(new.signed_at)
        .bind(method)
        .bind(session)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The signature of a period.
///
/// # Errors
/// When the database fails.
pub async fn attestation(conn: &mut Conn, period: &PeriodId) -> Result<Option<Attestation>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ATTESTATION).bind(period).fetch_optional(c).await)?)
}

/// The next number of a series of certificates. Numbers are never given twice.
pub(super) async fn next_number(tx: &mut Tx, series: &str) -> Result<i64, DbError> {
    Ok(on!(tx, |c| sqlx::query_scalar(NEXT_NUMBER).bind(series).fetch_one(c).await)?)
}

pub(super) async fn add_completion(tx: &mut Tx, new: &Completion) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_COMPLETION)
        .bind(&new.period_id)
        .bind(&new.number)
        .bind(&new.code)
        .bind(new.completed_at)
        .bind(new.valid_until)
        .bind(&new.name)
        .bind(new.policy_version)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The completion of a period.
///
/// # Errors
/// When the database fails.
pub async fn completion(conn: &mut Conn, period: &PeriodId) -> Result<Option<Completion>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(COMPLETION).bind(period).fetch_optional(c).await)?)
}

/// The completion that a certificate's number names.
///
/// # Errors
/// When the database fails.
pub async fn completion_by_number(conn: &mut Conn, number: &str) -> Result<Option<Completion>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(COMPLETION_BY_NUMBER).bind(number).fetch_optional(c).await)?)
}

//! Files that take long to make: who asked for what, who makes it, and what became of it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{ExportId, RequirementId, StaffId};
use crate::on;

macro_rules! jobs {
    ($end:literal) => {
        concat!(
            "SELECT j.id, j.kind, j.subject, j.asked, j.asked_by, j.asked_at, j.attempts, j.holder, j.lease_until, j.steps_done,
                    j.steps, j.finished_at, j.failed_at, j.withdrawn_at, j.file_name, j.file_size, j.sha256, j.failure,
                    j.removed_at, j.removed_by, j.removed_why
               FROM export_job j ",
            $end
        )
    };
}

// After the pieces that its statements share.
pub(super) mod erased;

pub(super) use erased::{outlived, remove};

const ADD: &str = "
    INSERT INTO export_job (id, form, kind, subject, asked, asked_by, asked_at, leaf, attempts, steps_done, steps)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)";
const OF_FORM: &str = "SELECT id FROM export_job WHERE form = $1";
const ONE: &str = jobs!("WHERE j.id = $1");
/// $1 the kind, or empty for all; $2 who asked, or empty for anybody.
const LIST: &str = jobs!(
    "WHERE CAST($1 AS TEXT) IN ('', j.kind) AND CAST($2 AS TEXT) IN ('', j.asked_by)
     ORDER BY j.asked_at DESC, j.id DESC
     LIMIT $3 OFFSET $4"
);
const COUNT: &str = "
    SELECT COUNT(*)
      FROM export_job j
     WHERE CAST($1 AS TEXT) IN ('', j.kind) AND CAST($2 AS TEXT) IN ('', j.asked_by)";
const OF_SUBJECT: &str =
    jobs!("WHERE j.subject = $1 AND j.kind = 'binder' ORDER BY j.asked_at DESC, j.id DESC LIMIT 1");
const OF_HASH: &str = jobs!("WHERE j.sha256 = $1 ORDER BY j.asked_at, j.id");
const WAITING: &str = "
    SELECT COUNT(*)
      FROM export_job
     WHERE finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL AND (lease_until IS NULL OR lease_until <= $1)";
/// The condition stands twice: whoever waited for another server's row looks at it again.
const CLAIM: &str = "
    UPDATE export_job
       SET holder = $2, lease_until = $3, attempts = attempts + 1, steps_done = 0, steps = 0
     WHERE id = (SELECT id
                   FROM export_job
                  WHERE finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL
                    AND (lease_until IS NULL OR lease_until <= $1)
                  ORDER BY asked_at, id
                  LIMIT 1)
       AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL
       AND (lease_until IS NULL OR lease_until <= $1)
    RETURNING id, kind, subject, asked, asked_by, asked_at, attempts, holder, lease_until, steps_done, steps, finished_at, failed_at,
              withdrawn_at, file_name, file_size, sha256, failure, removed_at, removed_by, removed_why";
const GO_ON: &str = "
    UPDATE export_job
       SET lease_until = $3, steps_done = $4, steps = $5
     WHERE id = $1 AND holder = $2 AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
const COMPLETE: &str = "
    UPDATE export_job
       SET asked = $3
     WHERE id = $1 AND holder = $2 AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
const LET_GO: &str = "
    UPDATE export_job
       SET lease_until = NULL, holder = NULL, attempts = attempts - 1
     WHERE id = $1 AND holder = $2 AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
const FINISH: &str = "
    UPDATE export_job
       SET finished_at = $3, file_name = $4, file_size = $5, sha256 = $6, lease_until = NULL, steps_done = steps
     WHERE id = $1 AND holder = $2 AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
const FAIL: &str = "
    UPDATE export_job
       SET failed_at = $3, failure = $4, lease_until = NULL
     WHERE id = $1 AND holder = $2 AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
const WITHDRAW: &str = "
    UPDATE export_job
       SET withdrawn_at = $2, lease_until = NULL
     WHERE id = $1 AND finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
const TRY_AGAIN: &str = "
    UPDATE export_job
       SET failed_at = NULL, failure = NULL, attempts = 0, holder = NULL, lease_until = NULL, steps_done = 0, steps = 0
     WHERE id = $1 AND failed_at IS NOT NULL";
/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    ADD,
    OF_FORM,
    ONE,
    LIST,
    COUNT,
    OF_SUBJECT,
    OF_HASH,
    WAITING,
    CLAIM,
    GO_ON,
    COMPLETE,
    LET_GO,
    FINISH,
    FAIL,
    WITHDRAW,
    TRY_AGAIN,
    erased::REMOVE,
    erased::OUTLIVED,
    erased::ALL,
    erased::BEGIN_AGAIN,
    erased::ASKED,
    erased::REMOVED,
];

/// A file that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct JobRow {
    /// Its id.
    pub id: ExportId,
    /// `binder` or `people`.
    pub kind: String,
    /// The requirement that it is about.
    pub subject: RequirementId,
    /// What was asked, as JSON.
    pub asked: String,
    /// Who asked.
    pub asked_by: StaffId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// How often somebody began to make it.
    pub attempts: i64,
    /// Who makes it, or made it.
    pub holder: Option<String>,
    /// Until when it belongs to whoever makes it.
    pub lease_until: Option<DateTime<Utc>>,
    /// Steps done, of the present attempt.
    pub steps_done: i64,
    /// Steps in all; 0 as long as nobody knows.
    pub steps: i64,
    /// When it was finished.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it failed for good.
    pub failed_at: Option<DateTime<Utc>>,
    /// When somebody withdrew it.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The name to save it under.
    pub file_name: Option<String>,
    /// Its length in bytes.
    pub file_size: Option<i64>,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Why it failed.
    pub failure: Option<String>,
    /// When its file was removed.
    pub removed_at: Option<DateTime<Utc>>,
    /// By whom; nobody when its time was over.
    pub removed_by: Option<StaffId>,
    /// Why.
    pub removed_why: Option<String>,
}

/// A file on its way to be asked for.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Its id.
    pub id: ExportId,
    /// The form that asks.
    pub form: String,
    /// `binder` or `people`.
    pub kind: &'static str,
    /// The requirement that it is about.
    pub subject: RequirementId,
    /// What is asked, as JSON.
    pub asked: String,
    /// Who asks.
    pub asked_by: StaffId,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The name to save it under.
    pub name: String,
    /// Its length in bytes.
    pub size: i64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// The job that this form asked for, if it did.
pub(super) async fn of_form(conn: &mut Conn, form: &str) -> Result<Option<ExportId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(OF_FORM).bind(form).fetch_optional(c).await)?)
}

pub(super) async fn add(tx: &mut Tx, new: &NewJob, leaf: i64) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.form)
        .bind(new.kind)
        .bind(&new.subject)
        .bind(&new.asked)
        .bind(&new.asked_by)
        .bind(new.asked_at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// A job.
///
/// # Errors
/// When the database fails.
pub async fn job(conn: &mut Conn, id: &ExportId) -> Result<Option<JobRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ONE).bind(id).fetch_optional(c).await)?)
}

/// Which jobs: of a kind, of whom; empty is all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Which<'a> {
    pub(super) kind: &'a str,
    pub(super) by: &'a str,
}

/// A part of a list of jobs, newest first.
pub(super) async fn list(
    conn: &mut Conn,
    which: Which<'_>,
    lines: i64,
    skip: i64,
) -> Result<Vec<JobRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LIST)
        .bind(which.kind)
        .bind(which.by)
        .bind(lines)
        .bind(skip)
        .fetch_all(c)
        .await)?)
}

/// How many there are.
pub(super) async fn count(conn: &mut Conn, which: Which<'_>) -> Result<i64, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(COUNT).bind(which.kind).bind(which.by).fetch_one(c).await)?)
}

/// The newest binder of a requirement that was asked for, whatever became of it.
pub(super) async fn newest_binder(
    conn: &mut Conn,
    subject: &RequirementId,
) -> Result<Option<JobRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_SUBJECT).bind(subject).fetch_optional(c).await)?)
}

/// The jobs whose file has this SHA-256.
pub(super) async fn of_hash(conn: &mut Conn, sha256: &str) -> Result<Vec<JobRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_HASH).bind(sha256).fetch_all(c).await)?)
}

/// Whether a job waits for somebody to make it.
pub(super) async fn is_waiting(conn: &mut Conn, now: DateTime<Utc>) -> Result<bool, DbError> {
    let waiting: i64 = on!(conn, |c| sqlx::query_scalar(WAITING).bind(now).fetch_one(c).await)?;
    Ok(waiting > 0)
}

/// Takes the job that has waited longest, until the lease ends.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    now: DateTime<Utc>,
    holder: &str,
    lease_until: DateTime<Utc>,
) -> Result<Option<JobRow>, DbError> {
    Ok(on!(tx, |c| sqlx::query_as(CLAIM).bind(now).bind(holder).bind(lease_until).fetch_optional(c).await)?)
}

/// How far somebody is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Far {
    pub(super) done: i64,
    pub(super) of: i64,
}

/// Notes how far it is and holds it longer; `false` when it belongs to somebody else by now or is no longer wanted.
pub(super) async fn go_on(
    tx: &mut Tx,
    id: &ExportId,
    holder: &str,
    lease_until: DateTime<Utc>,
    far: Far,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(GO_ON)
        .bind(id)
        .bind(holder)
        .bind(lease_until)
        .bind(far.done)
        .bind(far.of)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Completes what was asked by what whoever makes it found first, so that the next one finds the same.
pub(super) async fn complete(tx: &mut Tx, id: &ExportId, holder: &str, asked: &str) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(COMPLETE)
        .bind(id)
        .bind(holder)
        .bind(asked)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("complete what was asked", rows, 1)
}

/// Gives it back untouched, so that the next server takes it at once.
pub(super) async fn let_go(tx: &mut Tx, id: &ExportId, holder: &str) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(LET_GO).bind(id).bind(holder).execute(c).await.map(drop))?;
    Ok(())
}

/// It is made; `false` when it belongs to somebody else by now or is no longer wanted.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    tx: &mut Tx,
    id: &ExportId,
    holder: &str,
    at: DateTime<Utc>,
    file: &Finished,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(FINISH)
        .bind(id)
        .bind(holder)
        .bind(at)
        .bind(&file.name)
        .bind(file.size)
        .bind(&file.sha256)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// It cannot be made.
pub(super) async fn fail(
    tx: &mut Tx,
    id: &ExportId,
    holder: &str,
    at: DateTime<Utc>,
    failure: &str,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(FAIL).bind(id).bind(holder).bind(at).bind(failure).execute(c).await.map(drop))?;
    Ok(())
}

/// Nobody wants it any more; `false` when it was over before.
pub(super) async fn withdraw(tx: &mut Tx, id: &ExportId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let rows =
        on!(tx, |c| sqlx::query(WITHDRAW).bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// What failed is made again, from its beginning; `false` when it had not failed.
pub(super) async fn try_again(tx: &mut Tx, id: &ExportId) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(TRY_AGAIN).bind(id).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

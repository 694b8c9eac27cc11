//! Rows with their leaves, a whole year at a time. Thousands pass through, so they come in batches and nothing is collected.

mod roster;

pub use roster::{RosterRow, roster};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use futures_util::TryStreamExt as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use tokio::sync::mpsc;

use super::{Kept, Row, seconds};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::on;
use crate::training::record::logged;

// $1 the log, $2 whether the leaves' bytes are asked for, $3 and $4 the times between which the log was written.

const PERIODS: &str = "
    SELECT p.leaf, p.assigned_at AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           p.id AS obj, p.requirement_id, p.cycle, p.staff_id, p.due_at, p.reason
      FROM period p
      LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = p.leaf
     WHERE p.assigned_at >= $3 AND p.assigned_at < $4
     ORDER BY p.leaf";
/// An exemption does not keep when it was granted: its leaf, found by the exemption's id, tells which log it is in.
const EXEMPTIONS: &str = "
    SELECT e.leaf, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           e.id AS obj, e.period_id, e.asked_by, e.approved_by, e.from_at, e.until_at
      FROM exemption e
      LEFT JOIN log_leaf l ON l.obj = e.id AND l.seq = e.leaf
     WHERE COALESCE(l.log_id, $1) = $1
     ORDER BY e.leaf";
const ATTEMPTS: &str = "
    SELECT t.leaf, t.started_at AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           t.id AS obj, p.staff_id, t.period_id, t.module_id, t.revision, t.seed
      FROM attempt t
      JOIN period p ON p.id = t.period_id
      LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = t.leaf
     WHERE t.started_at >= $3 AND t.started_at < $4
     ORDER BY t.leaf";
const ANSWERS: &str = "
    SELECT a.leaf, a.answered_at AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           a.attempt_id AS obj, p.staff_id, a.turn, a.place, a.response, a.grade, a.points, a.out_of, t.revision
      FROM answer a
      JOIN attempt t ON t.id = a.attempt_id
      JOIN period p ON p.id = t.period_id
      LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = a.leaf
     WHERE a.answered_at >= $3 AND a.answered_at < $4
     ORDER BY a.leaf";
const ATTESTATIONS: &str = "
    SELECT s.leaf, s.signed_at AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           s.id AS obj, p.staff_id, s.period_id, s.policy, s.lang, s.method, s.statements, c.policy_version
      FROM attestation s
      JOIN period p ON p.id = s.period_id
      LEFT JOIN completion c ON c.period_id = s.period_id
      LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = s.leaf
     WHERE s.signed_at >= $3 AND s.signed_at < $4
     ORDER BY s.leaf";
const COMPLETIONS: &str = "
    SELECT c.leaf, c.completed_at AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           c.period_id AS obj, p.staff_id, c.number, c.policy_version, p.due_at
      FROM completion c
      JOIN period p ON p.id = c.period_id
      LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = c.leaf
     WHERE c.completed_at >= $3 AND c.completed_at < $4
     ORDER BY c.leaf";
const CONTENTS: &str = "
    SELECT r.leaf, r.published_at AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           r.hash AS obj, r.content_id, r.body AS text
      FROM content_revision r
      LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = r.leaf
     WHERE r.published_at >= $3 AND r.published_at < $4
     ORDER BY r.leaf";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] =
    &[PERIODS, EXEMPTIONS, ATTEMPTS, ANSWERS, ATTESTATIONS, COMPLETIONS, CONTENTS, roster::ROSTER];

/// How many rows travel together.
const BATCH: usize = 1024;

/// One log, and when it was written: the rows of that time have their leaves there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The log.
    pub log: String,
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub until: DateTime<Utc>,
}

impl Span {
    /// The spans of these logs, oldest first. Nothing falls between them: the first begins with the calendar, the last does not end,
    /// so that a row of an impossible time is met as well.
    #[must_use]
    pub fn of(logs: &[String], calendar: Calendar) -> Vec<Self> {
        let year = |log: &String| log.rsplit('/').next().and_then(|year| year.parse().ok()).unwrap_or(0);
        let start = |log: &String| calendar.start_of(calendar.first_day_of(year(log)));
        let end =
            |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
        let mut spans: Vec<Self> = Vec::with_capacity(logs.len());
        for (i, log) in logs.iter().enumerate() {
            let from = if i == 0 { end(1) } else { start(log) };
            if let Some(before) = spans.last_mut() {
                before.until = from;
            }
            spans.push(Self { log: log.clone(), from, until: end(9999) });
        }
        spans
    }
}

/// Sends every row of a log, in the order of the leaves, in batches. `bodies`: with the bytes of the leaves.
///
/// # Errors
/// When the database fails. When nobody takes the rows any more, it ends early without an error.
pub async fn rows(
    conn: &mut Conn,
    kept: Kept,
    span: &Span,
    bodies: bool,
    to: &mpsc::Sender<Vec<Row>>,
) -> Result<(), DbError> {
    match kept {
        Kept::Periods => stream::<PeriodRow>(conn, PERIODS, span, bodies, to).await,
        Kept::Exemptions => stream::<ExemptionRow>(conn, EXEMPTIONS, span, bodies, to).await,
        Kept::Attempts => stream::<AttemptRow>(conn, ATTEMPTS, span, bodies, to).await,
        Kept::Answers => stream::<AnswerRow>(conn, ANSWERS, span, bodies, to).await,
        Kept::Attestations => stream::<AttestationRow>(conn, ATTESTATIONS, span, bodies, to).await,
        Kept::Completions => stream::<CompletionRow>(conn, COMPLETIONS, span, bodies, to).await,
        Kept::Contents => stream::<ContentRow>(conn, CONTENTS, span, bodies, to).await,
    }
}

async fn stream<T>(
    conn: &mut Conn,
    statement: &'static str,
    span: &Span,
    bodies: bool,
    to: &mpsc::Sender<Vec<Row>>,
) -> Result<(), DbError>
where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Into<Row> + Send + Unpin,
{
    on!(conn, |c| {
        let mut query = sqlx::query_as::<_, T>(statement).bind(&span.log).bind(bodies);
        if statement != EXEMPTIONS {
            query = query.bind(span.from).bind(span.until);
        }
        let mut rows = query.fetch(c);
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(row) = rows.try_next().await? {
            batch.push(row.into());
            if batch.len() == BATCH
                && to.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).await.is_err()
            {
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

#[derive(FromRow)]
struct PeriodRow {
    leaf: i64,
    at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    requirement_id: String,
    cycle: i64,
    staff_id: String,
    due_at: DateTime<Utc>,
    reason: String,
}

impl From<PeriodRow> for Row {
    fn from(row: PeriodRow) -> Self {
        // The leaf holds the rule as JSON with its keys in order; a rule that is none is told as it is.
        let rule = serde_json::from_str::<Value>(&row.reason).map_or(row.reason, |rule| rule.to_string());
        Self {
            leaf: row.leaf,
            at: Some(row.at),
            obj: row.obj,
            actor: "system".to_owned(),
            said: vec![row.requirement_id, row.cycle.to_string(), row.staff_id, seconds(row.due_at), rule],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

#[derive(FromRow)]
struct ExemptionRow {
    leaf: i64,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    period_id: String,
    asked_by: String,
    approved_by: String,
    from_at: DateTime<Utc>,
    until_at: DateTime<Utc>,
}

impl From<ExemptionRow> for Row {
    fn from(row: ExemptionRow) -> Self {
        let actor = row.approved_by.clone();
        let (from, until) = (seconds(row.from_at), seconds(row.until_at));
        Self {
            leaf: row.leaf,
            at: None,
            obj: row.obj,
            actor,
            said: vec![row.period_id, row.asked_by, row.approved_by, from, until],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

#[derive(FromRow)]
struct AttemptRow {
    leaf: i64,
    at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    staff_id: String,
    period_id: String,
    module_id: String,
    revision: String,
    seed: i64,
}

impl From<AttemptRow> for Row {
    fn from(row: AttemptRow) -> Self {
        Self {
            leaf: row.leaf,
            at: Some(row.at),
            obj: row.obj,
            actor: row.staff_id,
            said: vec![row.period_id, row.module_id, row.revision, row.seed.to_string()],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

#[derive(FromRow)]
struct AnswerRow {
    leaf: i64,
    at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    staff_id: String,
    turn: i64,
    place: String,
    response: String,
    grade: Option<i64>,
    points: i64,
    out_of: i64,
    revision: String,
}

impl From<AnswerRow> for Row {
    fn from(row: AnswerRow) -> Self {
        Self {
            leaf: row.leaf,
            at: Some(row.at),
            obj: row.obj,
            actor: row.staff_id,
            said: vec![
                row.turn.to_string(),
                row.place,
                logged(&row.response),
                row.grade.map_or_else(String::new, |grade| grade.to_string()),
                row.points.to_string(),
                row.out_of.to_string(),
                row.revision,
            ],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

#[derive(FromRow)]
struct AttestationRow {
    leaf: i64,
    at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    staff_id: String,
    period_id: String,
    policy: String,
    lang: String,
    method: String,
    statements: String,
    policy_version: Option<i64>,
}

impl From<AttestationRow> for Row {
    fn from(row: AttestationRow) -> Self {
        Self {
            leaf: row.leaf,
            at: Some(row.at),
            obj: row.obj,
            actor: row.staff_id,
            said: vec![
                row.period_id,
                row.policy,
                row.policy_version.map_or_else(String::new, |version| version.to_string()),
                row.lang,
                row.method,
                hex::encode(Sha256::digest(row.statements.as_bytes())),
            ],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

#[derive(FromRow)]
struct CompletionRow {
    leaf: i64,
    at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    staff_id: String,
    number: String,
    policy_version: i64,
    due_at: DateTime<Utc>,
}

impl From<CompletionRow> for Row {
    fn from(row: CompletionRow) -> Self {
        let in_time = row.at < row.due_at;
        Self {
            leaf: row.leaf,
            at: Some(row.at),
            obj: row.obj,
            actor: row.staff_id.clone(),
            said: vec![row.number, row.staff_id, in_time.to_string(), row.policy_version.to_string()],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

#[derive(FromRow)]
struct ContentRow {
    leaf: i64,
    at: DateTime<Utc>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    content_id: String,
    text: String,
}

impl From<ContentRow> for Row {
    fn from(row: ContentRow) -> Self {
        // The name of a content is the hash of its text: the text itself is asked, not the name.
        let rev = hex::encode(Sha256::digest(row.text.as_bytes()));
        Self {
            leaf: row.leaf,
            at: Some(row.at),
            obj: row.obj,
            actor: "system".to_owned(),
            said: vec![row.content_id, rev],
            logged_at: row.logged_at,
            body: row.body,
        }
    }
}

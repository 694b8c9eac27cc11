//! Rows with their leaves, a whole year at a time. Thousands pass through, so they come in batches and nothing is collected.
//! Long because: each sort of record is three lines here, in one table that can be read at a glance.

mod obligations;
mod reckoned;
mod roster;
mod rows;

pub use reckoned::{Misnoted, misnoted};
pub use roster::{RosterRow, roster};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use futures_util::TryStreamExt as _;
use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use tokio::sync::mpsc;

use super::{Kept, Row};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::on;
use obligations::{AttendanceRow, CorrectionRow, ReleaseRow, TermRow};
use rows::{
    AnswerRow, AttemptRow, AttestationRow, CompletionRow, ContentRow, ExemptionRow, PeriodRow, RecallRow,
    ReviewRow, SwapRow,
};

/// All rows of a log. $1 the log, $2 whether the leaves' bytes are asked for, $3 and $4 the times between which it was written.
macro_rules! of_log {
    ($columns:literal, $from:literal, $obj:literal, $leaf:literal, $at:literal) => {
        concat!(
            "SELECT ",
            $leaf,
            " AS leaf, ",
            $at,
            " AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body, ",
            $obj,
            " AS obj, ",
            $columns,
            "
               FROM ",
            $from,
            "
               LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = ",
            $leaf,
            "
              WHERE ",
            $at,
            " >= $3 AND ",
            $at,
            " < $4
              ORDER BY ",
            $leaf
        )
    };
}

/// The rows of one person or thing ($1), whichever logs they are in.
macro_rules! of_one {
    ($columns:literal, $from:literal, $obj:literal, $leaf:literal, $at:literal, $which:literal) => {
        concat!(
            "SELECT ", $leaf, " AS leaf, ", $at, " AS at, l.at AS logged_at, l.body, ", $obj, " AS obj, l.log_id AS log,
                    (SELECT q.body FROM log_leaf q WHERE q.log_id = l.log_id AND q.seq = l.seq - 1) AS before, ", $columns, "
               FROM ", $from, "
               LEFT JOIN log_leaf l ON l.obj = ", $obj, " AND l.seq = ", $leaf, "
              WHERE ", $which, " = $1
              ORDER BY ", $leaf
        )
    };
}

macro_rules! periods {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.requirement_id, p.cycle, p.staff_id, p.due_at, p.reason, p.track",
            "period p",
            "p.id", "p.leaf", "p.assigned_at" $(, $which)?
        )
    };
}

macro_rules! terms {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "t.actor, t.number, t.due_at, t.valid_until, t.reason",
            "term_change t JOIN period p ON p.id = t.period_id",
            "t.period_id", "t.leaf", "t.at" $(, $which)?
        )
    };
}

macro_rules! releases {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "w.actor, w.number, w.reason",
            "period_release w JOIN period p ON p.id = w.period_id",
            "w.period_id", "w.leaf", "w.at" $(, $which)?
        )
    };
}

macro_rules! corrections {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "x.decided_by, x.asked_by, k.request_id",
            "correction k JOIN exception_request x ON x.id = k.request_id JOIN period p ON p.id = k.period_id",
            "k.period_id", "k.leaf", "k.at" $(, $which)?
        )
    };
}

macro_rules! attendances {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "d.recorded_by, d.way, d.held_on, d.sheet_sha256",
            "attendance d JOIN period p ON p.id = d.period_id",
            "d.period_id", "d.leaf", "d.recorded_at" $(, $which)?
        )
    };
}

macro_rules! swaps {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, w.module_id, w.number, w.instead",
            "module_swap w JOIN period p ON p.id = w.period_id",
            "w.period_id", "w.leaf", "w.at" $(, $which)?
        )
    };
}

macro_rules! attempts {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, t.period_id, t.module_id, t.revision, t.seed, t.role",
            "attempt t JOIN period p ON p.id = t.period_id",
            "t.id", "t.leaf", "t.started_at" $(, $which)?
        )
    };
}

macro_rules! answers {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, a.turn, a.place, a.response, a.grade, a.points, a.out_of, a.led_to, a.lang, t.revision",
            "answer a JOIN attempt t ON t.id = a.attempt_id JOIN period p ON p.id = t.period_id",
            "a.attempt_id", "a.leaf", "a.answered_at" $(, $which)?
        )
    };
}

macro_rules! recalls {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "r.staff_id, r.module_id, r.number, r.revision, r.family, r.variant, r.response, r.grade, r.lang",
            "recall_answer r",
            "r.attempt_id", "r.leaf", "r.answered_at" $(, $which)?
        )
    };
}

macro_rules! attestations {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, s.period_id, s.policy, s.lang, s.method, s.statements, c.policy_version",
            "attestation s JOIN period p ON p.id = s.period_id LEFT JOIN completion c ON c.period_id = s.period_id",
            "s.id", "s.leaf", "s.signed_at" $(, $which)?
        )
    };
}

macro_rules! completions {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, c.number, c.policy_version, c.valid_until, c.name, c.code, c.held_at, c.way, d.recorded_by,
             COALESCE((SELECT t.due_at
                         FROM term_change t
                        WHERE t.period_id = p.id AND t.at <= c.completed_at
                        ORDER BY t.number DESC
                        LIMIT 1), p.due_at) AS due_at",
            "completion c JOIN period p ON p.id = c.period_id LEFT JOIN attendance d ON d.period_id = c.period_id",
            "c.period_id", "c.leaf", "c.completed_at" $(, $which)?
        )
    };
}

macro_rules! reviews {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "v.by_id, v.draft_id, v.hash, v.verdict, v.words",
            "policy_review v",
            "v.id", "v.leaf", "v.at" $(, $which)?
        )
    };
}

macro_rules! contents {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "r.content_id, r.body AS text, r.published_by, r.change_kind, r.effective_at, r.requirement_id",
            "content_revision r",
            "r.hash", "r.leaf", "r.published_at" $(, $which)?
        )
    };
}

const PERIODS: &str = periods!(of_log);
const PERIODS_OF: &str = periods!(of_one, "p.staff_id");
const TERMS: &str = terms!(of_log);
const TERMS_OF: &str = terms!(of_one, "p.staff_id");
const RELEASES: &str = releases!(of_log);
const RELEASES_OF: &str = releases!(of_one, "p.staff_id");
const CORRECTIONS: &str = corrections!(of_log);
const CORRECTIONS_OF: &str = corrections!(of_one, "p.staff_id");
const ATTENDANCES: &str = attendances!(of_log);
const ATTENDANCES_OF: &str = attendances!(of_one, "p.staff_id");
const SWAPS: &str = swaps!(of_log);
const SWAPS_OF: &str = swaps!(of_one, "p.staff_id");
const ATTEMPTS: &str = attempts!(of_log);
const ATTEMPTS_OF: &str = attempts!(of_one, "p.staff_id");
const ANSWERS: &str = answers!(of_log);
const ANSWERS_OF: &str = answers!(of_one, "p.staff_id");
const RECALLS: &str = recalls!(of_log);
const RECALLS_OF: &str = recalls!(of_one, "r.staff_id");
const ATTESTATIONS: &str = attestations!(of_log);
const ATTESTATIONS_OF: &str = attestations!(of_one, "p.staff_id");
const COMPLETIONS: &str = completions!(of_log);
const COMPLETIONS_OF: &str = completions!(of_one, "p.staff_id");
const REVIEWS: &str = reviews!(of_log);
const REVIEW: &str = reviews!(of_one, "v.id");
const CONTENTS: &str = contents!(of_log);
const CONTENT: &str = contents!(of_one, "r.hash");
/// An exemption does not keep when it was granted: its leaf, found by the exemption's id, tells which log it is in.
const EXEMPTIONS: &str = "
    SELECT e.leaf, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           e.id AS obj, e.period_id, e.asked_by, e.approved_by, e.from_at, e.until_at
      FROM exemption e
      LEFT JOIN log_leaf l ON l.obj = e.id AND l.seq = e.leaf
     WHERE COALESCE(l.log_id, $1) = $1
     ORDER BY e.leaf";
const EXEMPTIONS_OF: &str = "
    SELECT e.leaf, l.at AS logged_at, l.body, l.log_id AS log,
           e.id AS obj, e.period_id, e.asked_by, e.approved_by, e.from_at, e.until_at
      FROM exemption e
      JOIN period p ON p.id = e.period_id
      LEFT JOIN log_leaf l ON l.obj = e.id AND l.seq = e.leaf
     WHERE p.staff_id = $1
     ORDER BY e.leaf";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    PERIODS,
    PERIODS_OF,
    EXEMPTIONS,
    EXEMPTIONS_OF,
    TERMS,
    TERMS_OF,
    RELEASES,
    RELEASES_OF,
    CORRECTIONS,
    CORRECTIONS_OF,
    ATTENDANCES,
    ATTENDANCES_OF,
    SWAPS,
    SWAPS_OF,
    ATTEMPTS,
    ATTEMPTS_OF,
    ANSWERS,
    ANSWERS_OF,
    RECALLS,
    RECALLS_OF,
    ATTESTATIONS,
    ATTESTATIONS_OF,
    COMPLETIONS,
    COMPLETIONS_OF,
    REVIEWS,
    REVIEW,
    CONTENTS,
    CONTENT,
    roster::ROSTER,
    reckoned::RECKONED,
];

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
        Kept::Terms => stream::<TermRow>(conn, TERMS, span, bodies, to).await,
        Kept::Releases => stream::<ReleaseRow>(conn, RELEASES, span, bodies, to).await,
        Kept::Corrections => stream::<CorrectionRow>(conn, CORRECTIONS, span, bodies, to).await,
        Kept::Attendances => stream::<AttendanceRow>(conn, ATTENDANCES, span, bodies, to).await,
        Kept::Swaps => stream::<SwapRow>(conn, SWAPS, span, bodies, to).await,
        Kept::Attempts => stream::<AttemptRow>(conn, ATTEMPTS, span, bodies, to).await,
        Kept::Answers => stream::<AnswerRow>(conn, ANSWERS, span, bodies, to).await,
        Kept::Recalls => stream::<RecallRow>(conn, RECALLS, span, bodies, to).await,
        Kept::Attestations => stream::<AttestationRow>(conn, ATTESTATIONS, span, bodies, to).await,
        Kept::Completions => stream::<CompletionRow>(conn, COMPLETIONS, span, bodies, to).await,
        Kept::Reviews => stream::<ReviewRow>(conn, REVIEWS, span, bodies, to).await,
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

/// Every record that has a leaf and belongs to a person, with the log that its leaf is in and the leaf's bytes.
///
/// # Errors
/// When the database fails.
pub async fn rows_of(conn: &mut Conn, staff: &StaffId) -> Result<Vec<(Kept, Row)>, DbError> {
    let mut found = Vec::new();
    let id = staff.as_str();
    found.extend(fetch::<PeriodRow>(conn, PERIODS_OF, id).await?.map(|row| (Kept::Periods, row)));
    found.extend(fetch::<ExemptionRow>(conn, EXEMPTIONS_OF, id).await?.map(|row| (Kept::Exemptions, row)));
    found.extend(fetch::<TermRow>(conn, TERMS_OF, id).await?.map(|row| (Kept::Terms, row)));
    found.extend(fetch::<ReleaseRow>(conn, RELEASES_OF, id).await?.map(|row| (Kept::Releases, row)));
    found.extend(fetch::<CorrectionRow>(conn, CORRECTIONS_OF, id).await?.map(|row| (Kept::Corrections, row)));
    found.extend(fetch::<AttendanceRow>(conn, ATTENDANCES_OF, id).await?.map(|row| (Kept::Attendances, row)));
    found.extend(fetch::<SwapRow>(conn, SWAPS_OF, id).await?.map(|row| (Kept::Swaps, row)));
    found.extend(fetch::<AttemptRow>(conn, ATTEMPTS_OF, id).await?.map(|row| (Kept::Attempts, row)));
    found.extend(fetch::<AnswerRow>(conn, ANSWERS_OF, id).await?.map(|row| (Kept::Answers, row)));
    found.extend(fetch::<RecallRow>(conn, RECALLS_OF, id).await?.map(|row| (Kept::Recalls, row)));
    found.extend(
        fetch::<AttestationRow>(conn, ATTESTATIONS_OF, id).await?.map(|row| (Kept::Attestations, row)),
    );
    found.extend(fetch::<CompletionRow>(conn, COMPLETIONS_OF, id).await?.map(|row| (Kept::Completions, row)));
    Ok(found)
}

/// A published content as a record with its leaf.
///
/// # Errors
/// When the database fails.
pub async fn content_row(conn: &mut Conn, hash: &str) -> Result<Option<Row>, DbError> {
    Ok(fetch::<ContentRow>(conn, CONTENT, hash).await?.next())
}

/// What somebody said of a draft of the policy as a record with its leaf.
///
/// # Errors
/// When the database fails.
pub async fn review_row(conn: &mut Conn, id: &str) -> Result<Option<Row>, DbError> {
    Ok(fetch::<ReviewRow>(conn, REVIEW, id).await?.next())
}

async fn fetch<T>(
    conn: &mut Conn,
    statement: &'static str,
    which: &str,
) -> Result<impl Iterator<Item = Row> + use<T>, DbError>
where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Into<Row> + Send + Unpin,
{
    let rows: Vec<T> = on!(conn, |c| sqlx::query_as(statement).bind(which).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Into::into))
}

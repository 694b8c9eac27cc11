//! Rows with their leaves, a whole year at a time. Thousands pass through, so they come in batches and nothing is collected.

mod obligations;
mod reckoned;
mod roster;
mod rows;
mod statements;

pub use reckoned::{Misnoted, misnoted};
pub use roster::{RosterRow, roster};
pub use statements::STATEMENTS;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use futures_util::TryStreamExt as _;
use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use tokio::sync::mpsc;

use super::{Kept, Row};
use crate::audit::Epoch;
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::on;
use obligations::{AttendanceRow, CorrectionRow, ReleaseRow, TermRow};
use rows::{
    AnswerRow, AttemptRow, AttestationRow, CompletionRow, ContentRow, ErasureRow, ExemptionRow, IdentityRow,
    PeriodRow, ReadingRow, RecallRow, ReviewRow, SwapRow,
};
use statements::{
    ANSWERS, ANSWERS_OF, ATTEMPTS, ATTEMPTS_OF, ATTENDANCES, ATTENDANCES_OF, ATTESTATIONS, ATTESTATIONS_OF,
    COMPLETION, COMPLETIONS, COMPLETIONS_OF, CONTENT, CONTENTS, CORRECTIONS, CORRECTIONS_OF, ERASURES,
    ERASURES_OF, EXEMPTIONS, EXEMPTIONS_OF, IDENTITIES, IDENTITIES_OF, PERIODS, PERIODS_OF, READINGS,
    RECALLS, RECALLS_OF, RELEASES, RELEASES_OF, REVIEW, REVIEWS, SWAPS, SWAPS_OF, TERMS, TERMS_OF,
};

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
    /// The spans of these logs, oldest first, each with the time of its first leaf. Nothing falls between them: the first begins with the
    /// calendar, the last does not end, so that a row of an impossible time is met as well. The second log of a year begins when
    /// it was opened.
    #[must_use]
    pub fn of(logs: &[(String, DateTime<Utc>)], calendar: Calendar) -> Vec<Self> {
        let start = |log: &str, begun: DateTime<Utc>| match Epoch::of(log) {
            Some(Epoch { year, number: 1 }) => calendar.start_of(calendar.first_day_of(year)),
            _ => begun,
        };
        let end =
            |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
        let mut spans: Vec<Self> = Vec::with_capacity(logs.len());
        for (i, (log, begun)) in logs.iter().enumerate() {
            let from = if i == 0 { end(1) } else { start(log, *begun) };
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
        Kept::Identities => stream::<IdentityRow>(conn, IDENTITIES, span, bodies, to).await,
        Kept::Readings => stream::<ReadingRow>(conn, READINGS, span, bodies, to).await,
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
        Kept::Erasures => stream::<ErasureRow>(conn, ERASURES, span, bodies, to).await,
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
    found.extend(fetch::<IdentityRow>(conn, IDENTITIES_OF, id).await?.map(|row| (Kept::Identities, row)));
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
    found.extend(fetch::<ErasureRow>(conn, ERASURES_OF, id).await?.map(|row| (Kept::Erasures, row)));
    Ok(found)
}

/// The completion with this certificate's number as a record with its leaf.
///
/// # Errors
/// When the database fails.
pub async fn completion_row(conn: &mut Conn, number: &str) -> Result<Option<Row>, DbError> {
    Ok(fetch::<CompletionRow>(conn, COMPLETION, number).await?.next())
}

/// The erasure of a person as a record with its leaf.
///
/// # Errors
/// When the database fails.
pub async fn erasure_row(conn: &mut Conn, staff: &StaffId) -> Result<Option<Row>, DbError> {
    Ok(fetch::<ErasureRow>(conn, ERASURES_OF, staff.as_str()).await?.next())
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

//! The rows that change an obligation, and the words that their leaves must say.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::FromRow;

use super::rows::Head;
use crate::reports::evidence::{Row, seconds};

#[derive(FromRow)]
pub(super) struct TermRow {
    #[sqlx(flatten)]
    head: Head,
    actor: String,
    number: i64,
    due_at: DateTime<Utc>,
    valid_until: Option<DateTime<Utc>>,
    reason: String,
}

impl From<TermRow> for Row {
    fn from(row: TermRow) -> Self {
        // The leaf holds the reason as JSON with its keys in order; a reason that is none is told as it is.
        let reason =
            serde_json::from_str::<Value>(&row.reason).map_or(row.reason, |reason| reason.to_string());
        let until = row.valid_until.map_or_else(String::new, seconds);
        row.head.row(row.actor, vec![row.number.to_string(), seconds(row.due_at), until, reason])
    }
}

#[derive(FromRow)]
pub(super) struct ReleaseRow {
    #[sqlx(flatten)]
    head: Head,
    actor: String,
    number: i64,
    reason: String,
}

impl From<ReleaseRow> for Row {
    fn from(row: ReleaseRow) -> Self {
        row.head.row(row.actor, vec![row.number.to_string(), row.reason])
    }
}

#[derive(FromRow)]
pub(super) struct CorrectionRow {
    #[sqlx(flatten)]
    head: Head,
    decided_by: Option<String>,
    asked_by: String,
    request_id: String,
}

impl From<CorrectionRow> for Row {
    fn from(row: CorrectionRow) -> Self {
        row.head.row(row.decided_by.unwrap_or_default(), vec![row.request_id, row.asked_by])
    }
}

#[derive(FromRow)]
pub(super) struct AttendanceRow {
    #[sqlx(flatten)]
    head: Head,
    recorded_by: String,
    way: String,
    held_on: NaiveDate,
    sheet_sha256: String,
}

impl From<AttendanceRow> for Row {
    fn from(row: AttendanceRow) -> Self {
        row.head.row(row.recorded_by, vec![row.way, row.held_on.to_string(), row.sheet_sha256])
    }
}

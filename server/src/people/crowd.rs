//! Many people at a stroke: the rows and the facts of those who come, move, are away and leave, as the functions for one person write them.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::posting::{Leave, Posting, ended, leave_set, posted};
use super::scribe::kind;
use super::staff::{Staff, keys};
use super::store::{posting as places, staff};
use crate::audit::{Entry, Kind, Run};
use crate::db::DbError;

/// The rows that are added here, in the order in which they refer to each other.
pub(crate) const ROWS: [&str; 3] = [staff::ADD, places::ADD, places::ADD_LEAVE];

fn append(run: &mut Run, at: DateTime<Utc>, kind: Kind, obj: &str, d: Value) -> Result<(), DbError> {
    run.append(&Entry { kind, at, actor: "system", obj, req: None, d }).map(drop)
}

/// Makes a person known, as [`super::add_staff`] does. `staff` says already when they will have left.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn join(run: &mut Run, at: DateTime<Utc>, staff: &Staff) -> Result<(), DbError> {
    run.add(staff::ADD, staff::row(staff, keys(staff)?));
    append(run, at, Kind::USER_CREATE, staff.id.as_str(), json!({}))
}

/// Posts a person, as [`super::post`] does. `posting` says already when it will have ended.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn post(run: &mut Run, at: DateTime<Utc>, posting: &Posting) -> Result<(), DbError> {
    run.add(places::ADD, places::row(posting));
    append(
        run,
        at,
        Kind::DEPT_MOVE,
        posting.staff_id.as_str(),
        posted(&Posting { to_on: None, ..posting.clone() }),
    )
}

/// Ends a posting whose row says so already.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn end(
    run: &mut Run,
    at: DateTime<Utc>,
    posting: &Posting,
    to_on: NaiveDate,
) -> Result<(), DbError> {
    append(run, at, Kind::DEPT_MOVE, posting.staff_id.as_str(), ended(posting, to_on))
}

/// Notes a leave, as [`super::add_leave`] does.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn go_away(run: &mut Run, at: DateTime<Utc>, leave: &Leave) -> Result<(), DbError> {
    run.add(places::ADD_LEAVE, places::leave_row(leave));
    append(run, at, kind("leave.set")?, leave.id.as_str(), leave_set(leave))
}

/// Lets a person go whose row says so already.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn leave(
    run: &mut Run,
    at: DateTime<Utc>,
    staff: &Staff,
    left_on: NaiveDate,
) -> Result<(), DbError> {
    append(run, at, Kind::USER_DISABLE, staff.id.as_str(), json!({ "from": left_on.to_string() }))
}

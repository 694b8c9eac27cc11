//! Many people at a stroke: the rows and the facts of those who come, move, are away and leave, as the functions for one person write them.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::codes::{self, Code, Handed};
use super::department::Department;
use super::identity;
use super::posting::{Leave, Posting, ended, leave_set, posted};
use super::scribe::kind;
use super::staff::{Staff, keys};
use super::store::{identity as names, posting as places, staff};
use crate::account;
use crate::account::store::NewCredential;
use crate::audit::{Entry, Kind, Run};
use crate::clock::Calendar;
use crate::db::DbError;

/// The rows that are added here, in the order in which they refer to each other.
pub(crate) const ROWS: [&str; 4] = [staff::ADD, names::ADD, places::ADD, places::ADD_LEAVE];

/// Who orders what is written at a stroke (`system` where nobody does), and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order<'a> {
    pub actor: &'a str,
    pub at: DateTime<Utc>,
}

impl Order<'_> {
    /// What happens by itself.
    pub(crate) const fn nobody(at: DateTime<Utc>) -> Self {
        Order { actor: "system", at }
    }

    pub(super) fn append(self, run: &mut Run, kind: Kind, obj: &str, d: Value) -> Result<(), DbError> {
        run.append(&Entry { kind, at: self.at, actor: self.actor, obj, req: None, d }).map(drop)
    }
}

/// Makes a person known, as [`super::add_staff`] does. `staff` says already when they will have left.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn join(run: &mut Run, by: Order<'_>, staff: &Staff) -> Result<(), DbError> {
    run.add(staff::ADD, staff::row(staff, keys(staff)?));
    by.append(run, Kind::USER_CREATE, staff.id.as_str(), json!({}))?;
    identity::bind_among(run, by, staff)
}

/// Posts a person, as [`super::post`] does. `posting` says already when it will have ended, `to_on` only what was known of it when it began.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn post(
    run: &mut Run,
    by: Order<'_>,
    posting: &Posting,
    to_on: Option<NaiveDate>,
) -> Result<(), DbError> {
    run.add(places::ADD, places::row(posting));
    let known = Posting { to_on, ..posting.clone() };
    by.append(run, Kind::DEPT_MOVE, posting.staff_id.as_str(), posted(&known))
}

/// Ends a posting whose row says so already.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn end(run: &mut Run, by: Order<'_>, posting: &Posting, to_on: NaiveDate) -> Result<(), DbError> {
    by.append(run, Kind::DEPT_MOVE, posting.staff_id.as_str(), ended(posting, to_on))
}

/// Notes a leave, as [`super::add_leave`] does.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn go_away(run: &mut Run, by: Order<'_>, leave: &Leave) -> Result<(), DbError> {
    run.add(places::ADD_LEAVE, places::leave_row(leave));
    by.append(run, kind("leave.set")?, leave.id.as_str(), leave_set(leave))
}

/// Lets a person go whose row says so already.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn leave(run: &mut Run, by: Order<'_>, staff: &Staff, left_on: NaiveDate) -> Result<(), DbError> {
    by.append(run, Kind::USER_DISABLE, staff.id.as_str(), json!({ "from": left_on.to_string() }))
}

/// Opens the account of somebody new and gives them the code of their first sign-in, as [`codes::issue`] does.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn give_code(
    run: &mut Run,
    by: Order<'_>,
    calendar: Calendar,
    staff: &Staff,
    department: Option<Department>,
) -> Result<Code, DbError> {
    let (code, fingerprint) = codes::new(staff, department, Handed::OnSlips, calendar, by.at);
    let new = NewCredential { password: None, code: Some((fingerprint, code.until)) };
    account::open_among(run, &staff.id, new, by.at, None);
    by.append(run, kind("user.code")?, staff.id.as_str(), json!({}))?;
    Ok(code)
}

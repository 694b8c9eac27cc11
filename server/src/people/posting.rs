//! Where people work from when to when, and when they are away.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::scribe::{Scribe, kind};
use super::store::posting as store;
pub use super::store::posting::{
    Leave, Member, Posting, away, heads, is_out, leaves_of, members_after, postings_after, postings_of,
};
use crate::audit::Kind;
use crate::db::{DbError, Tx};
use crate::id::{DepartmentId, LeaveId, PostingId, StaffId};

/// A person in a department from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPosting {
    /// Who.
    pub staff: StaffId,
    /// Where.
    pub department: DepartmentId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day on which it is over, if that is known.
    pub to_on: Option<NaiveDate>,
    /// The one by which the person is counted. On any day at most one of a person's postings is.
    pub main: bool,
}

/// A leave of absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLeave {
    /// Who.
    pub staff: StaffId,
    /// Why, in a word that others may read, such as 育児休業.
    pub reason: String,
    /// First day away.
    pub from_on: NaiveDate,
    /// First day back, if it is known.
    pub to_on: Option<NaiveDate>,
}

/// Posts a person.
///
/// # Errors
/// When the database fails, or the person or the department does not exist.
pub async fn post(tx: &mut Tx, by: &Scribe<'_>, new: &NewPosting) -> Result<PostingId, DbError> {
    begin(tx, by, new, false).await
}

/// Sends a person to another department for a time (出向). They stay counted where their main posting is.
///
/// # Errors
/// As [`post`].
pub async fn second(tx: &mut Tx, by: &Scribe<'_>, new: &NewPosting) -> Result<PostingId, DbError> {
    begin(tx, by, &NewPosting { main: false, ..new.clone() }, true).await
}

/// Lets what is left of a posting from a day on be in another department, as it would have been in this one.
///
/// # Errors
/// When the database fails or there is no such department.
pub(super) async fn carry_over(
    tx: &mut Tx,
    by: &Scribe<'_>,
    posting: &Posting,
    department: &DepartmentId,
    on: NaiveDate,
) -> Result<PostingId, DbError> {
    end_posting(tx, by, posting, on).await?;
    let new = NewPosting {
        staff: posting.staff_id.clone(),
        department: department.clone(),
        from_on: on.max(posting.from_on),
        to_on: posting.to_on,
        main: posting.main,
    };
    begin(tx, by, &new, posting.seconded).await
}

async fn begin(tx: &mut Tx, by: &Scribe<'_>, new: &NewPosting, seconded: bool) -> Result<PostingId, DbError> {
    let id = PostingId::new(by.clock);
    let posting = Posting {
        id: id.clone(),
        staff_id: new.staff.clone(),
        department_id: new.department.clone(),
        from_on: new.from_on,
        to_on: new.to_on,
        main: new.main,
        seconded,
    };
    store::add(tx, &posting).await?;
    by.write(tx, Kind::DEPT_MOVE, new.staff.as_str(), posted(&posting)).await?;
    Ok(id)
}

/// What the log says of a posting that begins.
pub(super) fn posted(posting: &Posting) -> Value {
    let mut d = json!({
        "posting": posting.id, "department": posting.department_id, "from": posting.from_on.to_string(),
        "main": posting.main,
    });
    if let Some(d) = d.as_object_mut() {
        d.extend(posting.to_on.map(|to| ("to".into(), to.to_string().into())));
        d.extend(posting.seconded.then(|| ("seconded".into(), true.into())));
    }
    d
}

/// What the log says of a posting that ends.
pub(super) fn ended(posting: &Posting, to_on: NaiveDate) -> Value {
    json!({ "posting": posting.id, "department": posting.department_id, "to": to_on.to_string() })
}

/// Ends a posting: `to_on` is the first day on which it is over. One that has not begun by then never holds.
///
/// # Errors
/// When the database fails.
pub async fn end_posting(
    tx: &mut Tx,
    by: &Scribe<'_>,
    posting: &Posting,
    to_on: NaiveDate,
) -> Result<(), DbError> {
    let to_on = to_on.max(posting.from_on);
    store::end(tx, &posting.id, Some(to_on)).await?;
    by.write(tx, Kind::DEPT_MOVE, posting.staff_id.as_str(), ended(posting, to_on)).await.map(drop)
}

/// Takes back the end of a posting.
///
/// # Errors
/// When the database fails.
pub(super) async fn go_on(tx: &mut Tx, by: &Scribe<'_>, posting: &Posting) -> Result<(), DbError> {
    store::end(tx, &posting.id, None).await?;
    let d = json!({ "posting": posting.id, "department": posting.department_id, "open": true });
    by.write(tx, Kind::DEPT_MOVE, posting.staff_id.as_str(), d).await.map(drop)
}

/// Notes a leave of absence. It takes the person out of every count for its days, so it is written down, without its reason.
///
/// # Errors
/// When the database fails or there is no such person.
pub async fn add_leave(tx: &mut Tx, by: &Scribe<'_>, new: &NewLeave) -> Result<LeaveId, DbError> {
    let leave = Leave {
        id: LeaveId::new(by.clock),
        staff_id: new.staff.clone(),
        reason: new.reason.clone(),
        from_on: new.from_on,
        to_on: new.to_on,
    };
    store::add_leave(tx, &leave).await?;
    write_leave(tx, by, &leave).await?;
    Ok(leave.id)
}

/// Sets the first day back.
///
/// # Errors
/// When the database fails or there is no such leave.
pub async fn end_leave(
    tx: &mut Tx,
    by: &Scribe<'_>,
    mut leave: Leave,
    to_on: NaiveDate,
) -> Result<(), DbError> {
    store::end_leave(tx, &leave.id, to_on).await?;
    leave.to_on = Some(to_on);
    write_leave(tx, by, &leave).await
}

async fn write_leave(tx: &mut Tx, by: &Scribe<'_>, leave: &Leave) -> Result<(), DbError> {
    by.write(tx, kind("leave.set")?, leave.id.as_str(), leave_set(leave)).await.map(drop)
}

/// What the log says of a leave.
pub(super) fn leave_set(leave: &Leave) -> Value {
    let mut d = json!({ "staff": leave.staff_id, "from": leave.from_on.to_string() });
    if let (Some(to), Some(d)) = (leave.to_on, d.as_object_mut()) {
        d.insert("to".into(), to.to_string().into());
    }
    d
}

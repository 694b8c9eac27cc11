//! What the training office entered by hand, until it is released.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{HandEntryId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO hand_entry (id, staff_id, what, entered_on, entered_by) VALUES ($1, $2, $3, $4, $5)";
pub(super) const RELEASE: &str = "
    UPDATE hand_entry SET released_on = $3, released_by = $4
     WHERE staff_id = $1 AND what = $2 AND released_on IS NULL";
/// A leave holds a list up only while it lasts.
pub(super) const HELD: &str = "
    SELECT h.staff_id, h.what, MAX(h.entered_on) AS entered_on
      FROM hand_entry h
     WHERE h.released_on IS NULL
       AND (h.what <> 'leave'
            OR EXISTS (SELECT 1
                         FROM leave_of_absence l
                        WHERE l.staff_id = h.staff_id AND l.from_on <= $1 AND (l.to_on IS NULL OR l.to_on > $1)))
     GROUP BY h.staff_id, h.what
     ORDER BY h.staff_id, h.what";
pub(super) const HELD_OF: &str = "
    SELECT staff_id, what, MAX(entered_on) AS entered_on
      FROM hand_entry
     WHERE staff_id = $1 AND released_on IS NULL
     GROUP BY staff_id, what
     ORDER BY what";

/// Something about a person that a list of staff leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Held {
    /// Who.
    pub staff_id: StaffId,
    /// `posting`, `leave` or `left`.
    pub what: String,
    /// When it was entered, the last time.
    pub entered_on: NaiveDate,
}

pub(in crate::people) async fn add(
    tx: &mut Tx,
    id: &HandEntryId,
    held: &Held,
    by: &str,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(id)
        .bind(&held.staff_id)
        .bind(&held.what)
        .bind(held.entered_on)
        .bind(by)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("note what was entered by hand", rows, 1)
}

/// Gives whether there was anything to release.
pub(in crate::people) async fn release(
    tx: &mut Tx,
    staff: &StaffId,
    what: &str,
    on: NaiveDate,
    by: &str,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(RELEASE)
        .bind(staff)
        .bind(what)
        .bind(on)
        .bind(by)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows > 0)
}

/// Everything that holds a list up on a day.
///
/// # Errors
/// When the database fails.
pub async fn held(conn: &mut Conn, day: NaiveDate) -> Result<Vec<Held>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(HELD).bind(day).fetch_all(c).await)?)
}

/// What is held of one person.
///
/// # Errors
/// When the database fails.
pub async fn held_of(conn: &mut Conn, staff: &StaffId) -> Result<Vec<Held>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(HELD_OF).bind(staff).fetch_all(c).await)?)
}

//! Postings and leaves of absence: where somebody works from when to when, and when they are away.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, Value, expect_rows};
use crate::id::{DepartmentId, LeaveId, PostingId, StaffId};
use crate::on;

pub(in crate::people) const ADD: &str = "
    INSERT INTO posting (id, staff_id, department_id, from_on, to_on, main, seconded)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(super) const END: &str = "UPDATE posting SET to_on = $2 WHERE id = $1";
pub(super) const OF: &str = "
    SELECT id, staff_id, department_id, from_on, to_on, main, seconded
      FROM posting
     WHERE staff_id = $1
     ORDER BY from_on, main DESC, id";
pub(super) const OPEN_AFTER: &str = "
    SELECT id, staff_id, department_id, from_on, to_on, main, seconded
      FROM posting
     WHERE to_on IS NULL OR to_on > $1
     ORDER BY id";
pub(super) const MEMBERS: &str = "
    SELECT p.id, p.staff_id, p.department_id, p.from_on, p.to_on, p.main, p.seconded,
           s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman
      FROM posting p
      JOIN staff s ON s.id = p.staff_id
     WHERE p.department_id = $1
       AND (p.to_on IS NULL OR p.to_on > $2)
       AND (p.to_on IS NULL OR p.to_on > p.from_on)
     ORDER BY s.kana_key, s.staff_no, p.from_on, p.id";
pub(super) const HEADS: &str = "
    SELECT p.department_id, CAST(COUNT(*) AS BIGINT)
      FROM posting p
      JOIN staff s ON s.id = p.staff_id
     WHERE p.main = TRUE
       AND p.from_on <= $1
       AND (p.to_on IS NULL OR p.to_on > $1)
       AND (s.left_on IS NULL OR s.left_on > $1)
     GROUP BY p.department_id";
pub(in crate::people) const ADD_LEAVE: &str = "
    INSERT INTO leave_of_absence (id, staff_id, reason, from_on, to_on) VALUES ($1, $2, $3, $4, $5)";
pub(super) const END_LEAVE: &str = "UPDATE leave_of_absence SET to_on = $2 WHERE id = $1";
pub(super) const LEAVES_OF: &str = "
    SELECT id, staff_id, reason, from_on, to_on
      FROM leave_of_absence
     WHERE staff_id = $1
     ORDER BY from_on, id";
pub(super) const AWAY: &str = "
    SELECT staff_id, from_on, to_on FROM leave_of_absence WHERE to_on IS NOT NULL ORDER BY staff_id, from_on, id";
pub(super) const IS_OUT: &str = "
    SELECT CAST(COUNT(*) AS BIGINT)
      FROM staff s
     WHERE s.id = $1
       AND (s.joined_on > $2
            OR (s.left_on IS NOT NULL AND s.left_on <= $2)
            OR EXISTS (SELECT 1
                         FROM leave_of_absence l
                        WHERE l.staff_id = s.id AND l.from_on <= $2 AND (l.to_on IS NULL OR l.to_on > $2)))";

/// A person in a department for a time.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Posting {
    /// Its id.
    pub id: PostingId,
    /// Who.
    pub staff_id: StaffId,
    /// Where.
    pub department_id: DepartmentId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day on which it is over.
    pub to_on: Option<NaiveDate>,
    /// The one by which the person is counted; others are 兼務.
    pub main: bool,
    /// Sent there for a time (出向), and counted where the main posting is.
    pub seconded: bool,
}

/// A posting in a department with whose it is.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Member {
    /// The posting.
    #[sqlx(flatten)]
    pub posting: Posting,
    /// Staff number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Its reading.
    pub family_kana: String,
    /// Its reading.
    pub given_kana: String,
    /// Name in Latin letters.
    pub roman: String,
}

impl Posting {
    /// Whether it holds on any day: one that was taken back before it began does not.
    #[must_use]
    pub fn holds_at_all(&self) -> bool {
        self.to_on.is_none_or(|to| to > self.from_on)
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from_on <= day && self.to_on.is_none_or(|to| to > day)
    }
}

/// A leave of absence: the clock of the person's obligations stands still.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Leave {
    /// Its id.
    pub id: LeaveId,
    /// Who.
    pub staff_id: StaffId,
    /// Why, in a word that others may read.
    pub reason: String,
    /// First day away.
    pub from_on: NaiveDate,
    /// First day back.
    pub to_on: Option<NaiveDate>,
}

/// A row of [`ADD`], to be written with many others.
pub(in crate::people) fn row(new: &Posting) -> [Value; 7] {
    [
        new.id.as_str().to_owned().into(),
        new.staff_id.as_str().to_owned().into(),
        new.department_id.as_str().to_owned().into(),
        new.from_on.into(),
        new.to_on.into(),
        new.main.into(),
        new.seconded.into(),
    ]
}

/// A row of [`ADD_LEAVE`], to be written with many others.
pub(in crate::people) fn leave_row(new: &Leave) -> [Value; 5] {
    [
        new.id.as_str().to_owned().into(),
        new.staff_id.as_str().to_owned().into(),
        (&new.reason).into(),
        new.from_on.into(),
        new.to_on.into(),
    ]
}

pub(in crate::people) async fn add(tx: &mut Tx, new: &Posting) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.staff_id)
        .bind(&new.department_id)
        .bind(new.from_on)
        .bind(new.to_on)
        .bind(new.main)
        .bind(new.seconded)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("add a posting", rows, 1)
}

pub(in crate::people) async fn end(
    tx: &mut Tx,
    id: &PostingId,
    to_on: Option<NaiveDate>,
) -> Result<(), DbError> {
    let rows =
        on!(tx, |c| sqlx::query(END).bind(id).bind(to_on).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("end a posting", rows, 1)
}

/// Every posting of a person, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn postings_of(conn: &mut Conn, staff: &StaffId) -> Result<Vec<Posting>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF).bind(staff).fetch_all(c).await)?)
}

/// Every posting that is not over on a day, those that are still to come among them.
///
/// # Errors
/// When the database fails.
pub async fn postings_after(conn: &mut Conn, day: NaiveDate) -> Result<Vec<Posting>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OPEN_AFTER).bind(day).fetch_all(c).await)?)
}

/// Every posting in a department that is not over on a day, those that are still to come among them, by the reading of the names.
///
/// # Errors
/// When the database fails.
pub async fn members_after(
    conn: &mut Conn,
    department: &DepartmentId,
    day: NaiveDate,
) -> Result<Vec<Member>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(MEMBERS).bind(department).bind(day).fetch_all(c).await)?)
}

/// How many people have their main posting in each department on a day; departments with nobody are left out.
///
/// # Errors
/// When the database fails.
pub async fn heads(conn: &mut Conn, day: NaiveDate) -> Result<Vec<(DepartmentId, i64)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(HEADS).bind(day).fetch_all(c).await)?)
}

pub(in crate::people) async fn add_leave(tx: &mut Tx, new: &Leave) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD_LEAVE)
        .bind(&new.id)
        .bind(&new.staff_id)
        .bind(&new.reason)
        .bind(new.from_on)
        .bind(new.to_on)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("add a leave of absence", rows, 1)
}

pub(in crate::people) async fn end_leave(tx: &mut Tx, id: &LeaveId, to_on: NaiveDate) -> Result<(), DbError> {
    let rows =
        on!(tx, |c| sqlx::query(END_LEAVE).bind(id).bind(to_on).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("end a leave of absence", rows, 1)
}

/// Every leave of a person, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn leaves_of(conn: &mut Conn, staff: &StaffId) -> Result<Vec<Leave>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(LEAVES_OF).bind(staff).fetch_all(c).await)?)
}

/// Whether a person is out of scope on a day: on leave, left, or not yet there.
///
/// # Errors
/// When the database fails.
pub async fn is_out(conn: &mut Conn, staff: &StaffId, day: NaiveDate) -> Result<bool, DbError> {
    let out: i64 = on!(conn, |c| sqlx::query_scalar(IS_OUT).bind(staff).bind(day).fetch_one(c).await)?;
    Ok(out > 0)
}

/// Every leave whose end is known: who, the first day away, the first day back.
///
/// # Errors
/// When the database fails.
pub async fn away(conn: &mut Conn) -> Result<Vec<(StaffId, NaiveDate, NaiveDate)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(AWAY).fetch_all(c).await)?)
}

//! Erasures: what was asked for, and what was done.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::StaffId;
use crate::on;

const ASK: &str = "
    INSERT INTO erasure_request (staff_id, basis, asked_by, asked_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (staff_id) DO NOTHING";
const REQUEST: &str = "SELECT staff_id, basis, asked_by, asked_at FROM erasure_request WHERE staff_id = $1";
const REQUESTS: &str =
    "SELECT staff_id, basis, asked_by, asked_at FROM erasure_request ORDER BY asked_at, staff_id";
const WITHDRAW: &str = "DELETE FROM erasure_request WHERE staff_id = $1";
const ADD: &str = "
    INSERT INTO erasure (staff_id, basis, asked_by, done_by, at, leaf) VALUES ($1, $2, $3, $4, $5, $6)";
const DONE: &str = "SELECT staff_id, basis, asked_by, done_by, at, swept_at FROM erasure WHERE staff_id = $1";
const NEWEST: &str = "
    SELECT staff_id, basis, asked_by, done_by, at, swept_at FROM erasure ORDER BY at DESC, staff_id LIMIT $1";
const ALL: &str = "SELECT staff_id FROM erasure";
const OLDEST_UNSWEPT: &str = "SELECT MIN(at) FROM erasure WHERE swept_at IS NULL";
const SWEPT: &str = "UPDATE erasure SET swept_at = $2 WHERE swept_at IS NULL AND at <= $1";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] =
    &[ASK, REQUEST, REQUESTS, WITHDRAW, ADD, DONE, NEWEST, ALL, OLDEST_UNSWEPT, SWEPT];

/// Why somebody is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The time for which records are kept is over.
    Retention,
    /// The person wished it, and that time is over.
    Wish,
}

impl Basis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Retention, Self::Wish];

    /// Its word in the database, in leaves and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Wish => "wish",
        }
    }

    /// Reads [`Basis::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }
}

impl TryFrom<String> for Basis {
    type Error = DbError;

    fn try_from(code: String) -> Result<Self, DbError> {
        Self::from_code(&code).ok_or_else(|| DbError::Inconsistent(format!("an erasure because of {code}")))
    }
}

/// An erasure that somebody asked for and nobody has confirmed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Request {
    /// Of whom.
    pub staff_id: StaffId,
    /// Why.
    #[sqlx(try_from = "String")]
    pub basis: Basis,
    /// Who asked.
    pub asked_by: StaffId,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// Somebody was erased.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Erasure {
    /// Who.
    pub staff_id: StaffId,
    /// Why.
    #[sqlx(try_from = "String")]
    pub basis: Basis,
    /// Who asked; nobody where it was done on the server's command line.
    pub asked_by: Option<StaffId>,
    /// Who confirmed; nobody where it was done on the server's command line.
    pub done_by: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Since when the files of the database hold none of it either.
    pub swept_at: Option<DateTime<Utc>>,
}

/// Asked twice, it is asked once.
pub(super) async fn ask(tx: &mut Tx, new: &Request) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ASK)
        .bind(&new.staff_id)
        .bind(new.basis.code())
        .bind(&new.asked_by)
        .bind(new.asked_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// What was asked about a person.
///
/// # Errors
/// When the database fails.
pub async fn request(conn: &mut Conn, staff: &StaffId) -> Result<Option<Request>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REQUEST).bind(staff).fetch_optional(c).await)?)
}

pub(super) async fn requests(conn: &mut Conn) -> Result<Vec<Request>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REQUESTS).fetch_all(c).await)?)
}

pub(super) async fn withdraw(tx: &mut Tx, staff: &StaffId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(WITHDRAW).bind(staff).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn add(tx: &mut Tx, new: &Erasure, leaf: i64) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.staff_id)
        .bind(new.basis.code())
        .bind(&new.asked_by)
        .bind(&new.done_by)
        .bind(new.at)
        .bind(leaf)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("write an erasure down", rows, 1)
}

/// The erasure of a person.
///
/// # Errors
/// When the database fails.
pub async fn done(conn: &mut Conn, staff: &StaffId) -> Result<Option<Erasure>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(DONE).bind(staff).fetch_optional(c).await)?)
}

/// Everybody who was erased.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<HashSet<StaffId>, DbError> {
    let ids: Vec<StaffId> = on!(conn, |c| sqlx::query_scalar(ALL).fetch_all(c).await)?;
    Ok(ids.into_iter().collect())
}

pub(super) async fn newest(conn: &mut Conn, limit: i64) -> Result<Vec<Erasure>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NEWEST).bind(limit).fetch_all(c).await)?)
}

/// Since when something that was erased may still stand in the files of the database.
pub(super) async fn oldest_unswept(conn: &mut Conn) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(OLDEST_UNSWEPT).fetch_one(c).await)?)
}

/// What was erased up to an instant stands in no file any more.
pub(super) async fn swept(tx: &mut Tx, up_to: DateTime<Utc>, at: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(SWEPT).bind(up_to).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

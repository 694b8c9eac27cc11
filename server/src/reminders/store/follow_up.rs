//! 声かけ記録: who spoke to whom.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{FollowUpId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO follow_up (id, staff_id, by_id, spoken_on, way, words, next_on, made_at, leaf, salt)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub(super) const OF: &str = "
    SELECT id, staff_id, by_id, spoken_on, way, words, next_on, made_at
      FROM follow_up
     WHERE staff_id = $1
     ORDER BY made_at DESC, id DESC
     LIMIT $2";
pub(super) const NEWEST: &str = "
    SELECT n.id, n.staff_id, n.by_id, n.spoken_on, n.way, n.words, n.next_on, n.made_at
      FROM follow_up n
     WHERE n.made_at >= $1
       AND NOT EXISTS (SELECT 1
                         FROM follow_up m
                        WHERE m.staff_id = n.staff_id
                          AND (m.made_at > n.made_at OR (m.made_at = n.made_at AND m.id > n.id)))";

/// Somebody spoke to somebody.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Note {
    /// Its id.
    pub id: FollowUpId,
    /// To whom.
    pub staff_id: StaffId,
    /// Who.
    pub by_id: StaffId,
    /// On which day.
    pub spoken_on: NaiveDate,
    /// How, as `Way` writes it.
    pub way: String,
    /// What came of it.
    pub words: String,
    /// When they will speak again.
    pub next_on: Option<NaiveDate>,
    /// When it was written down.
    pub made_at: DateTime<Utc>,
}

pub(in crate::reminders) async fn add(tx: &mut Tx, new: &Note, leaf: i64, salt: &str) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.staff_id)
        .bind(&new.by_id)
        .bind(new.spoken_on)
        .bind(&new.way)
        .bind(&new.words)
        .bind(new.next_on)
        .bind(new.made_at)
        .bind(leaf)
        .bind(salt)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("write down who was spoken to", rows, 1)
}

/// The notes about a person, newest first.
///
/// # Errors
/// When the database fails.
pub async fn notes_of(conn: &mut Conn, staff: &StaffId, limit: i64) -> Result<Vec<Note>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF).bind(staff).bind(limit).fetch_all(c).await)?)
}

/// The newest note about each person, as far as it was written since an instant.
///
/// # Errors
/// When the database fails.
pub async fn newest_of(conn: &mut Conn, since: DateTime<Utc>) -> Result<Vec<Note>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NEWEST).bind(since).fetch_all(c).await)?)
}

//! Requirements that are being written and bind nobody yet.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{DraftId, RequirementId, StaffId};
use crate::on;

pub(in crate::requirements) const ADD: &str = "
    INSERT INTO requirement_draft (id, requirement_id, body, made_by, made_at, version)
    VALUES ($1, $2, $3, $4, $5, $6)";
pub(in crate::requirements) const BY_ID: &str = "
    SELECT id, requirement_id, body, made_by, made_at, version FROM requirement_draft WHERE id = $1";
pub(in crate::requirements) const ALL: &str = "
    SELECT id, requirement_id, body, made_by, made_at, version FROM requirement_draft ORDER BY made_at, id";
pub(in crate::requirements) const CHANGE: &str = "
    UPDATE requirement_draft
       SET body = $3, made_by = $4, made_at = $5, version = version + 1
     WHERE id = $1 AND version = $2";
pub(in crate::requirements) const DROP: &str = "
    DELETE FROM requirement_draft WHERE id = $1 AND version = $2";

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DraftRow {
    /// Its id.
    pub id: DraftId,
    /// The requirement whose rule it would change; `None`: it would be a new one.
    pub requirement_id: Option<RequirementId>,
    /// What it says, as text that [`crate::requirements::draft::Draft`] reads.
    pub body: String,
    /// Who wrote it last.
    pub made_by: StaffId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// How often it was written: two who write at once do not overwrite each other.
    pub version: i64,
}

pub(crate) async fn add(tx: &mut Tx, new: &DraftRow) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.requirement_id)
        .bind(&new.body)
        .bind(&new.made_by)
        .bind(new.made_at)
        .bind(new.version)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// A draft by its id.
///
/// # Errors
/// When the database fails.
pub async fn draft(conn: &mut Conn, id: &DraftId) -> Result<Option<DraftRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

/// Every draft, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn drafts(conn: &mut Conn) -> Result<Vec<DraftRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).fetch_all(c).await)?)
}

/// Writes a draft anew, if nobody else has since this version. Tells whether it did.
pub(in crate::requirements) async fn change(tx: &mut Tx, new: &DraftRow) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(CHANGE)
        .bind(&new.id)
        .bind(new.version)
        .bind(&new.body)
        .bind(&new.made_by)
        .bind(new.made_at)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Takes a draft of this version away.
pub(in crate::requirements) async fn drop_draft(
    tx: &mut Tx,
    id: &DraftId,
    version: i64,
) -> Result<(), DbError> {
    let rows =
        on!(tx, |c| sqlx::query(DROP).bind(id).bind(version).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("drop a draft", rows, 1)
}

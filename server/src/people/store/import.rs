//! Files that were compared and wait for somebody to confirm them.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{ImportId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO staff_import (id, made_by, made_at, file_name, plan) VALUES ($1, $2, $3, $4, $5)";
pub(super) const BY_ID: &str = "
    SELECT id, made_by, made_at, file_name, plan, confirmed_at FROM staff_import WHERE id = $1";
pub(super) const NEWEST: &str = "
    SELECT id, made_by, made_at, file_name, '' AS plan, confirmed_at
      FROM staff_import
     ORDER BY made_at DESC, id DESC
     LIMIT 10";
/// An update that changes nothing holds the waiting rows on both engines: confirmations follow each other.
pub(super) const HOLD: &str = "UPDATE staff_import SET made_at = made_at WHERE confirmed_at IS NULL";
pub(super) const PLAN_AGAIN: &str = "
    UPDATE staff_import SET plan = $2, made_at = $3 WHERE id = $1 AND confirmed_at IS NULL";
pub(super) const CONFIRM: &str = "
    UPDATE staff_import SET confirmed_at = $2, plan = $3 WHERE id = $1 AND confirmed_at IS NULL";
pub(super) const FORGET: &str = "DELETE FROM staff_import WHERE confirmed_at IS NULL AND made_at < $1";

pub(super) const FORGET_OLD: &str = "DELETE FROM staff_import WHERE COALESCE(confirmed_at, made_at) < $1";

/// A file that was compared.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Who uploaded it.
    pub made_by: StaffId,
    /// When it was compared, the last time.
    pub made_at: DateTime<Utc>,
    /// The name of the file.
    pub file_name: String,
    /// The plan as JSON; empty in lists.
    pub plan: String,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
}

pub(in crate::people) async fn add(tx: &mut Tx, new: &Import) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.made_by)
        .bind(new.made_at)
        .bind(&new.file_name)
        .bind(&new.plan)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("keep a plan", rows, 1)
}

pub(in crate::people) async fn import(conn: &mut Conn, id: &ImportId) -> Result<Option<Import>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

/// The newest few, without their plans.
pub(in crate::people) async fn newest(conn: &mut Conn) -> Result<Vec<Import>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NEWEST).fetch_all(c).await)?)
}

pub(in crate::people) async fn hold(tx: &mut Tx) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(HOLD).execute(c).await.map(drop))?;
    Ok(())
}

/// `false` when it was confirmed in the meantime.
pub(in crate::people) async fn plan_again(
    tx: &mut Tx,
    id: &ImportId,
    plan: &str,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(PLAN_AGAIN)
        .bind(id)
        .bind(plan)
        .bind(at)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Keeps what was done in the place of what was planned. `false` when it was confirmed before.
pub(in crate::people) async fn confirm(
    tx: &mut Tx,
    id: &ImportId,
    at: DateTime<Utc>,
    done: &str,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(CONFIRM)
        .bind(id)
        .bind(at)
        .bind(done)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Forgets the plans that nobody confirmed before an instant: they are copies of a list of names.
pub(in crate::people) async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(FORGET).bind(before).execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets every plan that was confirmed or made before an instant. Gives how many.
pub(in crate::people) async fn forget_old(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, DbError> {
    let gone = on!(tx, |c| sqlx::query(FORGET_OLD).bind(before).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(gone)
}

//! Departments: a tree, each with the path of ids from its top.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::DepartmentId;
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO department (id, code, name, name_en, parent_id, path, position)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(super) const ALL: &str = "
    SELECT id, code, name, name_en, parent_id, path, position, closed_on
      FROM department
     ORDER BY position, code";
pub(super) const BY_ID: &str = "
    SELECT id, code, name, name_en, parent_id, path, position, closed_on
      FROM department
     WHERE id = $1";
pub(super) const RENAME: &str = "UPDATE department SET name = $2, name_en = $3 WHERE id = $1";
pub(super) const PUT_UNDER: &str = "UPDATE department SET parent_id = $2 WHERE id = $1";
/// Everything at or below a path gets another beginning.
pub(super) const MOVE_PATHS: &str = "
    UPDATE department
       SET path = $2 || SUBSTR(path, CAST($3 AS INTEGER))
     WHERE path LIKE $1 || '%'";
pub(super) const CLOSE: &str = "UPDATE department SET closed_on = $2 WHERE id = $1";

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its code in the hospital's own lists; leading zeros belong to it.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// The department above it.
    pub parent_id: Option<DepartmentId>,
    /// The ids from the top down to this one, each followed by '/'.
    pub path: String,
    /// Its place among its neighbours.
    pub position: i64,
    /// First day on which it no longer exists.
    pub closed_on: Option<NaiveDate>,
}

pub(in crate::people) async fn add(tx: &mut Tx, new: &Department) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.code)
        .bind(&new.name)
        .bind(&new.name_en)
        .bind(&new.parent_id)
        .bind(&new.path)
        .bind(new.position)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("add a department", rows, 1)
}

/// Every department, closed ones too, in the order of position and code.
///
/// # Errors
/// When the database fails.
pub async fn departments(conn: &mut Conn) -> Result<Vec<Department>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).fetch_all(c).await)?)
}

/// A department by its id.
///
/// # Errors
/// When the database fails.
pub async fn department(conn: &mut Conn, id: &DepartmentId) -> Result<Option<Department>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

pub(in crate::people) async fn rename(
    tx: &mut Tx,
    id: &DepartmentId,
    name: &str,
    name_en: &str,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(RENAME)
        .bind(id)
        .bind(name)
        .bind(name_en)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("rename a department", rows, 1)
}

/// Hangs a department and all below it under another one.
pub(in crate::people) async fn put_under(
    tx: &mut Tx,
    id: &DepartmentId,
    parent: Option<&DepartmentId>,
    old_path: &str,
    new_path: &str,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(PUT_UNDER)
        .bind(id)
        .bind(parent)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("hang a department elsewhere", rows, 1)?;
    // A path is ASCII: its length in bytes is its length in characters, on both engines.
    let rest = i64::try_from(old_path.len()).unwrap_or(i64::MAX) + 1;
    on!(tx, |c| sqlx::query(MOVE_PATHS).bind(old_path).bind(new_path).bind(rest).execute(c).await.map(drop))?;
    Ok(())
}

pub(in crate::people) async fn close(tx: &mut Tx, id: &DepartmentId, on: NaiveDate) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(CLOSE).bind(id).bind(on).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("close a department", rows, 1)
}

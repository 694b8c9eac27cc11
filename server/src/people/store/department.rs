//! Departments: a tree, each with the path of ids from its top, as it stands today and as it stood or will stand on any other day.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::DepartmentId;
use crate::on;
use crate::people::department::timeline::{Change, State, What};

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
pub(super) const CLOSE: &str = "UPDATE department SET closed_on = $2 WHERE id = $1";
/// As it stands on a day; a department of which no state is known stands as it does today.
pub(super) const ON_DAY: &str = "
    SELECT d.id, d.code, COALESCE(s.name, d.name) AS name, COALESCE(s.name_en, d.name_en) AS name_en,
           CASE WHEN s.department_id IS NULL THEN d.parent_id ELSE s.parent_id END AS parent_id,
           COALESCE(s.path, d.path) AS path, d.position, d.closed_on, COALESCE(s.is_open, TRUE) AS is_open
      FROM department d
      LEFT JOIN department_state s
        ON s.department_id = d.id AND s.from_on <= $1 AND (s.to_on IS NULL OR s.to_on > $1)
     ORDER BY d.position, d.code";
pub(super) const CHANGES: &str = "
    SELECT department_id, from_on, what, name, name_en, parent_id FROM department_change ORDER BY number";
pub(super) const ADD_CHANGE: &str = "
    INSERT INTO department_change (number, department_id, from_on, what, name, name_en, parent_id, leaf)
    SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM department_change";
pub(super) const STATES: &str = "
    SELECT department_id, from_on, to_on, name, name_en, parent_id, path, is_open
      FROM department_state
     ORDER BY department_id, from_on";
pub(super) const ADD_STATE: &str = "
    INSERT INTO department_state (department_id, from_on, to_on, name, name_en, parent_id, path, is_open)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(super) const DROP_STATE: &str = "DELETE FROM department_state WHERE department_id = $1 AND from_on = $2";
/// What has come to hold by a day stands in the departments themselves.
pub(super) const COME_INTO_FORCE: &str = "
    UPDATE department
       SET name = (SELECT s.name FROM department_state s
                    WHERE s.department_id = department.id AND s.from_on <= $1 AND (s.to_on IS NULL OR s.to_on > $1)),
           name_en = (SELECT s.name_en FROM department_state s
                       WHERE s.department_id = department.id AND s.from_on <= $1 AND (s.to_on IS NULL OR s.to_on > $1)),
           parent_id = (SELECT s.parent_id FROM department_state s
                         WHERE s.department_id = department.id AND s.from_on <= $1 AND (s.to_on IS NULL OR s.to_on > $1)),
           path = (SELECT s.path FROM department_state s
                    WHERE s.department_id = department.id AND s.from_on <= $1 AND (s.to_on IS NULL OR s.to_on > $1))
     WHERE EXISTS (SELECT 1 FROM department_state s
                    WHERE s.department_id = department.id AND s.from_on <= $1 AND (s.to_on IS NULL OR s.to_on > $1)
                      AND (s.name <> department.name OR s.name_en <> department.name_en OR s.path <> department.path))";

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its code in the hospital's own lists; leading zeros belong to it. It never changes.
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

/// A department as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OnDay {
    /// The department.
    #[sqlx(flatten)]
    pub department: Department,
    /// Opened by then, and not yet closed.
    pub is_open: bool,
}

#[derive(FromRow)]
struct ChangeRow {
    department_id: DepartmentId,
    from_on: NaiveDate,
    what: String,
    name: Option<String>,
    name_en: Option<String>,
    parent_id: Option<DepartmentId>,
}

#[derive(FromRow)]
struct StateRow {
    department_id: DepartmentId,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
    name: String,
    name_en: String,
    parent_id: Option<DepartmentId>,
    path: String,
    is_open: bool,
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

/// Every department as it stands today, closed ones and those still to be opened too, in the order of position and code.
///
/// # Errors
/// When the database fails.
pub async fn departments(conn: &mut Conn) -> Result<Vec<Department>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).fetch_all(c).await)?)
}

/// Every department as it stood or will stand on a day, in the same order.
///
/// # Errors
/// When the database fails.
pub async fn departments_on(conn: &mut Conn, day: NaiveDate) -> Result<Vec<OnDay>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ON_DAY).bind(day).fetch_all(c).await)?)
}

/// A department by its id, as it stands today.
///
/// # Errors
/// When the database fails.
pub async fn department(conn: &mut Conn, id: &DepartmentId) -> Result<Option<Department>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

/// Everything that became or will become of any department, in the order in which it was entered.
///
/// # Errors
/// When the database fails, or a stored change cannot be read.
pub async fn changes(conn: &mut Conn) -> Result<Vec<Change>, DbError> {
    let rows: Vec<ChangeRow> = on!(conn, |c| sqlx::query_as(CHANGES).fetch_all(c).await)?;
    rows.into_iter()
        .map(|row| {
            let (name, name_en) = (row.name.unwrap_or_default(), row.name_en.unwrap_or_default());
            let what = match row.what.as_str() {
                "opened" => What::Opened { name, name_en, parent: row.parent_id },
                "renamed" => What::Renamed { name, name_en },
                "moved" => What::Moved { parent: row.parent_id },
                "closed" => What::Closed,
                other => {
                    return Err(DbError::Inconsistent(format!("no such change of a department: {other}")));
                }
            };
            Ok(Change { department: row.department_id, from_on: row.from_on, what })
        })
        .collect()
}

pub(in crate::people) async fn add_change(tx: &mut Tx, change: &Change, leaf: i64) -> Result<(), DbError> {
    let (what, name, name_en, parent) = match &change.what {
        What::Opened { name, name_en, parent } => ("opened", Some(name), Some(name_en), parent.as_ref()),
        What::Renamed { name, name_en } => ("renamed", Some(name), Some(name_en), None),
        What::Moved { parent } => ("moved", None, None, parent.as_ref()),
        What::Closed => ("closed", None, None, None),
    };
    let rows = on!(tx, |c| sqlx::query(ADD_CHANGE)
        .bind(&change.department)
        .bind(change.from_on)
        .bind(what)
        .bind(name)
        .bind(name_en)
        .bind(parent)
        .bind(leaf)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("note what became of a department", rows, 1)
}

/// Brings the stored states in line with these, touching only those that differ.
pub(in crate::people) async fn keep_states(tx: &mut Tx, wanted: &[State]) -> Result<(), DbError> {
    let rows: Vec<StateRow> = on!(tx, |c| sqlx::query_as(STATES).fetch_all(c).await)?;
    let kept: Vec<State> = rows.into_iter().map(State::from).collect();
    let key = |state: &State| (state.department.clone(), state.from_on);
    let known: std::collections::BTreeMap<_, _> = kept.iter().map(|state| (key(state), state)).collect();
    let new: std::collections::BTreeMap<_, _> = wanted.iter().map(|state| (key(state), state)).collect();
    for (key, state) in &known {
        if new.get(key) != Some(state) {
            let (department, from_on) = key;
            on!(tx, |c| sqlx::query(DROP_STATE).bind(department).bind(from_on).execute(c).await.map(drop))?;
        }
    }
    for (key, state) in &new {
        if known.get(key) == Some(state) {
            continue;
        }
        let rows = on!(tx, |c| sqlx::query(ADD_STATE)
            .bind(&state.department)
            .bind(state.from_on)
            .bind(state.to_on)
            .bind(&state.name)
            .bind(&state.name_en)
            .bind(&state.parent)
            .bind(&state.path)
            .bind(state.is_open)
            .execute(c)
            .await
            .map(|d| d.rows_affected()))?;
        expect_rows("keep how a department stands", rows, 1)?;
    }
    Ok(())
}

impl From<StateRow> for State {
    fn from(row: StateRow) -> Self {
        Self {
            department: row.department_id,
            from_on: row.from_on,
            to_on: row.to_on,
            name: row.name,
            name_en: row.name_en,
            parent: row.parent_id,
            path: row.path,
            is_open: row.is_open,
        }
    }
}

pub(in crate::people) async fn close(tx: &mut Tx, id: &DepartmentId, on: NaiveDate) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(CLOSE).bind(id).bind(on).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("close a department", rows, 1)
}

/// Lets what holds by a day stand in the departments themselves. Gives how many changed.
pub(in crate::people) async fn come_into_force(tx: &mut Tx, day: NaiveDate) -> Result<u64, DbError> {
    Ok(on!(tx, |c| sqlx::query(COME_INTO_FORCE).bind(day).execute(c).await.map(|d| d.rows_affected()))?)
}

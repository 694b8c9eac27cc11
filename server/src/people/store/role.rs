//! Roles that people were given, and until when.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::FromRow;

use super::staff::Staff;
use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{DepartmentId, GrantId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO role_grant (id, staff_id, role, department_id, granted_at, ends_on, deputy)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(super) const REVOKE: &str = "UPDATE role_grant SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
pub(super) const OF: &str = "
    SELECT id, staff_id, role, department_id, granted_at, revoked_at, ends_on, deputy
      FROM role_grant
     WHERE staff_id = $1
     ORDER BY granted_at, id";
pub(super) const BY_ID: &str = "
    SELECT id, staff_id, role, department_id, granted_at, revoked_at, ends_on, deputy FROM role_grant WHERE id = $1";
pub(super) const OF_DEPARTMENT: &str = "
    SELECT id, staff_id, role, department_id, granted_at, revoked_at, ends_on, deputy
      FROM role_grant
     WHERE department_id = $1 AND revoked_at IS NULL AND (ends_on IS NULL OR ends_on > $2)
     ORDER BY granted_at, id";
pub(super) const OVER: &str = "
    SELECT id, staff_id, role, department_id, granted_at, revoked_at, ends_on, deputy
      FROM role_grant
     WHERE revoked_at IS NULL AND ends_on <= $1
     ORDER BY ends_on, id";
pub(super) const END_ON: &str = "UPDATE role_grant SET ends_on = $2 WHERE id = $1 AND revoked_at IS NULL";
pub(super) const MANAGERS: &str = "
    SELECT g.department_id, s.id AS staff_id, s.staff_no, s.family, s.given, s.roman, g.ends_on, g.deputy
      FROM role_grant g
      JOIN staff s ON s.id = g.staff_id
     WHERE g.role = 'manager'
       AND g.department_id IS NOT NULL
       AND g.granted_at <= $1
       AND (g.revoked_at IS NULL OR g.revoked_at > $1)
       AND (g.ends_on IS NULL OR g.ends_on > $2)
       AND (s.left_on IS NULL OR s.left_on > $2)
     ORDER BY g.deputy, s.kana_key, s.staff_no";
pub(super) const MANAGED: &str = "
    SELECT staff_id, department_id
      FROM role_grant
     WHERE role = 'manager' AND department_id IS NOT NULL AND revoked_at IS NULL
     ORDER BY staff_id, department_id";
pub(super) const AUDITORS: &str = "
    SELECT DISTINCT staff_id FROM role_grant WHERE role = 'auditor' AND revoked_at IS NULL ORDER BY staff_id";
pub(super) const OF_LEAVERS: &str = "
    SELECT DISTINCT g.staff_id
      FROM role_grant g
      JOIN staff s ON s.id = g.staff_id
     WHERE g.revoked_at IS NULL AND s.left_on <= $1
     ORDER BY g.staff_id";

/// One row for each role, or one without any.
pub(super) const IN_FORCE: &str = "
    SELECT s.id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman, s.profession, s.employment,
           s.joined_on, s.left_on, s.mail,
           g.role, g.department_id, g.deputy, COALESCE(w.path, d.path) AS path
      FROM staff s
      LEFT JOIN role_grant g
        ON g.staff_id = s.id
       AND g.granted_at <= $2
       AND (g.revoked_at IS NULL OR g.revoked_at > $2)
       AND (g.ends_on IS NULL OR g.ends_on > $3)
      LEFT JOIN department d ON d.id = g.department_id
      LEFT JOIN department_state w
        ON w.department_id = d.id AND w.from_on <= $3 AND (w.to_on IS NULL OR w.to_on > $3)
     WHERE s.id = $1
     ORDER BY g.role, COALESCE(w.path, d.path)";

/// A role that somebody was given.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Who.
    pub staff_id: StaffId,
    /// `manager`, `office` or `auditor`.
    pub role: String,
    /// For a manager: the department at the top.
    pub department_id: Option<DepartmentId>,
    /// From when.
    pub granted_at: DateTime<Utc>,
    /// Until when.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The first day on which it no longer holds, where that was set beforehand.
    pub ends_on: Option<NaiveDate>,
    /// In the place of the manager for a time (代行), with the same rights.
    pub deputy: bool,
}

/// A role that holds at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// `manager`, `office` or `auditor`.
    pub role: String,
    /// For a manager: the department at the top.
    pub department_id: Option<DepartmentId>,
    /// In the place of the manager for a time.
    pub deputy: bool,
    /// The path of the department on that day.
    pub path: Option<String>,
}

#[derive(FromRow)]
struct PersonRow {
    #[sqlx(flatten)]
    person: Staff,
    role: Option<String>,
    department_id: Option<DepartmentId>,
    deputy: Option<bool>,
    path: Option<String>,
}

/// A person with the roles that they hold at an instant that lies on this day. Whose end was set beforehand no longer holds from the first
/// minute of that day on. Every request asks this, so it is one statement.
///
/// # Errors
/// When the database fails.
pub async fn in_force(
    conn: &mut Conn,
    staff: &StaffId,
    at: DateTime<Utc>,
    day: NaiveDate,
) -> Result<Option<(Staff, Vec<InForce>)>, DbError> {
    let rows: Vec<PersonRow> =
        on!(conn, |c| sqlx::query_as(IN_FORCE).bind(staff).bind(at).bind(day).fetch_all(c).await)?;
    let mut found: Option<(Staff, Vec<InForce>)> = None;
    for PersonRow { person, role, department_id, deputy, path } in rows {
        let (_, roles) = found.get_or_insert_with(|| (person, Vec::new()));
        roles.extend(role.map(|role| InForce { role, department_id, deputy: deputy.unwrap_or(false), path }));
    }
    Ok(found)
}

/// Who manages a department.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ManagerOf {
    /// The department at the top.
    pub department_id: DepartmentId,
    /// Who.
    pub staff_id: StaffId,
    /// Staff number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Name in Latin letters.
    pub roman: String,
    /// The first day on which it no longer holds, where that was set beforehand.
    pub ends_on: Option<NaiveDate>,
    /// In the place of the manager for a time (代行).
    pub deputy: bool,
}

pub(in crate::people) async fn add(tx: &mut Tx, new: &Grant) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.staff_id)
        .bind(&new.role)
        .bind(&new.department_id)
        .bind(new.granted_at)
        .bind(new.ends_on)
        .bind(new.deputy)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("grant a role", rows, 1)
}

/// `false` when it was revoked already.
pub(in crate::people) async fn revoke(tx: &mut Tx, id: &GrantId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let rows =
        on!(tx, |c| sqlx::query(REVOKE).bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Sets the first day on which a role no longer holds. `false` when it was revoked already.
pub(in crate::people) async fn end_on(tx: &mut Tx, id: &GrantId, on: NaiveDate) -> Result<bool, DbError> {
    let rows =
        on!(tx, |c| sqlx::query(END_ON).bind(id).bind(on).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// A role by its id.
///
/// # Errors
/// When the database fails.
pub async fn grant_by_id(conn: &mut Conn, id: &GrantId) -> Result<Option<Grant>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

/// The roles for one department that hold on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn grants_for(
    conn: &mut Conn,
    department: &DepartmentId,
    day: NaiveDate,
) -> Result<Vec<Grant>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_DEPARTMENT).bind(department).bind(day).fetch_all(c).await)?)
}

/// The roles whose end was set for a day or earlier and that nobody has taken away yet.
pub(in crate::people) async fn over(conn: &mut Conn, day: NaiveDate) -> Result<Vec<Grant>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OVER).bind(day).fetch_all(c).await)?)
}

/// Every role that a person ever had, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn grants_of(conn: &mut Conn, staff: &StaffId) -> Result<Vec<Grant>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF).bind(staff).fetch_all(c).await)?)
}

/// Who manages which department at an instant that lies on this day, by reading.
///
/// # Errors
/// When the database fails.
pub async fn managers(conn: &mut Conn, at: DateTime<Utc>, day: NaiveDate) -> Result<Vec<ManagerOf>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(MANAGERS).bind(at).bind(day).fetch_all(c).await)?)
}

/// That somebody manages a department, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Managed {
    /// Who.
    pub staff_id: StaffId,
    /// The department at the top.
    pub department_id: DepartmentId,
}

/// Everything that is managed now.
///
/// # Errors
/// When the database fails.
pub async fn managed(conn: &mut Conn) -> Result<Vec<Managed>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(MANAGED).fetch_all(c).await)?)
}

/// Everybody who was made an auditor and still is.
///
/// # Errors
/// When the database fails.
pub async fn auditors(conn: &mut Conn) -> Result<Vec<StaffId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(AUDITORS).fetch_all(c).await)?)
}

/// Everybody who is gone on a day and still has a role.
pub(in crate::people) async fn of_leavers(conn: &mut Conn, day: NaiveDate) -> Result<Vec<StaffId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(OF_LEAVERS).bind(day).fetch_all(c).await)?)
}

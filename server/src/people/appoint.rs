//! Giving somebody a role and taking it away, by staff number: how the first training office of a hospital comes to be.

use super::department::{Department, departments};
use super::role::{self, Role, grants_of};
use super::scribe::Scribe;
use super::staff::{Staff, staff_by_number};
use crate::audit::hold;
use crate::db::{Conn, DbError, Tx};

/// A role as it is asked for: a department by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleWanted {
    /// 教育研修の担当.
    Office,
    /// 監査者.
    Auditor,
    /// 所属長 of the department with this code.
    Manager(String),
}

/// Why a role was neither given nor taken. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AppointError {
    /// Nobody has the staff number.
    #[error("{0}: there is nobody with this staff number.\n{0}：この職員番号の人はいません。")]
    Nobody(String),
    /// The person has left.
    #[error("{0}: this person has left the hospital.\n{0}：この人はもう在籍していません。")]
    Left(String),
    /// No department has the code.
    #[error("{0}: there is no department with this code.\n{0}：このコードの部署はありません。")]
    NoDepartment(String),
    /// The department is closed.
    #[error("{0}: this department is closed.\n{0}：この部署は廃止されています。")]
    Closed(String),
    /// The person has the role already.
    #[error(
        "{0} has this role already: nothing was changed.\n{0}にはこの権限がもうあります。何も変えていません。"
    )]
    Held(String),
    /// The person does not have the role.
    #[error(
        "{0} does not have this role: nothing was changed.\n{0}にこの権限はありません。何も変えていません。"
    )]
    NotHeld(String),
    /// The records.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Gives somebody in post, or about to be, a role from now on.
///
/// # Errors
/// [`AppointError`]; then nothing was written.
pub async fn appoint(
    tx: &mut Tx,
    by: &Scribe<'_>,
    staff_no: &str,
    wanted: &RoleWanted,
) -> Result<Staff, AppointError> {
    // Held before looking: two who appoint the same person follow each other.
    let now = hold(tx, by.ledger, by.clock).await?;
    let today = by.ledger.calendar.date(now);
    let staff = person(tx, staff_no).await?;
    if !staff.is_staff_on(today) {
        return Err(AppointError::Left(staff.staff_no));
    }
    let (role, department) = role_of(tx, wanted).await?;
    if let Some(closed) = department.filter(|each| each.closed_on.is_some_and(|day| day <= today)) {
        return Err(AppointError::Closed(closed.code));
    }
    if grants_of(tx, &staff.id).await?.iter().any(|grant| grant.is_of(&role)) {
        return Err(AppointError::Held(staff.staff_no));
    }
    role::grant(tx, by, &staff.id, &role).await?;
    Ok(staff)
}

/// Takes a role away from now on.
///
/// # Errors
/// [`AppointError`]; then nothing was written.
pub async fn dismiss(
    tx: &mut Tx,
    by: &Scribe<'_>,
    staff_no: &str,
    wanted: &RoleWanted,
) -> Result<Staff, AppointError> {
    hold(tx, by.ledger, by.clock).await?;
    let staff = person(tx, staff_no).await?;
    let (role, _) = role_of(tx, wanted).await?;
    let grants = grants_of(tx, &staff.id).await?;
    let held: Vec<_> = grants.iter().filter(|grant| grant.is_of(&role)).collect();
    if held.is_empty() {
        return Err(AppointError::NotHeld(staff.staff_no));
    }
    for grant in held {
        role::revoke(tx, by, grant).await?;
    }
    Ok(staff)
}

async fn person(conn: &mut Conn, staff_no: &str) -> Result<Staff, AppointError> {
    staff_by_number(conn, staff_no).await?.ok_or_else(|| AppointError::Nobody(staff_no.to_owned()))
}

async fn role_of(conn: &mut Conn, wanted: &RoleWanted) -> Result<(Role, Option<Department>), AppointError> {
    let code = match wanted {
        RoleWanted::Office => return Ok((Role::Office, None)),
        RoleWanted::Auditor => return Ok((Role::Auditor, None)),
        RoleWanted::Manager(code) => code,
    };
    let found = departments(conn).await?.into_iter().find(|each| each.code == *code);
    let department = found.ok_or_else(|| AppointError::NoDepartment(code.clone()))?;
    Ok((Role::Manager(department.id.clone()), Some(department)))
}

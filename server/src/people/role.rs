//! Who may do more than learn.

use std::collections::BTreeSet;

use serde_json::json;

use super::scribe::Scribe;
use super::store::role as store;
pub use super::store::role::{Grant, Managed, ManagerOf, grants_of, managed, managers};
use crate::audit::Kind;
use crate::db::{DbError, Tx};
use crate::id::{DepartmentId, GrantId, StaffId};

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// 所属長 of a department and all below it.
    Manager(DepartmentId),
    /// 教育研修の担当.
    Office,
    /// 監査者.
    Auditor,
}

impl Role {
    const fn code(&self) -> &'static str {
        match self {
            Self::Manager(_) => "manager",
            Self::Office => "office",
            Self::Auditor => "auditor",
        }
    }

    const fn department(&self) -> Option<&DepartmentId> {
        match self {
            Self::Manager(department) => Some(department),
            Self::Office | Self::Auditor => None,
        }
    }
}

impl Grant {
    /// Whether it gives this role and still holds.
    #[must_use]
    pub fn is_of(&self, role: &Role) -> bool {
        self.revoked_at.is_none()
            && self.role == role.code()
            && self.department_id.as_ref() == role.department()
    }
}

/// Gives a person a role from now on.
///
/// # Errors
/// When the database fails, or the person or the department does not exist.
pub async fn grant(tx: &mut Tx, by: &Scribe<'_>, staff: &StaffId, role: &Role) -> Result<GrantId, DbError> {
    let grant = Grant {
        id: GrantId::new(by.clock),
        staff_id: staff.clone(),
        role: role.code().to_owned(),
        department_id: role.department().cloned(),
        granted_at: by.clock.now(),
        revoked_at: None,
    };
    store::add(tx, &grant).await?;
    let mut d = json!({ "grant": grant.id, "role": role.code() });
    if let (Some(department), Some(d)) = (role.department(), d.as_object_mut()) {
        d.insert("department".into(), department.as_str().into());
    }
    by.write(tx, Kind::ROLE_GRANT, staff.as_str(), d).await?;
    Ok(grant.id)
}

/// Takes a role away from now on. One that was taken away already stays so.
///
/// # Errors
/// When the database fails.
pub async fn revoke(tx: &mut Tx, by: &Scribe<'_>, grant: &Grant) -> Result<(), DbError> {
    if store::revoke(tx, &grant.id, by.clock.now()).await? {
        let d = json!({ "grant": grant.id, "role": grant.role });
        by.write(tx, Kind::ROLE_REVOKE, grant.staff_id.as_str(), d).await?;
    }
    Ok(())
}

/// Takes away that a person manages these departments, for somebody who no longer works there.
///
/// # Errors
/// When the database fails.
pub(super) async fn revoke_managed(
    tx: &mut Tx,
    by: &Scribe<'_>,
    staff: &StaffId,
    departments: &BTreeSet<DepartmentId>,
) -> Result<(), DbError> {
    for held in grants_of(tx, staff).await? {
        let ends = held.department_id.as_ref().is_some_and(|department| departments.contains(department));
        if held.revoked_at.is_none() && ends {
            revoke(tx, by, &held).await?;
        }
    }
    Ok(())
}

/// Takes away the roles of everybody whose last day of work was set beforehand and has passed. Can be run again without harm.
/// Gives how many people lost one.
///
/// # Errors
/// When the database fails.
pub async fn revoke_of_leavers(tx: &mut Tx, by: &Scribe<'_>) -> Result<usize, DbError> {
    let gone = store::of_leavers(tx, by.ledger.calendar.date(by.clock.now())).await?;
    for staff in &gone {
        revoke_all(tx, by, staff).await?;
    }
    Ok(gone.len())
}

/// Takes every role of a person away: whoever leaves does not find them again when they come back.
///
/// # Errors
/// When the database fails.
pub(super) async fn revoke_all(tx: &mut Tx, by: &Scribe<'_>, staff: &StaffId) -> Result<(), DbError> {
    for held in grants_of(tx, staff).await? {
        if held.revoked_at.is_none() {
            revoke(tx, by, &held).await?;
        }
    }
    Ok(())
}

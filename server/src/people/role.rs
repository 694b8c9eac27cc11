//! Who may do more than learn.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use serde_json::json;

use super::scribe::{Scribe, kind};
use super::store::role as store;
pub use super::store::role::{
    Grant, Managed, ManagerOf, auditors, grant_by_id, grants_for, grants_of, managed, managers,
};
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

/// How long a role is given for, and in whose place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The first day on which it no longer holds.
    pub ends_on: Option<NaiveDate>,
    /// In the place of the manager (代行): the same rights, marked as such, for [a year](LONGEST_DEPUTY) at most.
    pub deputy: bool,
}

/// How long somebody may stand in for a manager: whoever does it longer is the manager.
pub const LONGEST_DEPUTY: Months = Months::new(12);

/// Gives a person a role from now on.
///
/// # Errors
/// When the database fails, or the person or the department does not exist.
pub async fn grant(tx: &mut Tx, by: &Scribe<'_>, staff: &StaffId, role: &Role) -> Result<GrantId, DbError> {
    grant_for(tx, by, staff, role, Term::default()).await
}

/// Gives a person a role from now on, for a time.
///
/// # Errors
/// When the database fails, the person or the department does not exist, or a deputy has no end within a year.
pub async fn grant_for(
    tx: &mut Tx,
    by: &Scribe<'_>,
    staff: &StaffId,
    role: &Role,
    term: Term,
) -> Result<GrantId, DbError> {
    let latest = by.today().checked_add_months(LONGEST_DEPUTY);
    if term.deputy && term.ends_on.is_none_or(|on| latest.is_some_and(|latest| on > latest)) {
        return Err(DbError::Setup("a deputy has an end within a year".into()));
    }
    let grant = Grant {
        id: GrantId::new(by.clock),
        staff_id: staff.clone(),
        role: role.code().to_owned(),
        department_id: role.department().cloned(),
        granted_at: by.clock.now(),
        revoked_at: None,
        ends_on: term.ends_on,
        deputy: term.deputy,
    };
    store::add(tx, &grant).await?;
    let mut d = json!({ "grant": grant.id, "role": role.code() });
    if let Some(d) = d.as_object_mut() {
        d.extend(role.department().map(|department| ("department".into(), department.as_str().into())));
        d.extend(term.ends_on.map(|on| ("ends".into(), on.to_string().into())));
        d.extend(term.deputy.then(|| ("deputy".into(), true.into())));
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

/// Sets the first day on which a role no longer holds. One that ends earlier stays so.
///
/// # Errors
/// When the database fails.
pub async fn end_role(tx: &mut Tx, by: &Scribe<'_>, grant: &Grant, on: NaiveDate) -> Result<(), DbError> {
    let ends_before = grant.ends_on.is_some_and(|known| known <= on);
    if !ends_before && store::end_on(tx, &grant.id, on).await? {
        let d = json!({ "grant": grant.id, "role": grant.role, "ends": on.to_string() });
        by.write(tx, kind("role.end")?, grant.staff_id.as_str(), d).await?;
    }
    Ok(())
}

/// Writes down that the roles are over whose end was set beforehand and has come; from that day on they gave no rights. Can be run again
/// without harm. Gives how many ended.
///
/// # Errors
/// When the database fails.
pub async fn revoke_ended(tx: &mut Tx, by: &Scribe<'_>) -> Result<usize, DbError> {
    let over = store::over(tx, by.today()).await?;
    for grant in &over {
        revoke(tx, by, grant).await?;
    }
    Ok(over.len())
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
    let gone = store::of_leavers(tx, by.today()).await?;
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

//! Opening, renaming, moving and closing departments, each from a day on. No past day changes by it.

pub mod timeline;

use chrono::NaiveDate;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::scribe::{Scribe, kind};
use super::store::department as store;
pub use super::store::department::{Department, OnDay, changes, department, departments, departments_on};
use crate::audit::Kind;
use crate::db::{DbError, Tx};
use crate::id::DepartmentId;
use kokoroe_app::Lang;
use timeline::{Change, What};

/// A department that does not exist yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDepartment {
    /// Its code; nobody else may have it.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The same in English. Empty: the name stands for both.
    pub name_en: String,
    /// The department above it; `None` at the top.
    pub parent: Option<DepartmentId>,
    /// Its place among its neighbours; those with the same place stand by their codes.
    pub position: i64,
}

impl Department {
    /// What it is called in a language.
    #[must_use]
    pub fn name_in(&self, lang: Lang) -> &str {
        lang.either(&self.name, &self.name_en)
    }
}

/// Makes a department below another one, or at the top, from today on.
///
/// # Errors
/// When the database fails, the code is taken or the department above does not exist.
pub async fn add_department(
    tx: &mut Tx,
    by: &Scribe<'_>,
    new: &NewDepartment,
) -> Result<DepartmentId, DbError> {
    let id = open(tx, by, new, by.today()).await?;
    settle(tx, by).await?;
    Ok(id)
}

/// Opens departments today, each with the place in the list of the one above it, which comes before it.
///
/// # Errors
/// As [`add_department`].
pub(crate) async fn add_departments(
    tx: &mut Tx,
    by: &Scribe<'_>,
    all: Vec<(NewDepartment, Option<usize>)>,
) -> Result<Vec<DepartmentId>, DbError> {
    let mut ids: Vec<DepartmentId> = Vec::with_capacity(all.len());
    for (new, above) in all {
        let parent = above.and_then(|place| ids.get(place).cloned());
        ids.push(open(tx, by, &NewDepartment { parent, ..new }, by.today()).await?);
    }
    settle(tx, by).await?;
    Ok(ids)
}

/// Calls a department something else, from today on.
///
/// # Errors
/// When the database fails or there is no such department.
pub async fn rename_department(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    name: &str,
    name_en: &str,
) -> Result<(), DbError> {
    rename(tx, by, id, name, name_en, by.today()).await?;
    settle(tx, by).await
}

/// Hangs a department, with all below it, under another one, from today on.
///
/// # Errors
/// When the database fails, or the department would lie below itself.
pub async fn move_department(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    parent: Option<&DepartmentId>,
) -> Result<(), DbError> {
    put(tx, by, id, parent, by.today()).await?;
    settle(tx, by).await
}

/// Closes a department from a day on. Its people and its past stay where they are.
///
/// # Errors
/// When the database fails or there is no such department.
pub async fn close_department(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    on: NaiveDate,
) -> Result<(), DbError> {
    close(tx, by, id, on).await?;
    settle(tx, by).await
}

// Several changes of one write are noted one after the other and settled once.

/// Notes a new department from a day on. It holds once it is [settled](settle).
///
/// # Errors
/// When the database fails, the code is taken or the department above does not exist.
pub(super) async fn open(
    tx: &mut Tx,
    by: &Scribe<'_>,
    new: &NewDepartment,
    from_on: NaiveDate,
) -> Result<DepartmentId, DbError> {
    let id = DepartmentId::new(by.clock);
    let above = match &new.parent {
        None => String::new(),
        Some(parent) => known(tx, parent).await?.path,
    };
    let name_en = if new.name_en.is_empty() { new.name.clone() } else { new.name_en.clone() };
    let department = Department {
        path: format!("{above}{id}/"),
        id: id.clone(),
        code: new.code.clone(),
        name: new.name.clone(),
        name_en,
        parent_id: new.parent.clone(),
        position: new.position,
        closed_on: None,
    };
    store::add(tx, &department).await?;
    let d = json!({
        "parent": new.parent, "names": names(&department.name, &department.name_en), "from": from_on.to_string(),
    });
    let what =
        What::Opened { name: department.name, name_en: department.name_en, parent: department.parent_id };
    note(tx, by, &id, from_on, what, (kind("dept.open")?, d)).await?;
    Ok(id)
}

/// Notes another name from a day on.
///
/// # Errors
/// When the database fails or there is no such department.
pub(super) async fn rename(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    name: &str,
    name_en: &str,
    from_on: NaiveDate,
) -> Result<(), DbError> {
    known(tx, id).await?;
    let name_en = if name_en.is_empty() { name } else { name_en };
    let d = json!({ "names": names(name, name_en), "from": from_on.to_string() });
    let what = What::Renamed { name: name.to_owned(), name_en: name_en.to_owned() };
    note(tx, by, id, from_on, what, (kind("dept.rename")?, d)).await
}

/// Notes another place in the tree from a day on. Written down: it decides who counts where and who may see whom.
///
/// # Errors
/// When the database fails or there is no such department.
pub(super) async fn put(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    parent: Option<&DepartmentId>,
    from_on: NaiveDate,
) -> Result<(), DbError> {
    known(tx, id).await?;
    let from = from_on.to_string();
    let d = match parent {
        None => json!({ "top": true, "from": from }),
        Some(parent) => json!({ "parent": parent, "from": from }),
    };
    let what = What::Moved { parent: parent.cloned() };
    note(tx, by, id, from_on, what, (Kind::DEPT_MOVE, d)).await
}

/// Notes that a department no longer exists from a day on.
///
/// # Errors
/// When the database fails or there is no such department.
pub(super) async fn close(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    on: NaiveDate,
) -> Result<(), DbError> {
    store::close(tx, id, on).await?;
    let d = json!({ "on": on.to_string() });
    note(tx, by, id, on, What::Closed, (kind("dept.close")?, d)).await
}

async fn note(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    from_on: NaiveDate,
    what: What,
    (kind, d): (Kind, Value),
) -> Result<(), DbError> {
    let leaf = by.write(tx, kind, id.as_str(), d).await?;
    store::add_change(tx, &Change { department: id.clone(), from_on, what }, leaf).await
}

/// Works out how every department stands on every day, after changes were noted.
///
/// # Errors
/// When the database fails, or a department would lie below itself on some day.
pub(super) async fn settle(tx: &mut Tx, by: &Scribe<'_>) -> Result<(), DbError> {
    let changes = store::changes(tx).await?;
    let states = timeline::states(&changes)
        .map_err(|ring| DbError::Setup(format!("a department cannot lie below itself: {ring}")))?;
    store::keep_states(tx, &states).await?;
    store::come_into_force(tx, by.today()).await.map(drop)
}

/// Lets the changes that were decided for today, or for a day since, hold wherever people work by what is in force. Reports and rights go by
/// the day itself and need no such step. Can be done again without harm. Gives how many departments changed.
///
/// # Errors
/// When the database fails.
pub async fn come_into_force(tx: &mut Tx, by: &Scribe<'_>) -> Result<u64, DbError> {
    store::come_into_force(tx, by.today()).await
}

/// What the log holds of a department's names: their hash, so that a report under another name can be told.
fn names(name: &str, name_en: &str) -> String {
    hex::encode(Sha256::digest(format!("{name}\n{name_en}").as_bytes()))
}

async fn known(tx: &mut Tx, id: &DepartmentId) -> Result<Department, DbError> {
    let found = store::department(tx, id).await?;
    found.ok_or_else(|| DbError::Inconsistent(format!("no department {id}")))
}

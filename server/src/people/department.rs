//! Making, renaming, moving and closing departments.

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::scribe::{Scribe, kind};
use super::store::department as store;
pub use super::store::department::{Department, department, departments};
use crate::audit::Kind;
use crate::db::{DbError, Tx};
use crate::id::DepartmentId;
use kokoroe_app::Lang;

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
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            Lang::En | Lang::Ja => &self.name,
        }
    }
}

/// Makes a department below another one, or at the top.
///
/// # Errors
/// When the database fails, the code is taken or the department above does not exist.
pub async fn add_department(
    tx: &mut Tx,
    by: &Scribe<'_>,
    new: &NewDepartment,
) -> Result<DepartmentId, DbError> {
    let id = DepartmentId::new(by.clock);
    let above = path_of(tx, new.parent.as_ref()).await?;
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
    let d = json!({ "parent": new.parent, "names": names(&department.name, &department.name_en) });
    by.write(tx, kind("dept.open")?, id.as_str(), d).await?;
    Ok(id)
}

/// What the log holds of a department's names: their hash, so that a report under another name can be told.
fn names(name: &str, name_en: &str) -> String {
    hex::encode(Sha256::digest(format!("{name}\n{name_en}").as_bytes()))
}

async fn path_of(tx: &mut Tx, id: Option<&DepartmentId>) -> Result<String, DbError> {
    let Some(id) = id else { return Ok(String::new()) };
    let found = store::department(tx, id).await?;
    found
        .map(|department| department.path)
        .ok_or_else(|| DbError::Inconsistent(format!("no department {id}")))
}

/// Calls a department something else.
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
    let name_en = if name_en.is_empty() { name } else { name_en };
    store::rename(tx, id, name, name_en).await?;
    let d = json!({ "names": names(name, name_en) });
    by.write(tx, kind("dept.rename")?, id.as_str(), d).await.map(drop)
}

/// Hangs a department, with all below it, under another one. Written down: it decides who counts where and who may see whom.
///
/// # Errors
/// When the database fails, or the department would lie below itself.
pub async fn move_department(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &DepartmentId,
    parent: Option<&DepartmentId>,
) -> Result<(), DbError> {
    let old = path_of(tx, Some(id)).await?;
    let above = path_of(tx, parent).await?;
    if above.starts_with(&old) {
        return Err(DbError::Setup("a department cannot lie below itself".into()));
    }
    store::put_under(tx, id, parent, &old, &format!("{above}{id}/")).await?;
    let d = parent.map_or_else(|| json!({ "top": true }), |parent| json!({ "parent": parent }));
    by.write(tx, Kind::DEPT_MOVE, id.as_str(), d).await.map(drop)
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
    store::close(tx, id, on).await?;
    by.write(tx, kind("dept.close")?, id.as_str(), json!({ "on": on.to_string() })).await.map(drop)
}

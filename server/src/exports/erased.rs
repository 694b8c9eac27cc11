//! What is taken out of the files, and of what was asked of them, when somebody is erased.

use std::collections::HashSet;
use std::io;

use serde_json::{Value, json};

use super::folder;
use super::store::{self, erased};
use crate::audit::{Entry, Kind, Ledger, append};
use crate::db::{DbError, Tx};
use crate::id::{ExportId, RequirementId, StaffId};
use crate::people::erased::{Marks, WORDS};
use crate::state::Site;
use chrono::{DateTime, Utc};

/// Why a file was removed, in both languages: whoever reads it later may read either.
const WHY: &str = "個人情報の消去 / Erasure of personal data";

/// Puts [`WORDS`] in the place of every text that names the person; says whether there was one.
fn scrub(value: &mut Value, marks: &Marks) -> bool {
    match value {
        Value::String(text) if marks.are_in(text) => {
            WORDS.clone_into(text);
            true
        }
        Value::Array(values) => scrub_all(values.iter_mut(), marks),
        Value::Object(fields) => scrub_all(fields.values_mut(), marks),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn scrub_all<'v>(values: impl Iterator<Item = &'v mut Value>, marks: &Marks) -> bool {
    let mut any = false;
    for value in values {
        any |= scrub(value, marks);
    }
    any
}

/// Removes the files that may name somebody: what was made of these requirements, which are those of their time here, and what they asked
/// for themselves. A file that is being made begins anew. The files themselves go with [`tidy`].
///
/// # Errors
/// When the database fails or what was asked cannot be read.
pub(crate) async fn erase(
    tx: &mut Tx,
    (ledger, at): (&Ledger, DateTime<Utc>),
    (staff, marks): (&StaffId, &Marks),
    theirs: &HashSet<RequirementId>,
) -> Result<(), DbError> {
    erased::begin_again(tx).await?;
    for job in erased::all(tx).await? {
        let mut asked: Value = serde_json::from_str(&job.asked)
            .map_err(|error| DbError::Inconsistent(format!("export {}: {error}", job.id)))?;
        let named = scrub(&mut asked, marks);
        if named {
            erased::ask_otherwise(tx, &job.id, &asked.to_string()).await?;
        }
        let concerned = named || job.asked_by == *staff || theirs.contains(&job.subject);
        if concerned && store::remove(tx, &job.id, at, None, WHY).await? {
            let d = json!({ "characters": WHY.chars().count() });
            let id = job.id.as_str();
            let entry = Entry { kind: Kind::EXPORT_REMOVE, at, actor: "system", obj: id, req: None, d };
            append(tx, ledger, entry).await?;
        }
    }
    Ok(())
}

/// Takes the files away that were removed and are still there.
///
/// # Errors
/// When the database or the folder fails.
pub(crate) async fn tidy(site: &Site) -> Result<(), DbError> {
    let removed: HashSet<ExportId> = erased::removed(&mut site.db.read().await?).await?.into_iter().collect();
    let data = site.config.data.clone();
    let done = tokio::task::spawn_blocking(move || folder::remove_all(&data, &removed)).await;
    done.map_err(io::Error::other)
        .flatten()
        .map_err(|error| DbError::Setup(format!("files that were removed are still there: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::people::staff::Staff;

    #[test]
    fn every_text_that_names_the_person_goes_and_no_other() {
        let person = Staff {
            id: StaffId::new(&Clock::system()),
            staff_no: "0123".into(),
            family: "鈴木".into(),
            given: "一郎".into(),
            family_kana: String::new(),
            given_kana: String::new(),
            roman: String::new(),
            profession: String::new(),
            employment: String::new(),
            joined_on: chrono::NaiveDate::MIN,
            left_on: None,
            mail: String::new(),
        };
        let marks = Marks::of(&person);
        let mut asked =
            json!({ "by": "鈴木 一郎", "told": [["氏名", "0123"], ["部署", "3病棟"]], "at": 123 });
        assert!(scrub(&mut asked, &marks));
        assert_eq!(asked, json!({ "by": WORDS, "told": [["氏名", WORDS], ["部署", "3病棟"]], "at": 123 }));
        assert!(!scrub(&mut asked, &marks));
    }
}

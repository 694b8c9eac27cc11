//! What the training office enters by hand stays: a list of staff that says otherwise leaves it as it is, until somebody releases it.

use kokoroe_app::{Lang, say};
use serde_json::json;

use super::scribe::{Scribe, kind};
use super::store::hand as store;
pub use super::store::hand::{Held, held, held_of};
use crate::db::{DbError, Tx};
use crate::id::{HandEntryId, StaffId};

/// What a list of staff then leaves as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Where somebody works.
    Posting,
    /// That somebody is on leave: while it lasts, a list on which they are missing does not let them go.
    Leave,
    /// When somebody leaves the hospital.
    Left,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Posting, Self::Leave, Self::Left];

    /// Its word in the records and in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Posting => "posting",
            Self::Leave => "leave",
            Self::Left => "left",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Posting => say!(lang, "所属", "where they work"),
            Self::Leave => say!(lang, "休職", "their leave"),
            Self::Left => say!(lang, "退職の日", "when they leave"),
        }
    }

    /// Reads [`What::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// Notes that something about a person was entered by hand today.
///
/// # Errors
/// When the database fails or there is no such person.
pub async fn hold(tx: &mut Tx, by: &Scribe<'_>, staff: &StaffId, what: What) -> Result<(), DbError> {
    let held = Held { staff_id: staff.clone(), what: what.code().to_owned(), entered_on: by.today() };
    store::add(tx, &HandEntryId::new(by.clock), &held, by.actor).await?;
    by.write(tx, kind("hand.entry")?, staff.as_str(), json!({ "what": what.code() })).await.map(drop)
}

/// Lets lists of staff change it again.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, by: &Scribe<'_>, staff: &StaffId, what: What) -> Result<(), DbError> {
    let today = by.today();
    if store::release(tx, staff, what.code(), today, by.actor).await? {
        by.write(tx, kind("hand.release")?, staff.as_str(), json!({ "what": what.code() })).await?;
    }
    Ok(())
}

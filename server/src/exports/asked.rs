//! What somebody asked for, as it is kept: everything that the file is made from beside the records.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::store::JobRow;
use crate::db::DbError;
use crate::reports::binder::Input;
use crate::reports::long;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum Asked {
    /// The inspection binder of a training.
    Binder(Box<Input>),
    /// A long list of people.
    People(Box<long::Input>),
}

impl Asked {
    /// Its word in the database and in leaves.
    #[must_use]
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Binder(_) => "binder",
            Self::People(_) => "people",
        }
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// When it was not written by this program.
    pub(super) fn of(row: &JobRow) -> Result<Self, DbError> {
        serde_json::from_str(&row.asked)
            .map_err(|error| DbError::Inconsistent(format!("export {}: {error}", row.id)))
    }

    /// As of when, and the past day at whose end that is.
    pub(super) const fn when(&self) -> (DateTime<Utc>, Option<NaiveDate>) {
        match self {
            Self::Binder(input) => (input.at, input.past),
            Self::People(input) => (input.at, input.past),
        }
    }

    /// The name of whoever asked.
    pub(super) fn by(&self) -> &str {
        match self {
            Self::Binder(input) => &input.by,
            Self::People(input) => &input.by,
        }
    }

    /// What it was narrowed to, as names and values.
    pub(super) fn told(&self) -> &[(String, String)] {
        match self {
            Self::Binder(_) => &[],
            Self::People(input) => &input.told,
        }
    }
}

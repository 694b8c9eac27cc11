//! A plan that waits for somebody to confirm it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::line::Line;
use super::plan::{Base, Plan, plan};
use crate::db::{Conn, DbError};
use crate::people::{department, hand, hospital, posting, role, staff};

/// What is kept of a file until it is confirmed: its rows and what they would change. Afterwards only what was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// Whether the list names everybody.
    pub complete: bool,
    /// A fingerprint of the records that it was compared with.
    pub base: String,
    /// What it would change.
    pub plan: Plan,
    /// The rows of the file.
    pub lines: Vec<Line>,
}

impl Draft {
    /// Compares rows with what is on record.
    #[must_use]
    pub fn new(base: &Base, lines: Vec<Line>, complete: bool, on: NaiveDate) -> Self {
        Self { complete, base: base.fingerprint(on), plan: plan(base, &lines, complete, on), lines }
    }

    /// As it is kept.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn text(&self) -> Result<String, DbError> {
        serde_json::to_string(self).map_err(|error| DbError::Inconsistent(format!("a plan: {error}")))
    }

    /// Reads a kept one.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, DbError> {
        serde_json::from_str(text).map_err(|error| DbError::Inconsistent(format!("a plan: {error}")))
    }

    /// What is kept once it was applied: not the rows.
    #[must_use]
    pub fn done(self) -> Self {
        Self { lines: Vec::new(), ..self }
    }
}

/// A name for a kept plan by its content, so that only what somebody saw can be confirmed.
#[must_use]
pub fn seal(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes())).chars().take(32).collect()
}

impl Base {
    /// Reads the present state of the records.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn, on: NaiveDate) -> Result<Self, DbError> {
        Ok(Self {
            departments: department::departments(conn).await?,
            people: staff::everybody(conn).await?,
            postings: posting::postings_after(conn, on).await?,
            managed: role::managed(conn).await?,
            held: hand::held(conn, on).await?,
            most_leaving: hospital::most_leaving(conn).await?,
        })
    }

    /// The same records on the same day have the same fingerprint.
    #[must_use]
    pub fn fingerprint(&self, on: NaiveDate) -> String {
        let mut hash = Sha256::new();
        let all = (
            on,
            &self.departments,
            &self.people,
            &self.postings,
            &self.managed,
            &self.held,
            self.most_leaving,
        );
        // These are lists of words and days: writing them cannot fail, and an empty text would only ask for a new plan.
        hash.update(serde_json::to_string(&all).unwrap_or_default());
        hex::encode(hash.finalize())
    }
}

//! Who acts on people and departments, and the log in which it is written down.

use chrono::NaiveDate;
use serde_json::Value;

use crate::audit::{Entry, Kind, Ledger, append};
use crate::clock::Clock;
use crate::db::{DbError, Tx};

/// Whoever changes people, postings or roles: by whose order, at what time, into which log.
#[derive(Clone, Copy, Debug)]
pub struct Scribe<'a> {
    /// The log.
    pub ledger: &'a Ledger,
    /// The time.
    pub clock: &'a Clock,
    /// The id of who orders it; `system` when nobody does.
    pub actor: &'a str,
}

impl Scribe<'_> {
    /// The hospital's day.
    pub(super) fn today(&self) -> NaiveDate {
        self.ledger.calendar.date(self.clock.now())
    }

    /// Writes a fact down. `d` holds ids, dates and flags, never a name.
    pub(super) async fn write(&self, tx: &mut Tx, kind: Kind, obj: &str, d: Value) -> Result<i64, DbError> {
        let entry = Entry { kind, at: self.clock.now(), actor: self.actor, obj, req: None, d };
        append(tx, self.ledger, entry).await
    }
}

/// The kinds of facts that only this slice writes.
pub const KINDS: [&str; 12] = [
    "dept.open",
    "dept.rename",
    "dept.close",
    "dept.merge",
    "dept.split",
    "hand.entry",
    "hand.release",
    "leave.set",
    "role.end",
    "user.code",
    "user.joined",
    "user.profession",
];

/// One of [`KINDS`]: the log has words on screen for these alone.
pub(super) fn kind(word: &str) -> Result<Kind, DbError> {
    if !KINDS.contains(&word) {
        return Err(DbError::Inconsistent(format!("no such kind of fact: {word}")));
    }
    Kind::new(word).map_err(|error| DbError::Inconsistent(error.to_string()))
}

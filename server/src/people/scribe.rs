//! Who acts on people and departments, and the log in which it is written down.

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
    /// Writes a fact down. `d` holds ids, dates and flags, never a name.
    pub(super) async fn write(&self, tx: &mut Tx, kind: Kind, obj: &str, d: Value) -> Result<i64, DbError> {
        let entry = Entry { kind, at: self.clock.now(), actor: self.actor, obj, req: None, d };
        append(tx, self.ledger, entry).await
    }
}

/// A kind of fact that only this slice writes.
pub(super) fn kind(word: &str) -> Result<Kind, DbError> {
    Kind::new(word).map_err(|error| DbError::Inconsistent(error.to_string()))
}

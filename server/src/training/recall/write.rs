//! Writing a card down: its row and its leaf in one transaction, exactly once. No status follows from it.

use serde_json::json;

use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::Clock;
use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::training::record::logged;
use crate::training::store::{self, Recalled};

/// Keeps the answer to a card and gives back what is kept: an earlier answer, if there is one already.
///
/// # Errors
/// When the database fails.
pub async fn write(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    staff: &StaffId,
    mut new: Recalled,
) -> Result<Recalled, DbError> {
    let at = hold(tx, ledger, clock).await?;
    let same = |one: &Recalled| one.attempt_id == new.attempt_id && one.number == new.number;
    if let Some(earlier) = store::recalled(tx, staff).await?.into_iter().find(same) {
        return Ok(earlier);
    }
    new.answered_at = at;
    let req = format!("recall:{}:{}", new.attempt_id, new.number);
    let entry = Entry {
        kind: Kind::RECALL_ANSWER,
        at,
        actor: staff.as_str(),
        obj: new.attempt_id.as_str(),
        req: Some(&req),
        d: json!({
            "module": new.module_id, "number": new.number, "rev": new.revision, "family": new.family,
            "variant": new.variant, "response": logged(&new.response), "grade": new.grade, "lang": new.lang,
        }),
    };
    let leaf = append(tx, ledger, entry).await?;
    store::add_recalled(tx, staff, &new, leaf).await?;
    Ok(new)
}

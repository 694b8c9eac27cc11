//! Putting another module into a place of a period's list, and the own one back: the row and its leaf. No reason is asked, none is kept.

use serde_json::json;

use super::store::{self, Period, Swap};
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::Clock;
use crate::db::{DbError, Tx};

/// From now on `instead` stands in the place of `module`; the module itself takes an earlier swap back. Whether that may be is for the caller
/// to know, in the same write.
///
/// # Errors
/// When the database fails.
pub async fn put(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    period: &Period,
    module: &str,
    instead: &str,
) -> Result<(), DbError> {
    let at = hold(tx, ledger, clock).await?;
    let earlier = store::swaps(tx, &period.id).await?;
    let number = earlier.iter().filter(|swap| swap.module_id == module).map(|swap| swap.number).max();
    let mut swap = Swap {
        period_id: period.id.clone(),
        module_id: module.to_owned(),
        number: number.unwrap_or(0) + 1,
        instead: instead.to_owned(),
        at,
        leaf: 0,
    };
    let entry = Entry {
        kind: if swap.takes_back() { Kind::MODULE_RETURN } else { Kind::MODULE_SWAP },
        at,
        actor: period.staff_id.as_str(),
        obj: period.id.as_str(),
        req: None,
        d: json!({ "module": swap.module_id, "number": swap.number, "instead": swap.instead }),
    };
    swap.leaf = append(tx, ledger, entry).await?;
    store::add_swap(tx, &swap).await
}

//! The private part of a pack: the names that its leaves bind, and proofs that those that are gone were erased.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_evidence::pack as form;

use super::PackError;
use super::archive::{Order, Piece};
use crate::audit::proofs::{Tree, newest};
use crate::audit::sign_now;
use crate::db::Conn;
use crate::id::StaffId;
use crate::people::identity::bound;
use crate::reports::evidence::store::erasure_row;
use crate::state::Site;

/// How many names are read at once, and how many erasures proved.
const AT_ONCE: usize = 1024;

/// Writes the private part of a pack of leaves of `log`: those at the places that belong, which are all in one of these ranges if they bind a name.
pub(super) async fn write(
    site: &Site,
    conn: &mut Conn,
    log: &str,
    ranges: &[(u64, u64)],
    belongs: impl Fn(u64) -> bool,
    order: &Order,
) -> Result<(), PackError> {
    order.send(Piece::Begin(form::IDENTITIES.to_owned())).await;
    let mut erased = BTreeSet::new();
    for range in ranges {
        names(conn, log, *range, &belongs, &mut erased, order).await?;
    }
    let mut begun = false;
    let erased: Vec<StaffId> = erased.into_iter().collect();
    for some in erased.chunks(AT_ONCE) {
        let mut elsewhere: BTreeMap<String, BTreeMap<u64, Vec<u8>>> = BTreeMap::new();
        for person in some {
            let Some(row) = erasure_row(conn, person).await? else { continue };
            let (Some(said), Some(body), Ok(place)) = (row.log, row.body, u64::try_from(row.leaf)) else {
                continue;
            };
            if said != log || !belongs(place) {
                elsewhere.entry(said).or_default().insert(place, body);
            }
        }
        for (said, leaves) in elsewhere {
            if !std::mem::replace(&mut begun, true) {
                order.send(Piece::Begin(form::ERASURES.to_owned())).await;
            }
            let text = erasures(site, conn, &said, &leaves).await?;
            order.send(Piece::Bytes(text.into_bytes())).await;
        }
    }
    Ok(())
}

/// Writes the names that leaves of a range bind. Whose were erased is noted.
async fn names(
    conn: &mut Conn,
    log: &str,
    (mut from, until): (u64, u64),
    belongs: impl Fn(u64) -> bool,
    erased: &mut BTreeSet<StaffId>,
    order: &Order,
) -> Result<(), PackError> {
    let place = |place: u64| i64::try_from(place).unwrap_or(i64::MAX);
    loop {
        let some = bound(conn, log, (place(from), place(until)), AT_ONCE as i64).await?;
        let mut text = String::with_capacity(256 * some.len());
        for one in &some {
            let Ok(leaf) = u64::try_from(one.leaf) else { continue };
            from = leaf + 1;
            if !belongs(leaf) {
                continue;
            }
            if one.told.is_empty() {
                erased.insert(one.staff_id.clone());
            } else {
                text.push_str(&form::identity(leaf, &one.salt, &one.told));
            }
        }
        order.send(Piece::Bytes(text.into_bytes())).await;
        if some.len() < AT_ONCE {
            return Ok(());
        }
    }
}

/// The proofs of leaves of a log that say that somebody was erased. What cannot be proved is left out, and whoever checks the pack is told so.
async fn erasures(
    site: &Site,
    conn: &mut Conn,
    log: &str,
    leaves: &BTreeMap<u64, Vec<u8>>,
) -> Result<String, PackError> {
    let last = leaves.keys().next_back().copied().unwrap_or(0);
    let mut signed = newest(site, conn, log).await?;
    if signed.as_ref().is_none_or(|(signed, _)| signed.size <= last) && sign_now(site).await.is_ok() {
        // Somebody was erased since the pack was asked for.
        signed = newest(site, conn, log).await?;
    }
    let Some(signed) = signed else { return Ok(String::new()) };
    let tree = Tree::under(site, conn, signed, &leaves.keys().copied().collect()).await?;
    let proved =
        leaves.iter().filter_map(|(place, body)| Some(form::erasure(body, tree.prove(*place, body)?)));
    Ok(proved.collect())
}

//! Whom an id names, bound in the log. Leaves hold ids and no names; whoever could exchange two names beside the log would give one person's
//! completions to another. So number and name are told to the log by a hash (see [`kokoroe_evidence::identity`]), when a person becomes known, when they change, and once in
//! every log, so that the pack of a year needs no other. The check of the log sets what people are called beside it.

use kokoroe_evidence::identity::{Identity, SALT, who};
use serde_json::{Value, json};

use super::crowd::Order;
use super::scribe::Scribe;
use super::staff::Staff;
use super::store::identity as store;
pub use super::store::identity::{Named, bound, named, named_one};
use crate::account::secret;
use crate::audit::{Entry, Kind, Run, append};
use crate::db::{DbError, Many, Tx};
use crate::id::StaffId;
use crate::state::Site;

/// So many people are bound in one write: answers that come in between do not wait long.
const AT_ONCE: i64 = 500;

/// What is bound of a person.
#[must_use]
pub fn identity(staff: &Staff) -> Identity {
    Identity {
        family: staff.family.clone(),
        family_kana: staff.family_kana.clone(),
        given: staff.given.clone(),
        given_kana: staff.given_kana.clone(),
        roman: staff.roman.clone(),
        staff_no: staff.staff_no.clone(),
    }
}

/// Words with the salt that hides them.
struct Bound {
    salt: String,
    told: String,
    who: String,
}

impl Bound {
    fn new(staff: &Staff) -> Self {
        let salt = hex::encode(secret::random::<SALT>());
        let told = identity(staff).told();
        let who = who(&salt, &told);
        Self { salt, told, who }
    }

    fn said(&self) -> Value {
        json!({ "who": self.who })
    }

    fn row(self, staff: &StaffId, log: &str, leaf: i64, by: Order<'_>) -> store::Row {
        let Self { salt, told, who } = self;
        store::row(staff, log, leaf, (by.at, by.actor), [who, salt, told])
    }
}

/// Tells the log what a person is called from now on.
pub(super) async fn bind(tx: &mut Tx, by: &Scribe<'_>, staff: &Staff) -> Result<(), DbError> {
    let at = by.clock.now();
    let bound = Bound::new(staff);
    let obj = staff.id.as_str();
    let entry = Entry { kind: Kind::USER_IDENTITY, at, actor: by.actor, obj, req: None, d: bound.said() };
    let leaf = append(tx, by.ledger, entry).await?;
    let mut rows = Many::in_order(&[store::ADD]);
    let order = Order { actor: by.actor, at };
    rows.add(store::ADD, bound.row(&staff.id, &by.ledger.log_at(at), leaf, order));
    rows.write(tx).await
}

/// The same among many.
pub(super) fn bind_among(run: &mut Run, by: Order<'_>, staff: &Staff) -> Result<(), DbError> {
    let bound = Bound::new(staff);
    let (at, actor, obj) = (by.at, by.actor, staff.id.as_str());
    let leaf =
        run.append(&Entry { kind: Kind::USER_IDENTITY, at, actor, obj, req: None, d: bound.said() })?;
    let row = bound.row(&staff.id, run.log(), leaf, by);
    run.add(store::ADD, row);
    Ok(())
}

/// Binds everybody who is not named in the log of now: at the beginning of a year, and after an update from a program that did not bind yet. Whoever is called
/// otherwise than an earlier log was told is left alone, because the check has to find it. Gives the number of those who were bound.
///
/// # Errors
/// When the database fails.
pub async fn bind_everybody(site: &Site) -> Result<u64, DbError> {
    let now = site.now();
    let (log, today) = (site.ledger.log_at(now), site.calendar().date(now));
    let mut conn = site.db.read().await?;
    let is_done = store::unnamed(&mut conn, &log, today, "", 1).await?.is_empty();
    drop(conn);
    if is_done {
        return Ok(0);
    }
    let (mut bound, mut after) = (0, String::new());
    loop {
        let (inner, from) = (site.clone(), after);
        let some: Result<(u64, Option<String>), DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let (mut run, at) = Run::begin(tx, &inner.ledger, &inner.clock, &[store::ADD]).await?;
                    // Read while the log is held: whoever changes a name tells the log as well, before or after this.
                    let today = inner.calendar().date(at);
                    let some = store::unnamed(tx, run.log(), today, &from, AT_ONCE).await?;
                    let mut here = 0;
                    for store::Unnamed { staff, told } in &some {
                        if told.as_ref().is_none_or(|told| *told == identity(staff).told()) {
                            bind_among(&mut run, Order::nobody(at), staff)?;
                            here += 1;
                        }
                    }
                    run.take().write(tx).await?;
                    Ok((here, some.last().map(|last| last.staff.id.as_str().to_owned())))
                })
            })
            .await;
        let (here, last) = some?;
        bound += here;
        let Some(last) = last else { return Ok(bound) };
        after = last;
    }
}

//! Erasing somebody: whether it is allowed, and doing it.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

use super::rule::{Kept, Retention};
use super::store::{self, Basis, Erasure};
use crate::account;
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{Conn, DbError, Tx};
use crate::exports;
use crate::id::{PeriodId, RequirementId, StaffId};
use crate::people;
use crate::people::erased::{Marks, WORDS, is_erased};
use crate::people::staff::Staff;
use crate::reminders;
use crate::reports::store::last_record;
use crate::requirements::store as requirements;
use crate::state::Site;
use crate::training;

/// Mail that was made later than so long after somebody left does not name them: lists of a manager's people name who is there.
const MAIL_NAMES: TimeDelta = TimeDelta::days(31);

/// Whether somebody may be erased on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They belong to the hospital, or are going to.
    Here,
    /// Their records are kept until a day that has not come.
    Kept(Kept),
    /// They may be erased since this day.
    Over(Kept),
    /// They were erased.
    Done(Erasure),
}

/// Where somebody stands today.
///
/// # Errors
/// When the database fails.
pub async fn standing(site: &Site, conn: &mut Conn, person: &Staff) -> Result<Standing, DbError> {
    if let Some(done) = store::done(conn, &person.id).await? {
        return Ok(Standing::Done(done));
    }
    let today = site.calendar().date(site.now());
    let Some(left_on) = person.left_on.filter(|left_on| *left_on <= today) else { return Ok(Standing::Here) };
    let kept = kept(site, conn, &person.id, left_on).await?;
    Ok(if kept.until > today { Standing::Kept(kept) } else { Standing::Over(kept) })
}

/// Until when the records of somebody who left on a day are kept.
pub(super) async fn kept(
    site: &Site,
    conn: &mut Conn,
    staff: &StaffId,
    left_on: NaiveDate,
) -> Result<Kept, DbError> {
    let retention = Retention { years: site.hospital.kept_years(), calendar: site.calendar() };
    Ok(retention.kept(left_on, &last_record(conn, staff).await?))
}

/// By whose order somebody is erased; nobody's on the server's command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Why.
    pub basis: Basis,
    /// Who asked.
    pub asked_by: Option<StaffId>,
    /// Who confirmed: somebody else.
    pub done_by: Option<StaffId>,
}

/// Erases somebody, in one write. Gives where they stand; only where that is [`Standing::Over`] anything was done.
///
/// # Errors
/// When the database fails.
pub async fn erase(
    tx: &mut Tx,
    site: &Site,
    id: &StaffId,
    order: Order,
) -> Result<Option<Standing>, DbError> {
    // Held before looking: two who confirm at once follow each other, and the second finds what the first did.
    let now = hold(tx, &site.ledger, &site.clock).await?;
    let Some(person) = people::staff::staff(tx, id).await? else { return Ok(None) };
    let standing = standing(site, tx, &person).await?;
    let (Standing::Over(_), Some(left_on), false) = (&standing, person.left_on, is_erased(&person.staff_no))
    else {
        return Ok(Some(standing));
    };
    let Order { basis, asked_by, done_by } = order;
    let entry = Entry {
        kind: Kind::ERASE_DONE,
        at: now,
        actor: done_by.as_ref().map_or("system", StaffId::as_str),
        obj: id.as_str(),
        req: None,
        d: json!({ "basis": basis.code(), "asked_by": asked_by }),
    };
    let leaf = append(tx, &site.ledger, entry).await?;
    let erasure = Erasure { staff_id: id.clone(), basis, asked_by, done_by, at: now, swept_at: None };
    // The row comes first: what is a fact may take the erased form only of somebody who has one.
    store::add(tx, &erasure, leaf).await?;
    store::withdraw(tx, id).await?;
    take_out(tx, site, &person, left_on, now).await?;
    Ok(Some(standing))
}

/// Takes the words and names out, slice by slice.
async fn take_out(
    tx: &mut Tx,
    site: &Site,
    person: &Staff,
    left_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (id, marks) = (&person.id, Marks::of(person));
    let periods = requirements::periods_of(tx, id).await?;
    let periods: Vec<PeriodId> = periods.into_iter().map(|period| period.id).collect();
    let left = site.calendar().start_of(left_on);
    let last_year = site.calendar().fiscal_year(left);
    let theirs: HashSet<RequirementId> = requirements::requirements(tx)
        .await?
        .into_iter()
        .filter(|each| each.fiscal_year <= last_year)
        .map(|each| each.id)
        .collect();
    requirements::erased::erase(tx, id, WORDS).await?;
    training::erased::erase(tx, &site.keys, id, &periods).await?;
    reminders::store::erase(tx, id, WORDS, (left + MAIL_NAMES, now)).await?;
    exports::erased::erase(tx, (&site.ledger, now), (id, &marks), &theirs).await?;
    account::erase(tx, id, &person.staff_no).await?;
    people::erased::erase(tx, person, &marks).await
}

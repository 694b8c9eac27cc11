//! People who join, change, leave and come back.

use chrono::NaiveDate;
use serde_json::json;

use super::crowd::{self, Order};
use super::identity;
use super::name::{self, NoCollation};
use super::scribe::{Scribe, kind};
use super::store::posting;
use super::store::staff as store;
pub use super::store::staff::{
    Found, Search, SearchState, Staff, count, everybody, find, staff, staff_by_number,
};
use crate::account;
use crate::audit::{Kind, Run};
use crate::db::{DbError, Tx};
use crate::id::StaffId;

/// Somebody who joins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewStaff {
    /// The staff number; nobody else may have it. Leading zeros belong to it.
    pub staff_no: String,
    /// Family name, or the only name.
    pub family: String,
    /// Given name; empty for people with one name.
    pub given: String,
    /// Reading of the family name in katakana.
    pub family_kana: String,
    /// Reading of the given name in katakana.
    pub given_kana: String,
    /// Name in Latin letters; may be empty.
    pub roman: String,
    /// Profession in the hospital's words, such as 看護師.
    pub profession: String,
    /// Sort of employment in the hospital's words, such as 常勤.
    pub employment: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// First day on which the person no longer belongs to the hospital, if it is known.
    pub left_on: Option<NaiveDate>,
    /// The address at work, as [`super::mail::address`] gives it; empty where there is none.
    pub mail: String,
}

impl From<NoCollation> for DbError {
    fn from(error: NoCollation) -> Self {
        Self::Setup(error.to_string())
    }
}

pub(super) fn keys(staff: &Staff) -> Result<store::Keys, DbError> {
    // Without a reading, a name sorts by itself: Latin letters and kana still find their place.
    let key = if staff.family_kana.is_empty() {
        name::kana_key(&staff.family, &staff.given)?
    } else {
        name::kana_key(&staff.family_kana, &staff.given_kana)?
    };
    Ok(store::Keys { kana_key: key, search: name::search_text(staff) })
}

/// Makes a person known. The account is opened by [`crate::account::open`], the place of work by [`super::post`].
///
/// # Errors
/// When the database fails or the number is taken.
pub async fn add_staff(tx: &mut Tx, by: &Scribe<'_>, new: &NewStaff) -> Result<StaffId, DbError> {
    let id = StaffId::new(by.clock);
    let staff = Staff {
        id: id.clone(),
        staff_no: new.staff_no.clone(),
        family: new.family.clone(),
        given: new.given.clone(),
        family_kana: new.family_kana.clone(),
        given_kana: new.given_kana.clone(),
        roman: new.roman.clone(),
        profession: new.profession.clone(),
        employment: new.employment.clone(),
        joined_on: new.joined_on,
        left_on: new.left_on,
        mail: new.mail.clone(),
    };
    let keys = keys(&staff)?;
    store::add(tx, &staff, keys).await?;
    by.write(tx, Kind::USER_CREATE, id.as_str(), json!({})).await?;
    identity::bind(tx, by, &staff).await?;
    Ok(id)
}

/// Writes down what a person is called and does now. Who leaves goes by [`leave_hospital`], who returns by [`come_back`].
///
/// # Errors
/// When the database fails, there is no such person or the number is somebody else's.
pub async fn update_staff(tx: &mut Tx, by: &Scribe<'_>, staff: &Staff) -> Result<(), DbError> {
    let (mut run, at) = Run::begin(tx, by.ledger, by.clock, &crowd::ROWS).await?;
    update_among(tx, &mut run, Order { actor: by.actor, at }, by.ledger.calendar.date(at), staff).await?;
    run.take().write(tx).await
}

/// The same among many, on this day: the row is changed at once, the facts follow with those of the others.
///
/// # Errors
/// As [`update_staff`].
pub(super) async fn update_among(
    tx: &mut Tx,
    run: &mut Run,
    by: Order<'_>,
    today: NaiveDate,
    staff: &Staff,
) -> Result<(), DbError> {
    let before = store::staff(tx, &staff.id).await?;
    let keys = keys(staff)?;
    store::change(tx, staff, keys).await?;
    let obj = staff.id.as_str();
    if let Some(before) = &before
        && (&before.profession, &before.employment) != (&staff.profession, &staff.employment)
    {
        // A past report goes on telling what they were.
        store::add_before(tx, before, today).await?;
        by.append(run, kind("user.profession")?, obj, json!({ "from": today.to_string() }))?;
    }
    if before.as_ref().is_some_and(|before| identity::identity(before) != identity::identity(staff)) {
        identity::bind_among(run, by, staff)?;
    }
    if before.map(|before| before.joined_on) != Some(staff.joined_on) {
        // From when somebody belongs to the hospital decides whether they count.
        by.append(run, kind("user.joined")?, obj, json!({ "joined": staff.joined_on.to_string() }))?;
    }
    Ok(())
}

/// Lets a person go from a day on: the postings end, and from that day nobody signs in as them any more.
/// A day that is past or today closes the account and takes every role away at once. A day that was set before moves.
///
/// # Errors
/// When the database fails.
pub async fn leave_hospital(
    tx: &mut Tx,
    by: &Scribe<'_>,
    mut staff: Staff,
    left_on: NaiveDate,
) -> Result<(), DbError> {
    let now = by.clock.now();
    let today = by.ledger.calendar.date(now);
    let announced = staff.left_on.filter(|day| *day > today);
    staff.left_on = Some(left_on);
    update_staff(tx, by, &staff).await?;
    for open in posting::postings_of(tx, &staff.id).await? {
        let ends_with_them = announced.is_some() && open.to_on == announced;
        if ends_with_them || open.to_on.is_none_or(|to| to > left_on) {
            super::end_posting(tx, by, &open, left_on).await?;
        }
    }
    if left_on <= today {
        account::close(tx, &staff.id, now).await?;
        super::role::revoke_all(tx, by, &staff.id).await?;
    }
    by.write(tx, Kind::USER_DISABLE, staff.id.as_str(), json!({ "from": left_on.to_string() }))
        .await
        .map(drop)
}

/// Takes a person back, or takes back that they were to leave: then their postings go on too. Whoever was gone needs a new
/// place of work, by [`super::post`], and has no role but that of a learner.
///
/// # Errors
/// When the database fails.
pub async fn come_back(tx: &mut Tx, by: &Scribe<'_>, mut staff: Staff) -> Result<(), DbError> {
    let today = by.today();
    let announced = staff.left_on.filter(|day| *day > today);
    staff.left_on = None;
    update_staff(tx, by, &staff).await?;
    if announced.is_none() {
        // The day may have passed without anybody at work on it.
        super::role::revoke_all(tx, by, &staff.id).await?;
    }
    for ended in posting::postings_of(tx, &staff.id).await? {
        if announced.is_some() && ended.to_on == announced {
            super::posting::go_on(tx, by, &ended).await?;
        }
    }
    account::reopen(tx, &staff.id).await?;
    by.write(tx, Kind::USER_ENABLE, staff.id.as_str(), json!({})).await.map(drop)
}

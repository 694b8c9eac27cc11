//! 「保存期間と消去」: whose records need not be kept any more, what waits for a confirmation, what was done.

use axum::extract::State;
use chrono::Months;
use kokoroe_app::people::{ErasedLine, OverLine, RetentionPage, WaitingLine};

use super::deed;
use super::desk::{basis_view, last_day, name};
use super::store;
use crate::http::{Answer, Office, Visitor, page};
use crate::people::display_name;
use crate::people::staff::staff;
use crate::reports::store::left_before;
use crate::state::Site;
use crate::training::translate::{day, moment};

/// How many of each are listed.
const LISTED: usize = 200;
/// How many of those who left long enough ago are looked at: the year of their records may keep some of them longer.
const LOOKED_AT: i64 = 1_000;

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let (lang, calendar, years) = (visitor.lang, site.calendar(), site.hospital.kept_years());
    let today = calendar.date(site.now());
    let mut conn = site.db.read().await?;
    let mut waiting = Vec::new();
    for asked in store::requests(&mut conn).await? {
        let by = name(&mut conn, &asked.asked_by, lang).await?;
        let Some(who) = staff(&mut conn, &asked.staff_id).await? else { continue };
        waiting.push(WaitingLine {
            name: display_name(&who.family, &who.given, &who.roman, lang),
            number: who.staff_no,
            by,
            at: moment(asked.asked_at, calendar),
            href: super::address(&asked.staff_id),
        });
    }
    // Nobody is over before the years since they left are.
    let latest = today.checked_sub_months(Months::new(years.saturating_mul(12))).unwrap_or(today);
    let candidates = left_before(&mut conn, latest, LOOKED_AT).await?;
    let mut over = Vec::new();
    for (id, left_on) in candidates {
        if over.len() > LISTED {
            break;
        }
        let kept = deed::kept(&site, &mut conn, &id, left_on).await?;
        if kept.until > today {
            continue;
        }
        let Some(who) = staff(&mut conn, &id).await? else { continue };
        over.push(OverLine {
            name: display_name(&who.family, &who.given, &who.roman, lang),
            number: who.staff_no,
            left: last_day(left_on),
            since: day(kept.until),
            href: super::address(&id),
        });
    }
    let more = over.len() > LISTED;
    over.truncate(LISTED);
    let mut erased = Vec::new();
    for done in store::newest(&mut conn, i64::try_from(LISTED).unwrap_or(i64::MAX)).await? {
        erased.push(ErasedLine {
            number: crate::people::erased::number(&done.staff_id),
            at: moment(done.at, calendar),
            basis: basis_view(done.basis),
            href: super::address(&done.staff_id),
        });
    }
    drop(conn);
    Ok(page(&site, &visitor, RetentionPage { years, waiting, over, more, erased }))
}

//! What publishing would ask of whom, and doing it.

use axum::extract::State;
use http::StatusCode;
use kokoroe_app::paths;
use kokoroe_app::policy::{PolicyPublish, PublishFault};
use unicode_normalization::UnicodeNormalization as _;

use super::{DRAFT, words};
use crate::db::DbError;
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::people::hospital::MOST_DAYS;
use crate::policies::draft::Draft;
use crate::policies::newest;
use crate::policies::publish::{self, Outlook, blocked, earlier_day};
use crate::requirements::follow::follow_confirmed;
use crate::state::Site;
use crate::training::translate::{Translator, day};

/// The draft, if nothing is missing before it can be published.
async fn ready(site: &Site) -> Result<Option<Draft>, Problem> {
    let mut conn = site.db.read().await?;
    let Some(draft) = Draft::load(&mut conn).await? else { return Ok(None) };
    let before = newest(site, &mut conn).await?.policy;
    let earlier = earlier_day(site, &mut conn).await?;
    let today = site.calendar().date(site.now());
    let missing = blocked(&draft, &before, earlier, site.hospital.reviewers(), today);
    Ok(missing.is_empty().then_some(draft))
}

fn usual_days(site: &Site, draft: &Draft) -> u16 {
    site.hospital.days_to_sign(draft.policy.change == Some(kokoroe_courses::ChangeKind::Urgent))
}

/// The page. Changes nothing.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let Some(draft) = ready(&site).await? else { return Ok(see_other(DRAFT)) };
    let days = usual_days(&site, &draft);
    let mut conn = site.db.read().await?;
    let outlook = Outlook::load(&site, &mut conn, &draft.policy, days).await?;
    drop(conn);
    Ok(page(&site, &visitor, view(&site, &visitor, &draft, &outlook, days.to_string(), None)))
}

fn view(
    site: &Site,
    visitor: &Visitor,
    draft: &Draft,
    outlook: &Outlook,
    days: String,
    fault: Option<PublishFault>,
) -> PolicyPublish {
    let calendar = site.calendar();
    let count = |people: usize| u32::try_from(people).unwrap_or(u32::MAX);
    let policy = &draft.policy;
    PolicyPublish {
        title: Translator::new(site, visitor).binding().words(&policy.title),
        version: policy.version,
        change: policy.change.map(words::change).unwrap_or_default(),
        effective: day(calendar.date(outlook.effective_at)),
        later: outlook.later,
        asked: count(outlook.plan.give.len()),
        due: outlook.requirement.as_ref().map(|asks| day(calendar.last_day_before(asks.due_at))),
        departments: outlook.departments().into_iter().map(|(name, people)| (name, count(people))).collect(),
        versions: outlook.versions.iter().rev().map(|(version, people)| (*version, count(*people))).collect(),
        elsewhere: count(outlook.elsewhere),
        never: count(outlook.never),
        days,
        fault,
        seen: outlook.seen(&draft.hash),
        hash: draft.hash.clone(),
        action: format!("{DRAFT}/publish"),
        back: DRAFT.to_owned(),
    }
}

/// Publishes what was looked at, if it is still so.
pub(super) async fn submit(State(site): State<Site>, visitor: Visitor, office: Office, form: Form) -> Answer {
    let Some(draft) = ready(&site).await? else { return Ok(see_other(DRAFT)) };
    let typed: String = form.text("days").nfkc().collect();
    let asks = draft.policy.change.is_some_and(kokoroe_courses::ChangeKind::asks_again);
    let usual = usual_days(&site, &draft);
    let named = typed.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    let fault = (asks && named.is_none()).then_some(PublishFault::Days(MOST_DAYS));
    let days = named.filter(|_| asks).unwrap_or(usual);
    let mut conn = site.db.read().await?;
    let outlook = Outlook::load(&site, &mut conn, &draft.policy, days).await?;
    drop(conn);
    if fault.is_some() {
        let view = view(&site, &visitor, &draft, &outlook, typed, fault);
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    let stale = form.text("hash") != draft.hash || form.text("seen") != outlook.seen(&draft.hash);
    if stale {
        let view = view(&site, &visitor, &draft, &outlook, days.to_string(), Some(PublishFault::Stale));
        return Ok(page_with_status(&site, &visitor, StatusCode::CONFLICT, view));
    }
    let (inner, by, hash, out) = (site.clone(), office.0.staff.clone(), draft.hash.clone(), outlook.clone());
    let needed = site.hospital.reviewers();
    let published: Result<bool, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move { publish::publish(tx, &inner, &by, &hash, needed, &out).await })
        })
        .await;
    if !published? {
        return Ok(see_other(DRAFT));
    }
    let Outlook { requirement, plan, everybody, later, .. } = outlook;
    if let Some(requirement) = requirement.filter(|_| !later) {
        follow_confirmed(site, requirement, plan, everybody, office.0.staff.to_string()).await?;
    }
    Ok(see_other(paths::OFFICE_POLICY))
}

//! Every version, what is being written, and beginning to write.

use axum::extract::State;
use chrono::TimeDelta;
use kokoroe_app::paths;
use kokoroe_app::policy::{DraftState, PolicyOffice, VersionLine};
use kokoroe_courses::ChangeKind;

use super::{DRAFT, words};
use crate::db::DbError;
use crate::http::{Answer, Form, Office, Visitor, page, see_other};
use crate::id::StaffId;
use crate::policies::draft::{self, Draft, begun_from};
use crate::policies::newest;
use crate::policies::publish::earlier_day;
use crate::policies::review::Standing;
use crate::policies::version::holding;
use crate::reports::store::signatures;
use crate::requirements::office::person_name;
use crate::state::Site;
use crate::training::sign::short;
use crate::training::store as training;
use crate::training::translate::{Translator, day, effective, moment};

/// Days from today on which a version holds, unless somebody names another day.
const AHEAD: TimeDelta = TimeDelta::days(14);

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let translator = Translator::new(&site, &visitor).binding();
    let mut conn = site.db.read().await?;
    let (own, own_policy) = site.content.policy();
    let versions = training::versions(&mut conn, &own_policy.id).await?;
    let held = holding(&versions, site.now()).map(|version| version.hash.clone());
    let signed = signatures(&mut conn, site.now()).await?;
    let mut lines = Vec::new();
    for version in versions.iter().rev() {
        let Some(policy) = site.content.pinned_policy(&mut conn, &version.hash).await? else { continue };
        let by = match StaffId::parse(&version.published_by) {
            Some(id) => Some(person_name(&mut conn, &id, lang).await?),
            None => None,
        };
        lines.push(VersionLine {
            version: policy.version,
            change: ChangeKind::from_code(&version.change_kind).map(words::change),
            effective: version
                .effective_at
                .map_or_else(|| effective(&policy), |from| day(calendar.date(from))),
            published: moment(version.published_at, calendar),
            by,
            signed: u32::try_from(signed.get(&version.hash).copied().unwrap_or(0)).unwrap_or(u32::MAX),
            revision: short(&version.hash),
            in_force: held.as_ref() == Some(&version.hash),
            ahead: version.effective_at.is_some_and(|from| from > site.now()),
            changes: policy.changes.iter().map(|change| translator.words(&change.text)).collect(),
            href: format!("{}/{}", paths::POLICY, version.hash),
            asked: version.requirement_id.as_ref().map(|id| format!("{}/{id}", paths::REQUIREMENTS)),
        });
    }
    let draft = match Draft::load(&mut conn).await? {
        Some(draft) => Some(DraftState {
            version: draft.policy.version,
            change: draft.policy.change.map(words::change),
            by: person_name(&mut conn, &draft.row.made_by, lang).await?,
            at: moment(draft.row.made_at, calendar),
            approved: Standing::of(&draft.hash, &draft.reviews, &draft.writers).approved.len(),
            needed: site.hospital.reviewers(),
            href: DRAFT.to_owned(),
        }),
        None => None,
    };
    drop(conn);
    let view = PolicyOffice {
        title: translator.words(&own_policy.title),
        draft,
        versions: lines,
        // A newer release brought a text that nobody here has made the hospital's own.
        offered: (!versions.iter().any(|version| version.hash == own)).then_some(own_policy.version),
        begin: DRAFT.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

/// Begins a draft from the newest version, or from the text that the program brought. Where one is being written, it leads there.
pub(super) async fn begin(State(site): State<Site>, _visitor: Visitor, office: Office, form: Form) -> Answer {
    let mut conn = site.db.read().await?;
    let newest = newest(&site, &mut conn).await?.policy;
    let earlier = earlier_day(&site, &mut conn).await?;
    drop(conn);
    let (_, program) = site.content.policy();
    let text = if form.text("from") == "program" { program } else { &newest };
    let ahead = site.calendar().date(site.now()) + AHEAD;
    let from = earlier.map_or(ahead, |earlier| earlier.max(ahead));
    // Whatever the program calls its text, the hospital counts its own versions.
    let policy = begun_from(text, newest.version, from);
    let (inner, by) = (site.clone(), office.0.staff.clone());
    let begun: Result<(), DbError> =
        site.db.write(move |tx| Box::pin(async move { draft::begin(tx, &inner, &by, &policy).await })).await;
    begun?;
    Ok(see_other(DRAFT))
}

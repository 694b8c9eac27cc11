//! 「所属と休職」: the page on which the training office writes down where somebody works, when they are away and what they manage. What is
//! entered here stays, whatever the next list of staff says, until it is released.

mod write;

use axum::extract::{Path, Query, State};
use chrono::{Days, NaiveDate};
use http::StatusCode;
use kokoroe_app::people::{
    HeldLine, LeaveLine, PersonRecord, PostingKind, PostingLine, RecordForm, RoleLine, Typed,
};
use kokoroe_app::ui::SelectOption;
use kokoroe_app::{Lang, say};
use serde::Deserialize;

use super::department::{OnDay, departments_on};
use super::erased::is_erased;
use super::hand::{self, What, held_of};
use super::list::PEOPLE;
use super::posting::{Posting, leaves_of, postings_of};
use super::role::{self, grant_by_id, grants_of};
use super::staff::{Staff, staff};
use super::{Scribe, display_name};
use crate::audit::{Opened, hold, note};
use crate::db::DbError;
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::id::{DepartmentId, GrantId, StaffId};
use crate::state::Site;
use crate::training::translate::day;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// The page.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id = StaffId::parse(&id).ok_or_else(Problem::not_found)?;
    let mut view = view(&site, visitor.lang, &id, None).await?;
    note(&site, &office.0.staff, &id, Opened::Record).await;
    view.done = asked.done.is_some();
    Ok(page(&site, &visitor, view))
}

/// Nothing is written down any more about somebody who was erased.
fn there(person: &Staff) -> bool {
    !is_erased(&person.staff_no)
}

fn address(id: &StaffId) -> String {
    format!("{PEOPLE}/{id}/record")
}

/// The last day before one on which something is over.
fn last(over: NaiveDate) -> kokoroe_app::Day {
    day(over.checked_sub_days(Days::new(1)).unwrap_or(over))
}

async fn view(site: &Site, lang: Lang, id: &StaffId, typed: Option<Typed>) -> Result<PersonRecord, Problem> {
    let today = site.calendar().date(site.now());
    let mut conn = site.db.read().await?;
    let person = staff(&mut conn, id).await?.filter(there).ok_or_else(Problem::not_found)?;
    let tree = departments_on(&mut conn, today).await?;
    let mut postings = postings_of(&mut conn, id).await?;
    let mut leaves = leaves_of(&mut conn, id).await?;
    let grants = grants_of(&mut conn, id).await?;
    let held = held_of(&mut conn, id).await?;
    drop(conn);
    postings.reverse();
    leaves.reverse();
    // What was taken back before it began is no part of anybody's time here.
    postings.retain(Posting::holds_at_all);
    let name = |department: &DepartmentId| place(&tree, department, lang);
    let open = |posting: &&Posting| posting.to_on.is_none_or(|to| to > today);
    let open_postings = postings.iter().filter(open).map(|posting| SelectOption {
        value: posting.id.to_string(),
        words: format!("{} {}", name(&posting.department_id), kind(posting).words(lang)),
        chosen: false,
    });
    let open_leaves = leaves.iter().filter(|leave| leave.to_on.is_none_or(|back| back > today));
    let open_leaves = open_leaves.map(|leave| SelectOption {
        value: leave.id.to_string(),
        words: format!("{} {}", leave.reason, day(leave.from_on).plain(lang)),
        chosen: false,
    });
    let address = address(id);
    Ok(PersonRecord {
        name: display_name(&person.family, &person.given, &person.roman, lang),
        number: person.staff_no.clone(),
        joined: day(person.joined_on),
        left: person.left_on.map(last),
        open_postings: open_postings.collect(),
        open_leaves: open_leaves.collect(),
        postings: postings
            .iter()
            .map(|posting| PostingLine {
                department: name(&posting.department_id),
                kind: kind(posting),
                from: day(posting.from_on),
                until: posting.to_on.map(last),
                now: posting.holds_on(today),
            })
            .collect(),
        leaves: leaves
            .into_iter()
            .map(|leave| LeaveLine {
                reason: leave.reason,
                from: day(leave.from_on),
                back: leave.to_on.map(day),
            })
            .collect(),
        roles: grants
            .iter()
            .filter(|grant| grant.revoked_at.is_none() && grant.ends_on.is_none_or(|on| on > today))
            .filter_map(|grant| {
                let department = grant.department_id.as_ref()?;
                Some(RoleLine {
                    department: name(department),
                    deputy: grant.deputy,
                    until: grant.ends_on.map(last),
                    end: format!("{address}/role/{}/end", grant.id),
                })
            })
            .collect(),
        held: held
            .iter()
            .filter_map(|held| {
                Some(HeldLine {
                    what: What::from_code(&held.what)?.words(lang),
                    entered: day(held.entered_on),
                    release: format!("{address}/release/{}", held.what),
                })
            })
            .collect(),
        departments: choices(&tree, lang),
        typed,
        done: false,
        training: format!("{PEOPLE}/{id}"),
        people: PEOPLE.to_owned(),
        address,
    })
}

const fn kind(posting: &Posting) -> PostingKind {
    match (posting.main, posting.seconded) {
        (true, _) => PostingKind::Main,
        (false, true) => PostingKind::Seconded,
        (false, false) => PostingKind::Also,
    }
}

fn place(tree: &[OnDay], id: &DepartmentId, lang: Lang) -> String {
    let found = tree.iter().map(|each| &each.department).find(|each| each.id == *id);
    found.map(|each| format!("{} {}", each.code, each.name_in(lang))).unwrap_or_default()
}

/// The departments whose end is not decided, with nothing chosen on top.
fn choices(tree: &[OnDay], lang: Lang) -> Vec<SelectOption> {
    let none = SelectOption {
        value: String::new(),
        words: say!(lang, "選んでください", "Choose one"),
        chosen: true,
    };
    let open = tree.iter().map(|each| &each.department).filter(|each| each.closed_on.is_none());
    let open = open.map(|each| SelectOption {
        value: each.id.to_string(),
        words: format!("{} {}", each.code, each.name_in(lang)),
        chosen: false,
    });
    std::iter::once(none).chain(open).collect()
}

/// Writes one form down: 303 back to the page, or 422 with what is wrong.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path((id, form)): Path<(String, String)>,
    fields: Form,
) -> Answer {
    let id = StaffId::parse(&id).ok_or_else(Problem::not_found)?;
    let form = RecordForm::from_code(&form).ok_or_else(Problem::not_found)?;
    let (inner, actor) = (site.clone(), office.0.staff.clone());
    let (whose, sent) = (id.clone(), fields.clone());
    let written = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                // Held before looking: two who write about the same person follow each other.
                let now = hold(tx, &inner.ledger, &inner.clock).await?;
                let Some(person) = staff(tx, &whose).await?.filter(there) else {
                    return Ok::<_, DbError>(None);
                };
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                let desk = write::Desk {
                    by: &by,
                    today: inner.calendar().date(now),
                    tracks: &inner.content.catalogue.course.tracks,
                    own: person.id.as_str() == actor.as_str(),
                };
                desk.write(tx, person, form, &sent).await.map(Some)
            })
        })
        .await?;
    match written {
        None => Err(Problem::not_found()),
        Some(faults) if faults.is_empty() => Ok(see_other(&format!("{}?done=yes", address(&id)))),
        Some(faults) => {
            let value = |name: &&str| ((*name).to_owned(), fields.text(name).to_owned());
            let typed = Typed { form, values: form.fields().iter().map(value).collect(), faults };
            let view = view(&site, visitor.lang, &id, Some(typed)).await?;
            Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view))
        }
    }
}

/// Takes away that somebody manages a department, at once: 303 back to the page.
pub async fn submit_role_end(
    State(site): State<Site>,
    office: Office,
    Path((id, grant)): Path<(String, String)>,
) -> Answer {
    let id = StaffId::parse(&id).ok_or_else(Problem::not_found)?;
    let grant = GrantId::parse(&grant).ok_or_else(Problem::not_found)?;
    let (inner, actor, whose) = (site.clone(), office.0.staff.clone(), id.clone());
    let found = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                hold(tx, &inner.ledger, &inner.clock).await?;
                // Only what a department gives: who runs the year and who audits is not decided here.
                let held = grant_by_id(tx, &grant).await?;
                let held = held.filter(|held| held.staff_id == whose && held.department_id.is_some());
                let Some(held) = held else { return Ok::<_, DbError>(false) };
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                role::revoke(tx, &by, &held).await?;
                Ok(true)
            })
        })
        .await?;
    if found { Ok(see_other(&format!("{}?done=yes", address(&id)))) } else { Err(Problem::not_found()) }
}

/// Lets lists of staff decide again: 303 back to the page.
pub async fn submit_release(
    State(site): State<Site>,
    office: Office,
    Path((id, what)): Path<(String, String)>,
) -> Answer {
    let id = StaffId::parse(&id).ok_or_else(Problem::not_found)?;
    let what = What::from_code(&what).ok_or_else(Problem::not_found)?;
    let (inner, actor, whose) = (site.clone(), office.0.staff.clone(), id.clone());
    let found: Option<Staff> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let found = staff(tx, &whose).await?.filter(there);
                if found.is_some() {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                    hand::release(tx, &by, &whose, what).await?;
                }
                Ok::<_, DbError>(found)
            })
        })
        .await?;
    found.ok_or_else(Problem::not_found)?;
    Ok(see_other(&format!("{}?done=yes", address(&id))))
}

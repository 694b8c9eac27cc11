//! Changing departments on the pages of the training office: asked for, shown with everybody concerned, and confirmed.

mod asked;
mod carry_out;
mod plan;

use axum::extract::{Path, State};
use axum::response::Response;
use chrono::NaiveDate;
use http::StatusCode;
use kokoroe_app::people::{Chosen, Reorganisation, ReorganiseForm, ReorganisePreview};
use kokoroe_app::ui::SelectOption;
use kokoroe_app::{Lang, say};

pub use asked::Asked;
pub use carry_out::carry_out;
pub use plan::{Deed, Planned, plan};

use super::department::{OnDay, departments_on};
use super::list::{DEPARTMENTS, PEOPLE};
use super::posting::members_after;
use super::{Scribe, display_name};
use crate::audit::hold;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::id::DepartmentId;
use crate::state::Site;
use crate::training::translate::day;

/// Asks for a new department.
pub async fn show_open(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    show(&site, &visitor, Reorganisation::Open, None).await
}

/// Asks for a change of a department.
pub async fn show_change(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path((department, what)): Path<(String, String)>,
) -> Answer {
    let (department, what) = change_of(&department, &what)?;
    show(&site, &visitor, what, Some(department)).await
}

/// Shows what a new department would change, or opens it.
pub async fn submit_open(State(site): State<Site>, visitor: Visitor, office: Office, form: Form) -> Answer {
    submit(&site, &visitor, &office, Asked::read(Reorganisation::Open, None, &form), &form).await
}

/// Shows what a change would do, or makes it: 303 to the page of the department. 422 when something is wrong, 409 when the records are no
/// longer those of the preview; then the new preview is shown.
pub async fn submit_change(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path((department, what)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (department, what) = change_of(&department, &what)?;
    submit(&site, &visitor, &office, Asked::read(what, Some(department), &form), &form).await
}

fn change_of(department: &str, what: &str) -> Result<(DepartmentId, Reorganisation), Problem> {
    let id = DepartmentId::parse(department).ok_or_else(Problem::not_found)?;
    let what = Reorganisation::from_code(what).filter(|what| *what != Reorganisation::Open);
    Ok((id, what.ok_or_else(Problem::not_found)?))
}

async fn show(
    site: &Site,
    visitor: &Visitor,
    what: Reorganisation,
    department: Option<DepartmentId>,
) -> Answer {
    let today = site.calendar().date(site.now());
    let mut asked = Asked::read(what, department, &Form::default());
    asked.on = today.to_string();
    let mut conn = site.db.read().await?;
    let tree = departments_on(&mut conn, today).await?;
    let own = own(&tree, &asked)?;
    if let Some(OnDay { department, .. }) = own {
        if what == Reorganisation::Rename {
            asked.name.clone_from(&department.name);
            if department.name_en != department.name {
                asked.name_en.clone_from(&department.name_en);
            }
        }
        asked.parent = department.parent_id.as_ref().map(ToString::to_string).unwrap_or_default();
    }
    let view = form(&mut conn, &tree, &asked, today, visitor.lang).await?;
    drop(conn);
    Ok(page(site, visitor, view))
}

/// The department of the address.
fn own<'t>(tree: &'t [OnDay], asked: &Asked) -> Result<Option<&'t OnDay>, Problem> {
    match &asked.department {
        None => Ok(None),
        Some(id) => {
            let found = tree.iter().find(|each| each.department.id == *id);
            found.map(Some).ok_or_else(Problem::not_found)
        }
    }
}

fn address(asked: &Asked) -> String {
    match &asked.department {
        None => format!("{DEPARTMENTS}/open"),
        Some(id) => format!("{DEPARTMENTS}/{id}/record/{}", asked.what.code()),
    }
}

/// The form, with what was typed.
async fn form(
    conn: &mut Conn,
    tree: &[OnDay],
    asked: &Asked,
    today: NaiveDate,
    lang: Lang,
) -> Result<ReorganiseForm, Problem> {
    let own = own(tree, asked)?.map(|each| &each.department);
    let takes_parent =
        matches!(asked.what, Reorganisation::Open | Reorganisation::Move | Reorganisation::Split);
    let option = |each: &OnDay, chosen: &str| SelectOption {
        value: each.department.id.to_string(),
        words: format!("{} {}", each.department.code, each.department.name_in(lang)),
        chosen: each.department.id.as_str() == chosen,
    };
    let may_be = |each: &&OnDay| each.department.closed_on.is_none();
    let outside = |each: &&OnDay| {
        own.is_none_or(|own| {
            asked.what == Reorganisation::Split || !each.department.path.starts_with(&own.path)
        })
    };
    let top = SelectOption {
        value: String::new(),
        words: say!(lang, "なし（いちばん上）", "None (at the top)"),
        chosen: asked.parent.is_empty(),
    };
    let parents = if takes_parent {
        let below = tree.iter().filter(may_be).filter(outside).map(|each| option(each, &asked.parent));
        std::iter::once(top).chain(below).collect()
    } else {
        Vec::new()
    };
    let none = SelectOption {
        value: String::new(),
        words: say!(lang, "選んでください", "Choose one"),
        chosen: asked.into.is_empty(),
    };
    let targets = if asked.what == Reorganisation::Merge {
        let others = tree.iter().filter(may_be).filter(outside).map(|each| option(each, &asked.into));
        std::iter::once(none).chain(others).collect()
    } else {
        Vec::new()
    };
    let mut people: Vec<Chosen> = Vec::new();
    if let (Reorganisation::Split, Some(own)) = (asked.what, own) {
        let on = asked.day(today).unwrap_or(today);
        for member in members_after(conn, &own.id, on).await? {
            let value = member.posting.staff_id.to_string();
            people.push(Chosen {
                ticked: asked.people.contains(&value),
                value,
                name: display_name(&member.family, &member.given, &member.roman, lang),
                number: member.staff_no,
            });
        }
        people.dedup_by(|a, b| a.value == b.value);
    }
    let (first, last) = asked::between(today);
    Ok(ReorganiseForm {
        what: asked.what,
        department: own.map(|own| (own.code.clone(), own.name_in(lang).to_owned())),
        on: asked.on.clone(),
        between: (day(first), day(last)),
        code: asked.code.clone(),
        name: asked.name.clone(),
        name_en: asked.name_en.clone(),
        parents,
        targets,
        others: asked.others.clone(),
        people,
        faults: Vec::new(),
        action: address(asked),
        back: own.map_or_else(|| DEPARTMENTS.to_owned(), |own| format!("{DEPARTMENTS}/{}/record", own.id)),
        list: PEOPLE.to_owned(),
    })
}

/// What came of a form.
enum Outcome {
    Done(DepartmentId),
    /// It waits for somebody to confirm it; `true`: something had changed since the last preview.
    Shown(Box<Planned>, bool),
    Wrong(Vec<(kokoroe_app::people::ReorganiseField, kokoroe_app::people::ReorganiseFault)>),
}

async fn submit(site: &Site, visitor: &Visitor, office: &Office, asked: Asked, fields: &Form) -> Answer {
    let (now, lang) = (site.now(), visitor.lang);
    let today = site.calendar().date(now);
    let confirmed = fields.get("confirmed").map(str::to_owned);
    let outcome = if fields.ticked("edit") {
        Outcome::Wrong(Vec::new())
    } else if let Some(confirmed) = confirmed {
        let (inner, actor, asked) = (site.clone(), office.0.staff.clone(), asked.clone());
        site.db
            .write(move |tx| {
                Box::pin(async move {
                    // Held before looking: two who change the same departments follow each other.
                    let now = hold(tx, &inner.ledger, &inner.clock).await?;
                    Ok::<_, DbError>(match plan(tx, &asked, now, today, lang).await? {
                        Err(faults) => Outcome::Wrong(faults),
                        Ok(planned) if planned.seal != confirmed => Outcome::Shown(Box::new(planned), true),
                        Ok(planned) => {
                            let by =
                                Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                            Outcome::Done(carry_out(tx, &by, &planned).await?)
                        }
                    })
                })
            })
            .await?
    } else {
        match plan(&mut site.db.read().await?, &asked, now, today, lang).await? {
            Ok(planned) => Outcome::Shown(Box::new(planned), false),
            Err(faults) => Outcome::Wrong(faults),
        }
    };
    match outcome {
        Outcome::Done(id) => Ok(see_other(&format!("{DEPARTMENTS}/{id}/record?done=yes"))),
        Outcome::Shown(planned, again) => {
            let status = if again { StatusCode::CONFLICT } else { StatusCode::OK };
            Ok(preview(site, visitor, status, &asked, *planned, today, again))
        }
        Outcome::Wrong(faults) => {
            let mut conn = site.db.read().await?;
            let tree = departments_on(&mut conn, today).await?;
            let mut view = form(&mut conn, &tree, &asked, today, lang).await?;
            drop(conn);
            let wrong = !faults.is_empty();
            view.faults = faults;
            let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            Ok(page_with_status(site, visitor, status, view))
        }
    }
}

fn preview(
    site: &Site,
    visitor: &Visitor,
    status: StatusCode,
    asked: &Asked,
    planned: Planned,
    today: NaiveDate,
    again: bool,
) -> Response {
    let view = ReorganisePreview {
        what: asked.what,
        on: day(planned.on),
        past: planned.on < today,
        effects: planned.effects,
        again,
        fields: asked.fields(),
        seal: planned.seal,
        action: address(asked),
        list: PEOPLE.to_owned(),
    };
    page_with_status(site, visitor, status, view)
}

//! The page of one department: how it stood, stands and will stand, who manages it, and the way to every change.

use axum::extract::{Path, Query, State};
use chrono::{Days, NaiveDate};
use kokoroe_app::Lang;
use kokoroe_app::people::{DepartmentRecord, Managing, Standing};
use serde::Deserialize;

use super::department::timeline::{self, BEGINNING, State as Stands};
use super::department::{changes, department};
use super::display_name;
use super::list::{DEPARTMENTS, PEOPLE};
use super::role::{ManagerOf, managers};
use crate::db::DbError;
use crate::http::{Answer, Office, Problem, Visitor, page};
use crate::id::DepartmentId;
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
    _office: Office,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id = DepartmentId::parse(&id).ok_or_else(Problem::not_found)?;
    let (lang, now) = (visitor.lang, site.now());
    let today = site.calendar().date(now);
    let mut conn = site.db.read().await?;
    let own = department(&mut conn, &id).await?.ok_or_else(Problem::not_found)?;
    let states = timeline::states(&changes(&mut conn).await?)
        .map_err(|ring| DbError::Inconsistent(ring.to_string()))?;
    let managing = managers(&mut conn, now, today).await?;
    drop(conn);
    let name = |id: &DepartmentId, on: NaiveDate| {
        let then = states.iter().find(|state| state.department == *id && holds(state, on));
        then.map(|state| name_in(state, lang)).unwrap_or_default()
    };
    let mut own_states: Vec<&Stands> = states.iter().filter(|state| state.department == id).collect();
    own_states.reverse();
    let standings = own_states
        .into_iter()
        // Before it was opened there was nothing.
        .filter(|state| state.is_open || state.from_on != BEGINNING)
        .map(|state| Standing {
            from: (state.from_on != BEGINNING).then(|| day(state.from_on)),
            name: name_in(state, lang),
            above: state.parent.as_ref().map(|parent| name(parent, state.from_on)),
            open: state.is_open,
            now: holds(state, today),
            ahead: state.from_on > today,
        })
        .collect();
    let address = format!("{DEPARTMENTS}/{id}/record");
    let view = DepartmentRecord {
        standings,
        managers: managing
            .iter()
            .filter(|manager| manager.department_id == id)
            .map(|manager| shown(manager, lang))
            .collect(),
        closed: own.closed_on.is_some(),
        done: asked.done.is_some(),
        below: format!("{PEOPLE}?below={id}"),
        address,
        name: own.name_in(lang).to_owned(),
        code: own.code,
        tree: DEPARTMENTS.to_owned(),
        list: PEOPLE.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

fn holds(state: &Stands, on: NaiveDate) -> bool {
    state.from_on <= on && state.to_on.is_none_or(|to| to > on)
}

fn name_in(state: &Stands, lang: Lang) -> String {
    lang.either(&state.name, &state.name_en).to_owned()
}

/// Whoever manages a department, as a page tells it.
pub(super) fn shown(manager: &ManagerOf, lang: Lang) -> Managing {
    Managing {
        name: display_name(&manager.family, &manager.given, &manager.roman, lang),
        deputy: manager.deputy,
        until: manager.ends_on.map(|on| day(on.checked_sub_days(Days::new(1)).unwrap_or(on))),
    }
}

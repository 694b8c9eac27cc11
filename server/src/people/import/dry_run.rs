//! What a list would change, and confirming it.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::StatusCode;
use kokoroe_app::people::{ConfirmError, ManyLeave, PlanNotice, PlanPage, PlanState, PlanTab};
use kokoroe_courses::Track;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::apply::apply;
use super::codes_again::awaiting;
use super::draft::{Draft, seal};
use super::plan::{Base, Plan};
use super::shown::{self, Names};
use crate::db::{DbError, Tx};
use crate::http::{Answer, Form, Office, Problem, Visitor, page_with_status, see_other};
use crate::id::ImportId;
use crate::people::codes::Code;
use crate::people::list::{IMPORT, PEOPLE, sheet};
use crate::people::store::import::{self as store, Import};
use crate::people::{Scribe, department, display_name, staff};
use crate::state::Site;
use crate::training::translate::{day, moment};

/// What the address of the page may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    show: Option<String>,
    q: Option<String>,
    page: Option<String>,
}

/// What happened to a form that comes back.
#[derive(Default)]
struct Again {
    notice: Option<PlanNotice>,
    errors: Vec<ConfirmError>,
    ticked: bool,
    typed: String,
}

/// The plan, or what became of it.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let import = load(&site, &id).await?;
    plan_page(&site, &visitor, StatusCode::OK, import, asked, Again::default()).await
}

/// An import by the id in an address.
///
/// # Errors
/// Not found when there is none.
pub(super) async fn load(site: &Site, id: &str) -> Result<Import, Problem> {
    let id = ImportId::parse(id).ok_or_else(Problem::not_found)?;
    let mut conn = site.db.read().await?;
    store::import(&mut conn, &id).await?.ok_or_else(Problem::not_found)
}

async fn plan_page(
    site: &Site,
    visitor: &Visitor,
    status: StatusCode,
    import: Import,
    asked: Asked,
    again: Again,
) -> Result<Response, Problem> {
    let lang = visitor.lang;
    let calendar = site.calendar();
    let Draft { complete, plan, .. } = Draft::read(&import.plan)?;
    let mut conn = site.db.read().await?;
    let departments = department::departments(&mut conn).await?;
    let by = staff::staff(&mut conn, &import.made_by).await?;
    let awaiting = match import.confirmed_at {
        Some(_) => awaiting(site, &mut conn, &import).await?.len(),
        None => 0,
    };
    drop(conn);
    let address = format!("{IMPORT}/{}", import.id);
    let tab = asked.show.as_deref().and_then(PlanTab::from_code).unwrap_or_else(|| shown::first(&plan));
    let query = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    let names = Names::new(&departments, &plan, lang);
    let (rows, part) = shown::rows(&plan, tab, &query, asked.page.as_deref(), &address, &names);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let state = match import.confirmed_at {
        Some(at) => PlanState::Done {
            at: moment(at, calendar),
            awaiting: count(awaiting),
            codes: format!("{address}/codes"),
        },
        None => PlanState::Waiting {
            seal: seal(&import.plan),
            many: plan.many_leave().then(|| ManyLeave {
                leaving: count(plan.departures()),
                present: count(plan.present),
                most: plan.most_leaving.0,
            }),
            ticked: again.ticked,
            typed: again.typed,
        },
    };
    let content = PlanPage {
        file: import.file_name,
        made: moment(import.made_at, calendar),
        by: by.map(|by| display_name(&by.family, &by.given, &by.roman, lang)).unwrap_or_default(),
        complete,
        on: day(plan.on),
        counts: shown::counts(&plan),
        unchanged: count(plan.unchanged),
        tab,
        rows,
        listed: part.listed,
        query,
        state,
        notice: again.notice,
        errors: again.errors,
        address,
        import: IMPORT.to_owned(),
        people: PEOPLE.to_owned(),
    };
    Ok(page_with_status(site, visitor, status, content))
}

/// Applies the plan that somebody saw: 200 with the new codes, or 303 to the result. 422 when something is missing, 409 when
/// the records are no longer those that the list was compared with; then the new plan is shown and nothing is applied.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let import = load(&site, &id).await?;
    let address = format!("{IMPORT}/{}", import.id);
    if import.confirmed_at.is_some() {
        return Ok(see_other(&address));
    }
    let planned_again = || Again { notice: Some(PlanNotice::PlannedAgain), ..Again::default() };
    if form.text("seal") != seal(&import.plan) {
        return plan_page(&site, &visitor, StatusCode::CONFLICT, import, Asked::default(), planned_again())
            .await;
    }
    let typed: String = form.text("leavers_number").nfkc().collect();
    let ticked = form.ticked("leavers");
    let errors = missing(&Draft::read(&import.plan)?.plan, &office, ticked, &typed, &site).await?;
    if !errors.is_empty() {
        let again = Again { errors, ticked, typed, notice: None };
        let asked = Asked { show: Some(PlanTab::Leaving.code().to_owned()), ..Asked::default() };
        return plan_page(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, import, asked, again).await;
    }
    let inner = site.clone();
    let actor = office.0.staff.clone();
    let (id, seen) = (import.id.clone(), import.plan.clone());
    let confirmed = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                confirm(tx, &by, &id, &seen, &inner.content.catalogue.course.tracks).await
            })
        })
        .await?;
    match confirmed {
        Confirmed::Applied(codes) if codes.is_empty() => Ok(see_other(&address)),
        Confirmed::Applied(codes) => Ok(sheet(&site, &visitor, codes, Some(&import.id))),
        Confirmed::Before => Ok(see_other(&address)),
        Confirmed::PlannedAgain => {
            let import = load(&site, import.id.as_str()).await?;
            plan_page(&site, &visitor, StatusCode::CONFLICT, import, Asked::default(), planned_again()).await
        }
    }
}

/// What still has to be given before so many people lose their places.
async fn missing(
    plan: &Plan,
    office: &Office,
    ticked: bool,
    typed: &str,
    site: &Site,
) -> Result<Vec<ConfirmError>, Problem> {
    let mut errors = Vec::new();
    if plan.many_leave() {
        errors.extend((!ticked).then_some(ConfirmError::NoTick));
        errors.extend((typed.parse() != Ok(plan.departures())).then_some(ConfirmError::WrongNumber));
    }
    let mut conn = site.db.read().await?;
    let own = staff::staff(&mut conn, &office.0.staff).await?.map(|own| own.staff_no);
    if let Some(own) = own {
        let missing = plan.leaving.iter().any(|leaving| leaving.staff_no == own);
        errors.extend(missing.then_some(ConfirmError::Yourself));
        errors.extend(plan.shuts_out(&own).then_some(ConfirmError::YourselfGone));
    }
    Ok(errors)
}

enum Confirmed {
    Applied(Vec<Code>),
    /// Somebody confirmed it before.
    Before,
    /// The records had changed.
    PlannedAgain,
}

/// Applies a plan once, to the records that it was made for.
async fn confirm(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &ImportId,
    seen: &str,
    tracks: &[Track],
) -> Result<Confirmed, DbError> {
    store::hold(tx).await?;
    let Some(import) = store::import(tx, id).await?.filter(|import| import.confirmed_at.is_none()) else {
        return Ok(Confirmed::Before);
    };
    let now = by.clock.now();
    let today = by.ledger.calendar.date(now);
    department::come_into_force(tx, by).await?;
    let base = Base::load(tx, today).await?;
    let draft = Draft::read(&import.plan)?;
    if import.plan != seen || draft.base != base.fingerprint(today) {
        let again = Draft::new(&base, draft.lines, draft.complete, today).text()?;
        store::plan_again(tx, id, &again, now).await?;
        return Ok(Confirmed::PlannedAgain);
    }
    let codes = apply(tx, by, &base, &draft.plan, tracks).await?;
    let done = draft.done().text()?;
    if store::confirm(tx, id, now, &done).await? {
        Ok(Confirmed::Applied(codes))
    } else {
        Ok(Confirmed::Before)
    }
}

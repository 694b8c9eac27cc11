//! One part of the draft, in its form.

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use kokoroe_app::paths;
use kokoroe_app::policy::{DraftFault, PartForm, PartKind, PartValues};
use kokoroe_courses::Policy;

use super::DRAFT;
use crate::db::DbError;
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::policies::draft::{self, Draft, Saved};
use crate::policies::part::{Desk, Part, STATEMENT_FIELDS};
use crate::policies::publish::earlier_day;
use crate::state::Site;
use crate::training::translate::Translator;

/// The part, or the way to the list where nothing is being written any more.
async fn find(site: &Site, code: &str) -> Result<Result<(Draft, Part, Desk), Response>, Problem> {
    let mut conn = site.db.read().await?;
    let Some(draft) = Draft::load(&mut conn).await? else {
        return Ok(Err(see_other(paths::OFFICE_POLICY)));
    };
    let part = Part::from_code(code, &draft.policy).ok_or(Problem::not_found())?;
    let desk = Desk { today: site.calendar().date(site.now()), earlier: earlier_day(site, &mut conn).await? };
    Ok(Ok((draft, part, desk)))
}

/// The form.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(code): Path<String>,
) -> Answer {
    let (draft, part, _) = match find(&site, &code).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let fields = part.fields(&draft.policy);
    let view = view(&site, &visitor, &draft.policy, &part, &fields, Vec::new(), false);
    Ok(page(&site, &visitor, view))
}

/// Keeps what was written. Whoever has read an older text is told, sees what stands there now, and loses nothing.
pub(super) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(code): Path<String>,
    form: Form,
) -> Answer {
    let (_, part, desk) = match find(&site, &code).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (inner, by, sent, what) = (site.clone(), office.0.staff.clone(), form.clone(), part.clone());
    let saved: Result<Saved, DbError> = site
        .db
        .write(move |tx| Box::pin(async move { draft::save(tx, &inner, &by, &what, &sent, desk).await }))
        .await;
    let (faults, meanwhile) = match saved? {
        Saved::Yes => return Ok(see_other(DRAFT)),
        Saved::Meanwhile => (Vec::new(), true),
        Saved::No(faults) => (faults, false),
    };
    let mut conn = site.db.read().await?;
    let Some(draft) = Draft::load(&mut conn).await? else { return Ok(see_other(paths::OFFICE_POLICY)) };
    drop(conn);
    let view = view(&site, &visitor, &draft.policy, &part, &form, faults, meanwhile);
    let status = if meanwhile { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page_with_status(&site, &visitor, status, view))
}

/// Takes a clause of the hospital's own out.
pub(super) async fn remove(
    State(site): State<Site>,
    _visitor: Visitor,
    office: Office,
    Path(code): Path<String>,
) -> Answer {
    let (inner, by) = (site.clone(), office.0.staff.clone());
    let removed: Result<(), DbError> =
        site.db.write(move |tx| Box::pin(async move { draft::remove(tx, &inner, &by, &code).await })).await;
    removed?;
    Ok(see_other(DRAFT))
}

fn values(part: &Part, form: &Form) -> PartValues {
    let text = |name: &str| form.text(name).to_owned();
    match part {
        Part::Frame => PartValues::Frame {
            effective: text("effective"),
            change: text("change"),
            changes: text("changes"),
            changes_en: text("changes_en"),
        },
        Part::Statements => PartValues::Statements(
            STATEMENT_FIELDS.map(|fields| (fields, fields.map(text))).into_iter().collect(),
        ),
        Part::Preamble => {
            PartValues::Text { heading: None, text: [text("text"), text("text_en"), text("text_easy")] }
        }
        Part::Clause(_) | Part::New => PartValues::Text {
            heading: Some([text("heading"), text("heading_en"), text("heading_easy")]),
            text: [text("text"), text("text_en"), text("text_easy")],
        },
    }
}

fn view(
    site: &Site,
    visitor: &Visitor,
    policy: &Policy,
    part: &Part,
    form: &Form,
    faults: Vec<DraftFault>,
    meanwhile: bool,
) -> PartForm {
    let words = Translator::new(site, visitor).binding();
    let kind = match part {
        Part::Frame => PartKind::Frame,
        Part::Statements => PartKind::Statements,
        Part::Preamble => PartKind::Preamble,
        Part::New => PartKind::New,
        Part::Clause(id) => match policy.clause(id) {
            Some(clause) => PartKind::Clause(words.words(&clause.heading)),
            None => PartKind::New,
        },
    };
    let own = matches!(part, Part::Clause(id) if site.content.catalogue.policy.clause(id).is_none());
    let path = super::part_path(part);
    PartForm {
        kind,
        values: values(part, form),
        // What stands there now, for whoever has read an older text.
        now: meanwhile.then(|| values(part, &part.fields(policy))),
        plain: policy.preamble.easy.is_some()
            || policy.clauses.iter().any(|clause| clause.body.easy.is_some()),
        seen: if meanwhile || form.text("seen").is_empty() {
            part.seen(policy)
        } else {
            form.text("seen").to_owned()
        },
        faults,
        remove: own.then(|| format!("{path}/remove")),
        action: path,
        back: DRAFT.to_owned(),
    }
}

//! Writing a training, or another rule for one that is open.

use std::collections::{BTreeSet, HashMap};

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use kokoroe_app::requirements::{CycleView, FormFault, RequirementForm, TickBox};
use kokoroe_app::{Lang, paths};
use kokoroe_courses::Lang as CourseLang;

use super::{detail, draft_path, list, requirement_path};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::id::{DraftId, StaffId};
use crate::people::department::departments;
use crate::people::known::known;
use crate::people::staff::{staff, staff_by_number};
use crate::requirements::draft::{Desk, Draft, numbers};
use crate::requirements::rule::Rule;
use crate::requirements::store::draft::DraftRow;
use crate::requirements::store::{self, Requirement};
use crate::state::Site;

/// An empty form.
pub(super) async fn new(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let today = site.calendar().date(site.now());
    let due = today.checked_add_months(chrono::Months::new(2)).unwrap_or(today);
    let draft = Draft {
        title: String::new(),
        title_en: String::new(),
        basis: String::new(),
        basis_en: String::new(),
        modules: Vec::new(),
        signature: false,
        opens: today,
        due,
        valid_to: None,
        rule: Rule::default(),
    };
    let mut conn = site.db.read().await?;
    let shown =
        Shown { row: None, changes: None, form: &draft.fields(&[]), faults: Vec::new(), conflict: false };
    let view = shown.view(&site, &mut conn, &visitor).await?;
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Keeps a new draft.
pub(super) async fn submit_new(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let draft = match read(&site, &mut conn, &form, None).await? {
        Ok(draft) => draft,
        Err(faults) => {
            let shown = Shown { row: None, changes: None, form: &form, faults, conflict: false };
            return refused(&site, &mut conn, &visitor, shown).await;
        }
    };
    drop(conn);
    let row = DraftRow {
        id: DraftId::new(&site.clock),
        requirement_id: None,
        body: draft.text(),
        made_by: office.0.staff.clone(),
        made_at: site.now(),
        version: 1,
    };
    let to = format!("{}/dry-run", draft_path(&row.id));
    add(&site, row).await?;
    Ok(see_other(&to))
}

async fn add(site: &Site, row: DraftRow) -> Result<(), DbError> {
    site.db.write(move |tx| Box::pin(async move { store::draft::add(tx, &row).await })).await
}

/// Begins a draft of another rule.
pub(super) async fn change(
    State(site): State<Site>,
    _visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let requirement = detail::find(&mut conn, &id).await?;
    let drafts = store::draft::drafts(&mut conn).await?;
    drop(conn);
    if list::is_over(&site, &requirement) {
        return Ok(see_other(&requirement_path(&requirement.id)));
    }
    // One change at a time: whoever asks again goes on with the one that is being written.
    if let Some(begun) = drafts.iter().find(|row| row.requirement_id.as_ref() == Some(&requirement.id)) {
        return Ok(see_other(&draft_path(&begun.id)));
    }
    let row = DraftRow {
        id: DraftId::new(&site.clock),
        body: Draft::of(&requirement, site.calendar()).text(),
        requirement_id: Some(requirement.id),
        made_by: office.0.staff.clone(),
        made_at: site.now(),
        version: 1,
    };
    let to = draft_path(&row.id);
    add(&site, row).await?;
    Ok(see_other(&to))
}

/// A draft and the requirement whose rule it changes.
///
/// # Errors
/// Not found when there is no such draft.
pub(super) async fn find(
    conn: &mut Conn,
    id: &str,
) -> Result<(DraftRow, Draft, Option<Requirement>), Problem> {
    let id = DraftId::parse(id).ok_or(Problem::not_found())?;
    let row = store::draft::draft(conn, &id).await?.ok_or(Problem::not_found())?;
    let draft = Draft::read(&row.body).ok_or_else(|| Problem::broken("a draft cannot be read"))?;
    let changes = match &row.requirement_id {
        Some(id) => Some(store::requirement(conn, id).await?.ok_or(Problem::not_found())?),
        None => None,
    };
    Ok((row, draft, changes))
}

/// A draft in its form.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let (row, draft, changes) = find(&mut conn, &id).await?;
    let mut numbers = Vec::new();
    for person in &draft.rule.whom.except.people {
        numbers.extend(staff(&mut conn, person).await?.map(|person| person.staff_no));
    }
    let form = draft.fields(&numbers);
    let shown = Shown {
        row: Some(&row),
        changes: changes.as_ref(),
        form: &form,
        faults: Vec::new(),
        conflict: false,
    };
    let view = shown.view(&site, &mut conn, &visitor).await?;
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Keeps what was written.
pub(super) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let (row, _, changes) = find(&mut conn, &id).await?;
    let draft = match read(&site, &mut conn, &form, changes.as_ref()).await? {
        Ok(draft) => draft,
        Err(faults) => {
            let shown =
                Shown { row: Some(&row), changes: changes.as_ref(), form: &form, faults, conflict: false };
            return refused(&site, &mut conn, &visitor, shown).await;
        }
    };
    let new = DraftRow {
        body: draft.text(),
        made_by: office.0.staff.clone(),
        made_at: site.now(),
        version: form.text("version").parse().unwrap_or(0),
        ..row.clone()
    };
    let kept: Result<bool, DbError> =
        site.db.write(move |tx| Box::pin(async move { store::draft::change(tx, &new).await })).await;
    if !kept? {
        let shown = Shown {
            row: Some(&row),
            changes: changes.as_ref(),
            form: &form,
            faults: Vec::new(),
            conflict: true,
        };
        return refused(&site, &mut conn, &visitor, shown).await;
    }
    Ok(see_other(&format!("{}/dry-run", draft_path(&row.id))))
}

async fn read(
    site: &Site,
    conn: &mut Conn,
    form: &Form,
    changes: Option<&Requirement>,
) -> Result<Result<Draft, Vec<FormFault>>, DbError> {
    let mut people: HashMap<String, StaffId> = HashMap::new();
    for number in numbers(form) {
        if let Some(person) = staff_by_number(conn, &number).await? {
            people.insert(number, person.id);
        }
    }
    let today = site.calendar().date(site.now());
    let desk = Desk { today, people: &people, changes, calendar: site.calendar() };
    Ok(Draft::from_form(form, &desk))
}

async fn refused(
    site: &Site,
    conn: &mut Conn,
    visitor: &Visitor,
    shown: Shown<'_>,
) -> Result<Response, Problem> {
    let view = shown.view(site, conn, visitor).await?;
    Ok(page_with_status(site, visitor, StatusCode::UNPROCESSABLE_ENTITY, view))
}

/// What the form shows.
struct Shown<'s> {
    row: Option<&'s DraftRow>,
    changes: Option<&'s Requirement>,
    form: &'s Form,
    faults: Vec<FormFault>,
    conflict: bool,
}

impl Shown<'_> {
    async fn view(self, site: &Site, conn: &mut Conn, visitor: &Visitor) -> Result<RequirementForm, DbError> {
        let lang = visitor.lang;
        let today = site.calendar().date(site.now());
        let people = known(conn, today).await?;
        let professions: BTreeSet<&str> = people.iter().map(|who| who.profession.as_str()).collect();
        let employments: BTreeSet<&str> = people.iter().map(|who| who.employment.as_str()).collect();
        let places: Vec<(String, String)> = departments(conn)
            .await?
            .into_iter()
            .filter(|department| department.closed_on.is_none_or(|day| day > today))
            .map(|department| (department.id.to_string(), department.name_in(lang).to_owned()))
            .collect();
        let words = |words: &BTreeSet<&str>| {
            words
                .iter()
                .filter(|word| !word.is_empty())
                .map(|word| ((*word).to_owned(), (*word).to_owned()))
                .collect::<Vec<_>>()
        };
        let (professions, employments) = (words(&professions), words(&employments));
        let course_lang = if lang == Lang::En { CourseLang::En } else { CourseLang::Ja };
        let modules: Vec<(String, String)> = site
            .content
            .catalogue
            .course
            .modules
            .iter()
            .filter_map(|id| {
                Some((id.clone(), site.content.module(id)?.1.title.get(course_lang).0.to_owned()))
            })
            .collect();
        let text = |name: &str| self.form.text(name).to_owned();
        let boxes = |name: &str, all: &[(String, String)]| {
            all.iter()
                .map(|(value, words)| TickBox {
                    value: value.clone(),
                    words: words.clone(),
                    ticked: self.form.all(name).any(|ticked| ticked == value),
                })
                .collect::<Vec<_>>()
        };
        let action = match self.row {
            Some(row) => draft_path(&row.id),
            None => format!("{}/new", paths::REQUIREMENTS),
        };
        Ok(RequirementForm {
            changes: self.changes.map(|of| of.title_in(lang).to_owned()),
            title: text("title"),
            title_en: text("title_en"),
            basis: text("basis"),
            basis_en: text("basis_en"),
            modules: boxes("module", &modules),
            signature: self.form.ticked("signature"),
            opens: text("opens"),
            due: text("due"),
            valid_to: text("valid_to"),
            cycle: CycleView::from_code(self.form.text("cycle")).unwrap_or_default(),
            months: text("months"),
            departments: boxes("department", &places),
            professions: boxes("profession", &professions),
            employments: boxes("employment", &employments),
            managers: self.form.ticked("managers"),
            joined_from: text("joined_from"),
            joined_before: text("joined_before"),
            except_departments: boxes("except_department", &places),
            except_professions: boxes("except_profession", &professions),
            except_employments: boxes("except_employment", &employments),
            except_people: text("except_people"),
            joiner: text("joiner"),
            back: text("back"),
            least: text("least"),
            renewal: text("renewal"),
            gap: text("gap"),
            version: self.row.map_or(0, |row| row.version),
            conflict: self.conflict,
            faults: self.faults,
            action,
            back_to: paths::REQUIREMENTS.to_owned(),
        })
    }
}

//! The training office: the whole hospital in numbers, and the people of any department.

use std::sync::Arc;

use axum::extract::{Path, State};
use chrono::{Datelike, Months};
use kokoroe_app::reports::table::directly;
use kokoroe_app::reports::{
    Choice, Conditions, DepartmentLine, OfficePage, PaperHead, PersonPage, Place, Soon, StatusLink,
};
use kokoroe_app::ui::trail::Crumb;
use kokoroe_app::{paths, say};

use super::about::{About, profession_choices, question};
use super::asked::{Asked, Sorted, Wanted, When};
use super::file::{self, Kind};
use super::list::{Desk, tally};
use super::long;
use super::person::{self, Desk as PersonDesk};
use super::rollup::Rollup;
use super::scope::{Scope, Tree};
use super::store::{self, CountRow, SOON_DAYS, Scan};
use super::tally::{by_department, rate_view, small};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Office, Problem, Visitor, page};
use crate::reminders::{self, NoteSent, Reader};
use crate::requirements::status::Status;
use crate::requirements::store::{self as requirements, Requirement};
use crate::state::Site;
use crate::training::my_training::status_view;
use crate::training::objection;
use crate::training::translate::moment;

/// The table of departments.
pub(super) const TABLE: &str = "/office/report";
/// The people of a department, without its id.
pub(super) const DEPARTMENTS: &str = "/office/departments";
/// A person, without the id.
const PEOPLE: &str = "/office/people";
/// How many departments below the target the first page lists.
const BELOW: usize = 10;
/// Rates below this many tenths of a per cent miss the target.
const TARGET: i64 = kokoroe_app::reports::TARGET as i64;

/// Counts as of when, narrowed to a profession where one is asked for.
pub(super) struct Counted {
    pub(super) when: When,
    pub(super) counts: Vec<CountRow>,
    pub(super) modules: Vec<store::ModuleRow>,
}

/// Counts the whole hospital, with the modules of people halfway.
pub(super) async fn count(
    site: &Site,
    conn: &mut Conn,
    requirement: &Requirement,
    when: When,
    asked: &Asked,
) -> Result<Counted, DbError> {
    let asking = question(requirement, when, &asked.with(|next| next.search.clear()));
    if !asked.profession.is_empty() {
        let (counts, modules) = store::counts_with_modules(conn, &asking, &Scan::Everywhere).await?;
        return Ok(Counted { when, counts, modules });
    }
    let (when, rollup) = if when.is_past() {
        (when, site.rollups.then_with_modules(site, &asking, &Scan::Everywhere).await?)
    } else {
        let rollup = site.rollups.now(site, &asking, &Scan::Everywhere).await?;
        (When::now(rollup.at, site.calendar()), rollup)
    };
    Ok(Counted { when, counts: rollup.counts.clone(), modules: rollup.modules.clone() })
}

/// Where everybody stands, and a year before, on the first page: neither waits for the other.
async fn whole(
    site: &Site,
    about: &About,
    requirement: &Requirement,
    tree: &Tree,
) -> Result<(When, Arc<Rollup>, LastYear), DbError> {
    let asking = question(requirement, about.when, &Asked::default());
    let now = async {
        if about.when.is_past() {
            let rollup = site.rollups.then(site, &asking, &Scan::Everywhere).await?;
            return Ok::<_, DbError>((about.when, rollup));
        }
        let rollup = site.rollups.now(site, &asking, &Scan::Everywhere).await?;
        Ok((When::now(rollup.at, site.calendar()), rollup))
    };
    let (now, before) = tokio::join!(now, last_year(site, about, requirement, tree));
    let (when, rollup) = now?;
    Ok((when, rollup, before?))
}

/// The first page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, office: Office, asked: Asked) -> Answer {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let asked = asked.with(|next| {
        *next = Asked {
            requirement: asked.requirement.clone(),
            at: asked.at.clone(),
            page: 1,
            ..Asked::default()
        }
    });
    let mut conn = site.db.read().await?;
    let about = About::read(&site, &mut conn, &asked).await?;
    let tree = Tree::load(&mut conn, about.when.instant.day).await?;
    let list = |scope: &str, change: &dyn Fn(&mut Asked)| {
        asked.with(|next| change(next)).address(&format!("{DEPARTMENTS}/{scope}"))
    };
    let undecided = u32::try_from(requirements::exception::open(&mut conn).await?.len()).unwrap_or(u32::MAX);
    let mut view = OfficePage {
        requirement: about.requirement.as_ref().map(|requirement| requirement.title_in(lang).to_owned()),
        as_of: about.when.view(calendar),
        conditions: Conditions {
            action: paths::OFFICE.to_owned(),
            requirements: about.choices(lang),
            departments: Vec::new(),
            professions: Vec::new(),
            at: asked.at.clone(),
            at_error: about.when.error,
        },
        rate: rate_view(crate::requirements::status::Rate::default()),
        last_year: None,
        statuses: Vec::new(),
        below: Vec::new(),
        below_more: 0,
        soon: Soon {
            people: 0,
            days: u32::try_from(SOON_DAYS).unwrap_or(0),
            href: list("all", &|next| {
                next.wanted = Wanted::Open;
                next.sorted = Sorted::Due;
            }),
        },
        nowhere: None,
        everybody: list("all", &|_| {}),
        table: asked.address(TABLE),
        trend: asked.address(paths::TREND),
        people: PEOPLE.to_owned(),
        departments: DEPARTMENTS.to_owned(),
        questions: asked.with(|next| next.at.clear()).address(super::insight::QUESTIONS),
        clauses: asked.with(|next| next.at.clear()).address(super::insight::CLAUSES),
        requirements: paths::REQUIREMENTS.to_owned(),
        exceptions: ("/office/exceptions".to_owned(), undecided),
        follow_up: reminders::FOLLOW_UP.to_owned(),
        objections: (objection::OBJECTIONS.to_owned(), small(objection::open(&mut conn).await?)),
        paper: PaperHead {
            hospital: site.hospital.name(lang).to_owned(),
            conditions: about
                .requirement
                .iter()
                .map(|requirement| (say!(lang, "研修", "Training"), requirement.title_in(lang).to_owned()))
                .collect(),
            as_of: about.when.view(calendar),
            by: office.0.name(lang),
            at: moment(site.now(), calendar),
        },
    };
    if let Some(requirement) = &about.requirement {
        drop(conn);
        let (when, counted, before) = whole(&site, &about, requirement, &tree).await?;
        view.last_year = before;
        view.as_of = when.view(calendar);
        view.paper.as_of = view.as_of;
        let whole = tally(&tree, &Scope::All, &counted.counts);
        view.rate = rate_view(whole.rate());
        view.soon.people = small(whole.soon());
        view.statuses = Status::ALL
            .into_iter()
            .filter(|status| whole.of(*status) > 0)
            .map(|status| StatusLink {
                status: status_view(status),
                count: small(whole.of(status)),
                href: list("all", &|next| next.wanted = Wanted::Of(status)),
            })
            .collect();
        let nowhere = tally(&tree, &Scope::Nowhere, &counted.counts).rate().of;
        view.nowhere = (nowhere > 0).then(|| (small(nowhere), list("none", &|_| {})));
        let mut low: Vec<DepartmentLine> = by_department(&counted.counts, &[])
            .into_iter()
            .filter_map(|(id, tally)| Some((tree.get(id.as_ref()?)?, tally)))
            .filter(|(_, tally)| tally.rate().permille().is_some_and(|permille| permille < TARGET))
            .map(|(node, tally)| DepartmentLine {
                // Only its own people are counted here; the departments below it have lines of their own.
                name: match (node.department.name_in(lang), node.parent) {
                    (name, true) => directly(name, lang),
                    (name, false) => name.to_owned(),
                },
                href: list(node.department.id.as_str(), &|_| {}),
                rate: rate_view(tally.rate()),
                open: small(tally.open()),
                overdue: small(tally.of(Status::Overdue)),
            })
            .collect();
        low.sort_by_key(|line| (line.rate.tenths(), std::cmp::Reverse(line.open), line.name.clone()));
        view.below_more = u32::try_from(low.len().saturating_sub(BELOW)).unwrap_or(0);
        low.truncate(BELOW);
        view.below = low;
    }
    Ok(page(&site, &visitor, view))
}

/// As of when, and the rate; none where there was no such course.
type LastYear = Option<(kokoroe_app::reports::AsOf, kokoroe_app::ui::rate::Rate)>;

/// The rate of the same course one year before, at the end of the same day.
async fn last_year(
    site: &Site,
    about: &About,
    requirement: &Requirement,
    tree: &Tree,
) -> Result<LastYear, DbError> {
    let before = about.year_before(requirement);
    let day = about.when.instant.day.checked_sub_months(Months::new(12)).filter(|day| day.year() > 1970);
    let (Some(before), Some(day)) = (before, day) else { return Ok(None) };
    let when = When::of(&day.to_string(), site.now(), site.calendar());
    let asking = question(before, when, &Asked::default());
    let rollup = site.rollups.then_as_one(site, &asking).await?;
    let rate = tally(tree, &Scope::All, &rollup.counts).rate();
    Ok((rate.of > 0).then(|| (when.view(site.calendar()), rate_view(rate))))
}

async fn desk<'a>(
    site: &'a Site,
    visitor: &'a Visitor,
    office: &'a Office,
    conn: &mut Conn,
    tree: &'a Tree,
    scope: &'a Scope,
) -> Result<Desk<'a>, Problem> {
    let lang = visitor.lang;
    let mut crumbs = vec![Crumb {
        words: say!(lang, "全体の状況", "The whole hospital"),
        href: paths::OFFICE.to_owned(),
    }];
    if let Scope::Below(tops) = scope {
        let above = tops
            .iter()
            .find_map(|top| tree.get(top))
            .map(|node| tree.above(&node.department))
            .unwrap_or_default();
        crumbs.extend(above.into_iter().map(|department| Crumb {
            words: department.name_in(lang).to_owned(),
            href: format!("{DEPARTMENTS}/{}", department.id),
        }));
    }
    let address = format!("{DEPARTMENTS}/{}", scope.text());
    Ok(Desk {
        site,
        visitor,
        signed: &office.0,
        tree,
        scope,
        export: format!("{address}/export"),
        address,
        people: PEOPLE,
        place: Place::Office(crumbs),
        departments: Vec::new(),
        professions: store::professions(conn).await?,
    })
}

/// The people of a department.
pub(super) async fn show_department(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(department): Path<String>,
    asked: Asked,
) -> Answer {
    let asked = Asked { department: String::new(), ..asked };
    let mut conn = site.db.read().await?;
    let tree = Tree::load(&mut conn, When::of(&asked.at, site.now(), site.calendar()).instant.day).await?;
    let scope = Scope::of_office(&office, &tree, &department)?;
    let desk = desk(&site, &visitor, &office, &mut conn, &tree, &scope).await?;
    drop(conn);
    let view = desk.page(&asked).await?;
    Ok(page(&site, &visitor, view))
}

/// The people of a department as a file.
pub(super) async fn export_department(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(department): Path<String>,
    form: Form,
) -> Answer {
    let asked = Asked { department: String::new(), ..Asked::of_form(&form)? };
    let kind = Kind::read(form.text("format")).ok_or(Problem::unreadable())?;
    let mut conn = site.db.read().await?;
    let tree = Tree::load(&mut conn, When::of(&asked.at, site.now(), site.calendar()).instant.day).await?;
    let scope = Scope::of_office(&office, &tree, &department)?;
    let desk = desk(&site, &visitor, &office, &mut conn, &tree, &scope).await?;
    drop(conn);
    match long::instead(&desk, &asked, &department, kind, form.text("form")).await? {
        Some(asked_for) => Ok(asked_for),
        None => file::people(&desk, &asked, kind).await,
    }
}

/// Anybody over all years.
pub(super) async fn show_person(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(staff): Path<String>,
    asked: Asked,
) -> Answer {
    let view = person_view(&site, &visitor, &office, &staff, &asked, None).await?;
    Ok(page(&site, &visitor, view))
}

async fn person_view(
    site: &Site,
    visitor: &Visitor,
    office: &Office,
    staff: &str,
    asked: &Asked,
    sent: Option<NoteSent>,
) -> Result<PersonPage, Problem> {
    let when = When::of(&asked.at, site.now(), site.calendar());
    let tree = Tree::load(&mut site.db.read().await?, when.instant.day).await?;
    let desk = PersonDesk {
        site,
        visitor,
        signed: &office.0,
        tree,
        scope: Scope::All,
        back: format!("{DEPARTMENTS}/all"),
        back_words: say!(visitor.lang, "全員の名簿", "List of everybody"),
        record: Some(PEOPLE),
        people: PEOPLE,
        reader: Reader::Office,
    };
    person::view(&desk, staff, asked, sent).await
}

/// The same page as of now, with a note that came back.
pub(crate) async fn person_page(
    site: &Site,
    visitor: &Visitor,
    office: &Office,
    staff: &str,
    sent: Option<NoteSent>,
) -> Result<PersonPage, Problem> {
    person_view(site, visitor, office, staff, &Asked::default(), sent).await
}

/// The professions to choose from.
pub(super) async fn professions(
    conn: &mut Conn,
    asked: &Asked,
    lang: kokoroe_app::Lang,
) -> Result<Vec<Choice>, DbError> {
    Ok(profession_choices(&store::professions(conn).await?, asked, lang))
}

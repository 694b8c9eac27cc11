//! Clauses and departments: which clause is misunderstood where.
//!
//! A cell adds up only what the page of each question may tell of that department. So nothing can be reckoned from the table that the
//! pages of the questions do not tell already: it needs no secrecy of its own.

use std::collections::{BTreeMap, HashMap};

use axum::extract::State;
use chrono::{DateTime, Utc};
use kokoroe_app::reports::ExportForm;
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::{ClauseHead, ClauseRow, ClausesPage, Share};
use kokoroe_app::ui::Rate;
use kokoroe_app::ui::say::Words;

use super::asked::Asked;
use super::entries::small;
use super::groups::Department;
use super::kept::{Count, Counts};
use super::list::{About, clause_number, only_requirement, paper};
use super::question::Kind as Place;
use super::{CLAUSES, QUESTIONS};
use crate::http::{Answer, Form, Office, Problem, Visitor, page};
use crate::reports::asked::When;
use crate::reports::file::{self, Kind};
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::translate::Translator;

/// First answers: not good, and all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Answers {
    poor: i64,
    all: i64,
    /// Some were given of which nothing may be told.
    kept_back: bool,
}

impl Answers {
    /// Adds all and the good ones; `None` where nothing may be told.
    fn add(&mut self, told: Option<(i64, i64)>) {
        match told {
            Some((all, good)) => {
                self.poor += all - good;
                self.all += all;
            }
            None => self.kept_back = true,
        }
    }

    fn share(self) -> Share {
        match self {
            Self { all: 0, kept_back: false, .. } => Share::Nobody,
            Self { all: 0, .. } => Share::Small,
            Self { poor, all, .. } => Share::Told(Rate { done: small(poor), of: small(all) }),
        }
    }
}

/// The table before it has words.
#[derive(Debug, Default)]
struct Heat {
    /// By clause.
    total: BTreeMap<String, Answers>,
    /// By clause and department.
    cells: HashMap<(String, Department), Answers>,
}

impl Heat {
    fn of(count: &Count) -> Self {
        let mut heat = Self::default();
        for ((entry, figures), groups) in count.entries.all.iter().zip(&count.figures).zip(&count.groups) {
            // The wordings of a test count with their point.
            if entry.question.kind == Place::Wording {
                continue;
            }
            for clause in &entry.question.clauses {
                let whole = (!figures.is_small()).then(|| (figures.people, figures.good()));
                heat.total.entry(clause.clone()).or_default().add(whole);
                for (department, told) in &groups.departments {
                    let told = told.as_ref().map(|group| (group.people, group.good));
                    heat.cells.entry((clause.clone(), department.clone())).or_default().add(told);
                }
            }
        }
        heat
    }
}

/// The page.
pub(in crate::reports) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    asked: Asked,
) -> Answer {
    let (view, _) = read(&site, &visitor, &office, &only_requirement(&asked)).await?;
    Ok(page(&site, &visitor, view))
}

/// The table as a file.
pub(in crate::reports) async fn export(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    form: Form,
) -> Answer {
    let asked = only_requirement(&Asked::of_form(&form)?);
    let kind = Kind::read(form.text("format")).ok_or(Problem::unreadable())?;
    let (view, counted) = read(&site, &visitor, &office, &asked).await?;
    let (requirement, at) = counted.ok_or(Problem::not_found())?;
    file::clauses(&site, &visitor, &office.0, &requirement, at, view, kind).await
}

async fn read(
    site: &Site,
    visitor: &Visitor,
    office: &Office,
    asked: &Asked,
) -> Result<(ClausesPage, Option<(Requirement, DateTime<Utc>)>), Problem> {
    let lang = visitor.lang;
    let words = Translator::new(site, visitor);
    let mut conn = site.db.read().await?;
    let about = About::read(site, &mut conn, asked).await?;
    drop(conn);
    let count = match &about.requirement {
        Some(requirement) => Some(Counts::of(site, &requirement.id).await?),
        None => None,
    };
    let at = count.as_ref().map_or_else(|| site.now(), |count| count.at);
    let heat = count.as_ref().map(|count| Heat::of(count)).unwrap_or_default();
    let mut ids: Vec<String> = heat.total.keys().cloned().collect();
    ids.sort_by_key(|id| (clause_number(id).parse::<u32>().unwrap_or(u32::MAX), id.clone()));
    let clauses = ids.iter().map(|id| ClauseHead {
        number: clause_number(id),
        title: words.clause(id).map_or_else(|| Words::plain(lang, ""), |clause| clause.title),
        href: asked.with(|next| next.clause.clone_from(id)).address(QUESTIONS),
    });
    let share = |answers: Option<&Answers>| answers.copied().unwrap_or_default().share();
    let row = |name: Option<String>, department: &Department| ClauseRow {
        name,
        cells: ids.iter().map(|id| share(heat.cells.get(&(id.clone(), department.clone())))).collect(),
    };
    let mut rows: Vec<ClauseRow> = count
        .iter()
        .flat_map(|count| count.tree.nodes())
        .map(|node| row(Some(node.department.name_in(lang).to_owned()), &Some(node.department.id.clone())))
        .collect();
    rows.push(row(None, &None));
    rows.retain(|row| row.cells.iter().any(|share| *share != Share::Nobody));
    let all = rows.len();
    rows.retain(|row| row.cells.iter().any(|share| matches!(share, Share::Told(_))));
    let left_out = u32::try_from(all - rows.len()).unwrap_or(0);
    let calendar = site.calendar();
    let conditions = about
        .requirement
        .iter()
        .map(|requirement| (Label::Requirement.words(lang), requirement.title_in(lang).to_owned()))
        .collect();
    let view = ClausesPage {
        back: asked.address(QUESTIONS),
        requirement: about.requirement.as_ref().map(|requirement| requirement.title_in(lang).to_owned()),
        as_of: When::now(at, calendar).view(calendar),
        action: CLAUSES.to_owned(),
        requirements: about.choices(lang),
        clauses: clauses.collect(),
        total: ids.iter().map(|id| share(heat.total.get(id))).collect(),
        rows,
        left_out,
        export: ExportForm { action: format!("{CLAUSES}/export"), fields: asked.fields() },
        paper: paper(site, visitor, office, conditions, at),
    };
    Ok((view, about.requirement.map(|requirement| (requirement, at))))
}

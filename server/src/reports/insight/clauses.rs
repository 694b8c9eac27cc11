//! Clauses and departments: which clause is misunderstood where.
//!
//! A cell adds up only what the page of each question may tell of that department. So nothing can be reckoned from the table that the
//! pages of the questions do not tell already: it needs no secrecy of its own.

use std::collections::{BTreeMap, HashMap};

use axum::Extension;
use axum::extract::State;
use kokoroe_app::reports::ExportForm;
use kokoroe_app::reports::export::Label;
use kokoroe_app::reports::insight::{ClauseHead, ClauseRow, ClausesPage, Share};
use kokoroe_app::ui::Rate;
use kokoroe_app::ui::say::Words;

use super::asked::Asked;
use super::entries::{Entries, small};
use super::hide::{FEWEST, hidden};
use super::kept::Kept;
use super::list::{About, clause_number, only_requirement, paper};
use super::{CLAUSES, QUESTIONS};
use crate::http::{Answer, Form, Office, Problem, Visitor, page};
use crate::id::DepartmentId;
use crate::reports::asked::When;
use crate::reports::file::{self, Kind};
use crate::reports::list::title;
use crate::reports::scope::Tree;
use crate::reports::store::answers::DepartmentRow;
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
    fn share(self) -> Share {
        match self {
            Self { all: 0, kept_back: false, .. } => Share::Nobody,
            Self { all: 0, .. } => Share::Small,
            Self { poor, all, .. } => Share::Told(Rate { done: small(poor), of: small(all) }),
        }
    }
}

type Department = Option<DepartmentId>;

/// The table before it has words.
#[derive(Debug, Default)]
struct Heat {
    /// By clause.
    total: BTreeMap<String, Answers>,
    /// By clause and department.
    cells: HashMap<(String, Department), Answers>,
}

impl Heat {
    fn of(entries: &Entries, rows: &[DepartmentRow]) -> Self {
        let mut groups: Vec<BTreeMap<Department, (i64, i64)>> = vec![BTreeMap::new(); entries.all.len()];
        for row in rows {
            let at = entries.of(&row.module, &row.revision, &row.place);
            if let Some(group) = at.and_then(|at| groups.get_mut(at)) {
                let (people, good) = group.entry(row.department.clone()).or_default();
                *people += row.people;
                *good += row.good;
            }
        }
        let mut heat = Self::default();
        for (entry, group) in entries.all.iter().zip(groups) {
            let sizes: Vec<i64> = group.values().map(|(people, _)| *people).collect();
            let few = sizes.iter().sum::<i64>() < FEWEST;
            for ((department, (people, good)), hidden) in group.into_iter().zip(hidden(&sizes)) {
                for clause in &entry.question.clauses {
                    let cell = heat.cells.entry((clause.clone(), department.clone())).or_default();
                    let total = heat.total.entry(clause.clone()).or_default();
                    for (into, kept_back) in [(total, few), (cell, few || hidden)] {
                        if kept_back {
                            into.kept_back = true;
                        } else {
                            into.poor += people - good;
                            into.all += people;
                        }
                    }
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
    Extension(kept): Extension<Kept>,
    asked: Asked,
) -> Answer {
    let (view, _) = read(&site, &visitor, &office, &kept, &only_requirement(&asked)).await?;
    Ok(page(&site, &visitor, view))
}

/// The table as a file.
pub(in crate::reports) async fn export(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Extension(kept): Extension<Kept>,
    form: Form,
) -> Answer {
    let asked = only_requirement(&Asked::of_form(&form)?);
    let kind = Kind::read(form.text("format")).ok_or(Problem::unreadable())?;
    let (view, about) = read(&site, &visitor, &office, &kept, &asked).await?;
    let requirement = about.requirement.ok_or(Problem::not_found())?;
    file::clauses(&site, &visitor, &office.0, &requirement, view, kind).await
}

async fn read(
    site: &Site,
    visitor: &Visitor,
    office: &Office,
    kept: &Kept,
    asked: &Asked,
) -> Result<(ClausesPage, About), Problem> {
    let lang = visitor.lang;
    let words = Translator::new(site, visitor);
    let mut conn = site.db.read().await?;
    let about = About::read(site, &mut conn, asked).await?;
    let tree = Tree::load(&mut conn).await?;
    drop(conn);
    let (mut at, mut heat) = (site.now(), Heat::default());
    if let Some(requirement) = &about.requirement {
        let count = kept.departments(site, &requirement.id).await?;
        at = count.at;
        let mut conn = site.db.read().await?;
        let rows =
            count.rows.iter().map(|row| (row.module.as_str(), row.revision.as_str(), row.place.as_str()));
        let entries = Entries::load(site, &mut conn, &about.modules, rows).await?;
        heat = Heat::of(&entries, &count.rows);
    }
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
    let mut rows: Vec<ClauseRow> = tree
        .nodes()
        .iter()
        .map(|node| row(Some(node.department.name_in(lang).to_owned()), &Some(node.department.id.clone())))
        .collect();
    rows.push(row(None, &None));
    rows.retain(|row| row.cells.iter().any(|share| *share != Share::Nobody));
    let calendar = site.calendar();
    let conditions = about
        .requirement
        .iter()
        .map(|requirement| (Label::Requirement.words(lang), title(requirement, lang).to_owned()))
        .collect();
    let view = ClausesPage {
        back: asked.address(QUESTIONS),
        requirement: about.requirement.as_ref().map(|requirement| title(requirement, lang).to_owned()),
        as_of: When::now(at, calendar).view(calendar),
        action: CLAUSES.to_owned(),
        requirements: about.choices(lang),
        clauses: clauses.collect(),
        total: ids.iter().map(|id| share(heat.total.get(id))).collect(),
        rows,
        export: ExportForm { action: format!("{CLAUSES}/export"), fields: asked.fields() },
        paper: paper(site, visitor, office, conditions, at),
    };
    Ok((view, about))
}

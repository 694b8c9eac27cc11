//! Departments and modules: how many have done what, with the subtotals of the tree. A large tree is shown one level at a time; the file
//! has all of it.

use std::collections::HashMap;

use axum::extract::State;
use kokoroe_app::reports::{
    Choice, Conditions, ExportForm, PaperHead, ReportRow, ReportTable, RowKind, Sort, TablePart,
};
use kokoroe_app::{Lang, say};

use super::about::About;
use super::asked::{Asked, Sorted};
use super::file::{self, Kind};
use super::office::{DEPARTMENTS, TABLE, count, professions};
use super::scope::{Node, Tree};
use super::tally::{Tally, by_department, rate_view};
use crate::http::{Answer, Form, Office, Problem, Visitor, page};
use crate::id::DepartmentId;
use crate::requirements::store::{List, lists};
use crate::state::Site;
use crate::training::translate::{Translator, moment};

/// With more departments than this nobody reads the table as a whole.
const MANY: usize = 200;
/// Of so many departments, this many with the lowest rates are shown.
const LOWEST: usize = 100;

/// A row with its tally, which the file needs whole.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) row: ReportRow,
    pub(super) tally: Tally,
}

/// The page, with the tallies behind its rows.
pub(super) struct Table {
    pub(super) page: ReportTable,
    pub(super) rows: Vec<Row>,
    pub(super) about: About,
}

fn narrowed(asked: &Asked) -> Asked {
    Asked {
        requirement: asked.requirement.clone(),
        department: asked.department.clone(),
        profession: asked.profession.clone(),
        at: asked.at.clone(),
        sorted: asked.sorted,
        page: 1,
        ..Asked::default()
    }
}

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, office: Office, asked: Asked) -> Answer {
    let table = read(&site, &visitor, &office, &narrowed(&asked), Extent::Page).await?;
    Ok(page(&site, &visitor, table.page))
}

/// The table as a file.
pub(super) async fn export(State(site): State<Site>, visitor: Visitor, office: Office, form: Form) -> Answer {
    let asked = narrowed(&Asked::of_form(&form)?);
    let kind = Kind::read(form.text("format")).ok_or(Problem::unreadable())?;
    let table = read(&site, &visitor, &office, &asked, Extent::Whole).await?;
    file::table(&site, &visitor, &office.0, table, kind).await
}

/// How much of a large tree is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// As much as somebody reads on a page.
    Page,
    /// Every department.
    Whole,
}

async fn read(
    site: &Site,
    visitor: &Visitor,
    office: &Office,
    asked: &Asked,
    extent: Extent,
) -> Result<Table, Problem> {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let mut conn = site.db.read().await?;
    let about = About::read(site, &mut conn, asked).await?;
    let sort = |sorted: Sorted| Sort {
        href: asked.with(|next| next.sorted = sorted).address(TABLE),
        here: asked.sorted == sorted,
    };
    let mut view = ReportTable {
        requirement: about.requirement.as_ref().map(|requirement| requirement.title_in(lang).to_owned()),
        as_of: about.when.view(calendar),
        conditions: Conditions {
            action: TABLE.to_owned(),
            requirements: about.choices(lang),
            departments: Vec::new(),
            professions: professions(&mut conn, asked, lang).await?,
            at: asked.at.clone(),
            at_error: about.when.error,
        },
        part: None,
        left_out: 0,
        modules: Vec::new(),
        rows: Vec::new(),
        by_tree: sort(Sorted::Usual),
        by_rate: sort(Sorted::Rate),
        export: ExportForm { action: format!("{TABLE}/export"), fields: asked.fields() },
        paper: PaperHead {
            hospital: site.hospital.name(lang).to_owned(),
            conditions: about.words(asked, lang),
            as_of: about.when.view(calendar),
            by: office.0.name(lang),
            at: moment(site.now(), calendar),
        },
    };
    let mut rows = Vec::new();
    if let Some(requirement) = &about.requirement {
        let tree = Tree::load(&mut conn, about.when.instant.day).await?;
        let part = match asked.department.as_str() {
            "" => None,
            id => {
                let id = DepartmentId::parse(id).ok_or(Problem::not_found())?;
                Some(tree.get(&id).ok_or(Problem::not_found())?)
            }
        };
        if let Some(part) = part {
            let name = part.department.name_in(lang).to_owned();
            view.paper.conditions.push((say!(lang, "部署", "Department"), name.clone()));
            let whole = Choice {
                value: String::new(),
                words: say!(lang, "すべての部署", "All departments"),
                depth: 0,
                chosen: false,
            };
            let here =
                Choice { value: asked.department.clone(), words: name.clone(), depth: 0, chosen: true };
            view.conditions.departments = vec![whole, here];
            let above = part.department.parent_id.as_ref().and_then(|above| tree.get(above));
            view.part = Some(TablePart {
                name,
                up: asked
                    .with(|next| {
                        next.department =
                            above.map_or_else(String::new, |node| node.department.id.to_string());
                    })
                    .address(TABLE),
                up_name: above.map(|node| node.department.name_in(lang).to_owned()),
            });
        }
        let lists = lists(&mut conn, &requirement.id).await?;
        let ids = columns(&lists, &site.content.catalogue.course.modules);
        view.modules = module_titles(site, visitor, &ids);
        let counted = count(site, &mut conn, requirement, about.when, asked).await?;
        view.as_of = counted.when.view(calendar);
        view.paper.as_of = view.as_of;
        let tallies = by_department(&counted.counts, &counted.modules);
        let by_level = extent == Extent::Page && tree.nodes().len() > MANY;
        let maker = Maker {
            tree: &tree,
            part,
            by_level: by_level && asked.sorted == Sorted::Usual,
            ids: &ids,
            lists: &lists,
            asked,
            lang,
            day: counted.when.instant.day,
        };
        rows = maker.rows(&tallies);
        if asked.sorted == Sorted::Rate {
            rows = by_rate(rows);
            if by_level && rows.len() > LOWEST + 1 {
                view.left_out = u32::try_from(rows.len() - LOWEST - 1).unwrap_or(0);
                rows.truncate(LOWEST + 1);
            }
        }
        view.rows = rows.iter().map(|row| row.row.clone()).collect();
    }
    Ok(Table { page: view, rows, about })
}

/// Every module that is asked of somebody, in the order of the course; what it no longer has comes first.
fn columns(lists: &[List], course: &[String]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in lists.iter().flat_map(|list| &list.modules) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids.sort_by_key(|id| course.iter().position(|known| known == id));
    ids
}

/// The titles of modules. One that is no longer taught is called by its id.
fn module_titles(site: &Site, visitor: &Visitor, ids: &[String]) -> Vec<String> {
    let words = Translator::new(site, visitor);
    ids.iter()
        .map(|id| {
            site.content
                .module(id)
                .map_or_else(|| id.clone(), |(_, module)| words.words(&module.title).text())
        })
        .collect()
}

/// The total, then single departments, the lowest rate first; those in which nobody owes it come last.
fn by_rate(rows: Vec<Row>) -> Vec<Row> {
    let (total, mut single): (Vec<Row>, Vec<Row>) = rows
        .into_iter()
        .filter(|row| row.row.kind != RowKind::Subtree)
        .partition(|row| row.row.kind == RowKind::Total);
    for row in &mut single {
        row.row.depth = 0;
    }
    single.sort_by_key(|row| {
        let permille = row.tally.rate().permille();
        (permille.is_none(), permille, std::cmp::Reverse(row.tally.open()), row.row.code.clone())
    });
    total.into_iter().chain(single).collect()
}

struct Maker<'a> {
    tree: &'a Tree,
    /// The department below which one looks; none is the whole hospital.
    part: Option<&'a Node>,
    /// Only what lies next below.
    by_level: bool,
    ids: &'a [String],
    lists: &'a [List],
    asked: &'a Asked,
    lang: Lang,
    day: chrono::NaiveDate,
}

type Tallies = HashMap<Option<DepartmentId>, Tally>;

impl Maker<'_> {
    /// Every row in the order of the tree. Departments that were not open that day are left out unless somebody was counted there.
    fn rows(&self, tallies: &Tallies) -> Vec<Row> {
        let mut total = Tally::default();
        for tally in tallies.values() {
            total.merge(tally);
        }
        let mut rows = Vec::new();
        if self.part.is_none() {
            rows.push(self.row(RowKind::Total, None, self.href("all"), total));
        }
        let mut subtotals = self.subtotals(tallies);
        let deepest = self.deepest();
        for node in self.tree.nodes().iter().filter(|node| self.is_below(node) && node.depth <= deepest) {
            let own = tallies.get(&Some(node.department.id.clone())).cloned().unwrap_or_default();
            let href = self.href(node.department.id.as_str());
            let closed = !node.is_open;
            if node.parent {
                let below = subtotals.remove(&node.department.id).unwrap_or_default();
                if closed && below.is_empty() {
                    continue;
                }
                let mut row = self.row(RowKind::Subtree, Some(node), href, below);
                // What is not shown of it is a page of its own.
                if node.depth == deepest {
                    row.row.inside = self.inside(node);
                    rows.push(row);
                    continue;
                }
                rows.push(row);
                if !own.is_empty() {
                    rows.push(self.row(RowKind::Own, Some(node), None, own));
                }
            } else if !(closed && own.is_empty()) {
                rows.push(self.row(RowKind::Department, Some(node), href, own));
            }
        }
        let nowhere = tallies.get(&None).filter(|tally| self.part.is_none() && !tally.is_empty());
        if let Some(nowhere) = nowhere {
            rows.push(self.row(RowKind::Nowhere, None, self.href("none"), nowhere.clone()));
        }
        rows
    }

    /// Whether a department is the part that is looked at, or lies below it.
    fn is_below(&self, node: &Node) -> bool {
        self.part.is_none_or(|part| node.department.path.starts_with(&part.department.path))
    }

    /// The lowest level that is shown: what is next below the part, or below the one department at the top.
    fn deepest(&self) -> u8 {
        if !self.by_level {
            return u8::MAX;
        }
        match self.part {
            Some(part) => part.depth.saturating_add(1),
            None => u8::from(self.tree.nodes().iter().filter(|node| node.depth == 0).count() == 1),
        }
    }

    /// The same table of what lies below a department.
    fn inside(&self, node: &Node) -> Option<String> {
        Some(self.asked.with(|next| next.department = node.department.id.to_string()).address(TABLE))
    }

    /// Those of each department with everything below it: each tally is added on its way to the top.
    fn subtotals(&self, tallies: &Tallies) -> HashMap<DepartmentId, Tally> {
        let mut subtotals: HashMap<DepartmentId, Tally> = HashMap::new();
        for (id, tally) in tallies {
            let mut above = id.as_ref().and_then(|id| self.tree.get(id));
            while let Some(node) = above {
                if node.parent {
                    subtotals.entry(node.department.id.clone()).or_default().merge(tally);
                }
                above = node.department.parent_id.as_ref().and_then(|id| self.tree.get(id));
            }
        }
        subtotals
    }

    fn href(&self, scope: &str) -> Option<String> {
        let asked = self.asked.with(|next| {
            next.sorted = Sorted::Usual;
            next.department.clear();
        });
        Some(asked.address(&format!("{DEPARTMENTS}/{scope}")))
    }

    fn row(&self, kind: RowKind, node: Option<&Node>, href: Option<String>, tally: Tally) -> Row {
        let department = node.map(|node| &node.department);
        let deeper = u8::from(kind == RowKind::Own);
        let row = ReportRow {
            kind,
            code: department.map(|department| department.code.clone()).unwrap_or_default(),
            name: department.map(|department| department.name_in(self.lang).to_owned()).unwrap_or_default(),
            depth: node.map_or(0, |node| node.depth.saturating_add(deeper)),
            closed: department.and_then(|department| department.closed_on).is_some_and(|on| on <= self.day),
            href,
            inside: None,
            modules: self.ids.iter().map(|id| rate_view(tally.module(id, self.lists))).collect(),
            completed: rate_view(tally.rate()),
        };
        Row { row, tally }
    }
}

//! A plan as the page shows it: one sort at a time, fifty lines on a page, with a search.

use std::collections::BTreeMap;

use kokoroe_app::Lang;
use kokoroe_app::people::{
    AddedRow, BadLine, ChangedRow, DepartmentRow, DepartmentRowChange, KeptRow, LeavingRow, MovedRow,
    PlanRows, PlanTab,
};

use super::plan::{DepartmentChange, DepartmentStep, Plan};
use crate::people::department::Department;
use crate::people::hand::What;
use crate::people::list::{PAGE, Part};
use crate::people::name::fold;
use crate::training::translate::day;

/// How many changes there are of each sort.
pub(super) fn counts(plan: &Plan) -> Vec<(PlanTab, u32)> {
    let count = |tab| match tab {
        PlanTab::Added => plan.added.len(),
        PlanTab::Changed => plan.changed.len(),
        PlanTab::Moved => plan.moved.len(),
        PlanTab::Leaving => plan.leaving.len(),
        PlanTab::Departments => plan.departments.len(),
        PlanTab::Kept => plan.kept.len(),
        PlanTab::Bad => plan.bad.len(),
    };
    PlanTab::ALL.into_iter().map(|tab| (tab, u32::try_from(count(tab)).unwrap_or(u32::MAX))).collect()
}

/// The sort to look at first: what cannot be read, then what changes.
pub(super) fn first(plan: &Plan) -> PlanTab {
    counts(plan).into_iter().find(|(_, count)| *count > 0).map_or(PlanTab::Added, |(tab, _)| tab)
}

/// Names of departments by their codes, as they will be.
pub(super) struct Names {
    names: BTreeMap<String, String>,
    lang: Lang,
}

impl Names {
    pub(super) fn new(departments: &[Department], plan: &Plan, lang: Lang) -> Self {
        let known = departments.iter().map(|each| (each.code.clone(), each.name_in(lang).to_owned()));
        let planned = plan.departments.iter().filter_map(|step| match &step.change {
            DepartmentChange::New { name, name_en, .. }
            | DepartmentChange::Renamed { after: (name, name_en), .. } => {
                Some((step.code.clone(), lang.either(name, name_en).to_owned()))
            }
            DepartmentChange::Moved { .. } => None,
        });
        Self { names: known.chain(planned).collect(), lang }
    }

    /// 「0310 3病棟」
    fn of(&self, code: &str) -> String {
        self.names.get(code).map_or_else(|| code.to_owned(), |name| format!("{code} {name}"))
    }
}

fn full(family: &str, given: &str) -> String {
    crate::people::display_name(family, given, "", Lang::Ja)
}

/// What somebody looks for among the lines.
struct Looked(Vec<String>);

impl Looked {
    fn new(query: &str) -> Self {
        Self(query.split_whitespace().map(fold).collect())
    }

    fn finds(&self, texts: &[&str]) -> bool {
        let text = fold(&texts.concat());
        self.0.iter().all(|word| text.contains(word))
    }
}

/// Picks the lines of one page.
fn part<T, R>(
    all: &[T],
    asked: Option<&str>,
    link: (&str, &[(&str, String)]),
    finds: impl Fn(&T) -> bool,
    row: impl Fn(&T) -> R,
) -> (Vec<R>, Part) {
    let found: Vec<&T> = all.iter().filter(|each| finds(each)).collect();
    let part = Part::new(asked, u32::try_from(found.len()).unwrap_or(u32::MAX), link.0, link.1);
    let skip = usize::try_from(part.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(PAGE).unwrap_or(usize::MAX);
    (found.into_iter().skip(skip).take(take).map(row).collect(), part)
}

/// The lines of one sort that the address asks for.
pub(super) fn rows(
    plan: &Plan,
    tab: PlanTab,
    query: &str,
    page: Option<&str>,
    address: &str,
    names: &Names,
) -> (PlanRows, Part) {
    let looked = Looked::new(query);
    let mut kept = vec![("show", tab.code().to_owned())];
    kept.extend((!query.is_empty()).then(|| ("q", query.to_owned())));
    let link = (address, kept.as_slice());
    match tab {
        PlanTab::Added => {
            let finds = |each: &super::plan::Added| {
                let place = names.of(&each.department);
                looked.finds(&[
                    &each.staff_no,
                    &each.family,
                    &each.given,
                    &each.family_kana,
                    &each.given_kana,
                    &place,
                ])
            };
            let (rows, part) = part(&plan.added, page, link, finds, |each| added(each, names));
            (PlanRows::Added(rows), part)
        }
        PlanTab::Changed => {
            let finds = |each: &super::plan::Changed| {
                let after = &each.after;
                looked.finds(&[
                    &after.staff_no,
                    &after.family,
                    &after.given,
                    &after.family_kana,
                    &after.given_kana,
                ])
            };
            let (rows, part) = part(&plan.changed, page, link, finds, changed);
            (PlanRows::Changed(rows), part)
        }
        PlanTab::Moved => {
            let finds = |each: &super::plan::Moved| {
                let place = each.main.as_ref().map(|(_, to)| names.of(to)).unwrap_or_default();
                looked.finds(&[&each.staff_no, &each.name, &place])
            };
            let (rows, part) = part(&plan.moved, page, link, finds, |each| moved(each, names));
            (PlanRows::Moved(rows), part)
        }
        PlanTab::Leaving => {
            let place = |each: &super::plan::Leaving| each.department.as_ref().map(|code| names.of(code));
            let finds = |each: &super::plan::Leaving| {
                looked.finds(&[&each.staff_no, &each.name, &place(each).unwrap_or_default()])
            };
            let row = |each: &super::plan::Leaving| LeavingRow {
                number: each.staff_no.clone(),
                name: each.name.clone(),
                department: place(each),
            };
            let (rows, part) = part(&plan.leaving, page, link, finds, row);
            (PlanRows::Leaving(rows), part)
        }
        PlanTab::Departments => {
            let finds = |each: &DepartmentStep| looked.finds(&[&names.of(&each.code)]);
            let (rows, part) = part(&plan.departments, page, link, finds, |each| department(each, names));
            (PlanRows::Departments(rows), part)
        }
        PlanTab::Kept => {
            let finds = |each: &super::plan::Kept| looked.finds(&[&each.staff_no, &each.name]);
            let row = |each: &super::plan::Kept| KeptRow {
                row: each.row,
                number: each.staff_no.clone(),
                name: each.name.clone(),
                what: What::from_code(&each.what).map(|what| what.words(names.lang)).unwrap_or_default(),
                entered: day(each.entered_on),
            };
            let (rows, part) = part(&plan.kept, page, link, finds, row);
            (PlanRows::Kept(rows), part)
        }
        PlanTab::Bad => {
            let finds = |each: &super::plan::BadRow| looked.finds(&[&each.staff_no, &each.name]);
            let (rows, part) = part(&plan.bad, page, link, finds, bad);
            (PlanRows::Bad(rows), part)
        }
    }
}

fn added(each: &super::plan::Added, names: &Names) -> AddedRow {
    AddedRow {
        row: each.row,
        number: each.staff_no.clone(),
        name: full(&each.family, &each.given),
        kana: full(&each.family_kana, &each.given_kana),
        departments: std::iter::once(&each.department)
            .chain(&each.sides)
            .map(|code| names.of(code))
            .collect(),
        profession: each.profession.clone(),
        joined: day(each.joined_on),
    }
}

fn changed(each: &super::plan::Changed) -> ChangedRow {
    ChangedRow {
        row: each.row,
        number: each.after.staff_no.clone(),
        name: full(&each.after.family, &each.after.given),
        differences: each
            .differences
            .iter()
            .map(|difference| (difference.column, difference.before.clone(), difference.after.clone()))
            .collect(),
    }
}

fn moved(each: &super::plan::Moved, names: &Names) -> MovedRow {
    let all = |codes: &[String]| codes.iter().map(|code| names.of(code)).collect();
    MovedRow {
        row: each.row,
        number: each.staff_no.clone(),
        name: each.name.clone(),
        main: each.main.as_ref().map(|(from, to)| (from.as_ref().map(|code| names.of(code)), names.of(to))),
        begins: all(&each.begins),
        ends: all(&each.ends),
        hands_over: all(&each.hands_over),
        on: day(each.on),
    }
}

fn department(step: &DepartmentStep, names: &Names) -> DepartmentRow {
    let change = match &step.change {
        DepartmentChange::New { name, parent, .. } => DepartmentRowChange::New {
            name: name.clone(),
            parent: parent.as_ref().map(|code| names.of(code)),
        },
        // A name that changes only in English is shown in English.
        DepartmentChange::Renamed { before, after } if before.0 == after.0 => {
            DepartmentRowChange::Renamed { before: before.1.clone(), after: after.1.clone() }
        }
        DepartmentChange::Renamed { before, after } => {
            DepartmentRowChange::Renamed { before: before.0.clone(), after: after.0.clone() }
        }
        DepartmentChange::Moved { before, after } => DepartmentRowChange::Moved {
            before: before.as_ref().map(|code| names.of(code)),
            after: names.of(after),
        },
    };
    DepartmentRow { code: step.code.clone(), change }
}

fn bad(each: &super::plan::BadRow) -> BadLine {
    BadLine {
        row: each.row,
        number: each.staff_no.clone(),
        name: each.name.clone(),
        faults: each.faults.clone(),
    }
}

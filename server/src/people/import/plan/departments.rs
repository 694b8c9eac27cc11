//! What the rows, taken together, say of the departments.
//!
//! A department stands in many rows. Where they disagree the greater number is right and the other rows are left out; where
//! neither is greater, all are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kokoroe_app::people::{RowFault, StaffColumn};

use super::people::Known;
use super::{DepartmentChange, DepartmentStep, Rows};
use crate::people::department::Department;
use crate::people::import::line::{DepartmentLine, Line};

/// What is said of each department, by its code, and how often.
type Votes<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

/// What the rows agreed on, by the code of the department.
type Agreed = BTreeMap<String, String>;

fn votes<'a>(good: &[&'a Line], said: impl Fn(&'a DepartmentLine) -> Option<&'a str>) -> Votes<'a> {
    let mut votes = Votes::new();
    for department in good.iter().filter_map(|line| line.department.as_ref()) {
        if let Some(said) = said(department) {
            *votes.entry(&department.code).or_default().entry(said).or_default() += 1;
        }
    }
    votes
}

/// The word that most rows have; none when two are equally frequent.
fn winner(votes: &BTreeMap<&str, usize>) -> Option<String> {
    let most = votes.values().max()?;
    let mut first = votes.iter().filter(|(_, count)| *count == most).map(|(word, _)| (*word).to_owned());
    first.next().filter(|_| first.next().is_none())
}

/// Settles one question by vote and leaves out the rows that lost.
fn settle(
    rows: &mut Rows<'_>,
    said: fn(&DepartmentLine) -> Option<&str>,
    fault: fn(String, Vec<String>) -> RowFault,
) -> Agreed {
    let votes = votes(&rows.good, said);
    let mut agreed = Agreed::new();
    let mut disputed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, words) in &votes {
        if let Some(word) = winner(words) {
            agreed.insert((*code).to_owned(), word);
        }
        if words.len() > 1 {
            disputed.insert((*code).to_owned(), words.keys().map(|word| (*word).to_owned()).collect());
        }
    }
    rows.drop_where(|line| {
        let Some(department) = &line.department else { return Vec::new() };
        let (Some(word), Some(words)) = (said(department), disputed.get(&department.code)) else {
            return Vec::new();
        };
        if agreed.get(&department.code).is_some_and(|right| right == word) {
            return Vec::new();
        }
        vec![fault(department.code.clone(), words.clone())]
    });
    agreed
}

/// Decides what becomes of the departments, and leaves out the rows that cannot be part of it.
pub(super) fn decide(known: &Known<'_>, rows: &mut Rows<'_>, on: NaiveDate) -> Vec<DepartmentStep> {
    let names = settle(rows, |line| line.name.as_deref(), |code, names| RowFault::OtherName { code, names });
    let english =
        settle(rows, |line| line.name_en.as_deref(), |code, names| RowFault::OtherName { code, names });
    let parents =
        settle(rows, |line| line.parent.as_deref(), |code, parents| RowFault::OtherParent { code, parents });
    // Leaving out a row may leave a department without a name, and rows of that department without a place: until it holds.
    loop {
        let defined: BTreeSet<String> = defined(rows, &names);
        let exists = |column: StaffColumn, code: &str| match known.department(code) {
            Some(department) if department.closed_on.is_some_and(|day| day <= on) => {
                Some(RowFault::ClosedDepartment { column, code: code.to_owned() })
            }
            Some(_) => None,
            None if defined.contains(code) => None,
            None => Some(RowFault::UnknownDepartment { column, code: code.to_owned() }),
        };
        let unknown = rows.drop_where(|line| {
            let department = line.department.as_ref();
            let own = department.and_then(|department| exists(StaffColumn::Department, &department.code));
            let parent = department.and_then(|department| department.parent.as_deref());
            let parent = parent.and_then(|code| exists(StaffColumn::Parent, code));
            let sides = line.person.iter().flat_map(|person| person.sides.iter().flatten());
            own.into_iter()
                .chain(parent)
                .chain(sides.filter_map(|code| exists(StaffColumn::Side, code)))
                .collect()
        });
        let looped = drop_loops(known, rows);
        if !unknown && !looped {
            break;
        }
    }
    steps(known, rows, &names, &english, &parents)
}

/// Codes that a good row gives a name to.
fn defined(rows: &Rows<'_>, names: &Agreed) -> BTreeSet<String> {
    let named =
        rows.good.iter().filter_map(|line| line.department.as_ref()).filter(|line| line.name.is_some());
    named.map(|line| line.code.clone()).filter(|code| names.contains_key(code)).collect()
}

/// Where each department would lie: as the good rows say, otherwise as it is.
fn tree<'a>(known: &Known<'a>, good: &[&'a Line]) -> BTreeMap<&'a str, &'a str> {
    let said = good.iter().filter_map(|line| line.department.as_ref());
    said.filter_map(|line| {
        let parent = line.parent.as_deref();
        Some((line.code.as_str(), parent?))
    })
    .fold(known.tree(), |mut tree, (code, parent)| {
        tree.insert(code, parent);
        tree
    })
}

/// Whether going up from a department leads back to it.
fn is_in_loop(tree: &BTreeMap<&str, &str>, code: &str) -> bool {
    let mut above = tree.get(code).copied();
    let mut steps = 0;
    while let Some(here) = above {
        if here == code {
            return true;
        }
        steps += 1;
        if steps > tree.len() {
            return false;
        }
        above = tree.get(here).copied();
    }
    false
}

/// Leaves out the rows that would close a ring of departments. Rows that only repeat what is on record are not the cause.
fn drop_loops(known: &Known<'_>, rows: &mut Rows<'_>) -> bool {
    let tree = tree(known, &rows.good);
    let looping: BTreeSet<String> =
        tree.keys().filter(|code| is_in_loop(&tree, code)).map(|code| (*code).to_owned()).collect();
    rows.drop_where(|line| {
        let Some(DepartmentLine { code, parent: Some(parent), .. }) = &line.department else {
            return Vec::new();
        };
        let as_known = known.parent_code(code).is_some_and(|known| known == parent);
        if looping.contains(code) && !as_known {
            vec![RowFault::Loop { code: code.clone() }]
        } else {
            Vec::new()
        }
    })
}

fn steps(
    known: &Known<'_>,
    rows: &Rows<'_>,
    names: &Agreed,
    english: &Agreed,
    parents: &Agreed,
) -> Vec<DepartmentStep> {
    let lines = || rows.good.iter().filter_map(|line| line.department.as_ref());
    let codes: BTreeSet<&str> = lines().map(|line| line.code.as_str()).collect();
    let still = |agreed: &Agreed, code: &str, said: fn(&DepartmentLine) -> Option<&str>| {
        let word = agreed.get(code)?;
        lines().any(|line| line.code == code && said(line) == Some(word)).then(|| word.clone())
    };
    let tree = tree(known, &rows.good);
    let mut steps: Vec<(usize, DepartmentStep)> = Vec::new();
    for code in codes {
        let name = still(names, code, |line| line.name.as_deref());
        let name_en = still(english, code, |line| line.name_en.as_deref());
        let parent = still(parents, code, |line| line.parent.as_deref());
        let changes = match known.department(code) {
            None => name
                .map(|name| DepartmentChange::New { name, name_en: name_en.unwrap_or_default(), parent })
                .into_iter()
                .collect(),
            Some(department) => changes(known, department, name, name_en, parent),
        };
        let depth = depth(&tree, code);
        steps.extend(
            changes.into_iter().map(|change| (depth, DepartmentStep { code: code.to_owned(), change })),
        );
    }
    // From the top down, the new ones first: nothing is hung under what is not there yet.
    steps.sort_by_key(|(depth, step)| {
        (!matches!(step.change, DepartmentChange::New { .. }), *depth, step.code.clone())
    });
    steps.into_iter().map(|(_, step)| step).collect()
}

fn changes(
    known: &Known<'_>,
    department: &Department,
    name: Option<String>,
    name_en: Option<String>,
    parent: Option<String>,
) -> Vec<DepartmentChange> {
    let before = (department.name.clone(), department.name_en.clone());
    let name = name.unwrap_or_else(|| department.name.clone());
    // Where nobody gave an English name, the Japanese one stands for both and goes along.
    let follows =
        if department.name_en == department.name { name.clone() } else { department.name_en.clone() };
    let after = (name, name_en.unwrap_or(follows));
    let renamed = (before != after).then_some(DepartmentChange::Renamed { before, after });
    let above = known.parent_code(&department.code).map(str::to_owned);
    let moved = parent.filter(|parent| above.as_ref() != Some(parent));
    let moved = moved.map(|after| DepartmentChange::Moved { before: above, after });
    renamed.into_iter().chain(moved).collect()
}

fn depth(tree: &BTreeMap<&str, &str>, code: &str) -> usize {
    std::iter::successors(tree.get(code).copied(), |above| tree.get(above).copied()).take(tree.len()).count()
}

impl<'a> Known<'a> {
    /// The code of the department above one on record.
    fn parent_code(&self, code: &str) -> Option<&'a str> {
        let parent = self.department(code)?.parent_id.as_ref()?;
        self.department_by_id(parent).map(|department| department.code.as_str())
    }

    /// Every department on record that lies under another one, with the code of that.
    fn tree(&self) -> BTreeMap<&'a str, &'a str> {
        self.codes().filter_map(|code| Some((code, self.parent_code(code)?))).collect()
    }
}

//! Who found a question hard, by department and by profession. What may be told of them is decided here, once for each question, for its
//! page and for the table of clauses alike.
//!
//! The two are parts of the same whole, and one can be set against the other: a department of 45 less the 40 nurses who all work there
//! leaves 5 people. So professions are told only where whatever the two tell together leaves ten people or nobody. Departments come
//! first, because the table of clauses adds them up.

use std::collections::{BTreeMap, HashMap};

use kokoroe_courses::{Grade, Response};

use super::entries::Entries;
use super::figures::marks;
use super::hide::{FEWEST, hidden};
use super::question::{Question, Sort};
use crate::id::DepartmentId;
use crate::reports::scope::Tree;
use crate::reports::store::answers::GroupRow;

/// A department that stands in the tree, or none.
pub(super) type Department = Option<DepartmentId>;

/// What a group answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) people: i64,
    pub(super) good: i64,
    /// Wrong choices by block and line.
    wrong: BTreeMap<(usize, usize), i64>,
}

impl Group {
    /// The wrong choice that most of them made, as block and line, with how many.
    pub(super) fn most_wrong(&self) -> Option<(usize, usize, i64)> {
        let most = self.wrong.iter().max_by_key(|(at, people)| (**people, std::cmp::Reverse(**at)));
        most.map(|((block, line), people)| (*block, *line, *people))
    }

    fn add(&mut self, row: &GroupRow, wrong: &[(usize, usize)]) {
        self.people += row.people;
        if row.grade >= 2 {
            self.good += row.people;
        }
        for at in wrong {
            *self.wrong.entry(*at).or_default() += row.people;
        }
    }
}

/// Groups, the smallest first; nothing is kept of those that must not be told.
pub(super) type Told<K> = Vec<(K, Option<Group>)>;

/// What may be told of the groups of a question.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) departments: Told<Department>,
    /// `None`: beside the departments they would tell of few.
    pub(super) professions: Option<Told<String>>,
}

/// The groups of one question while they are counted.
#[derive(Debug, Default)]
struct Counted {
    departments: BTreeMap<Department, Group>,
    professions: BTreeMap<String, Group>,
    both: HashMap<(Department, String), i64>,
}

/// The groups of every question while they are counted.
#[derive(Debug)]
pub(super) struct Counting<'c> {
    entries: &'c Entries,
    tree: &'c Tree,
    counted: Vec<Counted>,
}

impl<'c> Counting<'c> {
    pub(super) fn of(entries: &'c Entries, tree: &'c Tree) -> Self {
        Self { entries, tree, counted: entries.all.iter().map(|_| Counted::default()).collect() }
    }

    /// Adds equal answers.
    pub(super) fn add(&mut self, row: &GroupRow) {
        let Some(at) = self.entries.unit(&row.module, &row.revision, &row.place) else { return };
        let (Some(entry), Some(counted)) = (self.entries.all.get(at), self.counted.get_mut(at)) else {
            return;
        };
        let wrong = wrong(&entry.question, &row.response);
        // A department that is gone altogether stands with those who have none.
        let department = row.department.clone().filter(|id| self.tree.get(id).is_some());
        counted.departments.entry(department.clone()).or_default().add(row, &wrong);
        counted.professions.entry(row.profession.clone()).or_default().add(row, &wrong);
        *counted.both.entry((department, row.profession.clone())).or_default() += row.people;
    }

    /// What may be told, question by question.
    pub(super) fn told(self) -> Vec<Groups> {
        self.counted.into_iter().map(Counted::told).collect()
    }
}

impl Counted {
    fn told(self) -> Groups {
        let (departments, professions) = (told(self.departments), told(self.professions));
        // Of what is hidden on one side only the sum is known.
        let (of_department, of_profession) = (known(&departments), known(&professions));
        let mut cells: HashMap<(usize, usize), i64> = HashMap::new();
        for ((department, profession), people) in &self.both {
            let at = |place: Option<&usize>| place.copied().unwrap_or(usize::MAX);
            let pair = (at(of_department.get(department)), at(of_profession.get(profession)));
            *cells.entry(pair).or_default() += people;
        }
        let beside = cells.values().all(|people| *people >= FEWEST);
        // Where all of them are hidden, nothing is told that could be set against the departments.
        let silent = of_profession.is_empty();
        drop((of_department, of_profession));
        Groups { departments, professions: (beside || silent).then_some(professions) }
    }
}

/// The choices in a response that were wrong, as block and line.
fn wrong(question: &Question, response: &str) -> Vec<(usize, usize)> {
    let Ok(response) = serde_json::from_str::<Response>(response) else { return Vec::new() };
    let is_wrong = |block: usize, line: usize| {
        let line = question.blocks.get(block).and_then(|block| block.lines.get(line));
        line.is_some_and(|line| matches!(line.sort, Sort::Choice(grade) if grade < Grade::Ok))
    };
    let marks = marks(question, &response).into_iter().map(|(block, line, _)| (block, line));
    marks.filter(|(block, line)| is_wrong(*block, *line)).collect()
}

/// The groups of one partition of the whole, by size and then by name, without what must not be told.
fn told<K: Ord>(groups: BTreeMap<K, Group>) -> Told<K> {
    let mut groups: Vec<(K, Group)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| group.people);
    let sizes: Vec<i64> = groups.iter().map(|(_, group)| group.people).collect();
    let hidden = hidden(&sizes);
    groups.into_iter().zip(hidden).map(|((key, group), hidden)| (key, (!hidden).then_some(group))).collect()
}

/// The groups that are told, by their place.
fn known<K: Eq + std::hash::Hash>(groups: &Told<K>) -> HashMap<&K, usize> {
    groups
        .iter()
        .enumerate()
        .filter(|(_, (_, group))| group.is_some())
        .map(|(at, (key, _))| (key, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn counted(cells: &[(&DepartmentId, &str, i64)]) -> Groups {
        let mut counted = Counted::default();
        for (department, profession, people) in cells {
            let department = Some((*department).clone());
            counted.departments.entry(department.clone()).or_default().people += people;
            counted.professions.entry((*profession).to_owned()).or_default().people += people;
            *counted.both.entry((department, (*profession).to_owned())).or_default() += people;
        }
        counted.told()
    }

    fn sizes<K>(told: &Told<K>) -> Vec<i64> {
        told.iter().map(|(_, group)| group.as_ref().map_or(0, |group| group.people)).collect()
    }

    fn departments() -> [DepartmentId; 3] {
        let clock = Clock::standing_at("2026-10-01T00:00:00Z".parse().expect("an instant"));
        let mut ids = [(); 3].map(|()| DepartmentId::new(&clock));
        ids.sort();
        ids
    }

    #[test]
    fn five_drivers_are_not_found_by_setting_departments_against_professions() {
        let [ward, pharmacy, transport] = departments();
        let apart = [(&ward, "看護師", 40), (&pharmacy, "薬剤師", 12), (&transport, "運転手", 5)];
        let groups = counted(&apart);
        assert_eq!(sizes(&groups.departments), [0, 0, 40]);
        assert_eq!(groups.professions.as_ref().map(sizes), Some(vec![0, 0, 40]), "both hide the same people");
        let within = [(&ward, "看護師", 40), (&pharmacy, "薬剤師", 12), (&ward, "運転手", 5)];
        let groups = counted(&within);
        assert_eq!(sizes(&groups.departments), [12, 45]);
        assert_eq!(groups.professions, None, "57 − 40 − 12 would be the 5");
    }

    #[test]
    fn three_people_are_not_found_where_neither_table_hides_anything() {
        let [ward, desk, _] = departments();
        let groups = counted(&[(&ward, "看護師", 47), (&ward, "事務", 3), (&desk, "事務", 30)]);
        assert_eq!(sizes(&groups.departments), [30, 50]);
        assert_eq!(groups.professions, None, "50 − 47 would be the 3");
        let groups = counted(&[(&ward, "看護師", 47), (&ward, "事務", 10), (&desk, "事務", 30)]);
        assert_eq!(groups.professions.as_ref().map(sizes), Some(vec![40, 47]));
    }

    #[test]
    fn professions_are_told_where_no_department_can_be() {
        let [first, second, third] = departments();
        let groups = counted(&[
            (&first, "看護師", 6),
            (&second, "看護師", 6),
            (&third, "医師", 6),
            (&first, "医師", 3),
            (&second, "医師", 3),
        ]);
        assert_eq!(sizes(&groups.departments), [0, 0, 0]);
        assert_eq!(groups.professions.as_ref().map(sizes), Some(vec![12, 12]));
    }

    #[test]
    fn of_two_departments_of_one_size_every_page_hides_the_same() {
        let [first, second, third] = departments();
        let sorted = counted(&[(&first, "看護師", 20), (&second, "看護師", 20), (&third, "看護師", 4)]);
        let turned = counted(&[(&third, "看護師", 4), (&second, "看護師", 20), (&first, "看護師", 20)]);
        let hidden = |groups: &Groups| -> Vec<Department> {
            let hidden = groups.departments.iter().filter(|(_, group)| group.is_none());
            hidden.map(|(id, _)| id.clone()).collect()
        };
        assert_eq!(hidden(&sorted), [Some(third), Some(first)]);
        assert_eq!(hidden(&turned), hidden(&sorted));
    }
}

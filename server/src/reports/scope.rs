//! Whose people a report may show. A scope is made only from somebody's right to see it; every query of a list is bounded by one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kokoroe_app::{Lang, say};

use super::store::Scan;
use crate::db::{Conn, DbError};
use crate::http::{Manager, Office, Problem};
use crate::id::DepartmentId;
use crate::people::department::{Department, OnDay, departments_on};

/// A department in the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// The department.
    pub department: Department,
    /// Levels below the top.
    pub depth: u8,
    /// Others hang below it.
    pub parent: bool,
    /// Opened by the day of the tree, and not yet closed.
    pub is_open: bool,
}

/// The departments of a day, in the order of the tree. Those that were not open that day are in it: somebody may have been counted there.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    places: HashMap<DepartmentId, usize>,
    /// Where the whole of it begins: what lies under nothing else here, and every department that its manager was given.
    tops: Vec<DepartmentId>,
}

impl Tree {
    /// Reads how the departments stood on a day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn, day: NaiveDate) -> Result<Self, DbError> {
        Ok(Self::of(departments_on(conn, day).await?))
    }

    /// Of the departments of a day, those that a manager manages today: rights go by the tree of today, whatever day is looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn managed(
        conn: &mut Conn,
        manager: &Manager,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, DbError> {
        let now = departments_on(conn, today).await?.into_iter().map(|each| each.department);
        let seen: HashSet<DepartmentId> =
            now.filter(|each| manager.may_see(&each.path)).map(|each| each.id).collect();
        let then = departments_on(conn, day).await?.into_iter();
        let mut tree = Self::of(then.filter(|each| seen.contains(&each.department.id)).collect());
        for (given, _) in &manager.signed.manages {
            if !tree.tops.contains(given) && tree.get(given).is_some() {
                tree.tops.push(given.clone());
            }
        }
        Ok(tree)
    }

    /// Puts departments, which stand in the order of their neighbours, into the order of the tree. One that lies under none of them is at
    /// the top.
    #[must_use]
    pub fn of(departments: Vec<OnDay>) -> Self {
        let all: HashSet<DepartmentId> = departments.iter().map(|each| each.department.id.clone()).collect();
        let mut below: HashMap<Option<DepartmentId>, Vec<OnDay>> = HashMap::new();
        for each in departments {
            let parent = each.department.parent_id.clone().filter(|parent| all.contains(parent));
            below.entry(parent).or_default().push(each);
        }
        let mut tree = Self::default();
        // The next department to place is the last of the list.
        let mut waiting: Vec<(OnDay, u8)> =
            below.remove(&None).unwrap_or_default().into_iter().rev().map(|each| (each, 0)).collect();
        while let Some((OnDay { department, is_open }, depth)) = waiting.pop() {
            let children = below.remove(&Some(department.id.clone())).unwrap_or_default();
            tree.places.insert(department.id.clone(), tree.nodes.len());
            if depth == 0 {
                tree.tops.push(department.id.clone());
            }
            tree.nodes.push(Node { department, depth, parent: !children.is_empty(), is_open });
            waiting.extend(children.into_iter().rev().map(|child| (child, depth.saturating_add(1))));
        }
        tree
    }

    /// Every department, each before those below it.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A department.
    #[must_use]
    pub fn get(&self, id: &DepartmentId) -> Option<&Node> {
        self.places.get(id).and_then(|place| self.nodes.get(*place))
    }

    /// Where it begins.
    #[must_use]
    pub fn tops(&self) -> &[DepartmentId] {
        &self.tops
    }

    /// The departments above one, from the top.
    #[must_use]
    pub fn above(&self, department: &Department) -> Vec<&Department> {
        let mut above: Vec<&Department> = self
            .nodes
            .iter()
            .map(|node| &node.department)
            .filter(|each| each.id != department.id && department.path.starts_with(&each.path))
            .collect();
        above.sort_by_key(|department| department.path.len());
        above
    }
}

/// Whose people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody at or below these departments.
    Below(Vec<DepartmentId>),
    /// The whole hospital.
    All,
    /// Those who have no main posting that day.
    Nowhere,
}

/// A hospital with fewer departments is read in any way within milliseconds.
const FEW_DEPARTMENTS: usize = 60;

impl Scope {
    /// What a manager asked for: one department of [their tree](Tree::managed), or all of it.
    ///
    /// # Errors
    /// Not found when there is no such department or it is not theirs: the two look alike.
    pub fn of_manager(tree: &Tree, asked: &str) -> Result<Self, Problem> {
        if asked.is_empty() {
            return Ok(Self::managed(tree));
        }
        let node = DepartmentId::parse(asked).and_then(|id| tree.get(&id)).ok_or(Problem::not_found())?;
        Ok(Self::Below(vec![node.department.id.clone()]))
    }

    /// Everything in the tree of a manager.
    #[must_use]
    pub fn managed(tree: &Tree) -> Self {
        Self::Below(tree.tops.clone())
    }

    /// What the training office asked for: a department, `all` or `none`.
    ///
    /// # Errors
    /// Not found when there is no such department.
    pub fn of_office(_: &Office, tree: &Tree, asked: &str) -> Result<Self, Problem> {
        match asked {
            "all" => Ok(Self::All),
            "none" => Ok(Self::Nowhere),
            id => DepartmentId::parse(id)
                .filter(|id| tree.get(id).is_some())
                .map(|id| Self::Below(vec![id]))
                .ok_or(Problem::not_found()),
        }
    }

    /// As statements read it: every department that it holds in this tree, or `all`, or `none`.
    #[must_use]
    pub fn listed(&self, tree: &Tree) -> String {
        match self {
            Self::Below(_) => {
                self.within(tree).map(|node| node.department.id.as_str()).collect::<Vec<_>>().join(" ")
            }
            Self::All | Self::Nowhere => self.text(),
        }
    }

    /// As an address names it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Below(tops) => tops.iter().map(DepartmentId::as_str).collect::<Vec<_>>().join(" "),
            Self::All => "all".to_owned(),
            Self::Nowhere => "none".to_owned(),
        }
    }

    /// Whether it holds the people of a department.
    #[must_use]
    pub fn holds(&self, tree: &Tree, department: Option<&DepartmentId>) -> bool {
        match (self, department) {
            (Self::All, _) | (Self::Nowhere, None) => true,
            (Self::Nowhere, Some(_)) | (Self::Below(_), None) => false,
            (Self::Below(tops), Some(id)) => tree.get(id).is_some_and(|node| {
                tops.iter().any(|top| {
                    tree.get(top).is_some_and(|top| node.department.path.starts_with(&top.department.path))
                })
            }),
        }
    }

    /// The departments that it holds, in the order of the tree.
    pub fn within<'t>(&'t self, tree: &'t Tree) -> impl Iterator<Item = &'t Node> {
        tree.nodes().iter().filter(|node| self.holds(tree, Some(&node.department.id)))
    }

    /// The quicker way to read it.
    #[must_use]
    pub fn scan(&self, tree: &Tree) -> Scan {
        match self {
            Self::All | Self::Nowhere => Scan::Everywhere,
            Self::Below(_) => {
                let all = tree.nodes().len();
                let large = all > FEW_DEPARTMENTS && self.within(tree).count() * 5 > all;
                if large { Scan::Everywhere } else { Scan::Below(self.listed(tree)) }
            }
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self, tree: &Tree, lang: Lang) -> String {
        match self {
            Self::All => say!(lang, "病院全体", "The whole hospital"),
            Self::Nowhere => say!(lang, "どの部署にもいない人", "People in no department"),
            Self::Below(tops) => match tops.as_slice() {
                [one] => {
                    tree.get(one).map(|node| node.department.name_in(lang).to_owned()).unwrap_or_default()
                }
                _ => say!(lang, "担当の部署", "My departments"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn open(department: &Department) -> OnDay {
        OnDay { department: department.clone(), is_open: true }
    }

    fn department(clock: &Clock, code: &str, above: Option<&Department>) -> Department {
        let id = DepartmentId::new(clock);
        Department {
            path: format!("{}{id}/", above.map_or("", |above| above.path.as_str())),
            id,
            code: code.into(),
            name: code.into(),
            name_en: String::new(),
            parent_id: above.map(|above| above.id.clone()),
            position: 0,
            closed_on: None,
        }
    }

    #[test]
    fn a_department_stands_before_those_below_it_and_neighbours_keep_their_order() {
        let clock = Clock::system();
        let top = department(&clock, "1", None);
        let left = department(&clock, "11", Some(&top));
        let right = department(&clock, "12", Some(&top));
        let deep = department(&clock, "111", Some(&left));
        let tree = Tree::of([&top, &left, &right, &deep].map(open).to_vec());
        let order: Vec<(&str, u8)> =
            tree.nodes().iter().map(|node| (node.department.code.as_str(), node.depth)).collect();
        assert_eq!(order, [("1", 0), ("11", 1), ("111", 2), ("12", 1)]);
        let scope = Scope::Below(vec![left.id.clone()]);
        assert!(scope.holds(&tree, Some(&deep.id)));
        assert!(!scope.holds(&tree, Some(&right.id)));
        assert!(!scope.holds(&tree, None));
        let above: Vec<&str> = tree.above(&deep).iter().map(|each| each.code.as_str()).collect();
        assert_eq!(above, ["1", "11"]);
    }

    #[test]
    fn a_part_of_the_tree_begins_at_what_lies_under_none_of_it() {
        let clock = Clock::system();
        let top = department(&clock, "1", None);
        let left = department(&clock, "11", Some(&top));
        let deep = department(&clock, "111", Some(&left));
        let right = department(&clock, "12", Some(&top));
        let tree = Tree::of([&left, &deep, &right].map(open).to_vec());
        let all = Scope::managed(&tree);
        assert_eq!(all, Scope::Below(vec![left.id.clone(), right.id.clone()]));
        assert_eq!(all.listed(&tree), format!("{} {} {}", left.id, deep.id, right.id));
        assert!(Scope::of_manager(&tree, top.id.as_str()).is_err(), "what is not theirs is not there");
    }
}

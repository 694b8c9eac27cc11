//! The order of a story on paper: which node stands in which column, and what stands above what.
//!
//! The way of Sugiyama, Tagawa and Toda (1981): ways that lead back are set aside, every node stands one column behind the
//! last that leads to it, long ways get a lane in every column they pass, and the nodes of a column are put into the order
//! of the mean place of their neighbours.

use std::collections::BTreeMap;

use super::card::ways;
use crate::scenario::Scenario;

/// Rounds of ordering; more change nothing for stories of this size.
const ROUNDS: usize = 6;

/// The nodes and lanes of a drawing in columns, and the ways between neighbouring columns.
pub(super) struct Plan {
    pub(super) columns: Vec<Vec<Slot>>,
    pub(super) links: Vec<Link>,
    /// Ways that lead back: node, row, and the node they lead to.
    pub(super) back: Vec<(usize, usize, usize)>,
}

/// Something that takes a place in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// A node, by its number in the file.
    Node(usize),
    /// Room for every way to this node that passes the column.
    Lane { to: usize, column: usize },
}

/// A way from one column to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) from: Slot,
    /// The way out of the node it comes from; 0 for a lane.
    pub(super) row: usize,
    pub(super) to: Slot,
}

/// A way out of a node that leads to a node.
#[derive(Clone, Copy)]
struct Exit {
    row: usize,
    to: usize,
}

impl Plan {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let number: BTreeMap<&str, usize> =
            scenario.nodes.iter().map(|node| node.id.as_str()).zip(0..).collect();
        let exits: Vec<Vec<Exit>> = scenario
            .nodes
            .iter()
            .map(|node| {
                let rows = ways(node).into_iter().enumerate();
                let mut exits: Vec<_> = rows
                    .filter_map(|(row, (to, grade))| Some((grade, Exit { row, to: *number.get(to)? })))
                    .collect();
                // The best way first, so that it becomes the straight one.
                exits.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
                exits.into_iter().map(|(_, exit)| exit).collect()
            })
            .collect();
        let start = number.get(scenario.start.as_str()).copied().unwrap_or_default();
        let mut search =
            Search { exits: &exits, seen: vec![Seen::Not; exits.len()], done: Vec::new(), back: Vec::new() };
        for node in std::iter::once(start).chain(0..exits.len()) {
            search.visit(node);
        }
        let Search { mut done, back, .. } = search;
        done.reverse();
        let columns = columns(&done, &exits, &back);
        Self::with_lanes(&done, &exits, &columns, back)
    }

    fn with_lanes(
        order: &[usize],
        exits: &[Vec<Exit>],
        column: &[usize],
        back: Vec<(usize, usize, usize)>,
    ) -> Self {
        let at = |node: usize| column.get(node).copied().unwrap_or_default();
        let mut plan = Self { columns: Vec::new(), links: Vec::new(), back };
        for node in order.iter().copied() {
            plan.add(at(node), Slot::Node(node));
        }
        for node in order.iter().copied() {
            let forward: Vec<Exit> = exits.get(node).into_iter().flatten().copied().collect();
            for Exit { row, to } in forward.into_iter().filter(|exit| at(exit.to) > at(node)) {
                let mut from = (Slot::Node(node), row);
                for column in at(node) + 1..at(to) {
                    let lane = Slot::Lane { to, column };
                    plan.add(column, lane);
                    plan.link(from, lane);
                    from = (lane, 0);
                }
                plan.link(from, Slot::Node(to));
            }
        }
        plan.sort();
        plan
    }

    fn add(&mut self, column: usize, slot: Slot) {
        if self.columns.len() <= column {
            self.columns.resize(column + 1, Vec::new());
        }
        if let Some(column) = self.columns.get_mut(column).filter(|column| !column.contains(&slot)) {
            column.push(slot);
        }
    }

    fn link(&mut self, (from, row): (Slot, usize), to: Slot) {
        let link = Link { from, row, to };
        if !self.links.contains(&link) {
            self.links.push(link);
        }
    }

    /// Puts each column into the order of the mean place of what leads to it, and back again.
    fn sort(&mut self) {
        for _ in 0..ROUNDS {
            for number in 1..self.columns.len() {
                self.sort_one(number, number - 1, |link| (link.to, link.from, link.row));
            }
            for number in (1..self.columns.len()).rev() {
                self.sort_one(number - 1, number, |link| (link.from, link.to, 0));
            }
        }
        for number in 1..self.columns.len() {
            self.sort_one(number, number - 1, |link| (link.to, link.from, link.row));
        }
    }

    /// Sorts a column by the places of its neighbours in another one. `ends` says which end of a link is sorted, which
    /// counts, and which row of that.
    fn sort_one(&mut self, column: usize, by: usize, ends: fn(&Link) -> (Slot, Slot, usize)) {
        let (Some(fixed), Some(moving)) = (self.columns.get(by), self.columns.get(column)) else { return };
        let place: BTreeMap<Slot, usize> = fixed.iter().copied().zip(0..).collect();
        let mut sorted: Vec<(usize, Slot)> = moving
            .iter()
            .zip(0..)
            .map(|(slot, present)| {
                let near = self.links.iter().map(ends).filter(|(this, _, _)| this == slot);
                // A node has at most a handful of rows; hundredths keep them apart.
                let places: Vec<usize> =
                    near.filter_map(|(_, other, row)| Some(place.get(&other)? * 100 + row * 10)).collect();
                let mean = places.iter().sum::<usize>().checked_div(places.len());
                (mean.unwrap_or(present * 100), *slot)
            })
            .collect();
        sorted.sort_by_key(|(mean, _)| *mean);
        if let Some(moving) = self.columns.get_mut(column) {
            *moving = sorted.into_iter().map(|(_, slot)| slot).collect();
        }
    }
}

/// The column of each node: one behind the last that leads to it. `order` has every node behind those that lead to it.
fn columns(order: &[usize], exits: &[Vec<Exit>], back: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut columns = vec![0; exits.len()];
    for node in order.iter().copied() {
        let behind = columns.get(node).copied().unwrap_or_default() + 1;
        for Exit { row, to } in exits.get(node).into_iter().flatten() {
            if let Some(column) = columns.get_mut(*to).filter(|_| !back.contains(&(node, *row, *to))) {
                *column = behind.max(*column);
            }
        }
    }
    columns
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    Open,
    Done,
}

/// Looks for ways that lead back.
struct Search<'e> {
    exits: &'e [Vec<Exit>],
    seen: Vec<Seen>,
    /// Nodes whose ways have all been followed, in that order.
    done: Vec<usize>,
    back: Vec<(usize, usize, usize)>,
}

impl Search<'_> {
    fn visit(&mut self, node: usize) {
        match self.seen.get_mut(node) {
            Some(seen) if *seen == Seen::Not => *seen = Seen::Open,
            _ => return,
        }
        for Exit { row, to } in self.exits.get(node).into_iter().flatten() {
            if self.seen.get(*to) == Some(&Seen::Open) {
                self.back.push((node, *row, *to));
            } else {
                self.visit(*to);
            }
        }
        if let Some(seen) = self.seen.get_mut(node) {
            *seen = Seen::Done;
        }
        self.done.push(node);
    }
}

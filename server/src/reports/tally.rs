//! Counts added up: by status, by department, by module.

use std::collections::HashMap;

use kokoroe_app::ui::rate::Rate as RateView;

use super::asked::is_open;
use super::store::{CountRow, ModuleRow};
use crate::id::DepartmentId;
use crate::requirements::status::{Rate, Status};
use crate::requirements::store::List;

/// How many people stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    by_status: HashMap<Status, i64>,
    /// Those who have not done it and are due soon.
    soon: i64,
    /// By track: those who owe it, and how many of them have done every module, or completed it.
    by_track: HashMap<String, Rate>,
    by_module: HashMap<String, i64>,
}

impl Tally {
    /// Adds people with equal facts.
    pub fn add(&mut self, row: &CountRow) {
        let status = row.status();
        *self.by_status.entry(status).or_default() += row.people;
        if row.soon && is_open(status) {
            self.soon += row.people;
        }
        if let Some(track) = row.track.as_ref().filter(|_| status.counts()) {
            let rate = self.by_track.entry(track.clone()).or_default();
            rate.of += row.people;
            if row.facts.done || row.facts.completed {
                rate.done += row.people;
            }
        }
    }

    /// Adds people who have finished a module and not yet all of them.
    pub fn add_module(&mut self, row: &ModuleRow) {
        *self.by_module.entry(row.module.clone()).or_default() += row.people;
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: &Self) {
        for (status, people) in &other.by_status {
            *self.by_status.entry(*status).or_default() += people;
        }
        for (module, people) in &other.by_module {
            *self.by_module.entry(module.clone()).or_default() += people;
        }
        for (track, rate) in &other.by_track {
            let own = self.by_track.entry(track.clone()).or_default();
            own.done += rate.done;
            own.of += rate.of;
        }
        self.soon += other.soon;
    }

    /// How many have a status.
    #[must_use]
    pub fn of(&self, status: Status) -> i64 {
        self.by_status.get(&status).copied().unwrap_or(0)
    }

    /// How many have one of the statuses that are asked for.
    #[must_use]
    pub fn sum(&self, wanted: impl Fn(Status) -> bool) -> i64 {
        Status::ALL.into_iter().filter(|status| wanted(*status)).map(|status| self.of(status)).sum()
    }

    /// Those who owe it and have not done it.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.sum(is_open)
    }

    /// Of these, those whose due date comes soon.
    #[must_use]
    pub const fn soon(&self) -> i64 {
        self.soon
    }

    /// The rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        Rate::of(self.by_status.iter().map(|(status, people)| (*status, *people)))
    }

    /// How many of those whose track asks a module have finished it.
    #[must_use]
    pub fn module(&self, module: &str, lists: &[List]) -> Rate {
        let asks = |list: &&List| list.modules.iter().any(|id| id == module);
        let tracks = lists.iter().filter(asks).filter_map(|list| self.by_track.get(&list.track));
        let all = tracks
            .fold(Rate::default(), |sum, rate| Rate { done: sum.done + rate.done, of: sum.of + rate.of });
        Rate { done: all.done + self.by_module.get(module).copied().unwrap_or(0), ..all }
    }

    /// Whether there is nobody at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_status.values().all(|people| *people == 0)
    }
}

/// A tally for every department, of those who have their main posting there.
#[must_use]
pub fn by_department(counts: &[CountRow], modules: &[ModuleRow]) -> HashMap<Option<DepartmentId>, Tally> {
    let mut tallies: HashMap<Option<DepartmentId>, Tally> = HashMap::new();
    for row in counts {
        tallies.entry(row.department.clone()).or_default().add(row);
    }
    for row in modules {
        tallies.entry(row.department.clone()).or_default().add_module(row);
    }
    tallies
}

/// A count for a page.
#[must_use]
pub fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

/// A rate for a page.
#[must_use]
pub fn rate_view(rate: Rate) -> RateView {
    RateView { done: small(rate.done), of: small(rate.of) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirements::status::Facts;

    fn row(facts: Facts, people: i64) -> CountRow {
        CountRow { department: None, track: Some("all".into()), facts, soon: true, people }
    }

    fn list(track: &str, modules: &[&str]) -> List {
        List { track: track.into(), modules: modules.iter().map(|id| (*id).to_owned()).collect() }
    }

    #[test]
    fn a_module_is_done_by_those_who_have_done_all_and_by_those_halfway() {
        let mut tally = Tally::default();
        tally.add(&row(
            Facts { started: true, done: true, completed: true, in_time: true, ..Facts::default() },
            20,
        ));
        tally.add(&row(Facts { started: true, done: true, ..Facts::default() }, 3));
        tally.add(&row(Facts { started: true, ..Facts::default() }, 7));
        tally.add(&row(Facts { done: true, out: true, ..Facts::default() }, 5));
        tally.add_module(&ModuleRow { department: None, module: "photo".into(), people: 4 });
        assert_eq!(tally.rate(), Rate { done: 20, of: 30 });
        let lists = [list("all", &["photo", "night"])];
        assert_eq!(tally.module("photo", &lists), Rate { done: 27, of: 30 });
        assert_eq!(tally.module("night", &lists), Rate { done: 23, of: 30 });
        assert_eq!((tally.open(), tally.soon(), tally.of(Status::Out)), (10, 10, 5));
    }

    #[test]
    fn a_module_counts_only_those_whose_track_asks_it() {
        let of = |track: &str, done, people| CountRow {
            track: Some(track.into()),
            ..row(Facts { started: true, done, ..Facts::default() }, people)
        };
        let mut tally = Tally::default();
        for row in [of("all", true, 2), of("all", false, 3), of("new", true, 10), of("new", false, 1)] {
            tally.add(&row);
        }
        let lists = [list("all", &["photo", "night"]), list("new", &["photo"]), list("desk", &["reviews"])];
        assert_eq!(tally.module("photo", &lists), Rate { done: 12, of: 16 });
        assert_eq!(tally.module("night", &lists), Rate { done: 2, of: 5 });
        assert_eq!(tally.module("reviews", &lists), Rate { done: 0, of: 0 }, "nobody here owes it");
    }
}

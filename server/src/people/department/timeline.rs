//! Departments in time: a pure function from what became of each of them, and from which day, to how they stand on every day.
//!
//! Changes are only ever added, in any order, for days past and ahead. Each kind of change holds until the next of its own kind: a new
//! name from April does not bring back the place in the tree of the day on which it was entered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::id::DepartmentId;

/// A day before every other: what was there before changes had a day was always there.
pub const BEGINNING: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// What became of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was opened.
    Opened {
        /// What it is called.
        name: String,
        /// The same in English.
        name_en: String,
        /// The department above it.
        parent: Option<DepartmentId>,
    },
    /// It is called something else.
    Renamed {
        /// What it is called.
        name: String,
        /// The same in English.
        name_en: String,
    },
    /// It lies elsewhere.
    Moved {
        /// The department above it.
        parent: Option<DepartmentId>,
    },
    /// It no longer exists.
    Closed,
}

/// A change from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which department.
    pub department: DepartmentId,
    /// From which day.
    pub from_on: NaiveDate,
    /// What.
    pub what: What,
}

/// A department from one day to the day before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Which department.
    pub department: DepartmentId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The first day on which it is otherwise; `None` when nothing is planned.
    pub to_on: Option<NaiveDate>,
    /// What it is called.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// The department above it.
    pub parent: Option<DepartmentId>,
    /// The ids from the top down to it, each followed by '/'.
    pub path: String,
    /// Opened and not yet closed.
    pub is_open: bool,
}

/// A department would lie below itself from this day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a department would lie below itself from {0} on")]
pub struct Ring(pub NaiveDate);

/// One department while days pass.
#[derive(Clone, Debug, Default)]
struct Now {
    name: String,
    name_en: String,
    parent: Option<DepartmentId>,
    opened: bool,
    closed: bool,
}

/// How every department stands on every day, without a gap: before it is opened it stands as it will begin, not open. Changes of one day
/// hold in the order in which they stand here.
///
/// # Errors
/// [`Ring`] when a department would lie below itself on some day.
pub fn states(changes: &[Change]) -> Result<Vec<State>, Ring> {
    let mut by_day: BTreeMap<NaiveDate, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_day.entry(change.from_on).or_default().push(change);
    }
    let mut now = beginnings(&by_day);
    let mut open: BTreeMap<DepartmentId, State> = BTreeMap::new();
    let mut done = Vec::new();
    let days: BTreeSet<NaiveDate> = by_day.keys().copied().chain([BEGINNING]).collect();
    for day in days {
        for change in by_day.get(&day).into_iter().flatten() {
            if let Some(department) = now.get_mut(&change.department) {
                department.take(&change.what);
            }
        }
        for (id, department) in &now {
            let state = State {
                department: id.clone(),
                from_on: day,
                to_on: None,
                name: department.name.clone(),
                name_en: department.name_en.clone(),
                parent: department.parent.clone(),
                path: path(&now, id).ok_or(Ring(day))?,
                is_open: department.opened && !department.closed,
            };
            match open.get_mut(id) {
                Some(before) if before.says_the_same(&state) => {}
                Some(before) => {
                    before.to_on = Some(day);
                    done.push(std::mem::replace(before, state));
                }
                None => {
                    open.insert(id.clone(), state);
                }
            }
        }
    }
    done.extend(open.into_values());
    done.sort_by(|a, b| (&a.department, a.from_on).cmp(&(&b.department, b.from_on)));
    Ok(done)
}

/// Every department as it will begin.
fn beginnings(by_day: &BTreeMap<NaiveDate, Vec<&Change>>) -> BTreeMap<DepartmentId, Now> {
    let mut all: BTreeMap<DepartmentId, Now> = BTreeMap::new();
    for change in by_day.values().flatten() {
        if let What::Opened { name, name_en, parent } = &change.what {
            all.entry(change.department.clone()).or_insert_with(|| Now {
                name: name.clone(),
                name_en: name_en.clone(),
                parent: parent.clone(),
                ..Now::default()
            });
        }
    }
    all
}

impl Now {
    fn take(&mut self, what: &What) {
        match what {
            What::Opened { .. } => self.opened = true,
            What::Renamed { name, name_en } => {
                self.name.clone_from(name);
                self.name_en.clone_from(name_en);
            }
            What::Moved { parent } => self.parent.clone_from(parent),
            What::Closed => self.closed = true,
        }
    }
}

impl State {
    fn says_the_same(&self, other: &Self) -> bool {
        let said = |state: &Self| Self { from_on: BEGINNING, to_on: None, ..state.clone() };
        said(self) == said(other)
    }
}

/// The path of a department; `None` when it lies below itself.
fn path(all: &BTreeMap<DepartmentId, Now>, id: &DepartmentId) -> Option<String> {
    let mut ids = vec![id];
    let mut at = id;
    while let Some(parent) = all.get(at).and_then(|department| department.parent.as_ref()) {
        if ids.contains(&parent) {
            return None;
        }
        ids.push(parent);
        at = parent;
    }
    Some(ids.into_iter().rev().map(|id| format!("{id}/")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn change(department: &DepartmentId, from_on: &str, what: What) -> Change {
        Change { department: department.clone(), from_on: day(from_on), what }
    }

    fn opened(name: &str, parent: Option<&DepartmentId>) -> What {
        What::Opened { name: name.into(), name_en: name.into(), parent: parent.cloned() }
    }

    fn renamed(name: &str) -> What {
        What::Renamed { name: name.into(), name_en: name.into() }
    }

    fn on<'s>(states: &'s [State], id: &DepartmentId, at: &str) -> &'s State {
        let at = day(at);
        let found: Vec<&State> = states
            .iter()
            .filter(|state| {
                state.department == *id && state.from_on <= at && state.to_on.is_none_or(|to| to > at)
            })
            .collect();
        assert_eq!(found.len(), 1, "one state each day");
        found[0]
    }

    fn three() -> [DepartmentId; 3] {
        let clock = Clock::system();
        [(); 3].map(|()| DepartmentId::new(&clock))
    }

    #[test]
    fn a_name_from_april_does_not_take_back_a_move_that_was_entered_later_for_march() {
        let [top, left, ward] = three();
        let changes = [
            change(&top, "2020-04-01", opened("病院", None)),
            change(&left, "2020-04-01", opened("看護部", Some(&top))),
            change(&ward, "2020-04-01", opened("3病棟", Some(&top))),
            change(&ward, "2027-04-01", renamed("3東病棟")),
            change(&ward, "2027-03-01", What::Moved { parent: Some(left.clone()) }),
        ];
        let states = states(&changes).expect("states");
        assert_eq!(on(&states, &ward, "2027-02-28").parent, Some(top.clone()));
        assert_eq!(on(&states, &ward, "2027-03-01").name, "3病棟");
        let april = on(&states, &ward, "2027-04-01");
        assert_eq!((april.name.as_str(), &april.parent), ("3東病棟", &Some(left.clone())));
        assert_eq!(april.path, format!("{top}/{left}/{ward}/"));
    }

    #[test]
    fn what_lies_below_goes_along_and_what_is_not_yet_open_stands_as_it_will_begin() {
        let [top, left, ward] = three();
        let changes = [
            change(&top, "2020-04-01", opened("病院", None)),
            change(&left, "2020-04-01", opened("看護部", None)),
            change(&ward, "2026-04-01", opened("3病棟", Some(&left))),
            change(&left, "2027-04-01", What::Moved { parent: Some(top.clone()) }),
            change(&ward, "2028-04-01", What::Closed),
        ];
        let states = states(&changes).expect("states");
        let before = on(&states, &ward, "2010-01-01");
        assert_eq!((before.is_open, before.path.as_str()), (false, format!("{left}/{ward}/").as_str()));
        assert!(on(&states, &ward, "2026-04-01").is_open);
        assert_eq!(on(&states, &ward, "2027-04-01").path, format!("{top}/{left}/{ward}/"));
        assert!(!on(&states, &ward, "2028-04-01").is_open);
    }

    #[test]
    fn a_ring_is_found_on_the_day_on_which_it_would_close() {
        let [top, left, ward] = three();
        let changes = [
            change(&top, "2020-04-01", opened("病院", None)),
            change(&left, "2020-04-01", opened("看護部", Some(&top))),
            change(&ward, "2020-04-01", opened("3病棟", Some(&left))),
            change(&left, "2027-04-01", What::Moved { parent: Some(ward.clone()) }),
        ];
        assert_eq!(states(&changes), Err(Ring(day("2027-04-01"))));
    }
}

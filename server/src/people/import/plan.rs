//! What a list of staff would change: a pure function of the people on record, the rows and a day.
//!
//! Reading order does not matter, a row that cannot be applied never holds another one up, and planning again after applying
//! finds nothing left to do.

mod departments;
mod leaving;
mod people;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kokoroe_app::people::{RowFault, StaffColumn};
use serde::{Deserialize, Serialize};

pub use leaving::MostLeaving;
use leaving::{FEW_LEAVE, leaving};

use super::line::Line;
use crate::people::department::Department;
use crate::people::hand::Held;
use crate::people::posting::Posting;
use crate::people::role::Managed;
use crate::people::staff::Staff;

/// The people and departments on record on the day of the plan.
#[derive(Clone, Debug, Default)]
pub struct Base {
    /// Every department, closed ones too.
    pub departments: Vec<Department>,
    /// Everybody who ever belonged to the hospital.
    pub people: Vec<Staff>,
    /// Every posting that is not over on that day.
    pub postings: Vec<Posting>,
    /// Who manages what.
    pub managed: Vec<Managed>,
    /// What was entered by hand and stays as it is.
    pub held: Vec<Held>,
    /// The share of those in post, in per cent, of whom more must not leave without somebody saying so.
    pub most_leaving: MostLeaving,
}

/// What would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The day from which moves and departures count.
    pub on: NaiveDate,
    /// How many belong to the hospital on that day, before the change.
    pub present: usize,
    /// New, renamed and moved departments; each comes after the one above it.
    pub departments: Vec<DepartmentStep>,
    /// People who join.
    pub added: Vec<Added>,
    /// People about whom something is different now.
    pub changed: Vec<Changed>,
    /// People who work somewhere else now.
    pub moved: Vec<Moved>,
    /// People on record whom the complete list does not name.
    pub leaving: Vec<Leaving>,
    /// What the list says otherwise than was entered by hand: it stays as it was entered.
    #[serde(default)]
    pub kept: Vec<Kept>,
    /// People who stay as they are.
    pub unchanged: usize,
    /// The share of those in post of whom more do not leave unasked.
    #[serde(default)]
    pub most_leaving: MostLeaving,
    /// Rows that are left out.
    pub bad: Vec<BadRow>,
}

/// Something that was entered by hand and that the list says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The row; none for somebody whom the list does not name.
    pub row: Option<u32>,
    /// The staff number.
    pub staff_no: String,
    /// The name, for showing.
    pub name: String,
    /// What: a code of [`crate::people::hand::What`].
    pub what: String,
    /// The day on which it was entered.
    pub entered_on: NaiveDate,
}

/// A change of a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentStep {
    /// Its code.
    pub code: String,
    /// What is done.
    pub change: DepartmentChange,
}

/// What is done with a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentChange {
    /// It is made.
    New {
        /// What it is called.
        name: String,
        /// The same in English; empty when nobody said.
        name_en: String,
        /// The code of the one above.
        parent: Option<String>,
    },
    /// It is called something else.
    Renamed {
        /// Names until now, in Japanese and English.
        before: (String, String),
        /// Names from now on.
        after: (String, String),
    },
    /// It lies under another one.
    Moved {
        /// The code of the one above until now.
        before: Option<String>,
        /// The code of the one above from now on.
        after: String,
    },
}

/// Somebody who joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The row.
    pub row: u32,
    /// The staff number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Reading of the family name.
    pub family_kana: String,
    /// Reading of the given name.
    pub given_kana: String,
    /// Name in Latin letters.
    pub roman: String,
    /// Profession.
    pub profession: String,
    /// Sort of employment.
    pub employment: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// First day on which the person is no longer there.
    pub left_on: Option<NaiveDate>,
    /// Code of the main department.
    pub department: String,
    /// Codes of the others.
    pub sides: Vec<String>,
    /// Address at work; may be empty.
    #[serde(default)]
    pub mail: String,
}

/// Something about a person that is different now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What. [`StaffColumn::Left`] tells the last day of work.
    pub column: StaffColumn,
    /// As it is on record.
    pub before: String,
    /// As the list has it.
    pub after: String,
}

/// Somebody about whom something is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The row.
    pub row: u32,
    /// The person as they will be on record.
    pub after: After,
    /// What is different.
    pub differences: Vec<Difference>,
}

/// Everything about a person that a list can change, as it will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// The staff number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Reading of the family name.
    pub family_kana: String,
    /// Reading of the given name.
    pub given_kana: String,
    /// Name in Latin letters.
    pub roman: String,
    /// Profession.
    pub profession: String,
    /// Sort of employment.
    pub employment: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// First day on which the person is no longer there.
    pub left_on: Option<NaiveDate>,
    /// Address at work; may be empty.
    #[serde(default)]
    pub mail: String,
}

/// Somebody who works somewhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The row.
    pub row: u32,
    /// The staff number.
    pub staff_no: String,
    /// The name, for showing.
    pub name: String,
    /// From which day.
    pub on: NaiveDate,
    /// Codes of the main department before and after, when it is another one.
    pub main: Option<(Option<String>, String)>,
    /// Codes of other departments that begin.
    pub begins: Vec<String>,
    /// Codes of other departments that end.
    pub ends: Vec<String>,
    /// Codes of departments that the person no longer manages, because the work there ends.
    #[serde(default)]
    pub hands_over: Vec<String>,
}

/// Somebody whom the complete list does not name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The staff number.
    pub staff_no: String,
    /// The name, for showing.
    pub name: String,
    /// Code of the main department.
    pub department: Option<String>,
}

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// The row.
    pub row: u32,
    /// The staff number, where it could be read.
    pub staff_no: String,
    /// The name as it stands there.
    pub name: String,
    /// Why.
    pub faults: Vec<RowFault>,
}

impl Plan {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.departments.is_empty()
            && self.added.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
            && self.leaving.is_empty()
    }

    /// How many would no longer belong to the hospital: not on the complete list, or given a last day of work.
    #[must_use]
    pub fn departures(&self) -> usize {
        let dated = self.changed.iter().filter(|changed| changed.leaves()).count();
        self.leaving.len() + dated
    }

    /// Whether a row gives somebody a last day of work that is over: then they can no longer sign in.
    #[must_use]
    pub fn shuts_out(&self, staff_no: &str) -> bool {
        let gone = |after: &After| after.left_on.is_some_and(|left_on| left_on <= self.on);
        self.changed.iter().any(|changed| changed.after.staff_no == staff_no && gone(&changed.after))
    }

    /// Whether so many leave that somebody must type the number: at least three people, and more than the share that the hospital has set.
    #[must_use]
    pub fn many_leave(&self) -> bool {
        let departures = self.departures();
        departures > FEW_LEAVE && departures * 100 > self.present * usize::from(self.most_leaving.0)
    }
}

impl Changed {
    fn leaves(&self) -> bool {
        self.differences
            .iter()
            .any(|d| d.column == StaffColumn::Left && d.before.is_empty() && !d.after.is_empty())
    }
}

/// Lines by which each stage of planning finds its way; a line that is found bad stays in the list and out of the rest.
struct Rows<'a> {
    good: Vec<&'a Line>,
    bad: BTreeMap<u32, BadRow>,
}

impl<'a> Rows<'a> {
    fn new(lines: &'a [Line]) -> Self {
        let mut rows = Self { good: lines.iter().collect(), bad: BTreeMap::new() };
        rows.drop_where(|line| line.faults.clone());
        rows
    }

    /// Leaves out every line with a fault. Says whether there was one.
    fn drop_where(&mut self, faults: impl Fn(&Line) -> Vec<RowFault>) -> bool {
        let mut dropped = false;
        let bad = &mut self.bad;
        self.good.retain(|line| {
            let found = faults(line);
            if found.is_empty() {
                return true;
            }
            dropped = true;
            let row = BadRow {
                row: line.row,
                staff_no: line.staff_no.clone(),
                name: line.name.clone(),
                faults: found,
            };
            bad.insert(line.row, row);
            false
        });
        dropped
    }
}

/// Compares a list with what is on record. `complete`: whoever is not on the list has left.
#[must_use]
pub fn plan(base: &Base, lines: &[Line], complete: bool, on: NaiveDate) -> Plan {
    let known = people::Known::new(base);
    let mut rows = Rows::new(lines);
    rows.drop_where(|line| known.own_faults(line, on));
    let repeated = repeated(&rows.good);
    rows.drop_where(|line| repeated.get(&line.row).cloned().into_iter().collect());
    let departments = departments::decide(&known, &mut rows, on);
    let mut plan = Plan {
        on,
        present: base.people.iter().filter(|person| known.is_there(person, on)).count(),
        departments,
        most_leaving: base.most_leaving,
        ..Plan::default()
    };
    let mut good = rows.good;
    good.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    for line in good {
        known.compare(line, &mut plan);
    }
    if complete {
        let (kept, leaving): (Vec<_>, Vec<_>) = leaving(&known, base, lines, on)
            .into_iter()
            .map(|leaving| (known.kept_there(&leaving), leaving))
            .partition(|(kept, _)| kept.is_some());
        plan.kept.extend(kept.into_iter().filter_map(|(kept, _)| kept));
        plan.leaving = leaving.into_iter().map(|(_, leaving)| leaving).collect();
    }
    plan.bad = rows.bad.into_values().collect();
    plan
}

/// Rows whose staff number stands in other rows too: none of them can be the right one.
fn repeated(good: &[&Line]) -> BTreeMap<u32, RowFault> {
    let mut by_number: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for line in good.iter().filter(|line| line.person.is_some()) {
        by_number.entry(&line.staff_no).or_default().push(line.row);
    }
    let several = by_number.into_values().filter(|rows| rows.len() > 1);
    several
        .flat_map(|rows| {
            let others = rows.clone();
            rows.into_iter().map(move |row| {
                let mut rows: Vec<u32> = others.iter().copied().filter(|other| *other != row).collect();
                rows.sort_unstable();
                (row, RowFault::Repeated { rows })
            })
        })
        .collect()
}

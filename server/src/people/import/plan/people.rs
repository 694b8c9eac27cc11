//! Comparing one row with one person.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use kokoroe_app::people::{RowFault, StaffColumn};

use super::{Added, After, Base, Changed, Difference, Kept, Leaving, Moved, Plan};
use crate::id::DepartmentId;
use crate::people::department::Department;
use crate::people::hand::What;
use crate::people::import::line::{LeftCell, Line, PersonLine};
use crate::people::posting::Posting;
use crate::people::staff::Staff;

/// What is on record, by the words that a list uses.
pub(super) struct Known<'a> {
    people: BTreeMap<&'a str, &'a Staff>,
    /// Numbers without the zeros in front, for those that a table program has eaten.
    numbers: BTreeMap<&'a str, Vec<&'a str>>,
    departments: BTreeMap<&'a str, &'a Department>,
    department_numbers: BTreeMap<&'a str, Vec<&'a str>>,
    by_id: BTreeMap<&'a DepartmentId, &'a Department>,
    postings: BTreeMap<&'a str, Vec<&'a Posting>>,
    managed: BTreeMap<&'a str, Vec<&'a DepartmentId>>,
    /// What was entered by hand, and when: by the id of the person and the word of what it is.
    held: BTreeMap<(&'a str, &'a str), NaiveDate>,
}

/// A number without the zeros in front; anything else as it is.
fn bare(code: &str) -> &str {
    if code.bytes().all(|b| b.is_ascii_digit()) { code.trim_start_matches('0') } else { code }
}

pub(super) fn full_name(family: &str, given: &str) -> String {
    if given.is_empty() { family.to_owned() } else { format!("{family} {given}") }
}

/// The last day of work, as a list tells it, of somebody who is gone from a day on.
fn last_day(left_on: Option<NaiveDate>) -> String {
    left_on.and_then(|day| day.checked_sub_days(Days::new(1))).map_or_else(String::new, |day| day.to_string())
}

fn by_bare<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, Vec<&'a str>> {
    codes.fold(BTreeMap::new(), |mut map, code| {
        map.entry(bare(code)).or_default().push(code);
        map
    })
}

impl<'a> Known<'a> {
    pub(super) fn new(base: &'a Base) -> Self {
        let mut postings: BTreeMap<&str, Vec<&Posting>> = BTreeMap::new();
        for posting in &base.postings {
            postings.entry(posting.staff_id.as_str()).or_default().push(posting);
        }
        let mut managed: BTreeMap<&str, Vec<&DepartmentId>> = BTreeMap::new();
        for each in &base.managed {
            managed.entry(each.staff_id.as_str()).or_default().push(&each.department_id);
        }
        Self {
            people: base.people.iter().map(|person| (person.staff_no.as_str(), person)).collect(),
            numbers: by_bare(base.people.iter().map(|person| person.staff_no.as_str())),
            departments: base.departments.iter().map(|each| (each.code.as_str(), each)).collect(),
            department_numbers: by_bare(base.departments.iter().map(|each| each.code.as_str())),
            by_id: base.departments.iter().map(|each| (&each.id, each)).collect(),
            postings,
            managed,
            held: base
                .held
                .iter()
                .map(|held| ((held.staff_id.as_str(), held.what.as_str()), held.entered_on))
                .collect(),
        }
    }

    /// The day on which something about somebody was entered by hand, if that still holds.
    fn held(&self, person: &Staff, what: What) -> Option<NaiveDate> {
        self.held.get(&(person.id.as_str(), what.code())).copied()
    }

    /// Somebody whom the complete list does not name and who stays: when they leave was entered by hand, or that they are on leave.
    pub(super) fn kept_there(&self, leaving: &Leaving) -> Option<Kept> {
        let person = self.people.get(leaving.staff_no.as_str())?;
        [What::Left, What::Leave].into_iter().find_map(|what| {
            Some(Kept {
                row: None,
                staff_no: leaving.staff_no.clone(),
                name: leaving.name.clone(),
                what: what.code().to_owned(),
                entered_on: self.held(person, what)?,
            })
        })
    }

    pub(super) fn department(&self, code: &str) -> Option<&'a Department> {
        self.departments.get(code).copied()
    }

    /// The codes of all departments on record.
    pub(super) fn codes(&self) -> impl Iterator<Item = &'a str> {
        self.departments.keys().copied()
    }

    pub(super) fn department_by_id(&self, id: &DepartmentId) -> Option<&'a Department> {
        self.by_id.get(id).copied()
    }

    /// Whether somebody has joined and not left.
    pub(super) fn is_there(&self, person: &Staff, on: NaiveDate) -> bool {
        person.joined_on <= on && person.is_staff_on(on)
    }

    /// The known code that this one was before its zeros were lost.
    fn with_zeros(known: &BTreeMap<&str, Vec<&'a str>>, code: &str) -> Option<&'a str> {
        let same = known.get(bare(code)).map_or(&[][..], Vec::as_slice);
        if same.contains(&code) { None } else { same.first().copied() }
    }

    /// The numbers on record that a row may mean.
    pub(super) fn meant<'s>(&'s self, line: &'s Line) -> Vec<&'s str> {
        let similar = self.numbers.get(bare(&line.staff_no)).cloned().unwrap_or_default();
        similar.into_iter().chain((!line.staff_no.is_empty()).then_some(line.staff_no.as_str())).collect()
    }

    /// What is wrong with a row by itself, seen beside what is on record.
    pub(super) fn own_faults(&self, line: &Line, on: NaiveDate) -> Vec<RowFault> {
        let mut faults = Vec::new();
        let zeros = |column, known: &BTreeMap<&str, Vec<&'a str>>, code: &str| {
            let known = Self::with_zeros(known, code)?.to_owned();
            Some(RowFault::LostZeros { column, value: code.to_owned(), known })
        };
        if let Some(department) = &line.department {
            faults.extend(zeros(StaffColumn::Department, &self.department_numbers, &department.code));
            let parent = department.parent.as_deref();
            faults.extend(
                parent.and_then(|parent| zeros(StaffColumn::Parent, &self.department_numbers, parent)),
            );
        }
        let Some(person) = &line.person else { return faults };
        for code in person.sides.iter().flatten() {
            faults.extend(zeros(StaffColumn::Side, &self.department_numbers, code));
        }
        if let Some(lost) = zeros(StaffColumn::Number, &self.numbers, &line.staff_no) {
            // Somebody known, and not a stranger about whom more is missing.
            faults.push(lost);
            return faults;
        }
        match (self.people.get(line.staff_no.as_str()), person.left) {
            (Some(known), LeftCell::From(left_on)) => {
                if person.joined_on.is_none() && left_on <= known.joined_on {
                    faults.push(RowFault::LeftBeforeJoined);
                }
            }
            (Some(known), LeftCell::Unsaid) => match (known.left_on, person.joined_on) {
                (Some(left_on), _) if left_on <= on && self.held(known, What::Left).is_some() => {}
                (Some(left_on), _) if left_on <= on => faults.push(RowFault::Gone),
                (Some(left_on), Some(joined_on)) if left_on <= joined_on => {
                    faults.push(RowFault::LeftBeforeJoined);
                }
                _ => {}
            },
            (Some(_), LeftCell::AtWork) => {}
            (None, left) => {
                if line.department.is_none() {
                    faults.push(RowFault::Empty { column: StaffColumn::Department });
                }
                if person.joined_on.is_none() {
                    faults.push(RowFault::Empty { column: StaffColumn::Joined });
                }
                if matches!(left, LeftCell::From(left_on) if left_on <= on) {
                    faults.push(RowFault::LeftAlready);
                }
            }
        }
        faults
    }

    /// Code of the department in which somebody is counted on a day.
    pub(super) fn main_code(&self, person: &Staff, on: NaiveDate) -> Option<String> {
        let main = self.postings_on(person, on).find(|posting| posting.main)?;
        self.department_by_id(&main.department_id).map(|department| department.code.clone())
    }

    fn postings_on(&self, person: &Staff, on: NaiveDate) -> impl Iterator<Item = &'a Posting> {
        let all = self.postings.get(person.id.as_str()).cloned().unwrap_or_default();
        all.into_iter().filter(move |posting| posting.holds_on(on))
    }

    fn side_codes(&self, person: &Staff, on: NaiveDate) -> BTreeSet<String> {
        self.postings_on(person, on)
            .filter(|posting| !posting.main)
            .filter_map(|posting| self.department_by_id(&posting.department_id))
            .map(|department| department.code.clone())
            .collect()
    }

    /// Puts a good row where it belongs.
    pub(super) fn compare(&self, line: &Line, plan: &mut Plan) {
        let Some(row) = &line.person else { return };
        match self.people.get(line.staff_no.as_str()) {
            None => plan.added.extend(added(line, row)),
            Some(person) => {
                let mut after = after(person, row);
                let kept = |what: What, entered_on| Kept {
                    row: Some(line.row),
                    staff_no: line.staff_no.clone(),
                    name: full_name(&person.family, &person.given),
                    what: what.code().to_owned(),
                    entered_on,
                };
                if let Some(entered_on) = self.held(person, What::Left) {
                    // A list that goes on naming somebody who has left says otherwise too.
                    let gone = person.left_on.is_some_and(|left_on| left_on <= plan.on);
                    if after.left_on != person.left_on || gone {
                        plan.kept.push(kept(What::Left, entered_on));
                        after.left_on = person.left_on;
                    }
                }
                let differences = differences(person, &after);
                let mut moved = self.moved(person, &after, line, row, plan.on);
                if let (Some(entered_on), true) = (self.held(person, What::Posting), moved.is_some()) {
                    plan.kept.push(kept(What::Posting, entered_on));
                    moved = None;
                }
                if differences.is_empty() && moved.is_none() {
                    plan.unchanged += 1;
                }
                if !differences.is_empty() {
                    plan.changed.push(Changed { row: line.row, after, differences });
                }
                plan.moved.extend(moved);
            }
        }
    }

    /// What somebody managed only by working in a department that they leave: that department and what lies below it. Whoever goes on
    /// working between the two, or in the managed one itself, keeps it.
    fn hands_over(&self, person: &Staff, over: &[&str], stays: &[&str]) -> Vec<String> {
        let managed = self.managed.get(person.id.as_str()).map_or(&[][..], Vec::as_slice);
        let ends = |department: &Department| {
            over.iter().filter(|left| !stays.contains(left)).any(|left| {
                let within = |code: &str, top: &str| {
                    self.department(code).is_some_and(|each| self.is_below(each, top))
                };
                self.is_below(department, left)
                    && !stays.iter().any(|stay| within(stay, left) && self.is_below(department, stay))
            })
        };
        let departments = managed.iter().filter_map(|id| self.department_by_id(id));
        departments.filter(|department| ends(department)).map(|department| department.code.clone()).collect()
    }

    /// Whether a department is the one with this code, or lies below it, as it is on record.
    fn is_below(&self, department: &Department, code: &str) -> bool {
        let mut at = Some(department);
        // A tree of departments is never this deep; whatever is on record, the walk ends.
        for _ in 0..64 {
            let Some(here) = at else { return false };
            if here.code == code {
                return true;
            }
            at = here.parent_id.as_ref().and_then(|id| self.department_by_id(id));
        }
        false
    }

    fn moved(
        &self,
        person: &Staff,
        after: &After,
        line: &Line,
        row: &PersonLine,
        on: NaiveDate,
    ) -> Option<Moved> {
        // Somebody who has not begun yet is moved from their first day.
        let on = on.max(after.joined_on);
        if after.left_on.is_some_and(|left_on| left_on <= on) {
            return None;
        }
        let before = self.main_code(person, on);
        let wanted =
            line.department.as_ref().map(|department| department.code.clone()).or_else(|| before.clone());
        let main = wanted.clone().filter(|_| wanted != before).map(|to| (before.clone(), to));
        let had = self.side_codes(person, on);
        let mut wants: BTreeSet<String> =
            row.sides.as_ref().map_or_else(|| had.clone(), |codes| codes.iter().cloned().collect());
        // Nobody has a second posting in the department in which they are counted.
        wants.retain(|code| Some(code) != wanted.as_ref());
        let over = before.iter().filter(|_| main.is_some()).chain(had.difference(&wants));
        let over: Vec<&str> =
            over.map(String::as_str).filter(|code| Some(*code) != wanted.as_deref()).collect();
        let stays: Vec<&str> = wanted.iter().chain(&wants).map(String::as_str).collect();
        let hands_over = self.hands_over(person, &over, &stays);
        let moved = Moved {
            row: line.row,
            staff_no: line.staff_no.clone(),
            name: full_name(&after.family, &after.given),
            on,
            main,
            begins: wants.difference(&had).cloned().collect(),
            ends: had.difference(&wants).cloned().collect(),
            hands_over,
        };
        let same = moved.main.is_none() && moved.begins.is_empty() && moved.ends.is_empty();
        (!same).then_some(moved)
    }
}

fn added(line: &Line, row: &PersonLine) -> Option<Added> {
    let (family_kana, given_kana) = row.kana.clone().unwrap_or_default();
    let department = line.department.as_ref()?.code.clone();
    let sides = row.sides.iter().flatten().filter(|code| **code != department).cloned().collect();
    Some(Added {
        row: line.row,
        staff_no: line.staff_no.clone(),
        family: row.family.clone(),
        given: row.given.clone(),
        family_kana,
        given_kana,
        roman: row.roman.clone().unwrap_or_default(),
        profession: row.profession.clone().unwrap_or_default(),
        employment: row.employment.clone().unwrap_or_default(),
        joined_on: row.joined_on?,
        left_on: left_on(None, row.left),
        department,
        sides,
        mail: row.mail.clone().unwrap_or_default(),
    })
}

/// When somebody is gone: as the list says, or as it is on record.
const fn left_on(known: Option<NaiveDate>, cell: LeftCell) -> Option<NaiveDate> {
    match cell {
        LeftCell::From(day) => Some(day),
        LeftCell::AtWork => None,
        LeftCell::Unsaid => known,
    }
}

fn after(person: &Staff, row: &PersonLine) -> After {
    let known_kana = || (person.family_kana.clone(), person.given_kana.clone());
    let (family_kana, given_kana) = row.kana.clone().unwrap_or_else(known_kana);
    let or = |new: &Option<String>, known: &String| new.clone().unwrap_or_else(|| known.clone());
    After {
        staff_no: person.staff_no.clone(),
        family: row.family.clone(),
        given: row.given.clone(),
        family_kana,
        given_kana,
        roman: or(&row.roman, &person.roman),
        profession: or(&row.profession, &person.profession),
        employment: or(&row.employment, &person.employment),
        joined_on: row.joined_on.unwrap_or(person.joined_on),
        left_on: left_on(person.left_on, row.left),
        mail: or(&row.mail, &person.mail),
    }
}

fn differences(person: &Staff, after: &After) -> Vec<Difference> {
    [
        (StaffColumn::Family, person.family.clone(), after.family.clone()),
        (StaffColumn::Given, person.given.clone(), after.given.clone()),
        (StaffColumn::FamilyKana, person.family_kana.clone(), after.family_kana.clone()),
        (StaffColumn::GivenKana, person.given_kana.clone(), after.given_kana.clone()),
        (StaffColumn::Roman, person.roman.clone(), after.roman.clone()),
        (StaffColumn::Profession, person.profession.clone(), after.profession.clone()),
        (StaffColumn::Employment, person.employment.clone(), after.employment.clone()),
        (StaffColumn::Mail, person.mail.clone(), after.mail.clone()),
        (StaffColumn::Joined, person.joined_on.to_string(), after.joined_on.to_string()),
        (StaffColumn::Left, last_day(person.left_on), last_day(after.left_on)),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(column, before, after)| Difference { column, before, after })
    .collect()
}

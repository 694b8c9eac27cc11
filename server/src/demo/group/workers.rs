//! Who works in the group over the years: every seat is somebody's, and whoever leaves is followed by somebody new.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::chance::Chance;
use super::super::days::{Days, first_of_month};
use super::super::departments::UNITS;
use super::super::names::Names;
use super::places::Seat;
use crate::id::{DepartmentId, LeaveId, Made, PostingId, StaffId};
use crate::people::posting::{Leave, Posting};
use crate::people::staff::Staff;

/// So many of a hundred leave in a year, move to another department in the end, have a second posting, are away once.
const LEAVE: u64 = 6;
const MOVE: u64 = 14;
const BESIDE: u64 = 3;
const AWAY: u64 = 6;

/// Somebody, with everything that will have happened to their postings.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub(super) staff: Staff,
    pub(super) seat: usize,
    /// The main ones follow each other; another one is 兼務.
    pub(super) postings: Vec<Posting>,
    pub(super) away: Option<Leave>,
}

impl Worker {
    /// Whether they belong to the hospital on a day.
    pub(super) fn belongs_on(&self, day: NaiveDate) -> bool {
        self.staff.joined_on <= day && self.staff.is_staff_on(day)
    }

    /// Whether they can be found at work on a day.
    pub(super) fn works_on(&self, day: NaiveDate) -> bool {
        let away = self
            .away
            .as_ref()
            .is_some_and(|away| away.from_on <= day && away.to_on.is_none_or(|back| day < back));
        self.belongs_on(day) && !away
    }
}

/// Bytes for an id.
pub(super) fn bytes(chance: &mut Chance) -> [u8; 10] {
    let (one, other) = (chance.next().to_le_bytes(), chance.next().to_le_bytes());
    let mut bytes = [0; 10];
    for (to, from) in bytes.iter_mut().zip(one.into_iter().chain(other)) {
        *to = from;
    }
    bytes
}

/// The hours at which things become known: those who come in the morning are there.
pub(super) fn morning(day: NaiveDate, days: &Days) -> DateTime<Utc> {
    days.at(day, 7, 0)
}

/// Everybody who works in these seats from the first day of the first year until today.
pub(super) fn hire(seats: &[Seat], departments: &[DepartmentId], days: &Days, cycles: i64) -> Vec<Worker> {
    let mut names = Names::new();
    let mut workers = Vec::with_capacity(seats.len() * 3 / 2);
    let founded = days.new_year(cycles - 1);
    for (at, seat) in seats.iter().enumerate() {
        let mut chance = Chance::of(&format!("seat {at}"));
        let spring = days.new_year(cycles - 1 + chance.between(1, 24));
        let mut joined = if chance.percent(75) {
            spring
        } else {
            first_of_month(spring - TimeDelta::days(30 * chance.between(1, 6)))
        };
        loop {
            let left = leaves(seat, joined.max(founded), days, &mut chance);
            let number = workers.len();
            let hired = Hired { seat, at, departments, days, joined, left, founded };
            workers.push(hired.worker(number, &mut names, &mut chance));
            match left {
                Some(left) => joined = left,
                None => break,
            }
        }
    }
    workers
}

/// When somebody who is there since that day leaves, if they do until today. Who leads stays.
fn leaves(seat: &Seat, since: NaiveDate, days: &Days, chance: &mut Chance) -> Option<NaiveDate> {
    let mut from = since;
    loop {
        let until = from + TimeDelta::days(365);
        if chance.percent(LEAVE) && !seat.head {
            let left = first_of_month(from + TimeDelta::days(40 + chance.between(0, 330)));
            return (left <= days.today()).then_some(left);
        }
        if until > days.today() {
            return None;
        }
        from = until;
    }
}

struct Hired<'a> {
    seat: &'a Seat,
    at: usize,
    departments: &'a [DepartmentId],
    days: &'a Days,
    joined: NaiveDate,
    left: Option<NaiveDate>,
    founded: NaiveDate,
}

impl Hired<'_> {
    fn worker(&self, number: usize, names: &mut Names, chance: &mut Chance) -> Worker {
        let (days, seat) = (self.days, self.seat);
        let known = morning(self.joined.max(self.founded), days);
        let id = StaffId::made(known, bytes(chance));
        let name = names.of(0, chance.percent(70));
        let number = 1_000_000 + number;
        let mail =
            if number % 5 < 3 { format!("s{number}@mail.minato-no-mori.example") } else { String::new() };
        let staff = Staff {
            id: id.clone(),
            staff_no: number.to_string(),
            family: name.family.to_owned(),
            given: name.given.to_owned(),
            family_kana: name.family_kana.to_owned(),
            given_kana: name.given_kana.to_owned(),
            roman: name.roman,
            profession: seat.profession.to_owned(),
            employment: seat.employment.to_owned(),
            joined_on: self.joined,
            left_on: self.left,
            mail,
        };
        let mut postings = vec![self.posting(&id, seat.place, (self.joined, self.left), true, chance)];
        if let Some(on) = self.changes(MOVE, chance) {
            let to = self.elsewhere(chance);
            if let Some(first) = postings.first_mut() {
                first.to_on = Some(on);
            }
            postings.push(self.posting(&id, to, (on, self.left), true, chance));
        }
        if let Some(on) = self.changes(BESIDE, chance) {
            let beside = self.elsewhere(chance);
            postings.push(self.posting(&id, beside, (on, self.left), false, chance));
        }
        let away = self.away(&id, chance);
        Worker { staff, seat: self.at, postings, away }
    }

    fn posting(
        &self,
        staff: &StaffId,
        place: usize,
        (from_on, to_on): (NaiveDate, Option<NaiveDate>),
        main: bool,
        chance: &mut Chance,
    ) -> Posting {
        let id = PostingId::made(morning(from_on.max(self.founded), self.days), bytes(chance));
        let department = self.departments.get(place).or(self.departments.first()).cloned();
        Posting {
            id,
            staff_id: staff.clone(),
            department_id: department.unwrap_or_else(|| DepartmentId::made(DateTime::UNIX_EPOCH, [0; 10])),
            from_on,
            to_on,
            main,
            seconded: false,
        }
    }

    /// The day of a new year on which something changes for somebody, if it does.
    fn changes(&self, percent: u64, chance: &mut Chance) -> Option<NaiveDate> {
        let years = (self.days.today() - self.founded).num_days() / 365;
        let on = self.days.new_year(chance.between(0, (years - 1).max(0)));
        let there = self.joined.max(self.founded) < on && self.left.is_none_or(|left| on < left);
        (chance.percent(percent) && there && !self.seat.head && on <= self.days.today()).then_some(on)
    }

    /// Another department of the same hospital.
    fn elsewhere(&self, chance: &mut Chance) -> usize {
        let units = i64::try_from(UNITS.len()).unwrap_or(1);
        let own = i64::try_from(self.seat.place - self.seat.hospital).unwrap_or(0);
        let to = (own + chance.between(1, units - 1)) % units;
        self.seat.hospital + usize::try_from(to).unwrap_or(0)
    }

    fn away(&self, staff: &StaffId, chance: &mut Chance) -> Option<Leave> {
        let since = self.joined.max(self.founded);
        let there = (self.left.unwrap_or(self.days.today()) - since).num_days();
        let (from, long) = (chance.between(20, there.max(21)), chance.between(30, 400));
        let (goes, open) = (chance.percent(AWAY), chance.percent(20));
        let from_on = since + TimeDelta::days(from);
        let back = from_on + TimeDelta::days(long);
        let id = LeaveId::made(self.days.at(from_on, 9, 0), bytes(chance));
        let stays = self.left.is_none_or(|left| back < left) && from_on < self.days.today();
        if !goes || !stays || self.seat.head {
            return None;
        }
        let to_on = Some(back).filter(|back| !open || *back <= self.days.today());
        let reason = match chance.between(0, 2) {
            0 => "育児休業",
            1 => "病気休職",
            _ => "産前産後休業",
        };
        Some(Leave { id, staff_id: staff.clone(), reason: reason.to_owned(), from_on, to_on })
    }
}

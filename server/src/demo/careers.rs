//! Who came when, who moved, who is away, who left.

use chrono::{NaiveDate, TimeDelta};

use super::chance::Chance;
use super::days::{Days, first_of_month};
use super::people::{self, Person};

/// One person's time at the hospital.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Career {
    /// First day of work.
    pub joined: NaiveDate,
    /// First day on which the person no longer belongs to the hospital.
    pub left: Option<NaiveDate>,
    /// Where the person worked, the first of them first.
    pub stays: Vec<Stay>,
    /// A leave of absence.
    pub away: Option<Away>,
}

/// A person in a department for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stay {
    /// Code of the department.
    pub unit: &'static str,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it is over.
    pub to: Option<NaiveDate>,
    /// The main one; the other is 兼務.
    pub main: bool,
}

/// A leave of absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Away {
    /// Why, in a word that others may read.
    pub reason: &'static str,
    /// First day away.
    pub from: NaiveDate,
    /// First day back, where it is known.
    pub to: Option<NaiveDate>,
}

impl Away {
    /// Whether the person is away on a day.
    pub(super) fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

impl Career {
    /// Whether the person belongs to the hospital on a day.
    pub(super) fn belongs_on(&self, day: NaiveDate) -> bool {
        self.joined <= day && self.left.is_none_or(|left| day < left)
    }

    /// Whether the person can be found at work on a day.
    pub(super) fn works_on(&self, day: NaiveDate) -> bool {
        self.belongs_on(day) && !self.away.as_ref().is_some_and(|away| away.covers(day))
    }
}

/// Joined with the present fiscal year.
const SPRING: [u32; 12] = [
    100_326, 100_416, 100_417, 100_514, 100_608, 100_709, 101_106, 101_206, 102_108, 102_210, 102_307,
    103_108,
];
/// Joined with the last fiscal year.
const LAST_SPRING: [u32; 8] = [100_415, 100_513, 100_609, 100_710, 101_107, 102_109, 102_209, 103_107];
/// Joined in the middle of the last fiscal year.
const LAST_AUTUMN: [u32; 4] = [100_324, 100_610, 102_406, 103_117];
/// Joined about so many days ago.
const LATELY: [(u32, i64); 7] = [
    (people::OVERDUE, 100),
    (people::LATE, 95),
    (100_320, 20),
    (100_418, 100),
    (100_611, 45),
    (102_309, 70),
    (103_118, 20),
];

/// Left with the year before last, and with the last year.
const LEFT_EARLIER: [u32; 3] = [100_420, 100_613, 103_110];
const LEFT_LAST: [u32; 4] = [100_516, 101_108, 102_110, 103_111];
/// Left so many days ago.
const LEFT_LATELY: [(u32, i64); 2] = [(100_323, 15), (103_119, 40)];

/// Moved with the last fiscal year, and with the present one: who, to where.
const MOVED_LAST_SPRING: [(u32, &str); 4] =
    [(100_410, "1006"), (100_509, "1007"), (100_606, "1005"), (103_104, "1032")];
const MOVED_SPRING: [(u32, &str); 7] = [
    (NEW_DEPUTY, "1001"),
    (100_406, "1003"),
    (100_507, "1003"),
    (100_605, "1004"),
    (100_704, "1006"),
    (103_103, "1033"),
    (103_203, "1031"),
];
/// Moved a month ago, in the middle of the year's training.
const MOVED_LATELY: [(u32, &str); 1] = [(100_412, "1003")];

/// The head nurse of Ward 4 who went to the head of nursing with the present year, and who came after her.
pub(super) const NEW_DEPUTY: u32 = 100_400;
pub(super) const NEW_HEAD: u32 = 100_401;

/// Away for a whole year of the training, and back since.
pub(super) const ON_LONG_LEAVE: u32 = 102_207;

/// 兼務: who, and where beside their own department.
const BESIDE: [(u32, &str); 8] = [
    (100_322, "1033"),
    (100_404, "1033"),
    (100_504, "1033"),
    (100_607, "1033"),
    (102_203, "1033"),
    (100_101, "1040"),
    (100_102, "1041"),
    (102_103, "1041"),
];

/// The time of this person at the hospital.
pub(super) fn career(person: &Person, days: &Days) -> Career {
    let number = person.number;
    let joined = joined(number, days);
    let left = left(number, days);
    let mut stays = vec![Stay { unit: person.unit, from: joined, to: left, main: true }];
    if let Some((unit, from)) = moved(number, days) {
        for stay in &mut stays {
            stay.to = Some(from);
        }
        stays.push(Stay { unit, from, to: left, main: true });
    }
    if let Some((_, unit)) = BESIDE.into_iter().find(|(who, _)| *who == number) {
        stays.push(Stay { unit, from: days.new_year(1), to: left, main: false });
    }
    Career { joined, left, stays, away: away(number, days) }
}

fn joined(number: u32, days: &Days) -> NaiveDate {
    if SPRING.contains(&number) {
        return days.new_year(0);
    }
    if LAST_SPRING.contains(&number) {
        return days.new_year(1);
    }
    if LAST_AUTUMN.contains(&number) {
        return days.half_year(1);
    }
    if let Some((_, ago)) = LATELY.into_iter().find(|(who, _)| *who == number) {
        return days.month_ago(ago);
    }
    let mut chance = Chance::of(&format!("joined {number}"));
    // Most come with a new year; whoever leads has been there for long.
    let least = if number.is_multiple_of(100) { 12 } else { 2 };
    let spring = days.new_year(chance.between(least, 24));
    if chance.percent(75) {
        spring
    } else {
        first_of_month(spring - TimeDelta::days(30 * chance.between(1, 6)))
    }
}

fn left(number: u32, days: &Days) -> Option<NaiveDate> {
    if LEFT_EARLIER.contains(&number) {
        return Some(days.new_year(1));
    }
    if LEFT_LAST.contains(&number) {
        return Some(days.new_year(0));
    }
    LEFT_LATELY.into_iter().find(|(who, _)| *who == number).map(|(_, ago)| days.ago(ago))
}

fn moved(number: u32, days: &Days) -> Option<(&'static str, NaiveDate)> {
    let to = |moves: &[(u32, &'static str)]| moves.iter().find(|(who, _)| *who == number).map(|(_, to)| *to);
    to(&MOVED_LAST_SPRING)
        .map(|unit| (unit, days.new_year(1)))
        .or_else(|| to(&MOVED_SPRING).map(|unit| (unit, days.new_year(0))))
        .or_else(|| to(&MOVED_LATELY).map(|unit| (unit, days.ago(30))))
}

fn away(number: u32, days: &Days) -> Option<Away> {
    let later = |count: i64| Some(days.today() + TimeDelta::days(count));
    match number {
        people::ON_LEAVE => Some(Away { reason: "産前産後休業", from: days.ago(75), to: later(110) }),
        100_421 => {
            Some(Away {
                reason: "育児休業", from: days.half_year(1) + TimeDelta::days(31), to: later(120)
            })
        }
        100_512 => Some(Away { reason: "病気休職", from: days.ago(20), to: None }),
        101_204 => Some(Away { reason: "海外研修", from: days.ago(130), to: later(200) }),
        102_207 => {
            Some(Away { reason: "育児休業", from: days.half_year(2), to: Some(days.half_year(1)) })
        }
        _ => None,
    }
}

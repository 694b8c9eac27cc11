//! How far each person gets with what they owe.

use chrono::{NaiveDate, TimeDelta};

use super::careers::{Career, ON_LONG_LEAVE};
use super::chance::Chance;
use super::days::Days;
use super::people::{self, Person};
use super::years::{Asked, Goal, Whom, part};

/// How far this person gets with this.
pub(super) fn goal(asked: &Asked, person: &Person, career: &Career, since: NaiveDate, days: &Days) -> Goal {
    let mut chance = Chance::of(&format!("goal {} {}", asked.code, person.number));
    match asked.whom {
        Whom::Everybody if asked.year == days.year() => this_year(person, career, since, days, &mut chance),
        Whom::Everybody => earlier_year(asked, person, days, &mut chance),
        Whom::Joiners => on_joining(person.number, career, days),
        Whom::These(_) => small(person.number),
    }
}

fn this_year(person: &Person, career: &Career, since: NaiveDate, days: &Days, chance: &mut Chance) -> Goal {
    if let Some(goal) = part(person.number) {
        return goal;
    }
    if days.ago(35) < since || !career.works_on(since) {
        // New people are still finding their way; whoever is away has not begun.
        return if chance.percent(25) { Goal::Middle } else { Goal::Nothing };
    }
    if !career.works_on(days.today()) {
        return Goal::Middle;
    }
    let done = if people::is_head(person) { 85 } else { pace(person.unit) };
    if chance.percent(done) {
        return Goal::InTime;
    }
    match chance.between(1, 100) {
        1..=56 => Goal::Nothing,
        57..=82 => Goal::Middle,
        83..=91 => Goal::Unsigned,
        _ => Goal::Missed,
    }
}

/// How many of a hundred of a department have finished the year's course by now: no two departments are alike.
const fn pace(unit: &str) -> u64 {
    match unit.as_bytes() {
        b"1003" => 45,
        b"1004" => 58,
        b"1005" => 34,
        b"1006" => 52,
        b"1007" => 30,
        b"1011" => 28,
        b"1012" => 15,
        b"1013" => 60,
        b"1014" => 70,
        b"1021" => 88,
        b"1022" => 66,
        b"1023" => 72,
        b"1031" => 44,
        b"1032" => 60,
        b"1033" | b"1034" => 80,
        b"1040" | b"1041" | b"1042" => 100,
        _ => 55,
    }
}

fn earlier_year(asked: &Asked, person: &Person, days: &Days, chance: &mut Chance) -> Goal {
    let played = people::FRESH.contains(&person.number) || part(person.number).is_some();
    if played {
        return Goal::InTime;
    }
    match (days.year() - asked.year, person.number) {
        (1, 101_302 | 102_105) | (2, ON_LONG_LEAVE) => return Goal::Exempt,
        _ => {}
    }
    match chance.between(1, 100) {
        1..=91 => Goal::InTime,
        92..=96 => Goal::Late,
        97..=98 => Goal::Middle,
        _ => Goal::Nothing,
    }
}

fn on_joining(number: u32, career: &Career, days: &Days) -> Goal {
    match number {
        people::OVERDUE => Goal::Middle,
        people::LATE => Goal::Late,
        100_418 | 103_118 => Goal::Nothing,
        100_320 => Goal::Middle,
        _ if days.today() - TimeDelta::days(10) < career.joined => Goal::Nothing,
        _ => Goal::InTime,
    }
}

fn small(number: u32) -> Goal {
    match number {
        103_302 | 100_705 => Goal::Nothing,
        100_607 => Goal::Middle,
        102_203 => Goal::Late,
        102_206 => Goal::Exempt,
        _ => Goal::InTime,
    }
}

//! The rate of a requirement on any day, from facts that were read once.
//!
//! The same rule as every other report: [`Facts::status`] says where somebody stands, and of several periods of a requirement that comes
//! back one tells. A test holds the two ways together on random histories.

use chrono::{DateTime, NaiveDate, Utc};

use crate::reports::store::Instant;
use crate::requirements::status::{Facts, Rate, Status};

/// Somebody who was ever asked for the requirement.
#[derive(Clone, Debug)]
pub struct Person {
    /// The first day of work.
    pub joined_on: NaiveDate,
    /// The first day on which they were no longer there.
    pub left_on: Option<NaiveDate>,
    /// Leaves: from, the first day back.
    pub leaves: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// What they are.
    pub profession: String,
    /// What they were before the days named, the earliest first.
    pub professions_before: Vec<(NaiveDate, String)>,
    /// Their periods, by cycle.
    pub owing: Vec<Owing>,
}

/// A period, as far as the rate goes.
#[derive(Clone, Debug)]
pub struct Owing {
    /// Which time round.
    pub cycle: i64,
    /// When it came to be owed.
    pub assigned_at: DateTime<Utc>,
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// The first instant at which the completion no longer counts, as it was made.
    pub valid_until: Option<DateTime<Utc>>,
    /// When its completion turned out to be wrong.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When that end was moved, and to when, in order.
    pub valid: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Exemptions: from, until (exclusive).
    pub exempt: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// When it was no longer owed, or owed again, in order.
    pub owed: Vec<(DateTime<Utc>, bool)>,
    /// Later completions of the same course.
    pub renewals: Vec<Renewal>,
}

/// A later completion of the same course.
#[derive(Clone, Copy, Debug)]
pub struct Renewal {
    /// When.
    pub completed_at: DateTime<Utc>,
    /// When it turned out to be wrong.
    pub corrected_at: Option<DateTime<Utc>>,
}

impl Owing {
    fn is_there(&self, at: DateTime<Utc>) -> bool {
        self.assigned_at <= at && self.corrected_at.is_none_or(|corrected| corrected > at)
    }

    fn is_completed(&self, at: DateTime<Utc>) -> bool {
        self.completed_at.is_some_and(|completed| completed <= at)
    }

    /// Whether the completion had an end, and it had come.
    fn is_over(&self, at: DateTime<Utc>) -> bool {
        let moved = self.valid.iter().rfind(|(since, _)| *since <= at).map(|(_, until)| *until);
        moved.or(self.valid_until).is_some_and(|until| until <= at)
    }

    fn is_renewed(&self, at: DateTime<Utc>) -> bool {
        self.renewals.iter().any(|renewal| {
            renewal.completed_at <= at && renewal.corrected_at.is_none_or(|corrected| corrected > at)
        })
    }

    fn is_released(&self, at: DateTime<Utc>) -> bool {
        self.owed.iter().rfind(|(since, _)| *since <= at).is_some_and(|(_, owed)| !owed)
    }

    /// Only what decides whether it counts and is done.
    fn status(&self, at: DateTime<Utc>, away: bool) -> Status {
        let completed = self.is_completed(at);
        Facts {
            completed,
            ended: completed && self.is_over(at) && !self.is_renewed(at),
            exempt: self.exempt.iter().any(|(from, until)| *from <= at && at < *until),
            out: away || self.is_released(at),
            ..Facts::default()
        }
        .status()
    }
}

impl Person {
    fn is_away(&self, day: NaiveDate) -> bool {
        self.joined_on > day
            || self.left_on.is_some_and(|left| left <= day)
            || self.leaves.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to))
    }

    fn profession_on(&self, day: NaiveDate) -> &str {
        let before = self.professions_before.iter().find(|(until, _)| *until > day);
        before.map_or(&self.profession, |(_, was)| was)
    }

    /// The periods that tell where the person stood. Where one follows another, only the one whose completion counted, or else the newest.
    fn telling(&self, at: DateTime<Utc>, recurs: bool) -> impl Iterator<Item = &Owing> {
        let there = move |owing: &&Owing| owing.is_there(at);
        let one = recurs.then(|| {
            let counts = |owing: &&Owing| owing.is_completed(at) && !owing.is_over(at);
            let newest = |found: Option<&Owing>| found.map(|owing| owing.cycle);
            newest(self.owing.iter().rev().filter(there).find(counts))
                .or_else(|| newest(self.owing.iter().rfind(there)))
        });
        self.owing.iter().filter(there).filter(move |owing| one.is_none_or(|one| one == Some(owing.cycle)))
    }
}

/// The rate at an instant: of everybody, or of those who had one profession on that day.
#[must_use]
pub fn rate(people: &[Person], recurs: bool, profession: &str, instant: Instant) -> Rate {
    let (at, day) = (instant.at, instant.day);
    let asked =
        people.iter().filter(|person| profession.is_empty() || person.profession_on(day) == profession);
    Rate::of(asked.flat_map(|person| {
        let away = person.is_away(day);
        person.telling(at, recurs).map(move |owing| (owing.status(at, away), 1))
    }))
}

//! What is asked: which requirement, as of when, and of whom.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::clock::Calendar;
use crate::id::RequirementId;
use crate::requirements::status::RENEWAL_DAYS;

/// An instant with everything that statements compare with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The hospital's day of it: postings, leaves, joins and exits are those of this day.
    pub day: NaiveDate,
    /// A completion that ends by then is due for renewal.
    pub renewal: DateTime<Utc>,
}

impl Instant {
    /// The instant in a hospital.
    #[must_use]
    pub fn new(at: DateTime<Utc>, calendar: Calendar) -> Self {
        Self { at, day: calendar.date(at), renewal: at + TimeDelta::days(RENEWAL_DAYS) }
    }
}

/// What is asked: which requirement, as of when, and of whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The requirement.
    pub requirement: RequirementId,
    /// As of when.
    pub instant: Instant,
    /// Only this profession; empty is every one.
    pub profession: String,
    /// Only people whose number, name or reading contains this, folded as `people::name::fold` does; empty is everybody.
    pub search: String,
}

impl Question {
    /// Everybody who owes a requirement, as of an instant.
    #[must_use]
    pub const fn of(requirement: RequirementId, instant: Instant) -> Self {
        Self { requirement, instant, profession: String::new(), search: String::new() }
    }

    /// The pattern that finds the searched text anywhere, with the signs that have a meaning in patterns taken as themselves.
    pub(super) fn pattern(&self) -> String {
        let mut pattern = String::from("%");
        for c in self.search.chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        if !self.search.is_empty() {
            pattern.push('%');
        }
        pattern
    }
}

//! By when a period is owed and how long its completion counts, where that is no longer what it was: each change is a fact with its reason,
//! and the newest at an instant holds. So a past report shows the date of that day.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::clock::Calendar;
use crate::id::{ExceptionId, PeriodId};

/// Why a date moved. Read back to the learner, the manager and the auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum TermReason {
    /// The training office granted more time.
    Extended {
        /// What was asked and decided.
        request: ExceptionId,
    },
    /// Back from leave: so many days from the first day back.
    Returned {
        /// The first day back.
        on: NaiveDate,
        /// Days from then.
        days: u16,
    },
    /// The leave that moved it ends otherwise now, or is no more.
    LeaveChanged,
    /// Owed again, with so many days from that day.
    OwedAgain {
        /// The day.
        on: NaiveDate,
        /// Days from then.
        days: u16,
    },
    /// Completions count for another time by now.
    Validity {
        /// Months for which one counted when it was made.
        before: u32,
        /// Months for which it counts.
        months: u32,
    },
}

impl TermReason {
    /// As it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a stored reason.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Whether it follows from a leave, and so is reckoned again whenever the leave changes.
    const fn is_of_leave(&self) -> bool {
        matches!(self, Self::Returned { .. } | Self::LeaveChanged)
    }
}

/// A change of dates.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct TermChange {
    /// Of which period.
    pub period_id: PeriodId,
    /// 1, 2, …: the newest holds.
    pub number: i64,
    /// The first instant that is too late, from now on.
    pub due_at: DateTime<Utc>,
    /// The first instant at which the completion no longer counts, from now on; `None`: this change does not touch it.
    pub valid_until: Option<DateTime<Utc>>,
    /// Why, as text that [`TermReason`] reads.
    pub reason: String,
    /// The id of who did it; `system`: the rule.
    pub actor: String,
    /// From when the change holds.
    pub at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// The dates of a period at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The first instant at which the completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
}

impl Terms {
    /// The dates at an instant: those that the period and its completion began with, and what changed by then. Changes come in order.
    #[must_use]
    pub fn at(first: Self, changes: &[TermChange], instant: DateTime<Utc>) -> Self {
        changes.iter().filter(|change| change.at <= instant).fold(first, |terms, change| Self {
            due_at: change.due_at,
            valid_until: change.valid_until.or(terms.valid_until),
        })
    }
}

/// A leave of absence whose end is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// First day away.
    pub from: NaiveDate,
    /// First day back.
    pub back: NaiveDate,
}

/// By when something is owed, seen over the leaves of a person. A leave that begins before the date is over and ends after it was owed
/// stands still for them: they have so many days from the first day back.
#[must_use]
pub fn over_leaves(
    due_at: DateTime<Utc>,
    assigned_at: DateTime<Utc>,
    leaves: &[Away],
    days: u16,
    calendar: Calendar,
) -> (DateTime<Utc>, Option<NaiveDate>) {
    let mut sorted: Vec<&Away> = leaves.iter().collect();
    sorted.sort_by_key(|leave| leave.from);
    sorted.into_iter().fold((due_at, None), |(due, back), leave| {
        let overlaps = calendar.start_of(leave.from) < due && calendar.start_of(leave.back) > assigned_at;
        let grace = calendar.end_of(leave.back + TimeDelta::days(days.into()));
        if overlaps && grace > due { (grace, Some(leave.back)) } else { (due, back) }
    })
}

/// The change that the leaves of a person ask for, if the dates do not say so already.
#[must_use]
pub fn of_leaves(
    first_due: DateTime<Utc>,
    assigned_at: DateTime<Utc>,
    changes: &[TermChange],
    leaves: &[Away],
    days: u16,
    calendar: Calendar,
) -> Option<(DateTime<Utc>, TermReason)> {
    let said = changes.last().map_or(first_due, |change| change.due_at);
    let reckoned =
        |change: &&TermChange| TermReason::read(&change.reason).is_some_and(|reason| !reason.is_of_leave());
    let base = changes.iter().rev().find(reckoned).map_or(first_due, |change| change.due_at);
    let (due, back) = over_leaves(base, assigned_at, leaves, days, calendar);
    if due == said {
        return None;
    }
    let reason = back.map_or(TermReason::LeaveChanged, |on| TermReason::Returned { on, days });
    Some((due, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn start(text: &str) -> DateTime<Utc> {
        Calendar::default().start_of(day(text))
    }

    fn away(from: &str, back: &str) -> Away {
        Away { from: day(from), back: day(back) }
    }

    fn due(leaves: &[Away]) -> String {
        let calendar = Calendar::default();
        let (due, _) = over_leaves(start("2026-11-01"), start("2026-04-01"), leaves, 30, calendar);
        calendar.last_day_before(due).to_string()
    }

    #[test]
    fn whoever_comes_back_has_thirty_days_but_never_less_than_everybody_else() {
        assert_eq!(due(&[]), "2026-10-31");
        assert_eq!(due(&[away("2026-05-01", "2026-06-01")]), "2026-10-31", "five months are left");
        assert_eq!(due(&[away("2026-05-01", "2026-10-20")]), "2026-11-19");
        assert_eq!(due(&[away("2026-10-31", "2027-01-10")]), "2027-02-09", "it began on the last day");
        assert_eq!(due(&[away("2026-11-01", "2027-01-10")]), "2026-10-31", "the date was over by then");
        assert_eq!(due(&[away("2025-01-01", "2026-04-01")]), "2026-10-31", "back before it was owed");
    }

    #[test]
    fn a_second_leave_that_begins_within_the_days_back_moves_the_date_again() {
        let twice = [away("2026-11-10", "2026-12-01"), away("2026-05-01", "2026-10-20")];
        assert_eq!(due(&twice), "2026-12-31");
    }

    fn change(number: i64, due_at: &str, reason: &TermReason, at: &str) -> TermChange {
        TermChange {
            period_id: PeriodId::new(&Clock::system()),
            number,
            due_at: start(due_at),
            valid_until: None,
            reason: reason.text(),
            actor: "system".into(),
            at: start(at),
            leaf: 0,
        }
    }

    #[test]
    fn the_dates_of_a_past_day_are_those_that_held_on_it() {
        let back = TermReason::Returned { on: day("2026-10-20"), days: 30 };
        let changes = [change(1, "2026-11-20", &back, "2026-09-01")];
        let first = Terms { due_at: start("2026-11-01"), valid_until: None };
        assert_eq!(Terms::at(first, &changes, start("2026-08-31")).due_at, start("2026-11-01"));
        assert_eq!(Terms::at(first, &changes, start("2026-09-01")).due_at, start("2026-11-20"));
    }

    #[test]
    fn a_leave_moves_a_date_once_and_moves_it_back_when_it_ends_sooner() {
        let calendar = Calendar::default();
        let asked = |changes: &[TermChange], leaves: &[Away]| {
            of_leaves(start("2026-11-01"), start("2026-04-01"), changes, leaves, 30, calendar)
        };
        let leave = [away("2026-05-01", "2026-10-20")];
        let (moved, reason) = asked(&[], &leave).expect("a change");
        assert_eq!(
            (moved, &reason),
            (start("2026-11-20"), &TermReason::Returned { on: day("2026-10-20"), days: 30 })
        );
        let changes = [change(1, "2026-11-20", &reason, "2026-09-01")];
        assert_eq!(asked(&changes, &leave), None, "it says so already");
        let sooner = asked(&changes, &[away("2026-05-01", "2026-06-01")]).expect("a change");
        assert_eq!(sooner, (start("2026-11-01"), TermReason::LeaveChanged));
    }

    #[test]
    fn what_the_office_granted_is_not_taken_back_by_a_leave() {
        let request = ExceptionId::new(&Clock::system());
        let changes = [change(1, "2027-01-01", &TermReason::Extended { request }, "2026-09-01")];
        let leaves = [away("2026-05-01", "2026-10-20")];
        let calendar = Calendar::default();
        assert_eq!(
            of_leaves(start("2026-11-01"), start("2026-04-01"), &changes, &leaves, 30, calendar),
            None
        );
    }

    proptest! {
        #[test]
        fn leaves_never_shorten_the_time_and_their_order_does_not_matter(
            spans in proptest::collection::vec((0_i64..400, 1_i64..200), 0..4),
        ) {
            let calendar = Calendar::default();
            let base = day("2026-04-01");
            let mut leaves: Vec<Away> = spans
                .into_iter()
                .map(|(from, long)| Away { from: base + TimeDelta::days(from), back: base + TimeDelta::days(from + long) })
                .collect();
            let of = |leaves: &[Away]| over_leaves(start("2026-11-01"), start("2026-04-01"), leaves, 30, calendar).0;
            let due = of(&leaves);
            prop_assert!(due >= start("2026-11-01"));
            leaves.reverse();
            prop_assert_eq!(of(&leaves), due);
        }
    }
}

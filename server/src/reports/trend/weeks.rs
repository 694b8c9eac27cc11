//! The days on which a line over time has its points: every week counted from the due date, so that two years can be laid over each other,
//! and the day that is asked about.

use chrono::{NaiveDate, TimeDelta};

use crate::clock::Calendar;
use crate::reports::asked::When;
use crate::reports::store::Instant;

/// Days from one point to the next.
const WEEK: i64 = 7;
/// A line begins at most so many days before the day that it is counted from.
const LONGEST_BEFORE: i64 = 52 * WEEK;
/// A line goes on for at most so many days after the due date.
const LONGEST_AFTER: i64 = 12 * WEEK;

/// A point of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// Days after the day that the line is counted from; before it they are negative.
    pub(super) days: i64,
    /// The hospital's day.
    pub(super) day: NaiveDate,
    /// The end of that day, or the instant that is asked about.
    pub(super) instant: Instant,
}

/// What a line is counted from, and from when to when it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// The last day in time; of what has no common due date the day that is asked about.
    pub(super) from: NaiveDate,
    /// The day on which it opened.
    pub(super) opened: NaiveDate,
}

impl Span {
    /// Its points, the earliest first: every week, and `also`, so many days after the day that it is counted from. Nothing comes after `when`.
    pub(super) fn points(self, also: i64, when: When, calendar: Calendar) -> Vec<Point> {
        let weeks = (-LONGEST_BEFORE / WEEK..=LONGEST_AFTER / WEEK).map(|week| week * WEEK);
        let mut days: Vec<i64> = weeks.chain([also.clamp(-LONGEST_BEFORE, LONGEST_AFTER)]).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter()
            .filter_map(|days| {
                let day = self.from.checked_add_signed(TimeDelta::days(days))?;
                let within = self.opened <= day && day <= when.instant.day;
                within.then(|| Point { days, day, instant: end_of(day, when, calendar) })
            })
            .collect()
    }
}

/// A day as it ended; today as it stands.
fn end_of(day: NaiveDate, when: When, calendar: Calendar) -> Instant {
    if day == when.instant.day {
        return when.instant;
    }
    When::of(&day.to_string(), when.instant.at, calendar).instant
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn span() -> Span {
        Span { from: day("2026-10-31"), opened: day("2026-10-01") }
    }

    #[test]
    fn a_line_has_a_point_every_week_before_the_due_date_and_one_now() {
        let when = When::of("", at("2026-10-20T03:00:00Z"), Calendar::default());
        let points = span().points(-11, when, Calendar::default());
        assert_eq!(points.iter().map(|point| point.days).collect::<Vec<_>>(), [-28, -21, -14, -11]);
        assert_eq!(points[3].instant.at, at("2026-10-20T03:00:00Z"), "today as it stands");
        assert_eq!(points[0].instant.at, at("2026-10-03T14:59:59.999999Z"), "a past day as it ended");
    }

    #[test]
    fn a_line_begins_when_it_opened_and_ends_some_weeks_after_the_due_date() {
        let when = When::of("", at("2029-01-01T03:00:00Z"), Calendar::default());
        let points = span().points(793, when, Calendar::default());
        assert_eq!(points.first().map(|point| point.day), Some(day("2026-10-03")));
        assert_eq!(points.last().map(|point| point.days), Some(84));
        assert!(points.windows(2).all(|two| two[0].days + 7 == two[1].days));
    }

    #[test]
    fn nothing_comes_after_the_day_that_is_asked_about() {
        let when = When::of("2026-10-10", at("2026-12-01T03:00:00Z"), Calendar::default());
        let points = span().points(-21, when, Calendar::default());
        assert_eq!(points.iter().map(|point| point.days).collect::<Vec<_>>(), [-28, -21]);
    }
}

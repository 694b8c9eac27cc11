//! The one place that asks for the time, and the hospital's calendar.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Where the time comes from. Handed to whoever needs it, so that tests and the demo hospital can choose the moment.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn standing_at(now: DateTime<Utc>) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(now.timestamp_micros()))))
    }

    /// The current instant, in whole microseconds: PostgreSQL keeps no more, and both engines must agree.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks for the time")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => micros(Utc::now().timestamp_micros()),
            Source::Set(at) => micros(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a standing clock. The machine's own clock cannot be moved; then nothing happens.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Source::Set(at) = &self.0 {
            at.store(now.timestamp_micros(), Ordering::SeqCst);
        }
    }

    /// Moves a standing clock forward.
    pub fn advance(&self, by: TimeDelta) {
        self.set(self.now() + by);
    }
}

fn micros(at: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at).unwrap_or(DateTime::UNIX_EPOCH)
}

/// How the hospital counts days and years.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// The hospital's time zone.
    pub zone: Tz,
    /// The month (1–12) in which its fiscal year starts.
    pub fiscal_start_month: u32,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { zone: chrono_tz::Asia::Tokyo, fiscal_start_month: 4 }
    }
}

impl Calendar {
    /// The date that the hospital's wall calendar shows at this instant.
    #[must_use]
    pub fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The instant at which this day begins in the hospital.
    #[must_use]
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        // A zone may skip midnight when its clocks go forward; the day then starts with the first minute that exists.
        (0..24)
            .find_map(|hour| self.zone.from_local_datetime(&(midnight + TimeDelta::hours(hour))).earliest())
            .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// The first instant after this day: a due date ends at 24:00.
    #[must_use]
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        self.start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
    }

    /// The last day that still counts before an exclusive instant such as a due date.
    #[must_use]
    pub fn last_day_before(&self, at: DateTime<Utc>) -> NaiveDate {
        self.date(at - TimeDelta::microseconds(1))
    }

    /// The fiscal year (named after the year in which it starts) of an instant.
    #[must_use]
    pub fn fiscal_year(&self, at: DateTime<Utc>) -> i64 {
        let day = self.date(at);
        i64::from(if day.month() >= self.fiscal_start_month { day.year() } else { day.year() - 1 })
    }

    /// The last instant of a fiscal year.
    #[must_use]
    pub fn last_of(&self, fiscal_year: i64) -> DateTime<Utc> {
        self.start_of(self.first_day_of(fiscal_year + 1)) - TimeDelta::microseconds(1)
    }

    /// The first day of a fiscal year.
    #[must_use]
    pub fn first_day_of(&self, fiscal_year: i64) -> NaiveDate {
        let year = i32::try_from(fiscal_year).unwrap_or(1970);
        NaiveDate::from_ymd_opt(year, self.fiscal_start_month, 1).unwrap_or(NaiveDate::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_due_date_ends_at_midnight_in_the_hospital() {
        let calendar = Calendar::default();
        let day = NaiveDate::from_ymd_opt(2027, 3, 31).expect("a day");
        assert_eq!(calendar.end_of(day), at("2027-03-31T15:00:00Z"));
        assert_eq!(calendar.last_day_before(calendar.end_of(day)), day);
    }

    #[test]
    fn the_fiscal_year_turns_on_the_first_of_april_in_tokyo() {
        let calendar = Calendar::default();
        assert_eq!(calendar.fiscal_year(at("2027-03-31T14:59:59Z")), 2026);
        assert_eq!(calendar.fiscal_year(at("2027-03-31T15:00:00Z")), 2027);
    }

    #[test]
    fn a_standing_clock_moves_only_when_told() {
        let clock = Clock::standing_at(at("2026-10-01T00:00:00Z"));
        assert_eq!(clock.now(), clock.now());
        clock.advance(TimeDelta::minutes(3));
        assert_eq!(clock.now(), at("2026-10-01T00:03:00Z"));
    }
}

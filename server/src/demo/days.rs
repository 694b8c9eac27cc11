//! The days of the demo hospital: everything is told from the day on which it is opened.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::clock::Calendar;

/// How many days this year has been open.
pub(super) const OPEN_FOR: i64 = 56;

/// The present, and the fiscal years around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    /// The instant at which the hospital is opened to a newcomer.
    pub now: DateTime<Utc>,
    /// The hospital's calendar.
    pub calendar: Calendar,
}

impl Days {
    /// Today's date.
    pub(super) fn today(&self) -> NaiveDate {
        self.calendar.date(self.now)
    }

    /// The present fiscal year.
    pub(super) fn year(&self) -> i64 {
        self.calendar.fiscal_year(self.now)
    }

    /// The first day of the fiscal year so many years ago.
    pub(super) fn new_year(&self, ago: i64) -> NaiveDate {
        self.calendar.first_day_of(self.year() - ago)
    }

    /// Half a year after [`Days::new_year`]: 1 October, where years start in April.
    pub(super) fn half_year(&self, ago: i64) -> NaiveDate {
        first_of_month(self.new_year(ago) + TimeDelta::days(185))
    }

    /// The day so many days ago.
    pub(super) fn ago(&self, days: i64) -> NaiveDate {
        self.today() - TimeDelta::days(days)
    }

    /// The first day of the month in which the day so many days ago lies: people rarely start on a 17th.
    pub(super) fn month_ago(&self, days: i64) -> NaiveDate {
        first_of_month(self.ago(days))
    }

    /// The last day of the present fiscal year.
    pub(super) fn last_day(&self) -> NaiveDate {
        self.calendar.first_day_of(self.year() + 1) - TimeDelta::days(1)
    }

    /// The instant of a day at which the hospital's clocks show this time.
    pub(super) fn at(&self, day: NaiveDate, hour: i64, minute: i64) -> DateTime<Utc> {
        self.calendar.start_of(day) + TimeDelta::hours(hour) + TimeDelta::minutes(minute)
    }

    /// The first morning of a fiscal year.
    pub(super) fn founding_of(&self, year: i64) -> DateTime<Utc> {
        self.at(self.calendar.first_day_of(year), 7, 0)
    }

    /// Where the story begins: two fiscal years ago, on the first morning.
    pub(super) fn founding(&self) -> DateTime<Utc> {
        self.at(self.new_year(2), 7, 0)
    }
}

/// The first day of its month.
pub(super) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

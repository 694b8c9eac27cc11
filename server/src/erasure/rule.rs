//! Until when the records of somebody have to be kept. Pure: days in, a day out.

use chrono::{Months, NaiveDate};

use crate::clock::Calendar;
use crate::reports::store::LastRecord;

/// How long records are kept after somebody has left.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// For so many years.
    pub years: u32,
    /// As this calendar counts fiscal years.
    pub calendar: Calendar,
}

/// Why erasing becomes possible on a day and not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The years since somebody left end then.
    Left,
    /// The years since the end of this fiscal year, the last of which there are records, end then.
    LastYear(i64),
}

/// The first day on which somebody may be erased, and why not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The day.
    pub until: NaiveDate,
    /// Why.
    pub because: Because,
}

impl Retention {
    /// The years from a day on. Past the end of all calendars: never.
    fn after(self, day: NaiveDate) -> NaiveDate {
        day.checked_add_months(Months::new(self.years.saturating_mul(12))).unwrap_or(NaiveDate::MAX)
    }

    /// Until when the records of somebody are kept: the years are counted from the day on which they no longer belonged to the hospital, and
    /// from the end of the last fiscal year of which there are records. The later of the two holds.
    #[must_use]
    pub fn kept(self, left_on: NaiveDate, last: &LastRecord) -> Kept {
        let since_left = Kept { until: self.after(left_on), because: Because::Left };
        let recorded = last.at.map(|at| self.calendar.fiscal_year(at));
        let Some(year) = last.fiscal_year.max(recorded) else { return since_left };
        let since_year = self.after(self.calendar.first_day_of(year + 1));
        if since_year > since_left.until {
            Kept { until: since_year, because: Because::LastYear(year) }
        } else {
            since_left
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn kept(left: &str, fiscal_year: Option<i64>, at: Option<&str>) -> Kept {
        let retention = Retention { years: 5, calendar: Calendar::default() };
        let at = at.map(|at| at.parse().expect("an instant"));
        retention.kept(day(left), &LastRecord { fiscal_year, at })
    }

    #[test]
    fn the_later_of_leaving_and_the_last_year_of_records_holds() {
        let since_year = Kept { until: day("2026-04-01"), because: Because::LastYear(2020) };
        assert_eq!(
            kept("2020-11-01", Some(2020), None),
            since_year,
            "the year ended after the person had left"
        );
        assert_eq!(kept("2020-11-01", Some(2019), Some("2020-10-30T00:00:00Z")), since_year);
        let since_left = Kept { until: day("2025-11-01"), because: Because::Left };
        assert_eq!(kept("2020-11-01", Some(2018), None), since_left);
        assert_eq!(kept("2020-11-01", None, None), since_left, "nothing was ever recorded");
    }

    #[test]
    fn a_record_on_the_last_evening_of_a_fiscal_year_belongs_to_it() {
        let last = |at| kept("2020-03-01", None, Some(at)).because;
        assert_eq!(last("2021-03-31T14:59:59Z"), Because::LastYear(2020));
        assert_eq!(last("2021-03-31T15:00:00Z"), Because::LastYear(2021));
    }

    #[test]
    fn somebody_who_left_on_a_leap_day_is_kept_until_its_year_is_over() {
        assert_eq!(kept("2024-02-29", None, None).until, day("2029-02-28"));
    }
}

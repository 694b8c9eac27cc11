//! On which days a recall card waits for somebody. Nothing is scheduled: it follows from the day on which the module was finished.

use chrono::{Days, Months, NaiveDate};

/// The card for somebody who was wrong and very sure; 1 to 3 are those of the module.
pub const SURE: i64 = 4;

/// Each card, and how many days after the module it comes: a week, a month, three months; two weeks for the fourth.
pub const AFTER: [(i64, u64); 4] = [(1, 7), (2, 30), (3, 91), (SURE, 14)];

/// How often a card comes back after it was put off. Whoever puts it off once more is not asked again.
const COMES_BACK: usize = 2;
/// Days after which it does.
const BACK_AFTER: Days = Days::new(7);
/// After so many months it no longer waits, whatever was or was not done.
const LAPSES_AFTER: Months = Months::new(6);

/// A card that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// Since when.
    pub since: NaiveDate,
    /// Putting it off now is for good.
    pub last: bool,
}

/// Whether card `number` waits today, for somebody who finished the module on a day and has put this card off on those others.
#[must_use]
pub fn wait(finished: NaiveDate, number: i64, put_off: &[NaiveDate], today: NaiveDate) -> Option<Wait> {
    let (_, days) = AFTER.into_iter().find(|(known, _)| *known == number)?;
    let first = finished.checked_add_days(Days::new(days))?;
    let since = match put_off.iter().max() {
        Some(last) => last.checked_add_days(BACK_AFTER)?.max(first),
        None => first,
    };
    let lapsed = first.checked_add_months(LAPSES_AFTER)?;
    let waits = put_off.len() <= COMES_BACK && since <= today && today < lapsed;
    waits.then_some(Wait { since, last: put_off.len() == COMES_BACK })
}

/// Whether any card of a module that was finished on this day can wait today.
#[must_use]
pub fn any(finished: NaiveDate, today: NaiveDate) -> bool {
    // Putting a card off never makes it wait longer than it would have.
    AFTER.iter().any(|(number, _)| wait(finished, *number, &[], today).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn since(number: i64, put_off: &[&str], today: &str) -> Option<String> {
        let put_off: Vec<_> = put_off.iter().map(|text| day(text)).collect();
        wait(day("2026-10-01"), number, &put_off, day(today)).map(|wait| wait.since.to_string())
    }

    #[test]
    fn cards_come_a_week_a_month_and_three_months_after_the_module_and_not_a_day_before() {
        for (number, before, on) in [
            (1, "2026-10-07", "2026-10-08"),
            (2, "2026-10-30", "2026-10-31"),
            (3, "2026-12-30", "2026-12-31"),
            (SURE, "2026-10-14", "2026-10-15"),
        ] {
            assert_eq!(since(number, &[], before), None, "{number}");
            assert_eq!(since(number, &[], on).as_deref(), Some(on), "{number}");
        }
        assert_eq!(since(5, &[], "2026-12-31"), None, "there is no fifth");
    }

    #[test]
    fn a_card_that_is_put_off_comes_back_in_a_week_twice_and_then_no_more() {
        assert_eq!(since(1, &["2026-10-09"], "2026-10-15"), None);
        assert_eq!(since(1, &["2026-10-09"], "2026-10-16").as_deref(), Some("2026-10-16"));
        let twice = ["2026-10-09", "2026-10-20"];
        assert_eq!(since(1, &twice, "2026-10-27").as_deref(), Some("2026-10-27"));
        let put_off = twice.map(day);
        assert!(wait(day("2026-10-01"), 1, &put_off, day("2026-10-27")).is_some_and(|wait| wait.last));
        assert!(wait(day("2026-10-01"), 1, &put_off[..1], day("2026-10-27")).is_some_and(|wait| !wait.last));
        assert_eq!(since(1, &["2026-10-09", "2026-10-20", "2026-10-28"], "2026-12-31"), None);
    }

    #[test]
    fn after_six_months_it_has_lapsed() {
        assert!(since(1, &[], "2027-04-07").is_some());
        assert_eq!(since(1, &[], "2027-04-08"), None);
        assert!(any(day("2026-10-01"), day("2026-10-08")) && any(day("2026-10-01"), day("2027-06-29")));
        assert!(!any(day("2026-10-01"), day("2026-10-07")) && !any(day("2026-10-01"), day("2027-06-30")));
    }
}

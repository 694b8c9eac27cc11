//! When nobody is written to: nights and days off.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use kokoroe_app::{Lang, say};

use crate::clock::Calendar;

/// The setting's value where none is set: from six in the evening to eight in the morning, and at weekends.
pub const USUAL: &str = "18-8 sat sun";

/// The hour at which reminders go out, where it is not a quiet one.
pub const MORNING: u32 = 9;

/// Days within which an allowed hour is looked for. A week holds each day off once.
const LOOK: u32 = 8;

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// Hours of the day and days of the week on which nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet hour and the first that is not; equal means that no hour is quiet. May run over midnight.
    hours: (u32, u32),
    days: Vec<Weekday>,
}

impl Default for Quiet {
    fn default() -> Self {
        Self { hours: (18, 8), days: vec![Weekday::Sat, Weekday::Sun] }
    }
}

impl Quiet {
    /// Reads `18-8 sat sun`, in any order: hours from–to (0–23) and the days off. `none` is never quiet. `None` for anything else, and for what
    /// would leave no hour of the week.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut quiet = Self { hours: (0, 0), days: Vec::new() };
        let text = text.to_lowercase();
        let words = text.split([' ', ',']).filter(|word| !word.is_empty());
        let mut seen = 0;
        for word in words {
            seen += 1;
            if let Some((_, day)) = DAYS.iter().find(|(name, _)| *name == word) {
                quiet.days.push(*day);
            } else if let Some((from, to)) = word.split_once('-') {
                let hour = |text: &str| text.parse::<u32>().ok().filter(|hour| *hour < 24);
                quiet.hours = (hour(from)?, hour(to)?);
            } else if word != "none" {
                return None;
            }
        }
        let some_day = DAYS.iter().any(|(_, day)| !quiet.days.contains(day));
        (seen > 0 && some_day).then_some(quiet)
    }

    /// In words: 「18時〜8時、土、日」.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let (from, to) = self.hours;
        let hours = (from != to).then(|| say!(lang, "{from}時〜{to}時", "{from}:00 to {to}:00"));
        let days = DAYS.iter().filter(|(_, day)| self.days.contains(day)).map(|(_, day)| match (day, lang) {
            (Weekday::Mon, Lang::Ja) => "月曜".to_owned(),
            (Weekday::Tue, Lang::Ja) => "火曜".to_owned(),
            (Weekday::Wed, Lang::Ja) => "水曜".to_owned(),
            (Weekday::Thu, Lang::Ja) => "木曜".to_owned(),
            (Weekday::Fri, Lang::Ja) => "金曜".to_owned(),
            (Weekday::Sat, Lang::Ja) => "土曜".to_owned(),
            (Weekday::Sun, Lang::Ja) => "日曜".to_owned(),
            (day, Lang::En) => day.to_string(),
        });
        let all: Vec<String> = hours.into_iter().chain(days).collect();
        match (all.is_empty(), lang) {
            (true, _) => say!(lang, "なし", "never"),
            (false, Lang::Ja) => all.join("、"),
            (false, Lang::En) => all.join(", "),
        }
    }

    fn is_quiet_hour(&self, hour: u32) -> bool {
        let (from, to) = self.hours;
        if from <= to { (from..to).contains(&hour) } else { hour >= from || hour < to }
    }

    /// Whether somebody may be written to at this instant.
    #[must_use]
    pub fn allows(&self, at: DateTime<Utc>, calendar: Calendar) -> bool {
        let local = at.with_timezone(&calendar.zone);
        !self.days.contains(&local.weekday()) && !self.is_quiet_hour(local.hour())
    }

    /// The first instant from this one on that is allowed: itself, or the beginning of an hour.
    #[must_use]
    pub fn next(&self, at: DateTime<Utc>, calendar: Calendar) -> DateTime<Utc> {
        let mut candidate = at;
        for _ in 0..LOOK * 24 {
            if self.allows(candidate, calendar) {
                return candidate;
            }
            let local = candidate.with_timezone(&calendar.zone);
            if self.days.contains(&local.weekday()) {
                candidate = calendar.end_of(local.date_naive());
                continue;
            }
            let into = TimeDelta::minutes(i64::from(local.minute()))
                + TimeDelta::seconds(i64::from(local.second()))
                + TimeDelta::nanoseconds(i64::from(local.nanosecond()));
            candidate = candidate - into + TimeDelta::hours(1);
        }
        candidate
    }

    /// When something for this day goes out: in the morning, or with the first allowed hour after that, on whatever day it is.
    #[must_use]
    pub fn morning(&self, day: NaiveDate, calendar: Calendar) -> DateTime<Utc> {
        self.next(nine(day, calendar), calendar)
    }

    /// The same, but before the day ends: where it would come too late, it comes on the last working day before.
    #[must_use]
    pub fn morning_before(&self, day: NaiveDate, end: DateTime<Utc>, calendar: Calendar) -> DateTime<Utc> {
        let mut day = day;
        for _ in 0..=LOOK {
            let at = self.morning(day, calendar);
            if at < end {
                return at;
            }
            day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        }
        self.morning(day, calendar)
    }
}

fn nine(day: NaiveDate, calendar: Calendar) -> DateTime<Utc> {
    let nine = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or(NaiveTime::MIN);
    let local = calendar.zone.from_local_datetime(&day.and_time(nine)).earliest();
    local.map_or_else(|| calendar.start_of(day), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_usual_value_is_nights_and_weekends() {
        assert_eq!(Quiet::read(USUAL), Some(Quiet::default()));
        assert_eq!(Quiet::read("sat,sun 18-8"), Some(Quiet::default()));
        assert_eq!(Quiet::default().words(Lang::Ja), "18時〜8時、土曜、日曜");
        assert_eq!(Quiet::default().words(Lang::En), "18:00 to 8:00, Sat, Sun");
    }

    #[test]
    fn what_is_no_value_or_leaves_no_hour_is_refused() {
        for wrong in ["", "25-8", "18", "18-", "whenever", "mon tue wed thu fri sat sun"] {
            assert_eq!(Quiet::read(wrong), None, "{wrong}");
        }
        let never = Quiet::read("none").expect("never quiet");
        assert!(never.allows(at("2026-10-03T18:00:00Z"), Calendar::default()));
    }

    #[test]
    fn a_weekend_waits_for_monday_and_a_night_for_the_morning() {
        let (quiet, calendar) = (Quiet::default(), Calendar::default());
        // Saturday 31 October 2026 in Tokyo.
        assert_eq!(quiet.next(at("2026-10-31T03:12:00Z"), calendar), at("2026-11-01T23:00:00Z"));
        let saturday = NaiveDate::from_ymd_opt(2026, 10, 31).expect("a day");
        assert_eq!(quiet.morning(saturday, calendar), at("2026-11-01T23:00:00Z"));
        // The last day is a Saturday: Friday at nine, not Monday.
        assert_eq!(
            quiet.morning_before(saturday, calendar.end_of(saturday), calendar),
            at("2026-10-30T00:00:00Z")
        );
    }

    proptest! {
        #[test]
        fn the_next_allowed_instant_is_allowed_and_not_earlier(
            from in 0_u32..24, to in 0_u32..24, off in 0_u8..127, minutes in 0_i64..(400 * 24 * 60),
        ) {
            let days = DAYS.iter().enumerate().filter(|(n, _)| off & (1 << n) != 0).map(|(_, (_, day))| *day).collect();
            let (quiet, calendar) = (Quiet { hours: (from, to), days }, Calendar::default());
            let start = at("2026-04-01T00:00:00Z") + TimeDelta::minutes(minutes);
            let next = quiet.next(start, calendar);
            prop_assert!(quiet.allows(next, calendar));
            prop_assert!(next >= start);
            prop_assert!(next - start <= TimeDelta::days(8));
        }
    }
}

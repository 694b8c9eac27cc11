//! Dates and times as people read them. The server decides the zone; nothing here asks for the time.

use crate::lang::Lang;

/// A calendar day in the hospital's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year of the common era.
    pub year: i32,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
}

const WEEKDAYS_JA: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
const WEEKDAYS_EN: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Day {
    /// Days since Sunday, 0–6 (Sakamoto's method for the Gregorian calendar).
    fn weekday(self) -> usize {
        const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let month = usize::from(self.month.clamp(1, 12)) - 1;
        let year = if month < 2 { self.year - 1 } else { self.year };
        let shift = SHIFT.get(month).copied().unwrap_or(0);
        let days = year + year / 4 - year / 100 + year / 400 + shift + i32::from(self.day);
        usize::try_from(days.rem_euclid(7)).unwrap_or(0)
    }

    fn month_en(self) -> &'static str {
        MONTHS_EN.get(usize::from(self.month.clamp(1, 12)) - 1).copied().unwrap_or("")
    }

    /// The day with its year and weekday: 「2026年10月1日（木）」, "Thu 1 October 2026".
    pub fn long(self, lang: Lang) -> String {
        let Self { year, month, day } = self;
        match lang {
            Lang::Ja => {
                let weekday = WEEKDAYS_JA.get(self.weekday()).copied().unwrap_or("");
                format!("{year}年{month}月{day}日（{weekday}）")
            }
            Lang::En => {
                let weekday = WEEKDAYS_EN.get(self.weekday()).copied().unwrap_or("");
                format!("{weekday} {day} {} {year}", self.month_en())
            }
        }
    }

    /// The day with its weekday, without the year, where the year is beside it: 「10月1日（木）」, "Thu 1 October".
    pub fn short(self, lang: Lang) -> String {
        let Self { month, day, .. } = self;
        match lang {
            Lang::Ja => {
                let weekday = WEEKDAYS_JA.get(self.weekday()).copied().unwrap_or("");
                format!("{month}月{day}日（{weekday}）")
            }
            Lang::En => {
                let weekday = WEEKDAYS_EN.get(self.weekday()).copied().unwrap_or("");
                format!("{weekday} {day} {}", self.month_en())
            }
        }
    }

    /// The day for a document, without the weekday: 「2026年10月1日」, "1 October 2026".
    pub fn plain(self, lang: Lang) -> String {
        let Self { year, month, day } = self;
        match lang {
            Lang::Ja => format!("{year}年{month}月{day}日"),
            Lang::En => format!("{day} {} {year}", self.month_en()),
        }
    }

    /// ISO 8601 for `<time datetime>` and data: `2026-10-01`.
    pub fn iso(self) -> String {
        let Self { year, month, day } = self;
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// An instant as read on a clock in the hospital's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day there.
    pub day: Day,
    /// 0–23.
    pub hour: u8,
    /// 0–59.
    pub minute: u8,
    /// 0–59. Shown only where it is evidence.
    pub second: u8,
}

impl Moment {
    /// To the minute: 「2026年10月1日 17:00」, "1 October 2026, 17:00".
    pub fn minutes(self, lang: Lang) -> String {
        let Self { day, hour, minute, .. } = self;
        let day = day.plain(lang);
        match lang {
            Lang::Ja => format!("{day} {hour}:{minute:02}"),
            Lang::En => format!("{day}, {hour:02}:{minute:02}"),
        }
    }

    /// To the second, for records: 「2026年10月1日 17:00:05」, "1 October 2026, 17:00:05".
    pub fn seconds(self, lang: Lang) -> String {
        let second = self.second;
        format!("{}:{second:02}", self.minutes(lang))
    }

    /// ISO 8601 without a zone: `2026-10-01T17:00:05`.
    pub fn iso(self) -> String {
        let Self { day, hour, minute, second } = self;
        format!("{}T{hour:02}:{minute:02}:{second:02}", day.iso())
    }
}

/// The clock of a story, in minutes after the midnight before the story. It moves by what is done, never by waiting.
/// 1440 and more is the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryTime(pub u16);

impl StoryTime {
    const fn hour_minute(self) -> (u16, u16) {
        (self.0 / 60 % 24, self.0 % 60)
    }

    /// In words, never 25時: 「午前1時12分」, "1:12 a.m.".
    pub fn words(self, lang: Lang) -> String {
        let (hour, minute) = self.hour_minute();
        let (half_ja, half_en) = if hour < 12 { ("午前", "a.m.") } else { ("午後", "p.m.") };
        match lang {
            Lang::Ja => format!("{half_ja}{}時{minute}分", hour % 12),
            Lang::En => format!("{}:{minute:02} {half_en}", if hour % 12 == 0 { 12 } else { hour % 12 }),
        }
    }

    /// In figures, in a narrow column: `1:12`.
    pub fn figures(self) -> String {
        let (hour, minute) = self.hour_minute();
        format!("{hour}:{minute:02}")
    }

    /// For `<time datetime>`: `01:12`.
    pub fn iso(self) -> String {
        let (hour, minute) = self.hour_minute();
        format!("{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment, StoryTime};
    use crate::lang::Lang;

    #[test]
    fn a_due_date_names_its_weekday_in_both_languages() {
        let day = Day { year: 2026, month: 10, day: 1 };
        assert_eq!(day.short(Lang::Ja), "10月1日（木）");
        assert_eq!(day.long(Lang::En), "Thu 1 October 2026");
        assert_eq!(Day { year: 2024, month: 2, day: 29 }.long(Lang::Ja), "2024年2月29日（木）");
        assert_eq!(Day { year: 2027, month: 1, day: 1 }.short(Lang::En), "Fri 1 January");
    }

    #[test]
    fn a_signing_time_shows_its_seconds() {
        let at = Moment { day: Day { year: 2026, month: 10, day: 1 }, hour: 9, minute: 5, second: 7 };
        assert_eq!(at.seconds(Lang::Ja), "2026年10月1日 9:05:07");
        assert_eq!(at.iso(), "2026-10-01T09:05:07");
    }

    #[test]
    fn the_story_clock_never_says_twenty_five_oclock() {
        assert_eq!(StoryTime(25 * 60 + 12).words(Lang::Ja), "午前1時12分");
        assert_eq!(StoryTime(23 * 60 + 4).words(Lang::Ja), "午後11時4分");
        assert_eq!(StoryTime(12 * 60).words(Lang::En), "12:00 p.m.");
        assert_eq!(StoryTime(72).figures(), "1:12");
    }
}

//! As of when a page speaks.

use crate::day::{Day, Moment};
use crate::{Lang, say};

/// As of when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The present moment.
    Now(Moment),
    /// A past day, as it ended.
    EndOf(Day),
}

impl AsOf {
    /// 「2026年10月1日 17:00 時点」, "as of 1 October 2026, 17:00".
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Now(moment) => {
                let at = moment.minutes(lang);
                say!(lang, "{at} 時点", "as of {at}")
            }
            Self::EndOf(day) => {
                let day = day.plain(lang);
                say!(lang, "{day} 24:00 時点", "as of the end of {day}")
            }
        }
    }

    /// The day of it.
    pub const fn day(self) -> Day {
        match self {
            Self::Now(moment) => moment.day,
            Self::EndOf(day) => day,
        }
    }

    /// Whether it is a past day.
    pub const fn is_past(self) -> bool {
        matches!(self, Self::EndOf(_))
    }
}

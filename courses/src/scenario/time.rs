//! Times of day in a story.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A time of day in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryTime(u16);

const DAY: u32 = 24 * 60;

impl StoryTime {
    /// A time of day, if it is one.
    #[must_use]
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self(hour * 60 + minute))
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u16 {
        self.0 / 60
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub fn minute(self) -> u16 {
        self.0 % 60
    }

    /// So many minutes later; midnight wraps.
    #[must_use]
    pub fn plus(self, minutes: u32) -> Self {
        let total = (u32::from(self.0) + minutes % DAY) % DAY;
        Self(u16::try_from(total).unwrap_or_default())
    }

    /// Minutes from `start` to this time if it lies less than twelve hours after it; otherwise it counts as
    /// earlier and there are none. So 00:20 is after 23:04, and 23:50 is before 01:12.
    #[must_use]
    pub fn minutes_after(self, start: Self) -> Option<u32> {
        let gap = (u32::from(self.0) + DAY - u32::from(start.0)) % DAY;
        (gap > 0 && gap < DAY / 2).then_some(gap)
    }
}

impl fmt::Display for StoryTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

/// Not a time of day written as `23:04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time is written as 23:04")]
pub struct NotATime;

impl FromStr for StoryTime {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let (hour, minute) = text.split_once(':').ok_or(NotATime)?;
        let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        if !two(hour) || !two(minute) {
            return Err(NotATime);
        }
        let number = |part: &str| part.parse::<u16>().map_err(|_| NotATime);
        Self::new(number(hour)?, number(minute)?).ok_or(NotATime)
    }
}

impl Serialize for StoryTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StoryTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

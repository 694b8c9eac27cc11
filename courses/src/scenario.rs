//! Scenarios: stories in which each answer decides what happens next.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::item::Choice;
use crate::module::Care;
use crate::text::Text;

/// A story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The stem of its file.
    pub id: String,
    /// With or without a story clock.
    pub kind: ScenarioKind,
    /// What it is called.
    pub title: Text,
    /// Who, where and when.
    pub setup: Text,
    /// The id of the first node.
    pub start: String,
    /// Ids of the real incidents it draws on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws_on: Vec<String>,
    /// A subject that needs care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care: Option<Care>,
    /// Where the story clock starts; only a crisis has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<StoryTime>,
    /// The fake posts that may appear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
    /// The nodes of the story.
    pub nodes: Vec<Node>,
}

/// What drives a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioKind {
    /// Only answers.
    Branch,
    /// Answers that cost story minutes; posts arrive by the clock.
    Crisis,
}

/// A point of a story: a question, a piece of narration that is passed at once, or an ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Unique in its file.
    pub id: String,
    /// Ids of posts that appear here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub show: Vec<String>,
    /// Narration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tell: Option<Text>,
    /// The question; a node without one is narration or an ending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Text>,
    /// The story cannot end before this question has been answered with best or ok.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must: bool,
    /// What can be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
    /// Where narration goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Choices of the next question that are no longer offered after this narration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<String>,
    /// The story ends here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub end: bool,
}

/// A choice of a story and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// What is chosen.
    pub choice: Choice,
    /// The id of the next node.
    pub to: String,
    /// Story minutes that it takes.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cost: u16,
    /// Flags that are set by choosing it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// Offered only once this flag is set (`if` in the file).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<String>,
    /// Offered only as long as this flag is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
}

/// A post on an invented network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Unique in its file.
    pub id: String,
    /// What kind of network it looks like.
    pub skin: Skin,
    /// The id of the actor who posted it.
    pub by: String,
    /// When, in the time of the story.
    pub at: StoryTime,
    /// The words of the post.
    pub text: Text,
    /// One sentence that says what the post is, read before its words.
    pub say: Text,
    /// Counts shown below it.
    #[serde(default)]
    pub stats: Stats,
    /// The file name of a drawing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Appears only once this flag is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// Counts below a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// How many liked it.
    #[serde(default)]
    pub like: u32,
    /// How many replied.
    #[serde(default)]
    pub reply: u32,
    /// How many passed it on.
    #[serde(default)]
    pub share: u32,
}

/// The look of an invented network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skin {
    /// つぶやき: short public posts.
    Short,
    /// ひろば: posts among acquaintances.
    Friends,
    /// フォトログ: pictures.
    Photo,
    /// トーク: messages in a group.
    Chat,
    /// 口コミ: reviews of places.
    Review,
    /// ショート: short videos.
    Video,
    /// けいじばん: an anonymous board.
    Board,
}

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

impl Scenario {
    /// The node of that id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The post of that id.
    #[must_use]
    pub fn post(&self, id: &str) -> Option<&Post> {
        self.posts.iter().find(|post| post.id == id)
    }

    /// Minutes after the start of the clock at which a post arrives by itself, if it does.
    pub(crate) fn arrival(&self, post: &Post) -> Option<u32> {
        self.clock.and_then(|start| post.at.minutes_after(start))
    }
}

pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

pub(crate) fn is_zero(value: &u16) -> bool {
    *value == 0
}

//! Scenarios: stories in which each answer decides what happens next.

mod condition;
mod post;
mod time;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::item::Choice;
use crate::module::Care;
use crate::role::{Example, Role};
use crate::text::Text;
pub use condition::{Condition, Measure, NotACondition, When};
pub use post::{Frame, Look, LookOf, Post, Skin, StatChange, Stats};
pub use time::{NotATime, StoryTime};

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
    /// The setup in words of one's own work. Only words differ, never the judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
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
    /// What it counts and shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<Meter>,
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
    /// Where narration forks: the first turn that holds is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// Where narration goes on when no turn holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Choices of the next question that are no longer offered after this narration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<String>,
    /// The story ends here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub end: bool,
}

/// A fork of narration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Taken when this holds.
    pub when: When,
    /// The id of the next node.
    pub to: String,
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
    /// How meters move by choosing it (`move` in the file).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moves: BTreeMap<String, i16>,
    /// Offered only once this holds (`if` in the file).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<When>,
    /// Offered only as long as this flag is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
}

/// Something a story counts and shows: 信頼, 広がり.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    /// Unique in its file.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Where it starts.
    pub start: u16,
    /// The most it can show.
    pub max: u16,
    /// Which end is the good one.
    pub good: Good,
}

/// Which end of a meter is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Good {
    /// Much is good: trust.
    High,
    /// Little is good: how far something has spread.
    Low,
}

/// What kind of act a choice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 確かめる.
    Look,
    /// 話す.
    Talk,
    /// 電話する.
    Call,
    /// 報告する.
    Report,
    /// 保存する.
    Save,
    /// 返信する.
    Reply,
    /// 投稿する.
    Post,
    /// 消す.
    Delete,
    /// 何もしない.
    Wait,
}

impl Scenario {
    /// The node of that id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// Who, where and when, in words of this work if there are any.
    #[must_use]
    pub fn setup_for(&self, role: Option<Role>) -> &Text {
        Example::of(&self.examples, role).unwrap_or(&self.setup)
    }

    /// Everything in its posts that can be looked at, with the post.
    pub fn looks(&self) -> impl Iterator<Item = (&Post, &Look)> {
        self.posts.iter().flat_map(|post| post.looks.iter().map(move |look| (post, look)))
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

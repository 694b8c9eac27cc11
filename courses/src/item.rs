//! Items: single questions.

mod assign;
mod mosaic;
mod pick;
mod whom;

use serde::{Deserialize, Serialize};

use crate::role::Example;
use crate::scenario::{Act, Post, is_false};
use crate::text::Text;
pub use assign::{Assign, AssignKind, AssignRow, Group, WHOLE};
pub use mosaic::Mosaic;
pub use pick::{Checklist, Pick, PickKind, PickOption};
pub use whom::{Channel, Lookup, Way, Whom, WhomOption};

/// How good an answer is, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 避けるべき: it does harm.
    Harm,
    /// 注意が必要: it may do harm.
    Risky,
    /// よい: it is right, though something else is better.
    Ok,
    /// 最もよい: what a good colleague would do.
    Best,
}

impl Grade {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Harm, Self::Risky, Self::Ok, Self::Best];

    /// The grade of so many points.
    #[must_use]
    pub fn of_points(points: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| i64::from(grade.points()) == points)
    }

    /// 0 to 3 points.
    #[must_use]
    pub fn points(self) -> u16 {
        match self {
            Self::Harm => 0,
            Self::Risky => 1,
            Self::Ok => 2,
            Self::Best => 3,
        }
    }
}

/// A single question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The stem of its file.
    pub id: String,
    /// It is asked again until it is answered with best or ok.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must: bool,
    /// The clauses it tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cite: Vec<String>,
    /// Ids of the real incidents it draws on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws_on: Vec<String>,
    /// Who, where and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scene: Option<Text>,
    /// The scene in words of one's own work. Only words differ, never the judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
    /// The question.
    pub ask: Text,
    /// Fake posts shown above the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
    /// What is to be done.
    pub task: Task,
}

/// What an item asks somebody to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Choose one of a few actions.
    Judge(Vec<Choice>),
    /// Find what a picture gives away.
    Hotspot(Hotspot),
    /// Put steps into order.
    Order(Order),
    /// Write a reply.
    Draft(Draft),
    /// Say how sure one is. Never scored.
    Confidence {
        /// The id of the item that it asks about.
        about: String,
    },
    /// Tick what applies: signs of a problem, people who can see it, words that tell who is meant.
    Pick(Pick),
    /// Decide for each of several rows: posts of a feed, cards into groups, parts of a text.
    Assign(Assign),
    /// Play the stranger: put clues together, then choose which one to take away.
    Mosaic(Mosaic),
    /// Choose whom to tell, and how.
    Contact(Whom),
    /// Find the clause that says so.
    Lookup(Lookup),
    /// A sentence for oneself. Never scored, and may be left out.
    Reflect {
        /// The greatest length, in characters.
        max: u16,
    },
    /// Tick every line of a tool that serves outside the training too. Never scored.
    Checklist(Checklist),
}

impl Item {
    /// Who, where and when, in words of this work if there are any.
    #[must_use]
    pub fn scene_for(&self, role: Option<crate::role::Role>) -> Option<&Text> {
        Example::of(&self.examples, role).or(self.scene.as_ref())
    }
}

/// Something that can be chosen, and what is said about it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Unique among the choices of its question.
    pub id: String,
    /// What one would do.
    pub text: Text,
    /// How good that is.
    pub grade: Grade,
    /// Why, naming what made it tempting.
    pub why: Text,
    /// The clause that says so.
    pub cite: String,
    /// Where the rule comes from.
    #[serde(default)]
    pub basis: Basis,
    /// What kind of act it is, for an icon before its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// The id of the contact that it turns to, whose number is shown with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 法律.
    Law,
    /// 規程: a rule of the hospital.
    #[default]
    Rule,
    /// マナー.
    Manners,
}

/// A picture and the places in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hotspot {
    /// The file name of the drawing, a key of `Module::drawings`.
    pub image: String,
    /// Width and height of its view box.
    pub size: [u16; 2],
    /// The drawing in one sentence.
    pub say: Text,
    /// The places, in reading order.
    pub regions: Vec<Region>,
}

/// A place in a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Unique in its file.
    pub id: String,
    /// Left, top, width and height in units of the view box.
    pub at: [u16; 4],
    /// A description that gives nothing away.
    pub label: Text,
    /// It gives something away.
    #[serde(default, skip_serializing_if = "is_false")]
    pub leak: bool,
    /// It has to be found.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must: bool,
    /// Why it does, or does not, matter.
    pub why: Text,
    /// The clause that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// Steps to put into order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The steps in the right order; they are shown shuffled. The first has to come first.
    pub cards: Vec<Card>,
    /// Why the order is this.
    pub explain: Text,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Unique in its file.
    pub id: String,
    /// What is done.
    pub text: Text,
    /// Why it stands where it stands.
    pub why: Text,
}

/// A reply to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The greatest length, in characters.
    pub max: u16,
    /// What the reply is looked through for.
    pub rules: Vec<Rule>,
    /// Replies that do well, with a note why.
    pub models: Vec<Model>,
}

/// Something a reply is looked through for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Unique in its file.
    pub id: String,
    /// How much it matters.
    pub level: Level,
    /// What makes it speak.
    pub fires: Fires,
    /// Phrases inside which a word does not count.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub except: Words,
    /// What it says.
    pub why: Text,
    /// The clause that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 必ず直す.
    MustFix,
    /// 直すとよい.
    Improve,
    /// よい点.
    Good,
}

/// What makes a rule speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fires {
    /// One of the words is there.
    Any(Words),
    /// None of the words is there.
    None(Words),
}

/// Words to look for. A reply may be written in either language, so both lists always apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Japanese words.
    #[serde(default)]
    pub ja: Vec<String>,
    /// English words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub en: Vec<String>,
}

impl Words {
    /// Nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ja.is_empty() && self.en.is_empty()
    }
}

/// A reply that does well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Unique in its file.
    pub id: String,
    /// The reply.
    pub text: Text,
    /// What is good about it.
    pub note: Text,
}

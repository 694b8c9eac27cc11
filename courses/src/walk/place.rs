//! What is asked, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::draft::Remark;
use crate::item::{Card, Choice, Grade, Item};
use crate::module::Reading;
use crate::scenario::{Look, Meter, Node, Post, Scenario, Stats, StoryTime};
use crate::test::{Family, Variant};
use crate::text::Text;

/// What somebody answers. Its JSON is stable: `"next"`, `{"choice":"call"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Go on from a page that asks nothing; read first, where something may be tried first.
    Next,
    /// Try the questions of the diagnosis before reading.
    Try,
    /// The id of a choice.
    Choice(String),
    /// Ids of the regions picked.
    Picks(BTreeSet<String>),
    /// Ids of all cards, in the order given.
    Order(Vec<String>),
    /// A reply.
    Draft(String),
    /// How sure, from 1 (not at all) to 4 (very).
    Level(u8),
    /// What is chosen for each row.
    Rows(BTreeMap<String, String>),
    /// The clues put together, what a stranger can know, and what is taken away.
    Mosaic {
        /// Ids of clues.
        clues: BTreeSet<String>,
        /// The id of a finding.
        finding: String,
        /// The id of a cut.
        cut: String,
    },
    /// Whom to tell, and how.
    Contact {
        /// The id of a contact.
        contact: String,
        /// The way, such as `phone`.
        way: String,
    },
    /// The id of something in a post that is looked at more closely. It answers nothing.
    Look(String),
    /// Try the question just answered again.
    Again,
}

/// Why a response does not fit. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not answer what is asked here.
    #[error("this does not answer what is asked here")]
    NotAsked,
    /// It names something that is not offered here.
    #[error("`{0}` is not offered here")]
    Unknown(String),
    /// It names something twice.
    #[error("`{0}` is given twice")]
    Repeated(String),
    /// It leaves something out.
    #[error("`{0}` is missing")]
    Missing(String),
    /// There is nothing in it.
    #[error("the reply is empty")]
    Empty,
    /// It is too long.
    #[error("the reply has {found} characters, {max} at most")]
    TooLong {
        /// The most that is allowed, in characters.
        max: u16,
        /// What it has.
        found: usize,
    },
    /// Nothing was answered just before.
    #[error("there is no answer just before to take back")]
    NothingToRepeat,
    /// The module is finished.
    #[error("the module is finished")]
    Finished,
}

/// What is asked now.
#[derive(Clone, Debug, PartialEq)]
pub enum Place<'m> {
    /// Whether to try first what one knows; goes on with `Try` or `Next`.
    Diagnosis(DiagnosisPlace),
    /// A page to read; goes on with `Next`.
    Read(&'m Reading),
    /// A single question.
    Item(ItemPlace<'m>),
    /// A question of a story.
    Node(NodePlace<'m>),
    /// The look back at a story; goes on with `Next`.
    Debrief(Debrief<'m>),
    /// A question of a test.
    Question(QuestionPlace<'m>),
    /// The result of a round of a test; goes on with `Next`.
    TestResult(TestResult),
    /// Nothing more.
    End,
}

/// What may be tried first, and what that can spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagnosisPlace {
    /// How many questions there are.
    pub questions: usize,
    /// How many pages need not be read when all of them are answered well.
    pub pages: usize,
}

/// A single question as this person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemPlace<'m> {
    /// The question.
    pub item: &'m Item,
    /// The choices in the order shown; empty unless it is a judge.
    pub choices: Vec<&'m Choice>,
    /// The cards in the order shown; empty unless it is an order.
    pub cards: Vec<&'m Card>,
}

/// A question of a story as this person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct NodePlace<'m> {
    /// The story.
    pub scenario: &'m Scenario,
    /// The question.
    pub node: &'m Node,
    /// Narration since the last question, ending with the question's own.
    pub told: Vec<&'m Text>,
    /// Every post that can be seen, in the order they came.
    pub feed: Vec<&'m Post>,
    /// Ids of the posts that came since the last question.
    pub fresh: Vec<&'m str>,
    /// The counts below each post of the feed, by id, as the story has changed them.
    pub counts: BTreeMap<&'m str, Stats>,
    /// Ids of what was looked at more closely.
    pub looked: Vec<&'m str>,
    /// Where the meters stand.
    pub meters: Vec<MeterPlace<'m>>,
    /// The time in the story.
    pub clock: Option<StoryTime>,
    /// What can be done now, in the order of the file.
    pub choices: Vec<&'m Choice>,
}

/// Where a meter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeterPlace<'m> {
    /// The meter.
    pub meter: &'m Meter,
    /// Where it stands.
    pub value: u16,
    /// Where it stood before the last answer.
    pub before: u16,
}

/// Something in a post that could be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked<'m> {
    /// The post.
    pub post: &'m Post,
    /// What could be looked at.
    pub look: &'m Look,
    /// Whether it was.
    pub seen: bool,
}

/// The look back at a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief<'m> {
    /// The story.
    pub scenario: &'m Scenario,
    /// What this person did.
    pub path: Vec<PathStep<'m>>,
    /// What is recommended.
    pub recommended: Vec<PathStep<'m>>,
    /// Ids of the real incidents behind it, keys of `Module::incidents`.
    pub incidents: Vec<&'m str>,
    /// What could be looked at, and what was.
    pub looks: Vec<Looked<'m>>,
    /// Where the meters stood at the end.
    pub meters: Vec<MeterPlace<'m>>,
    /// The narration from the last answer to the ending.
    pub ending: Vec<&'m Text>,
    /// Story minutes that this person took; 0 without a clock.
    pub minutes: u32,
    /// Story minutes that the recommended path takes.
    pub recommended_minutes: u32,
}

/// One answer in a story.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStep<'m> {
    /// The question.
    pub node: &'m Node,
    /// What was chosen.
    pub choice: &'m Choice,
    /// How good that was.
    pub grade: Grade,
    /// Story time before and after it.
    pub clock: Option<(StoryTime, StoryTime)>,
}

/// A question of a test as this person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionPlace<'m> {
    /// From 1.
    pub round: u32,
    /// The number of the question in this round, from 1.
    pub number: u16,
    /// The questions of this round.
    pub of: u16,
    /// What is tested.
    pub family: &'m Family,
    /// The wording.
    pub variant: &'m Variant,
    /// The choices in the order shown.
    pub choices: Vec<&'m Choice>,
}

/// The result of a round of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// From 1.
    pub round: u32,
    /// Points of the latest answer to each question drawn.
    pub points: u16,
    /// The most that can be had.
    pub of: u16,
    /// Enough points, and no harmful answer where there must be none.
    pub passed: bool,
    /// Enough points were had, and only a harmful answer where there must be none stands in the way.
    pub held_by_must: bool,
    /// How many questions the next round asks again; 0 if passed.
    pub missed: u16,
}

/// What came of a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diagnosed {
    /// How many questions it had.
    pub questions: usize,
    /// How many of them were answered well.
    pub good: usize,
    /// How many pages need not be read.
    pub pages: usize,
}

/// How an answer was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// How good it was; none for what is never graded.
    pub grade: Option<Grade>,
    /// Points.
    pub points: u16,
    /// The most that could be had; 0 for what is never graded.
    pub of: u16,
    /// It need not be asked again.
    pub resolved: bool,
    /// What was seen in a draft.
    pub remarks: Vec<Remark>,
}

/// One answered step. The visit of turn n is `visits()[n - 1]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit<'m> {
    /// From 1.
    pub turn: u32,
    /// What was asked. With [`Response::Again`] it is the step that was waiting, which was not answered.
    pub place: Place<'m>,
    /// What was answered.
    pub response: Response,
    /// How it was judged.
    pub judged: Judged,
    /// Story time before and after it.
    pub clock: Option<(StoryTime, StoryTime)>,
    /// Posts that came because of it.
    pub arrived: Vec<&'m Post>,
    /// Narration that followed, up to the next question or the ending.
    pub told: Vec<&'m Text>,
}

/// Where a walk stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Points of the latest answer to each question so far.
    pub points: u16,
    /// The most that could be had for them.
    pub of: u16,
    /// What must be answered with best or ok and is not yet: `item`, or `scenario/node`, or `family` of a test.
    pub unresolved: Vec<String>,
}

impl Place<'_> {
    /// A stable name of the question, for statistics: `item`, `scenario/node` or `family/variant`. None for a
    /// place that asks nothing.
    #[must_use]
    pub fn question(&self) -> Option<String> {
        match self {
            Self::Item(place) => Some(place.item.id.clone()),
            Self::Node(place) => Some(format!("{}/{}", place.scenario.id, place.node.id)),
            Self::Question(place) => Some(format!("{}/{}", place.family.id, place.variant.id)),
            Self::Diagnosis(_) | Self::Read(_) | Self::Debrief(_) | Self::TestResult(_) | Self::End => None,
        }
    }
}

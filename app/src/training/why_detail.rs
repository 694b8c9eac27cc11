//! What an explanation shows for each kind of item.

use crate::training::asked::PictureView;
use crate::ui::clause::ClauseLink;
use crate::ui::say::Words;

/// A place in the drawing, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionResult {
    /// Id, unique on the page.
    pub id: String,
    /// x, y, width, height in units of the view box.
    pub at: (u16, u16, u16, u16),
    /// Neutral description.
    pub label: Words,
    /// Whether something can be learned from it that must stay inside.
    pub leak: bool,
    /// Whether it has to be found.
    pub must: bool,
    /// Whether it was picked.
    pub picked: bool,
    /// Why.
    pub why: Words,
    /// The clause.
    pub clause: Option<ClauseLink>,
}

/// A card, in the right order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardResult {
    /// Its words.
    pub text: Words,
    /// Why it stands there.
    pub why: Words,
    /// The place that was given, from 1.
    pub given: u16,
}

/// How much a remark on a draft matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RemarkLevel {
    /// 必ず直す
    MustFix,
    /// 直すとよい
    Improve,
    /// よい点
    Good,
}

/// A remark on a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How much it matters.
    pub level: RemarkLevel,
    /// The learner's words that it is about. Empty when something is missing.
    pub quotes: Vec<String>,
    /// Why.
    pub why: Words,
}

/// A reply that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelReply {
    /// The reply.
    pub text: Words,
    /// What is good about it.
    pub note: Words,
}

/// What belongs to the kind of item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyDetail {
    /// One of several: nothing more.
    Choice,
    /// Places in a drawing.
    Picture {
        /// The drawing.
        picture: PictureView,
        /// All places in reading order.
        regions: Vec<RegionResult>,
    },
    /// Cards in order.
    Order {
        /// The cards in the right order.
        cards: Vec<CardResult>,
        /// Pairs in the right order, of all pairs.
        pairs: (u16, u16),
    },
    /// A draft.
    Draft {
        /// What was written.
        text: String,
        /// Remarks, those that matter most first.
        remarks: Vec<Remark>,
        /// Replies that would do.
        models: Vec<ModelReply>,
    },
    /// How sure one was, 1–4.
    Confidence(u8),
}

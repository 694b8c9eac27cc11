//! The answers of one attempt, with the text as it was shown then.

use crate::day::Moment;
use crate::ui::say::Words;
use crate::ui::verdict::Verdict;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Number of the answer in the attempt, from 1.
    pub turn: u32,
    /// What was asked (for a reading page its title).
    pub ask: Words,
    /// What was answered. Empty for a page that was only read.
    pub answer: Vec<SheetSummary>,
    /// What it was worth.
    pub verdict: Option<Verdict>,
    /// When it was saved.
    pub at: Moment,
    /// The page as it was, read-only.
    pub href: String,
}

/// A piece of an answer, for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetSummary {
    /// Words of the course: the choice, a card, a region.
    Course(Words),
    /// The learner's own words.
    Own(String),
    /// A level of confidence, 1–4.
    Level(u8),
    /// The learner chose to go back and answer again.
    Again,
}

/// The sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerSheet {
    /// Title of the module.
    pub title: Words,
    /// Fiscal year.
    pub year: i32,
    /// When the attempt began.
    pub began: Moment,
    /// When it was finished.
    pub finished: Option<Moment>,
    /// First characters of the hash of the course text that was shown.
    pub revision: String,
    /// All answers in order.
    pub rows: Vec<SheetRow>,
    /// Way back.
    pub back: String,
}

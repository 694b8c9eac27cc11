//! The policy, to read, to print and to point at.

use crate::day::Day;
use crate::ui::prose::Block;
use crate::ui::say::Words;

/// A line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseEntry {
    /// Anchor in the text: `C4`.
    pub id: String,
    /// The heading of the clause, with its number: 「第4条 患者さんの情報」.
    pub title: Words,
}

/// What changed in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    /// The version that brought it.
    pub version: u32,
    /// From when it applies.
    pub effective: Day,
    /// One line for each change.
    pub lines: Vec<Words>,
}

/// The policy as one readable page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPage {
    /// 「SNS利用規程」
    pub title: Words,
    /// Version, from 1.
    pub version: u32,
    /// From when it applies.
    pub effective: Day,
    /// The clauses, in order.
    pub contents: Vec<ClauseEntry>,
    /// Preamble and clauses; each clause begins with a heading that carries its anchor.
    pub body: Vec<Block>,
    /// What changed, newest first.
    pub changes: Vec<PolicyChange>,
    /// The text shown is a reference translation; the Japanese one binds.
    pub translation: bool,
    /// A version that is no longer in force: the address of the one that is.
    pub newer: Option<String>,
}

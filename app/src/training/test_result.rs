//! The result of a round of the final test.

use crate::training::step_head::StepHead;
use crate::ui::clause::ClauseLink;
use crate::ui::verdict::Verdict;

/// A question of the round, by the clause that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicLine {
    /// The clause.
    pub clause: ClauseLink,
    /// The newest answer.
    pub verdict: Verdict,
    /// It comes again in the next round.
    pub again: bool,
}

/// The result. POST to `action` ends the test or begins the next round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResultPage {
    /// Module, number, way back.
    pub head: StepHead,
    /// Which round, from 1.
    pub round: u16,
    /// Points.
    pub points: u16,
    /// Points that can be had.
    pub of: u16,
    /// Per cent needed.
    pub pass_percent: u8,
    /// Passed.
    pub passed: bool,
    /// Not passed although the points would do: an answer on a point of safety has to be put right.
    pub must_open: bool,
    /// Questions that come again.
    pub missed: u16,
    /// The questions of all rounds, newest answer each.
    pub topics: Vec<TopicLine>,
    /// POST here goes on.
    pub action: String,
    /// Already passed over: the way on is this link instead of the form.
    pub answered: Option<String>,
}

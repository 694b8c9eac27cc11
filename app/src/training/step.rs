//! A step of a module. One URL each; the question is the `h1`.

use crate::day::StoryTime;
use crate::training::asked::{AnswerError, Asked, Scene};
use crate::training::step_head::{LogLine, StepHead};

/// A step, to answer or, once answered, to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPage {
    /// Module, number, way back, care.
    pub head: StepHead,
    /// The clock of a crisis.
    pub clock: Option<StoryTime>,
    /// What the person has done so far in a crisis, oldest first.
    pub log: Vec<LogLine>,
    /// What is told and seen first.
    pub scene: Scene,
    /// What is asked.
    pub asked: Asked,
    /// POST here. Fields: see [`Asked`].
    pub action: String,
    /// The step is answered: read-only, with the way to the explanation (or to the next step, for a reading page).
    pub answered: Option<String>,
    /// What was wrong with the last try.
    pub error: Option<AnswerError>,
}

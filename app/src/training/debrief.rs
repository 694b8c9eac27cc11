//! Looking back at a scenario: the own path beside the recommended one, and what happened in the world.

use crate::day::StoryTime;
use crate::training::step_head::StepHead;
use crate::ui::contact::Contact;
use crate::ui::say::Words;
use crate::ui::verdict::Verdict;

/// A decision on a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// Story time at which it was taken.
    pub at: Option<StoryTime>,
    /// What was done.
    pub did: Words,
    /// What it was worth.
    pub verdict: Verdict,
}

/// How sure a report of an incident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncidentKind {
    /// Confirmed by those concerned.
    Verified,
    /// Reported; details are not confirmed.
    Reported,
    /// The parties disagree, or a decision was changed later.
    Contested,
    /// An example that went well.
    Positive,
}

/// Something that happened. Never with a name of a person or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    /// Year.
    pub year: u16,
    /// Kind of place and region.
    pub place: Words,
    /// What happened.
    pub what: Words,
    /// What followed.
    pub followed: Words,
    /// How sure it is.
    pub kind: IncidentKind,
}

/// The debrief. POST to `action` goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebriefPage {
    /// Module, number, way back, care.
    pub head: StepHead,
    /// Title of the scenario.
    pub title: Words,
    /// How it ended.
    pub ending: Vec<Words>,
    /// The own path.
    pub yours: Vec<PathStep>,
    /// The recommended path.
    pub recommended: Vec<PathStep>,
    /// One strength: the reason of a good decision.
    pub strength: Option<Words>,
    /// One thing to change: the reason of the best choice where another was taken.
    pub change: Option<Words>,
    /// What happened in the world.
    pub incidents: Vec<IncidentView>,
    /// Whom to call in the hospital.
    pub contacts: Vec<Contact>,
    /// POST here goes on.
    pub action: String,
    /// Already passed: the way on is this link instead of the form.
    pub answered: Option<String>,
}

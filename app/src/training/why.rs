//! After an answer: the verdict, why, the clause, and what happens next.

use crate::day::StoryTime;
use crate::training::step_head::StepHead;
use crate::training::why_detail::WhyDetail;
use crate::ui::clause::ClauseLink;
use crate::ui::contact::Contact;
use crate::ui::post::PostView;
use crate::ui::say::Words;
use crate::ui::verdict::{Basis, Verdict};

/// A choice that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherChoice {
    /// What it is worth.
    pub verdict: Verdict,
    /// Its words.
    pub text: Words,
    /// Why.
    pub why: Words,
    /// The clause.
    pub clause: Option<ClauseLink>,
}

/// What happens next in the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The clock before and after the answer.
    pub clock: Option<(StoryTime, StoryTime)>,
    /// What is told.
    pub told: Vec<Words>,
    /// Posts that arrived.
    pub posts: Vec<PostView>,
}

/// The explanation of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyPage {
    /// Module, number, way back to the question, care.
    pub head: StepHead,
    /// The question.
    pub ask: Words,
    /// What the answer was worth. `None` for a draft and for confidence.
    pub verdict: Option<Verdict>,
    /// The choice that was taken, for kinds with choices.
    pub chosen: Option<Words>,
    /// Why, in one or two sentences. For an order its explanation. `None` where the detail says it all.
    pub why: Option<Words>,
    /// The clause.
    pub clause: Option<ClauseLink>,
    /// Where the rule comes from.
    pub basis: Basis,
    /// What happens next.
    pub arrived: Arrived,
    /// The best choice with its reason, if another was taken.
    pub best: Option<OtherChoice>,
    /// The rest, folded.
    pub others: Vec<OtherChoice>,
    /// What belongs to the kind of item.
    pub detail: WhyDetail,
    /// Whom to ask when in doubt; shown after `risky` and `harm`.
    pub doubt: Option<Contact>,
    /// A required point is still open: the way on leads back to the question.
    pub asked_again: bool,
    /// The next step.
    pub next: String,
    /// POST here (`again=1`) goes back to before this answer. `None` once the attempt has moved on.
    pub again: Option<String>,
}

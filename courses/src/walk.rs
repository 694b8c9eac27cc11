//! Walking through a module: which step is asked, what an answer is worth, where it leads.

mod place;

use crate::module::Module;
pub use place::{
    Debrief, ItemPlace, Judged, NodePlace, Outcome, PathStep, Place, QuestionPlace, Refusal, Response,
    TestResult, Visit,
};

/// One person's way through one module. Made again at any time from the module, the seed and the answers.
#[derive(Clone, Debug)]
pub struct Walk<'m> {
    module: &'m Module,
    seed: u64,
    visits: Vec<Visit<'m>>,
}

impl<'m> Walk<'m> {
    /// At the first step.
    #[must_use]
    pub fn begin(module: &'m Module, seed: u64) -> Self {
        Self { module, seed, visits: Vec::new() }
    }

    /// Where somebody stands after these responses.
    ///
    /// # Errors
    /// When a response does not fit: the answers belong to another module or seed.
    pub fn replay(module: &'m Module, seed: u64, responses: &[Response]) -> Result<Self, Refusal> {
        let mut walk = Self::begin(module, seed);
        for response in responses {
            walk.answer(response.clone())?;
        }
        Ok(walk)
    }

    /// The number of the step now asked, from 1.
    #[must_use]
    pub fn turn(&self) -> u32 {
        u32::try_from(self.visits.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// What is asked now.
    #[must_use]
    pub fn place(&self) -> Place<'m> {
        Place::End
    }

    /// Answers the step now asked.
    ///
    /// # Errors
    /// When the response does not fit; nothing has changed then.
    pub fn answer(&mut self, _response: Response) -> Result<&Visit<'m>, Refusal> {
        Err(Refusal::Finished)
    }

    /// Every step answered so far; turn n is `visits()[n - 1]`.
    #[must_use]
    pub fn visits(&self) -> &[Visit<'m>] {
        &self.visits
    }

    /// Nothing more is asked.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        true
    }

    /// The step now asked and the number of steps, as in 3 / 7. A story counts as many as its recommended path
    /// has; a test counts the questions of the present round.
    #[must_use]
    pub fn progress(&self) -> (u16, u16) {
        (1, 1)
    }

    /// The last finished round of a test did not pass, and none has passed since.
    #[must_use]
    pub fn failed_round(&self) -> bool {
        let _ = (self.module, self.seed);
        false
    }

    /// Points and what is still unresolved.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::default()
    }
}

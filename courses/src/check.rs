//! Whether a catalogue is fit to be taught.

use serde::Serialize;

use crate::fault::{Fault, Severity};
use crate::sources::Sources;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is wrong, by file and line.
    pub faults: Vec<Fault>,
    /// How much there is.
    pub counts: Counts,
}

/// How much a catalogue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Modules.
    pub modules: usize,
    /// Reading pages.
    pub readings: usize,
    /// Single questions.
    pub items: usize,
    /// Stories.
    pub scenarios: usize,
    /// Questions inside stories.
    pub nodes: usize,
    /// Families of the test pool.
    pub families: usize,
    /// Wordings in the test pool.
    pub variants: usize,
    /// Clauses of the policy.
    pub clauses: usize,
    /// Real incidents.
    pub incidents: usize,
    /// Texts in Japanese.
    pub texts: usize,
    /// Of these, texts with a current translation.
    pub translated: usize,
}

impl Report {
    /// No error; warnings may remain.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.faults.iter().all(|fault| fault.severity != Severity::Error)
    }
}

/// Checks a whole catalogue.
#[must_use]
pub fn check(_sources: &Sources) -> Report {
    Report::default()
}

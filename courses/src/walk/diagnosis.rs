//! Questions before anything is read, for whoever wants to try them: where somebody knows what a module teaches, it gets shorter.
//! Nobody fails here: what was not answered well is taught and asked as it is to everybody else.

use std::collections::BTreeSet;

use super::{Diagnosed, DiagnosisPlace, Response, Visit, Walk};
use crate::item::{Item, Task};
use crate::module::{Module, Step};

/// Where somebody stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Diagnosis {
    /// It is offered.
    Offered,
    /// The question of this number is asked, from 0.
    Asked(usize),
    /// It lies behind, or there is none.
    Over,
}

impl Diagnosis {
    /// In front of everything.
    pub(super) fn begin(module: &Module) -> Self {
        if items(module).is_empty() { Self::Over } else { Self::Offered }
    }
}

/// Its questions, in the order in which they are asked.
pub(super) fn items(module: &Module) -> Vec<&Item> {
    module.diagnosis.iter().filter_map(|id| module.item(id)).collect()
}

/// What it offers.
pub(super) fn offer(module: &Module) -> DiagnosisPlace {
    let pages = module.steps().iter().filter(|step| matches!(step, Step::Read(_))).count();
    DiagnosisPlace { questions: items(module).len(), pages }
}

/// Numbers of the steps that are left out afterwards: every question that was answered well, how sure somebody is of it, and, if all
/// were, the pages to read.
pub(super) fn spared(module: &Module, answered_well: impl Fn(&str) -> bool) -> BTreeSet<usize> {
    let asked = |id: &str| module.diagnosis.iter().any(|known| known == id);
    let well = |id: &str| asked(id) && answered_well(id);
    let all_well = items(module).iter().all(|item| well(&item.id));
    let steps = module.steps().iter().enumerate().filter(|(_, step)| match step {
        Step::Read(_) => all_well,
        Step::Item(Item { task: Task::Confidence { about }, .. }) => well(about),
        Step::Item(item) => well(&item.id),
        Step::Scenario(_) | Step::Debrief { .. } => false,
    });
    steps.map(|(number, _)| number).collect()
}

impl Walk<'_> {
    /// What is asked belongs to the diagnosis.
    #[must_use]
    pub const fn is_diagnosing(&self) -> bool {
        matches!(self.now.diagnosis, Diagnosis::Asked(_))
    }

    /// How many questions of the diagnosis are answered.
    pub(super) fn tried(&self) -> usize {
        match self.visits.split_first() {
            Some((Visit { response: Response::Try, .. }, answers)) => {
                answers.len().min(items(self.module).len())
            }
            _ => 0,
        }
    }

    /// What came of the diagnosis, if the step just answered was its last question.
    #[must_use]
    pub fn diagnosed(&self) -> Option<Diagnosed> {
        let questions = items(self.module);
        let pages = self.now.spared.iter().filter_map(|number| self.module.steps().get(*number));
        let over = self.tried() > 0 && self.visits.len() == questions.len() + 1;
        over.then(|| Diagnosed {
            questions: questions.len(),
            good: questions.iter().filter(|item| self.now.is_good(&item.id)).count(),
            pages: pages.filter(|step| matches!(step, Step::Read(_))).count(),
        })
    }
}

//! Whether a catalogue is fit to be taught.

mod balance;
mod choosing;
mod conditions;
mod coverage;
mod drawings;
mod items;
mod modules;
mod references;
mod scenarios;
mod tests;
mod tracks;
mod translations;
mod words;

use serde::Serialize;

use crate::fault::{Fault, Severity};
use crate::module::{Content, Step};
use crate::read::Shelf;
use crate::sources::Sources;
use crate::survey::{Languages, Survey, survey};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// What is wrong, by file and line.
    pub faults: Vec<Fault>,
    /// How much there is.
    pub counts: Counts,
    /// How much there is of what.
    #[serde(flatten)]
    pub survey: Survey,
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

/// Checks a whole catalogue. A file that cannot be read is reported and left out; the others are still checked.
#[must_use]
pub fn check(sources: &Sources) -> Report {
    let shelf = Shelf::read(sources);
    let mut desk = Desk { shelf: &shelf, faults: Vec::new() };
    desk.faults.extend(shelf.noted.broken.iter().chain(&shelf.noted.faults).cloned());
    modules::check(&mut desk, sources);
    tracks::check(&mut desk);
    references::check(&mut desk);
    for files in &shelf.modules {
        match &files.module.content {
            Content::Lesson(steps) => {
                for step in steps {
                    match step {
                        Step::Item(item) => items::check(&mut desk, files, item),
                        Step::Scenario(scenario) => scenarios::check(&mut desk, files, scenario),
                        Step::Read(_) | Step::Debrief { .. } => {}
                    }
                }
            }
            Content::Test(test) => tests::check(&mut desk, files, test),
        }
        drawings::check(&mut desk, files);
        if desk.is_whole(&files.folder) {
            balance::module(&mut desk, files);
        }
    }
    if desk.is_whole("modules/") {
        balance::lessons(&mut desk);
    }
    words::check(&mut desk, sources);
    translations::check(&mut desk, sources);
    let languages = translations::survey(&desk, sources);
    let survey = survey(&shelf, languages, |module| coverage::minutes(&desk, module));
    coverage::check(&mut desk, &survey);
    let Languages { texts, en, .. } = languages;
    let mut faults = desk.faults;
    faults.sort();
    faults.dedup();
    Report { faults, counts: Counts { texts, translated: en.translated, ..counts(&shelf) }, survey }
}

/// What the checks lean on and write to.
struct Desk<'c> {
    shelf: &'c Shelf,
    faults: Vec<Fault>,
}

impl Desk<'_> {
    /// Every file below this path could be read. Of a part nothing is said about the whole.
    fn is_whole(&self, folder: &str) -> bool {
        self.shelf.noted.broken.iter().all(|fault| !fault.file.starts_with(folder))
    }

    /// Content with this is not released.
    fn error(&mut self, file: &str, key: &str, message: impl Into<String>) {
        let line = self.shelf.noted.line(file, key);
        self.faults.push(Fault::error(file, line, message));
    }

    /// Somebody should look.
    fn warning(&mut self, file: &str, key: &str, message: impl Into<String>) {
        let line = self.shelf.noted.line(file, key);
        self.faults.push(Fault::warning(file, line, message));
    }
}

fn counts(shelf: &Shelf) -> Counts {
    let mut counts = Counts {
        modules: shelf.modules.len(),
        clauses: shelf.policy.as_ref().map_or(0, |policy| policy.clauses.len()),
        incidents: shelf.incidents.as_ref().map_or(0, Vec::len),
        ..Counts::default()
    };
    for files in &shelf.modules {
        match &files.module.content {
            Content::Lesson(steps) => {
                for step in steps {
                    match step {
                        Step::Read(_) => counts.readings += 1,
                        Step::Item(_) => counts.items += 1,
                        Step::Scenario(scenario) => {
                            counts.scenarios += 1;
                            counts.nodes += scenario.nodes.iter().filter(|node| node.ask.is_some()).count();
                        }
                        Step::Debrief { .. } => {}
                    }
                }
            }
            Content::Test(test) => {
                counts.families += test.families.len();
                counts.variants += test.families.iter().map(|family| family.variants.len()).sum::<usize>();
            }
        }
    }
    counts
}

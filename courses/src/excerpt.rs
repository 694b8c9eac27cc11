//! A module cut down to one screen, so that an author can look at it alone.

use crate::module::{Content, Module, Step};
use crate::test::Test;

/// Something of a module that can be looked at alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its name among the screens of the module: the id of a step, or `family.wording` of a test.
    pub id: String,
    /// What it is.
    pub kind: ScreenKind,
}

/// What a screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenKind {
    /// A page to read.
    Read,
    /// A single question.
    Item,
    /// A story and the look back at it.
    Scenario,
    /// One wording of a family of the test.
    Question,
}

impl Module {
    /// What can be looked at alone, in the order of the module. The look back at a story belongs to its story.
    #[must_use]
    pub fn screens(&self) -> Vec<Screen> {
        let screen = |id: &str, kind| Screen { id: id.to_owned(), kind };
        match &self.content {
            Content::Lesson(steps) => steps
                .iter()
                .filter_map(|step| match step {
                    Step::Read(reading) => Some(screen(&reading.id, ScreenKind::Read)),
                    Step::Item(item) => Some(screen(&item.id, ScreenKind::Item)),
                    Step::Scenario(scenario) => Some(screen(&scenario.id, ScreenKind::Scenario)),
                    Step::Debrief { .. } => None,
                })
                .collect(),
            Content::Test(test) => test
                .families
                .iter()
                .flat_map(|family| family.variants.iter().map(move |variant| (family, variant)))
                .map(|(family, variant)| {
                    screen(&format!("{}.{}", family.id, variant.id), ScreenKind::Question)
                })
                .collect(),
        }
    }

    /// The module with nothing but this screen. Its actors, drawings and incidents stay.
    #[must_use]
    pub fn excerpt(&self, screen: &str) -> Option<Self> {
        let content = match &self.content {
            Content::Lesson(steps) => {
                let step = steps.iter().find(|step| match step {
                    Step::Read(reading) => reading.id == screen,
                    Step::Item(item) => item.id == screen,
                    Step::Scenario(scenario) => scenario.id == screen,
                    Step::Debrief { .. } => false,
                })?;
                let mut alone = vec![step.clone()];
                if let Step::Scenario(scenario) = step {
                    alone.push(Step::Debrief { scenario: scenario.id.clone() });
                }
                Content::Lesson(alone)
            }
            Content::Test(test) => {
                let (family, variant) = screen.split_once('.')?;
                let mut family = test.families.iter().find(|known| known.id == family)?.clone();
                family.variants.retain(|known| known.id == variant);
                let asks_something = !family.variants.is_empty();
                asks_something.then_some(Content::Test(Test {
                    draw: 1,
                    families: vec![family],
                    ..test.clone()
                }))?
            }
        };
        Some(Self { content, diagnosis: Vec::new(), ..self.clone() })
    }
}

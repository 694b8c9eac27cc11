//! How much there is of what: for editors who plan, and for `kokoroe check-courses --json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::item::{AssignKind, Choice, Grade, Item, PickKind, Task, WHOLE};
use crate::module::{Content, Module, Step};
use crate::read::Shelf;
use crate::scenario::{Act, ScenarioKind};

/// A survey of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Survey {
    /// Every module, in the order of the course.
    pub modules: Vec<ModuleSurvey>,
    /// How many items there are of each kind, by the word of the files; stories are `branch` and `crisis`.
    pub kinds: BTreeMap<String, usize>,
    /// Every clause of the policy, in its order.
    pub clauses: Vec<ClauseSurvey>,
    /// How far the translations are.
    pub languages: Languages,
    /// The pool of the final test.
    pub test: PoolSurvey,
    /// How many cases of the lessons are best left as they are.
    pub harmless: Share,
}

/// One module.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ModuleSurvey {
    /// Its id.
    pub id: String,
    /// Its title in Japanese.
    pub title: String,
    /// Whether the course teaches it.
    pub listed: bool,
    /// Its steps; a story and the look back at it are two.
    pub steps: usize,
    /// Its questions: items, and questions of stories. For the test, how many are drawn.
    pub questions: usize,
    /// How long it takes, as it says itself.
    pub minutes: u16,
    /// How long it takes by its words: see [`MINUTES`].
    pub minutes_by_words: f64,
    /// Its items and stories by kind.
    pub kinds: BTreeMap<String, usize>,
    /// How many of its cases are best left as they are.
    pub harmless: Share,
}

/// How `minutes_by_words` is reckoned: letters a minute, and seconds to decide about a question.
pub const MINUTES: (f64, f64) = (500.0, 15.0);

/// What asks about a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClauseSurvey {
    /// The clause.
    pub id: String,
    /// Its heading in Japanese.
    pub title: String,
    /// Items that test it.
    pub items: usize,
    /// Questions of stories whose best choice it explains.
    pub questions: usize,
    /// Families of the test.
    pub families: usize,
}

/// How far the translations are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Languages {
    /// Texts in Japanese.
    pub texts: usize,
    /// The English.
    pub en: Translated,
    /// The plain Japanese.
    pub easy: Translated,
}

/// One translation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Translated {
    /// Texts whose translation is of the Japanese that stands there now.
    pub translated: usize,
    /// Texts whose translation is of an older Japanese, or that nobody has stamped.
    pub stale: usize,
    /// Texts without a translation.
    pub missing: usize,
}

/// The pool of the final test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PoolSurvey {
    /// Families.
    pub families: usize,
    /// Wordings.
    pub variants: usize,
    /// Families that have to be right.
    pub musts: usize,
    /// How many are drawn for a person.
    pub drawn: u16,
    /// Families by clause.
    pub clauses: BTreeMap<String, usize>,
    /// How many families are best left as they are.
    pub harmless: Share,
}

/// So many of so many.
///
/// A case is something that somebody decides about: a judge, a question of a story, a post of a triage, the whole of a text that is
/// mended, a family of the test. It counts as harmless if its best answer is to leave it: the choice has `act = "wait"` or says so in
/// one of the usual words (「このままで」 and the like), the post gets `nothing`, the text may go out as `post`. There is no mark for
/// it in the files, so words that nobody thought of are not counted. Places and options to tick have their own rule for decoys and
/// are no cases here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Harmless cases.
    pub harmless: usize,
    /// All cases.
    pub of: usize,
}

/// What a harmless case is answered with, in one of these words.
const LEAVE_IT: &[&str] =
    &["このままで", "そのままで", "そのままに", "問題ない", "問題ありません", "差し支えない", "かまわない"];

impl Share {
    fn add(&mut self, harmless: bool) {
        self.of += 1;
        self.harmless += usize::from(harmless);
    }

    fn plus(self, other: Self) -> Self {
        Self { harmless: self.harmless + other.harmless, of: self.of + other.of }
    }
}

/// Whether the best of these choices leaves things as they are.
pub(crate) fn is_left<'c>(choices: impl IntoIterator<Item = &'c Choice>) -> bool {
    let leaves = |choice: &Choice| {
        choice.act == Some(Act::Wait) || LEAVE_IT.iter().any(|words| choice.text.ja.contains(words))
    };
    choices.into_iter().any(|choice| choice.grade == Grade::Best && leaves(choice))
}

/// The word of the files for the kind of an item.
#[must_use]
pub fn kind_of(item: &Item) -> &'static str {
    match &item.task {
        Task::Judge(_) => "judge",
        Task::Hotspot(_) => "hotspot",
        Task::Order(_) => "order",
        Task::Draft(_) => "draft",
        Task::Confidence { .. } => "confidence",
        Task::Pick(pick) => match pick.kind {
            PickKind::SpotList => "spot-list",
            PickKind::Audience => "audience",
            PickKind::MarkText => "mark-text",
        },
        Task::Assign(assign) => match assign.kind {
            AssignKind::Triage => "triage",
            AssignKind::Sort => "sort",
            AssignKind::Redact => "redact",
        },
        Task::Mosaic(_) => "mosaic",
        Task::Contact(_) => "contact",
        Task::Lookup(_) => "lookup",
        Task::Reflect { .. } => "reflect",
        Task::Checklist(_) => "checklist",
    }
}

/// Surveys everything that could be read. The caller adds what only the files know.
pub(crate) fn survey(shelf: &Shelf, languages: Languages, minutes: impl Fn(&Module) -> f64) -> Survey {
    let mut survey = Survey { languages, ..Survey::default() };
    for clause in shelf.policy.iter().flat_map(|policy| &policy.clauses) {
        let (id, title) = (clause.id.clone(), clause.heading.ja.clone());
        survey.clauses.push(ClauseSurvey { id, title, ..ClauseSurvey::default() });
    }
    for files in &shelf.modules {
        let module = &files.module;
        let listed = shelf.course.as_ref().is_some_and(|course| course.modules.contains(&module.id));
        let mut line = ModuleSurvey {
            id: module.id.clone(),
            title: module.title.ja.clone(),
            listed,
            minutes: module.minutes,
            minutes_by_words: (minutes(module) * 10.0).round() / 10.0,
            ..ModuleSurvey::default()
        };
        match &module.content {
            Content::Lesson(steps) => {
                line.steps = steps.len();
                for step in steps {
                    lesson_step(&mut survey, &mut line, step);
                }
                survey.harmless = survey.harmless.plus(line.harmless);
            }
            Content::Test(test) => {
                (line.steps, line.questions) = (1, usize::from(test.draw));
                survey.test.drawn = test.draw;
                for family in &test.families {
                    survey.test.families += 1;
                    survey.test.variants += family.variants.len();
                    survey.test.musts += usize::from(family.must);
                    *survey.test.clauses.entry(family.clause.clone()).or_default() += 1;
                    line.harmless.add(family.variants.iter().any(|variant| is_left(&variant.choices)));
                    survey.about(&family.clause, |clause| &mut clause.families);
                }
                survey.test.harmless = line.harmless;
            }
        }
        survey.modules.push(line);
    }
    survey
}

fn lesson_step(survey: &mut Survey, line: &mut ModuleSurvey, step: &Step) {
    let kind = match step {
        Step::Item(item) => {
            line.questions += 1;
            for clause in &item.cite {
                survey.about(clause, |clause| &mut clause.items);
            }
            cases(item, &mut line.harmless);
            kind_of(item)
        }
        Step::Scenario(scenario) => {
            for node in scenario.nodes.iter().filter(|node| node.ask.is_some()) {
                line.questions += 1;
                let choices = || node.branches.iter().map(|branch| &branch.choice);
                line.harmless.add(is_left(choices()));
                if let Some(best) = choices().find(|choice| choice.grade == Grade::Best) {
                    survey.about(&best.cite, |clause| &mut clause.questions);
                }
            }
            match scenario.kind {
                ScenarioKind::Branch => "branch",
                ScenarioKind::Crisis => "crisis",
            }
        }
        Step::Read(_) | Step::Debrief { .. } => return,
    };
    *line.kinds.entry(kind.to_owned()).or_default() += 1;
    *survey.kinds.entry(kind.to_owned()).or_default() += 1;
}

fn cases(item: &Item, share: &mut Share) {
    match &item.task {
        Task::Judge(choices) => share.add(is_left(choices)),
        Task::Assign(assign) if assign.kind == AssignKind::Triage => {
            assign.asked().for_each(|row| share.add(row.best == "nothing"));
        }
        Task::Assign(assign) => {
            let whole = assign.rows.iter().filter(|row| row.id == WHOLE);
            whole.for_each(|row| share.add(row.best == "post"));
        }
        _ => {}
    }
}

impl Survey {
    /// Counts something that asks about a clause.
    fn about(&mut self, clause: &str, count: fn(&mut ClauseSurvey) -> &mut usize) {
        if let Some(clause) = self.clauses.iter_mut().find(|known| known.id == clause) {
            *count(clause) += 1;
        }
    }
}

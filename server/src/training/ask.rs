//! What is asked on a step, as the page shows it, and what its form answers. Nothing here tells which answer is right.

mod answer;
mod fields;
mod item;

pub use answer::response;
use fields::TRY;
pub use fields::fields;
pub(super) use item::pick_kind;
pub use item::picture;

use kokoroe_app::StoryTime;
use kokoroe_app::training::{Asked, ChoiceView, DiagnosisOffer, LogLine, Scene, diagnosis_heading};
use kokoroe_courses::{
    Assign, AssignKind, Choice, DiagnosisPlace, Item, NodePlace, Place, QuestionPlace, Response, Task, Visit,
    Walk,
};

use super::shown::Shown;
use super::translate::{Translator, story_time};
use crate::http::Form;

/// What a form holds: the answer of a step that lies behind, or what was kept or sent and is still to be answered.
#[derive(Debug)]
pub struct Given {
    /// The step is still to be answered.
    pub open: bool,
    /// The fields.
    pub form: Form,
}

impl Given {
    /// The answer of a step that lies behind.
    #[must_use]
    pub fn answered(place: &Place<'_>, response: &Response) -> Self {
        Self { open: false, form: fields(place, response) }
    }

    /// What somebody has filled in without answering yet.
    #[must_use]
    pub const fn sent(form: Form) -> Self {
        Self { open: true, form }
    }

    /// The value of a field, if there is one.
    fn value(&self, field: &str) -> Option<String> {
        self.form.get(field).map(str::to_owned)
    }

    /// The values of a field that may come several times.
    fn values(&self, field: &str) -> Vec<String> {
        self.form.all(field).map(str::to_owned).collect()
    }
}

/// The clock of a crisis.
#[must_use]
pub fn clock(place: &Place<'_>) -> Option<StoryTime> {
    match place {
        Place::Node(node) => node.clock.map(story_time),
        _ => None,
    }
}

/// What somebody has done so far in this crisis.
#[must_use]
pub fn log(words: Translator<'_>, before: &Walk<'_>, place: &Place<'_>) -> Vec<LogLine> {
    let Place::Node(now) = place else { return Vec::new() };
    let line = |visit: &Visit<'_>| {
        let (Place::Node(node), Response::Choice(id)) = (&visit.place, &visit.response) else { return None };
        let choice = node.choices.iter().find(|choice| choice.id == *id)?;
        Some(LogLine { at: story_time(visit.clock?.0), did: words.words(&choice.text) })
    };
    before.decisions(&now.scenario.id).into_iter().filter_map(line).collect()
}

/// The setting and the question of a place; `None` for places that have a page of their own.
#[must_use]
pub fn asked(
    words: Translator<'_>,
    shown: &Shown<'_>,
    before: &Walk<'_>,
    place: &Place<'_>,
    given: &Given,
) -> Option<(Scene, Asked)> {
    let turn = before.turn();
    Some(match place {
        Place::Diagnosis(place) => {
            let tried = (!given.open).then(|| given.form.ticked(TRY));
            let ask = diagnosis_heading(words.lang());
            (Scene::default(), Asked::Diagnosis { ask, offer: offer(*place), tried })
        }
        Place::Read(reading) => {
            let body = words.passage(&reading.body, &words.policy_address());
            (Scene::default(), Asked::Read { title: words.words(&reading.title), body })
        }
        Place::Item(item) => {
            (item_scene(words, shown, item.item), item::asked(words, shown, turn, item, given))
        }
        Place::Node(node) => (
            node_scene(words, shown, before, node, given),
            choose(words, node.node.ask.as_ref()?, node_choices(words, node), given.value("choice")),
        ),
        Place::Question(asked) => question(words, asked, given),
        Place::Debrief(_) | Place::TestResult(_) | Place::End => return None,
    })
}

/// What may be tried before reading.
#[must_use]
pub const fn offer(place: DiagnosisPlace) -> DiagnosisOffer {
    DiagnosisOffer { questions: place.questions, pages: place.pages }
}

/// A question of the test.
#[must_use]
pub fn question(words: Translator<'_>, place: &QuestionPlace<'_>, given: &Given) -> (Scene, Asked) {
    let setting = place.variant.scene.as_ref().map(|scene| words.words(scene));
    let scene = Scene { setting, ..Scene::default() };
    let choices = place.choices.iter().zip(1..).map(|(choice, n)| choice_view(words, choice, n, None));
    (scene, choose(words, &place.variant.ask, choices.collect(), given.value("choice")))
}

fn item_scene(words: Translator<'_>, shown: &Shown<'_>, item: &Item) -> Scene {
    let alone = item.posts.iter().filter(|post| !is_row(item, &post.id));
    Scene {
        setting: words.scene(item),
        told: Vec::new(),
        feed: super::feed::plain(words, shown, &item.posts, alone, false),
        ..Scene::default()
    }
}

/// Whether a post stands in the question itself, with what is done with it.
fn is_row(item: &Item, post: &str) -> bool {
    matches!(&item.task, Task::Assign(Assign { kind: AssignKind::Triage, rows, .. }) if rows.iter().any(|row| row.id == post))
}

fn node_scene(
    words: Translator<'_>,
    shown: &Shown<'_>,
    before: &Walk<'_>,
    place: &NodePlace<'_>,
    given: &Given,
) -> Scene {
    let first = place.scenario.start == place.node.id;
    Scene {
        setting: first.then(|| words.setup(place.scenario)),
        told: place.told.iter().map(|text| words.words(text)).collect(),
        meters: super::feed::meters(words, place, before),
        feed: super::feed::posts(words, shown, place, before),
        look: given.open.then(|| shown.step(before.turn())),
        contacts: words.contacts(),
    }
}

/// A choice is sent by the number under which it was shown: the ids of authors ("leave", "delete") would tell too much.
fn choice_view(words: Translator<'_>, choice: &Choice, number: usize, cost: Option<u16>) -> ChoiceView {
    ChoiceView {
        id: number.to_string(),
        text: words.words(&choice.text),
        cost,
        act: choice.act.map(super::feed::act),
        contact: choice.contact.as_ref().and_then(|role| words.contact(role)),
    }
}

/// The choices of a place in the order in which they are shown.
fn shown<'p, 'm>(place: &'p Place<'m>) -> &'p [&'m Choice] {
    match place {
        Place::Item(item) => &item.choices,
        Place::Node(node) => &node.choices,
        Place::Question(question) => &question.choices,
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => &[],
    }
}

fn node_choices(words: Translator<'_>, place: &NodePlace<'_>) -> Vec<ChoiceView> {
    let cost = |id: &str| {
        let branch = place.node.branches.iter().find(|branch| branch.choice.id == id)?;
        (place.clock.is_some() && branch.cost > 0).then_some(branch.cost)
    };
    place.choices.iter().zip(1..).map(|(choice, n)| choice_view(words, choice, n, cost(&choice.id))).collect()
}

fn choose(
    words: Translator<'_>,
    ask: &kokoroe_courses::Text,
    choices: Vec<ChoiceView>,
    chosen: Option<String>,
) -> Asked {
    Asked::Choose { ask: words.words(ask), choices, chosen }
}

//! What is asked on a step, as the page shows it, and what its form answers. Nothing here tells which answer is right.

use kokoroe_app::StoryTime;
use kokoroe_app::training::{
    AnswerError, Asked, CardView, ChoiceView, LogLine, PictureView, RegionView, Scene,
};
use kokoroe_courses::{Choice, Item, ItemPlace, NodePlace, Place, QuestionPlace, Response, Task, Walk};

use super::translate::{Translator, drawing, story_time};
use super::walk::Standing;
use crate::http::Form;

/// What the page knows of an answer: the one that was given, or what a form held that came back.
#[derive(Debug)]
pub struct Given<'a> {
    /// The answer of a step that lies behind.
    pub response: Option<&'a Response>,
    /// What was kept or just sent.
    pub sent: Sent,
}

/// What somebody has filled in without answering yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Words of a draft.
    pub draft: Option<String>,
    /// Numbers of cards, by card.
    pub places: Vec<(String, u16)>,
}

impl Sent {
    /// What a form holds.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        Self {
            draft: form.get("draft").map(str::to_owned),
            places: form
                .with_prefix("place-")
                .filter_map(|(id, number)| Some((id.to_owned(), number.parse().ok()?)))
                .collect(),
        }
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
    let mut lines = Vec::new();
    for visit in before.visits() {
        match (&visit.place, &visit.response) {
            (Place::Node(node), Response::Again) if node.scenario.id == now.scenario.id => {
                // What was taken back was not done.
                lines.pop();
            }
            (Place::Node(node), Response::Choice(id)) if node.scenario.id == now.scenario.id => {
                let choice = node.choices.iter().find(|choice| choice.id == *id);
                if let (Some(choice), Some((at, _))) = (choice, visit.clock) {
                    lines.push(LogLine { at: story_time(at), did: words.words(&choice.text) });
                }
            }
            _ => {}
        }
    }
    lines
}

/// The setting and the question of a place; `None` for places that have a page of their own.
#[must_use]
pub fn asked(
    words: Translator<'_>,
    standing: &Standing,
    turn: u32,
    place: &Place<'_>,
    given: &Given<'_>,
) -> Option<(Scene, Asked)> {
    Some(match place {
        Place::Read(reading) => {
            let body = words.passage(&reading.body, &words.policy_address());
            (Scene::default(), Asked::Read { title: words.words(&reading.title), body })
        }
        Place::Item(item) => {
            (item_scene(words, standing, item.item), item_asked(words, standing, turn, item, given))
        }
        Place::Node(node) => (
            node_scene(words, standing, node),
            choose(
                words,
                node.node.ask.as_ref()?,
                node_choices(words, node),
                number_of(&node.choices, given.response),
            ),
        ),
        Place::Question(question) => {
            let scene = Scene {
                setting: question.variant.scene.as_ref().map(|scene| words.words(scene)),
                ..Scene::default()
            };
            let chosen = number_of(&question.choices, given.response);
            (scene, choose(words, &question.variant.ask, question_choices(words, question), chosen))
        }
        Place::Debrief(_) | Place::TestResult(_) | Place::End => return None,
    })
}

fn item_scene(words: Translator<'_>, standing: &Standing, item: &Item) -> Scene {
    Scene {
        setting: words.scene(item),
        told: Vec::new(),
        feed: item
            .posts
            .iter()
            .map(|post| words.post(&standing.module, &standing.attempt.revision, post, false))
            .collect(),
    }
}

fn node_scene(words: Translator<'_>, standing: &Standing, place: &NodePlace<'_>) -> Scene {
    let first = place.scenario.start == place.node.id;
    Scene {
        setting: first.then(|| words.setup(place.scenario)),
        told: place.told.iter().map(|text| words.words(text)).collect(),
        feed: place
            .feed
            .iter()
            .map(|post| {
                let fresh = place.fresh.contains(&post.id.as_str());
                words.post(&standing.module, &standing.attempt.revision, post, fresh)
            })
            .collect(),
    }
}

/// A choice is sent by the number under which it was shown: the ids of authors ("leave", "delete") would tell too much.
fn choice_view(words: Translator<'_>, choice: &Choice, number: usize, cost: Option<u16>) -> ChoiceView {
    ChoiceView { id: number.to_string(), text: words.words(&choice.text), cost }
}

/// The choices of a place in the order in which they are shown.
fn shown<'p, 'm>(place: &'p Place<'m>) -> &'p [&'m Choice] {
    match place {
        Place::Item(item) => &item.choices,
        Place::Node(node) => &node.choices,
        Place::Question(question) => &question.choices,
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => &[],
    }
}

/// The number under which the chosen one was shown.
fn number_of(choices: &[&Choice], response: Option<&Response>) -> Option<String> {
    let Some(Response::Choice(id)) = response else { return None };
    choices.iter().position(|choice| choice.id == *id).map(|at| (at + 1).to_string())
}

fn node_choices(words: Translator<'_>, place: &NodePlace<'_>) -> Vec<ChoiceView> {
    let cost = |id: &str| {
        let branch = place.node.branches.iter().find(|branch| branch.choice.id == id)?;
        (place.clock.is_some() && branch.cost > 0).then_some(branch.cost)
    };
    place.choices.iter().zip(1..).map(|(choice, n)| choice_view(words, choice, n, cost(&choice.id))).collect()
}

fn question_choices(words: Translator<'_>, place: &QuestionPlace<'_>) -> Vec<ChoiceView> {
    place.choices.iter().zip(1..).map(|(choice, n)| choice_view(words, choice, n, None)).collect()
}

fn choose(
    words: Translator<'_>,
    ask: &kokoroe_courses::Text,
    choices: Vec<ChoiceView>,
    chosen: Option<String>,
) -> Asked {
    Asked::Choose { ask: words.words(ask), choices, chosen }
}

fn item_asked(
    words: Translator<'_>,
    standing: &Standing,
    turn: u32,
    place: &ItemPlace<'_>,
    given: &Given<'_>,
) -> Asked {
    let item = place.item;
    match &item.task {
        Task::Judge(_) => {
            let choices = place
                .choices
                .iter()
                .zip(1..)
                .map(|(choice, n)| choice_view(words, choice, n, None))
                .collect();
            choose(words, &item.ask, choices, number_of(&place.choices, given.response))
        }
        Task::Hotspot(hotspot) => Asked::Picture {
            ask: words.words(&item.ask),
            picture: picture(words, standing, hotspot),
            regions: hotspot
                .regions
                .iter()
                .map(|region| RegionView {
                    id: region.id.clone(),
                    at: region.at.into(),
                    label: words.words(&region.label),
                })
                .collect(),
            picked: match given.response {
                Some(Response::Picks(ids)) => ids.iter().cloned().collect(),
                _ => Vec::new(),
            },
        },
        Task::Order(_) => Asked::Order {
            ask: words.words(&item.ask),
            cards: place
                .cards
                .iter()
                .map(|card| CardView {
                    id: card.id.clone(),
                    text: words.words(&card.text),
                    place: match given.response {
                        Some(Response::Order(ids)) => {
                            ids.iter().position(|id| *id == card.id).and_then(|at| u16::try_from(at + 1).ok())
                        }
                        _ => given.sent.places.iter().find(|(id, _)| *id == card.id).map(|(_, place)| *place),
                    },
                })
                .collect(),
        },
        Task::Draft(draft) => Asked::Draft {
            ask: words.words(&item.ask),
            max: draft.max,
            text: match given.response {
                Some(Response::Draft(text)) => text.clone(),
                _ => given.sent.draft.clone().unwrap_or_default(),
            },
            keep: given.response.is_none().then(|| format!("{}/draft", standing.step(turn))),
        },
        Task::Confidence { .. } => Asked::Confidence {
            ask: words.words(&item.ask),
            level: match given.response {
                Some(Response::Level(level)) => Some(*level),
                _ => None,
            },
        },
        Task::Pick(_)
        | Task::Assign(_)
        | Task::Mosaic(_)
        | Task::Contact(_)
        | Task::Lookup(_)
        | Task::Reflect { .. }
        | Task::Checklist(_) => choose(words, &item.ask, Vec::new(), None),
    }
}

/// The drawing of a hotspot.
#[must_use]
pub fn picture(
    words: Translator<'_>,
    standing: &Standing,
    hotspot: &kokoroe_courses::Hotspot,
) -> PictureView {
    PictureView {
        src: drawing(&standing.attempt.revision, &hotspot.image),
        size: hotspot.size.into(),
        say: words.words(&hotspot.say),
    }
}

/// What a form answers to a place.
///
/// # Errors
/// What is missing in it, for the page that comes back.
pub fn response(place: &Place<'_>, form: &Form) -> Result<Response, AnswerError> {
    match place {
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => Ok(Response::Next),
        Place::Node(_) | Place::Question(_) => choice(place, form),
        Place::Item(item) => match &item.item.task {
            Task::Judge(_) => choice(place, form),
            Task::Hotspot(_) => {
                let picks: std::collections::BTreeSet<String> = form.all("pick").map(str::to_owned).collect();
                if picks.is_empty() { Err(AnswerError::Nothing) } else { Ok(Response::Picks(picks)) }
            }
            Task::Order(_) => order(&item.cards, form),
            Task::Draft(draft) => {
                // Browsers send line breaks as two characters; the learner wrote one.
                let text = form.text("draft").replace("\r\n", "\n");
                let length = text.chars().count();
                match length {
                    0 => Err(AnswerError::Nothing),
                    _ if length > usize::from(draft.max) => {
                        Err(AnswerError::TooLong(u32::try_from(length).unwrap_or(u32::MAX)))
                    }
                    _ => Ok(Response::Draft(text)),
                }
            }
            Task::Confidence { .. } => match form.text("level").parse() {
                Ok(level @ 1..=4) => Ok(Response::Level(level)),
                _ => Err(AnswerError::Nothing),
            },
            Task::Pick(_)
            | Task::Assign(_)
            | Task::Mosaic(_)
            | Task::Contact(_)
            | Task::Lookup(_)
            | Task::Reflect { .. }
            | Task::Checklist(_) => Err(AnswerError::Nothing),
        },
    }
}

fn choice(place: &Place<'_>, form: &Form) -> Result<Response, AnswerError> {
    match form.text("choice") {
        "" => Err(AnswerError::Nothing),
        sent => {
            let at = sent.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let chosen = at.and_then(|at| shown(place).get(at));
            // What was never shown is handed on as it came, and refused like any other unknown choice.
            Ok(Response::Choice(chosen.map_or_else(|| sent.to_owned(), |choice| choice.id.clone())))
        }
    }
}

fn order(cards: &[&kokoroe_courses::Card], form: &Form) -> Result<Response, AnswerError> {
    let number = |id: &str| {
        form.text(&format!("place-{id}")).parse::<usize>().ok().filter(|n| (1..=cards.len()).contains(n))
    };
    let missing: Vec<String> =
        cards.iter().filter(|card| number(&card.id).is_none()).map(|card| card.id.clone()).collect();
    if !missing.is_empty() {
        return Err(AnswerError::NoPlace(missing));
    }
    let shared: Vec<String> = cards
        .iter()
        .filter(|card| cards.iter().any(|other| other.id != card.id && number(&other.id) == number(&card.id)))
        .map(|card| card.id.clone())
        .collect();
    if !shared.is_empty() {
        return Err(AnswerError::SamePlace(shared));
    }
    let mut ids: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    ids.sort_by_key(|id| number(id));
    Ok(Response::Order(ids.into_iter().map(str::to_owned).collect()))
}

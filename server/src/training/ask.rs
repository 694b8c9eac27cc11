//! What is asked on a step, as the page shows it, and what its form answers. Nothing here tells which answer is right.

use kokoroe_app::StoryTime;
use kokoroe_app::training::{
    AnswerError, Asked, CardView, ChoiceView, LogLine, PictureView, RegionView, Scene,
};
use kokoroe_courses::{Choice, Item, ItemPlace, NodePlace, Place, QuestionPlace, Response, Task, Walk};

use super::translate::{Translator, drawing, story_time};
use super::walk::Standing;
use crate::http::Form;

/// What the page knows of an answer: the one that was given, the words so far, what was wrong.
#[derive(Debug)]
pub struct Given<'a> {
    /// The answer of a step that lies behind.
    pub response: Option<&'a Response>,
    /// Words of a draft that were kept or just sent.
    pub draft: Option<String>,
    /// What was wrong with the form.
    pub error: Option<&'a AnswerError>,
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
    before
        .visits()
        .iter()
        .filter_map(|visit| {
            let (Place::Node(node), Response::Choice(id), Some((at, _))) =
                (&visit.place, &visit.response, visit.clock)
            else {
                return None;
            };
            let choice = node.choices.iter().find(|choice| choice.id == *id)?;
            (node.scenario.id == now.scenario.id)
                .then(|| LogLine { at: story_time(at), did: words.words(&choice.text) })
        })
        .collect()
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
            let body = words.passage(&reading.body, kokoroe_app::paths::POLICY);
            (Scene::default(), Asked::Read { title: words.words(&reading.title), body })
        }
        Place::Item(item) => {
            (item_scene(words, standing, item.item), item_asked(words, standing, turn, item, given))
        }
        Place::Node(node) => (
            node_scene(words, standing, node),
            choose(words, node.node.ask.as_ref()?, node_choices(words, node), given),
        ),
        Place::Question(question) => {
            let scene = Scene {
                setting: question.variant.scene.as_ref().map(|scene| words.words(scene)),
                ..Scene::default()
            };
            (scene, choose(words, &question.variant.ask, question_choices(words, question), given))
        }
        Place::Debrief(_) | Place::TestResult(_) | Place::End => return None,
    })
}

fn item_scene(words: Translator<'_>, standing: &Standing, item: &Item) -> Scene {
    Scene {
        setting: item.scene.as_ref().map(|scene| words.words(scene)),
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
        setting: first.then(|| words.words(&place.scenario.setup)),
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

fn choice_view(words: Translator<'_>, choice: &Choice, cost: Option<u16>) -> ChoiceView {
    ChoiceView { id: choice.id.clone(), text: words.words(&choice.text), cost }
}

fn node_choices(words: Translator<'_>, place: &NodePlace<'_>) -> Vec<ChoiceView> {
    let cost = |id: &str| {
        let branch = place.node.branches.iter().find(|branch| branch.choice.id == id)?;
        (place.clock.is_some() && branch.cost > 0).then_some(branch.cost)
    };
    place.choices.iter().map(|choice| choice_view(words, choice, cost(&choice.id))).collect()
}

fn question_choices(words: Translator<'_>, place: &QuestionPlace<'_>) -> Vec<ChoiceView> {
    place.choices.iter().map(|choice| choice_view(words, choice, None)).collect()
}

fn choose(
    words: Translator<'_>,
    ask: &kokoroe_courses::Text,
    choices: Vec<ChoiceView>,
    given: &Given<'_>,
) -> Asked {
    let chosen = match given.response {
        Some(Response::Choice(id)) => Some(id.clone()),
        _ => None,
    };
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
            let choices = place.choices.iter().map(|choice| choice_view(words, choice, None)).collect();
            choose(words, &item.ask, choices, given)
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
                        _ => None,
                    },
                })
                .collect(),
        },
        Task::Draft(draft) => Asked::Draft {
            ask: words.words(&item.ask),
            max: draft.max,
            text: match given.response {
                Some(Response::Draft(text)) => text.clone(),
                _ => given.draft.clone().unwrap_or_default(),
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
        Place::Node(_) | Place::Question(_) => choice(form),
        Place::Item(item) => match &item.item.task {
            Task::Judge(_) => choice(form),
            Task::Hotspot(_) => {
                let picks: std::collections::BTreeSet<String> = form.all("pick").map(str::to_owned).collect();
                if picks.is_empty() { Err(AnswerError::Nothing) } else { Ok(Response::Picks(picks)) }
            }
            Task::Order(_) => order(&item.cards, form),
            Task::Draft(draft) => {
                let text = form.text("draft");
                let length = text.chars().count();
                match length {
                    0 => Err(AnswerError::Nothing),
                    _ if length > usize::from(draft.max) => {
                        Err(AnswerError::TooLong(u32::try_from(length).unwrap_or(u32::MAX)))
                    }
                    _ => Ok(Response::Draft(text.to_owned())),
                }
            }
            Task::Confidence { .. } => match form.text("level").parse() {
                Ok(level @ 1..=4) => Ok(Response::Level(level)),
                _ => Err(AnswerError::Nothing),
            },
        },
    }
}

fn choice(form: &Form) -> Result<Response, AnswerError> {
    match form.text("choice") {
        "" => Err(AnswerError::Nothing),
        id => Ok(Response::Choice(id.to_owned())),
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

//! Answers to look at: for an author who wants to see every page that a screen can lead to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::item::{Grade, Task};
use crate::module::Module;
use crate::walk::{ItemPlace, Place, Response, Walk};

/// How many places of one screen are looked at; no story comes near it.
const MOST: usize = 600;

/// An answer that somebody may give.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its name among the examples of its place: the id of a choice, or `best` and `poor`.
    pub name: String,
    /// How good it is; none for what is never graded.
    pub grade: Option<Grade>,
    /// The answer.
    pub response: Response,
}

/// A place that somebody can come to, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Its name among the places of its screen: the id of a question or of an item, `debrief`, `result`.
    pub name: String,
    /// The answers that lead there.
    pub way: Vec<Response>,
    /// Answers whose explanations can be seen from here and from no earlier stop.
    pub examples: Vec<Example>,
}

impl Place<'_> {
    /// Answers that between them show every explanation: each choice that is offered, or a best and a poor answer where
    /// there are no choices. None where nothing is asked.
    #[must_use]
    pub fn examples(&self) -> Vec<Example> {
        let choices = match self {
            Self::Item(place) if place.choices.is_empty() => return item_examples(place),
            Self::Item(place) => &place.choices,
            Self::Node(place) => &place.choices,
            Self::Question(place) => &place.choices,
            Self::Read(_) | Self::Debrief(_) | Self::TestResult(_) | Self::End => return Vec::new(),
        };
        choices
            .iter()
            .map(|choice| Example {
                name: choice.id.clone(),
                grade: Some(choice.grade),
                response: Response::Choice(choice.id.clone()),
            })
            .collect()
    }
}

fn item_examples(place: &ItemPlace<'_>) -> Vec<Example> {
    let two = |best: Response, poor: Response| {
        vec![
            Example { name: "best".to_owned(), grade: Some(Grade::Best), response: best },
            Example { name: "poor".to_owned(), grade: Some(Grade::Risky), response: poor },
        ]
    };
    let ungraded = |name: &str, response| Example { name: name.to_owned(), grade: None, response };
    match &place.item.task {
        Task::Judge(_) => Vec::new(),
        Task::Hotspot(hotspot) => {
            let picks = |leak: bool| {
                let regions = hotspot.regions.iter().filter(|region| region.leak == leak);
                Response::Picks(regions.map(|region| region.id.clone()).collect())
            };
            two(picks(true), picks(false))
        }
        Task::Order(order) => {
            let ids = || order.cards.iter().map(|card| card.id.clone());
            two(Response::Order(ids().collect()), Response::Order(ids().rev().collect()))
        }
        Task::Draft(draft) => {
            let models = draft.models.iter().map(|model| model.text.ja.clone());
            let poor = draft.rules.iter().find_map(|rule| match &rule.fires {
                crate::item::Fires::Any(words) => words.ja.first().cloned(),
                crate::item::Fires::None(_) => None,
            });
            let named = [("best", models.into_iter().next()), ("poor", poor)];
            named
                .into_iter()
                .filter_map(|(name, text)| Some(ungraded(name, Response::Draft(text?))))
                .collect()
        }
        Task::Confidence { .. } => vec![ungraded("sure", Response::Level(4))],
    }
}

impl Module {
    /// Every question and every ending that can be come to, each by the way with the fewest answers that are not the
    /// best. For a module of one screen, see [`Module::excerpt`].
    #[must_use]
    pub fn stops(&self, seed: u64) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        let mut seen: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
        let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut open: VecDeque<Vec<Response>> = VecDeque::from([Vec::new()]);
        while let Some(way) = open.pop_front().filter(|_| seen.len() < MOST) {
            let Ok(walk) = Walk::replay(self, seed, &way) else { continue };
            let place = walk.place();
            let Some((name, variant)) = name(&place) else { continue };
            let examples = place.examples();
            let offered: Vec<String> = examples.iter().map(|example| example.name.clone()).collect();
            if !seen.insert((format!("{name}{variant}"), offered)) {
                continue;
            }
            for Example { grade, response, .. } in &examples {
                let on: Vec<Response> = way.iter().chain([response]).cloned().collect();
                if *grade == Some(Grade::Best) {
                    open.push_front(on);
                } else {
                    open.push_back(on);
                }
            }
            let known = shown.entry(name.clone()).or_default();
            let new: Vec<Example> =
                examples.into_iter().filter(|example| known.insert(example.name.clone())).collect();
            if !new.is_empty() || !variant.is_empty() || !stops.iter().any(|stop| stop.name == name) {
                let again =
                    stops.iter().filter(|stop| stop.name.split('~').next() == Some(name.as_str())).count();
                let name = if again == 0 { name } else { format!("{name}~{}", again + 1) };
                stops.push(Stop { name, way, examples: new });
            }
        }
        stops
    }
}

/// The name of a place, and what tells it from others of the same name. None at the end.
fn name(place: &Place<'_>) -> Option<(String, String)> {
    let plain = |name: &str| Some((name.to_owned(), String::new()));
    match place {
        Place::Read(reading) => plain(&reading.id),
        Place::Item(place) => plain(&place.item.id),
        Place::Node(place) => plain(&place.node.id),
        Place::Question(place) => plain(&place.variant.id),
        Place::Debrief(debrief) => {
            let ending: Vec<&str> = debrief.ending.last().map(|text| text.ja.as_str()).into_iter().collect();
            Some(("debrief".to_owned(), format!("/{}", ending.concat())))
        }
        Place::TestResult(result) => Some(("result".to_owned(), format!("/{}", result.passed))),
        Place::End => None,
    }
}

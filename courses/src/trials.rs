//! Answers to try: for an author who wants to see every page that a screen can lead to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::item::{Choice, Fires, Grade, Item, PickOption, Task};
use crate::module::Module;
use crate::walk::{ItemPlace, NodePlace, Place, Response, Walk};

/// How many states of one screen are looked at; a story of seven questions has some hundred.
const MOST: usize = 3000;

/// An answer that somebody may give.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Its name among the trials of its place: the id of a choice, or `best` and `poor`.
    pub name: String,
    /// How good it is; none for what is never graded.
    pub grade: Option<Grade>,
    /// The answer.
    pub response: Response,
}

/// A place that somebody can come to, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Its name among the places of its screen: the id of a question or of an item, `debrief`, `result`. Where somebody can
    /// come to a place in several ways that matter, the later ones are `NAME~2` and so on.
    pub name: String,
    /// The answers that lead there.
    pub way: Vec<Response>,
    /// Answers whose explanations can be seen from here and from no earlier stop.
    pub trials: Vec<Trial>,
}

impl Place<'_> {
    /// Answers that between them show every explanation: each choice that is offered, or a best and a poor answer where
    /// there are no choices. Empty where nothing is asked.
    #[must_use]
    pub fn trials(&self) -> Vec<Trial> {
        let choices = match self {
            Self::Item(place) if place.choices.is_empty() => return item_trials(place),
            Self::Item(place) => &place.choices,
            Self::Node(place) => &place.choices,
            Self::Question(place) => &place.choices,
            Self::Diagnosis(_) | Self::Read(_) | Self::Debrief(_) | Self::TestResult(_) | Self::End => {
                return Vec::new();
            }
        };
        choices
            .iter()
            .map(|choice| Trial {
                name: choice.id.clone(),
                grade: Some(choice.grade),
                response: Response::Choice(choice.id.clone()),
            })
            .collect()
    }
}

/// The best and a poor answer to an item without choices, with the grade that each is given.
fn item_trials(place: &ItemPlace<'_>) -> Vec<Trial> {
    let item = place.item;
    [("best", true), ("poor", false)]
        .into_iter()
        .filter_map(|(name, well)| {
            let response = answer(item, well)?;
            let grade = crate::grade::judge(item, &response).ok()?.grade;
            Some(Trial { name: name.to_owned(), grade, response })
        })
        .collect()
}

/// An answer that does well, or one that does not. None where there is only one way to answer.
fn answer(item: &Item, well: bool) -> Option<Response> {
    let hits = |options: &[PickOption]| -> BTreeSet<String> {
        let wanted = options.iter().filter(|option| !option.plain && option.hit == well);
        wanted.map(|option| option.id.clone()).collect()
    };
    Some(match &item.task {
        Task::Judge(choices) => Response::Choice(extreme(choices, |choice| choice.grade, well)?.id.clone()),
        Task::Hotspot(hotspot) => {
            let wanted = hotspot.regions.iter().filter(|region| region.leak == well);
            Response::Picks(wanted.map(|region| region.id.clone()).collect())
        }
        Task::Order(order) => {
            let ids = order.cards.iter().map(|card| card.id.clone());
            Response::Order(if well { ids.collect() } else { ids.rev().collect() })
        }
        Task::Draft(draft) if well => Response::Draft(draft.models.first()?.text.ja.clone()),
        Task::Draft(draft) => Response::Draft(draft.rules.iter().find_map(|rule| match &rule.fires {
            Fires::Any(words) => words.ja.first().cloned(),
            Fires::None(_) => None,
        })?),
        Task::Pick(pick) => Response::Picks(hits(&pick.options)),
        Task::Assign(assign) => {
            let acts = assign.asked().filter_map(|row| {
                let acts = assign.acts(row);
                Some((row.id.clone(), (*extreme(&acts, |act| row.grade(act), well)?).to_owned()))
            });
            Response::Rows(acts.collect())
        }
        Task::Mosaic(mosaic) => {
            let one = |choices: &[Choice]| Some(extreme(choices, |choice| choice.grade, well)?.id.clone());
            let (finding, cut) = (one(&mosaic.findings)?, one(&mosaic.cuts)?);
            Response::Mosaic { clues: hits(&mosaic.clues), finding, cut }
        }
        Task::Contact(whom) => {
            let contact = extreme(&whom.book, |entry| whom.contact_grade(&entry.id), well)?.id.clone();
            let way = extreme(&whom.ways, |way| way.grade, well)?.by.code().to_owned();
            Response::Contact { contact, way }
        }
        Task::Lookup(lookup) => {
            Response::Choice(extreme(&lookup.clauses, |clause| lookup.grade(&clause.id), well)?.id.clone())
        }
        Task::Confidence { .. } if well => Response::Level(4),
        Task::Reflect { .. } if well => Response::Next,
        Task::Checklist(list) if well => {
            Response::Picks(list.options.iter().map(|option| option.id.clone()).collect())
        }
        Task::Confidence { .. } | Task::Reflect { .. } | Task::Checklist(_) => return None,
    })
}

/// The first of the best, or the first of the worst.
fn extreme<T, K: Ord>(all: &[T], by: impl Fn(&T) -> K, best: bool) -> Option<&T> {
    if best { all.iter().min_by_key(|one| Reverse(by(one))) } else { all.iter().min_by_key(|one| by(one)) }
}

impl Module {
    /// Every question and every ending that somebody can come to, each by the way with the fewest answers that are not the
    /// best. For a module of one screen: see [`Module::excerpt`].
    #[must_use]
    pub fn stops(&self, seed: u64) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut tried: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut open = VecDeque::from([Walk::begin(self, seed)]);
        while let Some(walk) = open.pop_front().filter(|_| seen.len() < MOST) {
            let place = walk.place();
            let Some(name) = name(&place) else { continue };
            if !seen.insert(state(&place, &walk)) {
                continue;
            }
            let trials = place.trials();
            for trial in &trials {
                let mut on = walk.clone();
                if on.answer(trial.response.clone()).is_err() {
                    continue;
                }
                if trial.grade == Some(Grade::Best) { open.push_front(on) } else { open.push_back(on) }
            }
            if let Place::Node(node) = &place {
                open.extend(after_looking(&walk, node));
            }
            let known = tried.entry(name.clone()).or_default();
            let asks = !trials.is_empty();
            let new: Vec<Trial> =
                trials.into_iter().filter(|trial| known.insert(trial.name.clone())).collect();
            if asks && new.is_empty() {
                continue;
            }
            let same = stops.iter().filter(|stop| stop.name.split('~').next() == Some(name.as_str())).count();
            let name = if same == 0 { name } else { format!("{name}~{}", same + 1) };
            let way = walk.visits().iter().map(|visit| visit.response.clone()).collect();
            stops.push(Stop { name, way, trials: new });
        }
        stops
    }
}

/// The walk after looking at everything that can be looked at.
fn after_looking<'m>(walk: &Walk<'m>, place: &NodePlace<'m>) -> Option<Walk<'m>> {
    let mut on = walk.clone();
    let looks = place.feed.iter().flat_map(|post| &post.looks);
    let looked = looks.filter(|look| on.answer(Response::Look(look.id.clone())).is_ok()).count();
    (looked > 0).then_some(on)
}

/// The name of a place. None at the end.
fn name(place: &Place<'_>) -> Option<String> {
    let name = match place {
        Place::Read(reading) => &reading.id,
        Place::Item(place) => &place.item.id,
        Place::Node(place) => &place.node.id,
        Place::Question(place) => &place.variant.id,
        Place::Diagnosis(_) => "diagnosis",
        Place::Debrief(_) => "debrief",
        Place::TestResult(_) => "result",
        Place::End => return None,
    };
    Some(name.to_owned())
}

/// Everything that can make what follows from a place differ: what is offered, what was set and counted, how it ended.
fn state(place: &Place<'_>, walk: &Walk<'_>) -> Vec<String> {
    let mut state: Vec<String> = name(place).into_iter().collect();
    match place {
        Place::Node(place) => {
            state.extend(place.choices.iter().map(|choice| choice.id.clone()));
            state.extend(place.looked.iter().map(|look| format!("looked-{look}")));
            let forks = || place.scenario.nodes.iter().flat_map(|node| &node.turns);
            if forks().next().is_some() {
                // Only where narration forks does the past decide about more than what is offered.
                state.extend(place.meters.iter().map(|at| format!("{}={}", at.meter.id, at.value)));
                state.extend(place.clock.map(|clock| clock.to_string()));
                let taken = walk.visits().iter().filter_map(|visit| match (&visit.place, &visit.response) {
                    (Place::Node(at), Response::Choice(id)) => {
                        at.node.branches.iter().find(|branch| branch.choice.id == *id)
                    }
                    _ => None,
                });
                let mut flags: Vec<String> = taken.flat_map(|branch| branch.set.clone()).collect();
                flags.sort();
                flags.dedup();
                state.extend(flags);
            }
        }
        Place::Debrief(debrief) => state.extend(debrief.ending.last().map(|text| text.ja.clone())),
        Place::TestResult(result) => state.push(result.passed.to_string()),
        Place::Diagnosis(_) | Place::Read(_) | Place::Item(_) | Place::Question(_) | Place::End => {}
    }
    state
}

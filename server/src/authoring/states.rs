//! The states of a screen: each of its questions as it opens, and explained after each answer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kokoroe_courses::{Module, Response, Walk};

use crate::training::step::is_explained;

/// The order in which choices and cards are shown here. Learners each have their own.
pub(super) const SEED: u64 = 1;

/// A state of a screen.
#[derive(Debug)]
pub(super) struct State {
    /// The question, or the ending.
    pub(super) stop: String,
    /// The answer that is explained; none while it is asked.
    pub(super) trial: Option<kokoroe_courses::Trial>,
    /// The answer has an explanation; otherwise the answered step is shown.
    explained: bool,
    /// Every answer up to it.
    pub(super) way: Vec<Response>,
}

impl State {
    /// Its name in an address.
    pub(super) fn name(&self) -> String {
        match &self.trial {
            Some(trial) => format!("{}.{}", self.stop, trial.name),
            None => self.stop.clone(),
        }
    }

    /// The page of it, below the address of the screen.
    pub(super) fn page(&self, screen: &str) -> String {
        let way = encode(&self.way);
        match &self.trial {
            Some(_) if self.explained => format!("{screen}/{way}/{}/why", self.way.len()),
            Some(_) => format!("{screen}/{way}/{}", self.way.len()),
            None => format!("{screen}/{way}/{}", self.way.len() + 1),
        }
    }
}

/// Every state of a module of one screen.
pub(super) fn of(alone: &Module) -> Vec<State> {
    let stops = alone.stops(SEED).into_iter().flat_map(|stop| {
        let place = Walk::replay(alone, SEED, &stop.way).map(|walk| is_explained(&walk.place()));
        let explained = place.unwrap_or_default();
        let asked = State { stop: stop.name.clone(), trial: None, explained, way: stop.way.clone() };
        let tried = stop.trials.into_iter().map(move |trial| State {
            stop: stop.name.clone(),
            explained,
            way: stop.way.iter().cloned().chain([trial.response.clone()]).collect(),
            trial: Some(trial),
        });
        std::iter::once(asked).chain(tried)
    });
    stops.collect()
}

/// Answers as a part of an address.
pub(super) fn encode(way: &[Response]) -> String {
    // Answers have only text keys, so writing cannot fail; an empty list would begin again.
    let json = serde_json::to_vec(way).unwrap_or_else(|_| b"[]".to_vec());
    URL_SAFE_NO_PAD.encode(json)
}

/// The answers in an address; none if they are not answers.
pub(super) fn decode(way: &str) -> Option<Vec<Response>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(way).ok()?).ok()
}

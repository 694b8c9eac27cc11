//! A story as a drawing for those who write it: its questions and choices from left to right, folded onto A4 landscape.

mod card;
mod page;
mod place;
mod plan;
mod svg;
mod wording;
mod wrap;

use std::collections::BTreeMap;

use crate::module::Module;
use crate::scenario::{Scenario, StoryTime};
use crate::text::Lang;
use crate::walk::{Place, Response, Walk};
use card::Card;
use plan::Plan;
use wording::Wording;

/// The SVG drawing of a story: A4 landscape, one page or several below each other. None if the module has no such story.
///
/// It holds grades and reasons, so it is for authors and reviewers.
#[must_use]
pub fn graph(module: &Module, scenario: &str, lang: Lang) -> Option<String> {
    let scenario = module.scenario(scenario)?;
    let wording = Wording(lang);
    let way = recommended(module, scenario);
    let plan = Plan::of(scenario);
    let bands = place::fold(&plan);
    let width = place::column_width(&bands);
    let cards: Vec<Card> = scenario
        .nodes
        .iter()
        .map(|node| Card::of(scenario, node, wording, width, way.clocks.get(node.id.as_str()).copied()))
        .collect();
    let placed = place::place(&plan, &cards, bands, width);
    Some(page::draw(&page::Sheet {
        module,
        scenario,
        wording,
        plan: &plan,
        cards: &cards,
        placed: &placed,
        way: &way,
    }))
}

/// What the best choices lead through.
struct Way {
    /// The story time at which each of its questions is asked; only a crisis has a clock.
    clocks: BTreeMap<String, StoryTime>,
    questions: usize,
    minutes: u32,
}

fn recommended(module: &Module, scenario: &Scenario) -> Way {
    let mut way = Way { clocks: BTreeMap::new(), questions: 0, minutes: 0 };
    let Some(alone) = module.excerpt(&scenario.id) else { return way };
    let mut walk = Walk::begin(&alone, 0);
    // A story that goes round in circles is found by the check; here it must only not hang.
    for _ in 0..scenario.nodes.len().saturating_mul(2) {
        match walk.place() {
            Place::Node(place) => {
                if let Some(clock) = place.clock {
                    way.clocks.entry(place.node.id.clone()).or_insert(clock);
                }
                let Some(best) = place.choices.iter().max_by_key(|choice| choice.grade) else { break };
                way.questions += 1;
                if walk.answer(Response::Choice(best.id.clone())).is_err() {
                    break;
                }
            }
            Place::Debrief(debrief) => {
                way.minutes = debrief.minutes;
                break;
            }
            _ => break,
        }
    }
    way
}

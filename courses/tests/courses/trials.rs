//! Looking at one screen: every question, every ending, and answers that show every explanation.

use std::collections::BTreeSet;

use kokoroe_courses::{Catalogue, Grade, Module, Place, Response, ScreenKind, Step, Walk};

use crate::small;

/// Every module that there is.
fn modules() -> Vec<Module> {
    let embedded = Catalogue::embedded().unwrap();
    small::catalogue().modules.into_iter().chain(embedded.modules).collect()
}

#[test]
fn a_screen_can_be_looked_at_alone() {
    for module in modules() {
        let screens = module.screens();
        assert!(!screens.is_empty());
        for screen in screens {
            let alone = module.excerpt(&screen.id).unwrap();
            assert_eq!(alone.screens(), [screen]);
        }
        assert_eq!(module.excerpt("no-such-screen"), None);
    }
}

#[test]
fn every_stop_can_be_come_to_and_every_trial_is_an_answer() {
    for module in modules() {
        for screen in module.screens() {
            let alone = module.excerpt(&screen.id).unwrap();
            let stops = alone.stops(1);
            let names: BTreeSet<_> = stops.iter().map(|stop| stop.name.clone()).collect();
            assert_eq!(names.len(), stops.len(), "{}: names tell stops apart", screen.id);
            for stop in stops {
                let walk = Walk::replay(&alone, 1, &stop.way).unwrap();
                for trial in stop.trials {
                    let mut walk = walk.clone();
                    let visit = walk.answer(trial.response).unwrap();
                    assert_eq!(visit.judged.grade, trial.grade, "{} {}", stop.name, trial.name);
                }
            }
        }
    }
}

#[test]
fn a_story_shows_each_of_its_questions_choices_and_endings() {
    for module in modules() {
        for screen in module.screens().into_iter().filter(|screen| screen.kind == ScreenKind::Scenario) {
            let scenario = module.scenario(&screen.id).unwrap();
            let stops = module.excerpt(&screen.id).unwrap().stops(1);
            for node in scenario.nodes.iter().filter(|node| node.ask.is_some()) {
                let mine = stops.iter().filter(|stop| stop.name.split('~').next() == Some(node.id.as_str()));
                let tried: BTreeSet<_> =
                    mine.flat_map(|stop| stop.trials.iter().map(|trial| trial.name.as_str())).collect();
                let choices: BTreeSet<_> =
                    node.branches.iter().map(|branch| branch.choice.id.as_str()).collect();
                assert_eq!(tried, choices, "{} {}", screen.id, node.id);
            }
            let endings = scenario.nodes.iter().filter(|node| node.end).count();
            assert!(stops.iter().filter(|stop| stop.name.starts_with("debrief")).count() >= endings);
        }
    }
}

#[test]
fn a_stop_is_come_to_by_the_best_answers_where_they_lead_there() {
    let night = small::module("m2-night").excerpt("night").unwrap();
    let stops = night.stops(1);
    let calm = stops.iter().find(|stop| stop.name == "debrief").unwrap();
    let walk = Walk::replay(&night, 1, &calm.way).unwrap();
    assert!(walk.visits().iter().all(|visit| visit.judged.grade == Some(Grade::Best)));
}

#[test]
fn an_item_without_choices_shows_a_best_and_a_poor_answer() {
    let module = small::module("m1-day");
    for step in module.steps() {
        let Step::Item(item) = step else { continue };
        let alone = module.excerpt(&item.id).unwrap();
        let walk = Walk::begin(&alone, 1);
        let Place::Item(_) = walk.place() else { panic!("an item") };
        let trials = walk.place().trials();
        assert!(!trials.is_empty(), "{}", item.id);
        let best = trials.iter().any(|trial| trial.grade.is_none_or(|grade| grade == Grade::Best));
        assert!(best, "{}: {trials:?}", item.id);
        let two_ways = !matches!(trials[0].response, Response::Level(_));
        assert!(trials.len() > usize::from(two_ways), "{}: {trials:?}", item.id);
    }
}

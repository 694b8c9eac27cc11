//! What holds for every module, every seed and every way of answering.

use std::collections::BTreeMap;

use kokoroe_courses::{Module, Outcome, Place, Refusal, Response, Walk};
use proptest::prelude::*;

use crate::answers::{best, finish, misfits, some};
use crate::random;

/// Good answers that always suffice from anywhere in a module of these sizes.
const ENOUGH: usize = 120;

fn any_module() -> impl Strategy<Value = Module> {
    prop_oneof![2 => random::lesson(), 1 => random::test()]
}

fn numbers() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0_usize..1000, 0..40)
}

/// Answers by the numbers and gives back what was accepted.
fn wander(walk: &mut Walk<'_>, numbers: &[usize]) -> Vec<Response> {
    let mut accepted = Vec::new();
    for number in numbers {
        let response = some(&walk.place(), *number);
        if walk.answer(response.clone()).is_ok() {
            accepted.push(response);
        }
    }
    accepted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_walk_ends_from_wherever_somebody_has_strayed(
        module in any_module(), seed: u64, numbers in numbers()
    ) {
        let mut walk = Walk::begin(&module, seed);
        wander(&mut walk, &numbers);
        finish(&mut walk, ENOUGH);
        prop_assert_eq!(walk.place(), Place::End);
    }

    #[test]
    fn a_walk_is_made_again_from_its_answers(module in any_module(), seed: u64, numbers in numbers()) {
        let mut walk = Walk::begin(&module, seed);
        let responses = wander(&mut walk, &numbers);
        let again = Walk::replay(&module, seed, &responses).unwrap();
        prop_assert_eq!(again.visits(), walk.visits());
        prop_assert_eq!(again.turn(), walk.turn());
        prop_assert_eq!(again.place(), walk.place());
        prop_assert_eq!(again.progress(), walk.progress());
        prop_assert_eq!(again.outcome(), walk.outcome());
        prop_assert_eq!(again.failed_round(), walk.failed_round());
    }

    #[test]
    fn a_walk_is_made_again_from_its_stored_module(module in any_module(), seed: u64, numbers in numbers()) {
        let mut walk = Walk::begin(&module, seed);
        let responses = wander(&mut walk, &numbers);
        let stored = Module::from_canonical(&module.canonical()).unwrap();
        prop_assert_eq!(&stored, &module);
        prop_assert_eq!(stored.revision(), module.revision());
        let again = Walk::replay(&stored, seed, &responses).unwrap();
        prop_assert_eq!(again.visits(), walk.visits());
        prop_assert_eq!(again.place(), walk.place());
    }

    #[test]
    fn no_order_of_answers_finishes_with_a_must_unresolved(
        module in any_module(), seed: u64, numbers in prop::collection::vec(0_usize..1000, 0..200)
    ) {
        let mut walk = Walk::begin(&module, seed);
        wander(&mut walk, &numbers);
        if walk.is_finished() {
            prop_assert_eq!(walk.outcome().unresolved, Vec::<String>::new());
            prop_assert!(!walk.failed_round());
        }
    }

    #[test]
    fn a_response_that_does_not_fit_changes_nothing(module in any_module(), seed: u64, numbers in numbers()) {
        let mut walk = Walk::begin(&module, seed);
        wander(&mut walk, &numbers);
        let before = (walk.turn(), walk.place(), walk.progress(), walk.outcome(), walk.visits().to_vec());
        for misfit in misfits() {
            prop_assert!(walk.answer(misfit).is_err());
        }
        let after = (walk.turn(), walk.place(), walk.progress(), walk.outcome(), walk.visits().to_vec());
        prop_assert_eq!(before, after);
    }

    #[test]
    fn turns_count_the_answers_and_visits_hold_them(module in any_module(), seed: u64, numbers in numbers()) {
        let mut walk = Walk::begin(&module, seed);
        let responses = wander(&mut walk, &numbers);
        prop_assert_eq!(walk.turn() as usize, responses.len() + 1);
        for (visit, (number, response)) in walk.visits().iter().zip(responses.iter().enumerate()) {
            prop_assert_eq!(visit.turn as usize, number + 1);
            prop_assert_eq!(&visit.response, response);
        }
    }

    #[test]
    fn progress_stays_within_its_bounds(module in any_module(), seed: u64, numbers in numbers()) {
        let mut walk = Walk::begin(&module, seed);
        for number in numbers {
            let (at, of) = walk.progress();
            prop_assert!(walk.is_finished() || (1 <= at && at <= of), "{} / {}", at, of);
            let response = some(&walk.place(), number);
            let _ = walk.answer(response);
        }
        finish(&mut walk, ENOUGH);
        let (at, of) = walk.progress();
        prop_assert_eq!(at, of);
    }

    #[test]
    fn trying_again_leads_back_to_the_very_same_place(module in any_module(), seed: u64, numbers in numbers()) {
        let mut walk = Walk::begin(&module, seed);
        wander(&mut walk, &numbers);
        let before = (walk.place(), walk.progress(), walk.outcome());
        let response = best(&walk.place());
        let repeatable = matches!(walk.place(), Place::Item(_) | Place::Node(_));
        if walk.answer(response).is_ok() && !walk.is_finished() {
            let again = walk.answer(Response::Again).map(|_| ());
            if repeatable {
                prop_assert_eq!(again, Ok(()));
                prop_assert_eq!((walk.place(), walk.progress(), walk.outcome()), before);
                prop_assert_eq!(walk.answer(Response::Again).map(|_| ()), Err(Refusal::NothingToRepeat));
            } else {
                prop_assert_eq!(again, Err(Refusal::NothingToRepeat));
            }
        }
    }

    #[test]
    fn what_is_shown_in_which_order_depends_only_on_the_seed(
        module in random::lesson(), seed: u64, one in numbers(), other in numbers()
    ) {
        let orders = |numbers: &[usize]| {
            let mut walk = Walk::begin(&module, seed);
            wander(&mut walk, numbers);
            finish(&mut walk, ENOUGH);
            let mut orders = BTreeMap::new();
            for visit in walk.visits() {
                if let Place::Item(place) = &visit.place {
                    let ids: Vec<_> = place.cards.iter().map(|card| card.id.clone())
                        .chain(place.choices.iter().map(|choice| choice.id.clone())).collect();
                    let known = orders.entry(place.item.id.clone()).or_insert_with(|| ids.clone());
                    assert_eq!(*known, ids, "the order changed within one walk");
                }
            }
            orders
        };
        prop_assert_eq!(orders(&one), orders(&other));
    }

    #[test]
    fn a_finished_module_takes_no_more_answers(module in any_module(), seed: u64) {
        let mut walk = Walk::begin(&module, seed);
        finish(&mut walk, ENOUGH);
        let outcome = walk.outcome();
        for response in [Response::Next, Response::Again, Response::Level(1), Response::Choice("c0".to_owned())] {
            prop_assert_eq!(walk.answer(response).map(|_| ()), Err(Refusal::Finished));
        }
        prop_assert_eq!(walk.outcome(), outcome);
    }

    #[test]
    fn a_story_never_shows_a_post_twice_and_its_clock_never_runs_back(
        module in random::lesson(), seed: u64, numbers in numbers()
    ) {
        let mut walk = Walk::begin(&module, seed);
        wander(&mut walk, &numbers);
        for visit in walk.visits() {
            if let Place::Node(place) = &visit.place {
                let mut ids: Vec<_> = place.feed.iter().map(|post| &post.id).collect();
                let count = ids.len();
                ids.sort();
                ids.dedup();
                prop_assert_eq!(ids.len(), count);
                prop_assert_eq!(place.clock.is_some(), place.scenario.clock.is_some());
                if !matches!(visit.response, Response::Again | Response::Look(_)) {
                    prop_assert_eq!(visit.clock.map(|(before, _)| before), place.clock);
                }
            }
        }
    }

    #[test]
    fn nothing_is_won_or_lost_before_the_first_answer(module in random::lesson(), seed: u64) {
        let walk = Walk::begin(&module, seed);
        let Outcome { points, of, .. } = walk.outcome();
        prop_assert_eq!((points, of), (0, 0));
    }
}

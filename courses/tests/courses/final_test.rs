//! The final test.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_courses::{Content, Family, Grade, Module, Place, Refusal, Response, Test, TestResult, Walk};
use proptest::prelude::*;

use crate::answers::{best, choice_of, finish, some};
use crate::{random, small};

fn test_of(module: &Module) -> &Test {
    match &module.content {
        Content::Test(test) => test,
        Content::Lesson(_) => panic!("not a test"),
    }
}

/// Answers one round, each question with the grade that `grade` gives for its family.
fn round<'m>(walk: &mut Walk<'m>, grade: impl Fn(usize, &Family) -> Grade) -> Vec<(&'m Family, String)> {
    let mut asked = Vec::new();
    while let Place::Question(place) = walk.place() {
        let response = choice_of(&place.choices, grade(asked.len(), place.family));
        asked.push((place.family, place.variant.id.clone()));
        walk.answer(response).unwrap();
    }
    asked
}

fn result(walk: &Walk<'_>) -> TestResult {
    match walk.place() {
        Place::TestResult(result) => result,
        place => panic!("not at a result but at {place:?}"),
    }
}

fn ids(asked: &[(&Family, String)]) -> BTreeSet<String> {
    asked.iter().map(|(family, _)| family.id.clone()).collect()
}

#[test]
fn ten_families_are_drawn_with_every_must_and_balanced_over_the_clauses() {
    let module = small::module("final-test");
    for seed in 0..50 {
        let mut walk = Walk::begin(&module, seed);
        let asked = round(&mut walk, |_, _| Grade::Best);
        assert_eq!((asked.len(), ids(&asked).len()), (10, 10));
        assert!(["f1", "f2"].iter().all(|must| ids(&asked).contains(*must)));
        let first = asked.iter().filter(|(family, _)| family.clause == "C1").count();
        assert_eq!(first, 5, "half of the questions belong to each of the two clauses");
    }
}

#[test]
fn different_people_get_different_questions_in_a_different_order() {
    let module = small::module("final-test");
    let draws: BTreeSet<Vec<String>> = (0..20)
        .map(|seed| {
            let asked = round(&mut Walk::begin(&module, seed), |_, _| Grade::Best);
            asked.into_iter().map(|(family, variant)| format!("{}/{variant}", family.id)).collect()
        })
        .collect();
    assert_eq!(draws.len(), 20);
}

#[test]
fn the_shown_place_of_the_best_choice_varies() {
    let module = small::module("final-test");
    let mut places = BTreeSet::new();
    for seed in 0..20 {
        if let Place::Question(place) = Walk::begin(&module, seed).place() {
            places.insert(place.choices.iter().position(|choice| choice.grade == Grade::Best));
        }
    }
    assert_eq!(places.len(), 4);
}

#[test]
fn eighty_percent_of_the_points_pass() {
    let module = small::module("final-test");
    // 8 × 3 = 24 of 30 is exactly 80 %. The musts are answered well.
    let well = |at: usize, family: &Family| if at < 8 || family.must { Grade::Best } else { Grade::Harm };
    let seed = (0..200)
        .find(|seed| {
            let mut walk = Walk::begin(&module, *seed);
            round(&mut walk, well);
            result(&walk).points == 24
        })
        .unwrap();
    let mut walk = Walk::begin(&module, seed);
    round(&mut walk, well);
    let found = result(&walk);
    assert_eq!((found.points, found.of, found.passed, found.missed), (24, 30, true, 0));
    assert!(!walk.failed_round() && !walk.is_finished());
    walk.answer(Response::Next).unwrap();
    assert!(walk.is_finished());
}

#[test]
fn one_point_less_does_not_pass_and_only_the_missed_are_asked_again() {
    let module = small::module("final-test");
    let mut walk = Walk::begin(&module, 7);
    let harmed = |at: usize, _: &Family| match at {
        0 | 3 => Grade::Harm,
        5 => Grade::Ok,
        _ => Grade::Best,
    };
    let first = round(&mut walk, harmed);
    let found = result(&walk);
    assert_eq!((found.round, found.points, found.passed, found.missed), (1, 23, false, 2));
    assert!(walk.failed_round());
    walk.answer(Response::Next).unwrap();
    assert_eq!(walk.progress(), (1, 2));
    let second = round(&mut walk, |_, _| Grade::Best);
    let missed: BTreeSet<String> = [0, 3].iter().map(|at| first[*at].0.id.clone()).collect();
    assert_eq!(ids(&second), missed);
    let found = result(&walk);
    assert_eq!((found.round, found.points, found.passed), (2, 29, true));
    assert!(!walk.failed_round());
}

#[test]
fn who_is_only_good_enough_everywhere_is_asked_again_what_was_not_best() {
    let module = small::module("final-test");
    let mut walk = Walk::begin(&module, 3);
    round(&mut walk, |at, _| if at == 0 { Grade::Best } else { Grade::Ok });
    let found = result(&walk);
    assert_eq!((found.points, found.passed, found.missed), (21, false, 9));
}

#[test]
fn a_harmful_answer_on_a_must_does_not_pass_whatever_the_points() {
    let module = small::module("final-test");
    let mut walk = Walk::begin(&module, 5);
    round(&mut walk, |_, family| if family.id == "f1" { Grade::Harm } else { Grade::Best });
    let found = result(&walk);
    assert_eq!((found.points, found.passed, found.held_by_must, found.missed), (27, false, true, 1));
    assert_eq!(walk.outcome().unresolved, ["f1"]);
    walk.answer(Response::Next).unwrap();
    round(&mut walk, |_, _| Grade::Risky);
    assert!(result(&walk).passed, "risky on one question leaves enough points");
}

#[test]
fn a_question_asked_again_comes_in_another_wording_until_all_were_used() {
    let module = small::module("final-test");
    let mut walk = Walk::begin(&module, 11);
    let mut wordings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for _ in 0..4 {
        for (family, variant) in round(&mut walk, |_, _| Grade::Harm) {
            wordings.entry(family.id.clone()).or_default().push(variant);
        }
        walk.answer(Response::Next).unwrap();
    }
    for (id, wordings) in wordings {
        let family = test_of(&module).families.iter().find(|family| family.id == id).unwrap();
        let count = family.variants.len();
        let used: BTreeSet<_> = wordings.iter().take(count).collect();
        assert_eq!(used.len(), count, "{id} used {wordings:?}");
        assert_eq!(wordings.get(count), wordings.first().filter(|_| count < 4));
    }
}

#[test]
fn an_answer_in_a_test_cannot_be_taken_back() {
    let module = small::module("final-test");
    let mut walk = Walk::begin(&module, 1);
    let response = best(&walk.place());
    walk.answer(response).unwrap();
    assert_eq!(walk.answer(Response::Again).map(|_| ()), Err(Refusal::NothingToRepeat));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_test_can_always_be_passed(
        module in random::test(), seed: u64, numbers in prop::collection::vec(0_usize..1000, 0..60)
    ) {
        let mut walk = Walk::begin(&module, seed);
        for number in numbers {
            let response = some(&walk.place(), number);
            let _ = walk.answer(response);
        }
        let drawn = test_of(&module).draw as usize;
        // The rest of this round, its result, at most two more rounds and their results, and the end.
        finish(&mut walk, 3 * drawn + 6);
        prop_assert_eq!(walk.outcome().unresolved, Vec::<String>::new());
    }

    #[test]
    fn a_round_asks_exactly_what_was_missed_in_the_wording_that_is_next(
        module in random::test(), seed: u64, numbers in prop::collection::vec(0_usize..10, 60)
    ) {
        let mut walk = Walk::begin(&module, seed);
        let mut latest: BTreeMap<String, (Grade, String)> = BTreeMap::new();
        let mut numbers = numbers.into_iter();
        for _ in 0..5 {
            let mut asked = BTreeSet::new();
            while let Place::Question(place) = walk.place() {
                let Some(number) = numbers.next() else { return Ok(()) };
                let choice = place.choices[number % place.choices.len()];
                if let Some((_, variant)) = latest.get(&place.family.id) {
                    let several = place.family.variants.len() > 1;
                    prop_assert_eq!(several, *variant != place.variant.id);
                }
                prop_assert!(asked.insert(place.family.id.clone()), "asked twice in a round");
                latest.insert(place.family.id.clone(), (choice.grade, place.variant.id.clone()));
                walk.answer(Response::Choice(choice.id.clone())).unwrap();
            }
            let found = result(&walk);
            let points: u16 = latest.values().map(|(grade, _)| grade.points()).sum();
            prop_assert_eq!(found.points, points);
            prop_assert_eq!(found.of as usize, latest.len() * 3);
            walk.answer(Response::Next).unwrap();
            if found.passed {
                prop_assert!(walk.is_finished());
                return Ok(());
            }
            prop_assert!(walk.failed_round());
            let below = |limit: Grade| latest.values().filter(|(grade, _)| *grade < limit).count();
            let expected = if below(Grade::Ok) > 0 { below(Grade::Ok) } else { below(Grade::Best) };
            prop_assert_eq!(walk.progress(), (1, u16::try_from(expected).unwrap()));
            prop_assert_eq!(found.missed as usize, expected);
        }
    }
}

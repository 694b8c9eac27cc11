//! What each kind of answer is worth.

use kokoroe_courses::{Grade, Judged, Module, Place, Refusal, Response, Walk};

use crate::answers::{choose, until};
use crate::small;

/// Answers the item `id` of the day module.
fn answer(module: &Module, id: &str, response: Response) -> Result<Judged, Refusal> {
    let mut walk = Walk::begin(module, 9);
    until(&mut walk, |place| matches!(place, Place::Item(place) if place.item.id == id));
    walk.answer(response).map(|visit| visit.judged.clone())
}

fn graded(id: &str, response: Response) -> (Option<Grade>, u16, u16, bool) {
    let judged = answer(&small::module("m1-day"), id, response).unwrap();
    (judged.grade, judged.points, judged.of, judged.resolved)
}

fn refused(id: &str, response: Response) -> Refusal {
    answer(&small::module("m1-day"), id, response).unwrap_err()
}

fn picks(ids: &[&str]) -> Response {
    Response::Picks(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn order(ids: &[&str]) -> Response {
    Response::Order(ids.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn a_judge_gives_the_grade_of_the_choice() {
    assert_eq!(graded("quiz", choose("leave")), (Some(Grade::Best), 3, 3, true));
    assert_eq!(graded("quiz", choose("ask")), (Some(Grade::Risky), 1, 3, false));
    assert_eq!(graded("quiz", choose("share")), (Some(Grade::Harm), 0, 3, false));
}

#[test]
fn a_judge_refuses_what_it_does_not_offer() {
    assert_eq!(refused("quiz", choose("delete")), Refusal::Unknown("delete".to_owned()));
    assert_eq!(refused("quiz", Response::Next), Refusal::NotAsked);
    assert_eq!(refused("quiz", picks(&["leave"])), Refusal::NotAsked);
}

#[test]
fn a_picture_is_best_when_exactly_the_leaks_are_picked() {
    assert_eq!(graded("photo", picks(&["board", "band", "screen"])), (Some(Grade::Best), 3, 3, true));
}

#[test]
fn extra_picks_never_block_but_cost_points() {
    assert_eq!(graded("photo", picks(&["board", "band", "screen", "cup"])), (Some(Grade::Ok), 2, 3, true));
    assert_eq!(
        graded("photo", picks(&["board", "screen", "cup", "plant", "chair"])),
        (Some(Grade::Ok), 0, 3, true)
    );
}

#[test]
fn a_leak_that_is_no_must_may_be_missed() {
    assert_eq!(graded("photo", picks(&["board", "screen"])), (Some(Grade::Ok), 2, 3, true));
}

#[test]
fn a_missed_must_is_risky() {
    assert_eq!(graded("photo", picks(&["board", "band"])), (Some(Grade::Risky), 2, 3, false));
    assert_eq!(graded("photo", picks(&[])), (Some(Grade::Risky), 0, 3, false));
}

#[test]
fn a_picture_without_a_must_expects_every_leak() {
    let mut module = small::module("m1-day");
    let text = module.canonical().replace(r#""leak":true,"must":true"#, r#""leak":true"#);
    module = Module::from_canonical(&text).unwrap();
    let missed = answer(&module, "photo", picks(&["board", "screen"])).unwrap();
    assert_eq!(missed.grade, Some(Grade::Risky));
    let all = answer(&module, "photo", picks(&["board", "screen", "band", "cup"])).unwrap();
    assert_eq!(all.grade, Some(Grade::Ok));
}

#[test]
fn a_picture_refuses_a_region_it_does_not_have() {
    assert_eq!(refused("photo", picks(&["board", "door"])), Refusal::Unknown("door".to_owned()));
}

#[test]
fn an_order_is_best_only_as_a_whole() {
    assert_eq!(
        graded("first-steps", order(&["safe", "tell", "note", "wait"])),
        (Some(Grade::Best), 6, 6, true)
    );
}

#[test]
fn an_order_is_ok_with_the_right_first_card_and_seventy_percent_of_the_pairs() {
    // One pair of six is wrong: 83 %.
    assert_eq!(
        graded("first-steps", order(&["safe", "tell", "wait", "note"])),
        (Some(Grade::Ok), 5, 6, true)
    );
    // Two of six are wrong: 67 %.
    assert_eq!(
        graded("first-steps", order(&["safe", "note", "wait", "tell"])),
        (Some(Grade::Risky), 4, 6, false)
    );
}

#[test]
fn an_order_with_the_wrong_first_card_is_risky() {
    assert_eq!(
        graded("first-steps", order(&["tell", "safe", "note", "wait"])),
        (Some(Grade::Risky), 5, 6, false)
    );
}

#[test]
fn an_order_refuses_repeated_missing_and_unknown_cards() {
    let repeated = refused("first-steps", order(&["safe", "safe", "note", "wait"]));
    assert_eq!(repeated, Refusal::Repeated("safe".to_owned()));
    assert_eq!(refused("first-steps", order(&["safe", "tell"])), Refusal::Missing("note".to_owned()));
    let unknown = refused("first-steps", order(&["safe", "tell", "note", "run"]));
    assert_eq!(unknown, Refusal::Unknown("run".to_owned()));
}

#[test]
fn a_draft_is_never_graded_and_is_resolved_once_it_was_looked_through() {
    assert_eq!(graded("reply", Response::Draft("お母様へ".to_owned())), (None, 0, 0, true));
}

#[test]
fn a_draft_has_to_say_something_and_to_fit() {
    assert_eq!(refused("reply", Response::Draft(" \r\n　".to_owned())), Refusal::Empty);
    let long = refused("reply", Response::Draft("あ".repeat(61)));
    assert_eq!(long, Refusal::TooLong { max: 60, found: 61 });
}

#[test]
fn a_line_end_of_a_browser_counts_as_one_character() {
    let reply = format!("{}\r\n{}", "あ".repeat(30), "い".repeat(29));
    assert!(graded("reply", Response::Draft(reply)).3);
}

#[test]
fn confidence_is_never_graded_and_has_four_levels() {
    for level in 1..=4 {
        assert_eq!(graded("quiz-sure", Response::Level(level)), (None, 0, 0, true));
    }
    assert_eq!(refused("quiz-sure", Response::Level(0)), Refusal::Unknown("0".to_owned()));
    assert_eq!(refused("quiz-sure", Response::Level(5)), Refusal::Unknown("5".to_owned()));
}

#[test]
fn grades_are_worth_nothing_to_three_points() {
    let points = [Grade::Harm, Grade::Risky, Grade::Ok, Grade::Best].map(Grade::points);
    assert_eq!(points, [0, 1, 2, 3]);
    assert!(Grade::Harm < Grade::Risky && Grade::Risky < Grade::Ok && Grade::Ok < Grade::Best);
}

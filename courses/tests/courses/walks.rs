//! Walking: stories, clocks, going back.

use kokoroe_courses::{Catalogue, Grade, Place, Refusal, Response, StoryTime, Walk};

use crate::answers::{best, choose, finish, until};
use crate::small;

fn at_node<'m>(walk: &Walk<'m>) -> kokoroe_courses::NodePlace<'m> {
    match walk.place() {
        Place::Node(place) => place,
        place => panic!("not in a story but at {place:?}"),
    }
}

fn time(hour: u16, minute: u16) -> StoryTime {
    StoryTime::new(hour, minute).unwrap()
}

#[test]
fn a_page_goes_on_with_next_and_nothing_else() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    assert!(matches!(walk.place(), Place::Read(reading) if reading.id == "01-read"));
    assert_eq!(walk.answer(choose("leave")).map(|_| ()), Err(Refusal::NotAsked));
    assert_eq!(walk.turn(), 1);
    walk.answer(Response::Next).unwrap();
    assert_eq!(walk.turn(), 2);
}

#[test]
fn narration_is_told_above_the_question_that_follows() {
    let module = small::module("m2-night");
    let walk = Walk::begin(&module, 1);
    let place = at_node(&walk);
    assert_eq!(place.node.id, "n1");
    let told: Vec<_> = place.told.iter().map(|text| text.ja.as_str()).collect();
    assert_eq!(told, ["静かな時間です。"]);
}

#[test]
fn reading_costs_no_story_time_and_actions_do() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    assert_eq!(at_node(&walk).clock, Some(time(23, 4)));
    let visit = walk.answer(choose("call")).unwrap();
    assert_eq!(visit.clock, Some((time(23, 4), time(23, 7))));
    assert_eq!(at_node(&walk).clock, Some(time(23, 7)));
}

#[test]
fn a_post_arrives_when_the_clock_passes_it_and_is_fresh_once() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    let place = at_node(&walk);
    assert_eq!((place.feed.len(), place.fresh.len()), (1, 0), "what is there from the beginning is not news");
    walk.answer(choose("call")).unwrap();
    assert_eq!(at_node(&walk).feed.len(), 1, "at 23:07 the post of 23:09 has not come");
    let visit = walk.answer(choose("call")).unwrap();
    let arrived: Vec<_> = visit.arrived.iter().map(|post| post.id.as_str()).collect();
    assert_eq!(arrived, ["p2"]);
    let place = at_node(&walk);
    assert_eq!((place.feed.len(), place.fresh.as_slice()), (2, ["p2"].as_slice()));
    walk.answer(choose("call")).unwrap();
    assert!(at_node(&walk).fresh.is_empty());
}

#[test]
fn a_post_behind_a_flag_arrives_once_the_flag_is_set_and_its_time_has_come() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    walk.answer(choose("call")).unwrap();
    let visit = walk.answer(choose("shot")).unwrap();
    assert_eq!(visit.clock, Some((time(23, 7), time(23, 13))));
    let arrived: Vec<_> = visit.arrived.iter().map(|post| post.id.as_str()).collect();
    assert_eq!(arrived, ["p2", "p3"]);
}

#[test]
fn without_a_clock_a_post_waits_only_for_its_flag() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    until(&mut walk, |place| matches!(place, Place::Node(place) if place.node.id == "n2"));
    assert_eq!(at_node(&walk).clock, None);
    let visit = walk.answer(choose("shot")).unwrap();
    assert_eq!(visit.arrived.len(), 1);
    assert_eq!(visit.clock, None);
}

#[test]
fn a_choice_is_withdrawn_by_a_flag() {
    let module = small::module("m2-night");
    let offered = |second: &[&str]| {
        let mut walk = Walk::begin(&module, 1);
        walk.answer(choose("call")).unwrap();
        for id in second {
            walk.answer(choose(id)).unwrap();
        }
        let place = at_node(&walk);
        assert_eq!(place.node.id, "n3");
        place.choices.iter().map(|choice| choice.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(offered(&["call"]), ["dm", "shot", "call"]);
    assert_eq!(offered(&["shot", "call"]), ["shot", "call"]);
}

#[test]
fn a_choice_that_narration_hides_is_not_offered_again() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    let visit = walk.answer(choose("shot")).unwrap();
    assert_eq!(
        visit.told.iter().map(|text| text.ja.as_str()).collect::<Vec<_>>(),
        ["少し前に戻って考えます。"]
    );
    let place = at_node(&walk);
    assert_eq!(place.node.id, "n1");
    assert!(place.choices.iter().all(|choice| choice.id != "shot"));
    assert_eq!(walk.answer(choose("shot")).map(|_| ()), Err(Refusal::Unknown("shot".to_owned())));
}

#[test]
fn a_must_of_a_story_is_asked_until_it_is_answered_well() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    for _ in 0..3 {
        let visit = walk.answer(choose("dm")).unwrap();
        assert!(!visit.judged.resolved);
        assert_eq!(at_node(&walk).node.id, "n1");
    }
    assert!(walk.outcome().unresolved.contains(&"night/n1".to_owned()));
    assert!(walk.answer(choose("call")).unwrap().judged.resolved);
    assert_eq!(at_node(&walk).node.id, "n2");
    assert_eq!(walk.outcome().unresolved, Vec::<String>::new());
}

#[test]
fn a_must_is_asked_again_even_if_the_file_leads_past_it() {
    let sources = small::edited("modules/m2-night/night.toml", "to = \"n1-back\"", "to = \"PAST\"");
    let text = sources.get("modules/m2-night/night.toml").unwrap().to_owned();
    for past in ["n2", "good", "n3-back"] {
        let mut sources = sources.clone();
        sources.extend([("modules/m2-night/night.toml", text.replace("PAST", past))]);
        let catalogue = Catalogue::read(&sources).unwrap();
        let module = catalogue.module("m2-night").unwrap();
        let mut walk = Walk::begin(module, 1);
        walk.answer(choose("dm")).unwrap();
        assert_eq!(at_node(&walk).node.id, "n1");
        walk.answer(choose("call")).unwrap();
        assert_eq!(at_node(&walk).node.id, "n2");
    }
}

#[test]
fn a_must_that_a_way_goes_around_is_asked_before_the_story_ends() {
    let from = "grade = \"best\"\n  to = \"n2\"";
    let sources = small::edited("modules/m1-day/ward-page.toml", from, "grade = \"best\"\n  to = \"n3\"");
    let catalogue = Catalogue::read(&sources).unwrap();
    let module = catalogue.module("m1-day").unwrap();
    let mut walk = Walk::begin(module, 1);
    until(&mut walk, |place| matches!(place, Place::Node(place) if place.node.id == "n4"));
    assert_eq!(walk.outcome().unresolved, ["ward-page/n2", "quiz", "photo", "first-steps"]);
    walk.answer(choose("call")).unwrap();
    assert_eq!(at_node(&walk).node.id, "n2");
}

#[test]
fn a_post_arrives_in_the_very_minute_it_is_written() {
    let sources = small::edited("modules/m2-night/night.toml", "23:09", "23:07");
    let catalogue = Catalogue::read(&sources).unwrap();
    let mut walk = Walk::begin(catalogue.module("m2-night").unwrap(), 1);
    assert_eq!(walk.answer(choose("call")).unwrap().arrived.len(), 1);
}

#[test]
fn a_must_item_is_asked_until_it_is_answered_well() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    until(&mut walk, |place| matches!(place, Place::Item(place) if place.item.id == "quiz"));
    let before = walk.progress();
    walk.answer(choose("share")).unwrap();
    assert!(matches!(walk.place(), Place::Item(place) if place.item.id == "quiz"));
    assert_eq!(walk.progress(), before);
    walk.answer(choose("leave")).unwrap();
    assert!(matches!(walk.place(), Place::Item(place) if place.item.id == "quiz-sure"));
}

#[test]
fn trying_again_brings_back_the_clock_the_feed_and_the_choices() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    walk.answer(choose("call")).unwrap();
    let before = walk.place();
    walk.answer(choose("shot")).unwrap();
    assert_ne!(walk.place(), before);
    walk.answer(Response::Again).unwrap();
    assert_eq!(walk.place(), before);
    assert_eq!(walk.turn(), 4, "trying again is a turn of its own");
}

#[test]
fn only_the_answer_just_given_can_be_taken_back() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    assert_eq!(walk.answer(Response::Again).map(|_| ()), Err(Refusal::NothingToRepeat));
    walk.answer(Response::Next).unwrap();
    assert_eq!(
        walk.answer(Response::Again).map(|_| ()),
        Err(Refusal::NothingToRepeat),
        "a page is no answer"
    );
    walk.answer(choose("call")).unwrap();
    walk.answer(Response::Again).unwrap();
    assert_eq!(walk.answer(Response::Again).map(|_| ()), Err(Refusal::NothingToRepeat));
}

#[test]
fn the_look_back_lays_the_own_path_beside_the_recommended_one() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    walk.answer(choose("dm")).unwrap();
    until(&mut walk, |place| matches!(place, Place::Debrief(_)));
    let Place::Debrief(debrief) = walk.place() else { panic!("no debrief") };
    let own: Vec<_> = debrief.path.iter().map(|step| (step.node.id.as_str(), step.grade)).collect();
    assert_eq!(own[0], ("n1", Grade::Risky));
    assert_eq!(own[1], ("n1", Grade::Best));
    assert_eq!(own.len(), 5);
    assert_eq!(debrief.recommended.len(), 4);
    assert!(debrief.recommended.iter().all(|step| step.grade == Grade::Best));
    assert_eq!((debrief.minutes, debrief.recommended_minutes), (20, 12));
    assert_eq!(debrief.path[1].clock, Some((time(23, 12), time(23, 15))));
    assert_eq!(debrief.incidents, ["night-post"]);
    assert_eq!(
        debrief.ending.iter().map(|text| text.ja.as_str()).collect::<Vec<_>>(),
        ["当直が引き継ぎました。"]
    );
}

#[test]
fn what_was_taken_back_is_not_in_the_look_back() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    walk.answer(choose("dm")).unwrap();
    walk.answer(Response::Again).unwrap();
    until(&mut walk, |place| matches!(place, Place::Debrief(_)));
    let Place::Debrief(debrief) = walk.place() else { panic!("no debrief") };
    assert_eq!(debrief.path.len(), 4);
    assert_eq!(walk.visits()[0].judged.grade, Some(Grade::Risky), "the first answer stays on record");
}

#[test]
fn progress_counts_the_recommended_path_of_a_story() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    let mut seen = Vec::new();
    while !walk.is_finished() {
        seen.push(walk.progress());
        let response = best(&walk.place());
        walk.answer(response).unwrap();
    }
    // A page, four questions of a story, its debrief and five items.
    assert_eq!(seen, (1..=11).map(|at| (at, 11)).collect::<Vec<_>>());
}

#[test]
fn the_same_answers_with_another_seed_still_fit() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    finish(&mut walk, 20);
    let responses: Vec<_> = walk.visits().iter().map(|visit| visit.response.clone()).collect();
    assert!(Walk::replay(&module, 2, &responses).unwrap().is_finished());
}

#[test]
fn a_replay_refuses_answers_of_another_module() {
    let module = small::module("m2-night");
    let foreign = [choose("leave")];
    assert_eq!(Walk::replay(&module, 1, &foreign).map(|_| ()), Err(Refusal::Unknown("leave".to_owned())));
}

#[test]
fn points_are_those_of_the_latest_answers() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    walk.answer(choose("dm")).unwrap();
    assert_eq!((walk.outcome().points, walk.outcome().of), (1, 3));
    walk.answer(choose("call")).unwrap();
    assert_eq!((walk.outcome().points, walk.outcome().of), (3, 3));
}

#[test]
fn cards_are_never_shown_in_the_right_order() {
    let module = small::module("m1-day");
    for seed in 0..200 {
        let mut walk = Walk::begin(&module, seed);
        until(&mut walk, |place| matches!(place, Place::Item(place) if place.item.id == "first-steps"));
        let Place::Item(place) = walk.place() else { panic!("no item") };
        let shown: Vec<_> = place.cards.iter().map(|card| card.id.as_str()).collect();
        assert_ne!(shown, ["safe", "tell", "note", "wait"]);
    }
}

#[test]
fn questions_have_names_that_statistics_can_use() {
    let module = small::module("m1-day");
    let mut walk = Walk::begin(&module, 1);
    finish(&mut walk, 20);
    let names: Vec<_> = walk.visits().iter().filter_map(|visit| visit.place.question()).collect();
    let expected = [
        "ward-page/n1",
        "ward-page/n2",
        "ward-page/n3",
        "ward-page/n4",
        "quiz",
        "quiz-sure",
        "photo",
        "first-steps",
        "reply",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_last_decision_that_is_taken_back_was_never_made() {
    let module = small::module("m2-night");
    let mut walk = Walk::begin(&module, 1);
    let Place::Node(first) = walk.place() else { panic!("no story") };
    until(&mut walk, |place| matches!(place, Place::Debrief(_)));
    let made = walk.decisions(&first.scenario.id).len();
    walk.answer(Response::Again).unwrap();
    assert_eq!(walk.decisions(&first.scenario.id).len(), made - 1);
    walk.answer(best(&walk.place())).unwrap();
    assert_eq!(walk.decisions(&first.scenario.id).len(), made);
}

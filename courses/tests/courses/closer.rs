//! Stories that know what was looked at, how far something has spread and how long it took.

use kokoroe_courses::{
    Catalogue, Condition, Grade, Module, NodePlace, Place, Refusal, Response, Role, Stats, Walk, When,
};

use crate::answers::choose;
use crate::small;

/// A story in which everything depends on what was done before.
const STORY: &str = r#"
schema = 1
kind = "crisis"
id = "closer"
title = "よく見る"
setup = "病棟の詰所です。"
start = "n1"
draws_on = ["night-post"]

[[as]]
roles = ["clerk", "doctor"]
setup = "医事課の窓口です。"

[clock]
start = "23:50"

[[meter]]
id = "spread"
name = "広がり"
start = 1
max = 3
good = "low"

[[actor]]
id = "mori"
name = "もり"
handle = "@mori"
about = "花と本が好きです。"
face = "unknown"

[[post]]
id = "photo"
skin = "photo"
by = "mori"
at = "23:40"
text = "打ち上げ"
say = "写真の投稿。"
stats = { like = 2, reply = 0, share = 0 }

  [[post.look]]
  id = "board"
  of = "photo"
  label = "写真を大きくして見る"
  tell = "奥に白い板があります。"

  [[post.look]]
  id = "who"
  of = "profile"
  label = "だれの投稿か見る"
  tell = "病棟の人です。"

  [[post.change]]
  when = "spread >= 2"
  stats = { like = 40, reply = 3, share = 9 }

  [[post.change]]
  when = ["spread >= 2", "minutes >= 30"]
  stats = { like = 90, reply = 12, share = 30 }

[[post]]
id = "found"
skin = "short"
by = "mori"
at = "23:30"
text = "板が読めるって"
say = "気づいた人の投稿。"
when = "looked-board"
quotes = "photo"

[[node]]
id = "n1"
show = ["photo"]
ask = "どうしますか。"

  [[node.choice]]
  id = "tell"
  text = "本人に伝える"
  grade = "best"
  to = "n2"
  why = "早いほど広がりません。"
  cite = "C1"
  cost = 5
  act = "talk"
  contact = "night-duty"
  move = { spread = -3 }

  [[node.choice]]
  id = "point"
  text = "板のことを本人だけに知らせる"
  grade = "ok"
  to = "n2"
  why = "気づいたことを伝えています。"
  cite = "C1"
  cost = 5
  if = "looked-board"

  [[node.choice]]
  id = "share"
  text = "回す"
  grade = "risky"
  to = "fork"
  why = "止められない場所に広がります。"
  cite = "C1"
  cost = 20
  move = { spread = 5 }

[[node]]
id = "fork"
tell = "少しして、返事が届きました。"
to = "n2"

  [[node.turn]]
  if = ["spread >= 3", "!looked-board"]
  to = "wide"

[[node]]
id = "wide"
tell = "知らない人にも届いています。"
to = "n2"

[[node]]
id = "n2"
ask = "つぎは、どうしますか。"

  [[node.choice]]
  id = "go-on"
  text = "続ける"
  grade = "best"
  to = "good"
  why = "約束のとおりです。"
  cite = "C1"
  cost = 15

  [[node.choice]]
  id = "wait"
  text = "待つ"
  grade = "risky"
  to = "good"
  why = "待つ間に広がります。"
  cite = "C1"
  cost = 15

  [[node.choice]]
  id = "same"
  text = "もう一度見る"
  grade = "risky"
  to = "good"
  why = "見るだけでは変わりません。"
  cite = "C1"
  cost = 15

[[node]]
id = "good"
end = true
tell = "夜が明けました。"
"#;

fn module() -> Module {
    let mut sources = small::edited(
        "modules/m2-night/module.toml",
        "steps = [",
        "steps = [\"closer\", \"debrief:closer\", ",
    );
    sources.extend([("modules/m2-night/closer.toml".to_owned(), STORY.to_owned())]);
    let catalogue = Catalogue::read(&sources).unwrap_or_else(|faults| panic!("{faults:?}"));
    catalogue.module("m2-night").expect("the module").clone()
}

fn node<'m>(walk: &Walk<'m>) -> NodePlace<'m> {
    match walk.place() {
        Place::Node(place) => place,
        place => panic!("not in a story but at {place:?}"),
    }
}

fn look(id: &str) -> Response {
    Response::Look(id.to_owned())
}

fn offered(walk: &Walk<'_>) -> Vec<String> {
    node(walk).choices.iter().map(|choice| choice.id.clone()).collect()
}

#[test]
fn looking_answers_nothing_and_costs_nothing_but_what_it_brings_to_light_counts() {
    let module = module();
    let mut walk = Walk::begin(&module, 1);
    assert_eq!(offered(&walk), ["tell", "share"]);
    let before = (walk.progress(), walk.outcome(), node(&walk).clock);
    let visit = walk.answer(look("board")).unwrap();
    assert_eq!((visit.judged.grade, visit.judged.of), (None, 0));
    assert_eq!(visit.arrived.iter().map(|post| post.id.as_str()).collect::<Vec<_>>(), ["found"]);
    assert_eq!((walk.progress(), walk.outcome(), node(&walk).clock), before);
    assert_eq!(offered(&walk), ["tell", "point", "share"]);
    assert_eq!(node(&walk).looked, ["board"]);
    assert_eq!(node(&walk).fresh, ["found"]);
}

#[test]
fn the_same_thing_is_looked_at_once_and_only_what_is_there() {
    let module = module();
    let mut walk = Walk::begin(&module, 1);
    walk.answer(look("board")).unwrap();
    assert_eq!(walk.answer(look("board")).map(|_| ()), Err(Refusal::Repeated("board".to_owned())));
    assert_eq!(walk.answer(look("roof")).map(|_| ()), Err(Refusal::Unknown("roof".to_owned())));
}

#[test]
fn what_was_looked_at_cannot_be_taken_back_as_an_answer() {
    let module = module();
    let mut walk = Walk::begin(&module, 1);
    walk.answer(look("board")).unwrap();
    assert_eq!(walk.answer(Response::Again).map(|_| ()), Err(Refusal::NothingToRepeat));
}

#[test]
fn a_meter_moves_within_its_ends_and_remembers_where_it_stood() {
    let module = module();
    let mut walk = Walk::begin(&module, 1);
    let at = |walk: &Walk<'_>| {
        node(walk).meters.iter().map(|meter| (meter.before, meter.value)).collect::<Vec<_>>()
    };
    assert_eq!(at(&walk), [(1, 1)]);
    walk.answer(choose("share")).unwrap();
    assert_eq!(at(&walk), [(1, 3)]);
    let mut careful = Walk::begin(&module, 1);
    careful.answer(choose("tell")).unwrap();
    assert_eq!(at(&careful), [(1, 0)]);
}

#[test]
fn counts_below_a_post_follow_the_story_and_the_last_change_that_holds_wins() {
    let module = module();
    let mut walk = Walk::begin(&module, 1);
    let count = |walk: &Walk<'_>| node(walk).counts["photo"];
    assert_eq!(count(&walk), Stats { like: 2, reply: 0, share: 0 });
    walk.answer(choose("share")).unwrap();
    // 20 minutes: wide, but not for long.
    assert_eq!(count(&walk), Stats { like: 40, reply: 3, share: 9 });
}

#[test]
fn narration_forks_by_what_was_done_and_seen() {
    let module = module();
    let told = |walk: &Walk<'_>| node(walk).told.iter().map(|text| text.ja.clone()).collect::<Vec<_>>();
    let mut blind = Walk::begin(&module, 1);
    blind.answer(choose("share")).unwrap();
    assert_eq!(told(&blind), ["少しして、返事が届きました。", "知らない人にも届いています。"]);
    let mut aware = Walk::begin(&module, 1);
    aware.answer(look("board")).unwrap();
    aware.answer(choose("share")).unwrap();
    assert_eq!(told(&aware), ["少しして、返事が届きました。"]);
}

#[test]
fn the_look_back_tells_what_was_seen_and_what_was_there_to_see() {
    let module = module();
    let mut walk = Walk::begin(&module, 1);
    walk.answer(look("who")).unwrap();
    walk.answer(choose("tell")).unwrap();
    walk.answer(choose("go-on")).unwrap();
    let Place::Debrief(debrief) = walk.place() else { panic!("a debrief") };
    let looks: Vec<_> = debrief.looks.iter().map(|looked| (looked.look.id.as_str(), looked.seen)).collect();
    assert_eq!(looks, [("board", false), ("who", true)]);
    assert_eq!(debrief.meters.iter().map(|meter| meter.value).collect::<Vec<_>>(), [0]);
    assert_eq!(debrief.path.iter().map(|step| step.grade).collect::<Vec<_>>(), [Grade::Best, Grade::Best]);
}

#[test]
fn the_setting_is_told_in_words_of_ones_own_work_and_judged_the_same() {
    let module = module();
    let scenario = module.scenario("closer").expect("the story");
    assert_eq!(scenario.setup_for(None).ja, "病棟の詰所です。");
    assert_eq!(scenario.setup_for(Some(Role::Nurse)).ja, "病棟の詰所です。");
    assert_eq!(scenario.setup_for(Some(Role::Doctor)).ja, "医事課の窓口です。");
}

#[test]
fn a_condition_reads_back_as_it_is_written() {
    for text in ["told", "!told", "minutes >= 20", "spread < 2"] {
        let condition: Condition = text.parse().unwrap();
        assert_eq!(condition.to_string(), text);
    }
    assert_eq!("spread > 2".parse::<Condition>().unwrap().to_string(), "spread >= 3");
    assert_eq!("spread <= 2".parse::<Condition>().unwrap().to_string(), "spread < 3");
    for nonsense in ["", "Told", "!!told", "spread >=", "spread = 2", "spread >= many", "a b"] {
        assert!(nonsense.parse::<Condition>().is_err(), "{nonsense}");
    }
}

#[test]
fn one_condition_is_stored_as_the_flag_that_earlier_content_had() {
    let one: When = serde_json::from_str("\"told\"").unwrap();
    assert_eq!(serde_json::to_string(&one).unwrap(), "\"told\"");
    let two: When = serde_json::from_str("[\"told\",\"minutes >= 20\"]").unwrap();
    assert_eq!(serde_json::to_string(&two).unwrap(), "[\"told\",\"minutes >= 20\"]");
}

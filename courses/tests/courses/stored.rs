//! Attempts that were stored by an earlier version. They must read today as they were shown then.
//!
//! Each folder of `tests/stored` holds a pinned module, the responses and what was shown and judged. A folder is
//! never changed. Run with `STORE=1` to write folders that are not there yet.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kokoroe_courses::{Module, Place, Response, Walk};

use crate::answers::{finish, some};
use crate::small;

const SEED: u64 = 20_260_401;

/// Everything a learner saw and everything that was judged, as text.
fn transcript(walk: &Walk<'_>) -> String {
    let mut text = String::new();
    for visit in walk.visits() {
        let response = serde_json::to_string(&visit.response).unwrap();
        let judged = &visit.judged;
        let _ = writeln!(text, "{} {} {response}", visit.turn, shown(&visit.place));
        let grade = judged.grade.map_or_else(String::new, |grade| format!("{grade:?} "));
        let remarks: Vec<_> =
            judged.remarks.iter().map(|remark| format!("{}{:?}", remark.rule, remark.quotes)).collect();
        let _ = writeln!(
            text,
            "  {grade}{}/{} resolved={} {}",
            judged.points,
            judged.of,
            judged.resolved,
            remarks.join(" ")
        );
        if let Some((before, after)) = visit.clock {
            let arrived: Vec<_> = visit.arrived.iter().map(|post| post.id.as_str()).collect();
            let _ = writeln!(text, "  {before}-{after} {}", arrived.join(" "));
        }
    }
    let outcome = walk.outcome();
    let _ = writeln!(text, "{}/{} finished={}", outcome.points, outcome.of, walk.is_finished());
    text
}

fn shown(place: &Place<'_>) -> String {
    let ids = |choices: &[&kokoroe_courses::Choice]| {
        choices.iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(",")
    };
    let name = place.question().unwrap_or_default();
    match place {
        Place::Diagnosis(offer) => format!("diagnosis {} for {}", offer.questions, offer.pages),
        Place::Read(reading) => format!("read {}", reading.id),
        Place::Item(item) => {
            let cards: Vec<_> = item.cards.iter().map(|card| card.id.as_str()).collect();
            format!("item {name} [{}{}]", ids(&item.choices), cards.join(","))
        }
        Place::Node(node) => format!("node {name} [{}] fresh={:?}", ids(&node.choices), node.fresh),
        Place::Debrief(debrief) => {
            format!("debrief {} {} of {}", debrief.scenario.id, debrief.minutes, debrief.recommended_minutes)
        }
        Place::Question(question) => {
            format!("question {}.{} {name} [{}]", question.round, question.number, ids(&question.choices))
        }
        Place::TestResult(result) => format!("result {result:?}"),
        Place::End => "end".to_owned(),
    }
}

fn folder(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stored").join(id)
}

/// Stores an attempt of today, unless its folder is there.
fn store(id: &str) {
    let folder = folder(id);
    if env::var_os("STORE").is_none() || folder.exists() {
        return;
    }
    let module = small::module(id);
    let mut walk = Walk::begin(&module, SEED);
    for number in [7, 2, 0, 31, 10, 5, 1, 0, 2, 21, 3, 1, 2] {
        let response = some(&walk.place(), number);
        let _ = walk.answer(response);
    }
    finish(&mut walk, 60);
    let responses: Vec<_> = walk.visits().iter().map(|visit| &visit.response).collect();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("module.json"), module.canonical()).unwrap();
    fs::write(folder.join("responses.json"), serde_json::to_string_pretty(&responses).unwrap()).unwrap();
    fs::write(folder.join("shown.txt"), transcript(&walk)).unwrap();
}

#[test]
fn stored_attempts_read_as_they_were_shown() {
    for id in ["m1-day", "m2-night", "final-test"] {
        store(id);
        let folder = folder(id);
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let module = Module::from_canonical(&read("module.json")).unwrap();
        let responses: Vec<Response> = serde_json::from_str(&read("responses.json")).unwrap();
        let walk = Walk::replay(&module, SEED, &responses).unwrap();
        assert_eq!(transcript(&walk), read("shown.txt"), "{id} reads differently than it was shown");
        assert!(walk.is_finished());
        assert_eq!(module.canonical(), read("module.json"), "new fields are left out when they say nothing");
    }
}

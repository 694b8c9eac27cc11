//! What the check counts, and the shape of its JSON document.

use std::collections::BTreeMap;

use kokoroe_courses::{Share, Sources, check};
use serde_json::{Value, json};

use crate::small::{edited, sources, translated};

fn document(sources: &Sources) -> Value {
    serde_json::to_value(check(sources)).unwrap()
}

#[test]
fn the_document_has_the_documented_shape() {
    let document = document(&sources());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        keys(&document),
        ["clauses", "counts", "faults", "harmless", "kinds", "languages", "modules", "test"]
    );
    assert_eq!(document["faults"], json!([]));
    assert_eq!(
        keys(&document["modules"][0]),
        ["harmless", "id", "kinds", "listed", "minutes", "minutes_by_words", "questions", "steps", "title"]
    );
    assert_eq!(keys(&document["clauses"][0]), ["families", "id", "items", "questions", "title"]);
    assert_eq!(keys(&document["languages"]), ["easy", "en", "texts"]);
    assert_eq!(keys(&document["languages"]["en"]), ["missing", "stale", "translated"]);
    assert_eq!(keys(&document["test"]), ["clauses", "drawn", "families", "harmless", "musts", "variants"]);
    assert_eq!(keys(&document["harmless"]), ["harmless", "of"]);
}

#[test]
fn a_fault_says_its_file_line_severity_and_message() {
    let document =
        document(&translated(edited("modules/m1-day/quiz.toml", "昼休みの食堂です。", "昼休みの食堂です！")));
    let fault = &document["faults"][0];
    assert_eq!(fault["file"], "modules/m1-day/quiz.toml");
    assert_eq!(fault["severity"], "warning");
    assert!(fault["line"].is_u64() && fault["message"].is_string());
}

#[test]
fn steps_questions_kinds_and_clauses_are_counted() {
    let survey = check(&sources()).survey;
    let day = &survey.modules[0];
    assert_eq!(
        (day.id.as_str(), day.listed, day.steps, day.questions, day.minutes),
        ("m1-day", true, 8, 9, 5)
    );
    let kinds: Vec<_> = day.kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(
        kinds,
        [("branch", 1), ("confidence", 1), ("draft", 1), ("hotspot", 1), ("judge", 1), ("order", 1)]
    );
    assert_eq!(survey.kinds["crisis"], 1);
    let pool: BTreeMap<_, _> =
        survey.clauses.iter().map(|clause| (clause.id.clone(), clause.families)).collect();
    assert_eq!(pool, survey.test.clauses, "the pool is the same, counted twice");
    assert_eq!((survey.test.families, survey.test.variants, survey.test.drawn), (16, 34, 10));
    let asked: usize = survey.clauses.iter().map(|clause| clause.questions).sum();
    assert_eq!(asked, 8, "each question of a story is about the clause of its best choice");
}

#[test]
fn a_case_is_harmless_if_its_best_answer_leaves_it() {
    let file = "modules/m1-day/quiz.toml";
    let share = |sources: &Sources| check(sources).survey.modules[0].harmless;
    assert_eq!(share(&sources()), Share { harmless: 1, of: 5 }, "the quiz and four questions of the story");
    let spoken = edited(file, "\"このままでよい\"", "\"弁当を楽しむ\"");
    assert_eq!(share(&spoken), Share { harmless: 0, of: 5 }, "nothing in the file says so");
    let marked = edited(file, "text = \"このままでよい\"", "act = \"wait\"\ntext = \"弁当を楽しむ\"");
    assert_eq!(share(&marked), Share { harmless: 1, of: 5 }, "the act says so");
}

#[test]
fn a_translation_is_current_stale_or_missing() {
    let file = "modules/m1-day/quiz.toml";
    let all = check(&sources()).survey.languages;
    assert_eq!((all.en.translated, all.en.stale, all.en.missing), (all.texts, 0, 0));
    let stale = check(&edited(file, "昼休みの食堂です。", "昼の食堂です。")).survey.languages;
    assert_eq!((stale.en.translated, stale.en.stale), (all.texts - 1, 1));
    let english = "modules/m1-day/quiz.en.toml";
    let missing = check(&edited(english, "[\"scene\"]", "[\"scenery\"]")).survey.languages;
    assert_eq!((missing.en.translated, missing.en.missing), (all.texts - 1, 1));
}

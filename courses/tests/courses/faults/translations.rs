//! Translations.

use super::*;

const ENGLISH: &str = "modules/m1-day/quiz.en.toml";

/// As [`error`], but nothing follows the change.
fn as_is(file: &str, from: &str, to: &str, found_in: &str, at: &str, says: &str) {
    expect(&replaced(sources(), file, from, to), Severity::Error, found_in, at, says);
}

#[test]
fn every_text_has_its_english() {
    let source = sources().get(ENGLISH).unwrap().to_owned();
    let block = &source[..source.find("[\"ask\"]").unwrap()];
    as_is(
        ENGLISH,
        block,
        "",
        QUIZ,
        "scene",
        "the English of `scene` is missing; it is wanted in modules/m1-day/quiz.en.toml",
    );
    as_is(ENGLISH, "en = \"The canteen at noon.\"", "", ENGLISH, "[\"scene\"]", "`scene` has no English");
    as_is(
        "modules/m1-day/reply.en.toml",
        "list = [\"your mother\", \"admitted\"]",
        "",
        "modules/m1-day/reply.en.toml",
        "[\"confirm.any\"]",
        "is a list of words",
    );
}

#[test]
fn a_file_without_any_english_is_named_once() {
    let sources: Sources = sources().iter().filter(|(path, _)| *path != ENGLISH).collect();
    expect(
        &sources,
        Severity::Error,
        QUIZ,
        "",
        "11 texts wait for their English; write modules/m1-day/quiz.en.toml",
    );
}

#[test]
fn a_translation_of_an_older_text_is_named_with_the_place_of_the_new_one() {
    let says = "this translates an older text; compare it with modules/m1-day/quiz.toml:7";
    as_is(QUIZ, "昼休みの食堂です。", "昼休みの廊下です。", ENGLISH, "[\"scene\"]", says);
    as_is(
        READ,
        "思いがけない",
        "思わぬ",
        "modules/m1-day/01-read.en.md",
        "",
        "compare it with modules/m1-day/01-read.md:1",
    );
    as_is(
        REPLY,
        "\"感謝\"]",
        "\"感謝\", \"お礼\"]",
        "modules/m1-day/reply.en.toml",
        "[\"thanks.none\"]",
        "older text",
    );
}

#[test]
fn translations_that_nobody_has_stamped_are_counted() {
    let mut sources = sources();
    let text = sources.get(ENGLISH).unwrap().to_owned();
    let unmarked: Vec<_> = text.lines().filter(|line| !line.starts_with("src")).collect();
    sources.extend([(ENGLISH, unmarked.join("\n"))]);
    expect(&sources, Severity::Error, ENGLISH, "", "11 translations are not stamped yet");
}

#[test]
fn a_translation_of_nothing_is_taken_out() {
    as_is(
        ENGLISH,
        "[\"ask\"]",
        "[\"asks\"]\nen = \"x\"\n[\"ask\"]",
        ENGLISH,
        "[\"asks\"]",
        "`asks` translates nothing in modules/m1-day/quiz.toml",
    );
}

#[test]
fn a_translation_has_its_key_in_quotation_marks_and_only_its_fields() {
    let source = sources().get(ENGLISH).unwrap().to_owned();
    assert!(source.contains("[\"p1.say\"]"));
    let sources = replaced(sources(), ENGLISH, "[\"p1.say\"]", "[p1.say]");
    let said: Vec<_> = check(&sources).faults.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].contains("in quotation marks") && said[1].contains("`p1.say` is missing"), "{said:#?}");
    as_is(
        ENGLISH,
        "en = \"The canteen at noon.\"",
        "en = \"x\"\nby = \"me\"",
        ENGLISH,
        "by = ",
        "take `by` out",
    );
    let broken = replaced(crate::small::sources(), ENGLISH, "[\"scene\"]", "[\"scene\"");
    expect(&broken, Severity::Error, ENGLISH, "[\"scene\"", "this is not TOML");
}

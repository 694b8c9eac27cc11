//! The pool of the final test.

use super::*;

/// The pool with one of its families, or one of its variants, taken out.
fn shortened(from: &str, to: &str) -> Sources {
    let sources = sources();
    let text = sources.get(POOL).unwrap();
    let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap());
    let short = format!("{}{}", &text[..start], &text[end..]);
    let mut sources = sources.clone();
    sources.extend([(POOL, short)]);
    translated(sources)
}

fn said(sources: &Sources) -> Vec<String> {
    check(sources).faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_pool_is_wide_enough() {
    let said = said(&shortened("[[family]]\nid = \"f15\"", "[[family]]\nid = \"f16\""));
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(
        said[0]
            .starts_with("final-test/module.toml:6: error: the pool has 15 families; it needs at least 16")
    );
    assert!(
        said[1]
            .starts_with("final-test/module.toml:6: error: the pool has 32 variants; it needs at least 34")
    );
}

#[test]
fn a_family_has_another_variant_for_who_is_asked_again() {
    let text = sources().get(POOL).unwrap().to_owned();
    let family = text.find("id = \"f16\"").unwrap();
    let second = family + text[family..].find("  [[family.variant]]\n  id = \"b\"").unwrap();
    let mut sources = sources();
    sources.extend([(POOL, &text[..second])]);
    let said = said(&translated(sources));
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].contains("33 variants"), "{said:#?}");
    assert!(said[1].contains("`f16` needs at least 2 variants"), "{said:#?}");
}

#[test]
fn a_test_question_has_four_choices_of_which_one_is_the_best() {
    let choice = "    [[family.variant.choice]]\n    id = \"d\"\n    text = \"広める\"\n    grade = \"harm\"\n    why = \"約束のとおりです。\"\n    cite = \"C1\"\n";
    error(POOL, &[(choice, "")], "id = \"a\"", "a test question has 4 choices; this one has 3");
    error(POOL, &[("grade = \"ok\"", "grade = \"best\"")], "id = \"a\"", "exactly one choice is `best`");
}

#[test]
fn every_clause_is_tested() {
    let sources =
        replaced(sources(), CLAUSES, "## 第2条", "## 第3条 休み {#C3}\n\n休みの日も同じです。\n\n## 第2条");
    let sources = replaced(
        sources,
        "policy/sns/en.md",
        "## Article 2",
        "## Article 3 {#C3}\n\nDays off too.\n\n## Article 2",
    );
    let said = said(&translated(sources));
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].contains("final-test/module.toml:6: error: no family tests the clause C3"), "{said:#?}");
    assert!(
        said[1].contains("policy/sns/ja.md:12: warning: 0 items and questions of stories are about C3"),
        "{said:#?}"
    );
}

#[test]
fn at_most_five_families_are_a_must() {
    let must = |id: &str| {
        let from = Box::leak(format!("id = \"{id}\"\nclause").into_boxed_str()) as &'static str;
        let to = Box::leak(format!("id = \"{id}\"\nmust = true\nclause").into_boxed_str()) as &'static str;
        (from, to)
    };
    let edits = [must("f3"), must("f4"), must("f5"), must("f6")];
    let sources = edits.iter().fold(sources(), |sources, (from, to)| replaced(sources, POOL, from, to));
    expect(&sources, Severity::Error, TEST, "draw", "6 families are a must; at most 5 are");
}

#[test]
fn a_test_draws_what_it_has_and_asks_for_something() {
    error(TEST, &[("draw = 10", "draw = 17")], "draw", "17 families cannot be drawn from 16");
    error(TEST, &[("draw = 10", "draw = 0")], "draw", "the test asks nothing");
    error(
        TEST,
        &[("pass_percent = 80", "pass_percent = 0")],
        "pass_percent",
        "asks for nothing proves nothing",
    );
    error(TEST, &[("pass_percent = 80", "pass_percent = 101")], "pass_percent", "from 0 to 100");
}

#[test]
fn a_quarter_of_the_families_is_harmless() {
    let text = sources().get(POOL).unwrap().replace("このままでよい", "当直に伝える");
    let mut sources = sources();
    sources.extend([(POOL, text)]);
    expect(&translated(sources), Severity::Warning, TEST, "draw", "here 0 of 16 are");
}

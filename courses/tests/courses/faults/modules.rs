//! The course, its modules, its pages and its policy.

use super::*;

const COURSE: &str = "course.toml";
const LIST: &str = "[\"m1-day\", \"m2-night\", \"m3-kinds\", \"final-test\"]";

fn with(path: &str, text: &str) -> Sources {
    let mut sources = sources();
    sources.extend([(path, text)]);
    sources
}

fn without(path: &str) -> Sources {
    sources().iter().filter(|(found, _)| *found != path).collect()
}

#[test]
fn files_that_are_named_are_there() {
    for path in [COURSE, "incidents.toml", "contacts.toml", "glossary.toml", CLAUSES] {
        let faults = check(&without(path)).faults;
        assert!(
            faults.iter().any(|fault| fault.file == path && fault.message.contains("missing")),
            "{faults:#?}"
        );
    }
    let sources =
        replaced(sources(), COURSE, LIST, "[\"m1-day\", \"m2-night\", \"m3-kinds\", \"m3\", \"final-test\"]");
    expect(&sources, Severity::Error, "modules/m3/module.toml", "", "this file is missing");
}

#[test]
fn the_course_lists_every_module_once() {
    let sources = replaced(sources(), COURSE, LIST, "[\"m1-day\", \"m3-kinds\", \"final-test\"]");
    let file = "modules/m2-night/module.toml";
    expect(&sources, Severity::Error, file, "id = ", "the course does not list this module; add `m2-night`");
    error(
        COURSE,
        &[(LIST, "[\"m1-day\", \"m1-day\", \"m2-night\", \"m3-kinds\", \"final-test\"]")],
        "modules",
        "listed twice",
    );
}

#[test]
fn a_module_that_is_swapped_for_another_names_one_that_exists() {
    error(
        DAY,
        &[("minutes = 5", "minutes = 5\ncare = \"disaster\"\nswap = \"m3\"")],
        "swap",
        "there is no module `m3` to take instead",
    );
}

#[test]
fn what_comes_back_after_a_module_is_in_the_pool() {
    error(
        DAY,
        &[("minutes = 5", "minutes = 5\nrecall = [\"no-such-family\"]")],
        "recall",
        "there is no family `no-such-family` in the final test",
    );
}

#[test]
fn only_a_module_that_needs_care_is_swapped_and_not_for_itself() {
    let swap = |line| [("minutes = 5", line)];
    error(DAY, &swap("minutes = 5\nswap = \"m2-night\""), "swap", "only where the subject needs care");
    let own = "minutes = 5\ncare = \"abuse\"\nswap = \"m1-day\"";
    error(DAY, &swap(own), "swap", "a module cannot be taken instead of itself");
}

#[test]
fn a_step_is_listed_once() {
    error(
        DAY,
        &[("\"quiz-sure\", ", "\"quiz-sure\", \"quiz-sure\", ")],
        "steps",
        "the step `quiz-sure` is listed twice",
    );
}

#[test]
fn a_module_has_steps() {
    let faults = check(&replaced(
        sources(),
        "modules/m2-night/module.toml",
        "steps = [\"night\", \"debrief:night\"]",
        "steps = []",
    ))
    .faults;
    assert!(faults.iter().any(|fault| fault.message.contains("list the steps of the module")), "{faults:#?}");
}

#[test]
fn every_story_is_looked_back_at_once_and_afterwards() {
    error(DAY, &[("\"debrief:ward-page\", ", "")], "steps", "add \"debrief:ward-page\" after it");
    let edits = [("\"ward-page\", \"debrief:ward-page\"", "\"debrief:ward-page\", \"ward-page\"")];
    let sources = replaced(sources(), DAY, edits[0].0, edits[0].1);
    assert_eq!(check(&sources).faults.len(), 2, "it looks back too early, and not afterwards");
    error(
        DAY,
        &[("\"quiz\", ", "\"debrief:quiz\", \"quiz\", ")],
        "steps",
        "`debrief:quiz` has to follow the scenario",
    );
}

#[test]
fn every_file_is_used() {
    let says = "no step uses this file";
    let path = "modules/m1-day/02-read.md";
    expect(&with(path, "# 題\n\n文です。\n"), Severity::Error, path, "", says);
    let path = "modules/m1-day/old.svg";
    expect(&with(path, "<svg viewBox=\"0 0 1 1\"></svg>"), Severity::Error, path, "", says);
    let path = "final-test/extra.toml";
    expect(&with(path, ""), Severity::Error, path, "", says);
    let path = "final-test/pool-old.en.toml";
    expect(&with(path, ""), Severity::Error, path, "", "this translates a file that is not there");
}

#[test]
fn what_needs_care_says_so_first() {
    let sources = replaced(sources(), "modules/m2-night/module.toml", "care = \"suicide\"\n", "");
    let file = "modules/m2-night/module.toml";
    expect(&sources, Severity::Error, file, "id = ", "write the same care in module.toml");
}

#[test]
fn an_actor_is_the_same_person_in_the_whole_module() {
    let edits = [("id = \"hana\"", "id = \"yuki\""), ("by = \"hana\"", "by = \"yuki\"")];
    error(QUIZ, &edits, "id = \"yuki\"", "the actor `yuki` is ゆき (@yuki) elsewhere in this module");
}

#[test]
fn a_page_is_one_screen() {
    let long = Box::leak(format!("> {}。\n> 白い板に", "あいうえおかきくけこ、".repeat(30)).into_boxed_str());
    let sources = replaced(sources(), READ, "> 白い板に", long);
    let faults = check(&translated(sources)).faults;
    assert!(faults.iter().any(|fault| fault.message.contains("300 are one screen")), "{faults:#?}");
}

#[test]
fn a_page_holds_only_what_is_shown() {
    let line = "> 白い板に気づいたのは、\n> 退院した人でした。";
    let shown = "only headings, paragraphs, lists";
    for (text, at, says) in [
        ("<b>太字", "<b>", "HTML is not shown"),
        ("<div>箱</div>", "<div>", "HTML is not shown"),
        ("これは*斜め*です。", "これは*", "one star is not shown"),
        ("[外](page.html)へ。", "[外]", "addresses are not shown"),
        ("![絵](x.svg)", "![絵]", shown),
        ("`記号`です。", "`記号`", shown),
        ("- 一つ\n  - 二つ\n", "- 一つ", "a list inside a list"),
        ("これは**「強い」**と思います。", "これは**", "the stars here do not make strong words"),
    ] {
        let faults = check(&translated(replaced(sources(), READ, line, text))).faults;
        let found = faults.iter().any(|fault| fault.file == READ && fault.message.contains(says));
        assert!(found, "{text}: {faults:#?}");
        let sources = replaced(sources(), READ, line, text);
        let expected = line_of(&sources, READ, at);
        let lines: Vec<_> = faults.iter().filter(|f| f.message.contains(says)).map(|f| f.line).collect();
        assert!(lines.iter().all(|line| (expected..=expected + 1).contains(line)), "{text}: {lines:?}");
    }
    let faults = check(&translated(replaced(sources(), READ, "# 写真の奥を見る\n", ""))).faults;
    assert!(faults.iter().any(|fault| fault.message.contains("starts with its title")), "{faults:#?}");
}

#[test]
fn a_policy_has_a_day_statements_and_clauses_with_ids() {
    error(POLICY, &[("\"2026-04-01\"", "\"2026-4-1\"")], "effective", "has to be a day");
    let faults = check(&translated(replaced(sources(), CLAUSES, " {#C1}", ""))).faults;
    assert!(
        faults.iter().any(|f| f.file == CLAUSES && f.line == 5 && f.message.contains("ends with its id"))
    );
    let faults = check(&translated(replaced(sources(), CLAUSES, "{#C2}", "{#C1}"))).faults;
    assert!(
        faults.iter().any(|f| f.file == CLAUSES && f.line == 12 && f.message.contains("is there already"))
    );
    let statement = "[[statement]]\nid = \"read\"\ntext = \"SNS利用規程を読みました。\"\n";
    error(POLICY, &[(statement, "")], "id = ", "the signer ticks nothing");
}

#[test]
fn a_policy_has_the_same_clauses_in_both_languages() {
    let file = "policy/sns/en.md";
    let sources = replaced(sources(), file, "{#C2}", "{#C3}");
    let said: Vec<_> = check(&sources).faults.into_iter().map(|fault| (fault.line, fault.message)).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1.contains("the clause C2 is missing"), "{said:?}");
    assert!(said[1].0 == 13 && said[1].1.contains("C3 does not exist in Japanese"), "{said:?}");
}

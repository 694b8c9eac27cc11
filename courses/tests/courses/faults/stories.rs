//! Stories: every way through ends well, and nobody gets around what matters.

use super::*;

#[test]
fn every_node_can_be_reached() {
    error(
        PAGE,
        &[("to = \"n1-back\"", "to = \"n1\"")],
        "id = \"n1-back\"",
        "nothing leads to the node `n1-back`",
    );
}

#[test]
fn every_node_named_exists() {
    error(PAGE, &[("start = \"open\"", "start = \"opening\"")], "start", "there is no node `opening`");
    error(PAGE, &[("to = \"n1\"", "to = \"n0\"")], "to = \"n0\"", "there is no node `n0`");
    error(PAGE, &[("to = \"n4\"", "to = \"n9\"")], "to = \"n9\"", "there is no node `n9`");
}

#[test]
fn narration_does_not_go_round_in_a_circle() {
    let from = "tell = \"少し前に戻って考えます。\"\nto = \"n4\"\nhide = [\"shot\"]";
    let to = "tell = \"少し前に戻って考えます。\"\nto = \"n4-back\"";
    error(PAGE, &[(from, to)], "id = \"n4-back\"", "goes round in a circle");
}

#[test]
fn every_way_leads_to_an_ending() {
    let edits = [
        ("grade = \"best\"\n  to = \"n4\"", "grade = \"best\"\n  to = \"n3-back\""),
        ("end = true\n", "to = \"n1\"\n"),
    ];
    let sources = edits.iter().fold(sources(), |sources, (from, to)| replaced(sources, PAGE, from, to));
    let report = check(&sources);
    let dead =
        report.faults.iter().filter(|fault| fault.message.contains("no way leads to an ending")).count();
    assert_eq!((dead, report.faults.len()), (10, 10), "{:#?}", report.faults);
}

#[test]
fn the_best_choices_reach_the_ending() {
    let edits = [("grade = \"best\"\n  to = \"good\"", "grade = \"best\"\n  to = \"n3\"")];
    error(PAGE, &edits, "id = \"n1\"", "from `n1` the best choices never reach an ending");
}

#[test]
fn harm_never_leads_to_an_ending() {
    let edits = [("to = \"n3\"\nhide = [\"shot\"]", "to = \"good\"")];
    error(PAGE, &edits, "to = \"n3-back\"", "a harmful choice leads to an ending");
}

#[test]
fn a_must_cannot_be_walked_around() {
    let edits = [("grade = \"risky\"\n  to = \"n2\"", "grade = \"risky\"\n  to = \"n3\"")];
    error(PAGE, &edits, "must = true", "an ending can be reached without `n2`");
}

#[test]
fn a_poor_answer_to_a_must_leads_back_to_it() {
    error(PAGE, &[("to = \"n2-back\"", "to = \"n3\"")], "to = \"n3\"", "lead it back to `n2`");
    error(
        PAGE,
        &[("tell = \"静かな時間です。\"", "must = true\ntell = \"静かな時間です。\"")],
        "must",
        "only a question can be a must",
    );
}

#[test]
fn a_node_asks_tells_or_ends() {
    error(PAGE, &[("end = true\n", "")], "id = \"good\"", "asks nothing; give it either to");
    error(
        PAGE,
        &[("end = true\n", "end = true\nto = \"n1\"\n")],
        "id = \"good\"",
        "asks nothing; give it either to",
    );
    error(PAGE, &[("ask = \"1", "end = true\nask = \"1")], "id = \"n1\"", "its choices say where it goes");
    error(
        PAGE,
        &[("ask = \"1番目に、どうしますか。\"\n", "")],
        "id = \"n1\"",
        "both ask and [[node.choice]], or neither",
    );
    error(
        PAGE,
        &[("tell = \"少し前に戻って考えます。\"\n", "")],
        "id = \"n1-back\"",
        "narration without words",
    );
    error(
        PAGE,
        &[("tell = \"当直が引き継ぎました。\"\n", "")],
        "id = \"good\"",
        "an ending tells how the story ends",
    );
}

#[test]
fn narration_hides_only_what_can_be_missed() {
    error(
        PAGE,
        &[("hide = [\"shot\"]", "hide = [\"call\"]")],
        "hide",
        "`call` is the best choice of `n1` and has to stay",
    );
    error(
        PAGE,
        &[("hide = [\"shot\"]", "hide = [\"shoot\"]")],
        "hide",
        "the question `n1` has no choice `shoot`",
    );
    error(PAGE, &[("end = true\n", "end = true\nhide = [\"x\"]\n")], "hide = [\"x\"]", "none follows here");
    error(PAGE, &[("ask = \"1", "hide = [\"dm\"]\nask = \"1")], "hide = [\"dm\"]", "belongs to narration");
}

#[test]
fn the_recommended_path_has_four_to_six_questions() {
    let edits = [("grade = \"best\"\n  to = \"n4\"", "grade = \"best\"\n  to = \"good\"")];
    error(PAGE, &edits, "start", "the recommended path has 3 questions");
}

#[test]
fn a_question_has_three_or_four_choices_and_one_best() {
    let dm = "  [[node.choice]]\n  id = \"dm\"\n  text = \"一人で返事をする\"\n  grade = \"risky\"\n  to = \"n2\"\n  why = \"気持ちは自然です。約束は当直につなぐことです。\"\n  cite = \"C2\"\n";
    error(PAGE, &[(dm, "")], "id = \"n1\"", "a question has 3 or 4 choices; `n1` has 2");
    error(
        PAGE,
        &[("grade = \"risky\"", "grade = \"best\"")],
        "id = \"n1\"",
        "exactly one choice is `best`; here there are 2",
    );
    error(
        PAGE,
        &[("grade = \"best\"", "grade = \"ok\"")],
        "id = \"n1\"",
        "exactly one choice is `best`; here there are 0",
    );
}

#[test]
fn the_best_choice_stands_in_different_places() {
    let edits = [
        ("grade = \"best\"\n  to = \"n3\"", "grade = \"risky\"\n  to = \"n2-back\""),
        ("grade = \"risky\"\n  to = \"n2-back\"", "grade = \"best\"\n  to = \"n3\""),
        ("grade = \"best\"\n  to = \"good\"", "grade = \"ok\"\n  to = \"good\""),
        ("grade = \"risky\"\n  to = \"good\"", "grade = \"best\"\n  to = \"good\""),
    ];
    error(PAGE, &edits, "start", "the best choice stands in place 1 in 3 of 4 questions; mix the places");
}

#[test]
fn a_best_choice_is_always_offered() {
    let edits =
        [("grade = \"best\"\n  to = \"n4\"", "grade = \"best\"\n  unless = \"spread\"\n  to = \"n4\"")];
    error(
        PAGE,
        &edits,
        "id = \"call\"\n  text = \"当直に伝える\"\n  grade = \"best\"\n  unless",
        "the best choice is always offered",
    );
}

#[test]
fn posts_appear_and_those_named_exist() {
    error(PAGE, &[("show = [\"p1\"]", "show = [\"p1\", \"p9\"]")], "show", "there is no post `p9`");
    let post = "[[post]]\nid = \"p3\"";
    let more = "[[post]]\nid = \"p4\"\nskin = \"short\"\nby = \"yuki\"\nat = \"23:00\"\ntext = \"おやすみ\"\nsay = \"夜の投稿。\"\n\n[[post]]\nid = \"p3\"";
    error(PAGE, &[(post, more)], "id = \"p4\"", "the post `p4` never appears");
}

#[test]
fn flags_are_set_somewhere() {
    error(
        PAGE,
        &[("unless = \"spread\"", "unless = \"spred\"")],
        "unless",
        "no choice sets the flag `spred`",
    );
    error(PAGE, &[("unless = \"spread\"", "if = \"spred\"")], "if = ", "no choice sets the flag `spred`");
    error(PAGE, &[("when = \"spread\"", "when = \"spred\"")], "when", "no choice sets the flag `spred`");
}

#[test]
fn a_flag_that_nothing_asks_for_is_worth_a_look() {
    warning(
        PAGE,
        &[("set = [\"spread\"]", "set = [\"spread\", \"idle\"]")],
        "set = [",
        "nothing asks for the flag `idle`",
    );
}

#[test]
fn a_crisis_has_a_clock_and_nothing_else_does() {
    error(NIGHT, &[("[clock]\nstart = \"23:04\"\n", "")], "kind", "a crisis has a clock");
    error(
        PAGE,
        &[("[[actor]]", "[clock]\nstart = \"20:00\"\n\n[[actor]]")],
        "[clock]",
        "only a crisis has a clock",
    );
}

#[test]
fn actions_cost_minutes_in_a_crisis_only() {
    error(NIGHT, &[("  cost = 3\n", "")], "id = \"call\"", "every action in a crisis costs minutes");
    error(
        PAGE,
        &[("to = \"n2\"", "to = \"n2\"\n  cost = 4")],
        "cost",
        "without a clock nothing costs minutes",
    );
}

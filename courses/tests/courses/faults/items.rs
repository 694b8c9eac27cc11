//! Single items and their drawings.

use super::*;

const THIRD: &str = "[[choice]]\nid = \"share\"\ntext = \"病院の名前を添えて広める\"\ngrade = \"harm\"\nwhy = \"にぎやかにしたくなります。ただ、勤め先まで分かります。\"\ncite = \"C1\"\n";

#[test]
fn a_judge_has_three_or_four_choices() {
    error(QUIZ, &[(THIRD, "")], "[[choice]]", "a judge has 3 or 4 choices; this one has 2");
}

#[test]
fn exactly_one_choice_is_the_best() {
    error(QUIZ, &[("\"risky\"", "\"best\"")], "[[choice]]", "exactly one choice is `best`; here there are 2");
    error(QUIZ, &[("\"best\"", "\"ok\"")], "[[choice]]", "exactly one choice is `best`; here there are 0");
}

#[test]
fn a_post_of_an_item_has_no_flags() {
    error(QUIZ, &[("stats = ", "when = \"late\"\nstats = ")], "when", "an item has no flags");
}

#[test]
fn confidence_is_no_must_and_comes_after_what_it_is_about() {
    error(SURE, &[("about", "must = true\nabout")], "must", "this kind is never scored");
    error(
        SURE,
        &[("about = \"quiz\"", "about = \"photo\"")],
        "about",
        "no item `photo` comes before this one",
    );
}

#[test]
fn a_picture_has_eight_to_twelve_regions() {
    let region = "[[region]]\nid = \"shelf\"\nat = [790, 40, 90, 80]\nlabel = \"棚の箱\"\nwhy = \"箱に字はありません。\"\n";
    error(PHOTO, &[(region, "")], "[[region]]", "a picture has 8 to 12 regions; this one has 7");
}

#[test]
fn at_least_two_in_five_regions_are_harmless() {
    let leak = |why: &'static str| {
        (why, Box::leak(format!("leak = true\ncite = \"C1\"\n{why}").into_boxed_str()) as &'static str)
    };
    let edits = [leak("why = \"紙コップに心配はありません。\""), leak("why = \"植木に心配はありません。\"")];
    error(PHOTO, &edits, "[[region]]", "at least 40 % of the regions are harmless; here 3 of 8 are");
}

#[test]
fn a_region_can_be_hit_by_a_finger_and_lies_in_the_drawing() {
    error(PHOTO, &[("[20, 40, 90, 80]", "[20, 40, 59, 80]")], "at = ", "at least 60 wide and 60 high");
    error(PHOTO, &[("[20, 40, 90, 80]", "[20, 40, 90, 59]")], "at = ", "at least 60 wide and 60 high");
    error(PHOTO, &[("[20, 40, 90, 80]", "[911, 40, 90, 80]")], "at = ", "outside the drawing of 1000 × 700");
    error(PHOTO, &[("[20, 40, 90, 80]", "[20, 65535, 90, 80]")], "at = ", "outside the drawing");
}

#[test]
fn only_what_leaks_is_a_must_and_cites() {
    let cup = "why = \"紙コップに心配はありません。\"";
    error(
        PHOTO,
        &[(cup, "must = true\nwhy = \"紙コップに心配はありません。\"")],
        "must = true\nwhy = \"紙",
        "only a region with leak",
    );
    error(
        PHOTO,
        &[("読めます。\"\ncite = \"C1\"", "読めます。\"")],
        "id = \"board\"",
        "which clause speaks of it",
    );
}

#[test]
fn a_label_gives_nothing_away() {
    error(PHOTO, &[("文字が数行ならぶ", "患者名がならぶ")], "label", "「患者名」 gives the answer away");
}

#[test]
fn a_picture_has_its_drawing_in_its_size() {
    error(PHOTO, &[("[1000, 700]", "[1000, 800]")], "size", "the drawing has the viewBox \"0 0 1000 700\"");
    error(SVG, &[("</svg>", "<image href=\"x.png\"/></svg>")], "<image", "may only lead to a part of it");
}

#[test]
fn a_drawing_only_draws() {
    let add = |what: &'static str| {
        let to = Box::leak(format!("<g id=\"board\">\n{what}").into_boxed_str()) as &'static str;
        [("<g id=\"board\">", to)]
    };
    error(SVG, &add("<script>x</script>"), "<script", "`<script` is not allowed");
    error(SVG, &add("<foreignObject/>"), "<foreignObject", "a drawing holds no HTML");
    error(SVG, &add("<style>*{}</style>"), "<style", "use attributes such as fill");
    error(SVG, &add("<path style=\"fill:red\"/>"), "<path", "use attributes such as fill");
    error(SVG, &add("<path onclick=\"x\"/>"), "<path", "take the on… attribute out");
    error(
        SVG,
        &add("<use xlink:href='//elsewhere/x.svg#a'/>"),
        "<use xlink",
        "may only lead to a part of it",
    );
    error(SVG, &add("<path fill=\"url(http:x)\"/>"), "<path", "may only name a part of it");
}

#[test]
fn a_picture_names_a_drawing_that_is_there() {
    let mut sources = replaced(sources(), PHOTO, "image = \"photo.svg\"", "image = \"picture.svg\"");
    let svg = sources.get(SVG).unwrap().to_owned();
    sources.extend([(SVG, svg)]);
    let faults = check(&sources).faults;
    let said: Vec<_> = faults.iter().map(|fault| (fault.file.as_str(), fault.message.as_str())).collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].0 == SVG && said[0].1.contains("no step uses this file"), "{said:?}");
    assert!(said[1].0 == PHOTO && said[1].1.contains("no drawing `picture.svg`"), "{said:?}");
}

#[test]
fn an_order_has_four_to_six_different_cards() {
    let card = "[[card]]\nid = \"wait\"\ntext = \"指示を待つ\"\nwhy = \"動きがそろいます。\"\n";
    error(STEPS, &[(card, "")], "[[card]]", "an order has 4 to 6 cards; this one has 3");
    error(
        STEPS,
        &[("指示を待つ", "当直に電話する")],
        "text = \"当直に電話する\"\nwhy = \"動",
        "cannot be told apart",
    );
}

#[test]
fn a_draft_has_two_model_replies_that_its_rules_accept() {
    let model = "[[model]]\nid = \"warm\"\ntext = \"あたたかいお言葉に感謝します。ご相談は窓口までお寄せください。\"\nnote = \"だれのことかを言わずに、気持ちを返しています。\"\n";
    error(REPLY, &[(model, "")], "[[model]]", "a draft shows 2 model replies; this one has 1");
    error(
        REPLY,
        &[("お言葉に感謝します", "お言葉をいただきました")],
        "text = \"あたたかい",
        "the rule `thanks` objects",
    );
}

#[test]
fn a_rule_has_words_that_are_there_or_words_that_are_missed() {
    error(REPLY, &[("any = [\"お母様\", \"入院され\"]\n", "")], "level = \"must_fix\"", "needs either any");
    error(REPLY, &[("none = [", "any = [\"x\"]\nnone = [")], "level = \"improve\"", "needs either any");
}

#[test]
fn the_rules_of_a_draft_are_tried_on_three_samples() {
    let sample = "[[sample]]\nid = \"s2\"\ntext = \"窓口へどうぞ。\"\nfires = [\"thanks\", \"route\"]\n";
    error(REPLY, &[(sample, "")], "[[sample]]", "at least 3 samples; there are 2");
    error(REPLY, &[("fires = [\"confirm\"]", "fires = []")], "fires = []", "`confirm` speaks, though");
    error(
        REPLY,
        &[("fires = []", "fires = [\"route\"]")],
        "fires = [\"route\"]",
        "`route` is silent, though",
    );
    error(REPLY, &[("fires = []", "fires = [\"rout\"]")], "fires = [\"rout\"]", "there is no rule `rout`");
}

#[test]
fn a_draft_needs_room() {
    let sources = replaced(sources(), REPLY, "max = 60", "max = 0");
    assert!(check(&sources).faults.iter().any(|fault| fault.message.contains("a reply needs room")));
}

//! Looking through replies.

use kokoroe_courses::{Draft, Fires, Level, Remark, Rule, Text, Words};

fn words(list: &[&str]) -> Words {
    Words { ja: list.iter().map(|word| (*word).to_owned()).collect(), en: Vec::new() }
}

fn rule(id: &str, level: Level, fires: Fires, except: &[&str]) -> Rule {
    Rule { id: id.to_owned(), level, fires, except: words(except), why: Text::ja("理由"), cite: None }
}

fn draft(rules: Vec<Rule>) -> Draft {
    Draft { max: 140, rules, models: Vec::new() }
}

/// What a single rule quotes; none if it is silent.
fn quotes(fires: Fires, except: &[&str], reply: &str) -> Option<Vec<String>> {
    let remarks = draft(vec![rule("rule", Level::MustFix, fires, except)]).remarks(reply);
    remarks.into_iter().next().map(|remark: Remark| remark.quotes)
}

fn any(list: &[&str]) -> Fires {
    Fires::Any(words(list))
}

fn none(list: &[&str]) -> Fires {
    Fires::None(words(list))
}

#[test]
fn a_word_that_is_there_is_quoted() {
    assert_eq!(quotes(any(&["お母様"]), &[], "先週のお母様の件です"), Some(vec!["お母様".to_owned()]));
    assert_eq!(quotes(any(&["お母様"]), &[], "ご家族の件です"), None);
}

#[test]
fn half_width_and_full_width_are_the_same_and_the_writers_spelling_is_quoted() {
    assert_eq!(quotes(any(&["カルテ"]), &[], "ｶﾙﾃを見ました"), Some(vec!["ｶﾙﾃ".to_owned()]));
    assert_eq!(quotes(any(&["ガイド"]), &[], "ｶﾞｲﾄﾞです"), Some(vec!["ｶﾞｲﾄﾞ".to_owned()]));
    assert_eq!(
        quotes(any(&["ガイド"]), &[], "カ\u{3099}イト\u{3099}です"),
        Some(vec!["カ\u{3099}イト\u{3099}".to_owned()])
    );
    assert_eq!(quotes(any(&["MRI"]), &[], "ｍｒｉの日"), Some(vec!["ｍｒｉ".to_owned()]));
    assert_eq!(quotes(any(&["20時"]), &[], "２０時に"), Some(vec!["２０時".to_owned()]));
}

#[test]
fn spaces_and_line_breaks_inside_a_word_do_not_hide_it() {
    assert_eq!(quotes(any(&["お母様"]), &[], "お 母\n様へ"), Some(vec!["お 母\n様".to_owned()]));
    assert_eq!(quotes(any(&["call us"]), &[], "Please Call  Us now"), Some(vec!["Call  Us".to_owned()]));
}

#[test]
fn hiragana_and_katakana_stay_apart() {
    assert_eq!(quotes(any(&["カルテ"]), &[], "かるてを見ました"), None);
}

#[test]
fn one_sign_that_stands_for_several_is_quoted_as_it_was_written() {
    assert_eq!(quotes(any(&["株式会社"]), &[], "㍿です"), Some(vec!["㍿".to_owned()]));
    assert_eq!(quotes(any(&["会社"]), &[], "㍿です"), Some(vec!["㍿".to_owned()]));
}

#[test]
fn a_curly_apostrophe_is_an_apostrophe() {
    assert_eq!(quotes(any(&["can't"]), &[], "We can’t say."), Some(vec!["can’t".to_owned()]));
}

#[test]
fn words_inside_an_exception_do_not_count() {
    let exceptions = &["入院されている方すべて"];
    assert_eq!(quotes(any(&["入院され"]), exceptions, "入院されている方すべてに"), None);
    let both = "入院されている方すべてと、入院されたお母様に";
    assert_eq!(quotes(any(&["入院され"]), exceptions, both), Some(vec!["入院され".to_owned()]));
}

#[test]
fn an_exception_that_only_touches_a_word_does_not_excuse_it() {
    assert_eq!(
        quotes(any(&["転送します"]), &["師長に転送"], "師長に転送します"),
        Some(vec!["転送します".to_owned()])
    );
}

#[test]
fn words_that_overlap_are_quoted_once_and_whole() {
    let found = quotes(any(&["保存します", "します", "保存"]), &[], "あとで保存します。転送します。");
    assert_eq!(found, Some(vec!["保存します".to_owned(), "します".to_owned()]));
}

#[test]
fn the_same_words_are_quoted_once() {
    assert_eq!(quotes(any(&["病室"]), &[], "病室へ。病室で。"), Some(vec!["病室".to_owned()]));
}

#[test]
fn a_rule_about_what_is_missing_speaks_when_none_of_its_words_is_there() {
    assert_eq!(quotes(none(&["ありがとう", "感謝"]), &[], "窓口へどうぞ"), Some(Vec::new()));
    assert_eq!(quotes(none(&["ありがとう", "感謝"]), &[], "感謝します"), None);
}

#[test]
fn a_word_that_stands_only_in_an_exception_is_missed_all_the_same() {
    assert_eq!(quotes(none(&["感謝"]), &["感謝祭"], "感謝祭のお知らせ"), Some(Vec::new()));
}

#[test]
fn the_words_of_both_languages_always_apply() {
    let both = Words { ja: vec!["お母様".to_owned()], en: vec!["your mother".to_owned()] };
    assert!(quotes(Fires::Any(both.clone()), &[], "Your mother stayed").is_some());
    assert!(quotes(Fires::Any(both), &[], "お母様は").is_some());
}

#[test]
fn remarks_come_with_what_must_be_changed_first_and_what_is_good_last() {
    let draft = draft(vec![
        rule("good", Level::Good, any(&["窓口"]), &[]),
        rule("better", Level::Improve, none(&["感謝"]), &[]),
        rule("must", Level::MustFix, any(&["病室"]), &[]),
    ]);
    let ids: Vec<_> = draft.remarks("病室のことは窓口へ").into_iter().map(|remark| remark.rule).collect();
    assert_eq!(ids, ["must", "better", "good"]);
}

#[test]
fn an_empty_word_never_speaks() {
    assert_eq!(quotes(any(&[" "]), &[], "なにか"), None);
}

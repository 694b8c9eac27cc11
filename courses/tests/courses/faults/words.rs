//! The words on the screens.

use super::*;

fn long(from: &'static str, unit: &str, times: usize) -> Edit {
    (from, Box::leak(unit.repeat(times).into_boxed_str()))
}

#[test]
fn texts_fit_their_places() {
    error(
        QUIZ,
        &[long("この投稿を、どうしますか。", "どうしますか。", 12)],
        "ask = ",
        "`ask` has 84 characters; its place on the screen holds 80",
    );
    error(QUIZ, &[long("消すように頼む", "たのむ。", 16)], "text = \"たのむ", "`text` has 64 characters");
    error(
        QUIZ,
        &[long("弁当だけの写真に、困る人はいません。", "はい、そうです。", 11)],
        "why = \"はい",
        "`why` has 88 characters",
    );
    error(STEPS, &[long("指示を待つ", "待つ。", 14)], "text = \"待つ", "`text` has 42 characters");
    error(
        STEPS,
        &[long("動きがそろいます。", "そろいます。", 11)],
        "why = \"そろ",
        "`why` has 66 characters",
    );
    error(
        STEPS,
        &[long("安全、連絡、記録、指示の順です。", "順です。", 31)],
        "explain",
        "`explain` has 124 characters",
    );
    error(NIGHT, &[long("病棟の詰所です。", "詰所です。", 25)], "setup", "`setup` has 125 characters");
    error(
        DAY,
        &[long("だれでも写真を撮る日が来ます。", "来ます。", 21)],
        "summary",
        "`summary` has 84 characters",
    );
    error(
        "incidents.toml",
        &[long("病院は写真を消し、手順を作りました。", "しました。", 17)],
        "followed",
        "`followed` has 85 characters",
    );
}

#[test]
fn real_services_are_not_named() {
    for name in ["LINE", "インスタ", "twitter"] {
        let to = Box::leak(format!("{name}の投稿です。").into_boxed_str()) as &'static str;
        error(QUIZ, &[("昼休みの食堂です。", to)], "scene", "is a real service");
    }
    error(QUIZ, &[("今日のお弁当！", "Facebookに載せた")], "text = ", "is a real service");
    let english = "modules/m1-day/quiz.en.toml";
    let sources = replaced(sources(), english, "The canteen at noon.", "On Instagram at noon.");
    expect(&sources, Severity::Error, english, "[\"scene\"]", "is a real service");
}

#[test]
fn words_that_only_look_like_services_may_stand() {
    for word in ["ONLINEの声", "X線の部屋", "一本のラインです", "linear"] {
        let sources = replaced(sources(), QUIZ, "昼休みの食堂です。", word);
        assert_eq!(check(&translated(sources)).faults, [], "{word}");
    }
}

#[test]
fn a_module_with_care_names_no_method() {
    error(
        NIGHT,
        &[("病棟の詰所です。", "屋上の入口です。")],
        "setup",
        "「屋上」 may name a method or a place",
    );
    let sources = replaced(sources(), QUIZ, "昼休みの食堂です。", "昼休みの屋上です。");
    assert_eq!(check(&translated(sources)).faults, [], "elsewhere a roof is a roof");
}

#[test]
fn no_address_and_no_telephone_number_stands_on_a_screen() {
    error(QUIZ, &[("昼休みの食堂です。", "https://example.org です。")], "scene", "an address of the web");
    error(
        QUIZ,
        &[("昼休みの食堂です。", "電話は0120-000-000です。")],
        "scene",
        "comes from the settings of the hospital",
    );
    error(
        QUIZ,
        &[("昼休みの食堂です。", "電話は０３－１２３４－５６７８です。")],
        "scene",
        "comes from the settings",
    );
    error(READ, &[("写真の奥には、", "0312345678へ。")], "0312345678", "comes from the settings");
    let sources = replaced(sources(), QUIZ, "昼休みの食堂です。", "2026-04-01の7時05分、内線9000です。");
    assert_eq!(check(&translated(sources)).faults, []);
}

#[test]
fn the_course_speaks_in_short_sentences_without_exclamation_marks() {
    warning(QUIZ, &[("昼休みの食堂です。", "昼休みの食堂です！")], "scene", "without exclamation marks");
    warning(
        QUIZ,
        &[long("昼休みの食堂です。", "昼休みの食堂で、", 8)],
        "scene",
        "a sentence has 64 characters",
    );
    warning(
        READ,
        &[long("写真の奥には、", "写真の奥には、", 9)],
        "写真の奥には、写真",
        "a sentence has 63 characters",
    );
}

#[test]
fn a_policy_may_have_longer_sentences_and_a_post_longer_still() {
    let clause = "わたしたちは、患者さんの信頼を守ります。";
    let policy = |times| translated(replaced(sources(), CLAUSES, clause, &"奥も見て、".repeat(times)));
    assert_eq!(check(&policy(18)).faults, []);
    expect(
        &policy(19),
        Severity::Warning,
        CLAUSES,
        "奥も見て、",
        "a sentence has 95 characters; up to 90 read well",
    );
    let post = |times| translated(replaced(sources(), QUIZ, "今日のお弁当！", &"うれしい、".repeat(times)));
    assert_eq!(check(&post(24)).faults, []);
    expect(
        &post(25),
        Severity::Warning,
        QUIZ,
        "text = \"うれしい",
        "a sentence has 125 characters; up to 120 read well",
    );
}

#[test]
fn the_english_of_the_course_has_short_sentences_too() {
    let english = "modules/m1-day/quiz.en.toml";
    let long = |words: usize| {
        replaced(sources(), english, "The canteen at noon.", &format!("{}noon.", "at ".repeat(words - 1)))
    };
    assert_eq!(check(&long(32)).faults, []);
    expect(
        &long(33),
        Severity::Warning,
        english,
        "[\"scene\"]",
        "a sentence has 33 words; up to 32 read well",
    );
    let page = "modules/m1-day/01-read.en.md";
    let first = sources()
        .get(page)
        .unwrap()
        .lines()
        .find(|line| !line.starts_with(['#', '<']) && !line.is_empty())
        .unwrap()
        .to_owned();
    let sources = replaced(sources(), page, &first, &"at ".repeat(33));
    let faults = check(&sources).faults;
    assert!(
        faults.iter().any(|fault| fault.file == page && fault.message.contains("33 words")),
        "{faults:#?}"
    );
}

#[test]
fn people_in_posts_speak_as_they_like() {
    let sources = replaced(sources(), QUIZ, "今日のお弁当！", &"うれしい、".repeat(20));
    assert_eq!(check(&translated(sources)).faults, []);
}

//! Reading a catalogue.

use kokoroe_courses::{
    Block, Catalogue, Inline, Lang, Module, Policy, Response, Severity, Sources, Step, StoryTime, Text, Word,
    check, source_mark,
};

use crate::small;

#[test]
fn a_catalogue_without_a_fault_is_read_whole() {
    let report = check(&small::sources());
    assert_eq!(report.faults, []);
    let catalogue = small::catalogue();
    let ids: Vec<_> = catalogue.modules.iter().map(|module| module.id.as_str()).collect();
    assert_eq!(ids, catalogue.course.modules);
    assert_eq!(catalogue.policy.clauses.len(), 2);
    assert_eq!(report.counts.texts, report.counts.translated);
}

#[test]
fn every_text_comes_in_both_languages() {
    let module = small::module("m1-day");
    assert_eq!(module.title.get(Lang::En), ("A photo by day", Lang::En));
    assert_eq!(module.title.get(Lang::Ja), ("昼の写真", Lang::Ja));
}

#[test]
fn an_untranslated_text_falls_back_to_japanese_and_says_so() {
    assert_eq!(Text::ja("題").get(Lang::En), ("題", Lang::Ja));
}

#[test]
fn a_catalogue_can_be_used_before_its_translation_is_finished() {
    let mut sources = Sources::default();
    sources.extend(
        small::sources().iter().filter(|(path, _)| !path.contains(".en.") && !path.ends_with("/en.md")),
    );
    let catalogue = Catalogue::read(&sources).unwrap();
    assert!(catalogue.modules.iter().all(|module| module.title.en.is_none()));
    let report = check(&sources);
    assert!(!report.is_ok(), "but the check says so");
    assert!(report.faults.iter().all(|fault| fault.message.contains("wait for their English")));
}

#[test]
fn a_broken_file_is_named_with_its_line() {
    let sources = small::edited("modules/m1-day/quiz.toml", "grade = \"best\"", "grade = \"bset\"");
    let faults = Catalogue::read(&sources).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].file, "modules/m1-day/quiz.toml");
    assert_eq!(faults[0].line, 35);
    assert_eq!(faults[0].severity, Severity::Error);
    assert!(faults[0].to_string().contains("best, ok, risky, harm"), "{}", faults[0]);
}

#[test]
fn a_file_of_the_hospital_replaces_the_one_of_the_same_path() {
    let mut sources = small::sources();
    sources.extend([("contacts.toml", "[[contact]]\nid = \"day\"\nname = \"昼の連絡先\"\n")]);
    let catalogue = Catalogue::read(&sources).unwrap();
    assert!(catalogue.contact("day").is_some() && catalogue.contact("night").is_none());
}

#[test]
fn a_module_is_complete_with_its_actors_drawings_and_incidents() {
    let module = small::module("m1-day");
    assert_eq!(module.actors.keys().collect::<Vec<_>>(), ["hana", "yuki"]);
    assert_eq!(module.drawings.keys().collect::<Vec<_>>(), ["photo.svg"]);
    assert_eq!(module.incidents.keys().collect::<Vec<_>>(), ["ward-blog-2014"]);
}

#[test]
fn the_source_of_an_incident_is_not_pinned_with_a_module() {
    assert!(!small::module("m1-day").canonical().contains("teaching text"));
    assert_eq!(small::catalogue().incident("ward-blog-2014").unwrap().source, "teaching text, case 7");
}

#[test]
fn an_incident_may_have_no_year() {
    assert_eq!(small::catalogue().incident("night-post").unwrap().year, None);
}

#[test]
fn a_page_becomes_blocks() {
    let module = small::module("m1-day");
    let Some(Step::Read(reading)) = module.steps().first() else { panic!("no page") };
    assert_eq!(reading.title.ja, "写真の奥を見る");
    let (ja, _) = reading.body.get(Lang::Ja);
    assert_eq!(
        ja.0[0],
        Block::Paragraph(vec![
            Inline::Text("写真の奥には、思いがけないものが写ります。".to_owned()),
            Inline::Link { to: "#C1".to_owned(), text: "第1条".to_owned() },
        ]),
        "a line break in Japanese is nothing"
    );
    assert_eq!(
        ja.0[1],
        Block::Quote(vec![Inline::Text("白い板に気づいたのは、退院した人でした。".to_owned())])
    );
    let (en, lang) = reading.body.get(Lang::En);
    assert_eq!(lang, Lang::En);
    assert!(
        en.plain().starts_with("Things one does not expect stand behind a photo."),
        "in English it is a space"
    );
}

#[test]
fn a_line_break_next_to_japanese_is_never_a_space() {
    let sources = small::edited(
        "modules/m1-day/01-read.md",
        "写真の奥には、\n思いがけない",
        "院内のSNS\nの中に、\nSNS 用の",
    );
    let catalogue = Catalogue::read(&sources).unwrap();
    let Some(Step::Read(reading)) = catalogue.module("m1-day").unwrap().steps().first() else {
        panic!("no page")
    };
    assert!(reading.body.ja.plain().starts_with("院内のSNSの中に、SNS 用の"), "{}", reading.body.ja.plain());
}

#[test]
fn a_policy_is_cut_into_clauses() {
    let policy = small::catalogue().policy;
    assert_eq!(policy.preamble.ja.plain(), "わたしたちは、患者さんの信頼を守ります。");
    let clause = policy.clause("C1").unwrap();
    assert_eq!(clause.heading.get(Lang::Ja).0, "第1条 写真");
    assert_eq!(clause.heading.get(Lang::En).0, "Article 1 Photos");
    assert!(clause.body.ja.inlines().any(|part| *part == Inline::Strong("許可なく".to_owned())));
    assert!(matches!(&clause.body.ja.0[1], Block::List { ordered: false, items } if items.len() == 2));
    assert!(policy.clause("C3").is_none());
}

#[test]
fn a_policy_is_read_back_from_its_canonical_text() {
    let policy = small::catalogue().policy;
    let again = Policy::from_canonical(&policy.canonical()).unwrap();
    assert_eq!(again, policy);
    assert_eq!(again.revision(), policy.revision());
    assert_eq!(policy.revision().len(), 64);
}

#[test]
fn a_module_is_read_back_from_its_canonical_text() {
    for module in small::catalogue().modules {
        let again = Module::from_canonical(&module.canonical()).unwrap();
        assert_eq!(again, module);
        assert_eq!(again.revision(), module.revision());
    }
}

#[test]
fn a_later_field_is_passed_over() {
    let text = small::module("m2-night").canonical().replacen('{', "{\"later\":[1,2],", 1);
    assert_eq!(Module::from_canonical(&text).unwrap(), small::module("m2-night"));
    assert!(Module::from_canonical("{}").is_err());
}

#[test]
fn a_changed_word_changes_the_revision() {
    let sources = small::edited("modules/m1-day/quiz.toml", "昼休みの食堂です。", "昼休みの廊下です。");
    let changed = Catalogue::read(&sources).unwrap();
    assert_ne!(changed.module("m1-day").unwrap().revision(), small::module("m1-day").revision());
    assert_eq!(changed.module("m2-night").unwrap().revision(), small::module("m2-night").revision());
}

#[test]
fn responses_are_stored_in_a_stable_form() {
    let stored = |response: &Response| serde_json::to_string(response).unwrap();
    let all = [
        (Response::Next, r#""next""#),
        (Response::Again, r#""again""#),
        (Response::Choice("call".to_owned()), r#"{"choice":"call"}"#),
        (Response::Picks(["r2".to_owned(), "r1".to_owned()].into()), r#"{"picks":["r1","r2"]}"#),
        (Response::Order(vec!["b".to_owned(), "a".to_owned()]), r#"{"order":["b","a"]}"#),
        (Response::Draft("はい".to_owned()), r#"{"draft":"はい"}"#),
        (Response::Level(3), r#"{"level":3}"#),
    ];
    for (response, json) in all {
        assert_eq!(stored(&response), json);
        assert_eq!(serde_json::from_str::<Response>(json).unwrap(), response);
    }
}

#[test]
fn the_longest_word_of_the_glossary_gets_its_reading() {
    let glossary = small::catalogue().glossary;
    let word = |base, reading| Word { base, reading };
    assert_eq!(
        glossary.words("病棟の患者会と患者"),
        [
            word("病棟", Some("びょうとう")),
            word("の", None),
            word("患者会", Some("かんじゃかい")),
            word("と", None),
            word("患者", Some("かんじゃ")),
        ]
    );
    assert_eq!(glossary.words(""), []);
    assert_eq!(glossary.words("かな only"), [word("かな only", None)]);
}

#[test]
fn a_mark_is_made_from_the_trimmed_text() {
    assert_eq!(source_mark(" 題\n"), source_mark("題"));
    assert_eq!(source_mark("abc"), "ba7816bf");
}

#[test]
fn story_times_are_times_of_day() {
    let time = |text: &str| text.parse::<StoryTime>();
    assert_eq!(time("23:04").unwrap().to_string(), "23:04");
    assert_eq!(time("23:04").unwrap().plus(60).to_string(), "00:04");
    assert_eq!(time("23:04").unwrap().plus(26 * 60).to_string(), "01:04");
    for wrong in ["24:00", "12:60", "1:05", "0105", "+1:05", "", "01:5 "] {
        assert!(time(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_time_less_than_half_a_day_ahead_is_later() {
    let time = |text: &str| text.parse::<StoryTime>().unwrap();
    assert_eq!(time("00:20").minutes_after(time("23:04")), Some(76));
    assert_eq!(time("23:01").minutes_after(time("23:04")), None);
    assert_eq!(time("23:04").minutes_after(time("23:04")), None);
    assert_eq!(time("23:50").minutes_after(time("01:12")), None);
}

//! Marking translations as current.

use kokoroe_courses::{check, source_mark, stamp};

use crate::small;

#[test]
fn a_current_catalogue_needs_no_stamp() {
    assert!(stamp(&small::sources()).is_empty());
}

#[test]
fn a_changed_text_makes_its_translation_stale_until_it_is_stamped() {
    let sources = small::edited("modules/m1-day/quiz.toml", "昼休みの食堂です。", "昼休みの廊下です。");
    let report = check(&sources);
    assert_eq!(report.faults.len(), 1);
    assert!(report.faults[0].message.contains("older text"), "{}", report.faults[0]);
    let changed = stamp(&sources);
    assert_eq!(changed.keys().collect::<Vec<_>>(), ["modules/m1-day/quiz.en.toml"]);
    assert!(changed["modules/m1-day/quiz.en.toml"].contains(&source_mark("昼休みの廊下です。")));
    assert_eq!(check(&small::stamped(sources)).faults, []);
}

#[test]
fn a_stamp_touches_nothing_but_the_mark() {
    let file = "modules/m1-day/quiz.en.toml";
    let original = small::sources().get(file).unwrap().to_owned();
    let mark = source_mark("昼休みの食堂です。");
    let worn =
        original.replacen(&mark, "00000000", 1).replacen("[\"ask\"]", "# A remark stays.\n[\"ask\"]", 1);
    let mut sources = small::sources();
    sources.extend([(file, worn)]);
    let stamped = &stamp(&sources)[file];
    assert_eq!(*stamped, original.replacen("[\"ask\"]", "# A remark stays.\n[\"ask\"]", 1));
}

#[test]
fn a_missing_mark_is_added_in_both_ways_of_writing() {
    let file = "contacts.en.toml";
    let mut sources = small::sources();
    sources.extend([(
        file,
        "\"night.name\" = { en = \"Night contact\" }\n[\"night.note\"]\n  en = \"At night.\"\n",
    )]);
    let (name, note) = (source_mark("夜間の連絡先（当直師長）"), source_mark("夜と休日に。"));
    let expected = format!(
        "\"night.name\" = {{ src = \"{name}\", en = \"Night contact\" }}\n[\"night.note\"]\n  src = \"{note}\"\n  en = \"At night.\"\n"
    );
    assert_eq!(stamp(&sources)[file], expected);
}

#[test]
fn translations_may_stand_in_any_order() {
    let file = "contacts.en.toml";
    let mut sources = small::sources();
    sources
        .extend([(file, "[\"night.note\"]\nen = \"At night.\"\n[\"night.name\"]\nen = \"Night contact\"\n")]);
    let stamped = small::stamped(sources);
    assert_eq!(check(&stamped).faults, []);
    assert!(stamped.get(file).unwrap().starts_with("[\"night.note\"]\nsrc"));
}

#[test]
fn a_page_is_stamped_on_its_first_line() {
    let file = "modules/m1-day/01-read.en.md";
    let page = small::sources().get(file).unwrap().to_owned();
    let (_, body) = page.split_once('\n').unwrap();
    for worn in [body.to_owned(), format!("<!-- src: -->\n{body}"), format!("<!-- src: 12345678 -->\n{body}")]
    {
        let mut sources = small::sources();
        sources.extend([(file, worn)]);
        assert_eq!(check(&sources).faults.len(), 1);
        assert_eq!(stamp(&sources)[file], page);
    }
}

#[test]
fn a_translation_of_nothing_is_left_alone() {
    let mut sources = small::sources();
    sources.extend([("contacts.en.toml", "[\"day.name\"]\nen = \"Day\"\n")]);
    assert!(stamp(&sources).is_empty());
}

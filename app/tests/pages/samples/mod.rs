//! Pages with invented content, in the states that matter.

mod account;
mod audit;
mod audit_readings;
mod audit_top;
mod authoring;
mod exports;
mod feed;
mod home;
mod kinds;
mod kinds_why;
mod paper;
mod people;
mod policy;
mod recall;
mod reminders;
mod reorganise;
mod reports;
mod requirements;
mod step;
mod why;

use kokoroe_app::training::Swap;
use kokoroe_app::ui::{
    Block, ClauseLink, Contact, Counts, Face, FaceKind, Inline, PostPicture, PostView, Skin, Word, Words,
};
use kokoroe_app::{Assets, Chrome, Day, Lang, Page, RoleView, WhoView};

/// A page that was rendered.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) html: String,
    pub(crate) has_error: bool,
}

/// All samples in a language.
pub(crate) fn all(lang: Lang) -> Vec<Sample> {
    [
        account::all(lang),
        audit::all(lang),
        authoring::all(lang),
        exports::all(lang),
        home::all(lang),
        step::all(lang),
        feed::all(lang),
        kinds::all(lang),
        why::all(lang),
        kinds_why::all(lang),
        recall::all(lang),
        paper::all(lang),
        people::all(lang),
        policy::all(lang),
        reminders::all(lang),
        reorganise::all(lang),
        reports::all(lang),
        requirements::all(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn chrome(lang: Lang) -> Chrome {
    Chrome {
        lang,
        hospital: pick(lang, "みどり野総合病院", "Midorino General Hospital").to_owned(),
        path: "/".into(),
        help: Some(pick(lang, "教育研修室 内線 2345", "Training office, ext. 2345").to_owned()),
        assets: Assets {
            css: "../site.css".into(),
            js: Some("/assets/app.js".into()),
            wasm: Some("/assets/app.wasm".into()),
            icon: None,
        },
        nonce: "n0nce".into(),
        release: "0.1.0".into(),
        ..Chrome::default()
    }
}

fn who(lang: Lang) -> WhoView {
    WhoView {
        name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").to_owned(),
        roles: vec![RoleView::Learner],
        shared_pc: None,
    }
}

/// A page of a signed-in person.
fn sample(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    let chrome = Chrome { who: Some(who(lang)), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

/// A page with an error on it.
fn failed(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    Sample { has_error: true, ..sample(name, lang, page) }
}

fn pick<'t>(lang: Lang, ja: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

fn w(lang: Lang, ja: &str, en: &str) -> Words {
    Words::plain(lang, pick(lang, ja, en))
}

fn day(year: i32, month: u8, day: u8) -> Day {
    Day { year, month, day }
}

fn clause(lang: Lang, number: u8) -> ClauseLink {
    ClauseLink {
        number,
        title: w(lang, "患者さんの情報", "Information about patients"),
        href: format!("/policy/sns/4#C{number}"),
    }
}

/// A module that may be taken in the place of another.
fn swap(lang: Lang) -> Swap {
    let title = w(lang, "星いくつの朝", "A morning of stars");
    Swap { action: "/swap".into(), title, minutes: 9 }
}

fn contacts(lang: Lang) -> Vec<Contact> {
    vec![
        Contact {
            name: w(lang, "夜間の連絡先（当直師長）", "At night (head nurse on duty)"),
            note: Some(w(lang, "17時から翌8時30分まで", "From 17:00 to 8:30")),
            number: Some("9000".into()),
        },
        Contact {
            name: w(lang, "職員相談室", "Staff counselling"),
            note: Some(w(
                lang,
                "職員本人の相談。匿名でも話せます",
                "For staff themselves, anonymously if you like",
            )),
            number: Some("0120-000-000".into()),
        },
        Contact { name: w(lang, "広報課", "Public relations"), note: None, number: None },
    ]
}

fn post(lang: Lang, id: &str, skin: Skin) -> PostView {
    PostView {
        id: id.into(),
        skin,
        author: w(lang, "ゆき", "Yuki"),
        handle: Some("@yuki_0412".into()),
        face: Face::of("yuki", FaceKind::Person),
        about: None,
        mine: false,
        at: Some("1:09".into()),
        text: w(
            lang,
            "今日の夜勤、3人で乗り切った。\n写真は休憩のとき。みんなありがとう。",
            "Three of us got through tonight's shift.\nA picture from the break. Thank you all.",
        ),
        say: w(lang, "夜勤明けの投稿。", "A post after a night shift."),
        stars: None,
        place: None,
        picture: None,
        frames: Vec::new(),
        quote: None,
        reply_to: None,
        looks: Vec::new(),
        counts: Counts { likes: 12, replies: 3, shares: 0 },
        before: None,
        fresh: false,
        waits: false,
    }
}

fn post_with_picture(lang: Lang, id: &str) -> PostView {
    PostView {
        picture: Some(PostPicture {
            src: "../ward.svg".into(),
            say: w(
                lang,
                "ナースステーションで二人が話している絵",
                "A drawing of two people talking at the nurses' station",
            ),
        }),
        ..post(lang, id, Skin::Photo)
    }
}

fn text(words: Words) -> Inline {
    Inline::Text(words)
}

fn reading(lang: Lang) -> Vec<Block> {
    vec![
        Block::Paragraph(vec![
            text(w(
                lang,
                "写真には、撮った人が気づかない情報が写ります。",
                "A photograph shows more than its maker noticed. ",
            )),
            Inline::Strong(w(
                lang,
                "白板、モニター、名札、窓の外",
                "White boards, monitors, badges, the view outside",
            )),
            text(w(lang, "がその代表です。", " are the usual ones.")),
        ]),
        Block::Heading {
            level: 2,
            id: None,
            text: vec![text(w(lang, "載せる前に見るところ", "Before you post"))],
        },
        Block::List {
            ordered: false,
            items: vec![
                vec![text(w(lang, "文字が読める所はないか", "Can any writing be read?"))],
                vec![text(w(
                    lang,
                    "場所や日時が分かるものはないか",
                    "Does anything tell the place or time?",
                ))],
                vec![text(w(lang, "写っている人は全員知っているか", "Does everybody in it know?"))],
            ],
        },
        Block::Quote(vec![text(w(
            lang,
            "「顔が写っていないから大丈夫」は、よくある思い込みです。",
            "“No face, no problem” is a common mistake.",
        ))]),
        Block::Paragraph(vec![
            text(w(lang, "規程では ", "The policy says so in ")),
            Inline::Link { to: "/policy/sns/4#C5".into(), text: w(lang, "第5条", "Article 5") },
            text(w(lang, " に書かれています。", ".")),
        ]),
    ]
}

fn ruby(lang: Lang) -> Words {
    match lang {
        Lang::En => Words::plain(lang, "What do you do first?"),
        Lang::Ja => Words {
            words: vec![
                Word { base: "最初".into(), reading: Some("さいしょ".into()) },
                Word { base: "に".into(), reading: None },
                Word { base: "何".into(), reading: Some("なに".into()) },
                Word { base: "をしますか。".into(), reading: None },
            ],
            lang,
        },
    }
}

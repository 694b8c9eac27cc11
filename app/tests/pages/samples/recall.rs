use super::{Sample, clause, contacts, failed, sample, w};
use kokoroe_app::Lang;
use kokoroe_app::training::{
    AnswerError, Asked, Care, CareKind, ChoiceView, OtherChoice, RecallNone, RecallPage, RecallWhy, Scene,
};
use kokoroe_app::ui::{Basis, Verdict, Words};

fn care(lang: Lang) -> Care {
    Care { kind: CareKind::Suicide, pause: "/recall/pause".into(), help: contacts(lang), swap: None }
}

fn setting(lang: Lang) -> Words {
    w(
        lang,
        "夜勤明けに、休憩室で撮った写真を見返しています。奥のホワイトボードに字が見えます。",
        "After a night shift you look through photos from the break room. There is writing on the board behind.",
    )
}

fn ask(lang: Lang) -> Words {
    w(lang, "まず何をしますか。", "What do you do first?")
}

fn card(lang: Lang) -> RecallPage {
    let choices = [
        (
            "写真を拡大して、字が読めないか確かめる",
            "Enlarge the photo and see whether the writing can be read",
        ),
        ("友人だけに見せる設定で載せる", "Post it for friends only"),
        ("字の所だけスタンプで隠して載せる", "Cover the writing with a sticker and post it"),
        ("顔は写っていないので載せる", "Post it, as no face is in it"),
    ];
    let choices = choices.into_iter().zip(1..).map(|((ja, en), n)| ChoiceView {
        id: n.to_string(),
        text: w(lang, ja, en),
        cost: None,
        act: None,
        contact: None,
    });
    RecallPage {
        module: w(lang, "写真に写るもの", "What a photo shows"),
        number: 1,
        scene: Scene { setting: Some(setting(lang)), ..Scene::default() },
        asked: Asked::Choose { ask: ask(lang), choices: choices.collect(), chosen: None },
        action: "/recall/a/1?wording=b&text=3fa9".into(),
        later: "/recall/a/1/later".into(),
        last: false,
        care: Some(care(lang)),
        error: None,
    }
}

fn other(lang: Lang, verdict: Verdict, ja: &str, en: &str) -> OtherChoice {
    OtherChoice {
        verdict,
        text: w(lang, ja, en),
        why: w(
            lang,
            "小さく見える字も、画面では大きくできます。",
            "Writing that looks small can be enlarged on any screen.",
        ),
        clause: Some(clause(lang, 4)),
    }
}

fn why(lang: Lang) -> RecallWhy {
    RecallWhy {
        module: w(lang, "写真に写るもの", "What a photo shows"),
        setting: Some(setting(lang)),
        ask: ask(lang),
        verdict: Verdict::Risky,
        chosen: w(lang, "友人だけに見せる設定で載せる", "Post it for friends only"),
        why: w(
            lang,
            "身内なら安心に思えます。ただ、画面は写して回せます。",
            "Among friends it feels safe. A screen can be copied and passed on.",
        ),
        clause: Some(clause(lang, 4)),
        basis: Basis::Rule,
        best: Some(other(
            lang,
            Verdict::Best,
            "写真を拡大して、字が読めないか確かめる",
            "Enlarge the photo and see whether the writing can be read",
        )),
        others: vec![other(
            lang,
            Verdict::Harm,
            "顔は写っていないので載せる",
            "Post it, as no face is in it",
        )],
        doubt: contacts(lang).pop(),
        care: None,
        more: true,
    }
}

/// The cards that come back after a module.
pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let good = RecallWhy {
        verdict: Verdict::Best,
        chosen: w(lang, "拡大して確かめる", "Enlarge it and look"),
        best: None,
        doubt: None,
        care: Some(care(lang)),
        more: false,
        ..why(lang)
    };
    vec![
        sample("recall", lang, card(lang)),
        sample("recall-last", lang, RecallPage { number: 3, last: true, care: None, ..card(lang) }),
        failed("recall-error", lang, RecallPage { error: Some(AnswerError::Nothing), ..card(lang) }),
        sample("recall-why", lang, why(lang)),
        sample("recall-why-best", lang, good),
        sample("recall-none", lang, RecallNone),
    ]
}

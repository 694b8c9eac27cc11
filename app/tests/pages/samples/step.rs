use super::{Sample, contacts, failed, pick, post, post_with_picture, reading, ruby, sample, w};
use kokoroe_app::training::{
    AnswerError, Asked, CardView, Care, CareKind, ChoiceView, DiagnosisOffer, LogLine, PictureView,
    RegionView, Scene, StepHead, StepPage, diagnosis_heading,
};
use kokoroe_app::ui::{PostView, Skin};
use kokoroe_app::{Lang, StoryTime};

pub(super) fn head(lang: Lang) -> StepHead {
    StepHead {
        module: w(lang, "写真と患者さんの情報", "Photographs and patients"),
        number: 3,
        of: 7,
        back: "/learn/1/2".into(),
        care: None,
    }
}

pub(super) fn care_head(lang: Lang) -> StepHead {
    StepHead {
        module: w(lang, "夜に届いた投稿", "A post in the night"),
        care: Some(Care {
            kind: CareKind::Suicide,
            pause: "/pause".into(),
            help: contacts(lang),
            swap: None,
        }),
        ..head(lang)
    }
}

pub(super) fn picture(lang: Lang) -> PictureView {
    PictureView {
        src: "../ward.svg".into(),
        size: (1000, 700),
        say: w(lang, "ナースステーションで二人が話している絵", "Two people talking at the nurses' station"),
    }
}

/// Id, place in the drawing, description in Japanese and English.
type Spot = (&'static str, (u16, u16, u16, u16), &'static str, &'static str);

pub(super) const PLACES: [Spot; 8] = [
    (
        "r1",
        (50, 60, 280, 200),
        "奥の白い板。文字が数行ならぶ",
        "A white board at the back with some lines of writing",
    ),
    ("r2", (390, 60, 120, 120), "壁の時計。2時10分", "A clock on the wall, ten past two"),
    ("r3", (690, 50, 250, 250), "窓。外に建物が見える", "A window with buildings outside"),
    ("r4", (120, 320, 190, 130), "机の上の画面", "A screen on the desk"),
    ("r5", (420, 380, 80, 70), "机の上の紙コップ", "A paper cup on the desk"),
    ("r6", (510, 250, 100, 100), "左の人の顔", "The face of the person on the left"),
    ("r7", (740, 440, 80, 100), "右の人の胸の札", "A badge on the person on the right"),
    ("r8", (120, 460, 240, 100), "机の引き出し", "The drawers of the desk"),
];

fn choices(lang: Lang, cost: bool) -> Vec<ChoiceView> {
    [
        (
            "call",
            "夜間の連絡先（当直師長）に電話し、投稿の場所と時刻を伝える",
            "Call the head nurse on duty and tell where and when the post appeared",
            3,
        ),
        (
            "dm",
            "個人のアカウントから、すぐに励ましのメッセージを送る",
            "Send words of comfort from your own account at once",
            10,
        ),
        (
            "shot",
            "同僚のグループトークに画面の写真を送り、意見を聞く",
            "Send a picture of the screen to colleagues and ask what they think",
            6,
        ),
        ("wait", "朝の申し送りまで様子を見る", "Wait until the morning handover", 30),
    ]
    .into_iter()
    .map(|(id, ja, en, minutes)| ChoiceView {
        id: id.into(),
        text: w(lang, ja, en),
        cost: cost.then_some(minutes),
        act: None,
        contact: None,
    })
    .collect()
}

fn page(lang: Lang, asked: Asked) -> StepPage {
    StepPage {
        head: head(lang),
        clock: None,
        log: Vec::new(),
        scene: Scene::default(),
        asked,
        action: "/learn/1/3".into(),
        answered: None,
        error: None,
    }
}

fn diagnosis(lang: Lang, tried: Option<bool>) -> Asked {
    let offer = DiagnosisOffer { questions: 3, pages: 2 };
    Asked::Diagnosis { ask: diagnosis_heading(lang), offer, tried }
}

fn read(lang: Lang) -> Asked {
    Asked::Read { title: w(lang, "写真に写るもの", "What a photograph shows"), body: reading(lang) }
}

fn choose(lang: Lang, chosen: Option<&str>) -> Asked {
    Asked::Choose { ask: ruby(lang), choices: choices(lang, false), chosen: chosen.map(Into::into) }
}

fn spots(lang: Lang, picked: &[&str]) -> Asked {
    Asked::Picture {
        ask: w(
            lang,
            "病棟のブログに載せる前に、直す所をすべて選びます。",
            "Before it goes on the ward's blog: pick every place that has to change.",
        ),
        picture: picture(lang),
        regions: PLACES
            .into_iter()
            .map(|(id, at, ja, en)| RegionView { id: id.into(), at, label: w(lang, ja, en) })
            .collect(),
        picked: picked.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn order(lang: Lang, places: [Option<u16>; 4]) -> Asked {
    let cards = [
        ("tell", "投稿の場所と時刻を書きとめる", "Write down where and when it was posted"),
        ("call", "内線9000に電話する", "Call extension 9000"),
        ("keep", "画面を閉じずに待つ", "Keep the screen open and wait"),
        ("log", "対応した時刻を記録する", "Record the time of what was done"),
    ];
    Asked::Order {
        ask: w(lang, "見つけた直後の動きを、順番にならべます。", "Put the first steps in order."),
        cards: cards
            .into_iter()
            .zip(places)
            .map(|((id, ja, en), place)| CardView { id: id.into(), text: w(lang, ja, en), place })
            .collect(),
    }
}

fn draft(lang: Lang, text: &str, keep: bool) -> Asked {
    Asked::Draft {
        ask: w(
            lang,
            "病院の公式アカウントとして、返事を書きます。",
            "Write a reply as the hospital's official account.",
        ),
        max: 140,
        text: text.into(),
        keep: keep.then(|| "/learn/1/3/keep".into()),
    }
}

fn sure(lang: Lang, level: Option<u8>) -> Asked {
    Asked::Confidence {
        ask: w(lang, "いまの答えに、どのくらい自信がありますか。", "How sure are you of that answer?"),
        level,
    }
}

fn feed(lang: Lang) -> Scene {
    Scene {
        setting: Some(w(
            lang,
            "夜勤の休憩中。休憩室で、個人のスマートフォンを見ています。",
            "On a break during the night shift, looking at your own phone.",
        )),
        told: vec![w(
            lang,
            "先週退院した方と似た名前の投稿が目にとまりました。",
            "A post catches your eye; the name is like that of somebody discharged last week.",
        )],
        feed: vec![
            post(lang, "p1", Skin::Short),
            PostView {
                author: w(lang, "みみ", "Mimi"),
                handle: Some("@mimi_88".into()),
                at: Some("1:20".into()),
                text: w(
                    lang,
                    "だいじょうぶ？ だれか知り合いの人いませんか",
                    "Are you all right? Does anybody know them?",
                ),
                fresh: true,
                waits: true,
                ..post(lang, "p2", Skin::Short)
            },
        ],
        ..Scene::default()
    }
}

fn skin(lang: Lang, skin: Skin) -> Scene {
    Scene {
        feed: vec![
            post(lang, "a", skin),
            PostView { author: w(lang, "けんた", "Kenta"), ..post(lang, "b", skin) },
        ],
        ..Scene::default()
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let crisis = StepPage {
        head: care_head(lang),
        clock: Some(StoryTime(72)),
        log: vec![
            LogLine { at: StoryTime(64), did: w(lang, "投稿を見つけた", "Found the post") },
            LogLine {
                at: StoryTime(72),
                did: w(lang, "投稿の場所と時刻を書きとめた", "Wrote down where and when"),
            },
        ],
        scene: feed(lang),
        asked: Asked::Choose { ask: ruby(lang), choices: choices(lang, true), chosen: None },
        ..page(lang, read(lang))
    };
    let photo = Scene { feed: vec![post_with_picture(lang, "p9")], ..Scene::default() };
    let attack = "</textarea><script>alert(1)</script>";
    vec![
        sample("step-diagnosis", lang, page(lang, diagnosis(lang, None))),
        sample(
            "step-diagnosis-answered",
            lang,
            StepPage { answered: Some("/learn/1/4".into()), ..page(lang, diagnosis(lang, Some(true))) },
        ),
        sample("step-read", lang, page(lang, read(lang))),
        sample(
            "step-read-answered",
            lang,
            StepPage { answered: Some("/learn/1/4".into()), ..page(lang, read(lang)) },
        ),
        sample("step-judge", lang, StepPage { scene: photo, ..page(lang, choose(lang, None)) }),
        failed(
            "step-judge-error",
            lang,
            StepPage {
                error: Some(AnswerError::Nothing),
                scene: feed(lang),
                ..page(lang, choose(lang, None))
            },
        ),
        sample(
            "step-judge-answered",
            lang,
            StepPage {
                answered: Some("/learn/1/3/why".into()),
                scene: feed(lang),
                ..page(lang, choose(lang, Some("dm")))
            },
        ),
        sample("step-test", lang, page(lang, choose(lang, None))),
        sample("step-crisis", lang, crisis),
        sample("step-picture", lang, page(lang, spots(lang, &["r1"]))),
        failed(
            "step-picture-error",
            lang,
            StepPage { error: Some(AnswerError::Nothing), ..page(lang, spots(lang, &[])) },
        ),
        sample(
            "step-picture-answered",
            lang,
            StepPage { answered: Some("/why".into()), ..page(lang, spots(lang, &["r1", "r2"])) },
        ),
        sample("step-order", lang, page(lang, order(lang, [None; 4]))),
        failed(
            "step-order-error",
            lang,
            StepPage {
                error: Some(AnswerError::SamePlace(vec!["call".into(), "keep".into()])),
                ..page(lang, order(lang, [Some(1), Some(2), Some(2), Some(4)]))
            },
        ),
        sample(
            "step-order-answered",
            lang,
            StepPage {
                answered: Some("/why".into()),
                ..page(lang, order(lang, [Some(2), Some(1), Some(3), Some(4)]))
            },
        ),
        sample(
            "step-draft",
            lang,
            StepPage { scene: skin(lang, Skin::Review), ..page(lang, draft(lang, "", true)) },
        ),
        sample("step-draft-attack", lang, page(lang, draft(lang, attack, true))),
        failed(
            "step-draft-error",
            lang,
            StepPage {
                error: Some(AnswerError::TooLong(152)),
                ..page(lang, draft(lang, pick(lang, "お返事", "Dear all"), false))
            },
        ),
        sample(
            "step-draft-answered",
            lang,
            StepPage { answered: Some("/why".into()), ..page(lang, draft(lang, attack, false)) },
        ),
        sample("step-confidence", lang, page(lang, sure(lang, None))),
        sample(
            "step-confidence-answered",
            lang,
            StepPage { answered: Some("/why".into()), ..page(lang, sure(lang, Some(3))) },
        ),
        sample(
            "step-chat",
            lang,
            StepPage { scene: skin(lang, Skin::Chat), ..page(lang, choose(lang, None)) },
        ),
        sample(
            "step-board",
            lang,
            StepPage { scene: skin(lang, Skin::Board), ..page(lang, choose(lang, None)) },
        ),
        sample(
            "step-friends",
            lang,
            StepPage { scene: skin(lang, Skin::Friends), ..page(lang, choose(lang, None)) },
        ),
        sample(
            "step-video",
            lang,
            StepPage { scene: skin(lang, Skin::Video), ..page(lang, choose(lang, None)) },
        ),
    ]
}

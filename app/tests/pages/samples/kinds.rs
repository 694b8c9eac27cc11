//! Items in which something is picked, marked, decided row by row, changed, found out or looked up: fresh, with an error, answered.

use super::step::head;
use super::{Sample, contacts, failed, pick, post, ruby, sample, w};
use kokoroe_app::training::{
    AnswerError, Asked, ChecklistView, Checklists, PartAct, PartView, PickKind, PickView, PieceView,
    PointView, PostAct, Scene, SortView, StepPage, TextAct, TriageView, Way,
};
use kokoroe_app::ui::{PostView, Skin, Words};
use kokoroe_app::{Lang, StoryTime};

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

fn wrong(lang: Lang, asked: Asked, error: AnswerError) -> StepPage {
    StepPage { error: Some(error), ..page(lang, asked) }
}

fn done(lang: Lang, asked: Asked) -> StepPage {
    StepPage { answered: Some("/learn/1/3/why".into()), ..page(lang, asked) }
}

fn feed(lang: Lang) -> Scene {
    Scene {
        setting: Some(w(
            lang,
            "昼休みに、病院とよく似た名前のアカウントが目に入りました。",
            "At lunch an account catches your eye whose name is much like the hospital's.",
        )),
        feed: vec![post(lang, "p1", Skin::Short)],
        ..Scene::default()
    }
}

fn ids(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn numbered(lang: Lang, texts: &[(&str, &str)]) -> Vec<PickView> {
    texts.iter().zip(1..).map(|((ja, en), n)| PickView { id: n.to_string(), text: w(lang, ja, en) }).collect()
}

fn problems(lang: Lang, picked: &[&str]) -> Asked {
    Asked::Pick {
        ask: w(lang, "おかしいと思う所をすべて選んでください。", "Choose everything that looks wrong."),
        kind: PickKind::Problems,
        options: numbered(
            lang,
            &[
                ("アカウント名のつづりが一文字だけ違う", "One letter of the account's name differs"),
                ("投稿の時刻が昼休みの時間帯", "It was posted at lunch time"),
                (
                    "外部のページで口座番号を入れるよう求めている",
                    "It asks for a bank account number on another page",
                ),
                ("病院の建物の写真を使っている", "It shows a picture of the hospital's building"),
                ("文章に絵文字が入っている", "There are emoji in the text"),
                ("きょう中に返事をするよう急がせている", "It presses for an answer today"),
            ],
        ),
        picked: ids(picked),
    }
}

fn audience(lang: Lang, picked: &[&str]) -> Asked {
    Asked::Pick {
        ask: ruby(lang),
        kind: PickKind::Audience,
        options: numbered(
            lang,
            &[
                ("友達に登録した人", "People on your list of friends"),
                ("友達の友達", "Friends of your friends"),
                ("画面を写した人が見せた相手", "Whoever is shown a picture of the screen"),
                ("患者さんの家族", "The patient's family"),
                ("何も登録していない通行人", "A passer-by who has no account"),
            ],
        ),
        picked: ids(picked),
    }
}

fn mark(lang: Lang, picked: &[&str]) -> Asked {
    let pieces = [
        (false, "きょう、", "Today "),
        (true, "駅前で店を開いたばかりの方が", "someone who has just opened a shop by the station "),
        (false, "歩く練習を始めました。", "began to walk again. "),
        (true, "担当して三年目ですが、", "In my third year on this ward, "),
        (true, "同じ名字の先生と", "together with the doctor of the same name, "),
        (false, "二人で泣きそうになりました。", "we were close to tears."),
    ];
    let mut number = 0;
    Asked::Mark {
        ask: w(
            lang,
            "だれのことか分かってしまう言葉に、印をつけてください。",
            "Mark the words that tell who this is about.",
        ),
        pieces: pieces
            .into_iter()
            .map(|(markable, ja, en)| {
                number += i32::from(markable);
                PieceView { id: markable.then(|| number.to_string()), text: w(lang, ja, en) }
            })
            .collect(),
        picked: ids(picked),
    }
}

fn triage(lang: Lang, given: [Option<PostAct>; 3]) -> Asked {
    let posts = [
        post(lang, "p1", Skin::Short),
        PostView {
            author: w(lang, "みなと", "Minato"),
            handle: Some("@minato_walk".into()),
            text: w(
                lang,
                "〇〇病院の受付で一時間待った。説明がないのがつらい。",
                "An hour at the desk of that hospital, and nobody told us why.",
            ),
            ..post(lang, "p2", Skin::Short)
        },
        PostView {
            author: w(lang, "はる", "Haru"),
            handle: None,
            text: w(lang, "もうぜんぶ終わりにしたい", "I want all of this to be over"),
            ..post(lang, "p3", Skin::Short)
        },
    ];
    Asked::Triage {
        ask: w(lang, "それぞれの投稿を、どうしますか。", "What do you do with each of these posts?"),
        rows: posts
            .into_iter()
            .zip(given)
            .zip(1..)
            .map(|((post, given), n): (_, i32)| TriageView { id: n.to_string(), post, given })
            .collect(),
    }
}

fn sort(lang: Lang, three: bool, given: [Option<&str>; 3]) -> Asked {
    let mut groups = numbered(
        lang,
        &[
            ("個人の意見", "Your own opinion"),
            ("病院の発信", "Said for the hospital"),
            ("患者さんの情報", "About a patient"),
        ],
    );
    groups.truncate(if three { 3 } else { 2 });
    let cards = [
        ("好きな作家の新刊の感想を書く", "What you thought of a new novel"),
        (
            "病棟の面会時間が来月から変わることを、職員証を写した写真といっしょに知らせる長めの文",
            "A longer text with a photograph of your badge which says that visiting hours change next month",
        ),
        ("きょう退院した方の年代と町の名前を書く", "The age and the town of somebody who went home today"),
    ];
    Asked::Sort {
        ask: w(lang, "次の投稿は、どれにあたりますか。", "Which of these is what?"),
        groups,
        rows: cards
            .into_iter()
            .zip(given)
            .zip(1..)
            .map(|(((ja, en), given), n): (_, i32)| SortView {
                id: n.to_string(),
                text: w(lang, ja, en),
                given: given.map(str::to_owned),
            })
            .collect(),
    }
}

fn redact(lang: Lang, given: [PartAct; 3], whole: Option<TextAct>) -> Asked {
    let part = |id: i32, ja: &str, en: &str, soft: Option<(&str, &str)>, given| PartView {
        id: Some(id.to_string()),
        text: w(lang, ja, en),
        soft: soft.map(|(ja, en)| w(lang, ja, en)),
        given,
    };
    let plain =
        |ja: &str, en: &str| PartView { id: None, text: w(lang, ja, en), soft: None, given: PartAct::Keep };
    Asked::Redact {
        ask: w(lang, "この文を、出してよい形に直してください。", "Make this text fit to be posted."),
        parts: vec![
            plain("リハビリを担当した", "Rehabilitation with "),
            part(
                1,
                "駅前のすし屋の大将が、",
                "the master of the sushi shop by the station: ",
                Some(("ある患者さんが、", "a patient: ")),
                given[0],
            ),
            part(
                2,
                "きょう三か月ぶりに",
                "after three months, today, ",
                Some(("久しぶりに", "at last, ")),
                given[1],
            ),
            plain("自分で歩きました。", "he walked by himself. "),
            part(3, "拍手が起きました。", "Everybody clapped.", None, given[2]),
        ],
        whole: Some(whole),
    }
}

fn mosaic(lang: Lang, answered: bool) -> Asked {
    Asked::Mosaic {
        ask: w(
            lang,
            "三つの投稿から、だれのことか分かるでしょうか。",
            "Can one tell from these three posts who it is about?",
        ),
        clues: numbered(
            lang,
            &[
                ("「うちの病棟で一番の長さんが今日退院」", "“Our longest-staying patient goes home today”"),
                ("「窓から見える花火がきれいだった」", "“Beautiful fireworks from the window”"),
                ("「差し入れのまんじゅう、あの店のだ」", "“Buns from that shop”"),
                ("「夜勤明けの空がきれい」", "“A fine sky after the night shift”"),
            ],
        ),
        findings: numbered(
            lang,
            &[
                ("病院の名前だけ", "Only the name of the hospital"),
                ("退院した人が、どの店の人か", "Which shop the patient belongs to"),
                ("何も分からない", "Nothing"),
            ],
        ),
        cuts: numbered(
            lang,
            &[
                ("退院の投稿の「今日」を消す", "Take out “today” from the post about going home"),
                ("花火の投稿を消す", "Take out the fireworks"),
                ("店の名前が分かる写真を消す", "Take out the picture that shows the shop"),
            ],
        ),
        ticked: if answered { ids(&["1", "3"]) } else { Vec::new() },
        finding: answered.then(|| "2".to_owned()),
        cut: answered.then(|| "3".to_owned()),
    }
}

fn contact(lang: Lang, contact: Option<&str>, way: Option<Way>) -> Asked {
    Asked::Contact {
        ask: w(
            lang,
            "この投稿を見つけました。だれに伝えますか。",
            "You have found this post. Whom do you tell?",
        ),
        at: StoryTime(130),
        book: contacts(lang)
            .into_iter()
            .zip(1..)
            .map(|(entry, n): (_, i32)| (n.to_string(), entry))
            .collect(),
        ways: vec![Way::Phone, Way::Chat, Way::Mail, Way::Public],
        contact: contact.map(str::to_owned),
        way,
    }
}

fn lookup(lang: Lang, chosen: Option<u8>) -> Asked {
    let titles: [(&str, &str); 5] = [
        ("目的", "Purpose"),
        ("患者さんの情報", "Information about patients"),
        ("写真と動画", "Photographs and films"),
        ("個人のアカウント", "Your own accounts"),
        ("まちがえたとき", "When something went wrong"),
    ];
    Asked::Lookup {
        ask: w(
            lang,
            "「消しても、まず知らせる」は、規程のどこに書いてありますか。",
            "“Tell somebody, even if you deleted it”: where does the policy say so?",
        ),
        clauses: (1..).zip(titles).map(|(n, (ja, en))| (n, w(lang, ja, en))).collect(),
        policy: "/policy/sns".into(),
        chosen,
    }
}

fn reflect(lang: Lang, text: &str) -> Asked {
    Asked::Reflect {
        ask: w(
            lang,
            "あしたから一つだけ変えるとしたら、何ですか。",
            "If you changed one thing from tomorrow, what would it be?",
        ),
        max: 200,
        text: text.into(),
        keep: Some("/learn/1/3/draft".into()),
    }
}

fn checklist(lang: Lang, ticked: &[&str]) -> Asked {
    let points = [
        (
            "写っている人は、みんな知っている",
            "Everybody in it knows",
            "知らない人は断れません。",
            "Who does not know cannot refuse.",
        ),
        (
            "奥の板、画面、名札が読めない",
            "No board, screen or badge can be read",
            "画面では大きくできます。",
            "On a screen it can be enlarged.",
        ),
        (
            "場所と日時が分からない",
            "It does not tell where and when",
            "ほかの投稿とつながります。",
            "Other posts tell the rest.",
        ),
    ];
    Asked::Checklist {
        ask: w(lang, "写真を出す前のチェックリスト", "Before you post a photograph"),
        points: points
            .into_iter()
            .zip(1..)
            .map(|((ja, en, why_ja, why_en), n): (_, i32)| PointView {
                id: n.to_string(),
                text: w(lang, ja, en),
                why: Some(w(lang, why_ja, why_en)),
            })
            .collect(),
        ticked: ids(ticked),
        tools: "/checklists".into(),
    }
}

/// A text three times as long as any that the course allows.
fn long(lang: Lang) -> Words {
    let text = pick(
        lang,
        "退院のあとに届いた手紙のことを、名前を出さずに病棟の掲示板で紹介したいという相談がありました。",
        "Somebody asks whether a letter that came after a stay may be shown on the ward's board without a name. ",
    );
    Words::plain(lang, text.repeat(3))
}

fn long_pick(lang: Lang) -> Asked {
    let options = (1..=9).map(|n| PickView { id: n.to_string(), text: long(lang) }).collect();
    Asked::Pick { ask: long(lang), kind: PickKind::Audience, options, picked: ids(&["2", "9"]) }
}

fn unanswered(fields: &[&str]) -> AnswerError {
    AnswerError::Unanswered(ids(fields))
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let acts = [Some(PostAct::Nothing), Some(PostAct::Reply), Some(PostAct::KeepReport)];
    let edits = [PartAct::Soft, PartAct::Keep, PartAct::Cut];
    let keep = [PartAct::Keep; 3];
    let lists = vec![ChecklistView {
        title: w(lang, "写真を出す前のチェックリスト", "Before you post a photograph"),
        module: w(lang, "写真と患者さんの情報", "Photographs and patients"),
        points: vec![
            (ruby(lang), Some(w(lang, "知らない人は断れません。", "Who does not know cannot refuse."))),
            (w(lang, "場所と日時が分からない", "It does not tell where and when"), None),
        ],
    }];
    vec![
        sample("checklists", lang, Checklists { lists }),
        sample("checklists-empty", lang, Checklists::default()),
        sample("step-spot-list", lang, StepPage { scene: feed(lang), ..page(lang, problems(lang, &[])) }),
        failed("step-spot-list-error", lang, wrong(lang, problems(lang, &[]), AnswerError::Nothing)),
        sample("step-spot-list-answered", lang, done(lang, problems(lang, &["1", "3"]))),
        sample("step-audience", lang, StepPage { scene: feed(lang), ..page(lang, audience(lang, &["1"])) }),
        sample("step-audience-long", lang, page(lang, long_pick(lang))),
        sample("step-mark-text", lang, page(lang, mark(lang, &["1"]))),
        failed("step-mark-text-error", lang, wrong(lang, mark(lang, &[]), AnswerError::Nothing)),
        sample("step-mark-text-answered", lang, done(lang, mark(lang, &["1", "3"]))),
        sample("step-triage", lang, page(lang, triage(lang, [None; 3]))),
        failed(
            "step-triage-error",
            lang,
            wrong(lang, triage(lang, [Some(PostAct::Nothing), None, None]), unanswered(&["row-2", "row-3"])),
        ),
        sample("step-triage-answered", lang, done(lang, triage(lang, acts))),
        sample("step-sort", lang, page(lang, sort(lang, true, [Some("1"), None, None]))),
        sample("step-sort-two", lang, page(lang, sort(lang, false, [None; 3]))),
        failed(
            "step-sort-error",
            lang,
            wrong(lang, sort(lang, true, [Some("1"), None, Some("3")]), unanswered(&["row-2"])),
        ),
        sample("step-sort-answered", lang, done(lang, sort(lang, true, [Some("1"), Some("2"), Some("3")]))),
        sample("step-redact", lang, page(lang, redact(lang, keep, None))),
        sample("step-redact-preview", lang, page(lang, redact(lang, edits, Some(TextAct::Consent)))),
        failed("step-redact-error", lang, wrong(lang, redact(lang, edits, None), unanswered(&["whole"]))),
        sample("step-redact-answered", lang, done(lang, redact(lang, edits, Some(TextAct::Consent)))),
        sample("step-mosaic", lang, StepPage { scene: feed(lang), ..page(lang, mosaic(lang, false)) }),
        failed(
            "step-mosaic-error",
            lang,
            wrong(lang, mosaic(lang, false), unanswered(&["clue", "finding", "cut"])),
        ),
        sample("step-mosaic-answered", lang, done(lang, mosaic(lang, true))),
        sample("step-contact", lang, page(lang, contact(lang, None, None))),
        failed("step-contact-error", lang, wrong(lang, contact(lang, Some("1"), None), unanswered(&["way"]))),
        sample("step-contact-answered", lang, done(lang, contact(lang, Some("1"), Some(Way::Phone)))),
        sample("step-lookup", lang, page(lang, lookup(lang, None))),
        failed("step-lookup-error", lang, wrong(lang, lookup(lang, None), AnswerError::Nothing)),
        sample("step-lookup-answered", lang, done(lang, lookup(lang, Some(5)))),
        sample("step-reflect", lang, page(lang, reflect(lang, ""))),
        failed(
            "step-reflect-error",
            lang,
            wrong(lang, reflect(lang, pick(lang, "長い文", "long")), AnswerError::TooLong(230)),
        ),
        sample("step-reflect-empty-answered", lang, done(lang, reflect(lang, ""))),
        sample("step-checklist", lang, page(lang, checklist(lang, &[]))),
        failed(
            "step-checklist-error",
            lang,
            wrong(lang, checklist(lang, &["1"]), AnswerError::Unticked(ids(&["2", "3"]))),
        ),
        sample("step-checklist-answered", lang, done(lang, checklist(lang, &["1", "2", "3"]))),
    ]
}

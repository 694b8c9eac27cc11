use super::step::{PLACES, care_head, head, picture};
use super::{Sample, clause, contacts, failed, pick, post, sample, w};
use kokoroe_app::training::{
    Arrived, CardResult, DebriefPage, DiagnosedView, IncidentKind, IncidentView, ModelReply, ObjectionBox,
    ObjectionError, OtherChoice, PathStep, RegionResult, Remark, RemarkLevel, TestResultPage, TopicLine,
    WhyDetail, WhyPage,
};
use kokoroe_app::ui::{Basis, PostView, Skin, Verdict};
use kokoroe_app::{Lang, StoryTime};

pub(super) fn other(lang: Lang, verdict: Verdict, ja: &str, en: &str) -> OtherChoice {
    OtherChoice {
        verdict,
        text: w(lang, ja, en),
        why: w(
            lang,
            "一人で抱えずにすみ、次の支援につながります。",
            "You are not left alone with it, and help can follow.",
        ),
        clause: Some(clause(lang, 8)),
    }
}

fn diagnosed(good: usize, pages: usize) -> DiagnosedView {
    DiagnosedView { questions: 3, good, pages }
}

fn why(lang: Lang) -> WhyPage {
    WhyPage {
        head: care_head(lang),
        ask: w(lang, "最初に何をしますか。", "What do you do first?"),
        verdict: Some(Verdict::Risky),
        sure: None,
        chosen: Some(w(
            lang,
            "個人のアカウントから、すぐに励ましのメッセージを送る",
            "Send words of comfort from your own account at once",
        )),
        why: Some(w(
            lang,
            "励ましたい気持ちは自然です。ただ、個人のやりとりでは支えきれず、次の支援につながりません。",
            "Wanting to comfort is natural. A private exchange cannot carry it, and no help follows.",
        )),
        clause: Some(clause(lang, 8)),
        basis: Basis::Rule,
        arrived: Arrived {
            clock: Some((StoryTime(72), StoryTime(82))),
            meters: super::feed::meters(lang),
            told: vec![w(lang, "返事はありません。", "There is no answer.")],
            posts: vec![PostView {
                author: w(lang, "みみ", "Mimi"),
                text: w(lang, "だいじょうぶ？", "Are you all right?"),
                fresh: true,
                waits: true,
                ..post(lang, "p2", Skin::Short)
            }],
        },
        best: Some(other(
            lang,
            Verdict::Best,
            "夜間の連絡先（当直師長）に電話する",
            "Call the head nurse on duty",
        )),
        others: vec![
            other(lang, Verdict::Ok, "病棟のリーダーに声をかける", "Speak to the shift leader"),
            other(
                lang,
                Verdict::Harm,
                "画面の写真を同僚に送る",
                "Send a picture of the screen to colleagues",
            ),
        ],
        detail: WhyDetail::Choice,
        doubt: contacts(lang).into_iter().next(),
        asked_again: true,
        asked_later: false,
        diagnosed: None,
        objection: Some(objection(None)),
        next: "/learn/1/4".into(),
        again: Some("/learn/1/3".into()),
    }
}

fn objection(error: Option<ObjectionError>) -> ObjectionBox {
    ObjectionBox {
        action: "/learn/1/3/why".into(),
        waiting: false,
        words: String::new(),
        named: false,
        error,
    }
}

pub(super) fn plain(lang: Lang) -> WhyPage {
    WhyPage {
        head: head(lang),
        verdict: Some(Verdict::Best),
        arrived: Arrived::default(),
        best: None,
        doubt: None,
        asked_again: false,
        ..why(lang)
    }
}

fn path(lang: Lang) -> Vec<PathStep> {
    [
        (64, "投稿を見つけた", "Found the post", Verdict::Best),
        (72, "個人のアカウントで励ました", "Wrote from the own account", Verdict::Risky),
        (82, "当直師長に電話した", "Called the head nurse on duty", Verdict::Best),
    ]
    .into_iter()
    .map(|(at, ja, en, verdict)| PathStep { at: Some(StoryTime(at)), did: w(lang, ja, en), verdict })
    .collect()
}

fn debrief(lang: Lang) -> DebriefPage {
    let incident = |kind, year| IncidentView {
        year,
        place: w(lang, "関東の大学病院", "A university hospital in eastern Japan"),
        what: w(
            lang,
            "職員が個人のアカウントに検査画像を載せ、患者さんが分かる状態になりました。",
            "A member of staff posted an image of an examination, and the patient could be recognised.",
        ),
        followed: w(
            lang,
            "病院が謝罪し、職員は処分を受けました。",
            "The hospital apologised and the person was disciplined.",
        ),
        kind,
    };
    DebriefPage {
        head: care_head(lang),
        title: w(lang, "午前1時12分の投稿", "The post at 1:12 a.m."),
        ending: vec![w(
            lang,
            "午前1時25分、当直師長と精神科の当直医が引き継ぎました。",
            "At 1:25 a.m. the head nurse and the psychiatrist on duty took over.",
        )],
        yours: path(lang),
        recommended: path(lang).into_iter().filter(|step| step.verdict == Verdict::Best).collect(),
        meters: super::feed::meters(lang),
        looks: super::feed::looked(lang),
        strength: Some(w(
            lang,
            "投稿の場所と時刻を正確に伝えられました。",
            "You told exactly where and when it was posted.",
        )),
        change: Some(w(
            lang,
            "個人で返信する前に、夜間の連絡先に電話します。",
            "Call the night contact before you reply yourself.",
        )),
        incidents: vec![
            incident(IncidentKind::Verified, 2023),
            incident(IncidentKind::Contested, 2021),
            incident(IncidentKind::Positive, 2020),
        ],
        contacts: contacts(lang),
        action: "/learn/1/6".into(),
        answered: None,
    }
}

fn result(lang: Lang, passed: bool) -> TestResultPage {
    let line = |number, verdict, again| TopicLine { clause: clause(lang, number), verdict, again };
    TestResultPage {
        head: head(lang),
        round: 1,
        points: if passed { 27 } else { 21 },
        of: 30,
        pass_percent: 80,
        passed,
        must_open: false,
        missed: if passed { 0 } else { 3 },
        topics: vec![
            line(4, Verdict::Best, false),
            line(5, Verdict::Risky, !passed),
            line(8, Verdict::Ok, false),
            line(13, Verdict::Harm, !passed),
        ],
        action: "/learn/5/11".into(),
        answered: None,
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let regions: Vec<RegionResult> = PLACES
        .into_iter()
        .zip(1_u16..)
        .map(|((_, at, ja, en), number)| RegionResult {
            number,
            at,
            label: w(lang, ja, en),
            leak: matches!(number, 1 | 4 | 7),
            must: number == 1,
            picked: matches!(number, 1 | 2),
            why: w(lang, "ここから名前と部屋番号が読めます。", "Names and room numbers can be read here."),
            clause: matches!(number, 1 | 4 | 7).then(|| clause(lang, 5)),
        })
        .collect();
    let picked = regions.iter().filter(|region| region.picked).cloned().collect();
    let cards = [
        (1, "投稿の場所と時刻を書きとめる", "Write down where and when"),
        (3, "内線9000に電話する", "Call extension 9000"),
        (2, "対応した時刻を記録する", "Record the time"),
    ]
    .into_iter()
    .map(|(given, ja, en)| CardResult {
        text: w(lang, ja, en),
        why: w(lang, "あとから確かめられるようにするためです。", "So that it can be checked later."),
        given,
    })
    .collect();
    let remarks = vec![
        Remark {
            level: RemarkLevel::MustFix,
            quotes: vec![pick(lang, "お母様が入院され", "your mother stayed with us").into()],
            why: w(
                lang,
                "入院した事実を病院が認める形になります。相手が書いていても同じです。",
                "The hospital confirms the stay, even if the other side wrote it first.",
            ),
        },
        Remark {
            level: RemarkLevel::Improve,
            quotes: Vec::new(),
            why: w(
                lang,
                "最初にお礼があると、伝わり方が変わります。",
                "A word of thanks at the start changes how it reads.",
            ),
        },
        Remark {
            level: RemarkLevel::Good,
            quotes: vec![pick(lang, "代表電話", "switchboard").into()],
            why: w(
                lang,
                "公開の場から、話せる場所へ案内できています。",
                "You lead from the open place to one where people can talk.",
            ),
        },
    ];
    let models = vec![ModelReply {
        text: w(
            lang,
            "ご投稿ありがとうございます。個別の診療についてはここではお答えできませんが、職員一同の励みになります。",
            "Thank you for your post. We cannot speak about treatment here, but it encourages all of us.",
        ),
        note: w(lang, "事実を認めも否定もしていません。", "It neither confirms nor denies anything."),
    }];
    let text = "<img src=x onerror=alert(1)> \u{a0}".to_owned()
        + pick(lang, "お母様が入院され", "your mother stayed with us");
    vec![
        sample("why-crisis", lang, why(lang)),
        sample("why-best", lang, plain(lang)),
        sample("why-diagnosed", lang, WhyPage { diagnosed: Some(diagnosed(3, 2)), ..plain(lang) }),
        sample("why-diagnosed-some", lang, WhyPage { diagnosed: Some(diagnosed(1, 0)), ..why(lang) }),
        sample("why-harm", lang, WhyPage { verdict: Some(Verdict::Harm), basis: Basis::Law, ..why(lang) }),
        sample(
            "why-picture",
            lang,
            WhyPage {
                verdict: Some(Verdict::Ok),
                chosen: None,
                why: None,
                others: Vec::new(),
                detail: WhyDetail::Picture { picture: picture(lang), regions, leaks: 3 },
                ..plain(lang)
            },
        ),
        sample(
            "why-picture-open",
            lang,
            WhyPage {
                verdict: Some(Verdict::Risky),
                chosen: None,
                why: None,
                others: Vec::new(),
                detail: WhyDetail::Picture { picture: picture(lang), regions: picked, leaks: 3 },
                asked_again: true,
                ..plain(lang)
            },
        ),
        sample(
            "why-order-open",
            lang,
            WhyPage {
                verdict: Some(Verdict::Risky),
                chosen: None,
                why: None,
                others: Vec::new(),
                detail: WhyDetail::OrderOpen((1, 6)),
                asked_again: true,
                ..plain(lang)
            },
        ),
        sample(
            "why-order",
            lang,
            WhyPage {
                verdict: Some(Verdict::Ok),
                chosen: None,
                others: Vec::new(),
                detail: WhyDetail::Order { cards, pairs: (2, 3) },
                ..plain(lang)
            },
        ),
        sample(
            "why-draft",
            lang,
            WhyPage {
                verdict: None,
                chosen: None,
                why: None,
                clause: None,
                others: Vec::new(),
                detail: WhyDetail::Draft { text, remarks, models },
                ..plain(lang)
            },
        ),
        sample("why-sure", lang, WhyPage { sure: Some(4), ..why(lang) }),
        sample("why-later", lang, WhyPage { asked_again: false, asked_later: true, best: None, ..why(lang) }),
        sample(
            "why-objection-sent",
            lang,
            WhyPage { objection: Some(ObjectionBox { waiting: true, ..objection(None) }), ..plain(lang) },
        ),
        failed(
            "why-objection-empty",
            lang,
            WhyPage { objection: Some(objection(Some(ObjectionError::Empty))), ..plain(lang) },
        ),
        sample("debrief", lang, debrief(lang)),
        sample(
            "debrief-answered",
            lang,
            DebriefPage { head: head(lang), answered: Some("/learn/1/7".into()), ..debrief(lang) },
        ),
        sample("test-passed", lang, result(lang, true)),
        sample("test-missed", lang, result(lang, false)),
        sample(
            "test-must",
            lang,
            TestResultPage { must_open: true, points: 26, missed: 1, ..result(lang, false) },
        ),
    ]
}

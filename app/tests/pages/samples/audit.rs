use super::{Sample, audit_readings, audit_top, chrome, day, pick, post, w, who};
use kokoroe_app::audit::{
    AnswerLine, AnswerPiece, AttemptLine, AuditPerson, AuditRoster, CheckLine, CheckPage, CheckState, Choice,
    CompletionLine, ContentChoice, ContentKind, ContentLine, ContentList, ContentPage, ContentPart,
    ExemptionLine, LeafLine, LeafRef, LeaveLine, LogPage, PartKind, PersonPack, PersonYear, PostingLine,
    Proof, RosterLine, Sample as Drawn, SignatureLine, SwapLine,
};
use kokoroe_app::people::Listed;
use kokoroe_app::reports::AsOf;
use kokoroe_app::training::{Because, TrackOf, TrackReason};
use kokoroe_app::ui::{Block, Inline, Rate, Skin, Status, Verdict};
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, ShownIn, WhoView};

pub(super) const HASH: &str = "432b102fb0dc32eaeffb2bad9da34a2db6df087b9a7a5b7de38724273d353df1";
pub(super) fn auditor(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, RoleView::Auditor], ..who(lang) };
    let chrome = Chrome { who: Some(who), path: "/audit".into(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

pub(super) fn at(second: u8) -> Moment {
    Moment { day: day(2026, 10, 1), hour: 17, minute: 4, second }
}

pub(super) fn leaf(index: u64, proof: Proof) -> LeafRef {
    LeafRef { index, href: format!("/audit/log?log=2026&from={index}#leaf-{index}"), proof }
}

pub(super) fn years(lang: Lang) -> Vec<Choice> {
    ["2026", "2025"]
        .into_iter()
        .map(|year| Choice {
            value: year.into(),
            words: match lang {
                Lang::Ja => format!("{year}年度"),
                Lang::En => format!("FY{year}"),
            },
            chosen: year == "2026",
        })
        .collect()
}

fn check(lang: Lang, broken: bool) -> CheckPage {
    let sentence = pick(
        lang,
        "answer（証跡番号61）：表の行が証跡と一致しません。本来は「points=3」です。実際は「points=2」です。",
        "answer (leaf 61): this row says something else than its leaf. Expected “points=3”. Found “points=2”.",
    );
    let line = |year: i64, differences: Vec<String>| CheckLine {
        log: format!("kokoroe-97e153ae/{year}"),
        leaves: 9_853,
        signed: 9_850,
        rows: 9_776,
        differences,
    };
    let state = if broken {
        CheckState::Different { at: at(41), ways: 1 }
    } else {
        CheckState::Whole { at: at(41), leaves: 25_733, rows: 24_801 }
    };
    let differences = if broken { vec![sentence.to_owned()] } else { Vec::new() };
    CheckPage {
        state,
        logs: vec![line(2026, differences), line(2025, Vec::new())],
        action: "/audit/check".into(),
    }
}

fn roster(lang: Lang, sampled: bool) -> AuditRoster {
    let line = |number: &str, name: &str, kana: &str, status: Status| RosterLine {
        name: name.into(),
        kana: kana.into(),
        number: number.into(),
        href: format!("/audit/people/{number}"),
        profession: "看護師".into(),
        department: Some("3病棟".into()),
        status,
        due: day(2026, 12, 19),
        started: (status != Status::NotStarted).then(|| day(2026, 11, 10)),
        completed: (status == Status::Completed).then(|| day(2026, 11, 15)),
        remark: (status == Status::Exempt).then(|| "免除（産休 2026年12月31日まで）".to_owned()),
    };
    AuditRoster {
        requirements: vec![Choice {
            value: "sns-2026".into(),
            words: pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into(),
            chosen: true,
        }],
        basis: "医療安全研修の一つとして、年1回".into(),
        at: String::new(),
        at_wrong: false,
        q: String::new(),
        sample: if sampled {
            Drawn { size: "3".into(), seed: "みどり野".into() }
        } else {
            Drawn::default()
        },
        as_of: AsOf::Now(at(0)),
        rate: Rate { done: 205, of: 210 },
        left_out: (3, 7),
        counts: vec![(Status::Overdue, 1), (Status::InProgress, 4), (Status::Completed, 205)],
        lines: vec![
            line("00123", "髙﨑 𠮷郎", "タカサキ ヨシロウ", Status::Completed),
            line("00124", "髙橋 花子", "タカハシ ハナコ", Status::Overdue),
            line("00125", "<img src=x onerror=alert(1)>", "", Status::NotStarted),
            line("00126", "スカルノ", "", Status::Exempt),
        ],
        listed: Listed {
            first: 1,
            last: 4,
            of: 220,
            before: None,
            after: Some("/audit/roster?page=2".into()),
        },
    }
}

fn year(lang: Lang) -> PersonYear {
    let answer = |turn: u32, verdict: Option<Verdict>, proof: Proof| AnswerLine {
        turn,
        ask: Some(w(lang, "最初に何をしますか", "What do you do first?")),
        answer: vec![AnswerPiece::Course(w(lang, "当直師長に電話する", "Call the head nurse on duty"))],
        verdict,
        points: verdict.map_or((0, 0), |_| (3, 3)),
        at: at(12),
        leaf: leaf(60 + u64::from(turn), proof),
    };
    let module = w(lang, "夜に届いた投稿", "A post in the night");
    let swap =
        |instead, n| SwapLine { module: module.clone(), instead, at: at(2), leaf: leaf(n, Proof::Proven) };
    PersonYear {
        year: 2026,
        title: pick(lang, "SNSの約束", "Social media promises").into(),
        status: Status::Completed,
        owing: vec![Because::EveryYear, Because::Joined { on: day(2026, 10, 1), days: 60 }],
        track: Some(TrackOf {
            title: pick(lang, "新しく入った人", "New staff").into(),
            reason: Some(TrackReason::New),
        }),
        assigned: at(0),
        due: day(2026, 12, 19),
        leaf: leaf(49, Proof::Proven),
        exemptions: vec![ExemptionLine {
            reason: "産休".into(),
            asked_by: "阿部 洋子".into(),
            approved_by: "渡邊 学".into(),
            from: day(2026, 4, 1),
            until: day(2026, 6, 30),
            leaf: leaf(57, Proof::Proven),
        }],
        swaps: vec![
            swap(Some(w(lang, "24時間で消えるから", "Because it is gone in 24 hours")), 58),
            swap(None, 59),
        ],
        attempts: vec![AttemptLine {
            title: w(lang, "夜に届いた投稿", "A post in the night"),
            revision: HASH.into(),
            content: format!("/audit/content/{HASH}"),
            began: at(1),
            finished: Some(at(50)),
            laid_aside: false,
            leaf: leaf(59, Proof::Proven),
            answers: vec![
                answer(1, None, Proof::Proven),
                answer(2, Some(Verdict::Best), Proof::Broken),
                AnswerLine {
                    answer: vec![AnswerPiece::Logged("</td><script>alert(1)</script>".into())],
                    ..answer(3, Some(Verdict::Risky), Proof::Waiting)
                },
                AnswerLine {
                    answer: vec![AnswerPiece::OwnWords(84), AnswerPiece::Level(3), AnswerPiece::Again],
                    ..answer(4, None, Proof::Proven)
                },
            ],
        }],
        signature: Some(SignatureLine {
            at: at(55),
            version: Some(4),
            revision: HASH.into(),
            content: format!("/audit/content/{HASH}"),
            shown_in: ShownIn::PlainJapanese,
            statements: vec!["規程を読みました。".into(), "守ることを約束します。".into()],
            leaf: leaf(98, Proof::Proven),
        }),
        completion: Some(CompletionLine {
            number: "2026-SNS-000123".into(),
            href: Some("/certificates/2026-SNS-000123".into()),
            at: at(55),
            in_time: true,
            valid_until: Some(day(2027, 12, 31)),
            leaf: leaf(99, Proof::Proven),
        }),
    }
}

fn person(lang: Lang) -> AuditPerson {
    let earlier = PersonYear {
        year: 2025,
        owing: vec![Because::EveryYear],
        exemptions: Vec::new(),
        attempts: Vec::new(),
        signature: None,
        completion: None,
        status: Status::Overdue,
        ..year(lang)
    };
    AuditPerson {
        name: "髙﨑 𠮷郎".into(),
        kana: "タカサキ ヨシロウ".into(),
        number: "00123".into(),
        named: Some(leaf(5, Proof::Broken)),
        profession: "看護師".into(),
        employment: "常勤".into(),
        joined: day(2020, 4, 1),
        left: None,
        postings: vec![
            PostingLine {
                department: "外来".into(),
                also: false,
                from: day(2020, 4, 1),
                until: Some(day(2024, 3, 31)),
            },
            PostingLine { department: "3病棟".into(), also: false, from: day(2024, 4, 1), until: None },
            PostingLine {
                department: "感染対策室".into(), also: true, from: day(2025, 4, 1), until: None
            },
        ],
        leaves: vec![LeaveLine {
            reason: "育児休業".into(),
            from: day(2022, 1, 1),
            until: Some(day(2022, 12, 31)),
        }],
        compared: (74, 1),
        readings: "/audit/readings?of=1".into(),
        years: vec![year(lang), earlier],
        pack: PersonPack {
            action: "/audit/pack".into(),
            person: "0192f0c1-2b7e-7c3a-9f00-3f1d2a4b5c6d".into(),
            years: years(lang),
        },
    }
}

fn contents(lang: Lang) -> ContentList {
    let line = |kind: ContentKind, ja: &str, en: &str, present: bool| ContentLine {
        kind,
        title: w(lang, ja, en),
        revision: HASH.into(),
        href: format!("/audit/content/{HASH}"),
        published: at(0),
        present,
        leaf: leaf(2, Proof::Proven),
    };
    ContentList {
        lines: vec![
            line(ContentKind::Policy, "SNS利用規程", "Social Media Policy", true),
            line(ContentKind::Module, "夜に届いた投稿", "A post in the night", false),
        ],
    }
}

fn content(lang: Lang, matches: bool) -> ContentPage {
    let part = |kind: PartKind, place: &str| ContentPart {
        kind,
        place: place.into(),
        title: None,
        must: false,
        told: Vec::new(),
        body: Vec::new(),
        posts: Vec::new(),
        picture: None,
        ask: None,
        choices: Vec::new(),
    };
    let choice = |ja: &str, en: &str, verdict: Option<Verdict>| ContentChoice {
        text: w(lang, ja, en),
        verdict,
        why: Some(w(lang, "一人で抱えずに済みます。", "You are not alone with it.")),
    };
    ContentPage {
        kind: ContentKind::Module,
        title: w(lang, "夜に届いた投稿", "A post in the night"),
        version: None,
        published: at(0),
        revision: HASH.into(),
        matches,
        leaf: leaf(2, if matches { Proof::Proven } else { Proof::Broken }),
        text: format!("/audit/content/{HASH}/text"),
        parts: vec![
            ContentPart {
                title: Some(w(lang, "返事の前に", "Before you answer")),
                body: vec![Block::Paragraph(vec![Inline::Text(w(
                    lang,
                    "一人で答えず、決められた人に伝えます。",
                    "Do not answer alone; tell the people named here.",
                ))])],
                ..part(PartKind::Reading, "")
            },
            ContentPart {
                must: true,
                told: vec![w(lang, "午前1時すぎ、休憩室です。", "It is past one in the break room.")],
                posts: vec![post(lang, "p1", Skin::Short)],
                ask: Some(w(lang, "最初に何をしますか", "What do you do first?")),
                choices: vec![
                    choice("当直師長に電話する", "Call the head nurse on duty", Some(Verdict::Best)),
                    choice("励ます返信を送る", "Send an encouraging reply", Some(Verdict::Risky)),
                ],
                ..part(PartKind::Scene, "night/n1")
            },
            ContentPart {
                title: Some(w(lang, "写真を確かめる", "Look at the photograph")),
                picture: Some(("ward.svg".into(), w(lang, "病室の絵", "A drawing of a ward"))),
                ask: Some(w(lang, "直す所を選びます", "Choose what to change")),
                choices: vec![choice("ベッドの名札", "The name at the bed", None)],
                ..part(PartKind::Question, "photo")
            },
        ],
    }
}

fn log(lang: Lang) -> LogPage {
    let line = |index: u64, kind: &str, signed: bool| LeafLine {
        index,
        at: at(30),
        kind: kind.into(),
        raw: format!(
            "{{\"actor\":\"018e9686-cb00-7d1c\",\"at\":\"2026-10-01T08:04:30.000Z\",\"d\":{{\"turn\":2,\"place\":\"night/n1\",\
             \"response\":\"<b>\"}},\"k\":\"{kind}\",\"log\":\"kokoroe-97e153ae/2026\",\"prev_cp\":9850,\"v\":1}}"
        ),
        hash: HASH.into(),
        signed,
    };
    LogPage {
        logs: years(lang),
        kinds: vec![Choice {
            value: String::new(), words: pick(lang, "すべて", "All").into(), chosen: true
        }],
        from: "9852".into(),
        size: 9_853,
        lines: vec![
            line(9_852, "export.made", false),
            line(9_849, "answer", true),
            line(9_848, "new.kind", true),
        ],
        newer: Some("/audit/log?from=9902".into()),
        older: Some("/audit/log?from=9802".into()),
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let none = AuditRoster { lines: Vec::new(), listed: Listed::default(), ..roster(lang, false) };
    let wrong = AuditRoster { at: "2030-01-01".into(), at_wrong: true, ..roster(lang, false) };
    let nothing = CheckPage { state: CheckState::NotYet, logs: Vec::new(), action: "/audit/check".into() };
    vec![
        auditor("audit-top", lang, audit_top::top(lang)),
        auditor("audit-top-different", lang, audit_top::different(lang)),
        auditor("audit-top-restored", lang, audit_top::restored(lang)),
        auditor("audit-top-changed-key", lang, audit_top::changed_key(lang)),
        auditor("audit-top-stamped", lang, audit_top::stamped(lang)),
        auditor("audit-top-waiting", lang, audit_top::waiting(lang)),
        auditor("audit-top-witnessed", lang, audit_top::witnessed(lang)),
        auditor("audit-top-unwitnessed", lang, audit_top::unwitnessed(lang)),
        auditor("audit-top-contradicted", lang, audit_top::contradicted(lang)),
        auditor("audit-top-begun", lang, audit_top::begun(lang)),
        auditor("audit-check", lang, check(lang, false)),
        auditor("audit-check-different", lang, check(lang, true)),
        auditor("audit-check-none", lang, nothing),
        auditor("audit-roster", lang, roster(lang, false)),
        auditor("audit-roster-sample", lang, roster(lang, true)),
        auditor("audit-roster-without-training", lang, AuditRoster::without_training(AsOf::Now(at(0)))),
        auditor("audit-roster-none", lang, none),
        Sample { has_error: true, ..auditor("audit-roster-wrong", lang, wrong) },
        auditor("audit-person", lang, person(lang)),
        auditor("audit-contents", lang, contents(lang)),
        auditor("audit-content", lang, content(lang, true)),
        auditor("audit-content-altered", lang, content(lang, false)),
        auditor("audit-log", lang, log(lang)),
        auditor("audit-readings", lang, audit_readings::readings(lang, false)),
        auditor("audit-readings-none", lang, audit_readings::readings(lang, true)),
    ]
}

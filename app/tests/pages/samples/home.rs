use super::{Sample, chrome, contacts, day, pick, reminders, sample, swap, w};
use kokoroe_app::reminders::{Notes, Notices};
use kokoroe_app::training::{
    AnswerSheet, Because, Care, CareKind, CertificateLine, DiagnosisOffer, Due, History, IntroAction,
    ModuleDone, ModuleIntro, ModuleRow, ModuleState, MyTraining, Next, NextKind, Owed, ReplyLine, SheetRow,
    SheetSummary, SignRow, SignedText, StepKind, StepLine, StepState, TrackOf, TrackReason, YearLine,
};
use kokoroe_app::ui::{Status, Verdict};
use kokoroe_app::{Chrome, Lang, Moment, RoleView, ShownIn, WhoView};

fn due(days_left: i32) -> Due {
    Due { day: day(2026, 10, 1), days_left }
}

fn module(lang: Lang, ja: &str, en: &str, minutes: u16, state: ModuleState) -> ModuleRow {
    ModuleRow { title: w(lang, ja, en), minutes, state, href: "/learn/1".into() }
}

fn owed(lang: Lang) -> Owed {
    Owed {
        title: w(lang, "SNSの約束 2026年度", "Social media, fiscal year 2026"),
        status: Status::InProgress,
        due: Some(due(12)),
        minutes_left: 26,
        modules: vec![
            module(lang, "写真と患者さんの情報", "Photographs and patients", 8, ModuleState::Done),
            module(lang, "災害の日の投稿", "Posting on the day of a disaster", 7, ModuleState::InProgress(4)),
            module(lang, "夜に届いた投稿", "A post in the night", 8, ModuleState::NotStarted),
            module(lang, "申し送りのグループ", "The handover group", 6, ModuleState::Redo),
            module(lang, "確認テスト", "Final test", 8, ModuleState::NotStarted),
        ],
        sign: Some(SignRow {
            title: w(lang, "SNS利用規程", "Social Media Policy"),
            version: 4,
            signed: None,
            href: None,
        }),
        because: vec![
            Because::EveryYear,
            Because::Track(TrackOf {
                title: pick(lang, "看護・介護・リハビリ", "Nursing, care and rehabilitation").into(),
                reason: Some(TrackReason::Profession("看護師".into())),
            }),
            Because::Department(pick(lang, "3病棟", "Ward 3").into()),
            Because::Returned { on: day(2026, 9, 1), days: 30 },
            Because::Extended {
                until: day(2026, 10, 15),
                reason: pick(lang, "夜勤の調整", "night shifts").into(),
            },
        ],
        released_until: None,
        certificate: None,
        alone: false,
        exceptions: Some("/exceptions/1".into()),
    }
}

fn done(lang: Lang) -> Owed {
    let mut done = owed(lang);
    done.status = Status::Completed;
    done.minutes_left = 0;
    for row in &mut done.modules {
        row.state = ModuleState::Done;
    }
    done.sign = Some(SignRow {
        title: w(lang, "SNS利用規程", "Social Media Policy"),
        version: 4,
        signed: Some(day(2026, 9, 12)),
        href: Some("/learn/sign".into()),
    });
    done.certificate = Some("/certificates/2026-SNS-000123".into());
    done
}

fn year(lang: Lang, year: i32, status: Status) -> YearLine {
    YearLine {
        year,
        title: w(lang, "SNSの約束", "Social media"),
        status,
        completed: Some(day(year, 9, 3)),
        corrected: None,
        policy_version: Some(3),
        signed: Some(SignedText {
            version: 3,
            href: "/policy/sns/3fa9c1d2e0b4".into(),
            at: day(year, 9, 3),
            shown_in: ShownIn::PlainJapanese,
            statements: vec!["私は、SNS利用規程 第3版を読みました。".into()],
        }),
        certificate: Some("/certificates/2025-SNS-000077".into()),
        alone: year == 2024,
        sheets: vec![
            (w(lang, "写真と患者さんの情報", "Photographs and patients"), "/history/1".into()),
            (w(lang, "確認テスト", "Final test"), "/history/2".into()),
        ],
    }
}

fn home(lang: Lang) -> MyTraining {
    MyTraining {
        name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
        next: Some(Next {
            kind: NextKind::Continue,
            title: w(lang, "災害の日の投稿", "Posting on the day of a disaster"),
            minutes: 4,
            href: "/learn/1/3".into(),
            due: Some(due(12)),
        }),
        owed: vec![owed(lang)],
        replies: vec![ReplyLine {
            ask: w(lang, "まず何をしますか。", "What do you do first?"),
            words: pick(lang, "夜間は広報課がいません。", "Nobody is at public relations at night.").into(),
            reply: pick(lang, "ご指摘のとおりです。説明を直します。", "You are right. We will change it.")
                .into(),
            on: day(2026, 10, 1),
        }],
        recall: 0,
        lost: None,
        notice: None,
        calendar: Some("/training.ics".into()),
        certificates: vec![CertificateLine {
            number: "2025-SNS-000077".into(),
            title: w(lang, "SNSの約束 2025年度", "Social media, fiscal year 2025"),
            completed: day(2025, 9, 3),
            href: "/certificates/2025-SNS-000077".into(),
        }],
        earlier: vec![year(lang, 2025, Status::Completed), year(lang, 2024, Status::CompletedLate)],
    }
}

fn intro(lang: Lang) -> ModuleIntro {
    let step = |kind, title: Option<(&str, &str)>, state| StepLine {
        kind,
        title: title.map(|(ja, en)| w(lang, ja, en)),
        state,
    };
    ModuleIntro {
        title: w(lang, "写真と患者さんの情報", "Photographs and patients"),
        summary: w(
            lang,
            "何気ない写真から患者さんが分かってしまうことがあります。載せる前の目のつけどころを練習します。",
            "An everyday photograph can give a patient away. You practise where to look before you post.",
        ),
        minutes: 8,
        questions: 4,
        steps: vec![
            step(StepKind::Read, Some(("写真に写るもの", "What a photograph shows")), StepState::Done),
            step(StepKind::Picture, None, StepState::Now),
            step(StepKind::Judge, None, StepState::Ahead),
            step(
                StepKind::Scenario,
                Some(("休憩室の一枚", "A picture from the break room")),
                StepState::Ahead,
            ),
            step(StepKind::Debrief, None, StepState::Ahead),
        ],
        pass_percent: None,
        care: None,
        instead_of: None,
        action: IntroAction::Start {
            action: "/learn/1".into(),
            offer: Some(DiagnosisOffer { questions: 3, pages: 2 }),
        },
        back: "/".into(),
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let at = Moment { day: day(2026, 9, 12), hour: 13, minute: 5, second: 9 };
    let late = Owed { status: Status::Overdue, due: Some(due(-9)), minutes_left: 8, ..owed(lang) };
    let sign = Owed {
        status: Status::ToSign,
        sign: Some(SignRow {
            title: w(lang, "SNS利用規程", "Social Media Policy"),
            version: 4,
            signed: None,
            href: Some("/learn/sign".into()),
        }),
        ..done(lang)
    };
    let manager = Chrome {
        who: Some(WhoView {
            name: pick(lang, "アレクサンドラ・フェルナンデス＝ゴンザレス", "Alexandra Fernández-González")
                .into(),
            roles: vec![RoleView::Learner, RoleView::Manager, RoleView::Office, RoleView::Auditor],
            shared_pc: Some(10),
        }),
        demo: true,
        ..chrome(lang)
    };
    vec![
        sample("my-training", lang, home(lang)),
        Sample {
            name: "my-training-everything",
            html: kokoroe_app::html(manager, home(lang)),
            has_error: false,
        },
        sample(
            "my-training-nothing",
            lang,
            MyTraining { name: pick(lang, "佐藤", "Sato").into(), ..MyTraining::default() },
        ),
        sample(
            "my-training-done",
            lang,
            MyTraining { next: None, owed: vec![done(lang)], calendar: None, recall: 1, ..home(lang) },
        ),
        sample(
            "my-training-overdue",
            lang,
            MyTraining {
                next: Some(Next {
                    kind: NextKind::Start,
                    title: w(lang, "写真と患者さんの情報", "Photographs and patients"),
                    minutes: 8,
                    href: "/learn/1".into(),
                    due: Some(due(-9)),
                }),
                owed: vec![late],
                lost: Some(day(2026, 10, 3)),
                notice: Some(reminders::shown(lang)),
                calendar: Some("/training.ics".into()),
                recall: 3,
                replies: Vec::new(),
                certificates: Vec::new(),
                earlier: Vec::new(),
                name: pick(lang, "鈴木", "Suzuki").into(),
            },
        ),
        sample(
            "my-training-sign",
            lang,
            MyTraining {
                next: Some(Next {
                    kind: NextKind::SignAlone,
                    title: w(lang, "SNS利用規程", "Social Media Policy"),
                    minutes: 5,
                    href: "/sign".into(),
                    due: Some(due(0)),
                }),
                owed: vec![
                    sign,
                    Owed {
                        title: w(lang, "個人情報の基礎 2026年度", "Privacy basics, fiscal year 2026"),
                        status: Status::Exempt,
                        due: None,
                        released_until: Some(day(2026, 12, 31)),
                        modules: Vec::new(),
                        sign: None,
                        because: Vec::new(),
                        minutes_left: 0,
                        ..owed(lang)
                    },
                ],
                ..home(lang)
            },
        ),
        sample("module-intro", lang, intro(lang)),
        sample(
            "module-intro-care",
            lang,
            ModuleIntro {
                title: w(lang, "夜に届いた投稿", "A post in the night"),
                care: Some(Care {
                    kind: CareKind::Suicide,
                    pause: "/pause".into(),
                    help: contacts(lang),
                    swap: Some(swap(lang)),
                }),
                action: IntroAction::Continue { href: "/learn/1/3".into(), minutes: 4 },
                ..intro(lang)
            },
        ),
        sample(
            "module-intro-instead",
            lang,
            ModuleIntro {
                title: w(lang, "24時間で消えるから", "Because it is gone in 24 hours"),
                care: Some(Care {
                    kind: CareKind::Disaster,
                    pause: "/pause".into(),
                    help: Vec::new(),
                    swap: None,
                }),
                instead_of: Some(swap(lang)),
                ..intro(lang)
            },
        ),
        sample(
            "module-intro-abuse",
            lang,
            ModuleIntro {
                care: Some(Care {
                    kind: CareKind::Abuse,
                    pause: "/pause".into(),
                    help: contacts(lang),
                    swap: None,
                }),
                ..intro(lang)
            },
        ),
        sample(
            "module-intro-test",
            lang,
            ModuleIntro {
                title: w(lang, "確認テスト", "Final test"),
                pass_percent: Some(80),
                steps: vec![StepLine { kind: StepKind::Test, title: None, state: StepState::Now }],
                action: IntroAction::Done { sheet: "/history/1".into(), again: Some("/again".into()) },
                ..intro(lang)
            },
        ),
        sample(
            "module-done",
            lang,
            ModuleDone {
                title: w(lang, "夜に届いた投稿", "A post in the night"),
                done: (3, 5),
                takeaway: Some(w(
                    lang,
                    "一人で判断せず、夜間の連絡先に早く伝えることが最優先です。",
                    "Do not decide alone: telling the night contact early comes first.",
                )),
                next: Some(Next {
                    kind: NextKind::Start,
                    title: w(lang, "申し送りのグループ", "The handover group"),
                    minutes: 6,
                    href: "/learn/2".into(),
                    due: None,
                }),
                sheet: "/history/1".into(),
                care: true,
            },
        ),
        sample(
            "history",
            lang,
            History {
                years: vec![
                    year(lang, 2025, Status::Completed),
                    year(lang, 2024, Status::Exempt),
                    YearLine { corrected: Some(day(2024, 1, 15)), ..year(lang, 2023, Status::Out) },
                ],
                notices: Some(Notices { own: true, ..reminders::notices(lang) }),
                notes: Some(Notes { form: None, own: true, ..reminders::notes(lang, Vec::new()) }),
            },
        ),
        sample("history-empty", lang, History::default()),
        sample(
            "answer-sheet",
            lang,
            AnswerSheet {
                title: w(lang, "写真と患者さんの情報", "Photographs and patients"),
                year: 2025,
                began: at,
                finished: Some(at),
                revision: "3fa9c1d2e0b4".into(),
                rows: vec![
                    SheetRow {
                        turn: 1,
                        ask: w(lang, "写真に写るもの", "What a photograph shows"),
                        answer: Vec::new(),
                        verdict: None,
                        at,
                        href: "/history/1/1".into(),
                    },
                    SheetRow {
                        turn: 2,
                        ask: w(lang, "最初に何をしますか。", "What do you do first?"),
                        answer: vec![SheetSummary::Course(w(lang, "上司に相談する", "Ask the manager"))],
                        verdict: Some(Verdict::Best),
                        at,
                        href: "/history/1/2".into(),
                    },
                    SheetRow {
                        turn: 3,
                        ask: w(lang, "返事を書いてください。", "Write a reply."),
                        answer: vec![
                            SheetSummary::Own(pick(lang, "ありがとうございます。", "Thank you.").into()),
                            SheetSummary::Level(3),
                            SheetSummary::Again,
                        ],
                        verdict: Some(Verdict::Risky),
                        at,
                        href: "/history/1/3".into(),
                    },
                ],
                back: "/history".into(),
            },
        ),
    ]
}

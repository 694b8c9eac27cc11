//! What the answers show.

use super::super::{Sample, clause, day, pick, w};
use super::{choice, now, paper, report};
use kokoroe_app::reports::ExportForm;
use kokoroe_app::reports::insight::{
    BlockAbout, BlockView, ClauseHead, ClauseRow, ClausesPage, Flag, FlagTab, GroupLine, GroupTold, LineView,
    QuestionFilter, QuestionKind, QuestionPage, QuestionRow, QuestionsPage, Share, SortTab, Tells, Told,
    WordingLine,
};
use kokoroe_app::training::{
    Given, ObjectionLine, ObjectionPage, ObjectionState, ObjectionsPage, ReplyError, ShownLine,
    ShownQuestion, StateTab,
};
use kokoroe_app::ui::{Rate, Verdict};
use kokoroe_app::{Lang, Page, RoleView};

fn told(lang: Lang, [best, ok, risky, harm]: [u32; 4], discrimination: Option<i32>, flags: &[Flag]) -> Told {
    let of = best + ok + risky + harm;
    Told {
        good: Rate { done: best + ok, of },
        grades: [(Verdict::Best, best), (Verdict::Ok, ok), (Verdict::Risky, risky), (Verdict::Harm, harm)],
        discrimination,
        wrong: (risky + harm > 0).then(|| {
            let words =
                w(lang, "すぐに消して、なかったことにする", "Delete it at once as if it had never been");
            (words, risky)
        }),
        flags: flags.to_vec(),
    }
}

fn row(lang: Lang, ja: &str, en: &str, kind: QuestionKind, told: Option<Told>) -> QuestionRow {
    QuestionRow {
        ask: w(lang, ja, en),
        place: "ward-page/n1".into(),
        module: w(lang, "写真に写るもの", "What a photo shows"),
        kind,
        clauses: vec!["5".into(), "13".into()],
        older: false,
        href: "/office/questions/m1-photo/ward-page/n1".into(),
        told,
    }
}

fn list(lang: Lang) -> QuestionsPage {
    let tab =
        |flag, count, here| FlagTab { flag, count, href: "/office/questions?flag=backwards".into(), here };
    let sort = |ja: &str, en: &str, here| SortTab {
        words: pick(lang, ja, en).into(),
        href: "/office/questions?sort=rate".into(),
        here,
    };
    QuestionsPage {
        requirement: Some(pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into()),
        as_of: now(),
        filter: QuestionFilter {
            action: "/office/questions".into(),
            requirements: vec![choice(
                "r",
                pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026"),
                0,
                true,
            )],
            modules: vec![
                choice("", pick(lang, "すべての教材", "Every module"), 0, false),
                choice("m1-photo", pick(lang, "写真に写るもの", "What a photo shows"), 0, true),
            ],
            clauses: vec![choice("", pick(lang, "すべての条", "Every clause"), 0, true)],
            search: String::new(),
            fields: vec![("sort".into(), "rate".into())],
            clear: Some("/office/questions".into()),
        },
        tabs: vec![
            tab(None, 31, true),
            tab(Some(Flag::Backwards), 2, false),
            tab(Some(Flag::SameWrong), 4, false),
            tab(Some(Flag::AllRight), 1, false),
        ],
        sorts: vec![
            sort("目印のあるもの", "flagged first", true),
            sort("初回正答率の低い順", "lowest first-try rate", false),
            sort("識別力の低い順", "lowest discrimination", false),
        ],
        rows: vec![
            row(
                lang,
                "病棟のページに、患者さんの描いた絵が載っています。まず何をしますか。",
                "A drawing by a patient is on the page of the ward. What do you do first?",
                QuestionKind::Story,
                Some(told(lang, [40, 30, 120, 20], Some(-12), &[Flag::Backwards, Flag::SameWrong])),
            ),
            QuestionRow {
                older: true,
                ..row(
                    lang,
                    "この写真で、外に出してはいけない所はどこですか。",
                    "Which places in this photo must stay inside?",
                    QuestionKind::Item,
                    Some(told(lang, [150, 40, 20, 0], Some(42), &[])),
                )
            },
            row(
                lang,
                "知らない人から届いた写真です。どうしますか。",
                "A stranger sends a picture. What do you do?",
                QuestionKind::Family,
                Some(told(lang, [52, 0, 0, 0], None, &[Flag::AllRight])),
            ),
            row(lang, "休みの日の投稿です。", "A post on a day off.", QuestionKind::Family, None),
        ],
        part: (1, 4, 31),
        before: None,
        after: Some("/office/questions?page=2".into()),
        answered: 31,
        clauses: "/office/clauses".into(),
        objections: "/office/objections".into(),
        export: ExportForm { action: "/office/questions/export".into(), fields: Vec::new() },
        paper: paper(lang, now()),
    }
}

fn wording(lang: Lang, told: Option<Told>) -> WordingLine {
    WordingLine {
        ask: w(lang, "この写真を見て、どうしますか。", "You see this photo. What do you do?"),
        place: "photo/a".into(),
        href: "/office/questions/final-test/photo/a".into(),
        told,
    }
}

fn question(lang: Lang) -> QuestionPage {
    let line = |ja: &str, en: &str, verdict, done, rest| LineView {
        text: w(lang, ja, en),
        tells: Tells::Chosen(verdict),
        people: Rate { done, of: 210 },
        rest,
        act: None,
    };
    let part = |ja: &str, en: &str, tells, done| LineView {
        text: w(lang, ja, en),
        tells,
        people: Rate { done, of: 210 },
        rest: None,
        act: (tells == Tells::Misjudged).then(|| (w(lang, "返信する", "Reply"), 30)),
    };
    let group = |ja: &str, en: &str, told: Option<(u32, u32)>| GroupLine {
        name: Some(pick(lang, ja, en).into()),
        told: told.map(|(done, of)| GroupTold {
            good: Rate { done, of },
            wrong: Some((w(lang, "すぐに消す", "Delete it at once"), of - done)),
        }),
    };
    QuestionPage {
        back: "/office/questions?sort=rate".into(),
        requirement: pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into(),
        as_of: now(),
        module: w(lang, "写真に写るもの", "What a photo shows"),
        place: "ward-page/n1".into(),
        kind: QuestionKind::Story,
        older: true,
        scene: Some(w(lang, "病棟のページ", "The page of the ward")),
        ask: w(lang, "まず何をしますか。", "What do you do first?"),
        clauses: vec![clause(lang, 5)],
        told: Some(told(lang, [40, 30, 120, 20], Some(-12), &[Flag::Backwards, Flag::SameWrong])),
        blocks: vec![
            BlockView {
                about: BlockAbout::Choices,
                lines: vec![
                    line("広報課に電話で知らせる", "Call public relations", Verdict::Best, 40, Some(71)),
                    line("病棟の責任者に知らせる", "Tell the head of the ward", Verdict::Ok, 30, Some(70)),
                    line(
                        "すぐに消して、なかったことにする",
                        "Delete it at once",
                        Verdict::Risky,
                        135,
                        Some(78),
                    ),
                    line("笑って流す", "Laugh it off", Verdict::Harm, 5, None),
                ],
            },
            BlockView {
                about: BlockAbout::Places,
                lines: vec![
                    part("白板", "White board", Tells::Missed, 44),
                    part("時計", "Clock", Tells::Picked, 12),
                ],
            },
            BlockView {
                about: BlockAbout::Rows,
                lines: vec![part("夜中の返信の求め", "A call for an answer at night", Tells::Misjudged, 60)],
            },
        ],
        wordings: vec![wording(lang, Some(told(lang, [30, 5, 4, 1], Some(20), &[]))), wording(lang, None)],
        family: Some("/office/questions/final-test/photo".into()),
        professions: Some(vec![
            group("看護師", "Nurses", Some((50, 160))),
            group("医師", "Physicians", None),
            group("事務", "Clerks", None),
        ]),
        departments: vec![
            group("3病棟", "Ward 3", Some((12, 34))),
            group("4病棟", "Ward 4", None),
            GroupLine { name: None, told: None },
        ],
        objections: Some(("/office/objections?state=all".into(), 2)),
        paper: paper(lang, now()),
    }
}

fn clauses(lang: Lang) -> ClausesPage {
    let head = |number: &str, ja: &str, en: &str| ClauseHead {
        number: number.into(),
        title: w(lang, ja, en),
        href: format!("/office/questions?clause=C{number}"),
    };
    let told = |done, of| Share::Told(Rate { done, of });
    ClausesPage {
        back: "/office/questions".into(),
        requirement: Some(pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into()),
        as_of: now(),
        action: "/office/clauses".into(),
        requirements: Vec::new(),
        clauses: vec![
            head("4", "患者さんの情報", "Information about patients"),
            head("5", "写真と動画", "Photographs and videos"),
            head("7", "災害のとき", "In a disaster"),
        ],
        total: vec![told(210, 800), told(90, 700), told(300, 600)],
        rows: vec![
            ClauseRow {
                name: Some(pick(lang, "3病棟", "Ward 3").into()),
                cells: vec![told(30, 120), told(8, 100), Share::Small],
            },
            ClauseRow {
                name: Some(pick(lang, "医事課", "Patient Services").into()),
                cells: vec![told(50, 100), Share::Nobody, told(22, 100)],
            },
            ClauseRow { name: None, cells: vec![Share::Small, Share::Small, Share::Nobody] },
        ],
        left_out: 2,
        export: ExportForm { action: "/office/clauses/export".into(), fields: Vec::new() },
        paper: paper(lang, now()),
    }
}

fn voice(lang: Lang) -> ObjectionLine {
    let line = |ja: &str, en: &str, verdict, given: Option<Given>| ShownLine {
        text: w(lang, ja, en),
        verdict: Some(verdict),
        applies: given.is_none().then_some(true),
        why: Some(w(lang, "広報課だけが、全体を見て決められます。", "Only public relations sees the whole.")),
        given,
    };
    ObjectionLine {
        href: "/office/objections/o1".into(),
        module: w(lang, "写真に写るもの", "What a photo shows"),
        place: "ward-page/n1".into(),
        question: Some(ShownQuestion {
            scene: Some(w(lang, "病棟のページ", "The page of the ward")),
            ask: w(lang, "まず何をしますか。", "What do you do first?"),
            lines: vec![
                line("広報課に電話で知らせる", "Call public relations", Verdict::Best, None),
                line("病棟の責任者に知らせる", "Tell the head of the ward", Verdict::Ok, Some(Given::Chosen)),
                line("掲示の順番", "Order of notices", Verdict::Risky, Some(Given::Place(2))),
                line(
                    "夜の返信",
                    "An answer at night",
                    Verdict::Harm,
                    Some(Given::Act(w(lang, "返信する", "Reply"))),
                ),
            ],
            own_words: true,
        }),
        words: pick(
            lang,
            "夜間は広報課がいません。\n責任者に知らせるのが先だと思います。",
            "Nobody is at public relations at night.\nI think the head of the ward comes first.",
        )
        .into(),
        lang,
        name: Some((pick(lang, "山田 花子", "Hanako Yamada").into(), "001207".into())),
        made: day(2026, 9, 30),
        answered: None,
        reply: None,
    }
}

fn voices(lang: Lang) -> ObjectionsPage {
    let tab =
        |state, count, here| StateTab { state, count, href: "/office/objections?state=open".into(), here };
    ObjectionsPage {
        action: "/office/objections".into(),
        state: "open".into(),
        place: "ward-page/n1".into(),
        modules: vec![choice("", pick(lang, "すべての教材", "Every module"), 0, true)],
        tabs: vec![
            tab(ObjectionState::Open, 2, true),
            tab(ObjectionState::Answered, 9, false),
            tab(ObjectionState::All, 11, false),
        ],
        lines: vec![
            voice(lang),
            ObjectionLine {
                name: None,
                answered: Some(day(2026, 10, 1)),
                reply: Some(pick(lang, "ご指摘のとおりです。", "You are right.").into()),
                ..voice(lang)
            },
        ],
        part: (1, 2, 2),
        before: None,
        after: None,
        questions: "/office/questions".into(),
    }
}

fn one_voice(lang: Lang, error: Option<ReplyError>) -> ObjectionPage {
    ObjectionPage {
        back: "/office/objections".into(),
        statistics: "/office/questions/m1-photo/ward-page/n1".into(),
        line: voice(lang),
        reply: String::new(),
        error,
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    fn page(name: &'static str, lang: Lang, page: impl Page) -> Sample {
        report(name, lang, "/office/questions", RoleView::Office, page)
    }
    let nothing = QuestionsPage { rows: Vec::new(), part: (1, 0, 0), after: None, ..list(lang) };
    let few = QuestionPage {
        told: None,
        blocks: Vec::new(),
        professions: Some(Vec::new()),
        departments: vec![GroupLine { name: Some("A".into()), told: None }],
        older: false,
        ..question(lang)
    };
    let no_professions = QuestionPage { professions: None, ..question(lang) };
    let no_answers =
        ClausesPage { clauses: Vec::new(), total: Vec::new(), rows: Vec::new(), ..clauses(lang) };
    let done = ObjectionPage {
        line: ObjectionLine { name: None, answered: Some(day(2026, 10, 1)), question: None, ..voice(lang) },
        ..one_voice(lang, None)
    };
    let unnamed =
        ObjectionPage { line: ObjectionLine { name: None, ..voice(lang) }, ..one_voice(lang, None) };
    vec![
        page("office-questions", lang, list(lang)),
        page("office-questions-none", lang, nothing.clone()),
        page("office-questions-no-answers", lang, QuestionsPage { answered: 0, ..nothing.clone() }),
        page("office-questions-not-begun", lang, QuestionsPage { requirement: None, answered: 0, ..nothing }),
        page("office-question", lang, question(lang)),
        page("office-question-few", lang, few),
        page("office-question-no-professions", lang, no_professions),
        page("office-clauses", lang, clauses(lang)),
        page("office-clauses-no-answers", lang, no_answers),
        page("office-objections", lang, voices(lang)),
        page(
            "office-objections-none",
            lang,
            ObjectionsPage { lines: Vec::new(), place: String::new(), ..voices(lang) },
        ),
        page("office-objection", lang, one_voice(lang, None)),
        page("office-objection-unnamed", lang, unnamed),
        page("office-objection-done", lang, done),
        Sample {
            has_error: true,
            ..page(
                "office-objection-too-long",
                lang,
                one_voice(lang, Some(ReplyError::TooLong { found: 412 })),
            )
        },
    ]
}

//! Reminders, notes on talks, and the lists made of them.

use super::{Sample, chrome, day, failed, pick, sample, who};
use kokoroe_app::reminders::{
    Ahead, AheadLine, CaseLine, CasesPage, Fate, LostMail, MailPage, MailState, MorningGroup, MorningLine,
    MorningPage, NoteFault, NoteForm, NoteLine, Notes, NoticeLine, Notices, Reach, ShownNotice, Spoken, Step,
    Way,
};
use kokoroe_app::reports::{Choice, PersonPage, Timing};
use kokoroe_app::ui::Status;
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, WhoView};

fn at(month: u8, on: u8, hour: u8) -> Moment {
    Moment { day: day(2026, month, on), hour, minute: 0, second: 4 }
}

fn title(lang: Lang) -> String {
    pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into()
}

pub(super) fn shown(lang: Lang) -> ShownNotice {
    ShownNotice {
        title: title(lang),
        step: Step::After(7),
        due: day(2026, 9, 22),
        on: day(2026, 9, 29),
        help: pick(lang, "教育研修室 内線 2345", "the training office, ext. 2345").into(),
    }
}

pub(super) fn notices(lang: Lang) -> Notices {
    let line = |step, at, fate| NoticeLine { title: title(lang), step, due: day(2026, 9, 30), at, fate };
    Notices {
        reach: Reach::Mail(Some("yamada@mail.example.jp".into())),
        quiet: pick(lang, "18時〜8時、土曜、日曜", "18:00 to 8:00, Sat, Sun").into(),
        lines: vec![
            line(Step::After(1), at(10, 1, 9), Fate::Waiting),
            line(Step::LastDay, at(9, 30, 9), Fate::Sent(at(9, 30, 9))),
            line(Step::Before(3), at(9, 27, 9), Fate::GivenUp),
            line(Step::Before(14), at(9, 16, 9), Fate::Withdrawn),
            line(Step::Given, at(9, 1, 9), Fate::OnPage),
        ],
        ahead: vec![
            AheadLine { title: title(lang), what: Ahead::At { step: Step::After(7), at: at(10, 7, 9) } },
            AheadLine {
                title: pick(lang, "個人情報の基礎 2026年度", "Privacy basics, FY2026").into(),
                what: Ahead::Done,
            },
        ],
        own: false,
    }
}

fn note(lang: Lang) -> NoteLine {
    NoteLine {
        on: day(2026, 9, 28),
        by: pick(lang, "阿部 洋子", "Yoko Abe").into(),
        way: Way::InPerson,
        words: pick(lang, "夜勤明けに続きをやるとのこと。", "Will go on after the night shift.").into(),
        next: Some(day(2026, 10, 5)),
    }
}

pub(super) fn notes(lang: Lang, faults: Vec<NoteFault>) -> Notes {
    let second =
        NoteLine { way: Way::Meeting, words: String::new(), next: None, on: day(2026, 9, 14), ..note(lang) };
    let failed = !faults.is_empty();
    let form = NoteForm {
        action: "/team/people/001207/notes".into(),
        on: if failed { "2026-10-09".into() } else { "2026-10-01".into() },
        way: (!failed).then_some(Way::Phone),
        words: if failed { pick(lang, "あ", "a").repeat(205) } else { String::new() },
        next: if failed { "2026-10-02".into() } else { String::new() },
        faults,
    };
    Notes { lines: vec![note(lang), second], form: Some(form), own: false }
}

fn cases(lang: Lang) -> CasesPage {
    let line = |name: (&str, &str), number: &str, status, timing, note| CaseLine {
        name: pick(lang, name.0, name.1).into(),
        number: number.into(),
        href: format!("/office/people/{number}#notes"),
        department: Some(pick(lang, "3病棟", "Ward 3").into()),
        status,
        due: day(2026, 9, 30),
        timing: Some(timing),
        note,
    };
    let spoken = Spoken { on: day(2026, 9, 20), next: Some(day(2026, 9, 25)), late: true };
    CasesPage {
        action: "/office/follow-up".into(),
        departments: vec![
            Choice {
                value: String::new(),
                words: pick(lang, "病院全体", "The whole hospital").into(),
                depth: 0,
                chosen: true,
            },
            Choice {
                value: "d3".into(),
                words: pick(lang, "3病棟", "Ward 3").into(),
                depth: 1,
                chosen: false,
            },
        ],
        past: true,
        days: 14,
        lines: vec![
            line(
                ("山田 花子", "Hanako Yamada"),
                "001207",
                Status::Overdue,
                Timing::Late(1),
                Some((note(lang), spoken)),
            ),
            line(("加藤 凛", "Rin Kato"), "001311", Status::Retry, Timing::Left(12), None),
        ],
        part: (51, 52, 152),
        before: Some("/office/follow-up".into()),
        after: Some("/office/follow-up?page=3".into()),
        morning: "/office/morning".into(),
        mail: ("/office/mail".into(), 3),
    }
}

fn morning(lang: Lang) -> MorningPage {
    let line = |ja: &str, en: &str, late| MorningLine {
        name: pick(lang, ja, en).into(),
        due: if late { day(2026, 9, 30) } else { day(2026, 10, 31) },
    };
    MorningPage {
        back: "/team".into(),
        back_words: pick(lang, "部署の状況", "My departments").into(),
        on: day(2026, 10, 1),
        help: pick(lang, "教育研修室 内線 2345", "the training office, ext. 2345").into(),
        groups: vec![
            MorningGroup {
                name: pick(lang, "3病棟", "Ward 3").into(),
                lines: vec![
                    line("山田 花子", "Hanako Yamada", true),
                    line("グエン・ティ・タイン・フオン", "Nguyen Thi Thanh Huong", false),
                ],
            },
            MorningGroup {
                name: pick(lang, "4病棟", "Ward 4").into(),
                lines: vec![line("髙﨑 𠮷郎", "Yoshiro Takasaki", false)],
            },
        ],
    }
}

fn mail(lang: Lang, state: MailState, lines: Vec<LostMail>) -> MailPage {
    MailPage {
        back: "/office/follow-up".into(),
        action: "/office/mail".into(),
        state,
        quiet: pick(lang, "18時〜8時、土曜、日曜", "18:00 to 8:00, Sat, Sun").into(),
        waiting: 12,
        lost: u32::try_from(lines.len()).unwrap_or(0),
        lines,
    }
}

fn lost(lang: Lang, name: (&str, &str), id: &str) -> LostMail {
    LostMail {
        id: id.into(),
        name: pick(lang, name.0, name.1).into(),
        number: "001207".into(),
        address: "yamada-who-has-a-rather-long-address@mail.example.jp".into(),
        subject: pick(
            lang,
            "【研修】「SNSの約束 2026年度」の期限は9月30日（水）です",
            "[Training] Social media promises is due Wed 30 September",
        )
        .into(),
        at: at(9, 29, 9),
        error: "permanent error (550): no such user here".into(),
    }
}

fn desk(name: &'static str, lang: Lang, path: &str, role: RoleView, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, role], ..who(lang) };
    let chrome = Chrome { who: Some(who), path: path.to_owned(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let person = |faults: Vec<NoteFault>| PersonPage {
        notes: Some(notes(lang, faults)),
        ..super::reports::person(lang)
    };
    let faults =
        vec![NoteFault::Future, NoteFault::Way, NoteFault::TooLong { found: 205 }, NoteFault::NextOrder];
    let without = |reach| PersonPage {
        notices: Some(Notices { reach, lines: Vec::new(), ahead: Vec::new(), ..notices(lang) }),
        notes: Some(Notes { lines: Vec::new(), form: None, own: false }),
        ..super::reports::person(lang)
    };
    let server = MailState::On("smtp://mail.example.jp:587".into());
    let two =
        vec![lost(lang, ("山田 花子", "Hanako Yamada"), "m1"), lost(lang, ("加藤 凛", "Rin Kato"), "m2")];
    vec![
        desk("person-notes", lang, "/team/people/1", RoleView::Manager, person(Vec::new())),
        failed("person-notes-wrong", lang, person(faults)),
        sample("person-no-address", lang, without(Reach::NoAddress)),
        sample("person-no-server", lang, without(Reach::NoServer)),
        desk("cases", lang, "/office/follow-up", RoleView::Office, cases(lang)),
        desk(
            "cases-none",
            lang,
            "/office/follow-up",
            RoleView::Office,
            CasesPage {
                lines: Vec::new(),
                part: (1, 0, 0),
                before: None,
                after: None,
                past: false,
                ..cases(lang)
            },
        ),
        desk("morning", lang, "/team/morning", RoleView::Manager, morning(lang)),
        desk(
            "morning-nobody",
            lang,
            "/team/morning",
            RoleView::Manager,
            MorningPage { groups: Vec::new(), ..morning(lang) },
        ),
        desk("mail", lang, "/office/mail", RoleView::Office, mail(lang, server, two)),
        desk("mail-none", lang, "/office/mail", RoleView::Office, mail(lang, MailState::None, Vec::new())),
        desk(
            "mail-no-sender",
            lang,
            "/office/mail",
            RoleView::Office,
            mail(lang, MailState::NoSender, Vec::new()),
        ),
    ]
}

//! The pages of the reports.

mod insight;
mod office;
mod trend;

use super::{Sample, chrome, day, pick, sample, who};
use kokoroe_app::reminders::Spoken;
use kokoroe_app::reports::{
    AsOf, Choice, Conditions, DateError, DepartmentPage, ExportForm, OfficePage, PaperHead, PersonLine,
    Place, Remark, Search, Sort, Sorts, Tab, Timing, Which,
};
use kokoroe_app::ui::{Crumb, Rate, Status};
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, WhoView};

pub(super) use office::person;
use office::{office, table, table_of_part};

fn report(name: &'static str, lang: Lang, path: &str, role: RoleView, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, role], ..who(lang) };
    let chrome = Chrome { who: Some(who), path: path.to_owned(), ..chrome(lang) };
    Sample { html: kokoroe_app::html(chrome, page), ..sample(name, lang, Nothing) }
}

/// Only its name is used.
struct Nothing;

impl Page for Nothing {
    fn title(&self, _: Lang) -> String {
        "none".into()
    }

    fn view(self, _: Lang) -> leptos::prelude::AnyView {
        use leptos::prelude::IntoAny as _;
        ().into_any()
    }
}

fn now() -> AsOf {
    AsOf::Now(Moment { day: day(2026, 10, 1), hour: 17, minute: 0, second: 0 })
}

fn paper(lang: Lang, as_of: AsOf) -> PaperHead {
    PaperHead {
        hospital: pick(lang, "みどり野総合病院", "Midorino General Hospital").into(),
        conditions: vec![
            (
                pick(lang, "研修", "Training").into(),
                pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into(),
            ),
            (pick(lang, "部署", "Department").into(), pick(lang, "3病棟", "Ward 3").into()),
        ],
        as_of,
        by: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
        at: Moment { day: day(2026, 10, 1), hour: 17, minute: 2, second: 0 },
    }
}

fn choice(value: &str, words: &str, depth: u8, chosen: bool) -> Choice {
    Choice { value: value.into(), words: words.into(), depth, chosen }
}

fn conditions(lang: Lang, action: &str) -> Conditions {
    Conditions {
        action: action.into(),
        requirements: vec![
            choice("r2026", pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026"), 0, true),
            choice("r2025", pick(lang, "SNSの約束 2025年度", "Social media promises, FY2025"), 0, false),
        ],
        departments: vec![
            choice("d0", pick(lang, "看護部", "Nursing Department"), 0, false),
            choice("d3", pick(lang, "3病棟", "Ward 3"), 1, true),
            choice("d4", pick(lang, "4病棟", "Ward 4"), 1, false),
        ],
        professions: Vec::new(),
        at: String::new(),
        at_error: None,
    }
}

fn line(lang: Lang, names: (&str, &str, &str), number: &str, status: Status) -> PersonLine {
    let (name, kana, roman) = names;
    PersonLine {
        name: pick(lang, name, roman).into(),
        kana: kana.into(),
        number: number.into(),
        href: format!("/team/people/{number}"),
        profession: "看護師".into(),
        department: None,
        status,
        due: day(2026, 10, 31),
        timing: Some(Timing::Left(30)),
        completed: None,
        remark: None,
        spoken: None,
    }
}

fn open_people(lang: Lang) -> Vec<PersonLine> {
    vec![
        PersonLine {
            spoken: Some(Spoken { on: day(2026, 9, 28), next: Some(day(2026, 10, 5)), late: false }),
            due: day(2026, 9, 30),
            timing: Some(Timing::Late(1)),
            ..line(lang, ("山田 花子", "ヤマダ ハナコ", "Hanako Yamada"), "001207", Status::Overdue)
        },
        line(lang, ("加藤 凛", "カトウ リン", "Rin Kato"), "001311", Status::Retry),
        line(lang, ("髙﨑 𠮷郎", "タカサキ ヨシロウ", "Yoshiro Takasaki"), "000042", Status::InProgress),
        PersonLine {
            profession: "看護補助者".into(),
            ..line(
                lang,
                ("グエン・ティ・タイン・フオン", "グエン ティ タイン フオン", "Nguyen Thi Thanh Huong"),
                "P00318",
                Status::NotStarted,
            )
        },
    ]
}

fn everybody(lang: Lang) -> Vec<PersonLine> {
    let done = |names, number: &str, status, on| PersonLine {
        timing: None,
        completed: Some(on),
        ..line(lang, names, number, status)
    };
    let mut people = vec![
        done(("阿部 洋子", "アベ ヨウコ", "Yoko Abe"), "001002", Status::Completed, day(2026, 9, 12)),
        done(("石井 悠", "イシイ ユウ", "Yu Ishii"), "001003", Status::Completed, day(2026, 9, 3)),
        PersonLine {
            timing: None,
            remark: Some(Remark::Leave { reason: "育休".into(), until: Some(day(2027, 3, 31)) }),
            ..line(lang, ("井上 彩", "イノウエ アヤ", "Aya Inoue"), "001004", Status::Out)
        },
        PersonLine {
            timing: None,
            remark: Some(Remark::Exempt { reason: "他院で修了".into(), until: day(2026, 12, 31) }),
            ..line(lang, ("上田 学", "ウエダ マナブ", "Manabu Ueda"), "001005", Status::Exempt)
        },
        done(("小川 実", "オガワ ミノル", "Minoru Ogawa"), "001008", Status::CompletedLate, day(2026, 10, 1)),
    ];
    people.extend(open_people(lang));
    people.push(done(
        ("渡邊 恵", "ワタナベ メグミ", "Megumi Watanabe"),
        "001099",
        Status::Completed,
        day(2026, 9, 20),
    ));
    people
}

fn tab(which: Which, count: u32, here: bool) -> Tab {
    Tab { which, count, href: "/team?status=overdue#roster".into(), here }
}

fn sorts() -> Sorts {
    let sort = |here| Sort { href: "/team?sort=due#roster".into(), here };
    Sorts { kana: sort(true), due: sort(false), department: sort(false) }
}

fn team(lang: Lang) -> DepartmentPage {
    let lines = everybody(lang);
    DepartmentPage {
        place: Place::Team,
        name: pick(lang, "3病棟", "Ward 3").into(),
        closed: None,
        requirement: Some(pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into()),
        due: Some(day(2026, 10, 31)),
        as_of: now(),
        conditions: conditions(lang, "/team"),
        statuses: vec![
            (Status::Overdue, 1),
            (Status::Retry, 1),
            (Status::NotStarted, 1),
            (Status::InProgress, 1),
            (Status::Completed, 29),
            (Status::CompletedLate, 1),
            (Status::Exempt, 1),
            (Status::Out, 1),
        ],
        rate: Rate { done: 30, of: 34 },
        open: 4,
        overdue: 1,
        first: open_people(lang),
        open_href: "/team?status=open&sort=due#roster".into(),
        tabs: vec![
            tab(Which::All, 36, true),
            tab(Which::Open, 4, false),
            tab(Which::Of(Status::Overdue), 1, false),
            tab(Which::Of(Status::Retry), 1, false),
            tab(Which::Of(Status::InProgress), 1, false),
            tab(Which::Of(Status::NotStarted), 1, false),
            tab(Which::Of(Status::CompletedLate), 1, false),
            tab(Which::Of(Status::Completed), 29, false),
            tab(Which::Of(Status::Exempt), 1, false),
            tab(Which::Of(Status::Out), 1, false),
        ],
        which: Which::All,
        search: Search {
            action: "/team".into(),
            fields: Vec::new(),
            value: String::new(),
            clear: "/team".into(),
        },
        sorts: sorts(),
        departments: false,
        first_line: 1,
        of: 36,
        before: None,
        after: None,
        lines,
        also: Vec::new(),
        morning: Some("/team/morning".into()),
        export: ExportForm {
            action: "/team/export".into(),
            fields: vec![("requirement".into(), "r2026".into())],
        },
        paper: paper(lang, now()),
    }
}

/// Many people in several wards, in the middle of the list, filtered and searched, with people of other departments.
fn subtree(lang: Lang) -> DepartmentPage {
    let ward = |mut line: PersonLine, ward: u8| {
        line.department = Some(pick(lang, &format!("{ward}病棟"), &format!("Ward {ward}")).into());
        line
    };
    let lines: Vec<PersonLine> =
        (0..12).flat_map(|_| everybody(lang)).zip((3..=5).cycle()).map(|(line, n)| ward(line, n)).collect();
    DepartmentPage {
        name: pick(lang, "看護部", "Nursing Department").into(),
        first: open_people(lang).into_iter().map(|line| ward(line, 3)).collect(),
        open: 1_224,
        overdue: 310,
        rate: Rate { done: 4_012, of: 5_236 },
        statuses: vec![
            (Status::Overdue, 310),
            (Status::Expired, 0),
            (Status::Retry, 44),
            (Status::NotStarted, 520),
            (Status::InProgress, 300),
            (Status::ToSign, 50),
            (Status::Completed, 3_800),
            (Status::CompletedLate, 212),
            (Status::Exempt, 61),
            (Status::Out, 143),
        ],
        departments: true,
        first_line: 101,
        of: 5_440,
        before: Some("/team#roster".into()),
        after: Some("/team?page=3#roster".into()),
        lines,
        also: vec![ward(
            PersonLine {
                timing: None,
                completed: Some(day(2026, 9, 1)),
                ..line(lang, ("佐々木 舞", "ササキ マイ", "Mai Sasaki"), "002001", Status::Completed)
            },
            4,
        )],
        ..team(lang)
    }
}

fn empty(lang: Lang) -> DepartmentPage {
    DepartmentPage {
        statuses: Vec::new(),
        rate: Rate { done: 0, of: 0 },
        open: 0,
        overdue: 0,
        first: Vec::new(),
        tabs: vec![tab(Which::All, 0, true)],
        lines: Vec::new(),
        first_line: 0,
        of: 0,
        ..team(lang)
    }
}

fn all_done(lang: Lang) -> DepartmentPage {
    let lines: Vec<PersonLine> =
        everybody(lang).into_iter().filter(|line| line.completed.is_some()).collect();
    DepartmentPage {
        statuses: vec![(Status::Completed, 3), (Status::CompletedLate, 1)],
        rate: Rate { done: 4, of: 4 },
        open: 0,
        overdue: 0,
        first: Vec::new(),
        tabs: vec![tab(Which::All, 4, false), tab(Which::Open, 0, true)],
        which: Which::Open,
        of: 0,
        first_line: 0,
        lines: Vec::new(),
        also: lines.into_iter().take(1).collect(),
        ..team(lang)
    }
}

fn closed(lang: Lang) -> DepartmentPage {
    DepartmentPage { closed: Some(day(2026, 4, 1)), ..empty(lang) }
}

fn not_begun(lang: Lang) -> DepartmentPage {
    let as_of = AsOf::EndOf(day(2019, 12, 31));
    DepartmentPage { requirement: None, due: None, as_of, paper: paper(lang, as_of), ..empty(lang) }
}

fn wrong_day(lang: Lang) -> DepartmentPage {
    let conditions = Conditions {
        at: "2031-01-01".into(),
        at_error: Some(DateError::Future),
        ..conditions(lang, "/team")
    };
    DepartmentPage { conditions, ..team(lang) }
}

fn searched(lang: Lang) -> DepartmentPage {
    DepartmentPage {
        search: Search {
            action: "/team".into(),
            fields: vec![("sort".into(), "due".into())],
            value: "xyz".into(),
            clear: "/team?sort=due#roster".into(),
        },
        lines: Vec::new(),
        first: Vec::new(),
        of: 0,
        first_line: 0,
        ..team(lang)
    }
}

fn of_office(lang: Lang) -> DepartmentPage {
    let as_of = AsOf::EndOf(day(2026, 9, 30));
    let crumb = |words: &str| Crumb { words: words.into(), href: "/office".into() };
    DepartmentPage {
        place: Place::Office(vec![
            crumb(pick(lang, "全体の状況", "The whole hospital")),
            crumb(pick(lang, "看護部", "Nursing Department")),
        ]),
        as_of,
        paper: paper(lang, as_of),
        conditions: Conditions {
            departments: Vec::new(),
            professions: vec![choice("", pick(lang, "すべての職種", "Every profession"), 0, true)],
            at: "2026-09-30".into(),
            ..conditions(lang, "/office/departments/d3")
        },
        ..team(lang)
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let team_page = |name, page| report(name, lang, "/team", RoleView::Manager, page);
    fn office_page(name: &'static str, lang: Lang, page: impl Page) -> Sample {
        report(name, lang, "/office", RoleView::Office, page)
    }
    vec![
        team_page("team", team(lang)),
        team_page("team-subtree", subtree(lang)),
        team_page("team-nobody", empty(lang)),
        team_page("team-all-done", all_done(lang)),
        team_page("team-closed", closed(lang)),
        team_page("team-not-begun", not_begun(lang)),
        team_page("team-searched", searched(lang)),
        Sample { has_error: true, ..team_page("team-wrong-day", wrong_day(lang)) },
        report("team-person", lang, "/team/people/1", RoleView::Manager, person(lang)),
        office_page("office-department", lang, of_office(lang)),
        office_page("office", lang, office(lang)),
        office_page("office-not-begun", lang, OfficePage { requirement: None, ..office(lang) }),
        report("office-table", lang, "/office/report", RoleView::Office, table(lang)),
        report("office-table-part", lang, "/office/report", RoleView::Office, table_of_part(lang)),
        office_page("office-trend", lang, trend::trend(lang)),
        office_page("office-trend-recurring", lang, trend::recurring(lang)),
        office_page("office-trend-nobody", lang, trend::nobody(lang)),
        office_page("office-trend-not-begun", lang, trend::not_begun(lang)),
    ]
    .into_iter()
    .chain(insight::all(lang))
    .collect()
}

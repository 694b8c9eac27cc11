//! One person, and the pages of the training office.

use super::super::{day, pick, reminders};
use super::{conditions, now, paper};
use kokoroe_app::Lang;
use kokoroe_app::reports::{
    AsOf, Conditions, DepartmentLine, ExportForm, OfficePage, PersonPage, PostedIn, Remark, ReportRow,
    ReportTable, RowKind, Soon, Sort, StatusLink, TablePart, Timing, YearRow,
};
use kokoroe_app::training::Because;
use kokoroe_app::ui::{Rate, Status};

pub(in crate::samples) fn person(lang: Lang) -> PersonPage {
    let year = |year: i32, status, completed: Option<(u8, u8)>| YearRow {
        year: year.into(),
        title: pick(lang, &format!("SNSの約束 {year}年度"), &format!("Social media promises, FY{year}"))
            .into(),
        track: (year == 2026)
            .then(|| pick(lang, "看護・介護・リハビリ", "Nursing, care and rehabilitation").into()),
        status,
        assigned: day(year, 9, 1),
        due: day(year, 10, 31),
        timing: None,
        started: completed.map(|_| day(year, 9, 10)),
        done: completed.map(|(month, on)| day(year, month, on)),
        completed: completed.map(|(month, on)| day(year, month, on)),
        valid_until: completed.map(|_| day(year + 1, 12, 31)),
        remark: None,
        because: vec![Because::EveryYear, Because::Returned { on: day(year, 9, 1), days: 30 }],
        exceptions: (year == 2026).then(|| "/exceptions/1".to_owned()),
    };
    PersonPage {
        record: Some("/office/people/1/record".into()),
        erasure: None,
        back: "/team".into(),
        back_words: pick(lang, "部署の状況", "My departments").into(),
        name: pick(lang, "山田 花子", "Hanako Yamada").into(),
        kana: "ヤマダ ハナコ".into(),
        number: "001207".into(),
        profession: "看護師".into(),
        departments: vec![
            PostedIn { name: pick(lang, "3病棟", "Ward 3").into(), also: false, since: day(2024, 4, 1) },
            PostedIn { name: pick(lang, "外来", "Outpatients").into(), also: true, since: day(2026, 4, 1) },
        ],
        joined: day(2019, 4, 1),
        left: None,
        as_of: now(),
        years: vec![
            YearRow {
                started: Some(day(2026, 9, 28)),
                timing: Some(Timing::Late(1)),
                due: day(2026, 9, 30),
                ..year(2026, Status::Overdue, None)
            },
            year(2025, Status::CompletedLate, Some((11, 4))),
            YearRow {
                remark: Some(Remark::Exempt { reason: "産休".into(), until: day(2025, 3, 31) }),
                ..year(2024, Status::Exempt, None)
            },
            year(2023, Status::Completed, Some((10, 2))),
        ],
        notices: Some(reminders::notices(lang)),
        notes: None,
        paper: paper(lang, now()),
    }
}

pub(super) fn office(lang: Lang) -> OfficePage {
    let link =
        |status, count| StatusLink { status, count, href: "/office/departments/all?status=overdue".into() };
    let department = |ja: &str, en: &str, done, of, overdue| DepartmentLine {
        name: pick(lang, ja, en).into(),
        href: "/office/departments/d5".into(),
        rate: Rate { done, of },
        open: of - done,
        overdue,
    };
    OfficePage {
        requirement: Some(pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into()),
        as_of: now(),
        conditions: Conditions { departments: Vec::new(), ..conditions(lang, "/office") },
        rate: Rate { done: 205, of: 233 },
        last_year: Some((AsOf::EndOf(day(2025, 10, 1)), Rate { done: 188, of: 226 })),
        statuses: vec![
            link(Status::Overdue, 4),
            link(Status::Retry, 3),
            link(Status::ToSign, 2),
            link(Status::InProgress, 8),
            link(Status::NotStarted, 11),
            link(Status::CompletedLate, 5),
            link(Status::Completed, 200),
            link(Status::Exempt, 3),
            link(Status::Out, 4),
        ],
        below: vec![
            department("医事課", "Patient Services", 7, 15, 2),
            department("5病棟", "Ward 5", 15, 20, 1),
            department("3病棟", "Ward 3", 30, 34, 1),
        ],
        below_more: 2,
        soon: Soon { people: 23, days: 14, href: "/office/departments/all?status=open&sort=due".into() },
        nowhere: Some((1, "/office/departments/none".into())),
        everybody: "/office/departments/all".into(),
        table: "/office/report?requirement=r2026".into(),
        trend: "/office/trend?requirement=r2026".into(),
        people: "/office/people".into(),
        departments: "/office/departments".into(),
        questions: "/office/questions".into(),
        clauses: "/office/clauses".into(),
        requirements: "/office/requirements".into(),
        exceptions: ("/office/exceptions".into(), 3),
        follow_up: "/office/follow-up".into(),
        objections: ("/office/objections".into(), 2),
        paper: paper(lang, now()),
    }
}

/// A large tree, one level at a time.
pub(super) fn table_of_part(lang: Lang) -> ReportTable {
    let whole = table(lang);
    let rows = whole.rows.iter().filter(|row| matches!(row.kind, RowKind::Subtree | RowKind::Department));
    let folded = |row: &ReportRow| ReportRow {
        depth: 1,
        inside: (row.kind == RowKind::Subtree).then(|| "/office/report?department=d1".to_owned()),
        ..row.clone()
    };
    let first = ReportRow { depth: 0, inside: None, ..whole.rows[1].clone() };
    ReportTable {
        part: Some(TablePart {
            name: pick(lang, "湊の杜病院", "Minato no Mori Hospital").into(),
            up: "/office/report".into(),
            up_name: None,
        }),
        left_out: 1_151,
        rows: std::iter::once(first).chain(rows.map(folded)).collect(),
        ..whole
    }
}

pub(super) fn table(lang: Lang) -> ReportTable {
    let rate = |done, of| Rate { done, of };
    let row = |kind, code: &str, ja: &str, en: &str, depth, cells: [(u32, u32); 5]| ReportRow {
        kind,
        code: code.into(),
        name: pick(lang, ja, en).into(),
        depth,
        closed: false,
        href: (kind != RowKind::Own).then(|| "/office/departments/d1".to_owned()),
        inside: None,
        modules: cells.iter().take(4).map(|(done, of)| rate(*done, *of)).collect(),
        completed: rate(cells[4].0, cells[4].1),
    };
    let sort = |here| Sort { href: "/office/report?sort=rate".into(), here };
    ReportTable {
        requirement: Some(pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into()),
        as_of: now(),
        conditions: Conditions { departments: Vec::new(), ..conditions(lang, "/office/report") },
        part: None,
        left_out: 0,
        modules: [
            ("写真に写るもの", "What a photo shows"),
            ("災害の日の投稿", "Posting on the day of a disaster"),
            ("夜の投稿と声", "A voice in the night"),
            ("確認テスト", "Final test"),
        ]
        .map(|(ja, en)| pick(lang, ja, en).to_owned())
        .to_vec(),
        rows: vec![
            row(RowKind::Total, "", "", "", 0, [(221, 233), (214, 233), (209, 233), (206, 233), (205, 233)]),
            row(
                RowKind::Subtree,
                "1001",
                "看護部",
                "Nursing Department",
                0,
                [(98, 102), (96, 102), (95, 102), (95, 102), (95, 102)],
            ),
            row(
                RowKind::Own,
                "1001",
                "看護部",
                "Nursing Department",
                1,
                [(3, 3), (3, 3), (3, 3), (3, 3), (3, 3)],
            ),
            row(
                RowKind::Department,
                "1003",
                "3病棟",
                "Ward 3",
                1,
                [(30, 34), (34, 34), (31, 34), (30, 34), (30, 34)],
            ),
            row(
                RowKind::Department,
                "1006",
                "外来",
                "Outpatients",
                1,
                [(12, 12), (12, 12), (12, 12), (12, 12), (12, 12)],
            ),
            row(
                RowKind::Subtree,
                "1030",
                "事務部",
                "Administration",
                0,
                [(36, 46), (40, 46), (36, 46), (30, 46), (29, 46)],
            ),
            row(
                RowKind::Department,
                "1031",
                "医事課",
                "Patient Services",
                1,
                [(7, 15), (10, 15), (8, 15), (7, 15), (7, 15)],
            ),
            row(
                RowKind::Department,
                "1032",
                "総務課",
                "General Affairs",
                1,
                [(0, 0), (0, 0), (0, 0), (0, 0), (0, 0)],
            ),
            row(RowKind::Nowhere, "", "", "", 0, [(0, 1), (0, 1), (0, 1), (0, 1), (0, 1)]),
        ],
        by_tree: sort(true),
        by_rate: sort(false),
        export: ExportForm { action: "/office/report/export".into(), fields: Vec::new() },
        paper: paper(lang, now()),
    }
}

//! The rate from week to week.

use super::{conditions, day, now, paper, pick};
use kokoroe_app::Lang;
use kokoroe_app::reports::{Conditions, TrendLine, TrendPage, TrendPoint};
use kokoroe_app::ui::Rate;

/// Weeks before the due date, and how many of 233 were done.
fn line(lang: Lang, year: i32, weeks: &[(i32, u32)]) -> TrendLine {
    let title = match year {
        2026 => pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026"),
        _ => pick(lang, "SNSの約束 2025年度", "Social media promises, FY2025"),
    };
    let point = |(days, done): &(i32, u32)| TrendPoint {
        days: *days,
        day: day(year, 9, 30),
        rate: Rate { done: *done, of: 233 },
    };
    TrendLine { title: title.into(), points: weeks.iter().map(point).collect() }
}

pub(super) fn trend(lang: Lang) -> TrendPage {
    TrendPage {
        as_of: now(),
        conditions: Conditions { departments: Vec::new(), ..conditions(lang, "/office/trend") },
        due: Some(day(2026, 10, 31)),
        line: Some(line(lang, 2026, &[(-56, 0), (-49, 31), (-42, 92), (-35, 160), (-30, 205)])),
        before: Some(line(
            lang,
            2025,
            &[
                (-56, 4),
                (-49, 22),
                (-42, 71),
                (-35, 120),
                (-30, 155),
                (-28, 163),
                (-21, 180),
                (-14, 190),
                (-7, 204),
                (0, 226),
            ],
        )),
        paper: paper(lang, now()),
    }
}

/// Of what comes round again everybody has a date of their own.
pub(super) fn recurring(lang: Lang) -> TrendPage {
    TrendPage {
        due: None,
        line: Some(line(lang, 2026, &[(-21, 200), (-14, 203), (-7, 201), (0, 210)])),
        before: None,
        ..trend(lang)
    }
}

pub(super) fn nobody(lang: Lang) -> TrendPage {
    TrendPage { line: Some(line(lang, 2026, &[])), before: None, ..trend(lang) }
}

pub(super) fn not_begun(lang: Lang) -> TrendPage {
    TrendPage { line: None, before: None, due: None, ..trend(lang) }
}

//! Who stands where: the pages of managers and of the training office, the papers they print, and the words of the files they take
//! away. Dates and statuses only: no page about people can show an answer or a point. `insight` is about questions, and never about people.

pub mod as_of;
pub mod conditions;
pub mod department;
pub mod export;
pub mod insight;
pub mod line;
pub mod office;
pub mod paper;
pub mod person;
pub mod roster;
pub mod table;
pub mod trend;

pub use as_of::AsOf;
pub use conditions::{Choice, Conditions, DateError};
pub use department::{DepartmentPage, Place};
pub use export::ExportForm;
pub use line::{PersonLine, Remark, Timing};
pub use office::{DepartmentLine, OfficePage, Soon, StatusLink};
pub use paper::PaperHead;
pub use person::{PersonPage, PostedIn, YearRow};
pub use roster::{Search, Sort, Sorts, Tab, Which};
pub use table::{Cell, ReportRow, ReportTable, RowKind, TablePart};
pub use trend::{TrendLine, TrendPage, TrendPoint};

use crate::ui::{Notice, Tone};
use crate::{Day, Lang, say};
use leptos::prelude::*;

/// Rates below this many tenths of a per cent miss the target: 90 %.
pub const TARGET: u32 = 900;
/// Rates below this many tenths of a per cent are far from it: 70 %.
pub const FAR: u32 = 700;

/// A number without its thousands mark becomes hard to read: 12,345.
pub(crate) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A day for the narrow column of a table: 「2026年10月1日」, "1 Oct 2026".
pub(crate) fn narrow_day(day: Day, lang: Lang) -> String {
    let plain = day.plain(lang);
    match lang {
        Lang::Ja => plain,
        Lang::En => {
            let short = |word: &str| {
                if word.chars().all(char::is_alphabetic) {
                    word.chars().take(3).collect()
                } else {
                    word.to_owned()
                }
            };
            plain.split(' ').map(short).collect::<Vec<String>>().join(" ")
        }
    }
}

/// That there is nothing to count: nothing had begun `before` now, or nothing is asked of anybody yet.
pub(crate) fn no_training(before: bool, lang: Lang) -> AnyView {
    if before {
        let title =
            say!(lang, "この時点で始まっている研修はありません。", "No training had begun at that time.");
        return view! { <Notice tone=Tone::Info title=title/> }.into_any();
    }
    view! {
        <Notice tone=Tone::Info title=say!(lang, "研修はまだありません。", "There is no training yet.")>
            <p>{say!(
                lang,
                "研修が始まると、だれがどこまで進んだかをここで見られます。",
                "Once a training begins, this page shows who stands where.",
            )}</p>
        </Notice>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{grouped, narrow_day};
    use crate::{Day, Lang};

    #[test]
    fn a_day_in_a_table_is_short() {
        let day = Day { year: 2026, month: 9, day: 28 };
        assert_eq!(narrow_day(day, Lang::En), "28 Sep 2026");
        assert_eq!(narrow_day(day, Lang::Ja), "2026年9月28日");
    }

    #[test]
    fn thousands_are_marked() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}

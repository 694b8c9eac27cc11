//! How documents count years: 西暦 or 和暦.

use crate::day::Day;
use crate::lang::Lang;
use crate::say;

/// How a hospital counts years on documents in Japanese. Screens and data files always use the common era, and so does English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Era {
    /// 西暦: 2026年.
    #[default]
    Western,
    /// 和暦: 令和8年.
    Japanese,
}

/// The eras since documents of today's staff can begin, newest first, each with its first day.
const ERAS: [(&str, Day); 4] = [
    ("令和", Day { year: 2019, month: 5, day: 1 }),
    ("平成", Day { year: 1989, month: 1, day: 8 }),
    ("昭和", Day { year: 1926, month: 12, day: 25 }),
    ("大正", Day { year: 1912, month: 7, day: 30 }),
];

/// The year of a day in its era: 「令和8年」. The first is 元年. Days before 大正 keep the common era.
fn year(day: Day) -> String {
    let Some((era, first)) = ERAS.into_iter().find(|(_, first)| *first <= day) else {
        return format!("{}年", day.year);
    };
    match day.year - first.year + 1 {
        1 => format!("{era}元年"),
        number => format!("{era}{number}年"),
    }
}

impl Era {
    /// The day for a document: 「2026年10月1日」, 「令和8年10月1日」, "1 October 2026".
    pub fn day(self, day: Day, lang: Lang) -> String {
        match (self, lang) {
            (Self::Japanese, Lang::Ja) => format!("{}{}月{}日", year(day), day.month, day.day),
            _ => day.plain(lang),
        }
    }

    /// A fiscal year: 「2026年度」, 「令和8年度」, "fiscal year 2026". One in which an era begins is called by the new one.
    pub fn fiscal_year(self, number: i32, lang: Lang) -> String {
        match (self, lang) {
            (Self::Japanese, Lang::Ja) => format!("{}度", year(Day { year: number, month: 12, day: 31 })),
            _ => say!(lang, "{number}年度", "fiscal year {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    #[test]
    fn a_document_counts_years_as_the_hospital_does() {
        let first_of_october = day(2026, 10, 1);
        assert_eq!(Era::Western.day(first_of_october, Lang::Ja), "2026年10月1日");
        assert_eq!(Era::Japanese.day(first_of_october, Lang::Ja), "令和8年10月1日");
        assert_eq!(Era::Japanese.day(first_of_october, Lang::En), "1 October 2026");
        assert_eq!(Era::Japanese.fiscal_year(2026, Lang::Ja), "令和8年度");
        assert_eq!(Era::Western.fiscal_year(2026, Lang::Ja), "2026年度");
        assert_eq!(Era::Japanese.fiscal_year(2026, Lang::En), "fiscal year 2026");
    }

    #[test]
    fn an_era_begins_on_its_day_and_its_first_year_is_gannen() {
        assert_eq!(Era::Japanese.day(day(2019, 4, 30), Lang::Ja), "平成31年4月30日");
        assert_eq!(Era::Japanese.day(day(2019, 5, 1), Lang::Ja), "令和元年5月1日");
        assert_eq!(Era::Japanese.day(day(2019, 12, 31), Lang::Ja), "令和元年12月31日");
        assert_eq!(Era::Japanese.day(day(2020, 1, 1), Lang::Ja), "令和2年1月1日");
        assert_eq!(Era::Japanese.day(day(1989, 1, 7), Lang::Ja), "昭和64年1月7日");
        assert_eq!(Era::Japanese.day(day(1989, 1, 8), Lang::Ja), "平成元年1月8日");
        assert_eq!(Era::Japanese.day(day(1900, 1, 1), Lang::Ja), "1900年1月1日");
        assert_eq!(Era::Japanese.fiscal_year(2019, Lang::Ja), "令和元年度");
    }
}

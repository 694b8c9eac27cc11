//! Days as hospitals write them: 2026/4/1, 2026-04-01, 20260401, 2026年4月1日, 令和8年4月1日, R8.4.1, and the serial numbers of Excel.

use chrono::{Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;

/// Names of the eras, their letters, and the year before the first.
const ERAS: [(&str, char, i32); 5] =
    [("令和", 'r', 2018), ("平成", 'h', 1988), ("昭和", 's', 1925), ("大正", 't', 1911), ("明治", 'm', 1867)];

/// Serial numbers that are taken for days: 1927 to 2119. Smaller ones are likelier something else.
const SERIALS: std::ops::RangeInclusive<u64> = 10_000..=80_000;

/// Reads a day; `None` when the text is none that exists.
pub(super) fn parse(text: &str) -> Option<NaiveDate> {
    let text: String = text.trim().nfkc().collect::<String>().to_lowercase();
    // A time of day behind it does not matter.
    let day = text
        .split_once(':')
        .and_then(|(before, _)| before.rsplit_once(['t', ' ']))
        .map_or(text.as_str(), |(day, _)| day);
    let text: String = day.chars().filter(|c| !c.is_whitespace()).collect();
    let (before, rest) = era(&text);
    if before.is_none() && rest.chars().all(|c| c.is_ascii_digit()) {
        return digits(rest);
    }
    let rest = rest.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
    let mut parts = rest.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || (before.is_none() && year.len() != 4) {
        return None;
    }
    let year = if year == "元" && before.is_some() { 1 } else { number(year)? };
    build(before.unwrap_or(0) + i32::try_from(year).ok()?, number(month)?, number(day)?)
}

/// The year before the era that a text begins with, and what follows.
fn era(text: &str) -> (Option<i32>, &str) {
    ERAS.iter()
        .find_map(|(name, letter, before)| {
            let rest = text.strip_prefix(name).or_else(|| text.strip_prefix(*letter))?;
            Some((Some(*before), rest))
        })
        .unwrap_or((None, text))
}

fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn digits(text: &str) -> Option<NaiveDate> {
    let value: u64 = text.parse().ok()?;
    if text.len() == 8 {
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(number);
        return build(i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?);
    }
    if text.len() == 5 && SERIALS.contains(&value) {
        return NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(value));
    }
    None
}

fn build(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_in_which_a_day_is_written_is_read() {
        let day = NaiveDate::from_ymd_opt(2026, 4, 1);
        for text in [
            "2026/4/1",
            "2026/04/01",
            "2026-04-01",
            "2026.4.1",
            "2026年4月1日",
            "20260401",
            "令和8年4月1日",
            "令和８年４月１日",
            "２０２６／４／１",
            "R8.4.1",
            "r8/4/1",
            "Ｒ８．４．１",
            "㋿8年4月1日",
            "46113",
            "2026-04-01 00:00:00",
            "2026-04-01T00:00:00",
            "2026/4/1 0:00",
            " 2026/4/1 ",
            "令和 8年 4月 1日",
        ] {
            assert_eq!(parse(text), day, "{text}");
        }
        assert_eq!(parse("令和元年5月1日"), NaiveDate::from_ymd_opt(2019, 5, 1));
        assert_eq!(parse("昭和63年12月31日"), NaiveDate::from_ymd_opt(1988, 12, 31));
        assert_eq!(parse("平成31年4月1日"), NaiveDate::from_ymd_opt(2019, 4, 1));
    }

    #[test]
    fn what_is_no_day_stays_none() {
        for text in [
            "",
            "4月1日",
            "26/4/1",
            "2026/2/30",
            "2026/13/1",
            "2026-4",
            "令和",
            "令和八年四月一日",
            "未定",
            "1",
            "123456",
            "99999999",
            "2026/4/1/2",
            "0000-01-01",
            "元年4月1日",
            "-5-1-1",
            "+26/4/1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

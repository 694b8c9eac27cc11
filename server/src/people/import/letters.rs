//! The letters of a list: what was lost on the way, what was meant, and what must stay as it is.

use unicode_normalization::UnicodeNormalization;

/// The sign of a character that was lost: what decoders, old systems and browsers put in its place.
pub(super) fn garbled(text: &str, is_name: bool) -> Option<String> {
    let lost = |c: char| {
        matches!(c, '\u{fffd}' | '〓' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
            || (is_name && matches!(c, '?' | '？'))
    };
    if let Some(found) = text.chars().find(|c| lost(*c)) {
        return Some(if matches!(found, '?' | '？' | '〓') {
            found.to_string()
        } else {
            format!("U+{:04X}", u32::from(found))
        });
    }
    let start = text.find("&#")?;
    let reference = text.get(start..)?;
    let end = reference.find(';')?;
    let number = reference.get(2..end)?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then(|| reference.get(..=end).unwrap_or_default().to_owned())
}

/// Half-width kana (U+FF61–FF9F) as wide ones, their marks joined: ｶﾞ becomes ガ. Everything else stays: 髙, 﨑 and 𠮷 are other letters than 高, 崎 and 吉.
pub(super) fn widen(text: &str) -> String {
    let narrow = |c: char| ('\u{ff61}'..='\u{ff9f}').contains(&c);
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if narrow(c) {
            run.push(c);
        } else {
            out.extend(run.nfkc());
            run.clear();
            out.push(c);
        }
    }
    out.extend(run.nfkc());
    out
}

/// A reading in wide katakana.
pub(super) fn katakana(text: &str) -> String {
    text.nfkc()
        .map(|c| match c {
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// One space, of ordinary width, wherever there was white space.
pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 「髙橋 花子」 in two; a name without a space is one name.
pub(super) fn split(full: &str) -> (String, String) {
    full.split_once(' ').map_or_else(
        || (full.to_owned(), String::new()),
        |(family, given)| (family.to_owned(), given.to_owned()),
    )
}

/// Enough of a value to recognise it.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Whether a cell holds one of these words, in letters of any width and case.
pub(super) fn says(text: &str, words: &[&str]) -> bool {
    let text = collapse(&text.nfkc().collect::<String>()).to_lowercase();
    words.contains(&text.as_str())
}

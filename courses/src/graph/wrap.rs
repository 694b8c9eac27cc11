//! Text into lines. An SVG cannot wrap, and nothing here knows a font, so widths are estimated, rather too wide than too narrow.

/// What must not begin a line.
const NEVER_FIRST: &str = "、。，．・：；？！」』）】〉》ーっゃゅょッャュョ々…%,.!?:;)]";
/// What must not end one.
const NEVER_LAST: &str = "「『（【〈《([";

/// The width of a text of this size, in the units of the size.
pub(super) fn width(text: &str, size: i32) -> i32 {
    text.chars().map(hundredths).sum::<i32>() * size / 100
}

/// The same in bold letters.
pub(super) fn bold_width(text: &str, size: i32) -> i32 {
    width(text, size) * 112 / 100
}

/// The width of a letter in hundredths of an em.
fn hundredths(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' => 40,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 98,
        'A'..='Z' => 76,
        _ if letter.is_ascii() => 66,
        _ => 100,
    }
}

/// At most `most` lines that fit into `room`. What is left out is replaced by 「…」.
pub(super) fn wrap(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let line = lines.last().map_or("", String::as_str);
        let fits = width(line, size) + width(piece.trim_end(), size) <= room;
        let hangs = piece.chars().all(|letter| NEVER_FIRST.contains(letter));
        if line.is_empty() || fits || hangs {
            if let Some(line) = lines.last_mut() {
                line.push_str(piece);
            }
        } else {
            let mut next = String::new();
            if let Some(line) = lines.last_mut() {
                while line.ends_with(|letter| NEVER_LAST.contains(letter)) {
                    next.insert_str(0, &line.pop().map(String::from).unwrap_or_default());
                }
            }
            next.push_str(piece);
            lines.push(next);
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| cut) {
        while width(last, size) + size > room && last.pop().is_some() {}
        last.truncate(last.trim_end_matches([' ', '、', '。', ',', '.']).len());
        last.push('…');
    }
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// What stays together: a word of Latin letters with the blank behind it, and every other letter alone.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_ascii() {
            let word = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
            let blank = rest.get(word..).map_or(0, |after| after.len() - after.trim_start().len());
            (word + blank).max(1)
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn a_line_never_begins_with_a_full_stop_or_ends_with_an_opening_bracket() {
        assert_eq!(wrap("だれですか。「はい」と言う。", 10, 50, 9), ["だれですか。", "「はい」と", "言う。"]);
        assert_eq!(wrap("それは「はい」", 10, 40, 9), ["それは", "「はい」"]);
    }

    #[test]
    fn english_breaks_between_words() {
        assert_eq!(wrap("Look at it together", 10, 64, 9), ["Look at it", "together"]);
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis() {
        assert_eq!(wrap("一二三四五六七八九十", 10, 40, 2), ["一二三四", "五六七…"]);
        assert_eq!(wrap("一二三四五六七八", 10, 40, 2), ["一二三四", "五六七八"]);
        assert_eq!(wrap("", 10, 40, 2), Vec::<String>::new());
    }
}

//! Words into lines. Where a line may end is decided by the Unicode line breaking rules in their strict Japanese form (禁則): no line
//! begins with 、。」ー or a small kana, none ends with 「.

use std::collections::BTreeSet;
use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use unicode_normalization::char::compose;

use crate::face::{Drawn, GETA, drawn};

/// How letters are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// In points.
    pub(crate) size: f32,
    pub(crate) bold: bool,
}

impl Style {
    pub(crate) const fn plain(size: f32) -> Self {
        Self { size, bold: false }
    }

    pub(crate) const fn bold(size: f32) -> Self {
        Self { size, bold: true }
    }

    /// From one baseline to the next.
    pub(crate) fn leading(self) -> f32 {
        self.size * 1.55
    }
}

/// A letter in its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) drawn: Drawn,
    /// Which bytes of the text it stands for.
    pub(crate) range: Range<usize>,
}

/// A text whose letters are known and whose lines are not.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) style: Style,
    glyphs: Vec<Glyph>,
}

/// One line of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) size: f32,
    /// In points, without spaces at its end.
    pub(crate) width: f32,
    /// Set with gaps between its letters, which are no spaces.
    pub(crate) spaced: bool,
}

/// Letters that are not seen and would only confuse the text that is read out of the paper again.
const fn unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

const fn selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

impl Words {
    /// Finds the letters of a text. Those that no font has become 〓 and are added to `replaced`.
    pub(crate) fn new(text: &str, style: Style, replaced: &mut BTreeSet<char>) -> Self {
        let mut words = Self { text: String::with_capacity(text.len()), style, glyphs: Vec::new() };
        let mut letters = text.chars().filter(|c| !unseen(*c)).peekable();
        while let Some(mut letter) = letters.next() {
            if letter == '\n' {
                words.text.push('\n');
                continue;
            }
            if letter.is_control() {
                letter = ' ';
            }
            // Only a mark that stands alone is joined: whole-text normalisation would turn 神 into 神, and a name with it.
            while let Some(whole) = letters.peek().and_then(|mark| compose(letter, *mark)) {
                letter = whole;
                letters.next();
            }
            let form = letters.next_if(|c| selector(*c));
            let start = words.text.len();
            if selector(letter) {
                continue;
            }
            let found = drawn(letter, form, style.bold).or_else(|| {
                replaced.insert(letter);
                letter = GETA;
                drawn(GETA, None, style.bold)
            });
            let Some(found) = found else { continue };
            words.text.push(letter);
            if letter != GETA {
                words.text.extend(form);
            }
            words.glyphs.push(Glyph { drawn: found, range: start..words.text.len() });
        }
        words
    }

    /// How wide the whole is on one line, in points. Of a text of several lines, the longest.
    pub(crate) fn width(&self) -> f32 {
        self.lines(f32::INFINITY).iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// The lines of the text in a column that is `measure` points wide. At least one.
    pub(crate) fn lines(&self, measure: f32) -> Vec<Line> {
        let mut breaks = Vec::new();
        if measure.is_finite() || self.text.contains('\n') {
            let mut options = LineBreakOptions::default();
            options.strictness = Some(LineBreakStrictness::Strict);
            breaks = LineSegmenter::new_for_non_complex_scripts(options).segment_str(&self.text).collect();
        }
        let mut breaks = breaks.into_iter().peekable();
        let mut lines = Vec::new();
        // The line so far, and the part of it behind the last place where it may end.
        let (mut line, mut tail): (Vec<Glyph>, Vec<Glyph>) = (Vec::new(), Vec::new());
        let mut width = 0.0;
        let mut last_end = 0;
        for glyph in &self.glyphs {
            while let Some(place) = breaks.next_if(|place| *place <= glyph.range.start) {
                if place > 0 {
                    line.append(&mut tail);
                }
            }
            if self.text.get(last_end..glyph.range.start).is_some_and(|between| between.contains('\n')) {
                line.append(&mut tail);
                lines.push(self.line(std::mem::take(&mut line)));
                // Empty lines stay empty lines.
                let more = self
                    .text
                    .get(last_end..glyph.range.start)
                    .map_or(0, |between| between.matches('\n').count());
                lines.extend((1..more).map(|_| self.line(Vec::new())));
                width = 0.0;
            }
            last_end = glyph.range.end;
            let wide = glyph.drawn.width * self.style.size;
            let space = self.text.get(glyph.range.clone()).is_some_and(|letter| letter.trim().is_empty());
            // A hair of tolerance: a column that was measured for its text must take it.
            while width + wide > measure + 0.01 && !space && !(line.is_empty() && tail.is_empty()) {
                if line.is_empty() {
                    // A word that is wider than the column is cut where the column ends.
                    std::mem::swap(&mut line, &mut tail);
                }
                lines.push(self.line(std::mem::take(&mut line)));
                width = tail.iter().map(|glyph| glyph.drawn.width * self.style.size).sum();
            }
            width += wide;
            tail.push(glyph.clone());
        }
        line.append(&mut tail);
        if !line.is_empty() || lines.is_empty() {
            lines.push(self.line(line));
        }
        lines
    }

    fn line(&self, mut glyphs: Vec<Glyph>) -> Line {
        let start = glyphs.first().map_or(0, |glyph| glyph.range.start);
        let end = glyphs.last().map_or(start, |glyph| glyph.range.end);
        let text = self.text.get(start..end).unwrap_or_default().to_owned();
        for glyph in &mut glyphs {
            glyph.range = glyph.range.start - start..glyph.range.end - start;
        }
        let seen = text.trim_end().len();
        let width = glyphs
            .iter()
            .filter(|glyph| glyph.range.start < seen)
            .map(|glyph| glyph.drawn.width * self.style.size)
            .sum();
        Line { text, glyphs, size: self.style.size, width, spaced: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(text: &str, measure: f32) -> Vec<String> {
        Words::new(text, Style::plain(10.0), &mut BTreeSet::new())
            .lines(measure)
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_a_small_kana() {
        let text = "患者さんの写真を、投稿しては「いけません」。ちょっと待って、キャッシュも消えません。";
        for measure in 60..250_u8 {
            for line in set(text, measure.into()) {
                let first = line.chars().next().unwrap_or_default();
                assert!(!"、。」っゃッュー".contains(first), "{measure}: {line}");
                assert!(!line.ends_with('「'), "{measure}: {line}");
            }
        }
    }

    #[test]
    fn a_word_is_kept_whole_and_a_word_that_is_too_wide_is_cut() {
        assert_eq!(set("confidential photographs", 80.0), ["confidential ", "photographs"]);
        assert!(set("confidentialphotographs", 50.0).len() > 2);
    }

    #[test]
    fn a_line_ends_where_the_text_says_so() {
        assert_eq!(set("一\n二", 500.0), ["一", "二"]);
        assert_eq!(set("", 500.0), [""]);
    }

    #[test]
    fn what_no_font_has_is_marked_and_told() {
        let mut replaced = BTreeSet::new();
        let words = Words::new("外字\u{e000}と🎉", Style::plain(10.0), &mut replaced);
        assert_eq!(words.text, "外字〓と〓");
        assert_eq!(replaced, BTreeSet::from(['\u{e000}', '🎉']));
    }

    #[test]
    fn a_mark_that_stands_alone_is_joined_and_old_forms_stay() {
        assert_eq!(set("か\u{3099}神\u{fa19}", 500.0), ["が神\u{fa19}"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_too_wide(text in "[あ-んア-ンー患者写真a-z、。「」 ]{0,80}", measure in 11.0_f32..300.0) {
            let lines = Words::new(&text, Style::plain(10.0), &mut BTreeSet::new()).lines(measure);
            let together: String = lines.iter().map(|line| line.text.as_str()).collect();
            prop_assert_eq!(together, text);
            for line in &lines {
                prop_assert!(line.width <= measure + 0.1 || line.glyphs.len() == 1);
            }
        }
    }
}

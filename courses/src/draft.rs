//! Looking through a reply that somebody wrote.
//!
//! A reply and the words of a rule are compared after NFKC, without white space, in lower case and with straight
//! apostrophes, so that half and full width, line breaks, capitals and keyboards make no difference. Hiragana and katakana stay apart. What is quoted
//! back are the writer's own characters.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::item::{Draft, Fires, Level, Rule, Words};
use crate::text::Text;

/// Something seen in a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The id of the rule.
    pub rule: String,
    /// How much it matters.
    pub level: Level,
    /// The writer's own words that it is about, as they were written; empty if something is missing.
    pub quotes: Vec<String>,
    /// What is said about it.
    pub why: Text,
    /// The clause that says so.
    pub cite: Option<String>,
}

impl Draft {
    /// What is seen in a reply: first what must be changed, then what could be better, then what is good.
    #[must_use]
    pub fn remarks(&self, reply: &str) -> Vec<Remark> {
        let mut remarks: Vec<Remark> = self
            .rules
            .iter()
            .filter_map(|rule| {
                Some(Remark {
                    rule: rule.id.clone(),
                    level: rule.level,
                    quotes: fired(rule, reply)?,
                    why: rule.why.clone(),
                    cite: rule.cite.clone(),
                })
            })
            .collect();
        remarks.sort_by_key(|remark| remark.level);
        remarks
    }
}

/// Whether a rule speaks, and the writer's words that made it speak.
pub(crate) fn fired(rule: &Rule, reply: &str) -> Option<Vec<String>> {
    let folded = Folded::of(reply);
    let excepted = folded.find(&rule.except);
    let within_exception =
        |(from, to): &(usize, usize)| excepted.iter().any(|(start, end)| start <= from && to <= end);
    match &rule.fires {
        Fires::Any(words) => {
            let mut found: Vec<_> = folded.find(words);
            found.retain(|place| !within_exception(place));
            found.sort_unstable();
            let mut quotes: Vec<String> = Vec::new();
            let mut covered = 0;
            for (from, to) in merged(&found) {
                // Two words may share an end; one quote is enough.
                if to > covered {
                    covered = to;
                    let quote = folded.written(reply, from, to);
                    if !quotes.contains(&quote) {
                        quotes.push(quote);
                    }
                }
            }
            (!quotes.is_empty()).then_some(quotes)
        }
        Fires::None(words) => folded.find(words).iter().all(within_exception).then(Vec::new),
    }
}

/// Joins places that overlap.
fn merged(sorted: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in sorted {
        match joined.last_mut() {
            Some((_, end)) if *from < *end => *end = (*end).max(*to),
            _ => joined.push((*from, *to)),
        }
    }
    joined
}

/// A text made comparable, which still knows where each of its characters came from.
struct Folded {
    text: Vec<char>,
    /// For each character, the byte range of what was written.
    from: Vec<(usize, usize)>,
}

impl Folded {
    fn of(written: &str) -> Self {
        let mut folded = Self { text: Vec::new(), from: Vec::new() };
        for (start, piece) in clusters(written) {
            let place = (start, start + piece.len());
            for c in piece.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()) {
                folded.text.push(if c == '’' { '\'' } else { c });
                folded.from.push(place);
            }
        }
        folded
    }

    /// Every place where one of the words stands, as ranges of characters.
    fn find(&self, words: &Words) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for word in words.ja.iter().chain(&words.en) {
            let word = Self::of(word).text;
            if word.is_empty() {
                continue;
            }
            for (at, window) in self.text.windows(word.len()).enumerate() {
                if window == word.as_slice() {
                    found.push((at, at + word.len()));
                }
            }
        }
        found
    }

    /// What the writer wrote there.
    fn written(&self, reply: &str, from: usize, to: usize) -> String {
        let start = self.from.get(from).map_or(0, |place| place.0);
        let end = self.from.get(to.saturating_sub(1)).map_or(reply.len(), |place| place.1);
        reply.get(start..end).unwrap_or_default().trim().to_owned()
    }
}

/// Cuts a text into pieces that normalise on their own: a character with the marks that combine with it, such as
/// half-width カ with its ﾞ.
fn clusters(text: &str) -> Vec<(usize, &str)> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        let combines =
            matches!(c, '\u{ff9e}' | '\u{ff9f}') || unicode_normalization::char::is_combining_mark(c);
        if starts.is_empty() || !combines {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| Some((*start, text.get(*start..end)?))).collect()
}

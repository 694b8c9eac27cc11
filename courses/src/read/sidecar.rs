//! Files with English or plain Japanese: flat, keyed by the dotted path of ids, each text with the mark of its original.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::notes::{LineIndex, Notes};

/// What stands beside a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside<'s> {
    /// Its English.
    pub(crate) en: &'s Sidecar,
    /// Its plain Japanese.
    pub(crate) easy: &'s Sidecar,
}

/// A file with English or plain Japanese.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sidecar {
    /// Its texts, by key.
    pub(crate) entries: BTreeMap<String, Entry>,
    /// It cannot be read, so nothing can be said about what it lacks.
    pub(crate) unreadable: bool,
}

/// One translated text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Where it stands.
    pub(crate) line: usize,
    /// The mark of the Japanese, and where its value stands in the file.
    pub(crate) src: Option<(String, Range<usize>)>,
    /// The text.
    pub(crate) words: Option<String>,
    /// The words, where the Japanese is a list of words.
    pub(crate) list: Vec<String>,
    /// Where the first field stands.
    pub(crate) first: usize,
}

impl Sidecar {
    /// Reads a file; the name of the field with the text follows from the name of the file.
    pub(crate) fn read(notes: &Notes, path: &str, text: &str) -> Self {
        let lang = if path.ends_with(".easy.toml") { "easy" } else { "en" };
        let index = LineIndex::new(text);
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(fault) => {
                let line = index.line(fault.span().map_or(0, |span| span.start));
                notes.fault(path, line, format!("this is not TOML: {}", fault.message()));
                return Self { entries: BTreeMap::new(), unreadable: true };
            }
        };
        let mut sidecar = Self::default();
        for (key, value) in table.get_ref() {
            let line = index.line(key.span().start);
            if let Some(entry) = entry(notes, (path, lang), &index, line, value) {
                sidecar.entries.insert(key.get_ref().to_string(), entry);
            } else {
                let message = format!(
                    "`{}` is not a translation. Write [\"path.of.ids\"] in quotation marks, then src = \"…\" and {lang} = \"…\"",
                    key.get_ref()
                );
                notes.fault(path, line, message);
            }
        }
        sidecar
    }
}

/// One entry, if it has the shape of one.
fn entry(
    notes: &Notes,
    (path, lang): (&str, &str),
    index: &LineIndex,
    line: usize,
    value: &Spanned<DeValue<'_>>,
) -> Option<Entry> {
    let table = value.get_ref().as_table()?;
    let first = table.keys().map(|key| key.span().start).min().unwrap_or_default();
    let mut entry = Entry { line, first, ..Entry::default() };
    for (field, value) in table {
        let here = index.line(field.span().start);
        match (field.get_ref().as_ref(), value.get_ref()) {
            ("src", DeValue::String(src)) => entry.src = Some((src.to_string(), value.span())),
            (field, DeValue::String(words)) if field == lang => {
                // A space at the end stands between this stretch of a text and the next one; alone it is no translation.
                let blank = words.trim().is_empty();
                let words = if blank { "" } else { words.trim_matches(['\n', '\r', '\t']) };
                entry.words = Some(words.to_owned());
            }
            ("list", DeValue::Array(words)) => {
                entry.list = words
                    .iter()
                    .filter_map(|word| Some(word.get_ref().as_str()?.trim().to_owned()))
                    .collect();
            }
            (_, DeValue::Table(_)) => return None,
            (name, _) => notes.fault(
                path,
                here,
                format!("a translation has only src, {lang} (a text) or list (words); take `{name}` out"),
            ),
        }
    }
    Some(entry)
}

//! Reading the fields of a TOML table one by one, so that every fault knows its line.

mod reply;
mod story;

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::notes::{LineIndex, Notes, Original, Voice, easy_path, english_path, is_id};
use super::sidecar::{Beside, Sidecar};
use crate::sources::Sources;
use crate::text::Text;

/// A TOML file and its translation.
pub(crate) struct File<'s> {
    path: String,
    english: String,
    easy: String,
    sidecars: Beside<'s>,
    index: LineIndex,
    table: Spanned<DeTable<'s>>,
}

impl<'s> File<'s> {
    /// Parses a file; notes why if it is missing or not TOML.
    pub(crate) fn open(
        notes: &Notes,
        sources: &'s Sources,
        path: &str,
        sidecars: Beside<'s>,
    ) -> Option<Self> {
        let Some(text) = sources.get(path) else {
            notes.broken(path, 1, "this file is missing");
            return None;
        };
        let index = LineIndex::new(text);
        match DeTable::parse(text) {
            Ok(table) => Some(Self {
                path: path.to_owned(),
                english: english_path(path),
                easy: easy_path(path),
                sidecars,
                index,
                table,
            }),
            Err(fault) => {
                let line = index.line(fault.span().map_or(0, |span| span.start));
                notes.broken(path, line, format!("this is not TOML: {}", fault.message()));
                None
            }
        }
    }

    /// The fields of the file itself.
    pub(crate) fn root<'a>(&'a self, notes: &'a Notes) -> Fields<'a, 's> {
        Fields {
            notes,
            file: self,
            table: self.table.get_ref(),
            line: 1,
            key: String::new(),
            seen: BTreeSet::new(),
        }
    }
}

/// The fields of one table. Ask for each field once, then [`Fields::finish`].
pub(crate) struct Fields<'a, 's> {
    notes: &'a Notes,
    file: &'a File<'s>,
    table: &'a DeTable<'s>,
    line: usize,
    key: String,
    seen: BTreeSet<&'static str>,
}

impl<'a, 's> Fields<'a, 's> {
    /// The dotted path of ids down to here.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The file can be read no further because of this.
    pub(crate) fn broken(&self, line: usize, message: impl Into<String>) {
        self.notes.broken(&self.file.path, line, message);
    }

    fn path_of(&self, name: &str) -> String {
        if self.key.is_empty() { name.to_owned() } else { format!("{}.{name}", self.key) }
    }

    /// The line of a field, or of the table if it has no such field.
    pub(crate) fn line_of(&self, name: &str) -> usize {
        self.table.get_key_value(name).map_or(self.line, |(key, _)| self.file.index.line(key.span().start))
    }

    /// The raw value of a field. Notes where it stands.
    fn value(&mut self, name: &'static str) -> Option<&'a DeValue<'s>> {
        self.seen.insert(name);
        let (key, value) = self.table.get_key_value(name)?;
        self.notes.stands(&self.file.path, &self.path_of(name), self.file.index.line(key.span().start));
        Some(value.get_ref())
    }

    fn wrong<T>(&self, name: &str, wanted: &str) -> Option<T> {
        self.broken(self.line_of(name), format!("`{name}` has to be {wanted}"));
        None
    }

    fn required<T: Default>(&self, name: &str, value: Option<T>) -> T {
        if value.is_none() && !self.table.contains_key(name) {
            let whose = if self.key.is_empty() { "this file".to_owned() } else { format!("`{}`", self.key) };
            self.broken(self.line, format!("{whose} has no `{name}`; add it"));
        }
        value.unwrap_or_default()
    }

    /// Words that are not shown, such as an id.
    pub(crate) fn maybe_string(&mut self, name: &'static str) -> Option<String> {
        match self.value(name)? {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => self.wrong(name, "a text in quotation marks"),
        }
    }

    /// Words that are not shown and have to be there.
    pub(crate) fn string(&mut self, name: &'static str) -> String {
        let value = self.maybe_string(name);
        self.required(name, value)
    }

    /// Whether the field is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// A look at a field that is read later.
    pub(crate) fn peek(&self, name: &str) -> &str {
        self.table.get(name).and_then(|value| value.get_ref().as_str()).unwrap_or_default()
    }

    /// The first text of a list that is read later.
    pub(crate) fn first_of(&self, name: &str) -> &str {
        let list = self.table.get(name).and_then(|value| value.get_ref().as_array());
        list.and_then(|list| list.iter().next()?.get_ref().as_str()).unwrap_or_default()
    }

    /// A text on screen of at most `limit` characters, with its translation.
    pub(crate) fn maybe_text(&mut self, name: &'static str, limit: usize, voice: Voice) -> Option<Text> {
        let ja = self.maybe_string(name)?;
        let (line, key) = (self.line_of(name), self.path_of(name));
        let length = ja.chars().count();
        if length > limit {
            let message = format!(
                "`{name}` has {length} characters; its place on the screen holds {limit}. Shorten it"
            );
            self.notes.fault(&self.file.path, line, message);
        }
        let beside = |sidecar: &Sidecar| sidecar.entries.get(&key).and_then(|entry| entry.words.clone());
        let (en, easy) = (beside(self.file.sidecars.en), beside(self.file.sidecars.easy));
        self.notes.original(Original {
            file: self.file.path.clone(),
            english: self.file.english.clone(),
            easy: self.file.easy.clone(),
            key,
            ja: ja.clone(),
            line,
            voice,
        });
        Some(Text { ja, en, easy })
    }

    /// A text on screen that has to be there.
    pub(crate) fn text(&mut self, name: &'static str, limit: usize) -> Text {
        let text = self.maybe_text(name, limit, Voice::Course);
        self.required(name, text)
    }

    /// The words of an invented person.
    pub(crate) fn spoken(&mut self, name: &'static str) -> Text {
        let text = self.maybe_text(name, usize::MAX, Voice::Person);
        self.required(name, text)
    }

    /// A whole number, at most `max`.
    pub(crate) fn maybe_number(&mut self, name: &'static str, max: u32) -> Option<u32> {
        let found = match self.value(name)? {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse::<u32>().ok(),
            _ => None,
        };
        match found.filter(|number| *number <= max) {
            None => self.wrong(name, &format!("a whole number from 0 to {max}")),
            found => found,
        }
    }

    /// A number that has to be there and to fit 16 bits.
    pub(crate) fn number(&mut self, name: &'static str, max: u16) -> u16 {
        let found = self.maybe_number(name, u32::from(max));
        u16::try_from(self.required(name, found)).unwrap_or_default()
    }

    /// A number that may be left out for 0.
    pub(crate) fn number_or_zero(&mut self, name: &'static str, max: u16) -> u16 {
        self.maybe_number(name, u32::from(max))
            .and_then(|number| u16::try_from(number).ok())
            .unwrap_or_default()
    }

    /// Exactly `N` whole numbers.
    pub(crate) fn numbers<const N: usize>(&mut self, name: &'static str) -> [u16; N] {
        let found = self.value(name).and_then(|value| {
            let parsed = value.as_array().map(|list| {
                list.iter()
                    .filter_map(|number| number.get_ref().as_integer()?.as_str().parse::<u16>().ok())
                    .collect::<Vec<_>>()
            });
            match parsed.and_then(|list| <[u16; N]>::try_from(list).ok()) {
                None => self.wrong(name, &format!("a list of {N} whole numbers")),
                found => found,
            }
        });
        if found.is_none() && !self.table.contains_key(name) {
            self.required::<u8>(name, None);
        }
        found.unwrap_or([0; N])
    }

    /// Yes or no; left out for no.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        match self.value(name) {
            None => false,
            Some(DeValue::Boolean(value)) => *value,
            Some(_) => self.wrong(name, "true or false").unwrap_or_default(),
        }
    }

    /// A list of words that are not shown; left out for none.
    pub(crate) fn list(&mut self, name: &'static str) -> Vec<String> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let words = value.as_array().map(|list| {
            list.iter()
                .map(|word| word.get_ref().as_str().map(|word| word.trim().to_owned()))
                .collect::<Option<Vec<_>>>()
        });
        words
            .flatten()
            .unwrap_or_else(|| self.wrong(name, "a list of texts: [\"…\", \"…\"]").unwrap_or_default())
    }

    /// One of a few words.
    pub(crate) fn maybe_one_of<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let found = self.maybe_string(name)?;
        match words.iter().find(|(word, _)| *word == found) {
            Some((_, meaning)) => Some(*meaning),
            None => {
                let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
                self.wrong(name, &format!("one of {}; it is `{found}`", known.join(", ")))
            }
        }
    }

    /// One of a few words that has to be there; `otherwise` stands in so that reading goes on.
    pub(crate) fn one_of<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)], otherwise: T) -> T {
        let found = self.maybe_one_of(name, words);
        if found.is_none() && !self.table.contains_key(name) {
            self.required::<u8>(name, None);
        }
        found.unwrap_or(otherwise)
    }

    /// Something that is written as text.
    pub(crate) fn parsed<T: std::str::FromStr>(&mut self, name: &'static str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        match self.maybe_string(name)?.parse() {
            Ok(value) => Some(value),
            Err(fault) => {
                self.broken(self.line_of(name), format!("`{name}`: {fault}"));
                None
            }
        }
    }

    /// One inner table without an id.
    pub(crate) fn table(&mut self, name: &'static str) -> Option<Fields<'a, 's>> {
        let line = self.line_of(name);
        match self.value(name)? {
            DeValue::Table(table) => {
                let key = self.path_of(name);
                Some(Fields { notes: self.notes, file: self.file, table, line, key, seen: BTreeSet::new() })
            }
            _ => self.wrong(name, "a table: { … }"),
        }
    }

    /// Every text of an inner table, by its key.
    pub(crate) fn pairs(&mut self, name: &'static str) -> Vec<(String, String)> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let Some(table) = value.as_table() else { return self.wrong(name, "a table").unwrap_or_default() };
        let mut pairs = Vec::new();
        for (word, reading) in table {
            match reading.get_ref().as_str() {
                Some(reading) => pairs.push((word.get_ref().to_string(), reading.to_owned())),
                None => self.broken(
                    self.file.index.line(word.span().start),
                    format!("`{}` has to be a text in quotation marks", word.get_ref()),
                ),
            }
        }
        pairs
    }

    /// The inner tables written as `[[name]]`, whatever they are called.
    fn entries(&mut self, name: &'static str) -> Vec<Fields<'a, 's>> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            return self.wrong(name, &format!("written as [[{name}]]")).unwrap_or_default();
        };
        let mut tables = Vec::new();
        for entry in list {
            let line = self.file.index.line(entry.span().start);
            let Some(table) = entry.get_ref().as_table() else {
                self.broken(line, format!("`{name}` has to be written as [[{name}]]"));
                continue;
            };
            let (notes, file) = (self.notes, self.file);
            tables.push(Fields { notes, file, table, line, key: String::new(), seen: BTreeSet::new() });
        }
        tables
    }

    /// The inner tables written as `[[name]]` that need no id. Their texts are found under what `called` makes of them.
    pub(crate) fn unnamed(
        &mut self,
        name: &'static str,
        called: impl Fn(usize, &Fields<'a, 's>) -> String,
    ) -> Vec<Fields<'a, 's>> {
        let mut tables = self.entries(name);
        for (number, fields) in (1..).zip(&mut tables) {
            fields.key = self.path_of(&called(number, fields));
        }
        tables
    }

    /// The inner tables written as `[[name]]`. Each has an id, unique among those of the same parent.
    pub(crate) fn tables(&mut self, name: &'static str) -> Vec<Fields<'a, 's>> {
        let mut tables = Vec::new();
        for mut fields in self.entries(name) {
            let line = fields.line;
            let Some(id) = fields.table.get("id").and_then(|id| id.get_ref().as_str()) else {
                self.broken(line, format!("this [[{name}]] has no id; add id = \"…\""));
                continue;
            };
            fields.key = self.path_of(id);
            let id_line = fields.line_of("id");
            if !is_id(id) {
                let message = format!("the id `{id}` may only have a-z, 0-9 and single hyphens between them");
                self.broken(id_line, message);
            } else if !self.notes.takes(&self.file.path, &fields.key, id_line) {
                self.broken(id_line, format!("the id `{}` is taken already; choose another", fields.key));
            }
            tables.push(fields);
        }
        tables
    }

    /// Notes every field that nobody asked for.
    pub(crate) fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.seen.contains(name) {
                let known = self.seen.iter().copied().collect::<Vec<_>>().join(", ");
                let line = self.file.index.line(key.span().start);
                self.broken(line, format!("`{name}` is not a field here. The fields are: {known}"));
            }
        }
    }
}

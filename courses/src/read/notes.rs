//! What is noted down while files are read: faults, where everything stands, and every Japanese text.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::fault::Fault;

/// A Japanese text as it stands in a file.
#[derive(Clone, Debug)]
pub(crate) struct Original {
    /// The file.
    pub(crate) file: String,
    /// The file with its translation.
    pub(crate) english: String,
    /// The file with its plain Japanese.
    pub(crate) easy: String,
    /// Its key there. A whole Markdown file has none.
    pub(crate) key: String,
    /// The text that the translation's mark is made from.
    pub(crate) ja: String,
    /// Where it stands.
    pub(crate) line: usize,
    /// Whose words they are.
    pub(crate) voice: Voice,
}

/// Whose words a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The course speaks; house style holds.
    Course,
    /// An invented person speaks as people do.
    Person,
    /// The policy speaks; its sentences may be long.
    Policy,
    /// Words to look for, not words to read.
    Pattern,
}

/// Collects while files are read. Shared by everything that reads, hence the cell.
#[derive(Debug, Default)]
pub(crate) struct Notes(RefCell<Noted>);

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    /// Faults that leave a file unreadable.
    pub(crate) broken: Vec<Fault>,
    /// Faults that leave it readable.
    pub(crate) faults: Vec<Fault>,
    /// Where things stand: file, then dotted path of ids and field.
    pub(crate) lines: BTreeMap<String, BTreeMap<String, usize>>,
    /// The ids taken in each file.
    pub(crate) ids: BTreeSet<(String, String)>,
    /// Every Japanese text.
    pub(crate) originals: Vec<Original>,
    /// Links of pages: file, line and target.
    pub(crate) links: Vec<(String, usize, String)>,
}

impl Noted {
    /// The line where `key` stands, or else what it is part of.
    pub(crate) fn line(&self, file: &str, key: &str) -> usize {
        let Some(lines) = self.lines.get(file) else { return 1 };
        let mut key = key;
        loop {
            if let Some(line) = lines.get(key) {
                return *line;
            }
            match key.rsplit_once('.') {
                Some((parent, _)) => key = parent,
                None => return 1,
            }
        }
    }
}

impl Notes {
    /// The file cannot be used.
    pub(crate) fn broken(&self, file: &str, line: usize, message: impl Into<String>) {
        self.0.borrow_mut().broken.push(Fault::error(file, line, message));
    }

    /// Something is wrong, but the file can be used.
    pub(crate) fn fault(&self, file: &str, line: usize, message: impl Into<String>) {
        self.0.borrow_mut().faults.push(Fault::error(file, line, message));
    }

    /// Something is wrong where `key` stands.
    pub(crate) fn fault_at(&self, file: &str, key: &str, message: impl Into<String>) {
        let line = self.0.borrow().line(file, key);
        self.fault(file, line, message);
    }

    /// A page links to a clause.
    pub(crate) fn link(&self, file: &str, line: usize, to: &str) {
        self.0.borrow_mut().links.push((file.to_owned(), line, to.to_owned()));
    }

    /// A field stands there.
    pub(crate) fn stands(&self, file: &str, key: &str, line: usize) {
        let mut noted = self.0.borrow_mut();
        noted.lines.entry(file.to_owned()).or_default().entry(key.to_owned()).or_insert(line);
    }

    /// Something with an id stands there. False if the id is taken already. A field may have the same name.
    pub(crate) fn takes(&self, file: &str, id: &str, line: usize) -> bool {
        self.stands(file, id, line);
        self.0.borrow_mut().ids.insert((file.to_owned(), id.to_owned()))
    }

    /// A Japanese text.
    pub(crate) fn original(&self, original: Original) {
        self.0.borrow_mut().originals.push(original);
    }

    /// Whether something in this file made it unusable.
    pub(crate) fn is_broken(&self, file: &str) -> bool {
        self.0.borrow().broken.iter().any(|fault| fault.file == file)
    }

    /// Everything collected.
    pub(crate) fn into_noted(self) -> Noted {
        self.0.into_inner()
    }
}

/// Finds the line of a position in a text.
#[derive(Clone, Debug)]
pub(crate) struct LineIndex(Vec<usize>);

impl LineIndex {
    /// Looks for the line ends once.
    pub(crate) fn new(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line of the byte at `offset`, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}

/// `catalog/x.toml` → `catalog/x.en.toml`.
pub(crate) fn english_path(path: &str) -> String {
    path_beside(path, "en")
}

/// `catalog/x.toml` → `catalog/x.easy.toml`.
pub(crate) fn easy_path(path: &str) -> String {
    path_beside(path, "easy")
}

fn path_beside(path: &str, lang: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{lang}.{extension}"),
        None => format!("{path}.{lang}"),
    }
}

/// `catalog/x.en.toml` → `catalog/x.toml`; the path of an original stays as it is.
pub(crate) fn original_path(path: &str) -> String {
    path.replace(".en.", ".").replace(".easy.", ".")
}

/// `[a-z0-9]+(-[a-z0-9]+)*`, or a clause `C1`.
pub(crate) fn is_id(id: &str) -> bool {
    id.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

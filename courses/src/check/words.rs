//! The words themselves: house style, and what never stands on a learner's screen.

use std::sync::LazyLock;

use super::Desk;
use crate::fault::Fault;
use crate::module::Care;
use crate::read::markdown::without_mark;
use crate::read::notes::{LineIndex, Voice};
use crate::sources::Sources;

/// The longest sentence that still reads well, in characters. People in posts speak as they do, up to a point; a policy weighs its words.
const fn sentence(voice: Voice) -> usize {
    match voice {
        Voice::Course => 60,
        Voice::Policy => 90,
        Voice::Person => 120,
        Voice::Pattern => usize::MAX,
    }
}

/// The same for the English of the course, in words.
const ENGLISH_SENTENCE: usize = 32;

/// Words for methods; general terms, one a line.
static BANNED: LazyLock<Vec<Name>> = LazyLock::new(|| listed(include_str!("../banned.txt")));
/// Names of real services, one a line.
static SERVICES: LazyLock<Vec<Name>> = LazyLock::new(|| listed(include_str!("../services.txt")));

pub(super) fn check(desk: &mut Desk<'_>, sources: &Sources) {
    let shelf = desk.shelf;
    let careful: Vec<&str> = shelf
        .modules
        .iter()
        .filter(|f| f.module.care == Some(Care::Suicide))
        .map(|f| f.folder.as_str())
        .collect();
    let mut found = Vec::new();
    for original in shelf.noted.originals.iter().filter(|original| !original.key.is_empty()) {
        let place = Place {
            file: &original.file,
            line: original.line,
            careful: is_careful(&careful, &original.file),
        };
        if original.voice != Voice::Pattern {
            place.everywhere(&mut found, &original.ja);
        }
        if original.voice == Voice::Course {
            place.without_shouting(&mut found, &original.ja);
        }
        place.short_sentences(&mut found, &original.ja, original.voice);
    }
    english(desk, &careful, &mut found);
    for (path, sidecar) in &shelf.sidecars {
        for entry in sidecar.entries.values() {
            let place = Place { file: path, line: entry.line, careful: is_careful(&careful, path) };
            place.everywhere(&mut found, entry.words.as_deref().unwrap_or_default());
        }
    }
    for (path, text) in sources.iter().filter(|(path, _)| path.ends_with(".md")) {
        let careful = is_careful(&careful, path);
        let index = LineIndex::new(text);
        let policy = path.starts_with("policy/");
        let mut at = text.len() - without_mark(text).len();
        for line in without_mark(text).split_inclusive('\n') {
            let place = Place { file: path, line: index.line(at), careful };
            place.everywhere(&mut found, line);
            if path.ends_with("en.md") {
                if !policy {
                    place.short_english(&mut found, line);
                }
            } else {
                if !policy {
                    place.without_shouting(&mut found, line.trim());
                }
                let voice = if policy { Voice::Policy } else { Voice::Course };
                place.short_sentences(&mut found, line.trim(), voice);
            }
            at += line.len();
        }
    }
    desk.faults.append(&mut found);
}

/// The English of what the course says itself.
fn english(desk: &Desk<'_>, careful: &[&str], found: &mut Vec<Fault>) {
    let spoken = |original: &&crate::read::notes::Original| original.voice == Voice::Course;
    for original in desk.shelf.noted.originals.iter().filter(spoken) {
        let sidecar = desk.shelf.sidecars.get(&original.english);
        let Some(entry) = sidecar.and_then(|sidecar| sidecar.entries.get(&original.key)) else { continue };
        let place = Place {
            file: &original.english,
            line: entry.line,
            careful: is_careful(careful, &original.english),
        };
        place.short_english(found, entry.words.as_deref().unwrap_or_default());
    }
}

fn is_careful(folders: &[&str], file: &str) -> bool {
    folders.iter().any(|folder| file.starts_with(folder))
}

struct Place<'c> {
    file: &'c str,
    line: usize,
    careful: bool,
}

impl Place<'_> {
    /// What holds for every word on a screen.
    fn everywhere(&self, found: &mut Vec<Fault>, text: &str) {
        let mut error = |message: String| found.push(Fault::error(self.file, self.line, message));
        if let Some(name) = first_of(&SERVICES, text) {
            error(format!(
                "「{name}」 is a real service; use an invented one (つぶやき, ひろば, フォトログ, トーク …)"
            ));
        }
        if self.careful
            && let Some(word) = first_of(&BANNED, text)
        {
            error(format!("「{word}」 may name a method or a place; a module with care never does"));
        }
        if text.contains("://") || text.contains("www.") {
            error(
                "an address of the web does not stand on a screen; sources belong into incidents.toml"
                    .to_owned(),
            );
        }
        if has_phone_number(text) {
            error(
                "a telephone number comes from the settings of the hospital; name the role instead"
                    .to_owned(),
            );
        }
    }

    fn warning(&self, found: &mut Vec<Fault>, message: impl Into<String>) {
        found.push(Fault::warning(self.file, self.line, message));
    }

    /// How the course speaks.
    fn without_shouting(&self, found: &mut Vec<Fault>, text: &str) {
        if text.contains(['!', '！']) {
            self.warning(found, "the course speaks without exclamation marks");
        }
    }

    fn short_sentences(&self, found: &mut Vec<Fault>, text: &str, voice: Voice) {
        let (length, most) = (longest_sentence(text), sentence(voice));
        if length > most {
            let message = format!("a sentence has {length} characters; up to {most} read well. Make it two");
            self.warning(found, message);
        }
    }

    fn short_english(&self, found: &mut Vec<Fault>, text: &str) {
        let words = longest_english_sentence(text);
        if words > ENGLISH_SENTENCE {
            let message =
                format!("a sentence has {words} words; up to {ENGLISH_SENTENCE} read well. Make it two");
            self.warning(found, message);
        }
    }
}

/// A name to look for.
struct Name {
    /// As the list has it.
    written: &'static str,
    /// As it is looked for.
    sought: String,
    /// Found only as written; otherwise in any case.
    exact: bool,
}

/// The entries of a list file; lines with `#` are remarks. A name in Latin capitals only is found as written.
fn listed(list: &'static str) -> Vec<Name> {
    let entries = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let name = |written: &'static str| {
        let exact = !written.bytes().any(|byte| byte.is_ascii_lowercase());
        Name { written, sought: if exact { written.to_owned() } else { written.to_ascii_lowercase() }, exact }
    };
    entries.map(name).collect()
}

/// The first of the names that a text holds. A name in Latin letters has to stand alone.
fn first_of(names: &[Name], text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let found = names.iter().find(|name| {
        let text = if name.exact { text } else { &lower };
        text.match_indices(&name.sought).any(|(at, found)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + found.len()..).and_then(|text| text.chars().next());
            !name.written.is_ascii() || !(is_letter(before) || is_letter(after))
        })
    });
    found.map(|name| name.written)
}

/// Nine to eleven digits that start with 0, in one piece or cut by hyphens.
fn has_phone_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '－' | '‐' | '０'..='９');
    text.split(|c| !is_part(c)).any(|piece| {
        let digits = piece.chars().filter(|c| c.is_ascii_digit() || matches!(c, '０'..='９')).count();
        (9..=11).contains(&digits) && piece.starts_with(['0', '０'])
    })
}

fn longest_sentence(text: &str) -> usize {
    text.split(['。', '？', '！', '\n', '「', '」'])
        .map(|part| part.trim().chars().count())
        .max()
        .unwrap_or_default()
}

fn longest_english_sentence(text: &str) -> usize {
    text.split(['.', '?', '!', ':', ';', '\n', '"', '“', '”'])
        .map(|part| part.split_whitespace().count())
        .max()
        .unwrap_or_default()
}

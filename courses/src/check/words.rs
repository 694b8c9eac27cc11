//! The words themselves: house style, and what never stands on a learner's screen.

use super::Desk;
use crate::fault::Fault;
use crate::read::markdown::without_mark;
use crate::read::notes::{LineIndex, Voice};
use crate::sources::Sources;

/// The longest sentence, in characters.
const SENTENCE: usize = 60;

/// Words for methods; general terms, one a line.
static BANNED: &str = include_str!("../banned.txt");
/// Names of real services, one a line.
static SERVICES: &str = include_str!("../services.txt");

pub(super) fn check(desk: &mut Desk<'_>, sources: &Sources) {
    let shelf = desk.shelf;
    let careful: Vec<&str> =
        shelf.modules.iter().filter(|f| f.module.care.is_some()).map(|f| f.folder.as_str()).collect();
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
            place.house_style(&mut found, &original.ja);
        }
    }
    for (path, sidecar) in &shelf.sidecars {
        for entry in sidecar.entries.values() {
            let place = Place { file: path, line: entry.line, careful: is_careful(&careful, path) };
            place.everywhere(&mut found, entry.en.as_deref().unwrap_or_default());
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
            if !policy && !path.ends_with(".en.md") {
                place.house_style(&mut found, line.trim());
            }
            at += line.len();
        }
    }
    desk.faults.append(&mut found);
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
        if let Some(name) = listed(SERVICES).find(|name| names(text, name)) {
            error(format!(
                "「{name}」 is a real service; use an invented one (つぶやき, ひろば, フォトログ, トーク …)"
            ));
        }
        if self.careful
            && let Some(word) = listed(BANNED).find(|word| names(text, word))
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

    /// How the course speaks.
    fn house_style(&self, found: &mut Vec<Fault>, text: &str) {
        let mut warning = |message: String| found.push(Fault::warning(self.file, self.line, message));
        if text.contains(['!', '！']) {
            warning("the course speaks without exclamation marks".to_owned());
        }
        let length = longest_sentence(text);
        if length > SENTENCE {
            warning(format!("a sentence has {length} characters; up to {SENTENCE} read well. Make it two"));
        }
    }
}

/// The entries of a list file; lines with `#` are remarks.
fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a text holds a name. A name in Latin letters has to stand alone; one with a lower-case letter is
/// found in any case.
fn names(text: &str, name: &str) -> bool {
    if !name.is_ascii() {
        return text.contains(name);
    }
    let exact = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let (text, name) = if exact {
        (text.to_owned(), name.to_owned())
    } else {
        (text.to_ascii_lowercase(), name.to_ascii_lowercase())
    };
    text.match_indices(&name).any(|(at, found)| {
        let before = text.get(..at).and_then(|t| t.chars().last());
        let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
        ![before, after].into_iter().flatten().any(|c| c.is_ascii_alphanumeric())
    })
}

/// Nine or more digits that start with 0 and are cut by hyphens, or four that start with 0 in one piece of ten.
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

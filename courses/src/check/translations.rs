//! Translations: there, and of the Japanese that stands there now.

use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use crate::fault::Fault;
use crate::read::markdown::mark_of;
use crate::read::notes::{Original, Voice, original_path};
use crate::sources::Sources;
use crate::survey::Languages;
use crate::text::source_mark;

pub(super) fn check(desk: &mut Desk<'_>, sources: &Sources) {
    let shelf = desk.shelf;
    let mut files: BTreeMap<&str, Vec<&Original>> = BTreeMap::new();
    let broken: BTreeSet<&str> = shelf.noted.broken.iter().map(|fault| fault.file.as_str()).collect();
    // What is broken is mended first; its ids may still change.
    for original in shelf.noted.originals.iter().filter(|original| !broken.contains(original.file.as_str())) {
        files.entry(&original.english).or_default().push(original);
    }
    easy(desk, sources, &broken);
    for (english, originals) in &files {
        let Some(text) = sources.get(english) else {
            let first = originals.first().map_or("", |original| original.file.as_str());
            let message = format!("{} texts wait for their English; write {english}", originals.len());
            desk.faults.push(Fault::error(first, 1, message));
            continue;
        };
        let mut unstamped = Vec::new();
        for original in originals {
            if is_unstamped(desk, english, text, original) {
                unstamped.push(*original);
                continue;
            }
            let fault = if original.key.is_empty() {
                page(english, text, original)
            } else {
                entry(desk, english, original)
            };
            desk.faults.extend(fault);
        }
        if let Some(first) = unstamped.first() {
            let line = desk
                .shelf
                .sidecars
                .get(*english)
                .and_then(|s| s.entries.get(&first.key))
                .map_or(1, |e| e.line);
            let message = format!(
                "{} translations are not stamped yet; compare them with {}, then run the check with --stamp",
                unstamped.len(),
                first.file
            );
            desk.faults.push(Fault::error(english, line, message));
        }
    }
    unused(desk, &files);
}

/// How far the translations are.
pub(super) fn survey(desk: &Desk<'_>, sources: &Sources) -> Languages {
    let originals = &desk.shelf.noted.originals;
    let mut languages = Languages { texts: originals.len(), ..Languages::default() };
    for original in originals {
        let mark = source_mark(&original.ja);
        for (path, count) in [(&original.english, &mut languages.en), (&original.easy, &mut languages.easy)] {
            // None where nothing is translated, and an empty mark where nobody has stamped it.
            let found = if original.key.is_empty() {
                sources.get(path).map(|text| mark_of(text).unwrap_or_default())
            } else {
                let entry =
                    desk.shelf.sidecars.get(path).and_then(|sidecar| sidecar.entries.get(&original.key));
                let written = entry.filter(|entry| !entry.list.is_empty() || entry.words.is_some());
                written.map(|entry| entry.src.as_ref().map_or("", |(src, _)| src.as_str()))
            };
            match found {
                Some(found) if found == mark => count.translated += 1,
                Some(_) => count.stale += 1,
                None => count.missing += 1,
            }
        }
    }
    languages
}

fn page(english: &str, text: &str, original: &Original) -> Option<Fault> {
    (mark_of(text) != Some(source_mark(&original.ja).as_str())).then(|| stale(english, 1, &original.file, 1))
}

/// Translated, but nobody has said of which Japanese.
fn is_unstamped(desk: &Desk<'_>, english: &str, text: &str, original: &Original) -> bool {
    if original.key.is_empty() {
        return mark_of(text).is_none_or(str::is_empty);
    }
    let entry = desk.shelf.sidecars.get(english).and_then(|sidecar| sidecar.entries.get(&original.key));
    entry.is_some_and(|entry| {
        let translated = !entry.list.is_empty() || entry.words.as_deref().is_some_and(|en| !en.is_empty());
        translated && entry.src.as_ref().is_none_or(|(src, _)| src.is_empty())
    })
}

fn stale(english: &str, line: usize, file: &str, at: usize) -> Fault {
    let message = format!(
        "this translates an older text; compare it with {file}:{at}, then run the check with --stamp"
    );
    Fault::error(english, line, message)
}

fn entry(desk: &Desk<'_>, english: &str, original: &Original) -> Option<Fault> {
    let sidecar = desk.shelf.sidecars.get(english)?;
    if sidecar.unreadable {
        return None;
    }
    let error = |line, message: String| Some(Fault::error(english, line, message));
    let Some(entry) = sidecar.entries.get(&original.key) else {
        let message = format!("the English of `{}` is missing; it is wanted in {english}", original.key);
        return Some(Fault::error(&original.file, original.line, message));
    };
    if original.voice == Voice::Pattern {
        if entry.list.is_empty() {
            return error(entry.line, format!("`{}` is a list of words; write list = [\"…\"]", original.key));
        }
    } else if entry.words.as_deref().unwrap_or_default().is_empty() {
        return error(entry.line, format!("`{}` has no English; write en = \"…\"", original.key));
    }
    let found = entry.src.as_ref().map(|(src, _)| src.as_str());
    (found != Some(source_mark(&original.ja).as_str()))
        .then(|| stale(english, entry.line, &original.file, original.line))
}

/// Plain Japanese may be missing, but what there is follows the Japanese of now.
fn easy(desk: &mut Desk<'_>, sources: &Sources, broken: &BTreeSet<&str>) {
    let shelf = desk.shelf;
    let mut files: BTreeMap<&str, Vec<&Original>> = BTreeMap::new();
    let whole = shelf.noted.originals.iter().filter(|original| !broken.contains(original.file.as_str()));
    for original in whole.filter(|original| sources.get(&original.easy).is_some()) {
        files.entry(&original.easy).or_default().push(original);
    }
    for (path, originals) in &files {
        let mut missing = 0;
        for original in originals {
            if original.key.is_empty() {
                let text = sources.get(path).unwrap_or_default();
                desk.faults.extend(page(path, text, original));
                continue;
            }
            let entry = shelf.sidecars.get(*path).and_then(|sidecar| sidecar.entries.get(&original.key));
            match entry {
                None if original.voice == Voice::Pattern => {}
                None => missing += 1,
                Some(entry) => {
                    let found = entry.src.as_ref().map(|(src, _)| src.as_str());
                    if found != Some(source_mark(&original.ja).as_str()) {
                        desk.faults.push(stale(path, entry.line, &original.file, original.line));
                    }
                }
            }
        }
        if missing > 0 {
            let message = format!("{missing} texts have no plain Japanese yet and are shown as they are");
            desk.faults.push(Fault::warning(path, 1, message));
        }
    }
    unused(desk, &files);
}

/// Translations of nothing.
fn unused(desk: &mut Desk<'_>, files: &BTreeMap<&str, Vec<&Original>>) {
    let shelf = desk.shelf;
    for (path, sidecar) in &shelf.sidecars {
        let original = original_path(path);
        let Some(originals) = files.get(path.as_str()) else { continue };
        let known: BTreeSet<&str> = originals.iter().map(|original| original.key.as_str()).collect();
        for (key, entry) in sidecar.entries.iter().filter(|(key, _)| !known.contains(key.as_str())) {
            let message = format!("`{key}` translates nothing in {original}; take it out or correct the key");
            desk.faults.push(Fault::error(path, entry.line, message));
        }
    }
}

//! Marking translations as current.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::read::Shelf;
use crate::read::markdown::{mark_of, without_mark};
use crate::read::notes::Original;
use crate::read::sidecar::Entry;
use crate::sources::Sources;
use crate::text::source_mark;

/// Writes into every file with English or plain Japanese which original it follows. Returns the files that change, by path, with
/// their new text. Call it after a person has looked at the translations.
#[must_use]
pub fn stamp(sources: &Sources) -> BTreeMap<String, String> {
    let shelf = Shelf::read(sources);
    let mut files: BTreeMap<&str, Vec<&Original>> = BTreeMap::new();
    for original in &shelf.noted.originals {
        files.entry(&original.english).or_default().push(original);
        files.entry(&original.easy).or_default().push(original);
    }
    let mut changed = BTreeMap::new();
    for (path, originals) in files {
        let Some(text) = sources.get(path) else { continue };
        let stamped = match originals.first() {
            Some(page) if page.key.is_empty() => stamp_page(text, &source_mark(&page.ja)),
            _ => {
                let edits = originals.iter().filter_map(|original| {
                    let entry = shelf.sidecars.get(path)?.entries.get(&original.key)?;
                    edit(text, entry, &source_mark(&original.ja))
                });
                apply(text, edits.collect())
            }
        };
        if stamped != text {
            changed.insert(path.to_owned(), stamped);
        }
    }
    changed
}

fn stamp_page(text: &str, mark: &str) -> String {
    if mark_of(text) == Some(mark) {
        text.to_owned()
    } else {
        format!("<!-- src: {mark} -->\n{}", without_mark(text))
    }
}

/// The change that gives an entry its mark.
fn edit(text: &str, entry: &Entry, mark: &str) -> Option<(Range<usize>, String)> {
    match &entry.src {
        Some((found, _)) if found == mark => None,
        Some((_, span)) => Some((span.clone(), format!("\"{mark}\""))),
        None => {
            let line_start = text.get(..entry.first)?.rfind('\n').map_or(0, |at| at + 1);
            let before = text.get(line_start..entry.first)?;
            let new = if before.trim().is_empty() {
                format!("src = \"{mark}\"\n{before}")
            } else {
                // The table stands on one line: { en = "…" }.
                format!("src = \"{mark}\", ")
            };
            Some((entry.first..entry.first, new))
        }
    }
}

fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

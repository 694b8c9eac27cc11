//! Reading the policy: `policy.toml` for its frame, Markdown for its text.

use std::collections::BTreeMap;

use super::Shelf;
use super::fields::File;
use super::item::limit;
use super::markdown::{self, Page};
use super::notes::{Notes, Original, Voice};
use crate::policy::{Change, Clause, Policy, Statement};
use crate::prose::{Block, Passage, Prose, plain};
use crate::sources::Sources;
use crate::text::Text;

/// The preamble and the clauses of a text beside the Japanese, if it is there.
fn translated(sources: &Sources, notes: &Notes, path: &str) -> (Option<Prose>, BTreeMap<String, Part>) {
    let Some(text) = sources.get(path) else { return (None, BTreeMap::new()) };
    let (preamble, clauses) = clauses(notes, path, markdown::page(notes, path, text));
    (Some(preamble), clauses.into_iter().map(|part| (part.id.clone(), part)).collect())
}

/// Reads the policy of that id.
pub(crate) fn policy(shelf: &Shelf, sources: &Sources, notes: &Notes, id: &str) -> Option<Policy> {
    let folder = format!("policy/{id}/");
    let path = format!("{folder}policy.toml");
    let file = File::open(notes, sources, &path, shelf.sidecar(&path))?;
    let mut fields = file.root(notes);
    fields.maybe_number("schema", 1);
    let found = fields.string("id");
    if found != id {
        notes.fault(
            &path,
            fields.line_of("id"),
            format!("the id `{found}` has to be the name of its folder, `{id}`"),
        );
    }
    let version = u32::from(fields.number("version", u16::MAX));
    let title = fields.text("title", limit::TITLE);
    let effective = fields.string("effective");
    if !is_day(&effective) {
        notes.fault(
            &path,
            fields.line_of("effective"),
            "`effective` has to be a day in quotation marks: \"2026-04-01\"",
        );
    }
    let summary = fields.maybe_text("summary", 240, Voice::Policy);
    let changes = fields
        .tables("change")
        .into_iter()
        .map(|mut table| {
            let id = table.string("id");
            let clause = table.maybe_string("clause");
            let text = table.maybe_text("text", 240, Voice::Policy).unwrap_or_default();
            table.finish();
            Change { id, clause, text }
        })
        .collect();
    let statements = fields
        .tables("statement")
        .into_iter()
        .map(|mut table| {
            let statement = Statement { id: table.string("id"), text: table.text("text", limit::SCENE) };
            table.finish();
            statement
        })
        .collect();
    fields.finish();

    let ja_path = format!("{folder}ja.md");
    let en_path = format!("{folder}en.md");
    let Some(ja_text) = sources.get(&ja_path) else {
        notes.broken(&ja_path, 1, "this file is missing");
        return None;
    };
    let ja = markdown::page(notes, &ja_path, ja_text);
    let (preamble_en, mut english) = translated(sources, notes, &en_path);
    let easy_path = format!("{folder}ja-easy.md");
    let (preamble_easy, mut plain) = translated(sources, notes, &easy_path);
    notes.original(Original {
        file: ja_path.clone(),
        english: en_path.clone(),
        easy: easy_path.clone(),
        key: String::new(),
        ja: ja_text.trim().to_owned(),
        line: 1,
        voice: Voice::Policy,
    });
    let (preamble_ja, parts) = clauses(notes, &ja_path, ja);
    let clauses = parts
        .into_iter()
        .map(|part| {
            let beside = |path: &str, parts: &mut BTreeMap<String, Part>| {
                let found = parts.remove(&part.id);
                if found.is_none() && sources.get(path).is_some() {
                    let message = format!("the clause {} is missing; add ## … {{#{}}}", part.id, part.id);
                    notes.fault(path, 1, message);
                }
                found.map(|part| (part.heading, part.body)).unzip()
            };
            let (heading_en, body_en) = beside(&en_path, &mut english);
            let (heading_easy, body_easy) = beside(&easy_path, &mut plain);
            Clause {
                id: part.id,
                heading: Text { ja: part.heading, en: heading_en, easy: heading_easy },
                body: Passage { ja: part.body, en: body_en, easy: body_easy },
            }
        })
        .collect();
    for (path, parts) in [(&en_path, &english), (&easy_path, &plain)] {
        for part in parts.values() {
            notes.fault(path, part.line, format!("the clause {} does not exist in Japanese", part.id));
        }
    }
    if [&path, &ja_path, &en_path, &easy_path].iter().any(|path| notes.is_broken(path)) {
        return None;
    }
    let preamble = Passage { ja: preamble_ja, en: preamble_en, easy: preamble_easy };
    Some(Policy {
        id: id.to_owned(),
        version,
        title,
        effective,
        change: None,
        summary,
        changes,
        statements,
        preamble,
        clauses,
    })
}

struct Part {
    id: String,
    heading: String,
    body: Prose,
    line: usize,
}

/// Cuts a text at its second-level headings.
fn clauses(notes: &Notes, path: &str, page: Page) -> (Prose, Vec<Part>) {
    let mut preamble = Prose::default();
    let mut parts: Vec<Part> = Vec::new();
    for (block, line) in page.blocks {
        match (block, parts.last_mut()) {
            (Block::Heading { level: 2, id, text }, _) => {
                let id = id.unwrap_or_default();
                if !is_clause_id(&id) {
                    notes.broken(path, line, "the heading of a clause ends with its id: {#C1}");
                } else if !notes.takes(path, &id, line) {
                    notes.broken(path, line, format!("the clause {id} is there already"));
                }
                parts.push(Part { id, heading: plain(&text), body: Prose::default(), line });
            }
            (block, Some(part)) => part.body.0.push(block),
            (block, None) => preamble.0.push(block),
        }
    }
    (preamble, parts)
}

/// `C1`, `C14`.
fn is_clause_id(id: &str) -> bool {
    id.strip_prefix('C').is_some_and(|number| !number.starts_with('0') && number.parse::<u16>().is_ok())
}

/// `2026-04-01`.
fn is_day(day: &str) -> bool {
    let parts: Vec<_> = day.split('-').collect();
    let number = |part: &str, width: usize, most: u16| {
        part.len() == width && part.parse::<u16>().is_ok_and(|number| (1..=most).contains(&number))
    };
    matches!(parts.as_slice(), [y, m, d] if number(y, 4, 9999) && number(m, 2, 12) && number(d, 2, 31))
}

//! An answer as the fields of its form. What stands in an author's file by an id is sent by the number under which it is shown: ids
//! such as `whistle-desk` or `fake` would tell too much.

use std::collections::BTreeSet;

use kokoroe_courses::{Assign, AssignKind, AssignRow, Place, Response, Task, WHOLE};

use crate::http::Form;

/// The fields that answer a place so. Read back by [`super::response`], they are the same answer.
#[must_use]
pub fn fields(place: &Place<'_>, response: &Response) -> Form {
    let one = |field: &str, value: String| vec![(field.to_owned(), value)];
    let fields = match response {
        Response::Next if is_reflection(place) => one("skip", "1".into()),
        Response::Next | Response::Again | Response::Look(_) => Vec::new(),
        Response::Choice(id) => choice(place, id),
        Response::Picks(ids) => picks(place, ids),
        Response::Order(ids) => {
            ids.iter().zip(1..).map(|(id, n): (_, u32)| (format!("place-{id}"), n.to_string())).collect()
        }
        Response::Draft(text) => one("draft", text.clone()),
        Response::Level(level) => one("level", level.to_string()),
        Response::Rows(rows) => match task(place) {
            Some(Task::Assign(assign)) => asked_rows(assign)
                .filter_map(|(field, row)| Some((field, sent_act(assign, rows.get(&row.id)?))))
                .collect(),
            _ => Vec::new(),
        },
        Response::Mosaic { clues, finding, cut } => mosaic(place, clues, finding, cut),
        Response::Contact { contact, way } => match task(place) {
            Some(Task::Contact(whom)) => {
                let book = whom.book.iter().map(|entry| entry.id.as_str());
                vec![("contact".into(), number(book, contact)), ("way".into(), way.clone())]
            }
            _ => Vec::new(),
        },
    };
    fields.into_iter().collect()
}

fn task<'m>(place: &Place<'m>) -> Option<&'m Task> {
    match place {
        Place::Item(item) => Some(&item.item.task),
        _ => None,
    }
}

fn is_reflection(place: &Place<'_>) -> bool {
    matches!(task(place), Some(Task::Reflect { .. }))
}

/// The number, from 1, of an id among others.
fn number<'i>(mut ids: impl Iterator<Item = &'i str>, id: &str) -> String {
    ids.position(|each| each == id).map_or_else(String::new, |at| (at + 1).to_string())
}

fn choice(place: &Place<'_>, id: &str) -> Vec<(String, String)> {
    if let Some(Task::Lookup(_)) = task(place) {
        return vec![("clause".into(), clause_number(id).to_owned())];
    }
    vec![("choice".into(), number(super::shown(place).iter().map(|choice| choice.id.as_str()), id))]
}

/// The number of a clause in its id: `C4` is 4.
pub(super) fn clause_number(id: &str) -> &str {
    id.trim_start_matches('C')
}

fn picks(place: &Place<'_>, ids: &BTreeSet<String>) -> Vec<(String, String)> {
    let options = match task(place) {
        Some(Task::Pick(pick)) => &pick.options,
        Some(Task::Checklist(list)) => &list.options,
        // The places of a drawing have ids that say no more than their words.
        _ => return ids.iter().map(|id| ("pick".into(), id.clone())).collect(),
    };
    let shown = options.iter().filter(|option| !option.plain).zip(1..);
    shown
        .filter(|(option, _)| ids.contains(&option.id))
        .map(|(_, n): (_, u32)| ("pick".into(), n.to_string()))
        .collect()
}

fn mosaic(place: &Place<'_>, clues: &BTreeSet<String>, finding: &str, cut: &str) -> Vec<(String, String)> {
    let Some(Task::Mosaic(mosaic)) = task(place) else { return Vec::new() };
    let ticked = mosaic.clues.iter().zip(1..).filter(|(clue, _)| clues.contains(&clue.id));
    let ticked = ticked.map(|(_, n): (_, u32)| ("clue".to_owned(), n.to_string()));
    let chosen = [
        ("finding".to_owned(), number(mosaic.findings.iter().map(|choice| choice.id.as_str()), finding)),
        ("cut".to_owned(), number(mosaic.cuts.iter().map(|choice| choice.id.as_str()), cut)),
    ];
    ticked.chain(chosen).collect()
}

/// The rows that ask for a decision, each with its field.
pub(super) fn asked_rows(assign: &Assign) -> impl Iterator<Item = (String, &AssignRow)> {
    let mut number = 0_u32;
    assign.asked().map(move |row| {
        if is_whole(assign, row) {
            return (WHOLE.to_owned(), row);
        }
        number += 1;
        (format!("row-{number}"), row)
    })
}

/// Whether a row decides about the whole text.
pub(super) fn is_whole(assign: &Assign, row: &AssignRow) -> bool {
    assign.kind == AssignKind::Redact && row.id == WHOLE
}

/// An act as it is sent: a group by its number, anything else by its own word, which is the same in every item.
fn sent_act(assign: &Assign, act: &str) -> String {
    match assign.kind {
        AssignKind::Sort => number(assign.groups.iter().map(|group| group.id.as_str()), act),
        AssignKind::Triage | AssignKind::Redact => act.to_owned(),
    }
}

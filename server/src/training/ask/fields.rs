//! An answer as the fields of its form. What stands in an author's file by an id is sent by the number under which it is shown: ids
//! such as `whistle-desk` or `fake` would tell too much.

use std::collections::BTreeSet;

use kokoroe_courses::{Assign, AssignKind, AssignRow, PickOption, Place, Response, Task, WHOLE};

use crate::http::Form;

/// The button that begins a diagnosis.
pub(super) const TRY: &str = "try";

/// The fields that answer a place so. Read back by [`super::response`], they are the same answer.
#[must_use]
pub fn fields(place: &Place<'_>, response: &Response) -> Form {
    let one = |field: &str, value: String| vec![(field.to_owned(), value)];
    let fields = match response {
        Response::Next if is_reflection(place) => one("skip", "1".into()),
        Response::Try => one(TRY, "1".into()),
        Response::Next | Response::Again | Response::Look(_) => Vec::new(),
        Response::Choice(id) => choice(place, id),
        Response::Picks(ids) => picks(place, ids),
        Response::Order(ids) => match place {
            Place::Item(item) => item
                .cards
                .iter()
                .zip(1..)
                .map(|(card, n)| (card_field(n), number(ids.iter().map(String::as_str), &card.id)))
                .collect(),
            _ => Vec::new(),
        },
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

/// The field with the place of the card that is shown under a number.
pub(super) fn card_field(number: u32) -> String {
    format!("place-{number}")
}

fn picks(place: &Place<'_>, ids: &BTreeSet<String>) -> Vec<(String, String)> {
    let marked = |options: &[PickOption]| {
        options.iter().filter(|option| !option.plain).map(|option| ids.contains(&option.id)).collect()
    };
    let shown: Vec<bool> = match task(place) {
        Some(Task::Pick(pick)) => marked(&pick.options),
        Some(Task::Checklist(list)) => marked(&list.options),
        Some(Task::Hotspot(hotspot)) => {
            hotspot.regions.iter().map(|region| ids.contains(&region.id)).collect()
        }
        _ => Vec::new(),
    };
    let numbers = shown.into_iter().zip(1_u32..).filter(|(marked, _)| *marked);
    numbers.map(|(_, n)| ("pick".into(), n.to_string())).collect()
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

//! What a form answers to a place, or what is missing in it.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_app::training::AnswerError;
use kokoroe_courses::{
    Assign, AssignKind, Card, Checklist, Lookup, Mosaic, PickOption, Place, Response, Task, Whom,
};

use super::fields::{TRY, asked_rows, card_field, clause_number};
use crate::http::Form;
use crate::training::feed;

/// What a form answers to a place.
///
/// # Errors
/// What is missing in it, for the page that comes back.
pub fn response(place: &Place<'_>, form: &Form) -> Result<Response, AnswerError> {
    match place {
        Place::Diagnosis(_) if form.ticked(TRY) => Ok(Response::Try),
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => {
            Ok(Response::Next)
        }
        Place::Node(node) => match form.get("look") {
            Some(number) => Ok(feed::looked(node, number)),
            None => choice(place, form),
        },
        Place::Question(_) => choice(place, form),
        Place::Item(item) => match &item.item.task {
            Task::Judge(_) => choice(place, form),
            Task::Hotspot(hotspot) => {
                let ids = || hotspot.regions.iter().map(|region| region.id.as_str());
                some(form.all("pick").map(|sent| shown(ids(), sent)).collect()).map(Response::Picks)
            }
            Task::Order(_) => order(&item.cards, form),
            Task::Draft(draft) => {
                let text = written(form);
                if text.is_empty() { Err(AnswerError::Nothing) } else { draft_of(text, draft.max) }
            }
            Task::Confidence { .. } => match form.text("level").parse() {
                Ok(level @ 1..=4) => Ok(Response::Level(level)),
                _ => Err(AnswerError::Nothing),
            },
            Task::Pick(pick) => some(picks(&pick.options, form, "pick")).map(Response::Picks),
            Task::Assign(assign) => rows(assign, form),
            Task::Mosaic(task) => mosaic(task, form),
            Task::Contact(whom) => contact(whom, form),
            Task::Lookup(task) => lookup(task, form),
            Task::Reflect { max } => reflect(*max, form),
            Task::Checklist(list) => checklist(list, form),
        },
    }
}

/// The one of a list that was sent by its number. What was never shown is handed on, marked as such, and refused like any other
/// unknown answer; an author's id is no exception.
fn shown<'i>(mut ids: impl Iterator<Item = &'i str>, sent: &str) -> String {
    let at = sent.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    at.and_then(|at| ids.nth(at)).map_or_else(|| unknown(sent), str::to_owned)
}

/// No id has such a sign.
fn unknown(sent: &str) -> String {
    format!("?{sent}")
}

fn choice(place: &Place<'_>, form: &Form) -> Result<Response, AnswerError> {
    match form.text("choice") {
        "" => Err(AnswerError::Nothing),
        sent => {
            let ids = super::shown(place).iter().map(|choice| choice.id.as_str());
            Ok(Response::Choice(shown(ids, sent)))
        }
    }
}

fn some(picks: BTreeSet<String>) -> Result<BTreeSet<String>, AnswerError> {
    if picks.is_empty() { Err(AnswerError::Nothing) } else { Ok(picks) }
}

fn picks(options: &[PickOption], form: &Form, field: &str) -> BTreeSet<String> {
    form.all(field)
        .map(|sent| {
            shown(options.iter().filter(|option| !option.plain).map(|option| option.id.as_str()), sent)
        })
        .collect()
}

fn rows(assign: &Assign, form: &Form) -> Result<Response, AnswerError> {
    let missing: Vec<String> =
        asked_rows(assign).map(|(field, _)| field).filter(|field| form.text(field).is_empty()).collect();
    if !missing.is_empty() {
        return Err(AnswerError::Unanswered(missing));
    }
    let rows: BTreeMap<String, String> = asked_rows(assign)
        .map(|(field, row)| {
            let sent = form.text(&field);
            let act = match assign.kind {
                AssignKind::Sort => shown(assign.groups.iter().map(|group| group.id.as_str()), sent),
                AssignKind::Triage | AssignKind::Redact => sent.to_owned(),
            };
            (row.id.clone(), act)
        })
        .collect();
    Ok(Response::Rows(rows))
}

/// Those of these fields that hold nothing.
fn empty(form: &Form, fields: &[&str]) -> Result<(), AnswerError> {
    let missing: Vec<String> =
        fields.iter().filter(|field| form.text(field).is_empty()).map(|field| (*field).to_owned()).collect();
    if missing.is_empty() { Ok(()) } else { Err(AnswerError::Unanswered(missing)) }
}

fn mosaic(task: &Mosaic, form: &Form) -> Result<Response, AnswerError> {
    empty(form, &["clue", "finding", "cut"])?;
    Ok(Response::Mosaic {
        clues: picks(&task.clues, form, "clue"),
        finding: shown(task.findings.iter().map(|choice| choice.id.as_str()), form.text("finding")),
        cut: shown(task.cuts.iter().map(|choice| choice.id.as_str()), form.text("cut")),
    })
}

fn contact(whom: &Whom, form: &Form) -> Result<Response, AnswerError> {
    empty(form, &["contact", "way"])?;
    Ok(Response::Contact {
        contact: shown(whom.book.iter().map(|entry| entry.id.as_str()), form.text("contact")),
        way: form.text("way").to_owned(),
    })
}

fn lookup(task: &Lookup, form: &Form) -> Result<Response, AnswerError> {
    match form.text("clause") {
        "" => Err(AnswerError::Nothing),
        sent => {
            let clause = task.clauses.iter().find(|clause| clause_number(&clause.id) == sent);
            Ok(Response::Choice(clause.map_or_else(|| unknown(sent), |clause| clause.id.clone())))
        }
    }
}

/// Nothing has to be written; but a form without any field came from no page of ours.
fn reflect(max: u16, form: &Form) -> Result<Response, AnswerError> {
    let text = written(form);
    match (form.ticked("skip"), form.ticked("draft")) {
        (true, _) => Ok(Response::Next),
        (false, false) => Err(AnswerError::Nothing),
        (false, true) if text.trim().is_empty() => Ok(Response::Next),
        (false, true) => draft_of(text, max),
    }
}

fn checklist(list: &Checklist, form: &Form) -> Result<Response, AnswerError> {
    let ticked = picks(&list.options, form, "pick");
    let open = list.options.iter().zip(1..).filter(|(line, _)| !ticked.contains(&line.id));
    let open: Vec<String> = open.map(|(_, n): (_, u32)| n.to_string()).collect();
    if open.is_empty() { Ok(Response::Picks(ticked)) } else { Err(AnswerError::Unticked(open)) }
}

/// The text of a form. Browsers send line breaks as two characters; the learner wrote one.
fn written(form: &Form) -> String {
    form.text("draft").replace("\r\n", "\n")
}

fn draft_of(text: String, max: u16) -> Result<Response, AnswerError> {
    let length = text.chars().count();
    if length > usize::from(max) {
        return Err(AnswerError::TooLong(u32::try_from(length).unwrap_or(u32::MAX)));
    }
    Ok(Response::Draft(text))
}

fn order(cards: &[&Card], form: &Form) -> Result<Response, AnswerError> {
    let numbers = 1..=u32::try_from(cards.len()).unwrap_or(u32::MAX);
    let place = |number: u32| form.text(&card_field(number)).parse().ok().filter(|at| numbers.contains(at));
    let named = |numbers: Vec<u32>| numbers.iter().map(u32::to_string).collect();
    let missing: Vec<u32> = numbers.clone().filter(|&number| place(number).is_none()).collect();
    if !missing.is_empty() {
        return Err(AnswerError::NoPlace(named(missing)));
    }
    let is_shared =
        |number: &u32| numbers.clone().any(|other| other != *number && place(other) == place(*number));
    let shared: Vec<u32> = numbers.clone().filter(is_shared).collect();
    if !shared.is_empty() {
        return Err(AnswerError::SamePlace(named(shared)));
    }
    let mut placed: Vec<(u32, &&Card)> = numbers.clone().zip(cards).collect();
    placed.sort_by_key(|(number, _)| place(*number));
    Ok(Response::Order(placed.into_iter().map(|(_, card)| card.id.clone()).collect()))
}

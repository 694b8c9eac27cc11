//! What an answer to a single question is worth.

use std::collections::{BTreeMap, BTreeSet};

use crate::item::{Assign, Card, Checklist, Choice, Draft, Grade, Hotspot, Item, Mosaic, Pick, Task, Whom};
use crate::walk::{Judged, Refusal, Response};

/// Judges an answer, or says why it does not fit the question.
pub(crate) fn judge(item: &Item, response: &Response) -> Result<Judged, Refusal> {
    let mut judged = match (&item.task, response) {
        (Task::Judge(choices), Response::Choice(id)) => choice(choices, id)?,
        (Task::Hotspot(picture), Response::Picks(picks)) => hotspot(picture, picks)?,
        (Task::Order(order), Response::Order(ids)) => order_of(&order.cards, ids)?,
        (Task::Draft(draft), Response::Draft(reply)) => draft_of(draft, reply)?,
        (Task::Confidence { .. }, Response::Level(1..=4)) => Judged::default(),
        (Task::Confidence { .. }, Response::Level(level)) => return Err(Refusal::Unknown(level.to_string())),
        (Task::Pick(pick), Response::Picks(picks)) => picked(pick, picks)?,
        (Task::Assign(assign), Response::Rows(rows)) => assigned(assign, rows)?,
        (Task::Mosaic(mosaic), Response::Mosaic { clues, finding, cut }) => {
            pieced(mosaic, clues, finding, cut)?
        }
        (Task::Contact(whom), Response::Contact { contact, way }) => told(whom, contact, way)?,
        (Task::Lookup(lookup), Response::Choice(clause)) => {
            let grade = lookup.grade(clause).ok_or_else(|| Refusal::Unknown(clause.clone()))?;
            graded(grade, usize::from(grade.points()), 3)
        }
        (Task::Reflect { .. }, Response::Next) => Judged::default(),
        (Task::Reflect { max }, Response::Draft(words)) => {
            written(words, *max)?;
            Judged::default()
        }
        (Task::Checklist(list), Response::Picks(picks)) => ticked(list, picks)?,
        _ => return Err(Refusal::NotAsked),
    };
    judged.resolved = !item.must || judged.grade.is_none_or(|grade| grade >= Grade::Ok);
    Ok(judged)
}

fn graded(grade: Grade, points: usize, of: usize) -> Judged {
    let short = |number| u16::try_from(number).unwrap_or(u16::MAX);
    Judged { grade: Some(grade), points: short(points), of: short(of), ..Judged::default() }
}

fn choice(choices: &[Choice], id: &str) -> Result<Judged, Refusal> {
    let chosen = choices.iter().find(|choice| choice.id == id);
    let grade = chosen.ok_or_else(|| Refusal::Unknown(id.to_owned()))?.grade;
    Ok(graded(grade, usize::from(grade.points()), 3))
}

/// Something that can be ticked.
struct Spot<'m> {
    id: &'m str,
    hit: bool,
    must: bool,
}

fn hotspot(picture: &Hotspot, picks: &BTreeSet<String>) -> Result<Judged, Refusal> {
    let spots =
        picture.regions.iter().map(|region| Spot { id: &region.id, hit: region.leak, must: region.must });
    found(&spots.collect::<Vec<_>>(), picks)
}

fn picked(pick: &Pick, picks: &BTreeSet<String>) -> Result<Judged, Refusal> {
    let options = pick.options.iter().filter(|option| !option.plain);
    let spots = options.map(|option| Spot { id: &option.id, hit: option.hit, must: option.must });
    found(&spots.collect::<Vec<_>>(), picks)
}

/// Best is exactly what applies; ok is everything that must be found, whatever else is ticked.
fn found(spots: &[Spot<'_>], picks: &BTreeSet<String>) -> Result<Judged, Refusal> {
    if let Some(id) = picks.iter().find(|id| !spots.iter().any(|spot| spot.id == **id)) {
        return Err(Refusal::Unknown(id.clone()));
    }
    let applying = || spots.iter().filter(|spot| spot.hit);
    let hits = applying().filter(|spot| picks.contains(spot.id)).count();
    let all = applying().count();
    let wrong = picks.len() - hits;
    // Where no must is named, everything that applies has to be found.
    let any_must = applying().any(|spot| spot.must);
    let found = applying().filter(|spot| spot.must || !any_must).all(|spot| picks.contains(spot.id));
    let grade = match () {
        () if hits == all && wrong == 0 => Grade::Best,
        () if found => Grade::Ok,
        () => Grade::Risky,
    };
    Ok(graded(grade, hits.saturating_sub(wrong), all))
}

/// Best is exactly the order; ok is the right first card and at least 70 % of all pairs the right way round.
fn order_of(cards: &[Card], ids: &[String]) -> Result<Judged, Refusal> {
    let mut places = Vec::new();
    for id in ids {
        let place = cards.iter().position(|card| card.id == *id);
        let place = place.ok_or_else(|| Refusal::Unknown(id.clone()))?;
        if places.contains(&place) {
            return Err(Refusal::Repeated(id.clone()));
        }
        places.push(place);
    }
    if let Some(card) = cards.iter().enumerate().find(|(at, _)| !places.contains(at)).map(|(_, card)| card) {
        return Err(Refusal::Missing(card.id.clone()));
    }
    let all = places.len() * places.len().saturating_sub(1) / 2;
    let right: usize = places
        .iter()
        .enumerate()
        .map(|(at, place)| places.iter().skip(at + 1).filter(|later| *later > place).count())
        .sum();
    let grade = match () {
        () if right == all => Grade::Best,
        () if places.first() == Some(&0) && right * 10 >= all * 7 => Grade::Ok,
        () => Grade::Risky,
    };
    Ok(graded(grade, right, all))
}

/// Best is every row at its best; ok is every must right and at least 70 % of the points; a must that does harm is harm.
fn assigned(assign: &Assign, answers: &BTreeMap<String, String>) -> Result<Judged, Refusal> {
    if let Some(id) = answers.keys().find(|id| !assign.asked().any(|row| row.id == **id)) {
        return Err(Refusal::Unknown(id.clone()));
    }
    let mut grades = Vec::new();
    for row in assign.asked() {
        let act = answers.get(&row.id).ok_or_else(|| Refusal::Missing(row.id.clone()))?;
        if !assign.acts(row).contains(&act.as_str()) {
            return Err(Refusal::Unknown(act.clone()));
        }
        grades.push((row.must, row.grade(act)));
    }
    let points: usize = grades.iter().map(|(_, grade)| usize::from(grade.points())).sum();
    let of = grades.len() * 3;
    let musts = || grades.iter().filter(|(must, _)| *must).map(|(_, grade)| *grade);
    let grade = match () {
        () if points == of => Grade::Best,
        () if musts().any(|grade| grade == Grade::Harm) => Grade::Harm,
        () if musts().all(|grade| grade >= Grade::Ok) && points * 10 >= of * 7 => Grade::Ok,
        () => Grade::Risky,
    };
    Ok(graded(grade, points, of))
}

/// Only the change is scored: finding out is the lesson, not the test.
fn pieced(mosaic: &Mosaic, clues: &BTreeSet<String>, finding: &str, cut: &str) -> Result<Judged, Refusal> {
    if let Some(id) = clues.iter().find(|id| !mosaic.clues.iter().any(|clue| clue.id == **id)) {
        return Err(Refusal::Unknown(id.clone()));
    }
    choice(&mosaic.findings, finding)?;
    choice(&mosaic.cuts, cut)
}

/// The right person by the wrong way is as good as the way.
fn told(whom: &Whom, contact: &str, way: &str) -> Result<Judged, Refusal> {
    let person = whom.contact_grade(contact).ok_or_else(|| Refusal::Unknown(contact.to_owned()))?;
    let channel = whom.way_grade(way).ok_or_else(|| Refusal::Unknown(way.to_owned()))?;
    let grade = person.min(channel);
    Ok(graded(grade, usize::from(grade.points()), 3))
}

fn ticked(list: &Checklist, picks: &BTreeSet<String>) -> Result<Judged, Refusal> {
    if let Some(id) = picks.iter().find(|id| !list.options.iter().any(|line| line.id == **id)) {
        return Err(Refusal::Unknown(id.clone()));
    }
    match list.options.iter().find(|line| !picks.contains(&line.id)) {
        Some(line) => Err(Refusal::Missing(line.id.clone())),
        None => Ok(Judged::default()),
    }
}

fn draft_of(draft: &Draft, reply: &str) -> Result<Judged, Refusal> {
    written(reply, draft.max)?;
    Ok(Judged { remarks: draft.remarks(reply), ..Judged::default() })
}

/// There are words, and not too many.
fn written(words: &str, max: u16) -> Result<(), Refusal> {
    if words.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    // Browsers send line ends as two characters; they count as one.
    let found = words.replace("\r\n", "\n").chars().count();
    if found > usize::from(max) { Err(Refusal::TooLong { max, found }) } else { Ok(()) }
}

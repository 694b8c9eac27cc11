//! What an answer to a single question is worth.

use std::collections::BTreeSet;

use crate::item::{Card, Choice, Draft, Grade, Hotspot, Item, Task};
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

/// Best is exactly what leaks; ok is everything that must be found, whatever else is picked.
fn hotspot(picture: &Hotspot, picks: &BTreeSet<String>) -> Result<Judged, Refusal> {
    if let Some(id) = picks.iter().find(|id| !picture.regions.iter().any(|region| region.id == **id)) {
        return Err(Refusal::Unknown(id.clone()));
    }
    let leaks = || picture.regions.iter().filter(|region| region.leak);
    let hits = leaks().filter(|region| picks.contains(&region.id)).count();
    let all = leaks().count();
    let wrong = picks.len() - hits;
    // A picture that names no must expects everything that leaks to be found.
    let any_must = leaks().any(|region| region.must);
    let found = leaks().filter(|region| region.must || !any_must).all(|region| picks.contains(&region.id));
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

fn draft_of(draft: &Draft, reply: &str) -> Result<Judged, Refusal> {
    // Browsers send line ends as two characters; they count as one.
    let found = reply.replace("\r\n", "\n").chars().count();
    if reply.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if found > usize::from(draft.max) {
        return Err(Refusal::TooLong { max: draft.max, found });
    }
    Ok(Judged { remarks: draft.remarks(reply), ..Judged::default() })
}

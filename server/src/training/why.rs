//! The explanation of an answer. Only what was answered is explained: grades and reasons leave the server from here alone.

use axum::extract::{Path, State};
use kokoroe_app::training::{
    Arrived, CardResult, ModelReply, OtherChoice, RegionResult, Remark, RemarkLevel, WhyDetail, WhyPage,
};
use kokoroe_app::ui::say::Words;
use kokoroe_app::ui::verdict::Basis;
use kokoroe_courses::{Care, Choice, Grade, ItemPlace, Level, Place, Response, Task, Visit, Walk};

use super::ask;
use super::step::{self, StepPath, standing};
use super::translate::{Translator, basis, story_time, verdict};
use super::walk::Standing;
use crate::http::{Answer, Learner, Problem, Visitor, page, see_other};
use crate::state::Site;

/// At which try at a required question its explanation holds nothing back any more.
const SHOWN_AFTER: usize = 3;

/// The explanation of an answered step.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, module, turn)): StepPath,
) -> Answer {
    let standing = standing(&site, &signed, &period, &module).await?;
    let words = Translator::new(&site, &visitor).under(&standing.policy);
    let walk = standing.walk()?;
    let Some(visit) = turn.checked_sub(1).and_then(|index| walk.visits().get(index as usize)) else {
        return Ok(see_other(&standing.step(walk.turn())));
    };
    let before = standing.walk_before((turn - 1) as usize)?;
    let view = explain(words, &standing, &walk, &before, visit).ok_or(Problem::not_found())?;
    Ok(page(&site, &visitor, view))
}

fn explain(
    words: Translator<'_>,
    standing: &Standing,
    walk: &Walk<'_>,
    before: &Walk<'_>,
    visit: &Visit<'_>,
) -> Option<WhyPage> {
    let turn = visit.turn;
    let choices: Vec<&Choice> = match &visit.place {
        Place::Item(item) => item.choices.clone(),
        Place::Node(node) => node.choices.clone(),
        Place::Question(question) => question.choices.clone(),
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => return None,
    };
    let chosen = match &visit.response {
        Response::Choice(id) => choices.iter().copied().find(|choice| choice.id == *id),
        Response::Again => return None,
        _ => None,
    };
    let last = turn + 1 == walk.turn();
    let question = visit.place.question();
    // As long as a question is asked, no page tells its best answer, not even the page of an earlier answer to it.
    let asked_again = !walk.is_finished()
        && walk.place().question() == question
        && !matches!(visit.place, Place::Question(_));
    // Nobody is left to guess for ever: from the third try on, what is still missing is shown before it is asked once more.
    let tries = walk
        .visits()
        .iter()
        .take(turn as usize)
        .filter(|earlier| earlier.place.question() == question && earlier.response != Response::Again)
        .count();
    let kept_back = asked_again && tries < SHOWN_AFTER;
    // Nobody is made to doubt a best answer or how sure they said they were.
    let could_be_better = visit
        .judged
        .grade
        .map_or_else(|| matches!(visit.response, Response::Draft(_)), |grade| grade < Grade::Best);
    let repeatable = last
        && !asked_again
        && !walk.is_finished()
        && could_be_better
        && matches!(visit.place, Place::Item(_) | Place::Node(_));
    let best = choices
        .iter()
        .copied()
        .find(|choice| choice.grade == Grade::Best)
        .filter(|best| chosen.is_some_and(|chosen| chosen.id != best.id));
    let grade = visit.judged.grade;
    let mut head = step::head(words, standing, before);
    head.back = standing.step(turn);
    Some(WhyPage {
        head,
        ask: ask_words(words, &visit.place)?,
        verdict: grade.map(verdict),
        chosen: chosen.map(|choice| words.words(&choice.text)),
        why: why(words, visit, chosen).filter(|_| chosen.is_some() || !kept_back),
        clause: chosen
            .and_then(|choice| words.clause(&choice.cite))
            .or_else(|| item_clause(words, &visit.place)),
        basis: chosen.map_or(Basis::Rule, |choice| basis(choice.basis)),
        arrived: arrived(words, standing, visit),
        // A required question that is asked again keeps its best answer to itself at first: the learner finds it.
        best: best.filter(|_| !kept_back).map(|best| other(words, best)),
        others: choices
            .iter()
            .filter(|_| !kept_back)
            .filter(|choice| chosen.is_some_and(|chosen| chosen.id != choice.id))
            .filter(|choice| best.is_none_or(|best| best.id != choice.id))
            .map(|choice| other(words, choice))
            .collect(),
        detail: detail(words, standing, visit, kept_back),
        doubt: grade.filter(|grade| *grade < Grade::Ok).and_then(|_| doubt(words, standing)),
        asked_again,
        next: if walk.is_finished() && last {
            format!("{}/done", standing.base())
        } else {
            standing.step(turn + 1)
        },
        again: repeatable.then(|| format!("{}/again", standing.step(turn))),
    })
}

fn ask_words(words: Translator<'_>, place: &Place<'_>) -> Option<Words> {
    match place {
        Place::Item(item) => Some(words.words(&item.item.ask)),
        Place::Node(node) => node.node.ask.as_ref().map(|ask| words.words(ask)),
        Place::Question(question) => Some(words.words(&question.variant.ask)),
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => None,
    }
}

fn why(words: Translator<'_>, visit: &Visit<'_>, chosen: Option<&Choice>) -> Option<Words> {
    if let Some(choice) = chosen {
        return Some(words.words(&choice.why));
    }
    match &visit.place {
        Place::Item(ItemPlace { item, .. }) => match &item.task {
            Task::Order(order) => Some(words.words(&order.explain)),
            _ => None,
        },
        _ => None,
    }
}

fn item_clause(words: Translator<'_>, place: &Place<'_>) -> Option<kokoroe_app::ui::clause::ClauseLink> {
    match place {
        Place::Item(item) => item.item.cite.first().and_then(|id| words.clause(id)),
        _ => None,
    }
}

fn other(words: Translator<'_>, choice: &Choice) -> OtherChoice {
    OtherChoice {
        verdict: verdict(choice.grade),
        text: words.words(&choice.text),
        why: words.words(&choice.why),
        clause: words.clause(&choice.cite),
    }
}

fn arrived(words: Translator<'_>, standing: &Standing, visit: &Visit<'_>) -> Arrived {
    Arrived {
        clock: visit.clock.map(|(before, after)| (story_time(before), story_time(after))),
        told: visit.told.iter().map(|text| words.words(text)).collect(),
        posts: visit
            .arrived
            .iter()
            .map(|post| words.post(&standing.module, &standing.attempt.revision, post, true))
            .collect(),
    }
}

/// Whom to ask when in doubt: where a life may be at stake the night desk, otherwise the desk for social media.
fn doubt(words: Translator<'_>, standing: &Standing) -> Option<kokoroe_app::ui::contact::Contact> {
    words.contact(if standing.module.care == Some(Care::Suicide) { "night-duty" } else { "sns-desk" })
}

fn detail(words: Translator<'_>, standing: &Standing, visit: &Visit<'_>, kept_back: bool) -> WhyDetail {
    let Place::Item(place) = &visit.place else { return WhyDetail::Choice };
    match (&place.item.task, &visit.response) {
        (Task::Hotspot(hotspot), Response::Picks(picks)) => WhyDetail::Picture {
            picture: ask::picture(words, standing, hotspot),
            regions: hotspot
                .regions
                .iter()
                .zip(1_u16..)
                // While it is still asked, only what was picked is explained: what is left out must not tell what is missing.
                .filter(|(region, _)| !kept_back || picks.contains(&region.id))
                .map(|(region, number)| RegionResult {
                    number,
                    at: region.at.into(),
                    label: words.words(&region.label),
                    leak: region.leak,
                    must: region.must,
                    picked: picks.contains(&region.id),
                    why: words.words(&region.why),
                    clause: region.cite.as_deref().and_then(|id| words.clause(id)),
                })
                .collect(),
            leaks: super::overview::small(hotspot.regions.iter().filter(|region| region.leak).count()),
        },
        (Task::Order(_), Response::Order(_)) if kept_back => {
            WhyDetail::OrderOpen((visit.judged.points, visit.judged.of))
        }
        (Task::Order(order), Response::Order(given)) => WhyDetail::Order {
            cards: order
                .cards
                .iter()
                .map(|card| CardResult {
                    text: words.words(&card.text),
                    why: words.words(&card.why),
                    given: given
                        .iter()
                        .position(|id| *id == card.id)
                        .and_then(|at| u16::try_from(at + 1).ok())
                        .unwrap_or(0),
                })
                .collect(),
            pairs: (visit.judged.points, visit.judged.of),
        },
        (Task::Draft(draft), Response::Draft(text)) => WhyDetail::Draft {
            text: text.clone(),
            remarks: visit
                .judged
                .remarks
                .iter()
                .map(|remark| Remark {
                    level: match remark.level {
                        Level::MustFix => RemarkLevel::MustFix,
                        Level::Improve => RemarkLevel::Improve,
                        Level::Good => RemarkLevel::Good,
                    },
                    quotes: remark.quotes.clone(),
                    why: words.words(&remark.why),
                })
                .collect(),
            models: draft
                .models
                .iter()
                .map(|model| ModelReply { text: words.words(&model.text), note: words.words(&model.note) })
                .collect(),
        },
        (Task::Confidence { .. }, Response::Level(level)) => WhyDetail::Confidence(*level),
        _ => WhyDetail::Choice,
    }
}

/// One sentence to take along: why an answer that was put right was better, or why the last best answer was right. Of a test there is none:
/// away from its scene an explanation says nothing.
#[must_use]
pub fn takeaway(words: Translator<'_>, walk: &Walk<'_>) -> Option<Words> {
    let chosen = |visit: &Visit<'_>| -> Option<Words> {
        let Response::Choice(id) = &visit.response else { return None };
        let choices = match &visit.place {
            Place::Item(item) => &item.choices,
            Place::Node(node) => &node.choices,
            Place::Question(question) => &question.choices,
            _ => return None,
        };
        choices.iter().find(|choice| choice.id == *id).map(|choice| words.words(&choice.why))
    };
    let good = |visit: &&Visit<'_>| {
        visit.judged.grade == Some(Grade::Best)
            && matches!(visit.response, Response::Choice(_))
            && !matches!(visit.place, Place::Question(_))
    };
    let put_right = walk.visits().iter().filter(good).find(|visit| {
        let question = visit.place.question();
        question.is_some()
            && walk
                .visits()
                .iter()
                .any(|earlier| earlier.turn < visit.turn && earlier.place.question() == question)
    });
    put_right.or_else(|| walk.visits().iter().rfind(|visit| good(visit))).and_then(chosen)
}

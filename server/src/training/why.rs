//! The explanation of an answer. Only what was answered is explained: grades and reasons leave the server from here alone.

mod detail;
mod results;

use axum::extract::{Path, State};
use kokoroe_app::training::{Arrived, DiagnosedView, ObjectionBox, OtherChoice, WhyPage};
use kokoroe_app::ui::clause::ClauseLink;
use kokoroe_app::ui::say::{Word, Words};
use kokoroe_app::ui::verdict::{Basis, Verdict};
use kokoroe_courses::{
    Care, Choice, Diagnosed, Grade, ItemPlace, Lookup, Place, Response, Task, Visit, Walk,
};

use super::shown::Shown;
use super::step::{self, StepPath, standing};
use super::translate::{Translator, basis, story_time, verdict};
use super::walk::Standing;
use super::{feed, objection};
use crate::db::DbError;
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
    let walk = standing.walk()?;
    let Some(visit) = turn.checked_sub(1).and_then(|index| walk.visits().get(index as usize)) else {
        return Ok(see_other(&standing.step(walk.turn())));
    };
    // How sure somebody is they say before they know how it went.
    if !is_explained(visit) || is_to_say_how_sure(&walk.place(), visit) {
        return Ok(see_other(&standing.step(turn + 1)));
    }
    let objection = objection::on_page(&site, &signed, &standing, visit, None).await?;
    let view = view(&site, &visitor, &standing, &walk, visit, objection)?.ok_or(Problem::not_found())?;
    Ok(page(&site, &visitor, view))
}

/// Whether a place asks how sure somebody is of this answer.
fn is_to_say_how_sure(place: &Place<'_>, visit: &Visit<'_>) -> bool {
    let (Place::Item(now), Place::Item(answered)) = (place, &visit.place) else { return false };
    matches!(&now.item.task, Task::Confidence { about } if *about == answered.item.id)
}

/// The page of an explanation; none for a step that has none.
///
/// # Errors
/// When the stored answers do not fit the pinned content.
pub fn view(
    site: &Site,
    visitor: &Visitor,
    standing: &Standing,
    walk: &Walk<'_>,
    visit: &Visit<'_>,
    objection: Option<ObjectionBox>,
) -> Result<Option<WhyPage>, DbError> {
    let words = Translator::new(site, visitor).under(&standing.policy).told_to(standing.roles());
    let before = standing.walk_before((visit.turn - 1) as usize)?;
    let after = standing.walk_before(visit.turn as usize)?;
    let page = explain(words, &standing.shown(), walk, &before, &after, visit);
    Ok(page.map(|page| WhyPage { objection, ..page }))
}

/// Whether an answered step has an explanation that one can say something to.
#[must_use]
pub fn is_explained(visit: &Visit<'_>) -> bool {
    step::is_explained(&visit.place) && !step::passes(&visit.response)
}

/// The address of an explanation.
#[must_use]
pub fn address(standing: &Standing, turn: u32) -> String {
    format!("{}/why", standing.step(turn))
}

/// The page of an answered step; `before` is the walk in front of it, `after` the one behind it. None where there is nothing to explain.
#[must_use]
pub fn explain(
    words: Translator<'_>,
    shown: &Shown<'_>,
    walk: &Walk<'_>,
    before: &Walk<'_>,
    after: &Walk<'_>,
    visit: &Visit<'_>,
) -> Option<WhyPage> {
    let turn = visit.turn;
    let choices: Vec<&Choice> = match &visit.place {
        Place::Item(ItemPlace { item, choices, .. }) => match &item.task {
            // Of what a stranger pieces together, the change that is made at last is judged.
            Task::Mosaic(mosaic) => mosaic.cuts.iter().collect(),
            Task::Confidence { .. } | Task::Reflect { .. } | Task::Checklist(_) => return None,
            _ => choices.clone(),
        },
        Place::Node(node) => node.choices.clone(),
        Place::Question(question) => question.choices.clone(),
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => {
            return None;
        }
    };
    let chosen = match &visit.response {
        Response::Choice(id) | Response::Mosaic { cut: id, .. } => {
            choices.iter().copied().find(|choice| choice.id == *id)
        }
        Response::Again => return None,
        _ => None,
    };
    let last = turn + 1 == walk.turn();
    let following = walk.visits().get(turn as usize).filter(|next| is_to_say_how_sure(&next.place, visit));
    let sure = following.and_then(|next| match next.response {
        Response::Level(level) => Some(level),
        _ => None,
    });
    let on = turn + 1 + u32::from(sure.is_some());
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
        .filter(|earlier| earlier.place.question() == question && !step::passes(&earlier.response))
        .count();
    // In a diagnosis what was not known is asked again after reading.
    let later = before.is_diagnosing() && visit.judged.grade < Some(Grade::Ok);
    let kept_back = later || (asked_again && tries < SHOWN_AFTER);
    // Nobody is made to doubt a best answer or how sure they said they were.
    let could_be_better = visit
        .judged
        .grade
        .map_or_else(|| matches!(visit.response, Response::Draft(_)), |grade| grade < Grade::Best);
    let repeatable = last && !asked_again && !walk.is_finished() && could_be_better && walk.is_repeatable();
    let best = choices
        .iter()
        .copied()
        .find(|choice| choice.grade == Grade::Best)
        .filter(|best| chosen.is_some_and(|chosen| chosen.id != best.id));
    let grade = visit.judged.grade;
    let mut head = step::head(words, shown, before);
    head.back = shown.step(turn);
    let looked_up = looked_up(words, visit, kept_back);
    Some(WhyPage {
        head,
        ask: ask_words(words, &visit.place)?,
        verdict: grade.map(verdict),
        chosen: match &looked_up {
            Some(looked_up) => Some(looked_up.chosen.clone()),
            None => chosen.map(|choice| words.words(&choice.text)),
        },
        why: match &looked_up {
            Some(looked_up) => looked_up.why.clone(),
            None => why(words, visit, chosen).filter(|_| chosen.is_some() || !kept_back),
        },
        clause: match &looked_up {
            Some(looked_up) => looked_up.clause.clone(),
            None => chosen
                .and_then(|choice| words.clause(&choice.cite))
                .or_else(|| item_clause(words, &visit.place)),
        },
        basis: chosen.map_or(Basis::Rule, |choice| basis(choice.basis)),
        arrived: arrived(words, shown, after, visit),
        // A required question that is asked again keeps its best answer to itself at first: the learner finds it.
        best: match looked_up {
            Some(looked_up) => looked_up.best,
            None => best.filter(|_| !kept_back).map(|best| other(words, best)),
        },
        others: choices
            .iter()
            .filter(|_| !kept_back)
            .filter(|choice| chosen.is_some_and(|chosen| chosen.id != choice.id))
            .filter(|choice| best.is_none_or(|best| best.id != choice.id))
            .map(|choice| other(words, choice))
            .collect(),
        detail: detail::detail(words, shown, visit, kept_back),
        doubt: grade.filter(|grade| *grade < Grade::Ok).and_then(|_| doubt(words, shown)),
        asked_again,
        asked_later: later,
        diagnosed: after.diagnosed().map(|Diagnosed { questions, good, pages }| DiagnosedView {
            questions,
            good,
            pages,
        }),
        next: if walk.is_finished() && on == walk.turn() {
            format!("{}/done", shown.base)
        } else {
            shown.step(on)
        },
        sure,
        objection: None,
        again: repeatable.then(|| format!("{}/again", shown.step(turn))),
    })
}

fn ask_words(words: Translator<'_>, place: &Place<'_>) -> Option<Words> {
    match place {
        Place::Item(item) => Some(words.words(&item.item.ask)),
        Place::Node(node) => node.node.ask.as_ref().map(|ask| words.words(ask)),
        Place::Question(question) => Some(words.words(&question.variant.ask)),
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => None,
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

/// What is said about a clause that was looked up. There is one reason for all: why it is the one it is.
struct LookedUp {
    chosen: Words,
    why: Option<Words>,
    clause: Option<ClauseLink>,
    best: Option<OtherChoice>,
}

fn looked_up(words: Translator<'_>, visit: &Visit<'_>, kept_back: bool) -> Option<LookedUp> {
    let Place::Item(ItemPlace { item, .. }) = &visit.place else { return None };
    let (Task::Lookup(lookup), Response::Choice(id)) = (&item.task, &visit.response) else { return None };
    let right = *id == lookup.best;
    Some(LookedUp {
        chosen: clause_words(words, lookup, id)?,
        why: right.then(|| words.words(&lookup.why)),
        clause: words.clause(id),
        best: if right || kept_back {
            None
        } else {
            Some(OtherChoice {
                verdict: Verdict::Best,
                text: clause_words(words, lookup, &lookup.best)?,
                why: words.words(&lookup.why),
                clause: words.clause(&lookup.best),
            })
        },
    })
}

/// A clause as it was called: number and title.
fn clause_words(words: Translator<'_>, lookup: &Lookup, id: &str) -> Option<Words> {
    let heading = &lookup.clauses.iter().find(|clause| clause.id == id)?.text;
    let mut title = words.clause_title(heading);
    let number = id.trim_start_matches('C');
    let number = match title.lang {
        kokoroe_app::Lang::Ja => format!("第{number}条 "),
        kokoroe_app::Lang::En => format!("Article {number}: "),
    };
    title.words.insert(0, Word { base: number, reading: None });
    Some(title)
}

fn item_clause(words: Translator<'_>, place: &Place<'_>) -> Option<ClauseLink> {
    match place {
        Place::Item(item) => item.item.cite.first().and_then(|id| words.clause(id)),
        _ => None,
    }
}

pub(super) fn other(words: Translator<'_>, choice: &Choice) -> OtherChoice {
    OtherChoice {
        verdict: verdict(choice.grade),
        text: words.words(&choice.text),
        why: words.words(&choice.why),
        clause: words.clause(&choice.cite),
    }
}

fn arrived(words: Translator<'_>, shown: &Shown<'_>, after: &Walk<'_>, visit: &Visit<'_>) -> Arrived {
    let Place::Node(node) = &visit.place else { return Arrived::default() };
    Arrived {
        clock: visit.clock.map(|(before, after)| (story_time(before), story_time(after))),
        meters: feed::meters_after(words, &node.scenario.id, &after.place()),
        told: visit.told.iter().map(|text| words.words(text)).collect(),
        posts: feed::plain(words, shown, &node.scenario.posts, visit.arrived.iter().copied(), true),
    }
}

/// Whom to ask when in doubt: where a life may be at stake the night desk, otherwise the desk for social media.
pub(super) fn doubt(words: Translator<'_>, shown: &Shown<'_>) -> Option<kokoroe_app::ui::contact::Contact> {
    words.contact(if shown.module.care == Some(Care::Suicide) { "night-duty" } else { "sns-desk" })
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
            && !matches!(visit.place, Place::Question(_))
            && chosen(visit).is_some()
    };
    let put_right = walk.visits().iter().filter(good).find(|visit| {
        let question = visit.place.question();
        question.is_some()
            && walk.visits().iter().any(|earlier| {
                earlier.turn < visit.turn
                    && earlier.place.question() == question
                    && !step::passes(&earlier.response)
            })
    });
    put_right.or_else(|| walk.visits().iter().rfind(|visit| good(visit))).and_then(chosen)
}

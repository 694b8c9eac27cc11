//! Earlier years: what was owed, what was answered and how it read then.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use kokoroe_app::ShownIn;
use kokoroe_app::training::{
    AnswerSheet, History, SheetRow, SheetSummary, SignedText, diagnosis_heading, tried_words,
};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::{
    AssignRow, Checklist, Item, Pick, PickOption, Place, Response, Task, Text, Visit, WHOLE,
};

use super::my_training::year_line;
use super::overview::Overview;
use super::sign::short;
use super::step::standing;
use super::store;
use super::translate::{Translator, day, moment, verdict};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Learner, Problem, Visitor, page};
use crate::reminders::{self, Reader};
use crate::requirements::store as requirements;
use crate::state::Site;

/// The record of the person who asks.
pub async fn show(State(site): State<Site>, visitor: Visitor, Learner(signed): Learner) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let mut years = Vec::new();
    for period in requirements::periods_of(&mut conn, &signed.staff).await? {
        let overview = Overview::load(&site, &mut conn, period).await?;
        let mut line = year_line(&site, &mut conn, words, &overview).await?;
        line.signed = signed_text(&site, &mut conn, &overview).await?;
        years.push(line);
    }
    let notices = reminders::notices(&site, &mut conn, visitor.lang, &signed.staff, Reader::Own).await?;
    let notes = reminders::notes(&mut conn, visitor.lang, &signed.staff, None, true).await?;
    drop(conn);
    Ok(page(&site, &visitor, History { years, notices: Some(notices), notes: Some(notes) }))
}

/// What was signed for a period, as it stood on the page.
async fn signed_text(
    site: &Site,
    conn: &mut Conn,
    overview: &Overview,
) -> Result<Option<SignedText>, DbError> {
    let Some(signature) = store::attestation(conn, &overview.period.id).await? else { return Ok(None) };
    let policy = site.content.pinned_policy(conn, &signature.policy).await?;
    let policy =
        policy.ok_or_else(|| DbError::Inconsistent(format!("the policy {} is gone", signature.policy)))?;
    Ok(Some(SignedText {
        version: policy.version,
        href: format!("{}/{}", kokoroe_app::paths::POLICY, signature.policy),
        at: day(site.calendar().date(signature.signed_at)),
        shown_in: ShownIn::from_tag(&signature.lang).unwrap_or_default(),
        statements: signature.stated(),
    }))
}

/// Every answer of one module in one period, with the words of the content that was shown.
pub async fn sheet(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, module)): Path<(String, String)>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let standing = standing(&site, &signed, &period, &module).await?;
    let mut conn = site.db.read().await?;
    let requirement = requirements::requirement(&mut conn, &standing.period.requirement_id)
        .await?
        .ok_or(Problem::not_found())?;
    drop(conn);
    let walk = standing.walk()?;
    let calendar = site.calendar();
    let rows = walk
        .visits()
        .iter()
        .zip(&standing.answers)
        .filter_map(|(visit, answer)| {
            Some(SheetRow {
                turn: visit.turn,
                ask: asked(words, visit)?,
                answer: summary(words, visit),
                verdict: visit.judged.grade.filter(|_| visit.response != Response::Again).map(verdict),
                at: moment(answer.answered_at, calendar),
                href: standing.step(visit.turn),
            })
        })
        .collect();
    let view = AnswerSheet {
        title: words.words(&standing.module.title),
        year: i32::try_from(requirement.fiscal_year).unwrap_or(0),
        began: moment(standing.attempt.started_at, calendar),
        finished: standing.attempt.finished_at.map(|at| moment(at, calendar)),
        revision: short(&standing.attempt.revision),
        rows,
        back: kokoroe_app::paths::HISTORY.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

/// What was asked on a visit, in words.
pub(crate) fn asked(words: Translator<'_>, visit: &Visit<'_>) -> Option<Words> {
    match &visit.place {
        Place::Diagnosis(_) => Some(diagnosis_heading(words.lang())),
        Place::Read(reading) => Some(words.words(&reading.title)),
        Place::Item(item) => Some(words.words(&item.item.ask)),
        Place::Node(node) => node.node.ask.as_ref().map(|ask| words.words(ask)),
        Place::Question(question) => Some(words.words(&question.variant.ask)),
        Place::Debrief(debrief) => Some(words.words(&debrief.scenario.title)),
        Place::TestResult(_) | Place::End => None,
    }
}

/// What was answered on a visit, in words.
pub(crate) fn summary(words: Translator<'_>, visit: &Visit<'_>) -> Vec<SheetSummary> {
    let choices = match &visit.place {
        Place::Item(item) => item.choices.as_slice(),
        Place::Node(node) => node.choices.as_slice(),
        Place::Question(question) => question.choices.as_slice(),
        _ => &[],
    };
    match (&visit.response, &visit.place) {
        (Response::Next, Place::Diagnosis(_)) => vec![SheetSummary::Course(tried_words(false, words.lang()))],
        (Response::Try, _) => vec![SheetSummary::Course(tried_words(true, words.lang()))],
        (Response::Next, _) => Vec::new(),
        (Response::Again, _) => vec![SheetSummary::Again],
        (Response::Level(level), _) => vec![SheetSummary::Level(*level)],
        (Response::Draft(text), _) => vec![SheetSummary::Own(text.clone())],
        (Response::Choice(id), _) if !choices.is_empty() => choices
            .iter()
            .filter(|choice| choice.id == *id)
            .map(|choice| SheetSummary::Course(words.words(&choice.text)))
            .collect(),
        (Response::Look(id), Place::Node(node)) => node
            .feed
            .iter()
            .flat_map(|post| &post.looks)
            .filter(|look| look.id == *id)
            .map(|look| SheetSummary::Looked(words.words(&look.label)))
            .collect(),
        (response, Place::Item(item)) if !matches!(response, Response::Order(_)) => {
            item_summary(words, item.item, response)
        }
        (Response::Order(ids), Place::Item(item)) => ids
            .iter()
            .filter_map(|id| item.cards.iter().find(|card| card.id == *id))
            .map(|card| SheetSummary::Course(words.words(&card.text)))
            .collect(),
        _ => Vec::new(),
    }
}

/// What was answered to an item whose lists stand in the order of its file.
fn item_summary(words: Translator<'_>, item: &Item, response: &Response) -> Vec<SheetSummary> {
    let course = |text: &Text| SheetSummary::Course(words.words(text));
    let picked = |options: &[PickOption], ids: &BTreeSet<String>| -> Vec<SheetSummary> {
        options.iter().filter(|option| ids.contains(&option.id)).map(|option| course(&option.text)).collect()
    };
    match (&item.task, response) {
        (Task::Hotspot(hotspot), Response::Picks(ids)) => hotspot
            .regions
            .iter()
            .filter(|region| ids.contains(&region.id))
            .map(|region| course(&region.label))
            .collect(),
        (Task::Pick(Pick { options, .. }) | Task::Checklist(Checklist { options }), Response::Picks(ids)) => {
            picked(options, ids)
        }
        (Task::Assign(assign), Response::Rows(rows)) => assign
            .asked()
            .filter_map(|row| {
                let about = assigned_words(words, item, row)?;
                Some(SheetSummary::Row { about, chosen: words.act(assign, rows.get(&row.id)?) })
            })
            .collect(),
        (Task::Mosaic(mosaic), Response::Mosaic { clues, finding, cut }) => {
            let mut all = picked(&mosaic.clues, clues);
            let chosen = mosaic.findings.iter().filter(|choice| choice.id == *finding);
            let chosen = chosen.chain(mosaic.cuts.iter().filter(|choice| choice.id == *cut));
            all.extend(chosen.map(|choice| course(&choice.text)));
            all
        }
        (Task::Contact(whom), Response::Contact { contact, way }) => {
            let book = whom.book.iter().filter(|entry| entry.id == *contact);
            book.map(|entry| SheetSummary::Row { about: words.words(&entry.text), chosen: words.way(way) })
                .collect()
        }
        (Task::Lookup(lookup), Response::Choice(id)) => lookup
            .clauses
            .iter()
            .filter(|clause| clause.id == *id)
            .map(|clause| course(&clause.text))
            .collect(),
        _ => Vec::new(),
    }
}

/// What a row is about, in words: its own, or those of its post. The row about a whole text has none of its own.
fn assigned_words(words: Translator<'_>, item: &Item, row: &AssignRow) -> Option<Words> {
    let post = item.posts.iter().find(|post| post.id == row.id).map(|post| &post.say);
    match row.text.as_ref().or(post) {
        Some(text) => Some(words.words(text)),
        None if row.id == WHOLE => Some(words.either("文全体", "The whole text")),
        None => None,
    }
}

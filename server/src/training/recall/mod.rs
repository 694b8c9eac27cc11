//! 思い出しカード: a question of the final test comes back after a module, so that what was learned stays. It can be put off, has no date,
//! changes no status and is shown to nobody else.

pub mod deck;
pub mod due;
pub mod write;

use axum::extract::{Path, Query, State};
use http::StatusCode;
use kokoroe_app::paths;
use kokoroe_app::training::{AnswerError, Care, Pause, RecallNone, RecallPage, RecallWhy};
use kokoroe_courses::{Content, Grade, Module, Place, RecallCard, Response, Test};
use serde::Deserialize;

use self::deck::Waiting;
use super::ask::{self, Given};
use super::policy::Pinned;
use super::shown;
use super::store::{self, Attempt, PutOff, Recalled};
use super::translate::{Translator, basis, verdict};
use super::walk::seed;
use super::why::{doubt, other};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Learner, Problem, Visitor, page, page_with_status, see_other};
use crate::id::StaffId;
use crate::requirements::store::Period;
use crate::state::Site;

/// The part of an address that names a card: the attempt after which it comes, and its number.
pub type CardPath = Path<(String, i64)>;

/// The card that has waited longest, or that there is none.
pub async fn show(State(site): State<Site>, visitor: Visitor, Learner(signed): Learner) -> Answer {
    let mut conn = site.db.read().await?;
    let finished = deck::finished(&mut conn, &signed.staff).await?;
    let waiting = deck::waiting(&site, &mut conn, &signed.staff, finished).await?;
    let Some(card) = waiting.first() else { return Ok(page(&site, &visitor, RecallNone)) };
    let wording = deck::wording(&site, &mut conn, &signed.staff, card).await?.ok_or(Problem::not_found())?;
    let view = card_view(&site, &visitor, &mut conn, card, &wording, None).await?;
    Ok(page(&site, &visitor, view))
}

/// The address of a card.
fn base(attempt: &Attempt, number: i64) -> String {
    format!("{}/{}/{number}", paths::RECALL, attempt.id)
}

async fn card_view(
    site: &Site,
    visitor: &Visitor,
    conn: &mut Conn,
    card: &Waiting,
    wording: &str,
    error: Option<AnswerError>,
) -> Result<RecallPage, Problem> {
    let words = Translator::new(site, visitor);
    let (revision, pool, test) = site.content.final_test().ok_or(Problem::not_found())?;
    let question = RecallCard::of(test, &card.family, wording, seed(card.attempt.seed));
    let question = question.ok_or(Problem::not_found())?.question();
    let learned = site.content.pinned(conn, &card.attempt.revision).await?.ok_or(Problem::not_found())?;
    let (scene, asked) = ask::question(words, &question, &Given::sent(Form::default()));
    let base = base(&card.attempt, card.number);
    Ok(RecallPage {
        module: words.words(&learned.title),
        number: card.number,
        scene,
        asked,
        action: format!("{base}?wording={wording}&text={revision}"),
        later: format!("{base}/later"),
        last: card.wait.last,
        care: care(words, pool),
        error,
    })
}

/// The way out and the help, where the test has hard questions among the others.
fn care(words: Translator<'_>, pool: &Module) -> Option<Care> {
    super::module::care(words, pool, paths::RECALL)
}

/// In which wording a card was shown, and from which text.
#[derive(Debug, Deserialize)]
pub struct Shown {
    #[serde(default)]
    wording: String,
    #[serde(default)]
    text: String,
}

/// A finished attempt of somebody, found by its id among theirs.
async fn own(conn: &mut Conn, staff: &StaffId, id: &str) -> Result<Vec<(Period, Attempt)>, Problem> {
    let finished = deck::finished(conn, staff).await?;
    if finished.iter().any(|(_, attempt)| attempt.id.as_str() == id) {
        Ok(finished)
    } else {
        Err(Problem::not_found())
    }
}

async fn answer_of(
    conn: &mut Conn,
    staff: &StaffId,
    attempt: &str,
    number: i64,
) -> Result<Option<Recalled>, DbError> {
    let answered = store::recalled(conn, staff).await?;
    Ok(answered.into_iter().find(|one| one.attempt_id.as_str() == attempt && one.number == number))
}

/// Takes the answer to a card, once. The same answer again is the same request.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((attempt, number)): CardPath,
    Query(shown): Query<Shown>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let staff = &signed.staff;
    let finished = own(&mut conn, staff, &attempt).await?;
    if let Some(earlier) = answer_of(&mut conn, staff, &attempt, number).await? {
        return repeated(&site, &mut conn, &finished, &earlier, &form).await;
    }
    let waiting = deck::waiting(&site, &mut conn, staff, finished).await?;
    let is_asked = |card: &&Waiting| card.attempt.id.as_str() == attempt && card.number == number;
    let card = waiting.iter().find(is_asked).ok_or(Problem::not_found())?;
    let (revision, _, test) = site.content.final_test().ok_or(Problem::not_found())?;
    let question = RecallCard::of(test, &card.family, &shown.wording, seed(card.attempt.seed));
    let wording = deck::wording(&site, &mut conn, staff, card).await?;
    // Another text has come out since it was shown, or the test now asks this question: the card is asked as it reads now. Nor does an
    // address choose the question, or a card would explain one that is open in the test.
    let as_asked = shown.text == revision && wording.as_deref() == Some(shown.wording.as_str());
    let Some(question) = question.filter(|_| as_asked) else {
        return Ok(see_other(paths::RECALL));
    };
    let response = match ask::response(&Place::Question(question.question()), &form) {
        Ok(response) => response,
        Err(error) => {
            let view = card_view(&site, &visitor, &mut conn, card, &shown.wording, Some(error)).await?;
            return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
        }
    };
    let new = recalled(&visitor, card, revision, &question, &response)?;
    let target = base(&card.attempt, number);
    let sent = new.response.clone();
    drop(conn);
    let (ledger, clock, staff) = (site.ledger.clone(), site.clock.clone(), staff.clone());
    let kept = site
        .db
        .write(move |tx| Box::pin(async move { write::write(tx, &ledger, &clock, &staff, new).await }))
        .await
        .map_err(|error: DbError| error)?;
    if kept.response == sent { Ok(see_other(&target)) } else { Err(Problem::conflict(target)) }
}

fn recalled(
    visitor: &Visitor,
    card: &Waiting,
    revision: &str,
    question: &RecallCard<'_>,
    response: &Response,
) -> Result<Recalled, Problem> {
    let Response::Choice(choice) = response else { return Err(Problem::unreadable()) };
    let judged = question.judge(choice).map_err(|_| Problem::unreadable())?;
    Ok(Recalled {
        attempt_id: card.attempt.id.clone(),
        number: card.number,
        module_id: card.attempt.module_id.clone(),
        revision: revision.to_owned(),
        family: card.family.clone(),
        variant: question.variant.id.clone(),
        response: serde_json::to_string(response).map_err(Problem::broken)?,
        grade: i64::from(judged.points),
        lang: visitor.shown_in().tag().to_owned(),
        answered_at: card.attempt.started_at,
    })
}

/// A double click, a lost reply, or another answer to a card that is answered.
async fn repeated(
    site: &Site,
    conn: &mut Conn,
    finished: &[(Period, Attempt)],
    earlier: &Recalled,
    form: &Form,
) -> Answer {
    let attempt =
        finished.iter().map(|(_, attempt)| attempt).find(|attempt| attempt.id == earlier.attempt_id);
    let attempt = attempt.ok_or(Problem::not_found())?;
    let module = site.content.pinned(conn, &earlier.revision).await?.ok_or(Problem::not_found())?;
    let question = asked_then(&module, attempt, earlier).ok_or(Problem::not_found())?;
    let target = base(attempt, earlier.number);
    let sent = ask::response(&Place::Question(question.question()), form).ok();
    let kept = serde_json::from_str::<Response>(&earlier.response).ok();
    if sent.is_none() || sent == kept { Ok(see_other(&target)) } else { Err(Problem::conflict(target)) }
}

/// The question of a card as it was asked.
fn asked_then<'m>(module: &'m Module, attempt: &Attempt, answer: &Recalled) -> Option<RecallCard<'m>> {
    let test: &Test = match &module.content {
        Content::Test(test) => test,
        Content::Lesson(_) => return None,
    };
    RecallCard::of(test, &answer.family, &answer.variant, seed(attempt.seed))
}

/// Puts a card off: it comes back in a week, twice; after that, or if it is left alone for half a year, it is gone.
pub async fn put_off(
    State(site): State<Site>,
    Learner(signed): Learner,
    Path((attempt, number)): CardPath,
) -> Answer {
    let mut conn = site.db.read().await?;
    let finished = own(&mut conn, &signed.staff, &attempt).await?;
    let waiting = deck::waiting(&site, &mut conn, &signed.staff, finished).await?;
    drop(conn);
    let is_meant = |card: &&Waiting| card.attempt.id.as_str() == attempt && card.number == number;
    // Pressed twice: it does not wait any more.
    let Some(card) = waiting.iter().find(is_meant) else { return Ok(see_other(paths::HOME)) };
    let put_off_on = site.calendar().date(site.now());
    let (new, staff) =
        (PutOff { attempt_id: card.attempt.id.clone(), number, put_off_on }, signed.staff.clone());
    site.db
        .write(move |tx| Box::pin(async move { store::note_put_off(tx, &staff, &new).await }))
        .await
        .map_err(|error: DbError| error)?;
    Ok(see_other(paths::HOME))
}

/// The explanation of an answered card; one that is not answered leads to what waits.
pub async fn answered(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((attempt, number)): CardPath,
) -> Answer {
    let mut conn = site.db.read().await?;
    let finished = own(&mut conn, &signed.staff, &attempt).await?;
    let Some(answer) = answer_of(&mut conn, &signed.staff, &attempt, number).await? else {
        return Ok(see_other(paths::RECALL));
    };
    let after = finished.iter().map(|(_, one)| one).find(|one| one.id == answer.attempt_id);
    let after = after.ok_or(Problem::not_found())?.clone();
    let module = site.content.pinned(&mut conn, &answer.revision).await?.ok_or(Problem::not_found())?;
    let learned = site.content.pinned(&mut conn, &after.revision).await?.ok_or(Problem::not_found())?;
    let question = asked_then(&module, &after, &answer).ok_or(Problem::not_found())?;
    let policy = Pinned::of(&site, &mut conn, &after).await?;
    let words = Translator::new(&site, &visitor).under(&policy);
    let more = !deck::waiting(&site, &mut conn, &signed.staff, finished).await?.is_empty();
    let learned =
        shown::Shown { module: &learned, revision: &after.revision, base: paths::RECALL.to_owned() };
    let view = explain(words, &module, &learned, &question, &answer, more).ok_or(Problem::not_found())?;
    Ok(page(&site, &visitor, view))
}

fn explain(
    words: Translator<'_>,
    pool: &Module,
    learned: &shown::Shown<'_>,
    question: &RecallCard<'_>,
    answer: &Recalled,
    more: bool,
) -> Option<RecallWhy> {
    let Ok(Response::Choice(id)) = serde_json::from_str::<Response>(&answer.response) else { return None };
    let chosen = question.choices.iter().copied().find(|choice| choice.id == id)?;
    let best = question.choices.iter().copied().find(|choice| choice.grade == Grade::Best);
    let best = best.filter(|best| best.id != chosen.id);
    let rest = question.choices.iter().filter(|choice| choice.id != chosen.id);
    let rest = rest.filter(|choice| best.is_none_or(|best| best.id != choice.id));
    Some(RecallWhy {
        module: words.words(&learned.module.title),
        setting: question.variant.scene.as_ref().map(|scene| words.words(scene)),
        ask: words.words(&question.variant.ask),
        verdict: verdict(chosen.grade),
        chosen: words.words(&chosen.text),
        why: words.words(&chosen.why),
        clause: words.clause(&chosen.cite),
        basis: basis(chosen.basis),
        best: best.map(|best| other(words, best)),
        others: rest.map(|choice| other(words, choice)).collect(),
        doubt: (chosen.grade < Grade::Ok).then(|| doubt(words, learned)).flatten(),
        care: care(words, pool),
        more,
    })
}

/// The neutral page somebody leaves to.
pub async fn pause(State(site): State<Site>, visitor: Visitor, _: Learner) -> Answer {
    let help = Translator::new(&site, &visitor).help();
    Ok(page(&site, &visitor, Pause { back: paths::RECALL.to_owned(), help, swap: None }))
}

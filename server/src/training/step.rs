//! One step of a module: asked, answered, looked at again. One URL each.

use axum::extract::{Path, State};
use axum::response::Response as HttpResponse;
use http::StatusCode;
use kokoroe_app::training::{AnswerError, DebriefPage, StepHead, StepPage, TestResultPage};
use kokoroe_courses::{Place, Refusal, Response, Task, Visit, Walk};

use super::ask::{self, Given};
use super::record::{self, Written};
use super::shown::Shown;
use super::translate::Translator;
use super::walk::{Standing, own_period};
use super::{debrief, feed, store};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Learner, Problem, Signed, Visitor, page_with_status, see_other};
use crate::requirements::store::modules;
use crate::state::Site;

/// The part of an address that names a step.
pub type StepPath = Path<(String, String, u32)>;

/// Loads the attempt that an address names, if it belongs to the person and has begun.
///
/// # Errors
/// Not found otherwise.
pub async fn standing(site: &Site, signed: &Signed, period: &str, module: &str) -> Result<Standing, Problem> {
    load(site, &mut site.db.read().await?, signed, period, module).await
}

async fn load(
    site: &Site,
    conn: &mut Conn,
    signed: &Signed,
    period: &str,
    module: &str,
) -> Result<Standing, Problem> {
    let period = own_period(conn, period, &signed.staff).await?;
    Standing::load(site, conn, period, module).await?.ok_or(Problem::not_found())
}

/// The same, if the module is still asked. Where another one was taken in its place, nothing of it is shown or taken any more.
async fn asked(
    site: &Site,
    conn: &mut Conn,
    signed: &Signed,
    period: &str,
    module: &str,
) -> Result<Standing, Problem> {
    let standing = load(site, conn, signed, period, module).await?;
    let modules = modules(conn, &standing.period.id).await?;
    if modules.contains(&standing.attempt.module_id) {
        Ok(standing)
    } else {
        Err(Problem::conflict(kokoroe_app::paths::HOME.to_owned()))
    }
}

/// A step: the question if it is the one that is open, the answered page if it lies behind. What lies ahead leads to what is open.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, module, turn)): StepPath,
) -> Answer {
    let mut conn = site.db.read().await?;
    let standing = asked(&site, &mut conn, &signed, &period, &module).await?;
    let draft = store::draft(&mut conn, &standing.attempt.id, i64::from(turn)).await?;
    drop(conn);
    let kept = draft.map(|draft| ("draft".to_owned(), draft)).into_iter().collect();
    show_with(&site, &visitor, &standing, turn, kept, None)
}

fn show_with(
    site: &Site,
    visitor: &Visitor,
    standing: &Standing,
    turn: u32,
    sent: Form,
    error: Option<AnswerError>,
) -> Answer {
    let words = Translator::new(site, visitor).under(&standing.policy).told_to(standing.roles());
    let walk = standing.walk()?;
    let before = standing.walk_before(turn.min(walk.turn()).saturating_sub(1) as usize)?;
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(match view(words, &standing.shown(), &walk, &before, turn, sent, error) {
        StepView::Step(view) => page_with_status(site, visitor, status, view),
        StepView::Debrief(view) => page_with_status(site, visitor, status, view),
        StepView::TestResult(view) => page_with_status(site, visitor, status, view),
        StepView::Elsewhere(address) => see_other(&address),
    })
}

/// What stands at the address of a step.
pub enum StepView {
    /// A question or a page to read, open or answered.
    Step(StepPage),
    /// The look back at a story.
    Debrief(DebriefPage),
    /// The result of a round of the test.
    TestResult(TestResultPage),
    /// Nothing: the way goes on at this address.
    Elsewhere(String),
}

/// The page of a step; `before` is the walk in front of it.
#[must_use]
pub fn view(
    words: Translator<'_>,
    shown: &Shown<'_>,
    walk: &Walk<'_>,
    before: &Walk<'_>,
    turn: u32,
    sent: Form,
    error: Option<AnswerError>,
) -> StepView {
    let open = walk.turn();
    if turn == 0 || turn > open {
        return StepView::Elsewhere(shown.step(open));
    }
    if turn == open && walk.is_finished() {
        return StepView::Elsewhere(format!("{}/done", shown.base));
    }
    let answered = turn.checked_sub(1).and_then(|index| walk.visits().get(index as usize));
    if answered.is_some_and(|visit| passes(&visit.response)) {
        return StepView::Elsewhere(shown.step(turn + 1));
    }
    let head = head(words, shown, before);
    let place = before.place();
    let given = match answered {
        Some(visit) => Given::answered(&place, &visit.response),
        None => Given::sent(sent),
    };
    let on = answered.map(|_| way_on(shown, &place, turn, walk.is_finished() && turn + 1 == open));
    match place {
        Place::Debrief(place) => {
            StepView::Debrief(debrief::view(words, shown, head, shown.step(turn), &place, on))
        }
        Place::TestResult(result) => {
            StepView::TestResult(debrief::test_result(words, shown, head, before, &result, on))
        }
        place => match ask::asked(words, shown, before, &place, &given) {
            Some((scene, asked)) => StepView::Step(StepPage {
                head,
                clock: ask::clock(&place),
                log: ask::log(words, before, &place),
                scene,
                asked,
                action: shown.step(turn),
                answered: on,
                error,
            }),
            None => StepView::Elsewhere(format!("{}/done", shown.base)),
        },
    }
}

/// What stands above a step.
#[must_use]
pub fn head(words: Translator<'_>, shown: &Shown<'_>, before: &Walk<'_>) -> StepHead {
    let (number, of) = before.progress();
    let has_page =
        |visit: &&Visit<'_>| !passes(&visit.response) && !matches!(visit.place, Place::Diagnosis(_));
    let earlier = before.visits().iter().rev().find(has_page);
    StepHead {
        module: words.words(&shown.module.title),
        number,
        of,
        back: earlier.map_or_else(|| shown.base.clone(), |visit| shown.step(visit.turn)),
        care: super::module::care(words, shown.module, &shown.base),
    }
}

/// A step that has no page of its own once it lies behind: going back and looking closely answer nothing.
pub(super) const fn passes(response: &Response) -> bool {
    matches!(response, Response::Again | Response::Look(_))
}

/// Where somebody goes after a response: after a look to what was seen, on the same question.
#[must_use]
pub fn after(shown: &Shown<'_>, place: &Place<'_>, turn: u32, finished: bool, response: &Response) -> String {
    match response {
        Response::Look(id) => format!("{}{}", shown.step(turn + 1), feed::fragment(place, id)),
        _ => way_on(shown, place, turn, finished),
    }
}

/// Where somebody goes after answering: to the explanation, or straight on where there is nothing to explain.
fn way_on(shown: &Shown<'_>, place: &Place<'_>, turn: u32, finished: bool) -> String {
    if is_explained(place) {
        format!("{}/why", shown.step(turn))
    } else if turn > 1
        && matches!(place, Place::Item(item) if matches!(item.item.task, Task::Confidence { .. }))
    {
        // The explanation of the question before has waited for this.
        format!("{}/why", shown.step(turn - 1))
    } else if finished {
        format!("{}/done", shown.base)
    } else {
        shown.step(turn + 1)
    }
}

/// Whether an answer has an explanation. A page to read asks nothing; a sentence for oneself and a checklist are not judged.
#[must_use]
pub fn is_explained(place: &Place<'_>) -> bool {
    match place {
        Place::Item(item) => {
            !matches!(item.item.task, Task::Confidence { .. } | Task::Reflect { .. } | Task::Checklist(_))
        }
        Place::Node(_) | Place::Question(_) => true,
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => false,
    }
}

/// Saves an answer, exactly once. The same answer again is the same request: a double click, a lost reply. Another answer to a step
/// that is answered changes nothing and leads to what is open.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, module, turn)): StepPath,
    form: Form,
) -> Answer {
    let standing = asked(&site, &mut site.db.read().await?, &signed, &period, &module).await?;
    let walk = standing.walk()?;
    let open = walk.turn();
    if turn == 0 || turn > open || (turn == open && walk.is_finished()) {
        return Err(Problem::conflict(standing.step(open)));
    }
    let before = standing.walk_before((turn - 1) as usize)?;
    let place = before.place();
    // Only looking at what the form would come to, which answers nothing.
    if turn == open && form.ticked("preview") {
        return show_with(&site, &visitor, &standing, turn, form, None);
    }
    // Looking answers nothing: whoever goes back to a page from before a look answers the question that is still open.
    let later = walk.visits().iter().skip((turn - 1) as usize);
    let looks: Vec<&Response> = later
        .map(|visit| &visit.response)
        .take_while(|response| matches!(response, Response::Look(_)))
        .collect();
    let turn = turn + u32::try_from(looks.len()).unwrap_or(0);
    let response = match ask::response(&place, &form) {
        Ok(response) => response,
        Err(error) => return show_with(&site, &visitor, &standing, turn, form, Some(error)),
    };
    if let Response::Look(id) = &response
        && looks.contains(&&response)
    {
        return Ok(see_other(&format!("{}{}", standing.step(turn), feed::fragment(&place, id))));
    }
    if let Some(earlier) = walk.visits().get((turn - 1) as usize) {
        return repeated(&standing, &walk, &place, turn, &earlier.response, &response);
    }
    save(&site, &visitor, &standing, turn, &place, response).await
}

fn repeated(
    standing: &Standing,
    walk: &Walk<'_>,
    place: &Place<'_>,
    turn: u32,
    earlier: &Response,
    response: &Response,
) -> Answer {
    if earlier == response {
        let last = walk.is_finished() && turn + 1 == walk.turn();
        Ok(see_other(&after(&standing.shown(), place, turn, last, response)))
    } else {
        Err(Problem::conflict(standing.step(turn)))
    }
}

async fn save(
    site: &Site,
    visitor: &Visitor,
    standing: &Standing,
    turn: u32,
    place: &Place<'_>,
    response: Response,
) -> Answer {
    let sent = response.clone();
    let judgement = match standing.judge(response, visitor.shown_in().tag(), &site.clock)? {
        Ok(judgement) => judgement,
        Err(refusal) => return Err(refused(standing, turn, &refusal)),
    };
    let target = after(&standing.shown(), place, turn, judgement.is_last(), &sent);
    let inner = site.clone();
    let written = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                record::write(tx, &inner.ledger, &inner.clock, &inner.content, judgement).await
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    match written {
        Written::Saved => return Ok(see_other(&target)),
        Written::LaidAside => return Err(Problem::conflict(kokoroe_app::paths::HOME.to_owned())),
        Written::TakenAlready => {}
    }
    // Another request was faster. If it brought the same answer, both have succeeded.
    let mut conn = site.db.read().await?;
    let answers = store::answers(&mut conn, &standing.attempt.id).await?;
    let earlier = answers
        .get((turn - 1) as usize)
        .and_then(|answer| serde_json::from_str::<Response>(&answer.response).ok());
    if earlier == Some(sent) { Ok(see_other(&target)) } else { Err(Problem::conflict(standing.step(turn))) }
}

fn refused(standing: &Standing, turn: u32, refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::NothingToRepeat | Refusal::Finished => Problem::conflict(standing.step(turn)),
        _ => Problem::unreadable(),
    }
}

/// Goes back to before the answer that was just given: retrying is free.
pub async fn again(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, module, turn)): StepPath,
) -> Answer {
    let standing = asked(&site, &mut site.db.read().await?, &signed, &period, &module).await?;
    let walk = standing.walk()?;
    let open = walk.turn();
    // Pressed twice: the first press has already led back.
    let pressed_before =
        walk.visits().get(turn as usize).is_some_and(|visit| visit.response == Response::Again);
    if pressed_before {
        return Ok(see_other(&standing.step(turn + 2)));
    }
    if turn + 1 != open || walk.is_finished() {
        return Err(Problem::conflict(standing.step(open)));
    }
    let place = walk.place();
    let saved = save(&site, &visitor, &standing, open, &place, Response::Again).await?;
    drop::<HttpResponse>(saved);
    Ok(see_other(&standing.step(open + 1)))
}

/// Keeps the words of a draft without answering. Says when.
pub async fn keep_draft(
    State(site): State<Site>,
    Learner(signed): Learner,
    Path((period, module, turn)): StepPath,
    form: Form,
) -> Answer {
    use axum::response::IntoResponse as _;
    let standing = asked(&site, &mut site.db.read().await?, &signed, &period, &module).await?;
    let walk = standing.walk()?;
    let max = match walk.place() {
        Place::Item(item) if turn == walk.turn() => match &item.item.task {
            Task::Draft(draft) => draft.max,
            Task::Reflect { max } => *max,
            _ => return Err(Problem::conflict(standing.step(turn))),
        },
        _ => return Err(Problem::conflict(standing.step(walk.turn()))),
    };
    let body = form.get("draft").unwrap_or_default().to_owned();
    // Longer than allowed is kept too, up to a point: the form says what is too long. Beyond it, nothing is said to be kept.
    if body.chars().count() > usize::from(max) * 4 {
        return Err(Problem::too_large());
    }
    let (attempt, now) = (standing.attempt.id.clone(), site.now());
    site.db
        .write(move |tx| {
            Box::pin(async move { store::keep_draft(tx, &attempt, i64::from(turn), &body, now).await })
        })
        .await
        .map_err(|error: DbError| error)?;
    let at = super::translate::moment(now, site.calendar());
    Ok(format!("{}:{:02}", at.hour, at.minute).into_response())
}

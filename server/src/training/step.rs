//! One step of a module: asked, answered, looked at again. One URL each.

use axum::extract::{Path, State};
use axum::response::Response as HttpResponse;
use http::StatusCode;
use kokoroe_app::training::{AnswerError, StepHead, StepPage};
use kokoroe_courses::{Place, Refusal, Response, Walk};

use super::ask::{self, Given, Sent};
use super::record::{self, Written};
use super::translate::Translator;
use super::walk::{Standing, own_period};
use super::{debrief, store};
use crate::db::DbError;
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
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, period, &signed.staff).await?;
    Standing::load(site, &mut conn, period, module).await?.ok_or(Problem::not_found())
}

/// The same, if the module is still asked. Where another one was taken in its place, nothing of it is shown or taken any more.
async fn asked(site: &Site, signed: &Signed, period: &str, module: &str) -> Result<Standing, Problem> {
    let standing = standing(site, signed, period, module).await?;
    let mut conn = site.db.read().await?;
    let modules = modules(&mut conn, &standing.period.id).await?;
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
    let standing = asked(&site, &signed, &period, &module).await?;
    let draft = {
        let mut conn = site.db.read().await?;
        store::draft(&mut conn, &standing.attempt.id, i64::from(turn)).await?
    };
    show_with(&site, &visitor, &standing, turn, Sent { draft, ..Sent::default() }, None)
}

fn show_with(
    site: &Site,
    visitor: &Visitor,
    standing: &Standing,
    turn: u32,
    sent: Sent,
    error: Option<AnswerError>,
) -> Answer {
    let words = Translator::new(site, visitor).under(&standing.policy);
    let walk = standing.walk()?;
    let open = walk.turn();
    if turn == 0 || turn > open {
        return Ok(see_other(&standing.step(open)));
    }
    if turn == open && walk.is_finished() {
        return Ok(see_other(&format!("{}/done", standing.base())));
    }
    let answered = turn.checked_sub(1).and_then(|index| walk.visits().get(index as usize));
    if answered.is_some_and(|visit| visit.response == Response::Again) {
        return Ok(see_other(&standing.step(turn + 1)));
    }
    let before = standing.walk_before((turn - 1) as usize)?;
    let head = head(words, standing, &before);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let given = Given { response: answered.map(|visit| &visit.response), sent };
    let on =
        answered.map(|_| way_on(standing, &before.place(), turn, walk.is_finished() && turn + 1 == open));
    match before.place() {
        Place::Debrief(place) => {
            let view = debrief::view(words, standing, head, standing.step(turn), &place, on);
            Ok(page_with_status(site, visitor, status, view))
        }
        Place::TestResult(result) => {
            let view = debrief::test_result(words, standing, head, &before, &result, on);
            Ok(page_with_status(site, visitor, status, view))
        }
        place => {
            let Some((scene, asked)) = ask::asked(words, standing, turn, &place, &given) else {
                return Ok(see_other(&format!("{}/done", standing.base())));
            };
            let view = StepPage {
                head,
                clock: ask::clock(&place),
                log: ask::log(words, &before, &place),
                scene,
                asked,
                action: standing.step(turn),
                answered: on,
                error,
            };
            Ok(page_with_status(site, visitor, status, view))
        }
    }
}

/// What stands above a step.
#[must_use]
pub fn head(words: Translator<'_>, standing: &Standing, before: &Walk<'_>) -> StepHead {
    let (number, of) = before.progress();
    let base = standing.base();
    let turn = before.turn();
    StepHead {
        module: words.words(&standing.module.title),
        number,
        of,
        back: if turn > 1 { standing.step(turn - 1) } else { base.clone() },
        care: super::module::care(words, &standing.module, &base),
    }
}

/// Where somebody goes after answering: to the explanation, or straight on where there is nothing to explain.
fn way_on(standing: &Standing, place: &Place<'_>, turn: u32, finished: bool) -> String {
    match place {
        Place::Item(_) | Place::Node(_) | Place::Question(_) => format!("{}/why", standing.step(turn)),
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End if finished => {
            format!("{}/done", standing.base())
        }
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => standing.step(turn + 1),
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
    let standing = asked(&site, &signed, &period, &module).await?;
    let walk = standing.walk()?;
    let open = walk.turn();
    if turn == 0 || turn > open || (turn == open && walk.is_finished()) {
        return Err(Problem::conflict(standing.step(open)));
    }
    let before = standing.walk_before((turn - 1) as usize)?;
    let place = before.place();
    let response = match ask::response(&place, &form) {
        Ok(response) => response,
        Err(error) => {
            return show_with(&site, &visitor, &standing, turn, Sent::of(&form), Some(error));
        }
    };
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
        Ok(see_other(&way_on(standing, place, turn, last)))
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
    let judgement = match standing.judge(response, visitor.lang.tag(), &site.clock)? {
        Ok(judgement) => judgement,
        Err(refusal) => return Err(refused(standing, turn, &refusal)),
    };
    let target = way_on(standing, place, turn, judgement.is_last());
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
        Written::LaidAside => return Ok(see_other(kokoroe_app::paths::HOME)),
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
    let standing = asked(&site, &signed, &period, &module).await?;
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
    let standing = asked(&site, &signed, &period, &module).await?;
    let walk = standing.walk()?;
    let max = match walk.place() {
        Place::Item(item) if turn == walk.turn() => match &item.item.task {
            kokoroe_courses::Task::Draft(draft) => draft.max,
            _ => return Err(Problem::conflict(standing.step(turn))),
        },
        _ => return Err(Problem::conflict(standing.step(walk.turn()))),
    };
    // Longer than allowed is kept too, up to a point: the form says what is too long.
    let body: String = form.get("draft").unwrap_or_default().chars().take(usize::from(max) * 4).collect();
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

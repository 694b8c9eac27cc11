//! 「この説明に納得できない」: what somebody says to an explanation, and how it reaches the training office.
//!
//! Words are asked for: a tick alone would tell the office that something is wrong and not what. Without the person's wish no name goes
//! along; that somebody has said something already is known by a mark that only this server can make. The answer that was explained goes
//! along, but never words of one's own that were written into it.

use axum::extract::{Path, State};
use http::StatusCode;
use kokoroe_app::training::{ObjectionBox, ObjectionError};
use kokoroe_courses::{Response, Visit};
use serde_json::json;

use super::step::{StepPath, standing};
use super::store::{self, NewObjection, Wanted};
use super::walk::Standing;
use super::why;
use crate::account::Keys;
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Learner, Problem, Signed, Visitor, page_with_status, see_other};
use crate::id::{ObjectionId, StaffId};
use crate::state::Site;

/// The list of the training office.
pub const OBJECTIONS: &str = "/office/objections";
/// The longest text, in characters.
pub const LONGEST: usize = 400;

/// The mark of a person and a question.
pub(super) fn mark(keys: &Keys, staff: &StaffId, module: &str, place: &str) -> String {
    keys.mark(staff, &format!("objection {module} {place}"))
}

/// The box on the page of an explanation. `sent` are the fields that came back with an error.
///
/// # Errors
/// When the database fails.
pub async fn on_page(
    site: &Site,
    signed: &Signed,
    standing: &Standing,
    visit: &Visit<'_>,
    sent: Option<(String, bool, ObjectionError)>,
) -> Result<Option<ObjectionBox>, DbError> {
    let Some(place) = visit.place.question().filter(|_| why::is_explained(visit)) else { return Ok(None) };
    let mark = mark(&site.keys, &signed.staff, &standing.attempt.module_id, &place);
    let waiting = store::is_open(&mut site.db.read().await?, &mark).await?;
    let (words, named, error) = match sent {
        Some((words, named, error)) => (words, named, Some(error)),
        None => (String::new(), false, None),
    };
    Ok(Some(ObjectionBox { action: why::address(standing, visit.turn), waiting, words, named, error }))
}

/// Takes what somebody says. Sent twice, it is taken once; while one waits for an answer, a second one to the same question is not taken.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, module, turn)): StepPath,
    form: Form,
) -> Answer {
    let standing = standing(&site, &signed, &period, &module).await?;
    let walk = standing.walk()?;
    let visit = turn.checked_sub(1).and_then(|index| walk.visits().get(index as usize));
    let visit = visit.filter(|visit| why::is_explained(visit)).ok_or(Problem::not_found())?;
    let place = visit.place.question().ok_or(Problem::not_found())?;
    // Browsers send line ends as two characters; they count as one.
    let words = form.text("objection").replace("\r\n", "\n");
    let named = form.ticked("named");
    let error = match words.chars().count() {
        0 => Some(ObjectionError::Empty),
        found if found > LONGEST => Some(ObjectionError::TooLong { found }),
        _ => None,
    };
    if let Some(error) = error {
        let objection = on_page(&site, &signed, &standing, visit, Some((words, named, error))).await?;
        let view =
            why::view(&site, &visitor, &standing, &walk, visit, objection)?.ok_or(Problem::not_found())?;
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    let new = NewObjection {
        module_id: standing.attempt.module_id.clone(),
        revision: standing.attempt.revision.clone(),
        response: told(&visit.response)?,
        lang: visitor.lang.tag(),
        words,
        staff_id: named.then(|| signed.staff.clone()),
        mark: mark(&site.keys, &signed.staff, &standing.attempt.module_id, &place),
        place,
    };
    let inner = site.clone();
    site.db.write(move |tx| Box::pin(async move { add(&inner, tx, &new).await })).await?;
    Ok(see_other(&format!("{}#objection-box", why::address(&standing, turn))))
}

async fn add(site: &Site, tx: &mut crate::db::Tx, new: &NewObjection) -> Result<(), DbError> {
    let at = hold(tx, &site.ledger, &site.clock).await?;
    if store::is_open(tx, &new.mark).await? {
        return Ok(());
    }
    let id = ObjectionId::timeless();
    // The leaf of an unnamed one has a name of its own: its place in the log tells when, and the office knows the other.
    let logged = if new.staff_id.is_some() { id.clone() } else { ObjectionId::timeless() };
    let entry = Entry {
        kind: Kind::OBJECTION_MADE,
        at,
        actor: new.staff_id.as_ref().map_or("unnamed", StaffId::as_str),
        obj: logged.as_str(),
        req: None,
        // Neither words nor question: an answer to the same question stands a minute before in the same log, with its person.
        d: json!({ "characters": new.words.chars().count(), "named": new.staff_id.is_some() }),
    };
    let leaf = append(tx, &site.ledger, entry).await?;
    store::add_objection(tx, &id, new, at, leaf).await
}

/// The answer as the training office sees it.
fn told(response: &Response) -> Result<String, DbError> {
    let told = match response {
        Response::Draft(_) => Response::Draft(String::new()),
        other => other.clone(),
    };
    serde_json::to_string(&told).map_err(|error| DbError::Inconsistent(error.to_string()))
}

/// How many objections to a question, or to any wording of it, there are, answered or not.
///
/// # Errors
/// When the database fails.
pub async fn count_of(conn: &mut Conn, module: &str, place: &str) -> Result<i64, DbError> {
    let wanted = Wanted { state: "all".into(), module: module.to_owned(), place: place.to_owned() };
    store::count_objections(conn, &wanted).await
}

/// How many objections wait for the training office.
///
/// # Errors
/// When the database fails.
pub async fn open(conn: &mut Conn) -> Result<i64, DbError> {
    store::count_objections(conn, &Wanted { state: "open".into(), ..Wanted::default() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_ones_own_stay_with_whoever_wrote_them() {
        let told_of = |response| told(&response).expect("JSON");
        assert_eq!(told_of(Response::Draft("ひみつ".into())), "{\"draft\":\"\"}");
        assert_eq!(told_of(Response::Choice("call".into())), "{\"choice\":\"call\"}");
    }
}

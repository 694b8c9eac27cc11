//! A shared PC that was left alone: the same person comes back with the password, or the next one signs in.

use axum::extract::{Query, State};
use kokoroe_app::account::{Locked, LockedError};
use kokoroe_app::paths;
use serde::Deserialize;

use super::session;
use super::{Confirmed, confirm};
use crate::db::DbError;
use crate::http::{
    Answer, Form, Learner, Visitor, local_path, page, page_with_status, see_other, url_encode,
};
use crate::state::Site;

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct Asked {
    return_to: Option<String>,
    unsent: Option<String>,
}

/// The locked screen. Where nothing is locked, there is nothing to unlock.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    learner: Learner,
    Query(asked): Query<Asked>,
) -> Answer {
    let return_to = asked.return_to.as_deref();
    if !learner.0.locked {
        return Ok(see_other(local_path(return_to)));
    }
    Ok(page(&site, &visitor, screen(&learner, &visitor, return_to, asked.unsent.is_some(), None)))
}

/// Unlocks.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    learner: Option<Learner>,
    form: Form,
) -> Answer {
    let return_to = form.get("return_to");
    let Some(learner) = learner else {
        // The session ended before its screen could be locked. Nothing was sent that could be lost.
        let back = url_encode(local_path(return_to));
        return Ok(see_other(&format!("{}?return_to={back}&notice=expired", paths::SIGN_IN)));
    };
    let Some(password) = form.get("password") else {
        // The screen was left alone: it locks itself.
        let (id, now) = (learner.0.session.clone(), site.now());
        let locked: Result<(), DbError> =
            site.db.write(move |tx| Box::pin(async move { session::lock(tx, &id, now).await })).await;
        locked?;
        return Ok(see_other(&format!("/locked?return_to={}", url_encode(local_path(return_to)))));
    };
    let error = match confirm(&site, &learner.0, password).await? {
        Confirmed::Yes => {
            let (id, now) = (learner.0.session.clone(), site.now());
            site.db
                .write(move |tx| Box::pin(async move { session::reauthenticated(tx, &id, now).await }))
                .await?;
            return Ok(see_other(local_path(return_to)));
        }
        Confirmed::Empty => LockedError::NoPassword,
        Confirmed::No => LockedError::Wrong,
        Confirmed::Wait(seconds) => LockedError::Throttled(seconds),
    };
    let again = screen(&learner, &visitor, return_to, form.ticked("unsent"), Some(error));
    Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, again))
}

fn screen(
    learner: &Learner,
    visitor: &Visitor,
    return_to: Option<&str>,
    unsent: bool,
    error: Option<LockedError>,
) -> Locked {
    Locked {
        name: learner.0.name(visitor.lang),
        action: "/locked".to_owned(),
        return_to: return_to.map(|path| local_path(Some(path)).to_owned()),
        unsent,
        error,
    }
}

//! A shared PC that was left alone: the same person comes back with the password, or the next one signs in.

use axum::extract::{Query, State};
use kokoroe_app::account::{Locked, LockedError};
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
}

/// The locked screen.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    learner: Learner,
    Query(asked): Query<Asked>,
) -> Answer {
    Ok(page(&site, &visitor, screen(&learner, &visitor, asked.return_to.as_deref(), None)))
}

/// Unlocks.
pub async fn submit(State(site): State<Site>, visitor: Visitor, learner: Learner, form: Form) -> Answer {
    let return_to = form.get("return_to");
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
    let again = screen(&learner, &visitor, return_to, Some(error));
    Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, again))
}

fn screen(
    learner: &Learner,
    visitor: &Visitor,
    return_to: Option<&str>,
    error: Option<LockedError>,
) -> Locked {
    Locked {
        name: learner.0.name(visitor.lang),
        action: "/locked".to_owned(),
        return_to: return_to.map(|path| local_path(Some(path)).to_owned()),
        error,
    }
}

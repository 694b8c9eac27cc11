//! Somebody is reading on a shared PC: keys and touches count as much as requests, so the screen does not lock under their hands.

use axum::extract::State;
use axum::response::IntoResponse as _;
use http::StatusCode;

use super::session;
use crate::http::{Answer, Learner};
use crate::state::Site;

/// Notes a sign of life. A screen that is locked already stays so: only its password opens it.
pub async fn submit(State(site): State<Site>, Learner(signed): Learner) -> Answer {
    let (id, now) = (signed.session.clone(), site.now());
    site.db.write(move |tx| Box::pin(async move { session::seen(tx, &id, now).await })).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

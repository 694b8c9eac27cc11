//! Signing out.

use axum::Extension;
use axum::extract::{Query, State};
use kokoroe_app::account::SignedOut;
use serde::Deserialize;

use super::caller::Caller;
use super::{log, session};
use crate::http::{Answer, Form, Visitor, page, see_other};
use crate::state::Site;

/// Ends the session at once, here and on the server.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Extension(caller): Extension<Caller>,
    form: Form,
) -> Answer {
    let mut shared = false;
    if let Some(signed) = &visitor.signed {
        shared = signed.shared;
        let (id, now) = (signed.session.clone(), site.now());
        site.db.write(move |tx| Box::pin(async move { session::end(tx, &id, now).await })).await?;
        log::signed_out(&signed.staff, caller);
    }
    let target = match (form.text("next"), shared) {
        ("person", _) => "/sign-in",
        (_, true) => "/signed-out?shared=1",
        (_, false) => "/signed-out",
    };
    let mut response = see_other(target);
    session::take_back(&site, response.headers_mut());
    Ok(response)
}

/// Whether it was a shared PC.
#[derive(Debug, Deserialize)]
pub struct Asked {
    shared: Option<String>,
}

/// The page afterwards.
pub async fn show(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&site, &visitor, SignedOut { shared_pc: asked.shared.is_some() }))
}

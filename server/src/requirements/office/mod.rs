//! The pages on which the training office decides who owes what, and on which exceptions are asked for and decided.

pub mod ask;
mod close;
mod decide;
mod detail;
mod dry_run;
mod exceptions;
mod form;
mod list;
mod words;

pub(crate) use close::close_in;
pub(crate) use words::{audience, cycle, days, person_name};

use axum::routing::{get, post};
use kokoroe_app::paths;

use crate::http::Addresses;

/// The page of a requirement.
fn requirement_path(id: &crate::id::RequirementId) -> String {
    format!("{}/{id}", paths::REQUIREMENTS)
}

/// The form of a draft.
fn draft_path(id: &crate::id::DraftId) -> String {
    format!("{}/drafts/{id}", paths::REQUIREMENTS)
}

/// The addresses of these pages.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(paths::REQUIREMENTS, get(list::show))
        .route("/office/requirements/new", get(form::new).post(form::submit_new))
        .route("/office/requirements/drafts/{draft}", get(form::show).post(form::submit))
        .route("/office/requirements/drafts/{draft}/dry-run", get(dry_run::show).post(dry_run::submit))
        .route("/office/requirements/drafts/{draft}/discard", post(dry_run::discard))
        .route("/office/requirements/{requirement}", get(detail::show))
        .route("/office/requirements/{requirement}/change", post(form::change))
        .route("/office/requirements/{requirement}/close", get(close::show).post(close::submit))
        .route("/office/exceptions", get(exceptions::show))
        .route("/office/exceptions/{exception}", get(decide::show).post(decide::submit))
        .route("/exceptions/{period}", get(ask::show).post(ask::submit))
}

//! What the answers teach the hospital: which question misleads, which clause is not understood, and where. For the training office
//! alone. Everything here is counted by question and by group; no page, file or statement knows who answered.

mod asked;
mod clauses;
mod entries;
mod figures;
mod groups;
mod hide;
mod kept;
mod list;
mod one;
mod question;

use axum::routing::{get, post};

pub(crate) use asked::question_address;
pub use kept::Counts;
pub(super) use list::every_question;

use crate::http::Addresses;
pub(crate) use crate::training::objection::OBJECTIONS;

/// The list of questions; one question lies below it.
pub(crate) const QUESTIONS: &str = "/office/questions";
/// The table of clauses and departments.
pub(super) const CLAUSES: &str = "/office/clauses";

/// The addresses of these pages.
pub(super) fn routes() -> Addresses {
    Addresses::new()
        .route(QUESTIONS, get(list::show))
        .route("/office/questions/export", post(list::export))
        .route("/office/questions/{module}/{*place}", get(one::show))
        .route(CLAUSES, get(clauses::show))
        .route("/office/clauses/export", post(clauses::export))
}

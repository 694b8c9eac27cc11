//! The pages on which the training office writes the policy's next version, has it read by others and publishes it.

mod draft;
mod list;
mod part;
mod publish;
mod words;

pub use words::change as change_view;

use axum::routing::{get, post};
use kokoroe_app::paths;

use crate::http::Addresses;

/// The draft.
const DRAFT: &str = "/office/policy/draft";

/// The form of a part.
fn part_path(part: &super::part::Part) -> String {
    format!("{DRAFT}/parts/{}", part.code())
}

/// The addresses of these pages.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(paths::OFFICE_POLICY, get(list::show))
        .route(DRAFT, get(draft::show).post(list::begin))
        .route("/office/policy/draft/read", get(draft::read))
        .route("/office/policy/draft/review", post(draft::review))
        .route("/office/policy/draft/withdraw", post(draft::withdraw))
        .route("/office/policy/draft/parts/{part}", get(part::show).post(part::submit))
        .route("/office/policy/draft/parts/{part}/remove", post(part::remove))
        .route("/office/policy/draft/publish", get(publish::show).post(publish::submit))
}

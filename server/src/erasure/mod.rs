//! Erasing the personal data of somebody who left, when the time is over for which their records have to be kept.
//!
//! What goes is names and words: everything by which one knows who it was. What was owed, answered, signed and completed, and when, stays under
//! the random id, so that every count of the past and every proof holds. `rule` says from when it is allowed, `deed` does it, `sweep` takes
//! what was erased out of the files; each slice says in its own `erased` what goes of its records.

pub mod deed;
mod desk;
mod list;
pub mod rule;
pub mod store;
pub mod sweep;

use axum::routing::get;
use kokoroe_app::paths;

pub use deed::{Order, Standing, erase, standing};
pub use store::Basis;

use crate::http::Addresses;
use crate::id::StaffId;

/// The addresses of this slice.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(paths::RETENTION, get(list::show))
        .route("/office/people/{staff}/erasure", get(desk::show).post(desk::submit))
}

/// The page of a person's erasure.
#[must_use]
pub fn address(staff: &StaffId) -> String {
    format!("/office/people/{staff}/erasure")
}

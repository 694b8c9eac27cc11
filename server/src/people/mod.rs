//! The hospital, its departments and the people in them.

pub mod appoint;
pub mod codes;
pub mod department;
pub mod hospital;
pub mod import;
pub mod list;
pub mod mail;
pub mod name;
pub mod posting;
pub mod renew_code;
pub mod role;
pub mod scribe;
pub mod staff;
pub mod store;
pub mod switch;
pub mod tree;

pub use department::{NewDepartment, add_department, close_department, move_department, rename_department};
pub use hospital::Hospital;
pub use name::display_name;
pub use posting::{NewLeave, NewPosting, add_leave, end_leave, end_posting, is_out, post};
pub use role::{Role, grant, revoke};
pub use scribe::Scribe;
pub use staff::{NewStaff, add_staff, come_back, leave_hospital, update_staff};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post as submit};
use tower_http::limit::RequestBodyLimitLayer;

use crate::state::Site;

/// The addresses of this slice, but for the upload.
pub fn routes() -> Router<Site> {
    Router::new()
        .route(list::PEOPLE, get(list::show))
        .route("/office/people/{staff}/code", get(renew_code::show).post(renew_code::submit))
        .route("/office/people/{staff}/disable", submit(switch::submit_disable))
        .route("/office/people/{staff}/enable", submit(switch::submit_enable))
        .route("/office/people/import/{import}", get(import::dry_run::show).post(import::dry_run::submit))
        .route("/office/people/import/{import}/codes", submit(import::codes_again::submit))
        .route(list::DEPARTMENTS, get(tree::show))
}

/// The address of the upload, which takes more than a form.
pub fn upload_routes() -> Router<Site> {
    Router::new()
        .route(list::IMPORT, get(import::upload::show).post(import::upload::submit))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(import::upload::LARGEST))
}

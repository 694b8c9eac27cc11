//! The hospital, its departments and the people in them.

pub mod appoint;
pub mod codes;
pub(crate) mod crowd;
pub mod department;
pub mod department_record;
pub mod erased;
pub mod hand;
pub mod hospital;
pub mod identity;
pub mod import;
pub mod known;
pub mod list;
pub mod mail;
pub mod name;
pub mod person_record;
pub mod posting;
pub mod renew_code;
pub mod reorganise;
pub mod role;
pub mod scribe;
pub mod staff;
pub mod store;
pub mod switch;
pub mod tree;

pub(crate) use department::add_departments;
pub use department::{NewDepartment, add_department, close_department, move_department, rename_department};
pub use hospital::Hospital;
pub use known::Known;
pub use name::display_name;
pub use posting::{NewLeave, NewPosting, add_leave, end_leave, end_posting, is_out, post, second};
pub use role::{Role, Term, grant, grant_for, revoke};
pub use scribe::Scribe;
pub use staff::{NewStaff, add_staff, come_back, leave_hospital, update_staff};

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post as submit};
use tower_http::limit::RequestBodyLimitLayer;

use crate::http::Addresses;

/// The addresses of this slice, but for the upload.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(list::PEOPLE, get(list::show))
        .route("/office/people/{staff}/code", get(renew_code::show).post(renew_code::submit))
        .route("/office/people/{staff}/disable", submit(switch::submit_disable))
        .route("/office/people/{staff}/enable", submit(switch::submit_enable))
        .route("/office/people/import/{import}", get(import::dry_run::show).post(import::dry_run::submit))
        .route("/office/people/import/{import}/codes", submit(import::codes_again::submit))
        .route("/office/people/{staff}/record", get(person_record::show))
        .route("/office/people/{staff}/record/{form}", submit(person_record::submit))
        .route("/office/people/{staff}/record/role/{grant}/end", submit(person_record::submit_role_end))
        .route("/office/people/{staff}/record/release/{what}", submit(person_record::submit_release))
        .route(list::DEPARTMENTS, get(tree::show))
        .route("/office/departments/open", get(reorganise::show_open).post(reorganise::submit_open))
        .route("/office/departments/{department}/record", get(department_record::show))
        .route(
            "/office/departments/{department}/record/{what}",
            get(reorganise::show_change).post(reorganise::submit_change),
        )
}

/// The address of the upload, which takes more than a form.
pub fn upload_routes() -> Addresses {
    Addresses::new().route(list::IMPORT, get(import::upload::show).post(import::upload::submit)).behind(
        |router| {
            router
                .layer(DefaultBodyLimit::disable())
                .layer(RequestBodyLimitLayer::new(import::upload::LARGEST))
        },
    )
}

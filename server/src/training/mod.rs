//! The employee's way: what is owed, the steps, the signature, the certificate, earlier years.

pub mod ask;
pub mod asked_question;
pub mod attendance;
pub mod because;
pub mod certificate;
pub mod certificate_proof;
pub mod checklists;
pub mod content;
pub(crate) mod crowd;
pub mod debrief;
pub mod erased;
pub mod feed;
pub mod history;
mod last_signed;
pub mod module;
pub mod my_training;
pub mod objection;
pub mod objections;
pub mod overview;
pub mod policy;
mod post;
pub mod recall;
pub mod record;
pub mod role;
pub mod shown;
pub mod sign;
pub mod signature;
pub mod step;
pub mod store;
pub mod swap;
pub mod translate;
pub mod walk;
pub mod why;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tower_http::limit::RequestBodyLimitLayer;

pub use content::Content;

use crate::http::Addresses;

/// The addresses of this slice.
pub fn routes() -> Addresses {
    Addresses::new()
        .route("/", get(my_training::show))
        .route("/learn/{period}/sign", get(sign::show).post(sign::submit))
        .route("/learn/{period}/sign/check", get(sign::show_check).post(sign::submit_check))
        .route("/learn/{period}/sign/done", get(sign::done))
        .route("/learn/{period}/{module}", get(module::intro).post(module::start))
        .route("/learn/{period}/{module}/pause", get(module::pause))
        .route("/learn/{period}/{module}/swap", post(swap::swap))
        .route("/learn/{period}/{module}/take-back", post(swap::take_back))
        .route("/learn/{period}/{module}/done", get(module::done))
        .route("/learn/{period}/{module}/{turn}", get(step::show).post(step::submit))
        .route("/learn/{period}/{module}/{turn}/why", get(why::show).post(objection::submit))
        .route("/learn/{period}/{module}/{turn}/again", post(step::again))
        .route("/learn/{period}/{module}/{turn}/draft", post(step::keep_draft))
        .route(objection::OBJECTIONS, get(objections::show))
        .route("/office/objections/{id}", get(objections::show_one).post(objections::submit))
        .route("/office/attendance/record", post(attendance::record))
        .route("/drawings/{revision}/{name}", get(module::drawing))
        .route(kokoroe_app::paths::RECALL, get(recall::show))
        .route("/recall/pause", get(recall::pause))
        .route("/recall/{attempt}/{number}", get(recall::answered).post(recall::submit))
        .route("/recall/{attempt}/{number}/later", post(recall::put_off))
        .route("/history", get(history::show))
        .route("/history/{period}/{module}", get(history::sheet))
        .route("/certificates/{number}", get(certificate::show))
        .route("/certificates/{number}/pdf", get(certificate::paper))
        .route("/certificates/{number}/proof", get(certificate::proof))
        .route(kokoroe_app::paths::VERIFY, get(certificate::check))
        .route(kokoroe_app::paths::VERIFY_PROOF, get(certificate_proof::show).post(certificate_proof::submit))
        .route(kokoroe_app::paths::RESTORE, post(attendance::restore::submit))
        .route(kokoroe_app::paths::CHECKLISTS, get(checklists::show))
        .route(kokoroe_app::paths::POLICY, get(policy::show))
        .route("/policy/sns/{hash}", get(policy::show_version))
}

/// The address to which a sheet is sent, which takes more than a form.
pub fn upload_routes() -> Addresses {
    Addresses::new().route(attendance::ATTENDANCE, get(attendance::show).post(attendance::check)).behind(
        |router| {
            router.layer(DefaultBodyLimit::disable()).layer(RequestBodyLimitLayer::new(attendance::LARGEST))
        },
    )
}

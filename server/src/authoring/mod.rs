//! For those who write content: the folder that they work in, and a look at it as learners will see it. Nobody signs in here and
//! nothing is recorded; `kokoroe preview` serves it on the author's own machine.

mod desk;
mod faults;
pub mod folder;
mod index;
mod learner;
mod screen;
mod states;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::StatusCode;
use http::header::HOST;

pub use desk::Desk;

use crate::config::is_loopback;
use crate::http::{security, way_on};

/// Every address of the preview.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .route("/", get(index::first))
        .route("/revision", get(index::revision))
        .route("/language", post(index::language))
        .route("/{lang}", get(index::show))
        .route("/{lang}/{module}/{screen}", get(screen::show))
        .route("/{lang}/{module}/{screen}/story.svg", get(screen::drawing))
        .route("/show/{lang}/{module}", get(learner::intro).post(learner::begin))
        .route("/show/{lang}/{module}/{screen}/{way}", get(learner::restart))
        .route("/show/{lang}/{module}/{screen}/{way}/done", get(learner::restart))
        .route("/show/{lang}/{module}/{screen}/{way}/pause", get(learner::pause))
        .route("/show/{lang}/{module}/{screen}/{way}/{turn}", get(learner::step).post(learner::answer))
        .route("/show/{lang}/{module}/{screen}/{way}/{turn}/why", get(learner::why))
        .route("/show/{lang}/{module}/{screen}/{way}/{turn}/again", post(learner::again))
        .route("/show/{lang}/{module}/{screen}/{way}/{turn}/draft", post(learner::keep_draft))
        .route("/drawings/{revision}/{name}", get(learner::drawing))
        .route(kokoroe_app::paths::POLICY, get(learner::policy))
        .route("/assets/{name}", get(crate::routes::asset))
        .fallback(learner::nothing)
        .layer(from_fn(way_on::layer))
        .layer(from_fn_with_state(desk.clone(), door))
        .with_state(desk)
}

/// On the author's own machine only that machine's names are answered, so that no page elsewhere can read along by giving its name
/// this address.
async fn door(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let mut response = match host {
        Some(host) if desk.is_private() && !is_loopback(host) => {
            StatusCode::MISDIRECTED_REQUEST.into_response()
        }
        _ => next.run(request).await,
    };
    security::put(response.headers_mut());
    response
}

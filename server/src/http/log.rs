//! One line in the log for each request: what was asked, what came of it, how long it took. No addresses of people, no query
//! strings, no names: the route as it is written in the program stands for the path, so that no id reaches this line either. Who
//! signs in is told by id, in lines of their own: `account/log.rs`.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use super::page::Visitor;

/// Logs a request when it has been answered.
pub async fn layer(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("no such page", MatchedPath::as_str);
    let request = response.extensions().get::<Visitor>().map_or("", |visitor| visitor.request.as_str());
    let status = response.status().as_u16();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if matches!(route, "/healthz" | "/readyz" | "/assets/{name}") {
        tracing::debug!(%method, route, status, ms, request, "answered");
    } else {
        tracing::info!(%method, route, status, ms, request, "answered");
    }
    response
}

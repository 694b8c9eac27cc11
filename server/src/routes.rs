//! Every address of the server, and the layers around them.

use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderValue, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::db::DbError;
use crate::http::problem::{self, Problem};
use crate::http::{Addresses, log, security, way_on};
use crate::requirements::office;
use crate::state::Site;
use crate::{account, audit, erasure, exports, people, policies, reminders, reports, training};

/// The largest form that is read. Files have their own address with its own limit.
const LARGEST_FORM: usize = 256 * 1024;

/// How long a request may take.
const LONGEST_REQUEST: Duration = Duration::from_secs(60);

/// How long the database may take to say that it is there.
const LONGEST_CHECK: Duration = Duration::from_secs(5);

/// Every address at which this server answers.
#[must_use]
pub fn addresses() -> Addresses {
    let pages = Addresses::new()
        .merge(account::routes())
        .merge(audit::routes())
        .merge(erasure::routes())
        .merge(exports::routes())
        .merge(office::routes())
        .merge(people::routes())
        .merge(policies::routes())
        .merge(reminders::routes())
        .merge(reports::routes())
        .merge(training::routes())
        .behind(|router| router.layer(RequestBodyLimitLayer::new(LARGEST_FORM)));
    Addresses::new()
        .merge(pages)
        .merge(people::upload_routes())
        .merge(training::upload_routes())
        .route("/assets/{name}", get(asset))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
}

/// The whole server as one service.
pub fn router(site: Site) -> Router {
    addresses()
        .into_router()
        .fallback(|| async { Problem::not_found() })
        .layer(from_fn_with_state(site.clone(), security::own_pages_only))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(from_fn_with_state(site.clone(), problem::layer))
        .layer(from_fn_with_state(site.clone(), account::session::layer))
        .layer(from_fn(way_on::layer))
        .layer(from_fn_with_state(site.clone(), security::headers))
        .layer(from_fn(log::layer))
        .with_state(site)
}

/// Whether requests can be sent here: the records can be read, a write is taken, the log is signed, and the server goes on.
async fn ready(State(site): State<Site>) -> Response {
    match tokio::time::timeout(LONGEST_CHECK, trouble(&site)).await {
        Ok(None) => "ready".into_response(),
        Ok(Some(trouble)) => not_ready(&trouble),
        Err(_) => not_ready("the database does not answer in time"),
    }
}

fn not_ready(trouble: &str) -> Response {
    tracing::error!(trouble, "not ready");
    (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
}

/// Why no request should be sent here.
async fn trouble(site: &Site) -> Option<String> {
    if site.is_stopping() {
        return Some("the server is stopping".to_owned());
    }
    if let Some(refusal) = site.signer.refusal() {
        return Some(refusal);
    }
    let asked = async {
        let mut conn = site.db.read().await?;
        audit::store::head(&mut conn, &site.ledger.log_at(site.now())).await?;
        drop(conn);
        site.db.can_write().await
    };
    asked.await.err().map(|error: DbError| error.to_string())
}

/// A built file, in the best encoding that the browser takes. Its name changes with its content, so it may be kept for a year.
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = kokoroe_assets::find(&format!("/assets/{name}")) else {
        return Problem::not_found().into_response();
    };
    let accepts = |encoding: &str| {
        headers
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains(encoding))
    };
    let (body, encoding) = match (asset.brotli, asset.gzip) {
        (brotli, _) if accepts("br") => (brotli, Some("br")),
        (_, gzip) if accepts("gzip") => (gzip, Some("gzip")),
        _ => (asset.identity, None),
    };
    let mut response = body.into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(ETAG, HeaderValue::from_static(asset.etag));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

//! Where the way goes on, for a script that has sent a form in the browser's place.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode};

const MINIMAL: &str = "return=minimal";

/// Answers a form that prefers `return=minimal` (RFC 7240) with 204 and the `Location` in the place of 303. A script that is led on by a 303
/// does not see where to, and fetches a whole page that it cannot show. Everything else is answered as to anybody.
pub async fn layer(request: Request, next: Next) -> Response {
    let tells = !request.method().is_safe() && prefers_minimal(request.headers());
    let mut response = next.run(request).await;
    if tells && response.status() == StatusCode::SEE_OTHER {
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.headers_mut().insert("preference-applied", HeaderValue::from_static(MINIMAL));
    }
    response
}

fn prefers_minimal(headers: &HeaderMap) -> bool {
    headers.get("prefer").is_some_and(|preference| preference == MINIMAL)
}

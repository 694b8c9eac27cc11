//! The door: who may post from where, and the headers that every answer carries.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::problem::Problem;
use crate::config::Origin;
use crate::state::Site;

/// Whether a request that changes something comes from our own pages: by `Sec-Fetch-Site`, or, in browsers and on plain networks
/// that do not send it, by exact `Origin`. Neither means no.
#[must_use]
pub fn is_our_own(method: &Method, headers: &HeaderMap, origin: &Origin) -> bool {
    if method.is_safe() {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    headers.get(ORIGIN).is_some_and(|value| value.as_bytes() == origin.as_str().as_bytes())
}

/// Refuses what comes from elsewhere.
pub async fn own_pages_only(State(site): State<Site>, request: Request, next: Next) -> Response {
    if is_our_own(request.method(), request.headers(), &site.config.origin) {
        next.run(request).await
    } else {
        Problem::foreign().into_response()
    }
}

const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    ),
];

/// Adds the headers of every answer. A page has already set its own content security policy, with the nonce of its script.
pub async fn headers(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    put(headers);
    if site.config.origin.as_str().starts_with("https://") {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    response
}

/// The headers of every answer, wherever it is given.
pub fn put(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    ));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &Method, headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_our_own(method, &headers, &Origin::parse("https://kokoroe.example.jp").expect("an origin"))
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(asked(&Method::GET, &[]));
        assert!(asked(&Method::POST, &[("sec-fetch-site", "same-origin")]));
        assert!(asked(&Method::POST, &[("origin", "https://kokoroe.example.jp")]));
        assert!(!asked(&Method::POST, &[]), "neither header");
        assert!(!asked(
            &Method::POST,
            &[("sec-fetch-site", "cross-site"), ("origin", "https://kokoroe.example.jp")]
        ));
        assert!(!asked(&Method::POST, &[("sec-fetch-site", "same-site")]));
        assert!(!asked(&Method::POST, &[("sec-fetch-site", "none")]));
        assert!(!asked(&Method::POST, &[("origin", "https://kokoroe.example.jp.evil.example")]));
        assert!(!asked(&Method::POST, &[("origin", "null")]));
    }
}

//! The one error type at the edge: what somebody is told, and what only the log learns.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ALLOW, LOCATION, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use kokoroe_app::problem::{Problem as ProblemPage, ProblemKind};

use super::page::{Visitor, page_with_status};
use super::{page_of, url_encode};
use crate::db::DbError;
use crate::state::Site;

/// Why a request is refused.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: ProblemKind,
    retry_after: Option<u32>,
    way_on: Option<String>,
    /// Only for the log.
    cause: Option<String>,
    sign_in: bool,
}

impl Problem {
    const fn of(kind: ProblemKind) -> Self {
        Self { kind, retry_after: None, way_on: None, cause: None, sign_in: false }
    }

    /// There is no such page, or not for this person: the two look alike.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::of(ProblemKind::NotFound)
    }

    /// The page belongs to somebody else's work.
    #[must_use]
    pub const fn forbidden() -> Self {
        Self::of(ProblemKind::Forbidden)
    }

    /// The request came from another site.
    #[must_use]
    pub const fn foreign() -> Self {
        Self::of(ProblemKind::Foreign)
    }

    /// The record moved on; the person can go on at this path.
    #[must_use]
    pub fn conflict(way_on: String) -> Self {
        Self { way_on: Some(way_on), ..Self::of(ProblemKind::Conflict) }
    }

    /// The request could not be read.
    #[must_use]
    pub const fn unreadable() -> Self {
        Self::of(ProblemKind::Unreadable)
    }

    /// The body is larger than this address takes.
    #[must_use]
    pub const fn too_large() -> Self {
        Self::of(ProblemKind::TooLarge)
    }

    /// Too many tries; another makes sense after so many seconds.
    #[must_use]
    pub fn too_many(seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..Self::of(ProblemKind::TooMany) }
    }

    /// Overloaded or stopping.
    #[must_use]
    pub fn busy() -> Self {
        Self { retry_after: Some(2), ..Self::of(ProblemKind::Busy) }
    }

    /// Nothing is recorded until somebody has looked at the evidence log. The reason goes to the log only.
    #[must_use]
    pub fn sealed(cause: impl std::fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), retry_after: Some(600), ..Self::of(ProblemKind::Sealed) }
    }

    /// Our fault. The cause goes to the log only.
    #[must_use]
    pub fn broken(cause: impl std::fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::of(ProblemKind::Broken) }
    }

    /// The status of its answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Nobody is signed in: the browser is sent to the sign-in page and comes back afterwards.
    #[must_use]
    pub fn sign_in() -> Self {
        Self { sign_in: true, ..Self::of(ProblemKind::Forbidden) }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy => Self::busy(),
            DbError::Sealed(_) => Self::sealed(&error),
            passing if passing.passes() => Self { cause: Some(passing.to_string()), ..Self::busy() },
            other => Self::broken(other),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Turns every refusal into a page, and logs its cause once.
pub async fn layer(State(site): State<Site>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let get = request.method().is_safe();
    let asset = request.uri().path().starts_with("/assets/");
    let response = next.run(request).await;
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None => match plain_refusal(&response) {
            Some(problem) if !asset => problem,
            _ => return response,
        },
    };
    let Some(visitor) = response.extensions().get::<Visitor>().cloned().or(visitor) else { return response };
    let mut shown = told(&site, &visitor, get, response.status(), &problem);
    // Which methods there are instead (RFC 9110 §15.5.6).
    if let Some(methods) = response.headers().get(ALLOW) {
        shown.headers_mut().insert(ALLOW, methods.clone());
    }
    shown
}

/// A refusal as the person sees it; its cause goes to the log. `get` is whether they only wanted to look.
#[must_use]
pub fn told(site: &Site, visitor: &Visitor, get: bool, status: StatusCode, problem: &Problem) -> Response {
    if let Some(cause) = &problem.cause {
        tracing::error!(request = %visitor.request, cause, "a request failed");
    }
    if problem.sign_in {
        return to_sign_in(visitor, get);
    }
    let page = ProblemPage {
        // Whoever only looks looks again; whoever has sent something has to know that it may not be there.
        kind: match problem.kind {
            ProblemKind::Busy if !get => ProblemKind::Unconfirmed,
            kind => kind,
        },
        id: visitor.request.clone(),
        help: site.hospital.help(visitor.lang).to_owned(),
        retry_after: problem.retry_after,
        way_on: problem.way_on.clone(),
    };
    let mut shown = page_with_status(site, visitor, status, page);
    if let Some(seconds) = problem.retry_after {
        shown.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    shown
}

/// Refusals that the framework makes on its own: no such route, wrong method, body too large or unreadable.
fn plain_refusal(response: &Response) -> Option<Problem> {
    match response.status() {
        StatusCode::NOT_FOUND => Some(Problem::not_found()),
        StatusCode::METHOD_NOT_ALLOWED => Some(Problem::of(ProblemKind::WrongMethod)),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::too_large()),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Problem::unreadable()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(Problem::busy()),
        StatusCode::INTERNAL_SERVER_ERROR => Some(Problem::broken("a handler failed without saying why")),
        _ => None,
    }
}

/// To the sign-in page and back. Whoever sent a form learns that it was not taken, whoever was signed in that they are no more.
fn to_sign_in(visitor: &Visitor, get: bool) -> Response {
    let back = page_of(&visitor.path);
    let notice = match (get, visitor.ended) {
        (false, _) => Some("unsent"),
        (true, true) => Some("expired"),
        (true, false) => None,
    };
    let fields = [("return_to", Some(back).filter(|back| *back != "/")), ("notice", notice)];
    let query: Vec<String> = fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", url_encode(value?))))
        .collect();
    let start = if query.is_empty() { "" } else { "?" };
    let target = format!("{}{start}{}", kokoroe_app::paths::SIGN_IN, query.join("&"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(location) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// What a caught panic becomes.
#[expect(clippy::needless_pass_by_value, reason = "the layer that catches panics hands the cause over")]
pub fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = cause
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| cause.downcast_ref::<String>().cloned());
    Problem::broken(text.unwrap_or_else(|| "a panic without words".to_owned())).into_response()
}

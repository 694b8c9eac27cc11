//! Between the network and the slices: who is asking, what a form says, how a page and a refusal look.

pub mod addresses;
pub mod file;
pub mod form;
pub mod log;
pub mod page;
pub mod problem;
pub mod query;
pub mod security;
pub mod sent;
pub mod way_back;
pub mod way_on;
pub mod who;

pub use addresses::Addresses;
pub use form::{Form, NoDay, typed_day};
pub use page::{Visitor, page, page_with_status};
pub use problem::Problem;
pub use sent::{Sent, SentFile};
pub use way_back::page_of;
pub use who::{Auditor, Learner, Manager, Office, Signed};

use axum::response::{IntoResponse, Redirect, Response};

/// What a handler gives back.
pub type Answer = Result<Response, Problem>;

/// 303: the browser fetches the next page, and going back never posts again.
#[must_use]
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A page on this server to return to; anything that could lead elsewhere becomes the first page.
#[must_use]
pub fn local_path(text: Option<&str>) -> &str {
    match text {
        Some(path) if is_local(path) => page_of(path),
        _ => "/",
    }
}

fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

/// Percent-encodes everything but unreserved characters and '/' (RFC 3986).
#[must_use]
pub fn url_encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else if write!(out, "%{byte:02X}").is_err() {
            // Writing to a string cannot fail.
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_return_path_never_leaves_the_server() {
        for wrong in
            ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nSet-Cookie: x", ""]
        {
            assert_eq!(local_path(Some(wrong)), "/", "{wrong:?}");
        }
        assert_eq!(local_path(Some("/team?status=overdue")), "/team?status=overdue");
    }
}

//! The conditions in an address: read with each name at most once, written without what is usual.

use std::fmt::Write as _;

use axum::extract::{FromRequestParts, Query};
use http::request::Parts;

use super::Problem;

/// The fields of an address in their order; a name may come several times.
#[derive(Debug)]
pub struct QueryFields(Vec<(String, String)>);

impl QueryFields {
    /// Each field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(fields) =
            Query::from_request_parts(parts, state).await.map_err(|_| Problem::unreadable())?;
        Ok(Self(fields))
    }
}

/// The values of these names, trimmed, in the order of the names; empty where there is none. Other names are passed over.
///
/// # Errors
/// Unreadable when a name comes twice: of two values, one would be checked and the other used.
pub fn once<'f, const N: usize>(
    names: [&str; N],
    fields: impl IntoIterator<Item = (&'f str, &'f str)>,
) -> Result<[&'f str; N], Problem> {
    let mut values = [None; N];
    for (name, value) in fields {
        let slot = names.iter().position(|known| *known == name).and_then(|place| values.get_mut(place));
        if slot.is_some_and(|slot| slot.replace(value.trim()).is_some()) {
            return Err(Problem::unreadable());
        }
    }
    Ok(values.map(Option::unwrap_or_default))
}

/// These names with their values, without those that are empty.
#[must_use]
pub fn filled<const N: usize>(names: [&str; N], values: [&str; N]) -> Vec<(String, String)> {
    let pairs = names.into_iter().zip(values).filter(|(_, value)| !value.is_empty());
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The address of a page with conditions.
#[must_use]
pub fn address<N: AsRef<str>, V: AsRef<str>>(page: &str, fields: impl IntoIterator<Item = (N, V)>) -> String {
    let mut out = page.to_owned();
    for (name, value) in fields {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name.as_ref());
        out.push('=');
        out.push_str(&encoded(value.as_ref()));
    }
    out
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
#[must_use]
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else if write!(out, "%{byte:02X}").is_err() {
            // Writing to a string cannot fail.
        }
        out
    })
}

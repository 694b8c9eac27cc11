//! Forms: read as an ordered list of fields, then parsed into a type by the slice that asked.

use axum::extract::{FromRequest, Request};
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;

use super::problem::Problem;

/// The fields of a posted form, in order; a name may come several times (ticks).
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The first value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first value, trimmed of spaces of any width; empty when absent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// The first value as a day: see [`typed_day`].
    ///
    /// # Errors
    /// When something is typed that is no day.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, NoDay> {
        typed_day(self.text(name))
    }

    /// Whether a tick is set.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Every value of a field.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every field whose name begins so, with the rest of its name.
    pub fn with_prefix<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.0
            .iter()
            .filter_map(move |(key, value)| key.strip_prefix(prefix).map(|rest| (rest, value.as_str())))
    }
}

/// Something was typed where a day belongs, and it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDay;

/// A day as somebody typed it, in letters of any width, with dashes or slashes; `None` where nothing was typed.
///
/// # Errors
/// When something is typed that is no day.
pub fn typed_day(text: &str) -> Result<Option<NaiveDate>, NoDay> {
    let text: String = text.trim().nfkc().collect();
    if text.is_empty() {
        return Ok(None);
    }
    text.replace('/', "-").parse().map(Some).map_err(|_| NoDay)
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        axum::extract::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map(|axum::extract::Form(fields)| Self(fields))
            .map_err(|rejection| {
                use axum::response::IntoResponse as _;
                match rejection.into_response().status() {
                    http::StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
                    _ => Problem::unreadable(),
                }
            })
    }
}

impl FromIterator<(String, String)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_typed_and_anything_else_is_none() {
        let day = NaiveDate::from_ymd_opt(2026, 4, 1);
        for typed in ["2026-04-01", "2026/04/01", " ２０２６／０４／０１ ", "2026/4/1"] {
            assert_eq!(typed_day(typed), Ok(day), "{typed}");
        }
        for nothing in ["", "  ", "\u{3000}"] {
            assert_eq!(typed_day(nothing), Ok(None));
        }
        for wrong in ["2026-02-30", "明日", "4/1"] {
            assert_eq!(typed_day(wrong), Err(NoDay), "{wrong}");
        }
    }
}

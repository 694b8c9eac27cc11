//! The cookies. Two for a sign-in, two for how somebody reads who has not signed in.

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use crate::config::Origin;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The short access token.
    Access,
    /// The rotating refresh token.
    Refresh,
    /// `ja` or `en`.
    Language,
    /// Furigana, text size, calm; see [`super::looks::Looks`].
    Looks,
}

impl Cookie {
    /// Where browsers treat the server as secure, the `__Host-` prefix keeps neighbours from setting or reading it (RFC 6265bis).
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Access, true) => "__Host-at",
            (Self::Refresh, true) => "__Host-rt",
            (Self::Access, false) => "kokoroe-at",
            (Self::Refresh, false) => "kokoroe-rt",
            (Self::Language, _) => "lang",
            (Self::Looks, _) => "looks",
        }
    }

    /// The value that the browser sent.
    #[must_use]
    pub fn read<'h>(self, headers: &'h HeaderMap, origin: &Origin) -> Option<&'h str> {
        let name = self.name(origin.is_secure());
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// Whether an answer sets it.
    #[must_use]
    pub fn is_set(self, headers: &HeaderMap, origin: &Origin) -> bool {
        let name = self.name(origin.is_secure());
        let sets = |header: &HeaderValue| {
            header.to_str().is_ok_and(|text| text.split_once('=').is_some_and(|(key, _)| key == name))
        };
        headers.get_all(SET_COOKIE).iter().any(sets)
    }

    /// Sets it for so many seconds, or until the browser is closed.
    pub fn set(self, headers: &mut HeaderMap, origin: &Origin, value: &str, seconds: Option<i64>) {
        let secure = origin.is_secure();
        let mut text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax", self.name(secure));
        if secure {
            text.push_str("; Secure");
        }
        if let Some(seconds) = seconds {
            text.push_str(&format!("; Max-Age={seconds}"));
        }
        // Values are our own tokens and tags; one that could not be a header is not set.
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(SET_COOKIE, value);
        }
    }

    /// Takes it away.
    pub fn clear(self, headers: &mut HeaderMap, origin: &Origin) {
        self.set(headers, origin, "", Some(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_cookie_belongs_to_this_host_alone() {
        let origin = Origin::parse("https://kokoroe.example.jp").expect("an origin");
        let mut headers = HeaderMap::new();
        Cookie::Refresh.set(&mut headers, &origin, "abc", None);
        assert_eq!(
            headers.get(SET_COOKIE).expect("set"),
            "__Host-rt=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn only_the_exact_name_is_read() {
        let origin = Origin::parse("https://kokoroe.example.jp").expect("an origin");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("x__Host-at=1; __Host-at=2; __Host-atx=3"));
        assert_eq!(Cookie::Access.read(&headers, &origin), Some("2"));
        assert_eq!(Cookie::Refresh.read(&headers, &origin), None);
    }
}

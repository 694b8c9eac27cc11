//! Asking a time stamp authority, by HTTP (RFC 3161, section 3.4).

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Request, StatusCode};
use kokoroe_evidence::stamp::LARGEST;

use super::{CA, URL, USER};
use crate::audit::outside::{Outside, Target};
use crate::config::{is_loopback, password};
use crate::people::Hospital;

/// Where the password may stand instead of in the file.
pub const PASSWORD_VARIABLE: &str = "KOKOROE_TSA_PASSWORD";
/// The file with the password, beside the data.
pub const PASSWORD_FILE: &str = "tsa.password";

/// The way to a time stamp authority.
#[derive(Clone, Debug)]
pub struct Authority {
    way: Outside,
    credentials: Option<HeaderValue>,
}

impl Authority {
    /// The way that the settings describe; `None` without an authority.
    ///
    /// # Errors
    /// With what is missing or cannot be used.
    pub fn of(hospital: &Hospital, data: &Path) -> Result<Option<Self>, String> {
        let Some(url) = hospital.plain(URL) else { return Ok(None) };
        let target = Target::read(url).ok_or_else(|| format!("{URL} cannot be read"))?;
        let user = hospital.plain(USER);
        let password = user.map(|_| password(data, PASSWORD_FILE, PASSWORD_VARIABLE, USER)).transpose()?;
        let credentials = user.zip(password.as_deref());
        Self::new(target, hospital.plain(CA).map(Path::new), credentials).map(Some)
    }

    /// The way to this address. With a file of certificates, those alone may vouch for its TLS, and otherwise those that the machine trusts.
    ///
    /// # Errors
    /// When the file cannot be used, or the password would go over the network in the clear.
    pub fn new(target: Target, ca: Option<&Path>, credentials: Option<(&str, &str)>) -> Result<Self, String> {
        if credentials.is_some() && !target.secure && !is_loopback(&format!("{}:0", target.host)) {
            return Err(format!("{USER} is only told to an authority at https://, or on this machine"));
        }
        let way = Outside::new(target, ca).map_err(|error| format!("{CA}: {error}"))?;
        let credentials = credentials.map(|(user, password)| basic(user, password)).transpose()?;
        Ok(Self { way, credentials })
    }

    /// The same, where a reply may take no longer than this.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { way: self.way.within(patience), ..self }
    }

    /// The name of its server.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.way.target().host
    }

    /// Sends a request and gives the reply, which is not looked at.
    ///
    /// # Errors
    /// In words, when there is none in time, or a larger one than a reply can be.
    pub async fn ask(&self, query: &[u8]) -> Result<Vec<u8>, String> {
        let mut head = Request::builder()
            .header(ACCEPT, "application/timestamp-reply")
            .header(CONTENT_TYPE, "application/timestamp-query");
        if let Some(credentials) = &self.credentials {
            head = head.header(AUTHORIZATION, credentials);
        }
        match self.way.post(head, query, LARGEST).await? {
            (StatusCode::OK, reply) => Ok(reply),
            (status, _) => Err(format!("it answered {status}")),
        }
    }
}

/// RFC 7617. The value is never printed.
fn basic(user: &str, password: &str) -> Result<HeaderValue, String> {
    let text = format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")));
    let mut value = HeaderValue::from_str(&text).map_err(|error| error.to_string())?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_goes_over_the_network_in_the_clear() {
        let way = |url| {
            let target = Target::read(url).expect("an address");
            Authority::new(target, None, Some(("kokoroe", "a-word")))
        };
        assert!(way("http://tsa.example.jp/").is_err_and(|error| error.contains("https://")));
        let here = way("http://127.0.0.1:8080/").expect("this machine");
        assert!(!format!("{here:?}").contains("a29rb3"), "it does not print itself");
    }
}

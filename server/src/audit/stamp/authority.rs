//! Asking a time stamp authority, by HTTP (RFC 3161, section 3.4).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use kokoroe_evidence::stamp::LARGEST;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{CA, URL, USER};
use crate::config::{is_loopback, password};
use crate::people::Hospital;

/// Where the password may stand instead of in the file.
pub const PASSWORD_VARIABLE: &str = "KOKOROE_TSA_PASSWORD";
/// The file with the password, beside the data.
pub const PASSWORD_FILE: &str = "tsa.password";

/// How long an authority may take from the first byte to the last.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most that is held of the head of an answer.
const LARGEST_HEAD: usize = 1 << 14;

/// The address of an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whether the way to it is TLS.
    pub secure: bool,
    /// Its name and, where it is given, its port, as the request repeats them.
    pub authority: String,
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What is asked for there.
    pub path: String,
}

impl Target {
    /// Reads `http://host[:port]/path` or `https://host[:port]/path`, without a user; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.trim().parse().ok()?;
        let secure = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?.as_str();
        let host = uri.host().filter(|host| !host.is_empty())?;
        let port = match uri.port_u16() {
            Some(port) => Some(port).filter(|port| *port > 0)?,
            // What follows the name would be a user or no number.
            None if authority != host => return None,
            None if secure => 443,
            None => 80,
        };
        if authority.contains('@') {
            return None;
        }
        Some(Self {
            secure,
            authority: authority.to_owned(),
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        })
    }
}

/// The way to a time stamp authority.
#[derive(Clone, Debug)]
pub struct Authority {
    target: Target,
    tls: Option<Arc<ClientConfig>>,
    credentials: Option<HeaderValue>,
    patience: Duration,
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
        let tls = if target.secure { Some(Arc::new(tls(ca)?)) } else { None };
        let credentials = credentials.map(|(user, password)| basic(user, password)).transpose()?;
        Ok(Self { target, tls, credentials, patience: PATIENCE })
    }

    /// The same, where a reply may take no longer than this.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The name of its server.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.target.host
    }

    /// Sends a request and gives the reply, which is not looked at.
    ///
    /// # Errors
    /// In words, when there is none in time, or a larger one than a reply can be.
    pub async fn ask(&self, query: &[u8]) -> Result<Vec<u8>, String> {
        let seconds = self.patience.as_secs_f32();
        timeout(self.patience, self.connect(query))
            .await
            .map_err(|_| format!("it did not reply within {seconds} seconds"))?
    }

    async fn connect(&self, query: &[u8]) -> Result<Vec<u8>, String> {
        let Target { host, port, .. } = &self.target;
        let not_reached = |error: std::io::Error| format!("{host}:{port} was not reached: {error}");
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(not_reached)?;
        let Some(tls) = &self.tls else { return self.post(stream, query).await };
        let name = ServerName::try_from(host.clone()).map_err(|error| error.to_string())?;
        let stream = TlsConnector::from(tls.clone()).connect(name, stream).await.map_err(not_reached)?;
        self.post(stream, query).await
    }

    async fn post<S>(&self, stream: S, query: &[u8]) -> Result<Vec<u8>, String>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let failed = |error: hyper::Error| format!("no reply: {error}");
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(LARGEST_HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(failed)?;
        let mut request = Request::post(&self.target.path)
            .header(HOST, &self.target.authority)
            .header(USER_AGENT, "kokoroe")
            .header(ACCEPT, "application/timestamp-reply")
            .header(CONTENT_TYPE, "application/timestamp-query");
        if let Some(credentials) = &self.credentials {
            request = request.header(AUTHORIZATION, credentials);
        }
        let request = request
            .body(Full::new(Bytes::copy_from_slice(query)))
            .map_err(|error| format!("{URL} cannot be used: {error}"))?;
        let exchange = async move {
            let response = sender.send_request(request).await.map_err(failed)?;
            let status = response.status();
            // Another address is nobody that the hospital has named: no redirection is followed.
            if status != StatusCode::OK {
                return Err(format!("it answered {status}"));
            }
            let body = Limited::new(response.into_body(), LARGEST).collect().await;
            body.map(|body| body.to_bytes().to_vec()).map_err(|error| format!("no whole reply: {error}"))
        };
        tokio::pin!(exchange);
        tokio::select! {
            biased;
            reply = &mut exchange => reply,
            ended = connection => {
                ended.map_err(failed)?;
                exchange.await
            }
        }
    }
}

/// TLS with these certificates above it.
fn tls(ca: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = ca {
        let fail = |error: &dyn std::fmt::Display| format!("{CA}: {}: {error}", path.display());
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| fail(&error))? {
            roots.add(certificate.map_err(|error| fail(&error))?).map_err(|error| fail(&error))?;
        }
        if roots.is_empty() {
            return Err(fail(&"there is no certificate in it"));
        }
    } else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
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
    fn an_authority_is_an_address_without_a_user() {
        let read = |text| {
            let Target { secure, host, port, path, .. } = Target::read(text)?;
            Some((secure, host, port, path))
        };
        assert_eq!(read("http://tsa.example.jp"), Some((false, "tsa.example.jp".into(), 80, "/".into())));
        assert_eq!(
            read(" https://tsa.example.jp/tsr?policy=1 "),
            Some((true, "tsa.example.jp".into(), 443, "/tsr?policy=1".into()))
        );
        assert_eq!(read("http://[::1]:8080/x"), Some((false, "::1".into(), 8080, "/x".into())));
        for wrong in [
            "tsa.example.jp",
            "/tsr",
            "ftp://tsa.example.jp",
            "http://",
            "http://user:word@tsa.example.jp/",
            "http://user@tsa.example.jp/",
            "http://tsa.example.jp:x/",
            "http://tsa.example.jp:0/",
            "http://tsa.example.jp:99999/",
            "http://tsa example.jp/",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

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

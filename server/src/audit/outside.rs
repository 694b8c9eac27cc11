//! Asking a server outside of the house by HTTP: a time stamp authority, a witness. One request on a connection of its own, with an end to
//! how long it may take and how much may come; no redirection is followed, because another address is nobody that the hospital has named.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use http::header::{HOST, USER_AGENT};
use http::{Request, StatusCode, Uri, request};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long an answer may take from the first byte to the last.
const PATIENCE: Duration = Duration::from_secs(30);
/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(1);
/// The longest pause. A checkpoint is never given up: whoever looks at it later wants to know how early it was there.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// The most that is held of the head of an answer.
const LARGEST_HEAD: usize = 1 << 14;

/// How long to wait after so many tries.
pub(super) fn pause(attempts: i64) -> TimeDelta {
    (1..attempts.min(16)).fold(FIRST_PAUSE, |pause, _| (pause * 2).min(LONGEST_PAUSE))
}

/// The address of a server.
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

/// The way to a server.
#[derive(Clone, Debug)]
pub struct Outside {
    target: Target,
    tls: Option<Arc<ClientConfig>>,
    patience: Duration,
}

impl Outside {
    /// The way to this address. With a file of certificates, those alone may vouch for its TLS, and otherwise those that the machine trusts.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn new(target: Target, ca: Option<&Path>) -> Result<Self, String> {
        let tls = if target.secure { Some(Arc::new(tls(ca)?)) } else { None };
        Ok(Self { target, tls, patience: PATIENCE })
    }

    /// The same, where an answer may take no longer than this.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Where it leads.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// Sends a body with the headers of `head`, and gives the status and at most `largest` bytes of the answer.
    ///
    /// # Errors
    /// In words, when there is no answer in time, or a larger one.
    pub async fn post(
        &self,
        head: request::Builder,
        body: &[u8],
        largest: usize,
    ) -> Result<(StatusCode, Vec<u8>), String> {
        let request = head
            .method(http::Method::POST)
            .uri(&self.target.path)
            .header(HOST, &self.target.authority)
            .header(USER_AGENT, "kokoroe")
            .body(Full::new(Bytes::copy_from_slice(body)))
            .map_err(|error| format!("this address cannot be used: {error}"))?;
        let seconds = self.patience.as_secs_f32();
        timeout(self.patience, self.connect(request, largest))
            .await
            .map_err(|_| format!("it did not reply within {seconds} seconds"))?
    }

    async fn connect(
        &self,
        request: Request<Full<Bytes>>,
        largest: usize,
    ) -> Result<(StatusCode, Vec<u8>), String> {
        let Target { host, port, .. } = &self.target;
        let not_reached = |error: std::io::Error| format!("{host}:{port} was not reached: {error}");
        let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(not_reached)?;
        let Some(tls) = &self.tls else { return exchange(stream, request, largest).await };
        let name = ServerName::try_from(host.clone()).map_err(|error| error.to_string())?;
        let stream = TlsConnector::from(tls.clone()).connect(name, stream).await.map_err(not_reached)?;
        exchange(stream, request, largest).await
    }
}

async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
    largest: usize,
) -> Result<(StatusCode, Vec<u8>), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let failed = |error: hyper::Error| format!("no reply: {error}");
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(failed)?;
    let exchange = async move {
        let response = sender.send_request(request).await.map_err(failed)?;
        let status = response.status();
        let body = Limited::new(response.into_body(), largest).collect().await;
        let body = body.map_err(|error| format!("no whole reply: {error}"))?;
        Ok((status, body.to_bytes().to_vec()))
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

/// TLS with these certificates above it.
fn tls(ca: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = ca {
        let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour_and_no_further() {
        let pauses: Vec<i64> = [1, 2, 3, 7, 8, 1_000_000].map(|tries| pause(tries).num_minutes()).to_vec();
        assert_eq!(pauses, [1, 2, 4, 60, 60, 60]);
    }

    #[test]
    fn an_address_has_no_user() {
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
}

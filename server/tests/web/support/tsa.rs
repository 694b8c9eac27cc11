//! A time stamp authority for tests: OpenSSL stamps, and what listens in front of it has manners that can be chosen.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::{fresh_folder, post};

/// How it behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It stamps.
    Stamps,
    /// It hangs up without a word.
    HangsUp,
    /// It listens and says nothing.
    Silent,
    /// It never stops.
    Endless,
    /// It answers this, with this status.
    Answers(&'static str, Vec<u8>),
}

/// An authority with a certificate that is good for time stamps and nothing else.
#[derive(Clone, Debug)]
pub(crate) struct Tsa {
    pub(crate) port: u16,
    folder: PathBuf,
    manner: Arc<Mutex<Manner>>,
    heads: Arc<Mutex<Vec<String>>>,
    replies: Arc<Mutex<Vec<Vec<u8>>>>,
}

const CONFIGURATION: &str = "[tsa]
default_tsa = one
[one]
serial = ./serial
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
";

impl Tsa {
    /// Starts one that is reached by plain HTTP.
    pub(crate) async fn start() -> Self {
        Self::listening(None).await
    }

    /// Starts one behind TLS, with a certificate for `localhost` below [`Tsa::tls_ca`].
    pub(crate) async fn start_secure() -> Self {
        let folder = fresh_folder();
        post::certificate(&folder);
        let chain = CertificateDer::pem_file_iter(folder.join("cert.pem")).expect("a file");
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate with its key");
        let tsa = Self::listening(Some(TlsAcceptor::from(Arc::new(config)))).await;
        std::fs::copy(folder.join("ca.pem"), tsa.folder.join("tls.pem")).expect("copied");
        std::fs::remove_dir_all(&folder).expect("gone");
        tsa
    }

    async fn listening(tls: Option<TlsAcceptor>) -> Self {
        let folder = fresh_folder();
        authority(&folder);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let manner = Arc::new(Mutex::new(Manner::Stamps));
        let new = Self { port, folder, manner, heads: Arc::default(), replies: Arc::default() };
        let inner = new.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (inner, tls) = (inner.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => inner.talk(stream).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => inner.talk(stream).await,
                            Err(error) => Err(error),
                        },
                    }
                });
            }
        });
        new
    }

    pub(crate) fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("a manner") = manner;
    }

    /// Where it is asked.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/stamp", self.port)
    }

    /// The certificate above that which signs its stamps.
    pub(crate) fn ca(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// The certificate above that of its TLS.
    pub(crate) fn tls_ca(&self) -> PathBuf {
        self.folder.join("tls.pem")
    }

    /// The heads of the requests that it was sent.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("heads").clone()
    }

    /// What it replied.
    pub(crate) fn replies(&self) -> Vec<Vec<u8>> {
        self.replies.lock().expect("replies").clone()
    }

    async fn talk<S: AsyncRead + AsyncWrite + Unpin>(&self, mut stream: S) -> std::io::Result<()> {
        let mut request = Vec::new();
        let (head, length) = loop {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
            let text = String::from_utf8_lossy(&request).into_owned();
            if let Some((head, _)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
                break (head.to_owned(), length.unwrap_or(0));
            }
        };
        while request.len() < head.len() + 4 + length {
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let query = request.split_off(head.len() + 4);
        self.heads.lock().expect("heads").push(head);
        let manner = self.manner.lock().expect("a manner").clone();
        let (status, reply) = match manner {
            Manner::Stamps => ("200 OK", self.stamp(query).await),
            Manner::Answers(status, reply) => (status, reply),
            Manner::HangsUp => return Ok(()),
            Manner::Silent => return std::future::pending().await,
            Manner::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
                loop {
                    stream.write_all(b"400\r\n").await?;
                    stream.write_all(&[b'0'; 1024]).await?;
                    stream.write_all(b"\r\n").await?;
                }
            }
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\n\r\n",
            reply.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&reply).await?;
        stream.shutdown().await
    }

    async fn stamp(&self, query: Vec<u8>) -> Vec<u8> {
        let folder = self.folder.clone();
        let reply = tokio::task::spawn_blocking(move || {
            std::fs::write(folder.join("query"), query).expect("written");
            openssl(
                &folder,
                &["ts", "-reply", "-config", "tsa.conf", "-queryfile", "query", "-out", "reply"],
            );
            std::fs::read(folder.join("reply")).expect("a reply")
        });
        let reply = reply.await.expect("it comes back");
        self.replies.lock().expect("replies").push(reply.clone());
        reply
    }
}

fn openssl(folder: &Path, words: &[&str]) {
    let done = Command::new("openssl").args(words).current_dir(folder).output().expect("openssl runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A root, and below it a certificate for time stamps (RFC 3161, section 2.3: critical, and this use alone).
fn authority(folder: &Path) {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    write("tsa.conf", CONFIGURATION);
    write("serial", "01\n");
    write("uses", "extendedKeyUsage=critical,timeStamping\n");
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let root = ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test Time Root", "-days", "2"];
    openssl(folder, &[&["req", "-x509"], &key[..], &root].concat());
    let own = ["-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/O=Test/CN=Test Time Authority"];
    openssl(folder, &[&["req"], &key[..], &own].concat());
    let signed = ["-CAcreateserial", "-out", "tsa.pem", "-days", "2", "-extfile", "uses"];
    openssl(
        folder,
        &[&["x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key"], &signed[..]].concat(),
    );
}

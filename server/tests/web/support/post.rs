//! Mail servers for tests: a loopback listener whose manners can be chosen, and Exim, which has its own.

use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How the listener behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It takes every mail.
    Takes,
    /// It says that it cannot now.
    RefusesForNow,
    /// It knows nobody.
    KnowsNobody,
    /// It takes a mail and hangs up without saying so.
    HangsUp,
}

/// A listener that speaks enough SMTP for a client to hand over a mail, without TLS.
#[derive(Clone, Debug)]
pub(crate) struct Listener {
    pub(crate) port: u16,
    manner: Arc<Mutex<Manner>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let new = Self { port, manner: Arc::new(Mutex::new(Manner::Takes)), mails: Arc::default() };
        let inner = new.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = inner.clone();
                tokio::spawn(async move { drop(inner.talk(stream).await) });
            }
        });
        new
    }

    pub(crate) fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("a manner") = manner;
    }

    /// What was handed over, as it came.
    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("mails").clone()
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 loopback\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let manner = *self.manner.lock().expect("a manner");
            let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer = match (word.as_str(), manner) {
                ("EHLO", _) => "250-loopback\r\n250 8BITMIME\r\n",
                ("MAIL", Manner::RefusesForNow) => "451 not now\r\n",
                ("RCPT", Manner::KnowsNobody) => "550 no such user here\r\n",
                ("MAIL" | "RCPT" | "RSET" | "NOOP", _) => "250 ok\r\n",
                ("DATA", _) => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut mail = String::new();
                    while let Some(line) = lines.next_line().await? {
                        if line == "." {
                            break;
                        }
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    self.mails.lock().expect("mails").push(mail);
                    if manner == Manner::HangsUp {
                        return Ok(());
                    }
                    "250 taken\r\n"
                }
                ("QUIT", _) => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 what?\r\n",
            };
            write.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }
}

/// The name and password that Exim takes.
pub(crate) const USER: (&str, &str) = ("kokoroe", "a-word-for-the-mail-server");

/// Exim, a mail server that hospitals run, in a folder of its own: every connection is handed to a fresh process as inetd would, and what it
/// takes stays in its queue. It offers STARTTLS with a certificate for `localhost`, knows [`USER`], and has nobody called `nobody`.
#[derive(Debug)]
pub(crate) struct Exim {
    pub(crate) port: u16,
    folder: PathBuf,
}

const EXIM: &str = "/usr/sbin/exim4";

impl Exim {
    /// Starts it; `None` where it is not installed. Where `KOKOROE_REQUIRE_MAIL` is set, that is a failure and not a skip.
    pub(crate) async fn start(folder: &Path) -> Option<Self> {
        if !Path::new(EXIM).exists() {
            assert!(std::env::var("KOKOROE_REQUIRE_MAIL").is_err(), "exim4 is not installed");
            return None;
        }
        let folder = folder.join("exim");
        std::fs::create_dir_all(folder.join("spool")).expect("a folder");
        certificate(&folder);
        std::fs::write(folder.join("conf"), conf(&folder)).expect("a configuration");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let conf = folder.join("conf");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let stream = stream.into_std().expect("a socket");
                stream.set_nonblocking(false).expect("a blocking socket");
                let other = stream.try_clone().expect("a socket");
                let mut child = Command::new(EXIM)
                    .arg("-C")
                    .arg(&conf)
                    .arg("-bs")
                    .stdin(Stdio::from(OwnedFd::from(stream)))
                    .stdout(Stdio::from(OwnedFd::from(other)))
                    .stderr(Stdio::null())
                    .spawn()
                    .expect("exim runs");
                tokio::task::spawn_blocking(move || child.wait());
            }
        });
        Some(Self { port, folder })
    }

    /// The certificate that a client must trust.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// What it has taken: the file with the headers of each mail and the one with its text.
    pub(crate) fn queue(&self) -> Vec<(String, String)> {
        let read = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).expect("a file")).into_owned();
        let mut names: Vec<PathBuf> = std::fs::read_dir(self.folder.join("spool/input"))
            .map(|entries| entries.map(|entry| entry.expect("an entry").path()).collect())
            .unwrap_or_default();
        names.sort();
        let heads = names.iter().filter_map(|path| path.to_str()?.strip_suffix("-H"));
        heads
            .map(|path| (read(Path::new(&format!("{path}-H"))), read(Path::new(&format!("{path}-D")))))
            .collect()
    }
}

fn conf(folder: &Path) -> String {
    let owner = std::fs::metadata(folder).expect("a folder");
    let (uid, gid, folder, (user, password)) = (owner.uid(), owner.gid(), folder.display(), USER);
    format!(
        "primary_hostname = mail.example.jp
spool_directory = {folder}/spool
log_file_path = {folder}/spool/%slog
exim_user = {uid}
exim_group = {gid}
never_users =
keep_environment =
queue_only = true
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
auth_advertise_hosts = ${{if def:tls_in_cipher{{*}}{{}}}}
acl_smtp_rcpt = rcpt
acl_smtp_data = data
begin acl
rcpt:
  deny message = no such user here
       local_parts = nobody
  accept
data:
  accept
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"
    )
}

/// An authority and a certificate for `localhost` that it has signed.
pub(crate) fn certificate(folder: &Path) {
    let openssl = |words: &[&str]| {
        let done = Command::new("openssl").args(words).current_dir(folder).output().expect("openssl runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let mut names = std::fs::File::create(folder.join("names")).expect("a file");
    names.write_all(b"subjectAltName=DNS:localhost\n").expect("written");
    openssl(
        &[
            &["req", "-x509"],
            &key[..],
            &["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "2"],
        ]
        .concat(),
    );
    openssl(
        &[&["req"], &key[..], &["-keyout", "key.pem", "-out", "csr.pem", "-subj", "/CN=localhost"]].concat(),
    );
    openssl(&[
        "x509",
        "-req",
        "-in",
        "csr.pem",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "cert.pem",
        "-days",
        "2",
        "-extfile",
        "names",
    ]);
}

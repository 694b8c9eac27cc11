//! Handing mail to the hospital's server, by SMTP.

use std::path::Path;
use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use super::store::Mail;
use crate::config::{self, is_loopback};
use crate::people::Hospital;

/// Where the password may stand instead of in the file.
pub const PASSWORD_VARIABLE: &str = "KOKOROE_MAIL_PASSWORD";
/// The file with the password, beside the data. It is never in the database, so it is in no copy of it.
pub const PASSWORD_FILE: &str = "mail.password";

/// How long a mail server may take for one step.
const PATIENCE: Duration = Duration::from_secs(30);
/// Codes that refuse the sign-in and not the mail (RFC 4954, 6).
const SIGN_IN_CODES: std::ops::RangeInclusive<u16> = 530..=538;

/// How the way to the server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS. A server that does not offer it gets no mail.
    StartTls,
    /// None: the server is on this very machine.
    ThisMachine,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is kept secret.
    pub secrecy: Secrecy,
}

impl Server {
    /// Reads `smtp://host[:port]` or `smtps://host[:port]`; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().trim_end_matches('/').split_once("://")?;
        if rest.contains(['/', '?', '#', '@', ' ']) {
            return None;
        }
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                (host, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?))
            }
            Some(_) | None => (rest, None),
        };
        let here = is_loopback(&format!("{host}:0"));
        let secrecy = match scheme {
            "smtps" => Secrecy::Tls,
            "smtp" if here => Secrecy::ThisMachine,
            "smtp" => Secrecy::StartTls,
            _ => return None,
        };
        let usual = match secrecy {
            Secrecy::Tls => 465,
            Secrecy::StartTls => 587,
            Secrecy::ThisMachine => 25,
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        (!host.is_empty()).then(|| Self { host, port: port.unwrap_or(usual), secrecy })
    }
}

/// Whether the hospital has named a mail server and a sender.
#[must_use]
pub fn is_set(hospital: &Hospital) -> bool {
    hospital.plain("mail.server").and_then(Server::read).is_some() && sender(hospital).is_some()
}

fn sender(hospital: &Hospital) -> Option<Address> {
    hospital.plain("mail.from")?.parse().ok()
}

/// What comes after the @ in the names of this hospital's mails. They keep their names when a mail is sent again.
#[must_use]
pub fn domain(hospital: &Hospital) -> String {
    sender(hospital).map_or_else(|| "kokoroe.invalid".to_owned(), |address| address.domain().to_owned())
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Refusal {
    /// What the server, or the way to it, said.
    pub words: String,
    /// It will be refused again, however often it is tried.
    pub for_good: bool,
    /// The server was not reached: the next mail would not reach it either.
    pub unreachable: bool,
}

impl From<lettre::transport::smtp::Error> for Refusal {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        let code = error.status().map(u16::from);
        let sign_in = code.is_some_and(|code| SIGN_IN_CODES.contains(&code));
        Self {
            words: short(&with_causes(&error)),
            for_good: error.is_permanent() && !sign_in,
            unreachable: code.is_none() || sign_in,
        }
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = error.source();
    }
    words
}

fn short(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
}

/// The way to the hospital's mail server.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// The way that the settings describe; `None` without a mail server.
    ///
    /// # Errors
    /// With what is missing or cannot be used.
    pub fn of(hospital: &Hospital, data: &Path) -> Result<Option<Self>, String> {
        let Some(server) = hospital.plain("mail.server") else { return Ok(None) };
        let server = Server::read(server).ok_or("mail.server cannot be read")?;
        let from = sender(hospital).ok_or("mail.from is not set: no mail is sent")?;
        let from = Mailbox::new(Some(hospital.name(kokoroe_app::Lang::Ja).to_owned()), from);
        let credentials = match hospital.plain("mail.user") {
            Some(user) => Some(Credentials::new(
                user.to_owned(),
                config::password(data, PASSWORD_FILE, PASSWORD_VARIABLE, "mail.user")?,
            )),
            None => None,
        };
        Self::new(&server, from, credentials).map(Some)
    }

    /// The way to this server.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(server: &Server, from: Mailbox, credentials: Option<Credentials>) -> Result<Self, String> {
        let secret = || TlsParameters::new(server.host.clone()).map_err(|error| with_causes(&error));
        let tls = match server.secrecy {
            Secrecy::Tls => Tls::Wrapper(secret()?),
            Secrecy::StartTls => Tls::Required(secret()?),
            Secrecy::ThisMachine => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
            .port(server.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .pool_config(PoolConfig::new().max_size(1));
        if let Some(credentials) = credentials {
            builder = builder.credentials(credentials);
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn send(&self, mail: &Mail) -> Result<(), Refusal> {
        let message =
            self.message(mail).map_err(|words| Refusal { words, for_good: true, unreachable: false })?;
        self.transport.send(message).await?;
        Ok(())
    }

    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let to: Address = mail.address.parse().map_err(|_| "not a mail address".to_owned())?;
        let micros = u64::try_from(mail.made_at.timestamp_micros()).unwrap_or(0);
        // RFC 3834: nobody's absence note answers, and no list does.
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.clone())
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
            .message_id(Some(mail.message_id.clone()))
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_elsewhere_is_never_spoken_to_in_the_clear() {
        let read = |text| Server::read(text).map(|server| (server.host, server.port, server.secrecy));
        assert_eq!(read("smtp://mail.example.jp"), Some(("mail.example.jp".into(), 587, Secrecy::StartTls)));
        assert_eq!(
            read("smtps://mail.example.jp:4650/"),
            Some(("mail.example.jp".into(), 4650, Secrecy::Tls))
        );
        assert_eq!(read("smtp://localhost:2525"), Some(("localhost".into(), 2525, Secrecy::ThisMachine)));
        assert_eq!(read("smtp://[::1]"), Some(("::1".into(), 25, Secrecy::ThisMachine)));
        assert_eq!(
            read("smtp://127.0.0.1.example.jp"),
            Some(("127.0.0.1.example.jp".into(), 587, Secrecy::StartTls))
        );
        for wrong in [
            "mail.example.jp",
            "http://mail.example.jp",
            "smtp://",
            "smtp://user:pass@host",
            "smtp://host:0",
            "smtp://host:x",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}

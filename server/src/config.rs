//! What whoever installs the program decides.

use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::clock::Calendar;
use crate::db::Location;

/// How one server runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder with the database, the keys and the copies of the checkpoints.
    pub data: PathBuf,
    /// Where the records are.
    pub location: Location,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How browsers reach it: scheme, host and port, without a path.
    pub origin: Origin,
    /// Reverse proxies whose word about the caller's address is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How the hospital counts days and years.
    pub calendar: Calendar,
    /// Whether this is the demo hospital, which prints who can sign in.
    pub demo: bool,
}

/// The address under which browsers reach the server, such as `https://kokoroe.example.jp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    secure: bool,
}

impl Origin {
    /// Reads `http://host[:port]` or `https://host[:port]`.
    ///
    /// # Errors
    /// When it is neither, or names a path.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim_end_matches('/');
        let (scheme, host) =
            text.split_once("://").ok_or("an origin looks like https://host or http://host:port")?;
        if !matches!(scheme, "http" | "https") || host.is_empty() || host.contains(['/', '?', '#', '@']) {
            return Err("an origin looks like https://host or http://host:port, without a path".into());
        }
        Ok(Self { text: text.to_owned(), secure: scheme == "https" || is_loopback(host) })
    }

    /// As browsers write it in the `Origin` header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether browsers treat it as a secure context (https, or this very machine), so that cookies can be marked `Secure`.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

/// Whether this host, with or without a port, is this very machine.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// A password of the hospital's at another server: from the environment, or from a file beside the data that nobody else may read. It is
/// never in the database, so it is in no copy of it. `setting` is what asks for it.
///
/// # Errors
/// When it is at neither place, or others may read the file.
pub fn password(data: &Path, file: &str, variable: &str, setting: &str) -> Result<String, String> {
    if let Ok(password) = std::env::var(variable) {
        return Ok(password);
    }
    let path = data.join(file);
    let fail = |error: std::io::Error| {
        format!("{setting} is set, but neither {variable} nor {}: {error}", path.display())
    };
    let others = fs::metadata(&path).map_err(fail)?.permissions().mode() & 0o077;
    if others != 0 {
        return Err(format!("{}: others may read it; chmod 600 first", path.display()));
    }
    let text = fs::read_to_string(&path).map_err(fail)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert!(Origin::parse("https://kokoroe.example.jp/").is_ok_and(|o| o.is_secure()));
        assert!(Origin::parse("http://localhost:3000").is_ok_and(|o| o.is_secure()));
        assert!(Origin::parse("http://127.0.0.1:3000").is_ok_and(|o| o.is_secure()));
        assert!(Origin::parse("http://ward-pc:3000").is_ok_and(|o| !o.is_secure()));
        for wrong in ["localhost:3000", "ftp://host", "https://host/path", "https://user@host", "https://"] {
            assert!(Origin::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_that_others_may_read_is_not_used() {
        let data = std::env::temp_dir().join(format!("kokoroe-password-{}", std::process::id()));
        fs::create_dir_all(&data).expect("a data folder");
        let file = data.join("mail.password");
        fs::write(&file, "secret\n").expect("a password");
        let readable_by =
            |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
        let read = || password(&data, "mail.password", "KOKOROE_NO_SUCH_PASSWORD", "mail.user");
        readable_by(0o644);
        assert!(read().is_err_and(|error| error.contains("chmod") && !error.contains("secret")));
        readable_by(0o600);
        assert_eq!(read().as_deref(), Ok("secret"));
        fs::remove_dir_all(&data).expect("gone");
    }
}

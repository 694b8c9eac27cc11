//! The signatures of time stamps, checked by OpenSSL on the machine of whoever verifies: it knows certificates, and it is somebody else's
//! program. The server never starts it, or any other.

use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, Utc};
use kokoroe_evidence::pack::{LONGEST_NOTE, Source, held, stamps};
use kokoroe_evidence::{Difference, Fault, Hash, Stamp};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

use super::Failure;

/// What came of it.
pub(super) enum Signatures {
    /// All of them lead to a certificate that is trusted.
    Good,
    /// These do not.
    Bad(Vec<Difference>),
    /// There is no OpenSSL here.
    NotChecked,
}

/// One time stamp: its file, the hash of the note that it is for, and the reply.
type Stamped = (String, Hash, Vec<u8>);

/// Checks the signature of every time stamp of a pack by the certificates in `ca`.
pub(super) fn check(files: &(impl Source + ?Sized), ca: &Path) -> Result<Signatures, Failure> {
    let told = |error: &dyn std::fmt::Display| Failure::new(format!("--tsa-ca {}: {error}", ca.display()));
    let certificates = CertificateDer::pem_file_iter(ca).map_err(|error| told(&error))?;
    let certificates: Result<Vec<_>, _> = certificates.collect();
    if certificates.map_err(|error| told(&error))?.is_empty() {
        return Err(told(&"there is no certificate in it. 証明書（PEM）がありません。"));
    }
    let short = |name: &str| held(files, name, LONGEST_NOTE).ok();
    let names = files.names();
    let all: Vec<Stamped> = stamps(&names)
        .filter_map(|(name, note)| Some((name.clone(), Hash::of(&short(&note)?), short(name)?)))
        .collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let found: Result<Vec<Vec<Difference>>, Trouble> = std::thread::scope(|scope| {
        let pieces = all.chunks(all.len().div_ceil(workers).max(1));
        let pieces: Vec<_> = pieces.map(|piece| scope.spawn(move || check_these(piece, ca))).collect();
        let ended = |_| Trouble::Failed("a check ended early".to_owned());
        pieces.into_iter().map(|piece| piece.join().map_err(ended)?).collect()
    });
    match found {
        Ok(found) if found.iter().all(Vec::is_empty) => Ok(Signatures::Good),
        Ok(found) => Ok(Signatures::Bad(found.into_iter().flatten().collect())),
        Err(Trouble::NoOpenssl) => Ok(Signatures::NotChecked),
        Err(Trouble::Failed(words)) => Err(Failure::new(format!("openssl: {words}"))),
    }
}

/// Why a signature could not be looked at.
enum Trouble {
    NoOpenssl,
    Failed(String),
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == ErrorKind::NotFound { Self::NoOpenssl } else { Self::Failed(error.to_string()) }
    }
}

fn check_these(stamps: &[Stamped], ca: &Path) -> Result<Vec<Difference>, Trouble> {
    let mut found = Vec::new();
    for (name, imprint, reply) in stamps {
        // What is no time stamp at all is a difference of the pack.
        let Ok(stamp) = Stamp::read(reply) else { continue };
        let Ok(at) = stamp.at().parse::<DateTime<Utc>>() else { continue };
        let said = ask(*imprint, reply, at, ca)?;
        if !said.status.success() {
            found.push(Difference {
                fault: Fault::StampSignature,
                file: name.clone(),
                line: None,
                leaf: None,
                expected: String::new(),
                found: reason(&said),
                count: 1,
            });
        }
    }
    Ok(found)
}

/// `openssl ts -verify`: the certificates are looked at as of the time that was stamped, because the pack of a year is read long after
/// they have expired.
fn ask(imprint: Hash, reply: &[u8], at: DateTime<Utc>, ca: &Path) -> Result<Output, Trouble> {
    let mut child = Command::new("openssl")
        .args(["ts", "-verify", "-digest", &imprint.to_string(), "-in", "/dev/stdin", "-CAfile"])
        .arg(ca)
        .args(["-attime", &at.timestamp().to_string()])
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(reply) {
            // It saw enough before the end, and says what it saw.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
    }
    Ok(child.wait_with_output()?)
}

/// The last thing that it said.
fn reason(said: &Output) -> String {
    let words = String::from_utf8_lossy(&said.stderr);
    let last = words.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    last.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}

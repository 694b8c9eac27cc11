//! Checking a certificate by its proof, and what can be done with a proof after records were lost.

use axum::extract::State;
use base64::Engine as _;
use chrono::{DateTime, Utc};
use http::StatusCode;
use kokoroe_app::training::{CertificateProof, ProofFault, ProofScripts, Proven, Restore};
use kokoroe_evidence::certificate::{Certificate, CertificateError, check};

use super::translate::moment;
use crate::http::{Answer, Problem, Sent, Visitor, page, page_with_status};
use crate::state::Site;

/// The address of the page that checks a proof, with the proof in it. What follows the # stays in the browser.
#[must_use]
pub fn address(site: &Site, proof: &str) -> String {
    use std::io::Write as _;
    let mut small = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing into memory does not fail; a code that lacks something proves nothing, and nobody is misled.
    let packed = small.write_all(proof.as_bytes()).and_then(|()| small.finish()).unwrap_or_default();
    let packed = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(packed);
    format!("{}{}#{packed}", site.config.origin.as_str(), kokoroe_app::paths::VERIFY_PROOF)
}

/// The text of a proof that somebody sent: the file that was chosen, or what was pasted.
pub(super) fn text_of(sent: &Sent) -> String {
    let file = sent.file("file").map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    file.unwrap_or_else(|| sent.form.text("proof").to_owned())
}

/// The page with nothing on it but what was sent.
pub(super) fn blank(site: &Site, visitor: &Visitor, text: String) -> CertificateProof {
    let scripts = kokoroe_assets::verifier().map(|(page, js, wasm)| ProofScripts {
        page: page.path.to_owned(),
        js: js.path.to_owned(),
        wasm: wasm.path.to_owned(),
    });
    let lost = visitor.signed.is_some() && !site.ledger.recoveries().is_empty();
    CertificateProof {
        empty: false,
        found: None,
        restore: if lost { Restore::Offered } else { Restore::No },
        vkey: site.signer.vkey(),
        keys: site.signer.keys().encode(),
        zone: site.calendar().zone.name().to_owned(),
        text,
        scripts,
    }
}

/// Why a text proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unproven {
    /// Nothing was sent.
    Empty,
    /// It is not so.
    Fault(ProofFault),
}

impl Unproven {
    /// The page that says so.
    pub(super) fn on(self, page: CertificateProof) -> CertificateProof {
        match self {
            Self::Empty => CertificateProof { empty: true, ..page },
            Self::Fault(fault) => CertificateProof { found: Some(Err(fault)), ..page },
        }
    }
}

/// What a text proves.
pub(super) fn proven(site: &Site, text: &str) -> Result<Certificate, Unproven> {
    if text.trim().is_empty() {
        return Err(Unproven::Empty);
    }
    check(text, site.signer.keys()).map_err(|error| Unproven::Fault(fault(&error)))
}

/// The page on which anybody checks a proof.
pub async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    let view = blank(&site, &visitor, String::new());
    Ok(page(&site, &visitor, view))
}

/// Checks a proof for whose browser does not. Nothing is looked up: the proof is all there is.
pub async fn submit(State(site): State<Site>, visitor: Visitor, sent: Sent) -> Answer {
    let text = text_of(&sent);
    let proven = match proven(&site, &text) {
        Ok(proven) => proven,
        Err(why) => {
            let status =
                if why == Unproven::Empty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return Ok(page_with_status(&site, &visitor, status, why.on(blank(&site, &visitor, text))));
        }
    };
    let at: DateTime<Utc> = proven.at.parse().map_err(Problem::broken)?;
    let found = Proven {
        number: proven.number,
        name: proven.name,
        at: moment(at, site.calendar()),
        log: proven.signed.origin,
        leaf: proven.leaf,
        size: proven.signed.size,
    };
    let view = CertificateProof { found: Some(Ok(found)), ..blank(&site, &visitor, text) };
    Ok(page(&site, &visitor, view))
}

fn fault(error: &CertificateError) -> ProofFault {
    let code = error.code();
    ProofFault::ALL.into_iter().find(|fault| fault.code() == code).unwrap_or(ProofFault::Form)
}

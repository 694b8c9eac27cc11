//! What an authority is called (X.501 names, as far as pages show them). Nothing depends on it: a name that cannot be read is none.

use super::der::{self, Element, Reader};

/// commonName (RFC 5280, appendix A.1).
const COMMON_NAME: [u8; 3] = [0x55, 0x04, 0x03];
/// organizationName.
const ORGANISATION: [u8; 3] = [0x55, 0x04, 0x0a];

/// The longest name that is shown, in characters.
const LONGEST: usize = 100;

/// A text of a stranger, short and in one line.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}

/// The name in a `GeneralName` (RFC 5280, section 4.2.1.6), which has it as `[4]`.
pub(super) fn of_general(general: &[u8]) -> Option<String> {
    let mut general = Reader::new(general);
    let mut directory = Reader::new(general.take(der::tagged(4))?);
    of(directory.any()?)
}

/// The subject of the certificate that a signature names by its issuer and its number (RFC 5652, section 5.3).
pub(super) fn of_signer(certificates: &[u8], id: Element<'_>) -> Option<String> {
    let mut certificates = Reader::new(certificates);
    while let Some(certificate) = certificates.sequence() {
        if let Some(subject) = subject(certificate, id.content) {
            return of(subject);
        }
    }
    None
}

/// The subject of a certificate, if its issuer and its number are these (`TBSCertificate`, RFC 5280, section 4.1).
fn subject<'a>(mut certificate: Reader<'a>, id: &[u8]) -> Option<Element<'a>> {
    let mut parts = certificate.sequence()?;
    parts.optional(der::tagged(0))?;
    let number = parts.take(der::INTEGER)?;
    parts.sequence()?;
    let issuer = parts.any()?;
    parts.sequence()?;
    let subject = parts.any()?;
    let mut named = Reader::new(id);
    let is_it = named.any()?.whole == issuer.whole && named.take(der::INTEGER)? == number;
    is_it.then_some(subject)
}

/// The common name, or else the organisation.
fn of(name: Element<'_>) -> Option<String> {
    let mut organisation = None;
    let mut parts = Reader::new(name.content);
    while let Some(part) = parts.take(der::SET) {
        let mut part = Reader::new(part);
        while let Some(mut attribute) = part.sequence() {
            let kind = attribute.take(der::OBJECT)?;
            let text =
                attribute.any().filter(|text| [der::TEXT, der::PRINTABLE, der::ASCII].contains(&text.tag));
            let text = text.and_then(|text| std::str::from_utf8(text.content).ok()).map(harmless);
            if kind == COMMON_NAME && text.is_some() {
                return text;
            }
            if kind == ORGANISATION {
                organisation = text;
            }
        }
    }
    organisation
}

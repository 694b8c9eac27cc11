//! Time stamps (RFC 3161): an authority's signed statement that it was shown the hash of a checkpoint at an instant of its own clock.
//!
//! What is asked is made here, and what comes back is read here. **The signature of a token is not checked here**: that takes the
//! certificates of whoever the reader trusts, and `openssl ts -verify` does it. So what is read is what somebody claims.

use crate::hash::Hash;
use crate::leaf;

mod der;
mod name;

use der::Reader;

/// The ending of the files that hold replies, beside those of the checkpoints that they are for.
pub const ENDING: &str = ".tsr";

/// The longest reply that is read, in bytes. A token with its certificates has a few thousand.
pub const LARGEST: usize = 1 << 16;

/// By how many milliseconds a leaf may seem to be younger than the token that covers it: two clocks are never one.
pub const SKEW: u64 = 60_000;

/// SHA-256 (RFC 5754, section 2.2).
const SHA256: [u8; 9] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// Signed data (RFC 5652, section 5.1).
const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// What a token says (RFC 3161, section 2.4.2).
const TST_INFO: [u8; 11] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];

/// Reasons for a refusal by their bits (RFC 3161, section 2.4.2).
const REASONS: [(usize, &str); 8] = [
    (0, "badAlg"),
    (2, "badRequest"),
    (5, "badDataFormat"),
    (14, "timeNotAvailable"),
    (15, "unacceptedPolicy"),
    (16, "unacceptedExtension"),
    (17, "addInfoNotAvailable"),
    (25, "systemFailure"),
];

/// Why a reply is not a time stamp of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// The authority stamped nothing.
    #[error("the authority refused: {0}")]
    Refused(String),
    /// Not a reply, or not one to what was asked.
    #[error("this is not a time stamp: {0}")]
    Form(&'static str),
    /// A stamp of something else.
    #[error("this is the time stamp of something else: {0}")]
    Imprint(Hash),
    /// A stamp that was asked for at another time.
    #[error("this is the time stamp of another request")]
    Nonce,
}

/// What an authority is asked: to stamp the SHA-256 of a checkpoint's note, as it is, byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    imprint: Hash,
    nonce: [u8; 8],
}

impl Query {
    /// The request for a note. The random bytes make it another request than every one before, so that no old reply answers it.
    pub fn new(note: &[u8], random: [u8; 8]) -> Self {
        let [first, rest @ ..] = random;
        let [a, b, c, d, e, f, g] = rest;
        // A positive number that needs all of its bytes, whatever was drawn.
        Self { imprint: Hash::of(note), nonce: [first & 0x3f | 0x40, a, b, c, d, e, f, g] }
    }

    /// `TimeStampReq` (RFC 3161, section 2.4.1) with the nonce and with the wish for the authority's certificate.
    pub fn encode(&self) -> Vec<u8> {
        let mut algorithm = Vec::new();
        der::put(der::OBJECT, &SHA256, &mut algorithm);
        der::put(der::NULL, &[], &mut algorithm);
        let mut imprint = Vec::new();
        der::put(der::SEQUENCE, &algorithm, &mut imprint);
        der::put(der::BYTES, self.imprint.as_bytes(), &mut imprint);
        let mut request = Vec::new();
        der::put(der::INTEGER, &[1], &mut request);
        der::put(der::SEQUENCE, &imprint, &mut request);
        der::put(der::INTEGER, &self.nonce, &mut request);
        der::put(der::BOOLEAN, &[0xff], &mut request);
        let mut whole = Vec::new();
        der::put(der::SEQUENCE, &request, &mut whole);
        whole
    }

    /// Reads the reply.
    ///
    /// # Errors
    /// When it grants nothing, is not strictly a reply, or one to another request.
    pub fn answered_by(&self, reply: &[u8]) -> Result<Stamp, StampError> {
        let stamp = Stamp::read(reply)?;
        if stamp.imprint != self.imprint {
            return Err(StampError::Imprint(stamp.imprint));
        }
        if stamp.nonce.as_deref() != Some(&self.nonce) {
            return Err(StampError::Nonce);
        }
        Ok(stamp)
    }
}

/// What a reply claims. Whether the authority said so, its signature tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    imprint: Hash,
    nonce: Option<Vec<u8>>,
    at: String,
    at_number: u64,
    authority: Option<String>,
}

impl Stamp {
    /// Reads a reply (`TimeStampResp`, RFC 3161, section 2.4.2), strictly as far as it is understood; certificates and signatures are not.
    ///
    /// # Errors
    /// When it grants nothing, or is not strictly a reply with a token over a SHA-256.
    pub fn read(reply: &[u8]) -> Result<Self, StampError> {
        if reply.len() > LARGEST {
            return Err(StampError::Form("it is too large"));
        }
        let mut outer = Reader::new(reply);
        let mut parts = outer.sequence().ok_or(StampError::Form("it is not a reply"))?;
        outer.end().ok_or(StampError::Form("something comes after its end"))?;
        let status = parts.sequence().ok_or(StampError::Form("it has no status"))?;
        granted(status)?;
        let token = parts.sequence().ok_or(StampError::Form("it has no token"))?;
        parts.end().ok_or(StampError::Form("something comes after the token"))?;
        let (said, signer) = signed(token).ok_or(StampError::Form("its token is not signed data"))?;
        let (mut stamp, own_name) = stated(said)?;
        stamp.authority = own_name.or(signer);
        Ok(stamp)
    }

    /// Reads the reply for a note that was kept.
    ///
    /// # Errors
    /// As [`Stamp::read`], and when it is for another note.
    pub fn of(note: &[u8], reply: &[u8]) -> Result<Self, StampError> {
        let stamp = Self::read(reply)?;
        if stamp.imprint == Hash::of(note) { Ok(stamp) } else { Err(StampError::Imprint(stamp.imprint)) }
    }

    /// What was stamped: the SHA-256 of a note.
    pub const fn imprint(&self) -> &Hash {
        &self.imprint
    }

    /// When, by the authority's clock: `YYYY-MM-DDThh:mm:ss.sssZ`.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// The same as [`leaf::time_number`] has it.
    pub(crate) const fn at_number(&self) -> u64 {
        self.at_number
    }

    /// What the authority calls itself, or what the certificate calls it that the token names.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }
}

/// `PKIStatusInfo` (RFC 3161, section 2.4.2): 0 is granted, 1 is granted with changes; both come with a token.
fn granted(mut status: Reader<'_>) -> Result<(), StampError> {
    const FORM: StampError = StampError::Form("its status cannot be read");
    let number = status.take(der::INTEGER).ok_or(FORM)?;
    let words = status.optional(der::SEQUENCE).ok_or(FORM)?;
    let reasons = status.optional(der::BITS).ok_or(FORM)?;
    status.end().ok_or(FORM)?;
    if matches!(number, [0 | 1]) {
        return Ok(());
    }
    let mut told = Vec::new();
    let mut words = Reader::new(words.unwrap_or_default());
    while !words.is_empty() {
        let line = words.take(der::TEXT).ok_or(FORM)?;
        told.push(name::harmless(std::str::from_utf8(line).map_err(|_| FORM)?));
    }
    // The first byte says how many bits of the last one are unused.
    let bits = reasons.and_then(|bits| bits.split_first()).map(|(_, bits)| bits).unwrap_or_default();
    let is_set = |bit: usize| bits.get(bit / 8).is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0);
    told.extend(REASONS.iter().filter(|(bit, _)| is_set(*bit)).map(|(_, reason)| (*reason).to_owned()));
    if told.is_empty() {
        told.push("it does not say why".to_owned());
    }
    Err(StampError::Refused(told.join(", ")))
}

/// What is signed (`ContentInfo` with `SignedData`, RFC 5652, section 5.1), and the name of its signer if a certificate tells it. A token has
/// the signature of its authority and no other (RFC 3161, section 2.4.2).
fn signed(mut info: Reader<'_>) -> Option<(&[u8], Option<String>)> {
    let kind = info.take(der::OBJECT)?;
    let mut explicit = Reader::new(info.take(der::tagged(0))?);
    info.end()?;
    let mut data = explicit.sequence()?;
    explicit.end()?;
    data.take(der::INTEGER)?;
    data.take(der::SET)?;
    let mut content = data.sequence()?;
    let content_kind = content.take(der::OBJECT)?;
    let mut inner = Reader::new(content.take(der::tagged(0))?);
    content.end()?;
    let said = inner.take(der::BYTES)?;
    inner.end()?;
    let certificates = data.optional(der::tagged(0))?;
    data.optional(der::tagged(1))?;
    let mut signers = Reader::new(data.take(der::SET)?);
    data.end()?;
    let mut signer = signers.sequence()?;
    signers.end()?;
    signer.take(der::INTEGER)?;
    let id = signer.any()?;
    let name = certificates.and_then(|certificates| name::of_signer(certificates, id));
    (kind == SIGNED_DATA && content_kind == TST_INFO).then_some((said, name))
}

/// `TSTInfo` (RFC 3161, section 2.4.2), and what the authority calls itself there.
fn stated(bytes: &[u8]) -> Result<(Stamp, Option<String>), StampError> {
    const FORM: StampError = StampError::Form("what was signed cannot be read");
    let mut outer = Reader::new(bytes);
    let mut info = outer.sequence().ok_or(FORM)?;
    outer.end().ok_or(FORM)?;
    if info.take(der::INTEGER).ok_or(FORM)? != [1] {
        return Err(StampError::Form("it is of another version"));
    }
    info.take(der::OBJECT).ok_or(FORM)?;
    let mut imprint = info.sequence().ok_or(FORM)?;
    let mut algorithm = imprint.sequence().ok_or(FORM)?;
    let is_sha256 = algorithm.take(der::OBJECT).ok_or(FORM)? == SHA256;
    let parameters = algorithm.optional(der::NULL).ok_or(FORM)?;
    algorithm.end().ok_or(FORM)?;
    let hash = imprint.take(der::BYTES).and_then(Hash::from_slice).filter(|_| is_sha256);
    let hash = hash.ok_or(StampError::Form("it is not over a SHA-256"))?;
    imprint.end().ok_or(FORM)?;
    info.take(der::INTEGER).ok_or(FORM)?;
    let at = info.take(der::TIME).and_then(time).ok_or(StampError::Form("its time cannot be read"))?;
    let at_number = leaf::time_number(&at).ok_or(StampError::Form("its time does not exist"))?;
    info.optional(der::SEQUENCE).ok_or(FORM)?;
    let ordered = info.optional(der::BOOLEAN).ok_or(FORM)?;
    let nonce = info.optional(der::INTEGER).ok_or(FORM)?;
    let name = info.optional(der::tagged(0)).ok_or(FORM)?;
    info.optional(der::tagged(1)).ok_or(FORM)?;
    info.end().ok_or(FORM)?;
    // DER leaves out what is as usual, and spells true in one way.
    if ordered.is_some_and(|ordered| ordered != [0xff]) || parameters.is_some_and(|null| !null.is_empty()) {
        return Err(FORM);
    }
    let stamp = Stamp { imprint: hash, nonce: nonce.map(<[u8]>::to_vec), at, at_number, authority: None };
    Ok((stamp, name.and_then(name::of_general)))
}

/// `YYYYMMDDhhmmss[.s…]Z` (RFC 3161, section 2.4.2) as leaves write times; what is below a millisecond is cut off.
fn time(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = match text.split_once('.') {
        Some((_, fraction)) if fraction.is_empty() || fraction.ends_with('0') => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    if whole.len() != 14 || !(whole.bytes().chain(fraction.bytes())).all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to).unwrap_or_default();
    let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(format!(
        "{}-{}-{}T{}:{}:{}.{millis}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    ))
}

/// The milliseconds from the beginning of the calendar to a time that [`leaf::time_number`] has read, so that two of them can be
/// subtracted.
pub(crate) const fn millis(number: u64) -> u64 {
    let (year, month, day) =
        (number / 10_000_000_000_000, number / 100_000_000_000 % 100, number / 1_000_000_000 % 100);
    // Years that begin in March, so that the day that is sometimes there comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.saturating_sub(1), month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    let (hour, minute) = (number / 10_000_000 % 100, number / 100_000 % 100);
    ((days * 24 + hour) * 60 + minute) * 60_000 + number % 100_000
}

//! C2SP signed notes: a text that a person can read, then one line for each signature.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;

use crate::hash::Hash;

/// What a key signs with, as the byte that stands for it in key ids and keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Algorithm {
    /// The text of the note, by Ed25519.
    Ed25519 = 1,
    /// The text and a time, by Ed25519 (C2SP tlog-cosignature, `cosignature/v1`).
    Cosignature = 4,
}

/// A note is a few lines; with many large signatures still far below this many bytes.
const LARGEST_NOTE: usize = 1_000_000;
/// More signatures than any witness policy asks for.
const MOST_SIGNATURES: usize = 100;
const DASH: &str = "— ";

/// Why a note or a key cannot be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a signed note at all.
    #[error("this is not a signed note: {0}")]
    Form(&'static str),
    /// The text of a key is not one.
    #[error("this is not a verifier key: {0}")]
    Key(&'static str),
    /// The note is well formed, but none of its signatures is by the key.
    #[error("no signature by {0}")]
    Unsigned(String),
    /// There is a signature in the key's name that the key did not make.
    #[error("the signature in the name of {0} is false")]
    FalseSignature(String),
    /// The note is signed, but its text is not a checkpoint.
    #[error("this is not a checkpoint: {0}")]
    Checkpoint(&'static str),
}

/// A key's name has no space and no plus sign.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

/// A name with a public key: who may stand in a signature line, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) id: [u8; 4],
    pub(crate) key: ed25519_dalek::VerifyingKey,
    algorithm: Algorithm,
}

impl Named {
    /// This key in this name.
    ///
    /// # Errors
    /// When the name is empty or has a space, a control character or a plus sign.
    pub(crate) fn new(
        name: &str,
        key: ed25519_dalek::VerifyingKey,
        algorithm: Algorithm,
    ) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Key("the name is empty or has a space"));
        }
        let hash = Hash::of_parts(&[name.as_bytes(), b"\n", &[algorithm as u8], key.as_bytes()]);
        let [a, b, c, d, ..] = *hash.as_bytes();
        Ok(Self { name: name.to_owned(), id: [a, b, c, d], key, algorithm })
    }

    /// Reads `name+keyid+base64`. Space around it is ignored: people paste it.
    ///
    /// # Errors
    /// When the form, the key id or the key is wrong, or it is for another algorithm.
    pub(crate) fn parse(text: &str, algorithm: Algorithm) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key("it is not name+id+key"));
        };
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::Key("the key is not base64"))?;
        let Some((first, public)) = bytes.split_first() else {
            return Err(NoteError::Key("the key is empty"));
        };
        match algorithm {
            _ if *first == algorithm as u8 => {}
            Algorithm::Ed25519 => return Err(NoteError::Key("it is not an Ed25519 key")),
            Algorithm::Cosignature => return Err(NoteError::Key("it is not the key of a witness")),
        }
        let public = public.try_into().map_err(|_| NoteError::Key("the key has not 32 bytes"))?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&public)
            .map_err(|_| NoteError::Key("no such key exists"))?;
        let this = Self::new(name, key, algorithm)?;
        if this.id_hex() != id {
            return Err(NoteError::Key("the key id does not fit the key"));
        }
        Ok(this)
    }

    fn id_hex(&self) -> String {
        self.id.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether these bytes are this key's signature of a message.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }

    /// The line of a note with a signature of this key.
    pub(crate) fn line(&self, signature: &[u8]) -> String {
        let bytes = [&self.id[..], signature].concat();
        format!("{DASH}{} {}\n", self.name, STANDARD.encode(bytes))
    }
}

/// The text to hand out: `name+keyid+base64`.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[self.algorithm as u8][..], self.key.as_bytes()].concat();
        write!(f, "{}+{}+{}", self.name, self.id_hex(), STANDARD.encode(typed))
    }
}

/// The public half: printed at installation, kept by the auditor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey(Named);

impl VerifyingKey {
    /// Reads `name+keyid+base64`, as [`VerifyingKey`] prints itself. Space around it is ignored: people paste it.
    ///
    /// # Errors
    /// When the form, the key id or the key is wrong.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        Named::parse(text, Algorithm::Ed25519).map(Self)
    }

    /// The name that stands in signature lines.
    pub fn name(&self) -> &str {
        &self.0.name
    }
}

/// The text to hand out: `name+keyid+base64`.
impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The secret half. It never prints itself.
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
    public: VerifyingKey,
}

impl SigningKey {
    /// The key made of a 32-byte secret seed, in the name `name`.
    ///
    /// # Errors
    /// When the name is empty or has a space, a control character or a plus sign.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerifyingKey(Named::new(name, key.verifying_key(), Algorithm::Ed25519)?);
        Ok(Self { key, public })
    }

    /// The public half.
    pub const fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public.name())
    }
}

/// Signs `text`, which must end in a line break, with each of `keys` in turn.
///
/// # Errors
/// When there is no key, or the text has no line break at its end or another control character.
pub fn sign(text: &str, keys: &[&SigningKey]) -> Result<String, NoteError> {
    check_characters(text)?;
    if !text.ends_with('\n') {
        return Err(NoteError::Form("the text does not end its last line"));
    }
    if keys.is_empty() {
        return Err(NoteError::Form("nobody signs it"));
    }
    let mut note = format!("{text}\n");
    for key in keys {
        note.push_str(&key.public.0.line(&key.key.sign(text.as_bytes()).to_bytes()));
    }
    Ok(note)
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|b| b < 0x20 && b != b'\n') {
        return Err(NoteError::Form("it has a control character"));
    }
    Ok(())
}

/// A note taken apart, not yet believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    text: &'a str,
    signatures: Vec<Signature<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Signature<'a> {
    name: &'a str,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl<'a> Note<'a> {
    /// Takes a note apart.
    ///
    /// # Errors
    /// When it is not in the form of a signed note.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, NoteError> {
        if bytes.len() > LARGEST_NOTE {
            return Err(NoteError::Form("it is too large"));
        }
        let note = std::str::from_utf8(bytes).map_err(|_| NoteError::Form("it is not UTF-8"))?;
        check_characters(note)?;
        let (text_end, lines_start) = note
            .rfind("\n\n")
            .map(|at| (at + 1, at + 2))
            .ok_or(NoteError::Form("no empty line is between the text and the signatures"))?;
        let text = note.get(..text_end).unwrap_or_default();
        let lines = note
            .get(lines_start..)
            .unwrap_or_default()
            .strip_suffix('\n')
            .ok_or(NoteError::Form("the last line has no end"))?;
        let signatures: Vec<_> = lines.split('\n').map(read_signature).collect::<Result<_, _>>()?;
        if signatures.len() > MOST_SIGNATURES {
            return Err(NoteError::Form("it has too many signatures"));
        }
        Ok(Self { text, signatures })
    }

    /// The signed text, if `key` signed it. Signatures by others are ignored.
    ///
    /// # Errors
    /// When there is no signature by the key, or a false one.
    pub fn verify(&self, key: &VerifyingKey) -> Result<&'a str, NoteError> {
        let mut signed = false;
        for signature in self.signatures_of(&key.0) {
            if !key.0.signed(self.text.as_bytes(), signature) {
                return Err(NoteError::FalseSignature(key.name().to_owned()));
            }
            signed = true;
        }
        if signed { Ok(self.text) } else { Err(NoteError::Unsigned(key.name().to_owned())) }
    }

    /// The signatures that say that they are of this key.
    pub(crate) fn signatures_of(&self, key: &Named) -> impl Iterator<Item = &[u8]> {
        self.signatures
            .iter()
            .filter(|signature| signature.name == key.name && signature.id == key.id)
            .map(|signature| signature.bytes.as_slice())
    }

    /// The text, whoever signed it. Only for showing what a doubtful note claims.
    pub const fn unverified_text(&self) -> &'a str {
        self.text
    }
}

fn read_signature(line: &str) -> Result<Signature<'_>, NoteError> {
    const NOT_ONE: NoteError = NoteError::Form("a line after the text is not a signature");
    let (name, value) = line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')).ok_or(NOT_ONE)?;
    let bytes = STANDARD.decode(value).map_err(|_| NOT_ONE)?;
    let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NOT_ONE)?;
    if !is_name(name) || signature.is_empty() {
        return Err(NOT_ONE);
    }
    Ok(Signature { name, id: *id, bytes: signature.to_vec() })
}

//! A certificate that proves itself: the fact of a completion, its place under a signed checkpoint, and the name and code that the fact binds.
//! It is a C2SP tlog-proof whose extra data hold the leaf and what was printed, so one text is all that somebody needs beside the key.

use serde_json::{Value, json};

use crate::checkpoint::Checkpoint;
use crate::hash::Hash;
use crate::keys::KeyBook;
use crate::leaf::{Kind, Leaf, LeafError};
use crate::note::NoteError;
use crate::proof::{Proof, ProofError};

/// The ending of the name of such a file.
pub const ENDING: &str = "tlog-proof";

/// What the log holds of the name and the code on a certificate: nobody can guess a name from it without the code, and nobody can put
/// another name on the paper.
pub fn on_paper(name: &str, code: &str) -> String {
    Hash::of(format!("{code}\n{name}").as_bytes()).to_string()
}

/// What is printed on a certificate and bound by its leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The name.
    pub name: String,
    /// The check code.
    pub code: String,
}

/// Why a certificate is not proven.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The proof proves nothing.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// What it holds beside the proof cannot be read.
    #[error("what the proof holds of the certificate cannot be read: {0}")]
    Form(&'static str),
    /// The leaf is none.
    #[error(transparent)]
    Leaf(#[from] LeafError),
    /// The leaf is of another kind.
    #[error("the fact is {0}, which is no completion")]
    Kind(String),
    /// The certificate bears another name or code than the fact.
    #[error("the name or the code is not the one that was recorded")]
    Name,
}

impl CertificateError {
    /// What is wrong, in one word for programs: `form`, `key`, `place` or `name`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Proof(ProofError::Note(NoteError::Unsigned(_) | NoteError::FalseSignature(_))) => "key",
            Self::Proof(ProofError::NotIncluded { .. } | ProofError::Origin(_)) => "place",
            Self::Name => "name",
            Self::Proof(ProofError::Form(_) | ProofError::Note(_))
            | Self::Form(_)
            | Self::Leaf(_)
            | Self::Kind(_) => "form",
        }
    }
}

/// A certificate that was proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its number.
    pub number: String,
    /// The name on it.
    pub name: String,
    /// When the completion was recorded, by the word of the server.
    pub at: String,
    /// Whether it was in time; `None` where the fact does not say.
    pub in_time: Option<bool>,
    /// The first instant at which it counts no more, as it was then.
    pub valid_until: Option<String>,
    /// The place of the fact in the log.
    pub leaf: u64,
    /// The fact.
    pub fact: Leaf,
    /// The checkpoint that signs it.
    pub signed: Checkpoint,
}

/// The text of a certificate's proof.
pub fn encode(proof: Proof, leaf: &[u8], printed: &Printed) -> String {
    let Printed { name, code } = printed;
    let held = json!({ "code": code, "leaf": String::from_utf8_lossy(leaf), "name": name });
    Proof { extra: Some(held.to_string().into_bytes()), ..proof }.encode()
}

/// Proves a certificate against the keys that the reader trusts.
///
/// # Errors
/// With the first thing that is not so.
pub fn check(text: &str, keys: &KeyBook) -> Result<Certificate, CertificateError> {
    let proof = Proof::parse(&plain(text))?;
    let held = proof.extra.as_deref().ok_or(CertificateError::Form("there is nothing beside the proof"))?;
    let held: Value = serde_json::from_slice(held).map_err(|_| CertificateError::Form("it is not JSON"))?;
    let part = |name| {
        held.get(name).and_then(Value::as_str).ok_or(CertificateError::Form("a part of it is missing"))
    };
    let (name, code, bytes) = (part("name")?, part("code")?, part("leaf")?);
    let leaf = Leaf::parse(bytes.as_bytes())?;
    let signed = proof.verify(bytes.as_bytes(), leaf.log(), keys)?;
    if *leaf.kind() != Kind::COMPLETION {
        return Err(CertificateError::Kind(leaf.kind().to_string()));
    }
    let said = |name: &str| leaf.d().get(name).and_then(Value::as_str).map(str::to_owned);
    if said("paper").as_deref() != Some(on_paper(name, code).as_str()) {
        return Err(CertificateError::Name);
    }
    Ok(Certificate {
        number: said("number").ok_or(CertificateError::Form("the fact names no number"))?,
        name: name.to_owned(),
        at: leaf.at().to_owned(),
        in_time: leaf.d().get("in_time").and_then(Value::as_bool),
        valid_until: said("valid_until"),
        leaf: proof.index,
        fact: leaf,
        signed,
    })
}

/// Whether a text claims to be a proof at all.
pub fn is_one(text: &str) -> bool {
    plain(text).starts_with("c2sp.org/tlog-proof@")
}

/// A text that went through a mail program or an editor: other line ends, space around it. What is signed stays.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    format!("{}\n", text.trim_start_matches('\u{feff}').trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaf;
    use crate::note::SigningKey;

    struct Log {
        leaves: Vec<Vec<u8>>,
        key: SigningKey,
    }

    const NAME: &str = "kokoroe-1a2b";

    impl Log {
        fn new() -> Self {
            let completion = |number: u32, name: &str, kind: Kind| {
                let d = json!({
                    "number": format!("2026-SNS-{number:06}"), "in_time": true, "valid_until": null,
                    "paper": on_paper(name, "ABCD-EFGH"),
                });
                let at = format!("2026-10-01T00:00:{number:02}.000Z");
                let leaf = Leaf::new(&format!("{NAME}/2026"), kind, &at, "u-1").expect("a leaf");
                leaf.with_d(d).expect("a content").encode()
            };
            let mut leaves: Vec<_> = (0..40).map(|n| completion(n, "鈴木 一郎", Kind::COMPLETION)).collect();
            leaves.push(completion(41, "鈴木 一郎", Kind::ATTEST_SIGN));
            Self { leaves, key: SigningKey::from_seed(NAME, &[3; 32]).expect("a key") }
        }

        fn proof(&self, index: u64, name: &str) -> String {
            let hashes: Vec<Hash> = self.leaves.iter().map(|bytes| leaf::hash(bytes)).collect();
            let root = crate::tree::root(&hashes);
            let checkpoint = Checkpoint { origin: format!("{NAME}/2026"), size: hashes.len() as u64, root };
            let note = checkpoint.sign(&[&self.key]).expect("signed");
            let proof = Proof::make(&hashes, index, &note).expect("a proof");
            let printed = Printed { name: name.into(), code: "ABCD-EFGH".into() };
            let index = usize::try_from(index).expect("a place");
            encode(proof, &self.leaves[index], &printed)
        }

        fn check(&self, text: &str) -> Result<Certificate, CertificateError> {
            check(text, &self.key.verifying_key().clone().into())
        }
    }

    #[test]
    fn one_text_and_the_key_prove_a_certificate() {
        let log = Log::new();
        let text = log.proof(17, "鈴木 一郎");
        assert!(is_one(&text) && !is_one("a letter"));
        let found = log.check(&text).expect("proven");
        assert_eq!((found.number.as_str(), found.name.as_str()), ("2026-SNS-000017", "鈴木 一郎"));
        assert_eq!((found.leaf, found.signed.size, found.in_time), (17, 41, Some(true)));
        let mailed = format!("\u{feff}{}\r\n\r\n", text.replace('\n', "\r\n"));
        assert_eq!(log.check(&mailed), Ok(found), "a mail program does no harm");
    }

    #[test]
    fn another_name_another_key_and_another_fact_are_found_out() {
        let log = Log::new();
        assert_eq!(log.check(&log.proof(17, "別の 人")), Err(CertificateError::Name));
        assert_eq!(log.check(&log.proof(40, "鈴木 一郎")), Err(CertificateError::Kind("attest.sign".into())));
        let stranger = SigningKey::from_seed(NAME, &[4; 32]).expect("a key");
        let text = log.proof(17, "鈴木 一郎");
        assert!(matches!(
            check(&text, &stranger.verifying_key().clone().into()),
            Err(CertificateError::Proof(ProofError::Note(_)))
        ));
    }

    #[test]
    fn no_byte_of_the_text_can_be_changed() {
        let log = Log::new();
        let text = log.proof(17, "鈴木 一郎");
        let whole = log.check(&text).expect("proven");
        for (at, byte) in text.bytes().enumerate() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if byte == b'A' { b'B' } else { b'A' };
            let Ok(changed) = String::from_utf8(changed) else { continue };
            if let Ok(found) = log.check(&changed) {
                assert_eq!(found, whole, "byte {at} changes what is proven");
            }
        }
    }
}

//! Witnesses (C2SP tlog-witness and tlog-cosignature): somebody outside of the house who is shown each new checkpoint with the proof that
//! the log only grew since the last one, and signs it with the time. Whoever rewrites a log has to show the witness another one, which it
//! refuses; and whoever trusts the witness need not have kept a checkpoint of their own.

use std::fmt;

use ed25519_dalek::Signer as _;

use crate::checkpoint::{Checkpoint, decimal};
use crate::hash::Hash;
use crate::note::{Algorithm, Named, Note, NoteError, VerifyingKey};
use crate::tree;

/// The bytes before the signature: seconds since 1970, the most significant byte first.
const TIME: usize = 8;
/// More hashes than a proof between two trees that there can be.
const MOST_HASHES: usize = 63;

/// What a witness signs: that it has seen this text at this time, and nothing that contradicts it.
fn statement(text: &str, at: u64) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

/// The public half of a witness's key: given to the logs that it witnesses, and to auditors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness(Named);

impl Witness {
    /// Reads `name+keyid+base64`, as [`Witness`] prints itself.
    ///
    /// # Errors
    /// When the form, the key id or the key is wrong, or it is the key of a log.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        Named::parse(text, Algorithm::Cosignature).map(Self)
    }

    /// What the witness is called.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// When the witness saw the note, in seconds since 1970: the latest time, if it signed more than once.
    ///
    /// # Errors
    /// When it did not sign, or a signature in its name is false.
    pub fn saw(&self, note: &[u8]) -> Result<u64, NoteError> {
        let note = Note::parse(note)?;
        let mut latest = None;
        for signature in note.signatures_of(&self.0) {
            let is_false = || NoteError::FalseSignature(self.name().to_owned());
            let (time, signature) = signature.split_first_chunk::<TIME>().ok_or_else(is_false)?;
            let at = u64::from_be_bytes(*time);
            if !self.0.signed(statement(note.unverified_text(), at).as_bytes(), signature) {
                return Err(is_false());
            }
            latest = latest.max(Some(at));
        }
        latest.ok_or_else(|| NoteError::Unsigned(self.name().to_owned()))
    }
}

/// The text to hand out: `name+keyid+base64`.
impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The secret half. It never prints itself.
pub struct WitnessKey {
    key: ed25519_dalek::SigningKey,
    public: Witness,
}

impl WitnessKey {
    /// The key made of a 32-byte secret seed, in the name `name`. A seed is of one witness, and of no log.
    ///
    /// # Errors
    /// When the name is empty or has a space, a control character or a plus sign.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = Witness(Named::new(name, key.verifying_key(), Algorithm::Cosignature)?);
        Ok(Self { key, public })
    }

    /// The public half.
    pub const fn witness(&self) -> &Witness {
        &self.public
    }

    /// The signature line that says that a checkpoint was seen at a time, in seconds since 1970.
    pub fn cosign(&self, checkpoint: &Checkpoint, at: u64) -> String {
        let signature = self.key.sign(statement(&checkpoint.text(), at).as_bytes()).to_bytes();
        self.public.0.line(&[&at.to_be_bytes()[..], &signature].concat())
    }
}

impl fmt::Debug for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WitnessKey({})", self.public.name())
    }
}

/// What a witness is sent: a checkpoint, and the proof that it continues one that the witness has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// How many leaves the checkpoint had that the witness saw last; 0 if it saw none.
    pub old: u64,
    /// The consistency proof from there (RFC 6962, 2.1.2).
    pub proof: Vec<Hash>,
    /// The checkpoint, as it was signed.
    pub note: String,
}

/// Why a witness does not sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not a submission.
    #[error("this is no submission of a checkpoint: {0}")]
    Form(String),
    /// Nobody asked this witness to look at the log.
    #[error("the log {0} is not known here")]
    UnknownLog(String),
    /// None of the log's keys signed the checkpoint.
    #[error("the key of the log did not sign this: {0}")]
    Unsigned(NoteError),
    /// The witness saw another checkpoint last than the submission continues: one of this many leaves.
    #[error("the last checkpoint that was seen has {0} leaves")]
    Held(u64),
    /// A checkpoint of the same size with another root was seen before: somebody has two logs.
    #[error("a checkpoint of {0} leaves was seen with another root")]
    OtherRoot(u64),
    /// The checkpoint does not continue the one that was seen: somebody has two logs, or the proof is wrong.
    #[error("the proof does not lead from the checkpoint that was seen to this one")]
    Inconsistent,
}

impl Submission {
    /// The bytes to send.
    pub fn encode(&self) -> String {
        let proof: String = self.proof.iter().map(|hash| format!("{}\n", hash.to_base64())).collect();
        format!("old {}\n{proof}\n{}", self.old, self.note)
    }

    /// Reads what was sent.
    ///
    /// # Errors
    /// [`Refusal::Form`], with what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let form = |words: &str| Refusal::Form(words.to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_| form("it is not UTF-8"))?;
        let (head, note) = text.split_once("\n\n").ok_or_else(|| form("it has no empty line"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(decimal);
        let old = old.ok_or_else(|| form("it does not begin with the old size"))?;
        let proof = lines.map(Hash::from_base64).collect::<Option<Vec<_>>>();
        let proof = proof.ok_or_else(|| form("a line of the proof is not a hash"))?;
        if proof.len() > MOST_HASHES {
            return Err(form("the proof has more than 63 lines"));
        }
        Ok(Self { old, proof, note: note.to_owned() })
    }

    /// The checkpoint, if one of `keys` that may sign for its log signed it. A key signs for the log of its own name, and for those whose
    /// names go on with a slash: a hospital begins a log each year.
    ///
    /// # Errors
    /// With what is not so.
    pub fn signed(&self, keys: &[VerifyingKey]) -> Result<Checkpoint, Refusal> {
        let note = self.note.as_bytes();
        let claimed = Checkpoint::read_unverified(note).map_err(|error| Refusal::Form(error.to_string()))?;
        let may = |key: &&VerifyingKey| {
            claimed
                .origin
                .strip_prefix(key.name())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut told = Err(Refusal::UnknownLog(claimed.origin.clone()));
        for key in keys.iter().filter(may) {
            told = Checkpoint::open(note, key).map_err(Refusal::Unsigned);
            if told.is_ok() {
                break;
            }
        }
        told
    }

    /// Whether the checkpoint of this submission continues the last one that was seen of its log.
    ///
    /// # Errors
    /// With what is not so.
    pub fn continues(&self, checkpoint: &Checkpoint, seen: Option<&Checkpoint>) -> Result<(), Refusal> {
        if self.old > checkpoint.size {
            return Err(Refusal::Form("the old size is larger than the checkpoint".to_owned()));
        }
        let (size, root) = seen.map_or((0, Hash::of(b"")), |seen| (seen.size, seen.root));
        if self.old != size {
            return Err(Refusal::Held(size));
        }
        if checkpoint.size == size && seen.is_some() && checkpoint.root != root {
            return Err(Refusal::OtherRoot(size));
        }
        let holds = tree::verify_consistency((size, &root), (checkpoint.size, &checkpoint.root), &self.proof);
        if holds { Ok(()) } else { Err(Refusal::Inconsistent) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::SigningKey;

    const LOG: &str = "kokoroe-1a2b/2026";

    fn key() -> SigningKey {
        SigningKey::from_seed("kokoroe-1a2b", &[7; 32]).expect("a key")
    }

    fn witness() -> WitnessKey {
        WitnessKey::from_seed("witness.example.jp", &[9; 32]).expect("a key")
    }

    fn hashes(size: u64, salt: &str) -> Vec<Hash> {
        (0..size).map(|n| tree::leaf_hash(format!("{salt} {n}").as_bytes())).collect()
    }

    fn checkpoint(leaves: &[Hash]) -> Checkpoint {
        Checkpoint { origin: LOG.into(), size: leaves.len() as u64, root: tree::root(leaves) }
    }

    fn submission(leaves: &[Hash], old: u64) -> Submission {
        let proof = tree::prove_consistency(leaves, old).expect("a proof");
        Submission { old, proof, note: checkpoint(leaves).sign(&[&key()]).expect("signed") }
    }

    #[test]
    fn a_witness_signs_the_text_with_the_time() {
        let signed = checkpoint(&hashes(5, "leaf")).sign(&[&key()]).expect("signed");
        let line = witness().cosign(&checkpoint(&hashes(5, "leaf")), 1_790_000_000);
        let note = format!("{signed}{line}");
        assert_eq!(witness().witness().saw(note.as_bytes()), Ok(1_790_000_000));
        assert_eq!(
            Checkpoint::open(note.as_bytes(), key().verifying_key()),
            Ok(checkpoint(&hashes(5, "leaf")))
        );
        let unsigned = Err(NoteError::Unsigned("witness.example.jp".into()));
        assert_eq!(witness().witness().saw(signed.as_bytes()), unsigned);
        let later = format!("{note}{}", witness().cosign(&checkpoint(&hashes(5, "leaf")), 1_790_003_600));
        assert_eq!(witness().witness().saw(later.as_bytes()), Ok(1_790_003_600));

        let other = checkpoint(&hashes(6, "leaf")).sign(&[&key()]).expect("signed");
        let moved = format!("{other}{line}");
        let is_false = Err(NoteError::FalseSignature("witness.example.jp".into()));
        assert_eq!(witness().witness().saw(moved.as_bytes()), is_false);
    }

    #[test]
    fn the_key_of_a_witness_is_not_that_of_a_log() {
        let text = witness().witness().to_string();
        assert_eq!(Witness::parse(&text).as_ref(), Ok(witness().witness()));
        assert!(VerifyingKey::parse(&text).is_err());
        assert!(Witness::parse(&key().verifying_key().to_string()).is_err());
        assert!(!format!("{:?}", witness()).contains('9'), "it does not print itself");
    }

    #[test]
    fn a_submission_comes_back_from_its_bytes() {
        for (size, old) in [(1, 0), (5, 3), (64, 33), (7, 7)] {
            let sent = submission(&hashes(size, "leaf"), old);
            assert_eq!(Submission::parse(sent.encode().as_bytes()), Ok(sent));
        }
        let sent = submission(&hashes(5, "leaf"), 3).encode();
        for wrong in [
            sent.replacen("old 3", "old 03", 1),
            sent.replacen("old ", "new ", 1),
            sent.replacen("\n\n", "\n", 2),
            sent.replacen("old 3\n", "old 3\nAAAA\n", 1),
            sent.replacen(
                "old 3\n",
                &format!("old 3\n{}", format!("{}\n", Hash::of(b"x").to_base64()).repeat(64)),
                1,
            ),
        ] {
            assert!(matches!(Submission::parse(wrong.as_bytes()), Err(Refusal::Form(_))), "{wrong}");
        }
    }

    #[test]
    fn only_what_the_log_signed_and_what_continues_it_is_seen() {
        let keys = [key().verifying_key().clone()];
        let all = hashes(40, "leaf");
        let (seen, sent) = (checkpoint(&all[..17]), submission(&all, 17));
        let signed = sent.signed(&keys).expect("signed");
        assert_eq!(sent.continues(&signed, Some(&seen)), Ok(()));
        assert_eq!(sent.continues(&signed, None), Err(Refusal::Held(0)));
        assert_eq!(sent.continues(&signed, Some(&checkpoint(&all[..9]))), Err(Refusal::Held(9)));
        assert_eq!(
            sent.continues(&signed, Some(&checkpoint(&hashes(17, "other")))),
            Err(Refusal::Inconsistent)
        );
        assert_eq!(submission(&all, 0).continues(&signed, None), Ok(()));

        let same = submission(&all, 40);
        assert_eq!(same.continues(&signed, Some(&checkpoint(&all))), Ok(()));
        let other = checkpoint(&hashes(40, "other"));
        assert_eq!(same.continues(&signed, Some(&other)), Err(Refusal::OtherRoot(40)));
        let back = Submission { old: 41, ..sent.clone() };
        assert!(matches!(back.continues(&signed, Some(&other)), Err(Refusal::Form(_))));

        assert_eq!(sent.signed(&[]), Err(Refusal::UnknownLog(LOG.into())));
        let near = SigningKey::from_seed("kokoroe-1a", &[7; 32]).expect("a key");
        assert_eq!(sent.signed(&[near.verifying_key().clone()]), Err(Refusal::UnknownLog(LOG.into())));
        let thief = SigningKey::from_seed("kokoroe-1a2b", &[8; 32]).expect("a key");
        assert!(matches!(sent.signed(&[thief.verifying_key().clone()]), Err(Refusal::Unsigned(_))));
        let both = [thief.verifying_key().clone(), key().verifying_key().clone()];
        assert!(sent.signed(&both).is_ok(), "the key after a change is another one");
    }
}

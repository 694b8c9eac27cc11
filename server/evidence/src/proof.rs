//! A C2SP tlog-proof: one leaf's place in the log and the signed checkpoint above it, in a text that needs no server.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, decimal};
use crate::hash::Hash;
use crate::keys::KeyBook;
use crate::note::NoteError;
use crate::tree;

/// How every proof begins.
pub(crate) const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// A tree is never higher than this, so no honest proof is longer.
const LONGEST_PATH: usize = 64;

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not in the form of a proof.
    #[error("this is not a proof: {0}")]
    Form(&'static str),
    /// The checkpoint cannot be believed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is of another log.
    #[error("the proof is of the log “{0}”")]
    Origin(String),
    /// The leaf is not where the proof says.
    #[error("the leaf is not number {index} of the {size} that were signed")]
    NotIncluded {
        /// The index claimed.
        index: u64,
        /// The size of the checkpoint.
        size: u64,
    },
}

/// The parts of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The leaf's index, from 0.
    pub index: u64,
    /// The audit path from the leaf's sibling up.
    pub path: Vec<Hash>,
    /// The checkpoint as it was signed, every byte.
    pub checkpoint: String,
    /// What the application added. Nobody signed it.
    pub extra: Option<Vec<u8>>,
}

impl Proof {
    /// The proof of leaf `index` under a signed checkpoint. `leaves` are the leaf hashes from the first on; those after
    /// the checkpoint's size are left out.
    ///
    /// # Errors
    /// When the checkpoint is not one, or `leaves` do not reach its size and root, or `index` is not below it.
    pub fn make(leaves: &[Hash], index: u64, checkpoint: &str) -> Result<Self, ProofError> {
        let head = Checkpoint::read_unverified(checkpoint.as_bytes())?;
        let missing = ProofError::NotIncluded { index, size: head.size };
        let covered = usize::try_from(head.size).ok().and_then(|size| leaves.get(..size));
        let covered = covered.ok_or_else(|| missing.clone())?;
        let path = tree::prove_inclusion(covered, index).ok_or_else(|| missing.clone())?;
        let at_index = usize::try_from(index).ok().and_then(|i| covered.get(i));
        match at_index {
            Some(leaf) if tree::verify_inclusion(leaf, index, head.size, &path, &head.root) => {
                Ok(Self { index, path, checkpoint: checkpoint.to_owned(), extra: None })
            }
            _ => Err(missing),
        }
    }

    /// The text of the proof, for a file named `*.tlog-proof` or a QR code.
    pub fn encode(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("extra {}\n", STANDARD.encode(extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.path {
            text.push_str(&hash.to_base64());
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Reads the text of a proof without believing it.
    ///
    /// # Errors
    /// When it is not in the form of a proof.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(ProofError::Form("no empty line is before the checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return Err(ProofError::Form("it does not begin with c2sp.org/tlog-proof@v1"));
        }
        let mut line = lines.next();
        let mut extra = None;
        if let Some(value) = line.and_then(|line| line.strip_prefix("extra ")) {
            extra =
                Some(STANDARD.decode(value).map_err(|_| ProofError::Form("the extra data are not base64"))?);
            line = lines.next();
        }
        let index = line
            .and_then(|line| line.strip_prefix("index "))
            .and_then(decimal)
            .ok_or(ProofError::Form("the index is missing or not a number"))?;
        let path: Vec<_> = lines
            .map(|line| Hash::from_base64(line).ok_or(ProofError::Form("a line is not a hash")))
            .take(LONGEST_PATH + 1)
            .collect::<Result<_, _>>()?;
        if path.len() > LONGEST_PATH {
            return Err(ProofError::Form("it has too many hashes"));
        }
        Ok(Self { index, path, checkpoint: checkpoint.to_owned(), extra })
    }

    /// Proves that `leaf`, the stored bytes of a leaf, is in the log `origin` as one of `keys` signed it when its turn was.
    ///
    /// # Errors
    /// When the checkpoint is not signed by that key or of another log, or the leaf is not at that place.
    pub fn verify(&self, leaf: &[u8], origin: &str, keys: &KeyBook) -> Result<Checkpoint, ProofError> {
        let head = keys.open(self.checkpoint.as_bytes())?;
        if head.origin != origin {
            return Err(ProofError::Origin(head.origin));
        }
        let leaf = tree::leaf_hash(leaf);
        if tree::verify_inclusion(&leaf, self.index, head.size, &self.path, &head.root) {
            Ok(head)
        } else {
            Err(ProofError::NotIncluded { index: self.index, size: head.size })
        }
    }
}

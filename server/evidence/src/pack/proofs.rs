//! The proofs of the leaves of a part, and that each leaf is where its proof says.

use std::io::Read as _;

use super::leaves::Batch;
use super::part::Signed;
use super::source::LONGEST_NOTE;
use super::stream::{Line, Stream};
use super::{PART_LEAVES, PROOFS, parallel};
use crate::checkpoint::Checkpoint;
use crate::difference::{Fault, Findings, Place};
use crate::proof::Proof;
use crate::tree;

/// The proofs of the leaves, one behind the other.
pub(super) struct Proofs<'scope>(pub(super) Stream<'scope>);

impl Proofs<'_> {
    /// The text of the next proof: the lines of its head, an empty one, and the checkpoint.
    fn next(&mut self, note: &str) -> Option<String> {
        let mut text = Vec::new();
        loop {
            let from = text.len();
            if self.0.line(&mut text, LONGEST_NOTE) != Line::Whole || text.len() > LONGEST_NOTE {
                return (!text.is_empty()).then(String::new);
            }
            text.push(b'\n');
            if text.len() == from + 1 {
                break;
            }
        }
        self.0.by_ref().take(note.len() as u64).read_to_end(&mut text).ok();
        Some(String::from_utf8(text).unwrap_or_default())
    }

    /// Proves the leaves of a batch, and says where in the log they stand; `from`: not before there.
    pub(super) fn place(&mut self, batch: &mut Batch, from: u64, signed: &Signed, findings: &mut Findings) {
        let texts: Vec<String> = (0..batch.len()).map_while(|_| self.next(&signed.note)).collect();
        let lines = batch.lines();
        let proved = parallel::pieces(&texts, |start, texts| {
            let lines = lines.iter().skip(start);
            let prove = |(text, line): (&String, &&[u8])| prove(text, line, signed);
            texts.iter().zip(lines).map(prove).collect::<Vec<_>>()
        });
        let mut proved = proved.into_iter().flatten();
        let (mut places, mut next) = (Vec::with_capacity(lines.len()), from);
        for _ in &lines {
            let (place, fault) = match proved.next() {
                Some((place, fault)) => (place, fault),
                None => (None, Some((Fault::ProofMissing, String::new()))),
            };
            let place = match place {
                Some(place) if place >= next => place,
                Some(place) => {
                    let told = (format!("≥ {next}"), place.to_string());
                    findings.add(Fault::Sequence, Place::leaf(PART_LEAVES, place), || told);
                    next
                }
                None => next,
            };
            if let Some((fault, found)) = fault {
                findings.add(fault, Place::leaf(PART_LEAVES, place), || (String::new(), found));
            }
            places.push(place);
            next = place.saturating_add(1);
        }
        batch.stand(places);
    }

    /// Nothing is left.
    pub(super) fn end(&mut self, findings: &mut Findings) {
        if self.next("").is_some() {
            findings.add(Fault::ProofMissing, Place::file(PROOFS), Default::default);
        }
    }
}

/// Where a proof says that a leaf stands, and what is wrong with it.
fn prove(text: &str, leaf: &[u8], signed: &Signed) -> (Option<u64>, Option<(Fault, String)>) {
    let proof = match Proof::parse(text) {
        Ok(proof) if proof.checkpoint == signed.note => proof,
        Ok(proof) => return (Some(proof.index), Some((Fault::ProofForm, "another checkpoint".to_owned()))),
        Err(error) => return (None, Some((Fault::ProofForm, error.to_string()))),
    };
    let Checkpoint { size, root, .. } = &signed.checkpoint;
    let holds = tree::verify_inclusion(&tree::leaf_hash(leaf), proof.index, *size, &proof.path, root);
    (Some(proof.index), (!holds).then(|| (Fault::ProofLeaf, format!("#{}", proof.index))))
}

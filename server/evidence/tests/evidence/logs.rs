//! The live log is whole, or the check says where it is not.

use crate::made_up_log::*;
use kokoroe_evidence::log_check::{self, Head, LogSummary};
use kokoroe_evidence::{Difference, Fault, Frontier, Hash, Leaf};

/// The rows of the database.
#[derive(Clone)]
struct Stored {
    leaves: Vec<(u64, Vec<u8>, Vec<u8>)>,
    head: Head,
    checkpoints: Vec<Vec<u8>>,
}

fn stored() -> Stored {
    let leaves = leaves(20);
    let mut frontier = Frontier::new();
    hashes(&leaves).into_iter().for_each(|hash| frontier.append(hash));
    Stored {
        checkpoints: [13, 7].map(|size| checkpoint(&leaves, size, &[&key(1)])).to_vec(),
        head: Head { size: 20, frontier: frontier.to_bytes(), root: frontier.root() },
        leaves: (0..)
            .zip(leaves)
            .map(|(seq, body)| (seq, body.clone(), kokoroe_evidence::leaf::hash(&body).as_bytes().to_vec()))
            .collect(),
    }
}

fn check(stored: &Stored) -> Result<LogSummary, Vec<Difference>> {
    let leaves = stored.leaves.iter().map(|(seq, body, hash)| (*seq, body, hash));
    log_check::check(LOG, key(1).verifying_key(), leaves, &stored.head, &stored.checkpoints)
}

fn faults(stored: &Stored) -> Vec<Fault> {
    check(stored).unwrap_err().iter().map(|d| d.fault).collect()
}

#[test]
fn a_whole_log_is_told_in_numbers() {
    let summary = check(&stored()).unwrap();
    assert_eq!((summary.leaves, summary.checkpoints, summary.signed), (20, 2, 13));
    assert_eq!(summary.last_at.as_deref(), Some("2026-05-01T00:00:00.019Z"));
    assert_eq!(summary.root, stored().head.root);
}

#[test]
fn an_empty_log_is_whole() {
    let head = Head { size: 0, frontier: Vec::new(), root: Hash::of(b"") };
    let none: [(u64, &[u8], &[u8]); 0] = [];
    let summary = log_check::check(LOG, key(1).verifying_key(), none, &head, &[]).unwrap();
    assert_eq!((summary.leaves, summary.last_at), (0, None));
}

#[test]
fn an_edited_body_is_found_at_its_place() {
    let mut stored = stored();
    let text = String::from_utf8(stored.leaves[10].1.clone()).unwrap();
    stored.leaves[10].1 = text.replace("9500", "9900").into_bytes();
    let differences = check(&stored).unwrap_err();
    let hash = differences.iter().find(|d| d.fault == Fault::LeafHash).unwrap();
    assert_eq!((hash.leaf, hash.line, hash.file.as_str()), (Some(10), None, "log_leaf"));
    // The checkpoint of 7 is before the edit and still right; that of 13 is not.
    assert_eq!(
        faults(&stored),
        [Fault::LeafHash, Fault::CheckpointRoot, Fault::HeadFrontier, Fault::HeadRoot]
    );
    // Somebody who repairs the hash and the head still cannot repair the checkpoint.
    stored.leaves[10].2 = kokoroe_evidence::leaf::hash(&stored.leaves[10].1).as_bytes().to_vec();
    let mut frontier = Frontier::new();
    stored.leaves.iter().for_each(|(_, _, hash)| frontier.append(Hash::from_slice(hash).unwrap()));
    stored.head = Head { size: 20, frontier: frontier.to_bytes(), root: frontier.root() };
    assert_eq!(faults(&stored), [Fault::CheckpointRoot]);
}

#[test]
fn a_flipped_bit_in_a_stored_hash_is_found() {
    let mut stored = stored();
    stored.leaves[4].2[31] ^= 1;
    assert_eq!(faults(&stored), [Fault::LeafHash]);
    stored.leaves[4].2.pop();
    assert_eq!(check(&stored).unwrap_err()[0].found, "not a hash");
}

#[test]
fn a_missing_row_is_found_by_its_number() {
    let mut stored = stored();
    stored.leaves.remove(5);
    let differences = check(&stored).unwrap_err();
    let gap = differences.iter().find(|d| d.fault == Fault::Sequence).unwrap();
    assert_eq!((gap.expected.as_str(), gap.found.as_str(), gap.count), ("5", "6", 1));
}

#[test]
fn a_log_shorter_than_a_checkpoint_is_found() {
    let mut stored = stored();
    stored.leaves.truncate(10);
    let differences = check(&stored).unwrap_err();
    let beyond = differences.iter().find(|d| d.fault == Fault::CheckpointBeyond).unwrap();
    assert_eq!((beyond.file.as_str(), beyond.expected.as_str()), ("checkpoint/1", "13"));
    assert!(differences.iter().any(|d| d.fault == Fault::HeadSize));
}

#[test]
fn a_wrong_head_is_found() {
    let whole = stored();
    let mut stored = whole.clone();
    stored.head.size = 21;
    assert_eq!(faults(&stored), [Fault::HeadSize]);
    let mut stored = whole.clone();
    stored.head.frontier[0] ^= 1;
    assert_eq!(faults(&stored), [Fault::HeadFrontier]);
    let mut stored = whole;
    stored.head.root = Hash::of(b"");
    assert_eq!(faults(&stored), [Fault::HeadRoot]);
}

#[test]
fn a_checkpoint_by_another_key_is_found() {
    let mut stored = stored();
    let bodies: Vec<_> = stored.leaves.iter().map(|(_, body, _)| body.clone()).collect();
    stored.checkpoints.push(checkpoint(&bodies, 20, &[&key(2)]));
    assert_eq!(faults(&stored), [Fault::CheckpointSignature]);
}

#[test]
fn every_made_up_leaf_is_one() {
    assert!(leaves(20).iter().all(|leaf| Leaf::parse(leaf).unwrap().encode() == *leaf));
}

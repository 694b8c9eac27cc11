//! Another program that keeps to the same specifications reads what we write, and we read what it writes: Cloudflare's crates for notes,
//! checkpoints and tiles.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kokoroe_evidence::{Checkpoint, Frontier, Hash, tree};
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::tlog::{self, HashReader};
use tlog_tiles::{Checkpoint as TheirCheckpoint, Error, Hash as TheirHash};

use crate::made_up_log::*;

/// The hashes that they store for a log, in their order.
struct Stored(Vec<TheirHash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<TheirHash>, Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

impl Stored {
    fn of(leaves: &[Vec<u8>]) -> Self {
        let mut stored = Self(Vec::new());
        for (n, leaf) in (0..).zip(leaves) {
            let new = tlog::stored_hashes(n, leaf, &stored).unwrap();
            stored.0.extend(new);
        }
        stored
    }
}

fn theirs(hash: &Hash) -> TheirHash {
    TheirHash(*hash.as_bytes())
}

fn ours(hash: TheirHash) -> Hash {
    Hash::from(hash.0)
}

/// The secret key in the spelling that their signer reads.
fn skey(seed: u8) -> String {
    let vkey = key(seed).verifying_key().to_string();
    let id = vkey.split('+').nth(1).unwrap();
    let secret = [&[1_u8][..], &[seed; 32]].concat();
    format!("PRIVATE+KEY+h0001+{id}+{}", STANDARD.encode(secret))
}

#[test]
fn they_verify_our_checkpoints_and_we_theirs() {
    let all = leaves(37);
    let note = checkpoint(&all, 29, &[&key(1)]);
    let read = Note::from_bytes(&note).unwrap();
    let known = |seed: u8| {
        let vkey = key(seed).verifying_key().to_string();
        VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())])
    };
    let (verified, _) = read.verify(&known(1)).unwrap();
    assert_eq!(verified.len(), 1);
    read.verify(&known(2)).unwrap_err();
    let claimed = TheirCheckpoint::from_bytes(read.text()).unwrap();
    let root = tree::root(&hashes(&all)[..29]);
    assert_eq!((claimed.origin(), claimed.size(), ours(*claimed.hash())), (LOG, 29, root));

    let text = TheirCheckpoint::new(LOG, 37, theirs(&tree::root(&hashes(&all))), "").unwrap().to_bytes();
    let mut written = Note::new(&text, &[]).unwrap();
    let signer = StandardSigner::new(&skey(3)).unwrap();
    written.add_sigs(&[&signer]).unwrap();
    let opened = Checkpoint::open(&written.to_bytes(), key(3).verifying_key()).unwrap();
    assert_eq!((opened.origin.as_str(), opened.size, opened.root), (LOG, 37, tree::root(&hashes(&all))));
    Checkpoint::open(&written.to_bytes(), key(4).verifying_key()).unwrap_err();
}

#[test]
fn they_accept_our_proofs_and_we_theirs() {
    for size in [1, 2, 3, 7, 8, 29, 64, 65] {
        let all = leaves(size);
        let (hashed, stored) = (hashes(&all), Stored::of(&all));
        let root = tree::root(&hashed);
        let length = size as u64;
        assert_eq!(ours(tlog::tree_hash(length, &stored).unwrap()), root);
        let mut frontier = Frontier::new();
        for (index, (leaf, hash)) in (0..).zip(all.iter().zip(&hashed)) {
            assert_eq!(ours(tlog::record_hash(leaf)), *hash);
            let path = tree::prove_inclusion(&hashed, index).unwrap();
            let handed: Vec<TheirHash> = path.iter().map(theirs).collect();
            tlog::check_record(&handed, length, theirs(&root), index, theirs(hash)).unwrap();
            let made = tlog::prove_record(length, index, &stored).unwrap();
            let taken: Vec<Hash> = made.into_iter().map(ours).collect();
            assert!(tree::verify_inclusion(hash, index, length, &taken, &root), "{index} of {size}");

            frontier.append(*hash);
            let (old, old_root) = (index + 1, frontier.root());
            let path = tree::prove_consistency(&hashed, old).unwrap();
            let handed: Vec<TheirHash> = path.iter().map(theirs).collect();
            tlog::check_tree(&handed, length, theirs(&root), old, theirs(&old_root)).unwrap();
            let made = tlog::prove_tree(length, old, &stored).unwrap();
            let taken: Vec<Hash> = made.into_iter().map(ours).collect();
            assert!(tree::verify_consistency((old, &old_root), (length, &root), &taken), "{old} to {size}");
        }
    }
}

//! Whose word a pack is.

use kokoroe_evidence::keys::hand_over;
use kokoroe_evidence::{Fault, Kind, pack};
use serde_json::json;

use crate::findings::*;
use crate::made_up_log::*;

#[test]
fn a_pack_signed_by_somebody_else_is_not_ours() {
    let mut files = small();
    let theirs = key(2);
    pack::seal(&mut files, LOG, MADE_AT, key(1).verifying_key(), &theirs).unwrap();
    only(&files, Fault::ManifestSignature);
    pack::seal(&mut files, LOG, MADE_AT, theirs.verifying_key(), &key(1)).unwrap();
    only(&files, Fault::KeyFile);
    let files = small();
    let faults: Vec<_> =
        pack::verify(&files, theirs.verifying_key(), &[]).unwrap_err().iter().map(|d| d.fault).collect();
    assert_eq!(
        faults,
        [Fault::ManifestSignature, Fault::KeyFile, Fault::CheckpointSignature, Fault::Unsigned]
    );
}

/// A log whose key changes from 1 to 2 with leaf 10; the checkpoint of 12 bears both signatures.
fn rotated() -> (Vec<Vec<u8>>, Files) {
    let mut leaves = leaves(20);
    leaves[10] = fact(Kind::KEY_ROTATE, 10, json!({ "vkey": key(2).verifying_key().to_string() }));
    let mut files = pack_of(&leaves, &[7, 20]);
    files.insert(pack::checkpoint_file(12), checkpoint(&leaves, 12, &[&key(1), &key(2)]));
    files.insert(pack::checkpoint_file(20), checkpoint(&leaves, 20, &[&key(2)]));
    (leaves, files)
}

fn seal_after_rotation(mut files: Files) -> Files {
    pack::seal(&mut files, LOG, MADE_AT, key(1).verifying_key(), &key(2)).unwrap();
    files
}

#[test]
fn a_key_change_that_the_old_key_vouches_for_is_followed() {
    let (leaves, files) = rotated();
    let files = seal_after_rotation(files);
    assert_eq!(verify(&files).unwrap().checkpoints, 3);
    let brought = [checkpoint(&leaves, 12, &[&key(2)]), checkpoint(&leaves, 15, &[&key(2)])];
    assert!(pack::verify(&files, key(1).verifying_key(), &brought).is_ok());
}

#[test]
fn the_old_key_is_worth_nothing_after_the_change() {
    let (leaves, mut files) = rotated();
    files.insert(pack::checkpoint_file(15), checkpoint(&leaves, 15, &[&key(1)]));
    assert_eq!(
        only(&seal_after_rotation(files.clone()), Fault::CheckpointSignature).file,
        "checkpoints/15.note"
    );
    files.remove(&pack::checkpoint_file(15));
    only(&seal(files), Fault::ManifestSignature);
}

#[test]
fn a_new_key_that_the_old_one_does_not_vouch_for_is_refused() {
    let (leaves, mut files) = rotated();
    files.insert(pack::checkpoint_file(12), checkpoint(&leaves, 12, &[&key(2)]));
    found(&seal_after_rotation(files), Fault::CheckpointSignature);
    let mut leaves = leaves;
    leaves[10] = fact(Kind::KEY_ROTATE, 10, json!({"vkey": "not a key"}));
    only(&pack_of(&leaves, &[20]), Fault::KeyRotation);
}

#[test]
fn a_pack_of_an_old_log_is_signed_by_the_key_that_followed_and_the_notes_in_it_say_so() {
    let first = key(1).verifying_key().clone();
    let mut files = small();
    for (number, (old, new)) in (1..).zip([(1, 2), (2, 3)]) {
        files.insert(pack::key_file(number), hand_over(&key(old), &key(new)).unwrap().into_bytes());
    }
    pack::seal(&mut files, LOG, MADE_AT, &first, &key(3)).unwrap();
    assert_eq!(verify(&files).unwrap().signed_by, *key(3).verifying_key());
    // A key that only somebody else handed over to.
    files.insert(pack::key_file(2), hand_over(&key(4), &key(3)).unwrap().into_bytes());
    pack::seal(&mut files, LOG, MADE_AT, &first, &key(3)).unwrap();
    only(&files, Fault::ManifestSignature);
    // A reader who knows it by other ways, because the key before was lost.
    let known = [key(3).verifying_key().clone()];
    assert!(pack::verify_with(&files, &first, &known, &[]).is_ok());
}

//! A pack is whole, or the check says where it is not.

use crate::findings::*;
use crate::made_up_log::*;
use kokoroe_evidence::pack::{self, Table};
use kokoroe_evidence::{Checkpoint, Fault, Hash, Kind, Leaf, VerifyingKey};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn a_whole_pack_is_told_in_numbers() {
    let leaves = leaves(20);
    let brought = [checkpoint(&leaves, 7, &[&key(1)]), checkpoint(&leaves, 13, &[&key(1)])];
    let summary = pack::verify(&small(), key(1).verifying_key(), &brought).unwrap();
    assert_eq!(summary.log, LOG);
    assert_eq!(summary.generated_at, MADE_AT);
    assert_eq!((summary.leaves, summary.checkpoints, summary.brought, summary.contents), (20, 3, 2, 1));
    assert_eq!(summary.rows[Table::Answers.file()], 13);
    assert_eq!(summary.rows[Table::Completions.file()], 3);
    assert_eq!(summary.rows[Table::Attestations.file()], 3);
    assert_eq!(summary.last_at.as_deref(), Some("2026-05-01T00:00:00.019Z"));
    assert_eq!(summary.root, kokoroe_evidence::tree::root(&hashes(&leaves)));
    assert!(summary.unproven_tables.is_empty());
}

#[test]
fn a_long_pack_is_read_in_pieces_and_the_first_difference_is_still_the_first() {
    let mut leaves = leaves(20_000);
    assert_eq!(verify(&pack_of(&leaves, &[20_000])).unwrap().leaves, 20_000);
    for n in [19_000, 7_001, 15_000] {
        leaves[n] = b"{}".to_vec();
    }
    let difference = found(&pack_of(&leaves, &[20_000]), Fault::LeafForm);
    assert_eq!((difference.leaf, difference.line, difference.count), (Some(7_001), Some(7_002), 3));
}

#[test]
fn a_request_that_comes_twice_far_apart_is_found() {
    let mut leaves = leaves(40_000);
    for (n, like) in [(39_001, 5), (17_000, 5), (30_000, 20_001)] {
        leaves[n] = Leaf::new(LOG, Kind::CONFIG_CHANGE, &at(n), "u:1")
            .and_then(|leaf| leaf.with_req(&format!("r:{like}")))
            .unwrap()
            .encode();
    }
    let difference = found(&pack_of(&leaves, &[40_000]), Fault::Request);
    assert_eq!((difference.leaf, difference.count), (Some(17_000), 3));
    assert_eq!(difference.found, "#5 = #17000");
}

#[test]
fn a_line_without_an_end_is_no_leaf_however_long_it_is() {
    let mut files = small();
    let mut long = files[pack::LEAVES].clone();
    long.extend(vec![b'x'; 3 << 20]);
    files.insert(pack::LEAVES.to_owned(), long.clone());
    let difference = found(&seal(files.clone()), Fault::LeafForm);
    assert_eq!(difference.leaf, Some(20));
    long.push(b'\n');
    files.insert(pack::LEAVES.to_owned(), long);
    found(&seal(files), Fault::LeafForm);
}

#[test]
fn every_byte_that_the_manifest_does_not_cover_counts_too() {
    let files = small();
    for name in [pack::MANIFEST, pack::MANIFEST_NOTE, pack::KEY] {
        for at in 0..files[name].len() {
            let mut files = files.clone();
            files.get_mut(name).unwrap()[at] ^= 1;
            assert!(verify(&files).is_err(), "{name}, byte {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_flipped_byte_anywhere_in_a_pack_is_found(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut files = small();
        let name = files.keys().nth(file.index(files.len())).unwrap().clone();
        let bytes = files.get_mut(&name).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let differences = verify(&files).unwrap_err();
        prop_assert!(!differences.is_empty());
        // What is said of it can be read in both languages.
        for difference in differences {
            prop_assert!(difference.japanese().contains('。') && difference.english().contains(": "));
        }
    }

    #[test]
    fn a_cut_or_lengthened_file_is_found(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let files = small();
        let name = files.keys().nth(file.index(files.len())).unwrap().clone();
        let at = at.index(files[&name].len());
        let mut cut = files.clone();
        cut.get_mut(&name).unwrap().truncate(at);
        prop_assert!(verify(&cut).is_err());
        // A key is pasted by people, so space around it is all the same; but then the manifest knows.
        let mut lengthened = files.clone();
        lengthened.get_mut(&name).unwrap().insert(at, byte);
        prop_assert!(verify(&lengthened).is_err());
    }
}

#[test]
fn a_server_that_rewrites_a_leaf_and_signs_everything_again_is_caught_by_a_mailed_checkpoint() {
    let honest = leaves(20);
    let mailed = checkpoint(&honest, 13, &[&key(1)]);
    let mut altered = honest;
    altered[10] = fact(Kind::COMPLETION, 10, json!({"late": false, "score": 10_000}));
    let files = pack_of(&altered, &[7, 20]);
    assert!(verify(&files).is_ok(), "without outside knowledge the rewritten log looks whole");
    let differences = pack::verify(&files, key(1).verifying_key(), &[mailed]).unwrap_err();
    assert_eq!(differences.len(), 1);
    assert_eq!((differences[0].fault, differences[0].file.as_str()), (Fault::CheckpointRoot, "brought/1"));
}

#[test]
fn a_line_on_paper_catches_it_as_well() {
    let honest = leaves(20);
    let noted = Checkpoint::read_unverified(&checkpoint(&honest, 13, &[&key(1)])).unwrap();
    let root = noted.root.to_string();
    let typed = format!("{}  13  {}\n", noted.origin, root[..32].to_uppercase());
    let whole = pack_of(&honest, &[7, 20]);
    let summary = pack::verify(&whole, key(1).verifying_key(), &[typed.clone().into_bytes()]).unwrap();
    assert_eq!(summary.brought, 1);
    let mut altered = honest;
    altered[10] = fact(Kind::COMPLETION, 10, json!({"late": false, "score": 10_000}));
    let files = pack_of(&altered, &[7, 20]);
    let differences = pack::verify(&files, key(1).verifying_key(), &[typed.into_bytes()]).unwrap_err();
    assert_eq!(differences.len(), 1);
    assert_eq!((differences[0].fault, differences[0].file.as_str()), (Fault::CheckpointRoot, "brought/1"));
}

#[test]
fn a_server_that_drops_the_last_leaves_is_caught_by_a_mailed_checkpoint() {
    let mailed = checkpoint(&leaves(20), 20, &[&key(1)]);
    let files = pack_of(&leaves(15), &[15]);
    let differences = pack::verify(&files, key(1).verifying_key(), &[mailed]).unwrap_err();
    assert_eq!(differences.len(), 1);
    let difference = &differences[0];
    assert_eq!(difference.fault, Fault::CheckpointBeyond);
    assert_eq!((difference.expected.as_str(), difference.found.as_str()), ("20", "15"));
}

#[test]
fn a_checkpoint_that_went_through_a_mail_program_is_still_one() {
    let note = String::from_utf8(checkpoint(&leaves(20), 13, &[&key(1)])).unwrap();
    let mailed = format!("\u{feff}\r\n{}\r\n\r\n", note.replace('\n', "\r\n"));
    assert!(pack::verify(&small(), key(1).verifying_key(), &[mailed.into_bytes()]).is_ok());
}

#[test]
fn a_checkpoint_that_was_brought_must_be_signed_too() {
    let forged = checkpoint(&leaves(20), 13, &[&key(9)]);
    let noise = b"[checkpoint] h0001/2026 size=13".to_vec();
    let differences = pack::verify(&small(), key(1).verifying_key(), &[forged, noise]).unwrap_err();
    let told: Vec<_> = differences.iter().map(|d| (d.fault, d.file.as_str())).collect();
    assert_eq!(told, [(Fault::CheckpointForm, "brought/2"), (Fault::CheckpointSignature, "brought/1")]);
}

#[test]
fn a_leaf_altered_removed_added_or_moved_is_found() {
    let honest = leaves(20);
    let signed =
        [7, 20].map(|size| (pack::checkpoint_file(size as u64), checkpoint(&honest, size, &[&key(1)])));
    let differs = |leaves: &[Vec<u8>]| {
        let mut files = pack_of(leaves, &[leaves.len()]);
        files.extend(signed.clone());
        verify(&seal(files)).unwrap_err()[0].fault
    };
    let mut altered = honest.clone();
    altered[2] = fact(Kind::ANSWER, 2, json!({"q": "q:other"}));
    assert_eq!(differs(&altered), Fault::CheckpointRoot);
    let mut moved = honest.clone();
    moved.swap(2, 3);
    assert_eq!(differs(&moved), Fault::Time);
    let mut removed = honest.clone();
    removed.remove(3);
    assert_eq!(differs(&removed), Fault::CheckpointRoot);
    let mut added = honest;
    added.insert(3, added[3].clone());
    assert_eq!(differs(&added), Fault::Request);
}

#[test]
fn a_leaf_that_could_not_be_is_found() {
    let differs = |n: usize, leaf: Leaf, fault: Fault| {
        let mut leaves = leaves(20);
        leaves[n] = leaf.encode();
        only(&pack_of(&leaves, &[7, 20]), fault)
    };
    let of = |log: &str, n: usize| Leaf::new(log, Kind::CONFIG_CHANGE, &at(n), "u:1").unwrap();
    assert_eq!(differs(9, of("h0001/2025", 9), Fault::LeafLog).found, "h0001/2025");
    let earlier = differs(9, of(LOG, 2), Fault::Time);
    assert_eq!((earlier.leaf, earlier.line), (Some(9), Some(10)));
    assert_eq!(earlier.expected, "≥ 2026-05-01T00:00:00.008Z");
    assert_eq!(differs(9, of(LOG, 9).with_req("r:4").unwrap(), Fault::Request).found, "#4 = #9");
    let of_the_future = of(LOG, 9).with_prev_cp(10).unwrap();
    assert_eq!(differs(9, of_the_future, Fault::PreviousCheckpoint).expected, "≤ 9");
    assert!(
        verify(&{
            let mut leaves = leaves(20);
            leaves[9] = of(LOG, 9).with_prev_cp(9).unwrap().encode();
            pack_of(&leaves, &[20])
        })
        .is_ok()
    );
    let content = "ab".repeat(32);
    let missing = differs(9, of(LOG, 9).with_d(json!({ "rev": content })).unwrap(), Fault::ContentMissing);
    assert_eq!((missing.leaf, missing.expected), (Some(9), format!("contents/{content}.json")));
    differs(9, of(LOG, 9).with_d(json!({"rev": 3})).unwrap(), Fault::ContentName);
}

#[test]
fn a_file_missing_added_or_exchanged_is_found() {
    for name in [pack::LEAVES, pack::KEY, pack::README, pack::MANIFEST, pack::MANIFEST_NOTE] {
        let mut files = small();
        files.remove(name);
        assert_eq!(found(&files, Fault::MissingFile).file, name);
    }
    let mut files = small();
    files.insert("verify.sh".to_owned(), b"exit 0".to_vec());
    assert_eq!(only(&files, Fault::UnlistedFile).file, "verify.sh");
    assert!(verify(&seal(files)).is_ok());
    let mut files = small();
    files.insert(pack::README.to_owned(), b"other".to_vec());
    assert_eq!(only(&files, Fault::FileHash).file, pack::README);
    let mut files = small();
    let content_name = pack::content_file(Hash::of(&content()));
    files.insert(content_name.clone(), b"{}".to_vec());
    assert_eq!(only(&seal(files.clone()), Fault::ContentHash).file, content_name);
    files.remove(&content_name);
    assert_eq!(only(&seal(files), Fault::ContentMissing).leaf, Some(1));
}

#[test]
fn a_manifest_of_another_pack_is_found() {
    let mut files = small();
    let other = pack_of(&leaves(21), &[21]);
    files.insert(pack::MANIFEST.to_owned(), other[pack::MANIFEST].clone());
    found(&files, Fault::ManifestSignature);
    files.insert(pack::MANIFEST_NOTE.to_owned(), other[pack::MANIFEST_NOTE].clone());
    assert_eq!(found(&files, Fault::ManifestCount).expected, "answers 14");
    found(&files, Fault::FileHash);
    files.insert(pack::MANIFEST.to_owned(), b"{}".to_vec());
    found(&files, Fault::ManifestForm);
}

#[test]
fn a_checkpoint_in_the_wrong_place_is_found() {
    let mut files = small();
    let seventh = files.remove(&pack::checkpoint_file(7)).unwrap();
    files.insert(pack::checkpoint_file(8), seventh);
    assert_eq!(only(&seal(files), Fault::CheckpointName).expected, "checkpoints/7.note");
    let mut files = small();
    let other = Checkpoint { origin: "h0001/2025".to_owned(), size: 5, root: Hash::of(b"") };
    files.insert(pack::checkpoint_file(5), other.sign(&[&key(1)]).unwrap().into_bytes());
    assert_eq!(only(&seal(files), Fault::CheckpointOrigin).found, "h0001/2025");
    let mut files = small();
    files.remove(&pack::checkpoint_file(20));
    let difference = only(&seal(files), Fault::Unsigned);
    assert_eq!((difference.leaf, difference.expected.as_str()), (Some(7), "checkpoints/20.note"));
}

#[test]
fn a_difference_is_told_in_both_languages() {
    let difference = found(&resealed(Table::Answers.file(), "q:8", "q:9"), Fault::RowContent);
    assert_eq!(
        difference.japanese(),
        "tables/answers.csv 7行目（証跡番号8）：表の行が証跡と一致しません。本来は「q=q:8」です。実際は「q=q:9」です。"
    );
    assert_eq!(
        difference.to_string(),
        "tables/answers.csv, line 7 (leaf 8): this row says something else than its leaf. \
         Expected “q=q:8”. Found “q=q:9”."
    );
}

#[test]
fn the_key_that_a_pack_brings_is_the_one_that_is_printed() {
    let text = String::from_utf8(small()[pack::KEY].clone()).unwrap();
    assert_eq!(&VerifyingKey::parse(&text).unwrap(), key(1).verifying_key());
}

//! A part of a log proves what it holds, and never passes for the whole.

use kokoroe_evidence::pack::{self, Counts, Manifest, Part, PartOf, PartSummary, Table};
use kokoroe_evidence::proof::Proof;
use kokoroe_evidence::{Check, Checkpoint, Difference, Fault, Hash, Kind, Leaf, keys};
use serde_json::json;

use crate::made_up_log::*;

/// What one person does, and who it is.
fn doing(n: usize, person: usize, step: usize) -> Vec<u8> {
    let who = format!("u:{person}");
    let (period, attempt) = (format!("per:{person}"), format!("att:{person}"));
    let rev = Hash::of(&content()).to_string();
    let (kind, actor, obj, d) = match step {
        0 => (Kind::ASSIGN_CREATE, "system", &period, json!({ "subject": who })),
        1 => (Kind::ATTEMPT_START, who.as_str(), &attempt, json!({ "period": period, "rev": rev })),
        2..5 => (Kind::ANSWER, who.as_str(), &attempt, json!({ "q": format!("q:{step}") })),
        5 => (Kind::ATTEST_SIGN, who.as_str(), &format!("sig:{person}"), json!({ "period": period })),
        _ => (Kind::COMPLETION, who.as_str(), &period, json!({ "subject": who, "number": person })),
    };
    let leaf = Leaf::new(LOG, kind, &at(n), actor).unwrap().with_obj(obj).unwrap();
    leaf.with_req(&format!("r:{n}")).unwrap().with_d(d).unwrap().encode()
}

/// Four people whose records are mixed with each other.
pub(crate) fn log() -> Vec<Vec<u8>> {
    let open = Leaf::new(LOG, Kind::LOG_OPEN, &at(0), "system").unwrap().with_obj(LOG).unwrap().encode();
    let rest = (0..28).map(|n| doing(n + 1, n % 4, n / 4));
    std::iter::once(open).chain(rest).collect()
}

/// The places of somebody's leaves, and of the first one.
pub(crate) fn of(person: usize) -> Vec<usize> {
    std::iter::once(0).chain((1..29).filter(|n| (n - 1) % 4 == person)).collect()
}

/// The files of a part with these leaves, before they are listed.
pub(crate) fn files_of(leaves: &[Vec<u8>], places: &[usize], people: &str) -> Files {
    let hashes = hashes(leaves);
    let note = String::from_utf8(checkpoint(leaves, leaves.len(), &[&key(1)])).unwrap();
    let mut files = Files::new();
    let (mut lines, mut proofs) = (Vec::new(), String::new());
    for place in places {
        lines.extend([&leaves[*place][..], b"\n"].concat());
        proofs.push_str(&Proof::make(&hashes, *place as u64, &note).unwrap().encode());
    }
    files.insert(pack::PART_LEAVES.to_owned(), lines);
    files.insert(pack::PROOFS.to_owned(), proofs.into_bytes());
    files.insert(pack::PEOPLE.to_owned(), people.as_bytes().to_vec());
    files.insert(pack::checkpoint_file(leaves.len() as u64), note.into_bytes());
    for kept in Table::ALL {
        let text = String::from_utf8(table(leaves, kept)).unwrap();
        let mine = |line: &&str| {
            line.split(',').next().unwrap().parse().map_or(true, |place: usize| places.contains(&place))
        };
        let rows: String = text.split_inclusive('\n').filter(mine).collect();
        files.insert(kept.file().to_owned(), rows.into_bytes());
    }
    files.insert(pack::content_file(Hash::of(&content())), content());
    files.insert(pack::README.to_owned(), "この一部の確かめ方\n".as_bytes().to_vec());
    files.insert(pack::KEY.to_owned(), format!("{}\n", key(1).verifying_key()).into_bytes());
    files
}

/// Lists and signs the files, as somebody with the key would.
pub(crate) fn sealed(mut files: Files, part: Option<Part>, seed: u8) -> Files {
    files.remove(pack::MANIFEST);
    files.remove(pack::MANIFEST_NOTE);
    let lines =
        |name: &str| files.get(name).map_or(0, |bytes| bytes.iter().filter(|b| **b == b'\n').count() as u64);
    let rows = |table: Table| lines(table.file()).saturating_sub(1);
    let count = |folder: &str| files.keys().filter(|name| name.starts_with(folder)).count() as u64;
    let manifest = Manifest {
        part,
        log: LOG.to_owned(),
        generated_at: MADE_AT.to_owned(),
        counts: Counts {
            leaves: lines(pack::PART_LEAVES),
            checkpoints: count("checkpoints/"),
            contents: count("contents/"),
            answers: rows(Table::Answers),
            completions: rows(Table::Completions),
            attestations: rows(Table::Attestations),
        },
        files: files.iter().map(|(name, bytes)| (name.clone(), Hash::of(bytes))).collect(),
    };
    let encoded = manifest.encode().unwrap();
    assert_eq!(Manifest::parse(&encoded), Ok(manifest.clone()), "a list has one spelling");
    let note = manifest.sign(&encoded, &key(seed)).unwrap();
    files.insert(pack::MANIFEST.to_owned(), encoded);
    files.insert(pack::MANIFEST_NOTE.to_owned(), note.into_bytes());
    files
}

const PERSON: Option<Part> = Some(Part { of: PartOf::Person, size: 29 });

fn part() -> Files {
    sealed(files_of(&log(), &of(2), "u:2 per:2\n"), PERSON, 1)
}

fn verify(files: &Files) -> Result<PartSummary, Vec<Difference>> {
    pack::verify_part(files, key(1).verifying_key(), &[], &[])
}

/// The kinds of the differences after a change, listed and signed anew.
fn faults(change: impl Fn(&mut Files)) -> Vec<Fault> {
    let mut files = part();
    change(&mut files);
    let found = verify(&sealed(files, PERSON, 1)).expect_err("a difference should be found");
    found.iter().map(|difference| difference.fault).collect()
}

fn replace(files: &mut Files, name: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[name].clone()).unwrap();
    assert!(text.contains(from), "{from} is not in {name}");
    files.insert(name.to_owned(), text.replacen(from, to, 1).into_bytes());
}

#[test]
fn a_part_is_told_in_numbers_and_as_a_part() {
    let files = part();
    assert!(pack::is_part(&files));
    let summary = verify(&files).unwrap();
    assert_eq!((summary.log.as_str(), summary.of, summary.people), (LOG, PartOf::Person, 1));
    assert_eq!((summary.leaves, summary.checkpoint.size, summary.contents), (8, 29, 1));
    assert_eq!(summary.rows.values().sum::<u64>(), 5);
    let two: Vec<usize> = (0..29).filter(|n| of(1).contains(n) || of(3).contains(n)).collect();
    let department = Some(Part { of: PartOf::Department, size: 29 });
    let both = sealed(files_of(&log(), &two, "u:1 per:1\nu:3 per:3\n"), department, 1);
    let summary = verify(&both).unwrap();
    assert_eq!((summary.of, summary.people, summary.leaves), (PartOf::Department, 2, 15));
}

#[test]
fn a_part_never_passes_for_a_whole_nor_a_whole_for_a_part() {
    let files = part();
    let found = pack::verify(&files, key(1).verifying_key(), &[]).unwrap_err();
    assert!(found.iter().any(|difference| difference.fault == Fault::ManifestForm), "{found:?}");
    // All leaves, named as those of a whole, under the list of a part.
    let leaves = log();
    let whole = pack_of(&leaves, &[29]);
    assert!(!pack::is_part(&whole));
    assert!(pack::verify(&whole, key(1).verifying_key(), &[]).is_ok());
    assert_eq!(
        verify(&whole).unwrap_err().last().map(|difference| difference.fault),
        Some(Fault::ManifestForm)
    );
    let listed = sealed(whole.clone(), PERSON, 1);
    assert!(pack::verify(&listed, key(1).verifying_key(), &[]).is_err());
    // The list of a whole, with the signature that belongs to a part.
    let mut mixed = whole.clone();
    mixed.insert(pack::MANIFEST_NOTE.to_owned(), listed[pack::MANIFEST_NOTE].clone());
    let found = pack::verify(&mixed, key(1).verifying_key(), &[]).unwrap_err();
    assert_eq!(
        found.iter().map(|difference| difference.fault).collect::<Vec<_>>(),
        [Fault::ManifestSignature]
    );
    // A part that is listed as a whole.
    let unlisted = sealed(files_of(&leaves, &of(2), "u:2 per:2\n"), None, 1);
    assert!(!pack::is_part(&unlisted));
    assert!(pack::verify(&unlisted, key(1).verifying_key(), &[]).is_err() && verify(&unlisted).is_err());
}

#[test]
fn whoever_has_no_key_can_change_nothing() {
    for name in part().keys() {
        for at in [0, 7, 40] {
            let mut files = part();
            let bytes = files.get_mut(name).unwrap();
            let at = at.min(bytes.len() - 1);
            bytes[at] ^= 1;
            assert!(verify(&files).is_err(), "{name}, byte {at}");
        }
        let mut files = part();
        files.remove(name);
        assert!(verify(&files).is_err(), "{name} is gone");
    }
}

#[test]
fn whoever_has_the_key_cannot_change_what_was_recorded() {
    let leaves = pack::PART_LEAVES;
    let changed = faults(|files| replace(files, leaves, "\"q\":\"q:3\"", "\"q\":\"q:9\""));
    assert_eq!(changed, [Fault::ProofLeaf, Fault::RowContent]);
    assert!(
        faults(|files| {
            replace(files, leaves, "\"q\":\"q:3\"", "\"q\":\"q:9\"");
            replace(files, Table::Answers.file(), "q:3", "q:9");
        })
        .contains(&Fault::ProofLeaf)
    );
    assert_eq!(faults(|files| replace(files, Table::Answers.file(), "q:3", "q:9")), [Fault::RowContent]);
    let dropped = faults(|files| {
        let text = String::from_utf8(files[Table::Completions.file()].clone()).unwrap();
        let head = text.split_inclusive('\n').next().unwrap().to_owned();
        files.insert(Table::Completions.file().to_owned(), head.into_bytes());
    });
    assert_eq!(dropped, [Fault::RowMissing]);
    // A proof of another leaf, proofs in another order, one too few and one too many.
    let swapped = |change: fn(&mut Vec<String>)| {
        faults(|files| {
            let text = String::from_utf8(files[pack::PROOFS].clone()).unwrap();
            let mut proofs: Vec<String> =
                text.split("c2sp.org/").skip(1).map(|proof| format!("c2sp.org/{proof}")).collect();
            change(&mut proofs);
            files.insert(pack::PROOFS.to_owned(), proofs.concat().into_bytes());
        })
    };
    assert!(swapped(|proofs| proofs.swap(2, 3)).contains(&Fault::ProofLeaf));
    assert!(swapped(|proofs| proofs[3] = proofs[2].clone()).contains(&Fault::ProofLeaf));
    assert!(swapped(|proofs| drop(proofs.pop())).contains(&Fault::ProofMissing));
    assert!(swapped(|proofs| proofs.push(proofs[0].clone())).contains(&Fault::ProofMissing));
    assert!(
        swapped(|proofs| proofs[1] = proofs[1].replacen("index ", "index 1", 1)).contains(&Fault::ProofLeaf)
    );
}

#[test]
fn a_leaf_of_somebody_else_is_found() {
    for stranger in [2, 6, 10, 22, 26] {
        let mut places = of(2);
        places.push(stranger);
        places.sort_unstable();
        let files = sealed(files_of(&log(), &places, "u:2 per:2\n"), PERSON, 1);
        let found = verify(&files).unwrap_err();
        assert_eq!(
            (found.len(), found[0].fault, found[0].leaf),
            (1, Fault::Foreign, Some(stranger as u64)),
            "{found:?}"
        );
        assert_eq!(found[0].check(), Check::Leaves);
    }
    let two = sealed(files_of(&log(), &of(2), "u:2 per:2\nu:1\n"), PERSON, 1);
    assert_eq!(verify(&two).unwrap_err()[0].file, pack::PEOPLE, "a person's part is of one");
}

#[test]
fn leaves_of_a_log_that_nobody_signed_prove_nothing() {
    let mut forged = log();
    forged[3] = doing(3, 2, 6);
    let files = sealed(files_of(&forged, &of(2), "u:2 per:2\n"), PERSON, 9);
    let found = verify(&files).unwrap_err();
    assert!(found.iter().any(|difference| difference.fault == Fault::ManifestSignature), "{found:?}");
    let mut files = part();
    let other = checkpoint(&log(), 29, &[&key(9)]);
    files.insert(pack::checkpoint_file(29), other);
    assert!(
        verify(&sealed(files, PERSON, 1)).unwrap_err().iter().any(|d| d.fault == Fault::CheckpointSignature)
    );
}

#[test]
fn a_key_that_was_handed_over_signs_a_part_as_well() {
    let leaves = log();
    let mut files = files_of(&leaves, &of(2), "u:2 per:2\n");
    let note = String::from_utf8(checkpoint(&leaves, 29, &[&key(2)])).unwrap();
    let old = String::from_utf8(files[&pack::checkpoint_file(29)].clone()).unwrap();
    let proofs = String::from_utf8(files[pack::PROOFS].clone()).unwrap().replace(&old, &note);
    files.insert(pack::PROOFS.to_owned(), proofs.into_bytes());
    files.insert(pack::checkpoint_file(29), note.into_bytes());
    assert!(verify(&sealed(files.clone(), PERSON, 2)).is_err(), "nothing leads to that key");
    let handed_over = keys::hand_over(&key(1), &key(2)).unwrap();
    files.insert(pack::key_file(1), handed_over.into_bytes());
    let summary = verify(&sealed(files, PERSON, 2)).unwrap();
    assert_eq!(&summary.signed_by, key(2).verifying_key());
}

#[test]
fn without_the_way_from_earlier_checkpoints_only_one_of_the_same_size_can_be_compared() {
    let leaves = log();
    let [same, earlier] = [29, 7].map(|size| checkpoint(&leaves, size, &[&key(1)]));
    let check = |brought: &[Vec<u8>]| pack::verify_part(&part(), key(1).verifying_key(), &[], brought);
    assert_eq!(check(&[same, earlier]).unwrap().brought, (1, 1));
    let other = Checkpoint { origin: LOG.to_owned(), size: 29, root: Hash::of(b"other") };
    let note = other.sign(&[&key(1)]).unwrap().into_bytes();
    let found = check(&[note]).unwrap_err();
    assert_eq!((found[0].fault, found[0].check()), (Fault::CheckpointRoot, Check::Brought));
    let typed = format!("{LOG} 29 {}", "0".repeat(32)).into_bytes();
    assert_eq!(check(&[typed]).unwrap_err()[0].fault, Fault::CheckpointRoot);
}

//! Checkpoints of other times than that of a part: they are compared with what the part proves to be its beginnings.

use kokoroe_evidence::pack::{self, Part, PartOf};
use kokoroe_evidence::{Check, Checkpoint, Difference, Fault, Hash, tree};

use crate::made_up_log::*;
use crate::parts::{files_of, log, of, sealed};

const PERSON: Option<Part> = Some(Part { of: PartOf::Person, size: 29 });

/// The ways from each of these sizes to the next.
fn ways(sizes: &[usize]) -> String {
    let hashes = hashes(&log());
    let starts = std::iter::once(0).chain(sizes.iter().copied());
    let way = |(from, until): (usize, &usize)| {
        let root =
            |(first, number): (u64, u64)| tree::root(&hashes[first as usize..(first + number) as usize]);
        let roots: Vec<Hash> = tree::between(from as u64, *until as u64).into_iter().map(root).collect();
        pack::beginning(*until as u64, &roots)
    };
    starts.zip(sizes).map(way).collect()
}

fn part(ways: &str) -> Files {
    let mut files = files_of(&log(), &of(2), "u:2 per:2\n");
    files.insert(pack::BEGINNINGS.to_owned(), ways.as_bytes().to_vec());
    sealed(files, PERSON, 1)
}

fn check(files: &Files, brought: &[Vec<u8>]) -> Result<(u64, u64), Vec<Difference>> {
    pack::verify_part(files, key(1).verifying_key(), &[], brought).map(|summary| summary.brought)
}

fn signed(size: usize) -> Vec<u8> {
    checkpoint(&log(), size, &[&key(1)])
}

fn printed(size: usize, root: &Hash) -> Vec<u8> {
    format!("{LOG} {size} {}", &root.to_string()[..32]).into_bytes()
}

#[test]
fn a_checkpoint_of_any_signed_size_up_to_the_parts_own_is_compared() {
    for sizes in [vec![29], vec![1, 29], vec![7, 8, 29], vec![16, 17, 28, 29], (1..30).collect()] {
        let files = part(&ways(&sizes));
        for size in &sizes {
            let root = tree::root(&hashes(&log()[..*size]));
            assert_eq!(
                check(&files, &[signed(*size), printed(*size, &root)]),
                Ok((2, 0)),
                "{size} of {sizes:?}"
            );
            let other = Checkpoint { origin: LOG.to_owned(), size: *size as u64, root: Hash::of(b"other") };
            for wrong in [other.sign(&[&key(1)]).unwrap().into_bytes(), printed(*size, &other.root)] {
                let found = check(&files, &[signed(29), wrong]).unwrap_err();
                assert_eq!((found.len(), found[0].fault), (1, Fault::CheckpointRoot));
                assert_eq!((found[0].check(), found[0].file.as_str()), (Check::Brought, "brought/2"));
            }
        }
    }
}

#[test]
fn a_checkpoint_that_is_not_on_the_way_cannot_be_compared() {
    let files = part(&ways(&[7, 20, 29]));
    let later = printed(30, &Hash::of(b"later"));
    assert_eq!(check(&files, &[signed(8), later, signed(20)]), Ok((1, 2)));
}

#[test]
fn a_way_that_leads_elsewhere_proves_nothing_and_is_found() {
    let good = ways(&[7, 20, 29]);
    let lines: Vec<&str> = good.split_inclusive('\n').collect();
    let hash = good.split([' ', '\n']).nth(1).unwrap();
    for bad in [
        String::new(),
        lines[..2].concat(),
        lines[1..].concat(),
        [lines[1], lines[0], lines[2]].concat(),
        [lines[0], lines[0], lines[1], lines[2]].concat(),
        good.replacen(hash, &Hash::of(b"other").to_base64(), 1),
        good.replacen(&format!(" {hash}"), "", 1),
        good.replacen("7 ", "6 ", 1),
        good.replacen("7 ", "07 ", 1),
        good.replacen("29 ", "18446744073709551615 ", 1),
        good.trim_end().to_owned(),
        format!("{good}x\n"),
    ] {
        let found = check(&part(&bad), &[]).unwrap_err();
        let [one] = &found[..] else { panic!("{bad}: {found:?}") };
        assert_eq!((one.fault, one.check()), (Fault::Beginnings, Check::Brought), "{bad}");
    }
}

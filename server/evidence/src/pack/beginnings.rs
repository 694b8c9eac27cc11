//! The beginnings of the log that a part is of: that it was, at each earlier signed checkpoint, the beginning of what the part's checkpoint signs.
//!
//! [`BEGINNINGS`] has a line for each signed checkpoint, from the smallest up to the part's own: its size, and behind it, with a space before each,
//! the roots of the perfect subtrees between the size before (0 for the first line) and this one ([`tree::between`]), in base64. Whoever joins
//! them as RFC 6962 joins subtrees has the root of every size on the way, and at the end the one that was signed: another log would not lead there.
//! A proof for each size alone (RFC 9162, 2.1.4) would repeat most of the tree's edge in each of them, and a root of which paper shows only the first
//! digits could not be compared with it.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use super::BEGINNINGS;
use super::files::Files;
use super::part::{Signed, open};
use super::source::Source;
use super::stream::{Line, Stream};
use crate::brought::{self, Brought, Printed};
use crate::checkpoint::decimal;
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::note::VerifyingKey;
use crate::tree::Frontier;

/// A size and the roots of as many subtrees as there can be.
const LONGEST: usize = 1 << 13;

/// The line of [`BEGINNINGS`] for a checkpoint of this size.
pub fn beginning(size: u64, roots: &[Hash]) -> String {
    let roots: String = roots.iter().map(|root| format!(" {}", root.to_base64())).collect();
    format!("{size}{roots}\n")
}

/// A checkpoint that the reader brought, of the log that the part is of.
struct Kept {
    file: String,
    size: u64,
    root: Root,
}

/// The root that it states.
enum Root {
    Signed(Hash),
    Printed(Printed),
}

impl Root {
    fn agrees(&self, root: &Hash) -> bool {
        match self {
            Self::Signed(signed) => signed == root,
            Self::Printed(printed) => printed.agrees(root),
        }
    }

    fn told(&self) -> String {
        match self {
            Self::Signed(signed) => signed.to_base64(),
            Self::Printed(printed) => printed.digits().to_owned(),
        }
    }
}

/// Compares what the reader brought: with the part's checkpoint, and with those that are proved to be its beginnings. Gives the number of those that
/// agree, and of those that cannot be compared.
pub(super) fn compare_brought<S: Source + ?Sized>(
    files: &mut Files<'_, S>,
    texts: &[Vec<u8>],
    signed: &Signed,
    keys: &[VerifyingKey],
) -> (u64, u64) {
    let kept = kept(texts, signed, keys, &mut files.findings);
    let sizes = kept.iter().map(|kept| kept.size).collect();
    let roots = roots(files, signed, &sizes);
    let (mut agree, mut apart) = (0, 0);
    for Kept { file, size, root } in &kept {
        match roots.get(size) {
            None => apart += 1,
            Some(found) if root.agrees(found) => agree += 1,
            Some(found) => {
                files
                    .findings
                    .add(Fault::CheckpointRoot, Place::file(file), || (root.told(), found.to_base64()));
            }
        }
    }
    (agree, apart)
}

/// Reads what the reader brought.
fn kept(texts: &[Vec<u8>], signed: &Signed, keys: &[VerifyingKey], findings: &mut Findings) -> Vec<Kept> {
    let mut all = Vec::new();
    let log = &signed.checkpoint.origin;
    for (number, text) in (1..).zip(texts) {
        let file = format!("brought/{number}");
        let place = Place::file(&file);
        let found = brought::of_log(text, log);
        if found.is_empty() {
            findings.add(Fault::CheckpointForm, place, Default::default);
        }
        for one in found {
            let (origin, size, root) = match one {
                Brought::Signed(note) => match open(&note, keys) {
                    Ok(kept) => (kept.origin, kept.size, Root::Signed(kept.root)),
                    Err(told) => {
                        findings.add(Fault::CheckpointSignature, place, || told);
                        continue;
                    }
                },
                Brought::Printed(printed) => (printed.log.clone(), printed.size, Root::Printed(printed)),
            };
            if origin == *log {
                all.push(Kept { file: file.clone(), size, root });
            } else {
                findings.add(Fault::CheckpointOrigin, place, || (log.clone(), origin));
            }
        }
    }
    all
}

/// The roots of these sizes, as far as they are known: that of the part's checkpoint, and those that [`BEGINNINGS`] leads through.
fn roots<S: Source + ?Sized>(
    files: &mut Files<'_, S>,
    signed: &Signed,
    sizes: &BTreeSet<u64>,
) -> BTreeMap<u64, Hash> {
    let Files { source, names, sums, findings, .. } = files;
    let here = &signed.checkpoint;
    let known = BTreeMap::from([(here.size, here.root)]);
    if !names.contains(BEGINNINGS) {
        return known;
    }
    let mut on_the_way = BTreeMap::new();
    let mut frontier = Frontier::new();
    let (read, sum) = thread::scope(|scope| {
        let mut stream = Stream::open(scope, *source, BEGINNINGS);
        let mut number = 0;
        let read = loop {
            number += 1;
            let mut line = Vec::new();
            match stream.line(&mut line, LONGEST) {
                Line::End => break Ok(()),
                Line::Whole if go_on(&mut frontier, &line) => {
                    if sizes.contains(&frontier.size()) {
                        on_the_way.insert(frontier.size(), frontier.root());
                    }
                }
                _ => break Err(number),
            }
        };
        (read, stream.finish())
    });
    sums.insert(BEGINNINGS.to_owned(), sum);
    let place = Place { file: BEGINNINGS, line: read.err(), leaf: None };
    if read.is_ok() && frontier.size() == here.size && frontier.root() == here.root {
        return on_the_way;
    }
    findings.add(Fault::Beginnings, place, || (here.root.to_base64(), frontier.root().to_base64()));
    known
}

/// Takes a line; whether it is one.
fn go_on(frontier: &mut Frontier, line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let mut words = line.split(' ');
    let size = words.next().and_then(decimal).filter(|size| *size > frontier.size());
    let roots: Option<Vec<Hash>> = words.map(Hash::from_base64).collect();
    size.zip(roots).is_some_and(|(size, roots)| frontier.extend(size, &roots))
}

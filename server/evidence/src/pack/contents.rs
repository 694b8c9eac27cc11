//! The pinned contents: what was shown and asked.

use std::collections::BTreeMap;

use super::{LEAVES, content_file, leaves::Leaves};
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;

/// Checks that every content is what its name says and that the leaves find theirs. Gives back their number.
pub(crate) fn check(files: &BTreeMap<String, Vec<u8>>, leaves: &Leaves<'_>, findings: &mut Findings) -> u64 {
    let mut number = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("contents/")) {
        number += 1;
        let expected = content_file(Hash::of(bytes));
        if *name != expected {
            findings.add(Fault::ContentHash, Place::file(name), || (name.clone(), expected));
        }
    }
    for (content, leaf) in &leaves.contents {
        let name = content_file(*content);
        if !files.contains_key(&name) {
            findings.add(Fault::ContentMissing, Place::leaf(LEAVES, *leaf), || (name, String::new()));
        }
    }
    number
}

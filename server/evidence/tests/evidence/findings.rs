//! What the check of a made-up pack found.

use std::sync::LazyLock;

use kokoroe_evidence::{Difference, Fault, pack};

use crate::made_up_log::*;

pub(crate) fn verify(files: &Files) -> Result<pack::Summary, Vec<Difference>> {
    pack::verify(files, key(1).verifying_key(), &[])
}

/// The differences found, which must include one of this kind; gives that one.
pub(crate) fn found(files: &Files, fault: Fault) -> Difference {
    let differences = verify(files).expect_err("a difference should be found");
    let kinds: Vec<_> = differences.iter().map(|d| d.fault).collect();
    differences
        .into_iter()
        .find(|d| d.fault == fault)
        .unwrap_or_else(|| panic!("{fault:?} is not in {kinds:?}"))
}

pub(crate) fn only(files: &Files, fault: Fault) -> Difference {
    let difference = found(files, fault);
    assert_eq!(verify(files).unwrap_err().len(), 1, "{:?}", verify(files));
    difference
}

pub(crate) fn small() -> Files {
    static SMALL: LazyLock<Files> = LazyLock::new(|| pack_of(&leaves(20), &[1, 7, 20]));
    SMALL.clone()
}

/// Changes a file by text and signs the pack again, as a dishonest server would.
pub(crate) fn resealed(file: &str, from: &str, to: &str) -> Files {
    let mut files = small();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{from} is not in {file}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    seal(files)
}

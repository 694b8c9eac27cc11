//! Checking a long pack takes no more memory than checking a short one.

use super::long::{checked, write};
use crate::support::fresh_folder;

/// Megabytes by which the memory of the longer one may differ: what the allocator happens to keep. The longer pack unfolds to more than a
/// hundred megabytes.
const TOLERANCE: f64 = 24.0;
/// The same where the leaves are read once more, before the check.
const TOLERANCE_OF_GRADES: f64 = 64.0;

#[test]
fn the_memory_for_a_check_does_not_grow_with_the_log() {
    let folder = fresh_folder();
    let peak = |leaves: u64, more: &[&str]| {
        let path = folder.join(format!("{leaves}.zip"));
        let vkey = write(&path, leaves);
        let (_, peak) = checked(&path, &vkey, more);
        std::fs::remove_file(path).expect("removed");
        peak
    };
    let (short, long) = (peak(20_000, &[]), peak(200_000, &[]));
    assert!(long < short + TOLERANCE, "{short} MiB for 20,000 leaves, {long} MiB for 200,000");
    assert!(short > 1.0, "the memory was looked at");
    let (short, long) = (peak(20_000, &["--grades"]), peak(200_000, &["--grades"]));
    assert!(
        long < short + TOLERANCE_OF_GRADES,
        "with the grades: {short} MiB for 20,000 leaves, {long} MiB for 200,000"
    );
}

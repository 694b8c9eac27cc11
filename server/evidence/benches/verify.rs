//! How long it takes to check a pack of 750,000 leaves: ten thousand people, a year. Prints its figures.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figure")]

use std::error::Error;
use std::time::Instant;

use kokoroe_evidence::log_check::{self, Head};
use kokoroe_evidence::{Frontier, leaf, pack};

#[path = "../tests/evidence/made_up_log.rs"]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, dead_code, reason = "made for tests, which may stop")]
mod made_up_log;

const LEAVES: usize = 750_000;

fn main() -> Result<(), Box<dyn Error>> {
    let leaves = made_up_log::leaves(LEAVES);
    let sizes: Vec<_> = (1..=400).map(|n| n * LEAVES / 400).collect();
    let started = Instant::now();
    let files = made_up_log::pack_of(&leaves, &sizes);
    let bytes: usize = files.values().map(Vec::len).sum();
    println!("made and sealed a pack of {LEAVES} leaves, {} MB: {:?}", bytes / 1_000_000, started.elapsed());

    let key = made_up_log::key(1);
    let started = Instant::now();
    let summary = pack::verify(&files, key.verifying_key(), &[]).map_err(|d| format!("{d:?}"))?;
    println!(
        "verified {} leaves, {} checkpoints, {:?}: {:?}",
        summary.leaves,
        summary.checkpoints,
        summary.rows,
        started.elapsed()
    );

    let mut frontier = Frontier::new();
    let hashes: Vec<_> = leaves.iter().map(|leaf| leaf::hash(leaf)).collect();
    hashes.iter().for_each(|hash| frontier.append(*hash));
    let head = Head { size: frontier.size(), frontier: frontier.to_bytes(), root: frontier.root() };
    let started = Instant::now();
    let stored = (0..).zip(&leaves).zip(&hashes).map(|((seq, body), hash)| (seq, body, hash));
    log_check::check(made_up_log::LOG, key.verifying_key(), stored, &head, &[])
        .map_err(|d| format!("{d:?}"))?;
    println!("checked the same log as it is stored, one thread: {:?}", started.elapsed());
    Ok(())
}

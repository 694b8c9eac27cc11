//! Everything that reads bytes from outside, each as one function that has to come back whatever the bytes are, and beside it the good files
//! from which the search begins. The fuzzer calls them without end; the ordinary tests (`server/tests/web/attacks/parsers.rs`) call the same
//! ones some thousand times.

use std::path::Path;

pub mod courses;
pub mod evidence;
#[cfg(feature = "server")]
pub mod server;

/// Puts good files into the folder that `KOKOROE_SEEDS` names, before the fuzzer reads it.
pub fn sow(seeds: Vec<Vec<u8>>) {
    let Some(folder) = std::env::var_os("KOKOROE_SEEDS") else { return };
    for (number, seed) in seeds.iter().enumerate() {
        std::fs::write(Path::new(&folder).join(format!("seed-{number}")), seed).expect("a seed is written");
    }
}

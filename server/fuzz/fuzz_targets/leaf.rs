#![no_main]
use kokoroe_fuzz::{evidence, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow([evidence::leaves(), evidence::manifests()].concat()), |bytes: &[u8]| evidence::leaf(bytes));

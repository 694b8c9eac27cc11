#![no_main]
use kokoroe_fuzz::{evidence, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow(evidence::replies()), |bytes: &[u8]| evidence::reply(bytes));

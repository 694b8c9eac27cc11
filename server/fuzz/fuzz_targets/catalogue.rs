#![no_main]
use kokoroe_fuzz::{courses, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow(courses::catalogues()), |bytes: &[u8]| courses::catalogue(bytes));

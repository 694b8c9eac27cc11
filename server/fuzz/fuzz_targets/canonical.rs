#![no_main]
use kokoroe_fuzz::{courses, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow(courses::contents()), |bytes: &[u8]| courses::canonical(bytes));

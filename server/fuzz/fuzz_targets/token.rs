#![no_main]
use kokoroe_fuzz::{server, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow(server::tokens()), |bytes: &[u8]| server::token(bytes));

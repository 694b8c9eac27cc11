#![no_main]
use kokoroe_fuzz::{server, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow(server::sheets()), |bytes: &[u8]| server::workbook(bytes));

#![no_main]
use kokoroe_fuzz::{server, sow};
use libfuzzer_sys::fuzz_target;
fuzz_target!(init: sow([server::staff_lists(), server::workbooks()].concat()), |bytes: &[u8]| server::staff_list(bytes));

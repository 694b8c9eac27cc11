//! The built program as a process, and the smallest client for it: what the benches measure and the faults are done to.

mod line;
mod server;

pub(crate) use line::{Line, form};
pub(crate) use server::{Server, Start, command, run};

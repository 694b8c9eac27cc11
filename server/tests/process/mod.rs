//! The built program as a process, and the smallest client for it: what the benches measure and the faults are done to.

pub(crate) mod line;
mod server;

pub(crate) use line::Line;
pub(crate) use server::{Server, Start, command, run};

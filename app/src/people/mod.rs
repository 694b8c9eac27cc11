//! The training office looks after people: who there is, where they belong, and the list that brings them up to date.

pub mod column;
pub mod fault;

pub use column::StaffColumn;
pub use fault::{FileFault, RowFault};

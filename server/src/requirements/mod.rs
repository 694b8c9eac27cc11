//! Who owes what, how often, until when; and what follows from the facts.

pub(crate) mod crowd;
pub mod draft;
pub mod exception;
pub mod follow;
pub mod office;
pub mod period;
pub mod plan;
pub mod rule;
pub mod status;
pub mod store;
pub mod swap;
pub mod term;
pub mod track;
mod waiting;
pub mod year;

pub use status::{Facts, Status};

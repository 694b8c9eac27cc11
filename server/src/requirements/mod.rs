//! Who owes what, how often, until when; and what follows from the facts.

pub mod period;
pub mod status;
pub mod store;
pub mod swap;
pub mod track;
pub mod year;

pub use status::{Facts, Status};

//! The policy over the years: which version holds, and how the next one is written, read by others and published.

pub mod difference;
pub mod draft;
mod force;
mod office;
pub mod part;
pub mod publish;
pub mod review;
pub mod store;
pub mod version;

pub use force::{in_force, in_force_at, newest};
pub use office::{change_view, routes};

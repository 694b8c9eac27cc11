//! One component for each control, and the small values that many pages share.

pub mod clause;
pub mod contact;
pub mod post;
pub mod prose;
pub mod say;
pub mod status;
pub mod verdict;

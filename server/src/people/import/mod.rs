//! The list of staff: read, compared, shown, and applied when somebody confirms it.

pub mod apply;
mod columns;
mod day;
pub mod draft;
pub mod line;
pub mod plan;
mod sheet;

pub use line::{Line, lines};
pub use plan::{Base, Plan, plan};

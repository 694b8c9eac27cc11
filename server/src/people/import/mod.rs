//! The list of staff: read, compared, shown, and applied when somebody confirms it.

pub mod apply;
pub mod codes_again;
mod columns;
pub mod command;
mod day;
pub mod draft;
pub mod dry_run;
mod letters;
pub mod line;
pub mod plan;
mod sheet;
mod shown;
pub mod upload;

pub use command::{ImportError, Imported, Order, import_file, preview_file};
pub use line::{Line, lines};
pub use plan::{Base, MostLeaving, Plan, plan};

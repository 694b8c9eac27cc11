//! What authors of courses see while they write: their modules, every screen as learners see it, and what the check says.

pub mod faults;
pub mod index;
mod reload;
pub mod screen;

pub use faults::{FaultLine, FaultList};
pub use index::{AuthorIndex, ModulePart, ScreenLine};
pub use screen::{AuthorScreen, FrameView, StateGroup, StateLink, ViewLink};

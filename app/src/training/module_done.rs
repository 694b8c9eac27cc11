//! The end of a module.

use crate::training::my_training::Next;
use crate::ui::say::Words;

/// The end of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleDone {
    /// Title of the module.
    pub title: Words,
    /// Modules done, of all.
    pub done: (u16, u16),
    /// One sentence to take along: the reason of an answer that was put right, or of the main point.
    pub takeaway: Option<Words>,
    /// What comes next.
    pub next: Option<Next>,
    /// The answers.
    pub sheet: String,
    /// Hard content: the page stays calm and says a word about looking after oneself.
    pub care: bool,
}

//! A module as it is shown to somebody, without who that is: pages are made from this, so that an author can look at them as well.

use kokoroe_courses::Module;

/// A module that is shown, and where.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The module.
    pub module: &'a Module,
    /// The hash of its text; its drawings are found under it.
    pub revision: &'a str,
    /// The address that its steps lie below.
    pub base: String,
}

impl Shown<'_> {
    /// The address of a step.
    #[must_use]
    pub fn step(&self, turn: u32) -> String {
        format!("{}/{turn}", self.base)
    }
}

//! Whom to ask: a role, and the number that the hospital has set for it.

use crate::ui::say::Words;

/// A contact of the hospital or a help line. The number comes from the hospital's settings, never from the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The role: 「夜間の連絡先（当直師長）」.
    pub name: Words,
    /// When and for what.
    pub note: Option<Words>,
    /// Extension or telephone number as it is dialled. `None`: the hospital has not set one, and the card says so.
    pub number: Option<String>,
}

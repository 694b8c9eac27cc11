//! What the records know of somebody on a day: the facts by which rules say who owes what.

use chrono::NaiveDate;

pub use super::store::known::{known, known_person};
use crate::id::{DepartmentId, StaffId};

/// A person as rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub staff: StaffId,
    /// Profession, in the hospital's words.
    pub profession: String,
    /// Sort of employment, in the hospital's words.
    pub employment: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// Manages a department.
    pub manager: bool,
    /// Where they work, the main place first.
    pub places: Vec<Place>,
}

/// A department in which somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The department.
    pub id: DepartmentId,
    /// The ids of the departments above it and its own, each with a stroke behind it.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
}

impl Known {
    /// The first of these departments in which the person works, or below which.
    #[must_use]
    pub fn works_below<'d>(&self, departments: &'d [DepartmentId]) -> Option<&'d DepartmentId> {
        let within = |id: &&DepartmentId| {
            self.places.iter().any(|place| place.path.split('/').any(|part| part == id.as_str()))
        };
        departments.iter().find(within)
    }
}

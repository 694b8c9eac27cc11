//! Earlier years: what was done, when, and the way to what was answered.

use crate::day::Day;
use crate::ui::say::Words;
use crate::ui::status::Status;

/// One requirement in one earlier (or the present) period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearLine {
    /// Fiscal year in which the period began.
    pub year: i32,
    /// Title of the requirement.
    pub title: Words,
    /// Where it ended.
    pub status: Status,
    /// Day of completion.
    pub completed: Option<Day>,
    /// Version of the policy that was signed.
    pub policy_version: Option<u32>,
    /// The certificate.
    pub certificate: Option<String>,
    /// The answers as they were shown then: title of the module and address of its sheet.
    pub sheets: Vec<(Words, String)>,
}

/// The record of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Newest first.
    pub years: Vec<YearLine>,
}

//! After signing: the proof.

use crate::day::Moment;
use crate::ui::say::Words;

/// The proof of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignDone {
    /// Number of the signature in the record.
    pub number: String,
    /// 「SNS利用規程」
    pub title: Words,
    /// Version.
    pub version: u32,
    /// First characters of the hash of the text.
    pub revision: String,
    /// Name as recorded.
    pub name: String,
    /// When, to the second.
    pub at: Moment,
    /// The completion that it made: number and address of the certificate. `None` while something is still owed.
    pub certificate: Option<(String, String)>,
    /// Completed after the due date.
    pub late: bool,
}

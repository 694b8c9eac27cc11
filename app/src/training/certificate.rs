//! The certificate, one sheet of A4.

use crate::day::Day;
use crate::ui::say::Words;

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Number: 「2026-SNS-000123」.
    pub number: String,
    /// Name at work.
    pub name: String,
    /// Staff number, if the hospital prints it.
    pub staff_number: Option<String>,
    /// Course.
    pub course: Words,
    /// Fiscal year.
    pub year: i32,
    /// Title and version of the policy that was signed.
    pub policy: Option<(Words, u32)>,
    /// Day of completion.
    pub completed: Day,
    /// Minutes that the course is reckoned at.
    pub minutes: Option<u16>,
    /// Last day of validity.
    pub valid_until: Option<Day>,
    /// Hospital.
    pub hospital: String,
    /// Office and name of the issuer: 「病院長 ○○」 or 「教育研修室」.
    pub issuer: String,
    /// Code for the public check.
    pub code: String,
    /// Address of the public check, as printed in words.
    pub check_url: String,
    /// The QR code of the address with number and code: rows of modules, true is dark. Empty: none.
    pub qr: Vec<Vec<bool>>,
    /// Withdrawn on this day: the paper says so, large.
    pub withdrawn: Option<Day>,
    /// Address of the PDF, where there is one.
    pub pdf: Option<String>,
}

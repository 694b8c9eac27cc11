//! The public check of a certificate: number and code in, valid or withdrawn out. Never a name.

use crate::day::Day;
use crate::ui::say::Words;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFound {
    /// Issued and in force.
    Valid {
        /// Course and year.
        course: Words,
        /// Day of completion.
        completed: Day,
        /// Last day of validity.
        valid_until: Option<Day>,
    },
    /// Issued; its validity is over.
    Over {
        /// Course and year.
        course: Words,
        /// Day of completion.
        completed: Day,
        /// Last day of validity.
        valid_until: Day,
    },
    /// Withdrawn.
    Withdrawn {
        /// Course and year.
        course: Words,
        /// Day of the withdrawal.
        on: Day,
    },
    /// No certificate has this number with this code.
    Unknown,
}

/// What was wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateCheckError {
    /// No number.
    NoNumber,
    /// No code.
    NoCode,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The check. GET to [`crate::paths::VERIFY`]: `number`, `code` (so that the QR code leads to the answer).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateCheck {
    /// Number as given.
    pub number: String,
    /// Code as given.
    pub code: String,
    /// What was wrong.
    pub errors: Vec<CertificateCheckError>,
    /// What was found.
    pub found: Option<CertificateFound>,
}

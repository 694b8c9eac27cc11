//! Speaking to the person at the terminal: results on standard output, faults on standard error.
//!
//! Nothing else in the server prints. A reader who closes the pipe early (`kokoroe verify … | head`) is not a fault.

use std::io::Write as _;

/// A line of the result.
pub(super) fn line(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

/// What went wrong, or a question before something is done.
pub(super) fn wrong(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

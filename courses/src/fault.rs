//! What is wrong with a catalogue, and where.

use std::fmt;

use serde::Serialize;

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The path inside the catalogue.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Whether the catalogue may be used all the same.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub message: String,
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Content with it is not released.
    Error,
    /// Somebody should look.
    Warning,
}

impl Fault {
    /// Content with it is not released.
    pub(crate) fn error(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, severity: Severity::Error, message: message.into() }
    }

    /// Somebody should look.
    pub(crate) fn warning(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, message) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{}: {severity}: {}", self.file, self.line, self.message)
    }
}

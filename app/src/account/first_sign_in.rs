//! First sign-in: a one-time code from the training office, then an own password.

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstSignInError {
    /// No staff number.
    NoNumber,
    /// No code.
    NoCode,
    /// Number and code do not belong together, or the code is used or over.
    WrongCode,
    /// No password.
    NoPassword,
    /// Shorter than the least length.
    TooShort,
    /// Longer than the greatest length.
    TooLong,
    /// Among the passwords that are guessed first, or contains the staff number or the name of the hospital.
    TooCommon,
    /// The two entries differ.
    Different,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The form. POST to `action`: `number`, `code`, `password`, `password_again`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstSignIn {
    /// Where the form goes.
    pub action: String,
    /// The number as typed.
    pub number: String,
    /// Least length of a password, in characters.
    pub least: u16,
    /// Everything that was wrong with the last try.
    pub errors: Vec<FirstSignInError>,
}

//! A shared PC that was left alone.

/// Why unlocking did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockedError {
    /// No password.
    NoPassword,
    /// Not the password of this person.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The locked screen: unlock with the password, or let the next person in. POST to `action`: `password`, `return_to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Whose session waits.
    pub name: String,
    /// Where the form goes.
    pub action: String,
    /// Local path to come back to.
    pub return_to: Option<String>,
    /// What was wrong with the last try.
    pub error: Option<LockedError>,
}

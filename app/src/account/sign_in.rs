//! Sign-in by staff number and password.

use crate::page::RoleView;

/// Why a sign-in did not work. The words never tell whether a number exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// No staff number.
    NoNumber,
    /// No password.
    NoPassword,
    /// Neither.
    NothingGiven,
    /// Number and password do not belong together, or the account is closed.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// Why the person is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInNotice {
    /// The session ended by itself; every answer is saved.
    Expired,
    /// The own password is set; now sign in with it.
    PasswordSet,
}

/// A person of the demonstration hospital whom a newcomer may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// Staff number to sign in with.
    pub number: String,
    /// Invented name.
    pub name: String,
    /// What this person can show.
    pub role: RoleView,
    /// Department, and what is special: 「3病棟・受講の途中」.
    pub note: String,
}

/// The sign-in form. POST to [`crate::paths::SIGN_IN`]: `number`, `password`, `shared_pc` (`on` or absent), `return_to`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// The number as typed, kept after an error. The password never is.
    pub number: String,
    /// Whether the shared-PC tick is set.
    pub shared_pc: bool,
    /// Local path to go to afterwards.
    pub return_to: Option<String>,
    /// What was wrong with the last try.
    pub error: Option<SignInError>,
    /// Why the person is here.
    pub notice: Option<SignInNotice>,
    /// Address of the first sign-in by one-time code.
    pub first_sign_in: String,
    /// The invented people, on a demonstration server only.
    pub demo: Vec<DemoPerson>,
    /// Their password, on a demonstration server only.
    pub demo_password: Option<String>,
}

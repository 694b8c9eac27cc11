//! Before the signature is given: what, which version, in which name; then the password again.

use crate::ui::say::Words;

/// Why a signature was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignError {
    /// No password.
    NoPassword,
    /// Not the password of this person.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The check page. POST to `action`: `password`, and `statement` hidden, once for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySignCheck {
    /// 「SNS利用規程」
    pub title: Words,
    /// Version.
    pub version: u32,
    /// First characters of the hash of the text.
    pub revision: String,
    /// Name as recorded.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// The statements: id and words.
    pub statements: Vec<(String, Words)>,
    /// What was wrong with the last try.
    pub error: Option<SignError>,
    /// POST here.
    pub action: String,
    /// Back to the text.
    pub back: String,
}

//! A new password as it was typed, and what is asked of it; the same at the first sign-in and for a change.

use kokoroe_app::account::NewPasswordError;

use super::password::NewPassword;
use super::weakness::{SHORTEST, Weakness, Words};
use crate::http::Form;
use crate::people::store::staff::Staff;
use crate::state::Site;

/// The least length that the form tells of, in characters.
#[must_use]
pub fn least() -> u16 {
    u16::try_from(SHORTEST).unwrap_or(u16::MAX)
}

/// What stands in `password` and once more in `password_again`.
///
/// # Errors
/// When nothing does, or the two differ.
pub fn typed(form: &Form) -> Result<&str, NewPasswordError> {
    match (form.get("password").unwrap_or_default(), form.get("password_again").unwrap_or_default()) {
        ("", _) => Err(NewPasswordError::Missing),
        (password, again) if password != again => Err(NewPasswordError::Different),
        (password, _) => Ok(password),
    }
}

/// The password of a person, if it may be kept.
///
/// # Errors
/// The rule that it breaks.
pub fn accepted(site: &Site, person: &Staff, password: &str) -> Result<NewPassword, NewPasswordError> {
    let names = [
        (person.family.as_str(), person.given.as_str()),
        (person.family_kana.as_str(), person.given_kana.as_str()),
    ];
    let hospital: Vec<&str> = site.hospital.names().collect();
    let words = Words::new(&person.staff_no, &names, &person.roman, &hospital);
    NewPassword::parse(password, &words).map_err(|weakness| match weakness {
        Weakness::TooShort => NewPasswordError::TooShort,
        Weakness::TooLong => NewPasswordError::TooLong,
        Weakness::OwnName => NewPasswordError::OwnName,
        Weakness::HospitalName => NewPasswordError::HospitalName,
        Weakness::Common => NewPasswordError::Common,
    })
}

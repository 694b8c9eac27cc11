//! Asking for the password again, before a signature and on a locked screen.

use super::log::{self, Outcome, Way};
use super::store;
use super::throttle::{self, Subject};
use crate::db::DbError;
use crate::http::{Problem, Signed};
use crate::state::Site;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It is the person.
    Yes,
    /// Another password.
    No,
    /// Nothing was typed.
    Empty,
    /// Too many tries; so many seconds until the next.
    Wait(u32),
}

/// Whether this is the password of the person who is signed in.
///
/// # Errors
/// When the database or the hashing fails.
pub async fn confirm(site: &Site, signed: &Signed, password: &str) -> Result<Confirmed, Problem> {
    // From where is not known here; the sign-in of the same session said it.
    let tried = |outcome| log::tried(Way::Again, outcome, Some(&signed.staff), None);
    if password.is_empty() {
        tried(Outcome::Incomplete);
        return Ok(Confirmed::Empty);
    }
    let credential = {
        let mut conn = site.db.read().await?;
        store::credential(&mut conn, &signed.staff).await?
    };
    let subjects = vec![Subject::Account(signed.number.clone())];
    let wait = throttle::take(site, &subjects).await?;
    if wait > 0 {
        tried(Outcome::Wait);
        return Ok(Confirmed::Wait(wait));
    }
    let stored = credential.as_ref().and_then(|credential| credential.password.as_deref());
    if !site.passwords.matches(password, stored).await.map_err(Problem::broken)? {
        tried(Outcome::Wrong);
        return Ok(Confirmed::No);
    }
    let taken_back: Result<(), DbError> =
        site.db.write(move |tx| Box::pin(async move { throttle::succeeded(tx, &subjects).await })).await;
    taken_back?;
    tried(Outcome::Right);
    Ok(Confirmed::Yes)
}

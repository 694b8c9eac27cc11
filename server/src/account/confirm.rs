//! Asking for the password again, before a signature and on a locked screen.

use super::session::Caller;
use super::store;
use super::throttle::{self, Subject};
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
pub async fn confirm(
    site: &Site,
    signed: &Signed,
    caller: Caller,
    password: &str,
) -> Result<Confirmed, Problem> {
    if password.is_empty() {
        return Ok(Confirmed::Empty);
    }
    let mut conn = site.db.read().await?;
    let Some(credential) = store::credential(&mut conn, &signed.staff).await? else {
        return Ok(Confirmed::No);
    };
    let subjects = vec![Subject::Account(signed.number.clone()), Subject::Address(caller.0)];
    let wait = throttle::wait(&mut conn, &subjects, site.now()).await?;
    drop(conn);
    if wait > 0 {
        return Ok(Confirmed::Wait(wait));
    }
    if site.passwords.matches(password, credential.password.as_deref()).await.map_err(Problem::broken)? {
        return Ok(Confirmed::Yes);
    }
    throttle::failed(site, subjects).await?;
    Ok(Confirmed::No)
}

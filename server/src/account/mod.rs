//! Signing in and out, sessions, passwords, how somebody likes to read.

pub mod caller;
pub mod change_password;
pub mod confirm;
pub mod cookie;
pub mod first_sign_in;
pub mod locked;
mod log;
pub mod looks;
pub mod new_password;
pub mod password;
pub mod secret;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod still_here;
pub mod store;
pub mod throttle;
pub mod token;
pub mod weakness;

use std::collections::BTreeSet;

use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};

pub use confirm::{Confirmed, confirm};
pub use password::Passwords;
pub use session::SHARED_LOCK_MINUTES;
pub use token::Keys;

use crate::audit::Run;
use crate::db::{Conn, DbError, Tx};
use crate::http::Addresses;
use crate::id::StaffId;

/// The addresses of this slice.
pub fn routes() -> Addresses {
    Addresses::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::submit))
        .route("/sign-in/first", get(first_sign_in::show).post(first_sign_in::submit))
        .route("/sign-out", post(sign_out::submit))
        .route("/signed-out", get(sign_out::show))
        .route("/locked", get(locked::show).post(locked::submit))
        .route(kokoroe_app::paths::STILL_HERE, post(still_here::submit))
        .route("/language", post(settings::switch_language))
        .route("/settings", get(settings::show).post(settings::submit))
        .route(kokoroe_app::paths::PASSWORD, get(change_password::show).post(change_password::submit))
}

/// Opens an account for a person; see [`store::NewCredential`].
///
/// # Errors
/// When the database fails.
pub async fn open(
    tx: &mut Tx,
    staff: &StaffId,
    new: store::NewCredential,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    store::add_credential(tx, staff, new, now).await
}

/// The rows of [`open_among`].
pub(crate) const ROWS: [&str; 1] = [store::ADD_ACCOUNT];

/// Opens the account of somebody new among many; whoever has left since has it closed.
pub(crate) fn open_among(
    run: &mut Run,
    staff: &StaffId,
    new: store::NewCredential,
    now: DateTime<Utc>,
    closed: Option<DateTime<Utc>>,
) {
    let (code, expires) = new.code.unzip();
    let staff = staff.as_str().to_owned();
    let row = [staff.into(), new.password.into(), code.into(), expires.into(), now.into(), closed.into()];
    run.add(store::ADD_ACCOUNT, row);
}

/// Everybody whose first sign-in, or the next one after a new code, is still to come.
///
/// # Errors
/// When the database fails.
pub async fn awaiting_first_sign_in(conn: &mut Conn) -> Result<BTreeSet<StaffId>, DbError> {
    Ok(store::awaiting(conn).await?.into_iter().collect())
}

/// Closes an account: no sign-in any more, and every session ends at once.
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, staff: &StaffId, now: DateTime<Utc>) -> Result<(), DbError> {
    store::disable(tx, staff, Some(now)).await?;
    store::revoke_all(tx, staff, now).await
}

/// Opens a closed account again, for somebody who came back.
///
/// # Errors
/// When the database fails.
pub async fn reopen(tx: &mut Tx, staff: &StaffId) -> Result<(), DbError> {
    store::disable(tx, staff, None).await
}

/// Whether an account is closed. Whoever has none cannot sign in either.
///
/// # Errors
/// When the database fails.
pub async fn is_closed(conn: &mut Conn, staff: &StaffId) -> Result<bool, DbError> {
    Ok(store::credential(conn, staff).await?.is_some_and(|credential| credential.disabled_at.is_some()))
}

/// Everybody whose account is closed.
///
/// # Errors
/// When the database fails.
pub async fn closed(conn: &mut Conn) -> Result<BTreeSet<StaffId>, DbError> {
    Ok(store::closed(conn).await?.into_iter().collect())
}

/// Ends every session of somebody whose way to sign in has changed.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions(tx: &mut Tx, staff: &StaffId, now: DateTime<Utc>) -> Result<(), DbError> {
    store::revoke_all(tx, staff, now).await
}

/// Takes an account away with everything that belongs to it.
///
/// # Errors
/// When the database fails.
pub async fn erase(tx: &mut Tx, staff: &StaffId, number: &str) -> Result<(), DbError> {
    throttle::succeeded(tx, &[throttle::Subject::Account(number.to_owned())]).await?;
    store::drop_account(tx, staff).await
}

/// Days for which a session that ended is kept, for whoever asks what happened.
const KEEP_SESSIONS: TimeDelta = TimeDelta::days(30);
/// How long failed sign-ins are kept. A wait never lasts longer than a minute.
const KEEP_FAILURES: TimeDelta = TimeDelta::days(1);

/// Forgets what is no longer needed: sessions that ended long ago, failed sign-ins of the day before. Gives how many rows went.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, DbError> {
    let sessions = store::forget_sessions(tx, now - KEEP_SESSIONS).await?;
    Ok(sessions + store::forget_failures(tx, now - KEEP_FAILURES).await?)
}

//! Signing in and out, sessions, passwords, how somebody likes to read.

pub mod change_password;
pub mod confirm;
pub mod cookie;
pub mod first_sign_in;
pub mod locked;
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

use axum::Router;
use axum::routing::{get, post};

pub use confirm::{Confirmed, confirm};
pub use password::Passwords;
pub use session::SHARED_LOCK_MINUTES;
pub use token::Keys;

use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::state::Site;

/// The addresses of this slice.
pub fn routes() -> Router<Site> {
    Router::new()
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
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), DbError> {
    store::add_credential(tx, staff, new, now).await
}

/// Closes an account: no sign-in any more, and every session ends at once.
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, staff: &StaffId, now: chrono::DateTime<chrono::Utc>) -> Result<(), DbError> {
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

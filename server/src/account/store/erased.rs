//! What is taken out of the records of accounts when somebody is erased: everything.

use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::on;

pub(super) const TOKENS: &str =
    "DELETE FROM refresh_token WHERE session_id IN (SELECT id FROM session WHERE staff_id = $1)";
pub(super) const SESSIONS: &str = "DELETE FROM session WHERE staff_id = $1";
pub(super) const PREFERENCE: &str = "DELETE FROM preference WHERE staff_id = $1";
pub(super) const CREDENTIAL: &str = "DELETE FROM credential WHERE staff_id = $1";

pub(in crate::account) async fn drop_account(tx: &mut Tx, staff: &StaffId) -> Result<(), DbError> {
    // A token refers to its session.
    for statement in [TOKENS, SESSIONS, PREFERENCE, CREDENTIAL] {
        on!(tx, |c| sqlx::query(statement).bind(staff).execute(c).await.map(drop))?;
    }
    Ok(())
}

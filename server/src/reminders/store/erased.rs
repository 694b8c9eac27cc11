//! What is taken out of the records of reminders when somebody is erased: their mail, what was said about talks with them, and the texts of
//! old mail to others that may name them.

use chrono::{DateTime, Utc};

use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::on;

pub(super) const DROP_MAIL: &str = "DELETE FROM outbox WHERE staff_id = $1";
/// A list of a manager's people that never went out names whoever was late then.
pub(super) const EMPTY_MAIL: &str = "
    UPDATE outbox
       SET address = '', subject = '', body = '', last_error = NULL, failed_at = NULL, lease_until = NULL,
           withdrawn_at = CASE WHEN sent_at IS NULL THEN COALESCE(withdrawn_at, $2) END
     WHERE made_at < $1 AND (body <> '' OR last_error IS NOT NULL)";
pub(super) const NOTES: &str =
    "UPDATE follow_up SET words = $2, salt = '' WHERE staff_id = $1 AND words <> ''";

/// Takes it out. Old is what was made before `old`; whatever of it still waits is withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn erase(
    tx: &mut Tx,
    staff: &StaffId,
    words: &str,
    (old, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(DROP_MAIL).bind(staff).execute(c).await.map(drop))?;
    on!(tx, |c| sqlx::query(EMPTY_MAIL).bind(old).bind(now).execute(c).await.map(drop))?;
    on!(tx, |c| sqlx::query(NOTES).bind(staff).bind(words).execute(c).await.map(drop))?;
    Ok(())
}

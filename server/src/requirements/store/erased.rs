//! What is taken out of the records of obligations when somebody is erased: why they were let off, and what was asked and said about it.

use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::on;

pub(super) const EXEMPTIONS: &str = "
    UPDATE exemption SET reason = $2 WHERE period_id IN (SELECT p.id FROM period p WHERE p.staff_id = $1)";
pub(super) const EXCEPTIONS: &str = "
    UPDATE exception_request
       SET words = $2, reply = CASE WHEN reply IS NULL THEN NULL ELSE $2 END
     WHERE period_id IN (SELECT p.id FROM period p WHERE p.staff_id = $1)";

/// Puts `words` in the place of every reason that the obligations of a person hold. Their erasure has to be written down before.
///
/// # Errors
/// When the database fails.
pub async fn erase(tx: &mut Tx, staff: &StaffId, words: &str) -> Result<(), DbError> {
    for statement in [EXEMPTIONS, EXCEPTIONS] {
        on!(tx, |c| sqlx::query(statement).bind(staff).bind(words).execute(c).await.map(drop))?;
    }
    Ok(())
}

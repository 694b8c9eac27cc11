//! What somebody signed last, so that they can be told what has changed since.

use chrono::{DateTime, Utc};

use super::store;
use crate::db::{Conn, DbError};
use crate::id::{PeriodId, StaffId};
use crate::requirements::store as requirements;
use crate::state::Site;

/// A signature of somebody.
pub(super) struct LastSigned {
    /// The hash of the text.
    pub(super) hash: String,
    /// Its version.
    pub(super) version: u32,
    /// When.
    pub(super) at: DateTime<Utc>,
}

/// The person's last signature before this period.
///
/// # Errors
/// When the database fails or a stored text is not a policy.
pub(super) async fn last_signed(
    site: &Site,
    conn: &mut Conn,
    staff: &StaffId,
    but: &PeriodId,
) -> Result<Option<LastSigned>, DbError> {
    let mut newest: Option<LastSigned> = None;
    for period in requirements::periods_of(conn, staff).await? {
        if period.id == *but {
            continue;
        }
        let Some(signature) = store::attestation(conn, &period.id).await? else { continue };
        let Some(policy) = site.content.pinned_policy(conn, &signature.policy).await? else { continue };
        if newest.as_ref().is_none_or(|newest| newest.at < signature.signed_at) {
            newest =
                Some(LastSigned { hash: signature.policy, version: policy.version, at: signature.signed_at });
        }
    }
    Ok(newest)
}

//! Who has been given a requirement already.

use std::collections::HashSet;

use crate::db::{Conn, DbError};
use crate::id::{RequirementId, StaffId};
use crate::on;

pub(super) const HAS_PERIOD: &str = "
    SELECT COUNT(*) FROM period WHERE staff_id = $1 AND requirement_id = $2 AND cycle = $3";
pub(super) const GIVEN: &str = "
    SELECT staff_id, cycle FROM period WHERE requirement_id = $1";

/// Whether somebody has a period of a requirement that time round.
///
/// # Errors
/// When the database fails.
pub async fn has_period(
    conn: &mut Conn,
    staff: &StaffId,
    of: &RequirementId,
    cycle: i64,
) -> Result<bool, DbError> {
    let count: i64 =
        on!(conn, |c| sqlx::query_scalar(HAS_PERIOD).bind(staff).bind(of).bind(cycle).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Everybody who has been given a requirement, with the time round.
///
/// # Errors
/// When the database fails.
pub async fn given(conn: &mut Conn, of: &RequirementId) -> Result<HashSet<(StaffId, i64)>, DbError> {
    let rows: Vec<(StaffId, i64)> = on!(conn, |c| sqlx::query_as(GIVEN).bind(of).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

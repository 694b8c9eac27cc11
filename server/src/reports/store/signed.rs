//! Which versions of the policy people have signed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::db::{Conn, DbError};
use crate::id::{RequirementId, StaffId};
use crate::on;
use crate::requirements::rule::Signed;

// $1 the requirement that asks, $2 the instant.

macro_rules! signed {
    ($which:literal) => {
        concat!(
            "SELECT s.staff_id, s.version,
                    EXISTS (SELECT 1
                              FROM period p
                              JOIN requirement r ON r.id = p.requirement_id
                             WHERE p.staff_id = s.staff_id AND p.requirement_id <> $1 AND p.assigned_at <= $2 AND r.opens_at <= $2
                               AND NOT EXISTS (SELECT 1 FROM completion c WHERE c.period_id = p.id AND c.completed_at <= $2)
                               AND NOT EXISTS (SELECT 1
                                                 FROM exemption e
                                                WHERE e.period_id = p.id AND e.from_at <= $2 AND e.until_at > $2)
                               AND NOT EXISTS (SELECT 1
                                                 FROM period_release w
                                                WHERE w.period_id = p.id AND w.at <= $2 AND w.owed = FALSE
                                                  AND NOT EXISTS (SELECT 1
                                                                    FROM period_release n
                                                                   WHERE n.period_id = w.period_id
                                                                     AND n.number > w.number AND n.at <= $2))
                               AND ",
            stands!("p"),
            ") AS elsewhere
               FROM (SELECT p.staff_id, MAX(c.policy_version) AS version
                       FROM completion c
                       JOIN period p ON p.id = c.period_id
                      WHERE c.completed_at <= $2 AND ",
            stands!("p"),
            $which,
            "
                      GROUP BY p.staff_id) s"
        )
    };
}
pub(super) const BY_EVERYBODY: &str = signed!("");
pub(super) const BY: &str = signed!(" AND p.staff_id = $3");
pub(super) const SIGNATURES: &str = "
    SELECT a.policy, COUNT(DISTINCT p.staff_id)
      FROM attestation a
      JOIN period p ON p.id = a.period_id
     WHERE a.signed_at <= $1
     GROUP BY a.policy";

type Row = (StaffId, i64, bool);

fn read((staff, version, elsewhere): Row) -> (StaffId, Signed) {
    (staff, Signed { version: u32::try_from(version).unwrap_or(0), elsewhere })
}

/// What everybody who ever signed has signed, and whether something else that they owe ends with a signature: something else than what
/// this requirement gave them.
///
/// # Errors
/// When the database fails.
pub async fn signed_by_everybody(
    conn: &mut Conn,
    asks: &RequirementId,
    at: DateTime<Utc>,
) -> Result<HashMap<StaffId, Signed>, DbError> {
    let rows: Vec<Row> = on!(conn, |c| sqlx::query_as(BY_EVERYBODY).bind(asks).bind(at).fetch_all(c).await)?;
    Ok(rows.into_iter().map(read).collect())
}

/// The same of one person.
///
/// # Errors
/// When the database fails.
pub async fn signed_by(
    conn: &mut Conn,
    asks: &RequirementId,
    at: DateTime<Utc>,
    staff: &StaffId,
) -> Result<Option<Signed>, DbError> {
    let row: Option<Row> =
        on!(conn, |c| sqlx::query_as(BY).bind(asks).bind(at).bind(staff).fetch_optional(c).await)?;
    Ok(row.map(|row| read(row).1))
}

/// How many people had signed each text by then.
///
/// # Errors
/// When the database fails.
pub async fn signatures(conn: &mut Conn, at: DateTime<Utc>) -> Result<HashMap<String, i64>, DbError> {
    let rows: Vec<(String, i64)> = on!(conn, |c| sqlx::query_as(SIGNATURES).bind(at).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

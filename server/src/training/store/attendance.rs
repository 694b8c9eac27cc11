//! Attendance elsewhere, from signed sheets.

use chrono::{DateTime, NaiveDate, Utc};

use super::Way;
use crate::db::{DbError, Tx};
use crate::id::{PeriodId, StaffId};
use crate::on;

pub(in crate::training) const ADD: &str = "
    INSERT INTO attendance (period_id, way, held_on, sheet_name, sheet_sha256, recorded_by, recorded_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Somebody took part elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::training) struct Attendance {
    pub period: PeriodId,
    pub way: Way,
    pub held_on: NaiveDate,
    pub sheet_name: String,
    pub sheet_sha256: String,
    pub recorded_by: StaffId,
    pub recorded_at: DateTime<Utc>,
    pub leaf: i64,
}

pub(in crate::training) async fn add_attendance(tx: &mut Tx, new: &Attendance) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(&new.period)
        .bind(new.way.code())
        .bind(new.held_on)
        .bind(&new.sheet_name)
        .bind(&new.sheet_sha256)
        .bind(&new.recorded_by)
        .bind(new.recorded_at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

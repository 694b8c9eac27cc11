//! Modules that somebody takes in the place of hard ones.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::PeriodId;
use crate::on;

pub(in crate::requirements) const ADD: &str = "
    INSERT INTO module_swap (period_id, module_id, number, instead, at, leaf) VALUES ($1, $2, $3, $4, $5, $6)";
pub(in crate::requirements) const OF: &str = "
    SELECT period_id, module_id, number, instead, at, leaf
      FROM module_swap
     WHERE period_id = $1
     ORDER BY at, module_id, number";

/// From now on another module stands in a place of the period's list; or again the one that belongs there.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Swap {
    /// In which period.
    pub period_id: PeriodId,
    /// The place: the module that the track has there.
    pub module_id: String,
    /// Which time round, from 1.
    pub number: i64,
    /// What stands there from now on.
    pub instead: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

impl Swap {
    /// Whether it puts the module itself back into its place.
    #[must_use]
    pub fn takes_back(&self) -> bool {
        self.instead == self.module_id
    }
}

pub(in crate::requirements) async fn add_swap(tx: &mut Tx, new: &Swap) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD)
        .bind(&new.period_id)
        .bind(&new.module_id)
        .bind(new.number)
        .bind(&new.instead)
        .bind(new.at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Every swap of a period, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn swaps(conn: &mut Conn, period: &PeriodId) -> Result<Vec<Swap>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF).bind(period).fetch_all(c).await)?)
}

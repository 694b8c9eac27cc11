//! Which modules are asked: the lists of a requirement, one a track, and the modules of a period.

use chrono::{DateTime, Utc};

use crate::db::{Conn, DbError, Tx};
use crate::id::{PeriodId, RequirementId};
use crate::on;

pub(in crate::requirements) const ADD: &str = "
    INSERT INTO requirement_module (requirement_id, track, module_id, position) VALUES ($1, $2, $3, $4)";
pub(in crate::requirements) const OF_REQUIREMENT: &str = "
    SELECT track, module_id FROM requirement_module WHERE requirement_id = $1 ORDER BY track, position";
macro_rules! modules {
    ($and:literal) => {
        concat!(
            "SELECT COALESCE((SELECT s.instead
                                FROM module_swap s
                               WHERE s.period_id = p.id AND s.module_id = m.module_id
                               ORDER BY s.number DESC
                               LIMIT 1), m.module_id)
               FROM period p
               JOIN requirement_module m ON m.requirement_id = p.requirement_id AND m.track = p.track
              WHERE p.id = $1",
            $and,
            " ORDER BY m.position"
        )
    };
}
/// Where a module was swapped, its place holds what stands there by the newest swap.
pub(in crate::requirements) const OF_PERIOD: &str = modules!("");
pub(in crate::requirements) const OPEN: &str =
    modules!(" AND (SELECT r.opens_at FROM requirement r WHERE r.id = p.requirement_id) <= $2");

/// The modules that one track of a requirement asks, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The track.
    pub track: String,
    /// Its modules.
    pub modules: Vec<String>,
}

pub(in crate::requirements) async fn add_lists(
    tx: &mut Tx,
    id: &RequirementId,
    lists: &[List],
) -> Result<(), DbError> {
    for List { track, modules } in lists {
        for (position, module) in (0_i64..).zip(modules) {
            on!(tx, |c| sqlx::query(ADD)
                .bind(id)
                .bind(track)
                .bind(module)
                .bind(position)
                .execute(c)
                .await
                .map(drop))?;
        }
    }
    Ok(())
}

/// What a requirement asks of each track.
///
/// # Errors
/// When the database fails.
pub async fn lists(conn: &mut Conn, id: &RequirementId) -> Result<Vec<List>, DbError> {
    let rows: Vec<(String, String)> =
        on!(conn, |c| sqlx::query_as(OF_REQUIREMENT).bind(id).fetch_all(c).await)?;
    let mut lists: Vec<List> = Vec::new();
    for (track, module) in rows {
        match lists.last_mut().filter(|list| list.track == track) {
            Some(list) => list.modules.push(module),
            None => lists.push(List { track, modules: vec![module] }),
        }
    }
    Ok(lists)
}

/// The modules of a period in order: those of its track, with what was taken instead in the place of what was swapped. Every page, count
/// and rule that asks what somebody has to do asks this.
///
/// # Errors
/// When the database fails.
pub async fn modules(conn: &mut Conn, period: &PeriodId) -> Result<Vec<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(OF_PERIOD).bind(period).fetch_all(c).await)?)
}

/// The same, where the requirement is open by then; none before.
///
/// # Errors
/// When the database fails.
pub async fn open_modules(
    conn: &mut Conn,
    period: &PeriodId,
    by: DateTime<Utc>,
) -> Result<Vec<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(OPEN).bind(period).bind(by).fetch_all(c).await)?)
}

//! What a requirement's rate over time follows from, person by person: read once, so that any number of days can be reckoned from it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError};
use crate::id::{PeriodId, RequirementId, StaffId};
use crate::on;
use crate::reports::trend::{Owing, Person, Renewal};

pub(super) const PERIODS: &str = "
    SELECT p.staff_id, p.id, p.cycle, p.assigned_at, c.completed_at, c.valid_until, k.at AS corrected_at, s.joined_on, s.left_on,
           s.profession
      FROM period p
      JOIN staff s ON s.id = p.staff_id
      LEFT JOIN completion c ON c.period_id = p.id
      LEFT JOIN correction k ON k.period_id = p.id
     WHERE p.requirement_id = $1
     ORDER BY p.staff_id, p.cycle";
pub(super) const EXEMPTIONS: &str = "
    SELECT e.period_id, e.from_at, e.until_at
      FROM exemption e
      JOIN period p ON p.id = e.period_id
     WHERE p.requirement_id = $1";
pub(super) const RELEASES: &str = "
    SELECT w.period_id, w.at, w.owed
      FROM period_release w
      JOIN period p ON p.id = w.period_id
     WHERE p.requirement_id = $1
     ORDER BY w.period_id, w.number";
pub(super) const VALID: &str = "
    SELECT t.period_id, t.at, t.valid_until
      FROM term_change t
      JOIN period p ON p.id = t.period_id
     WHERE p.requirement_id = $1 AND t.valid_until IS NOT NULL
     ORDER BY t.period_id, t.number";
/// Only a completion that ends can be followed by another one that counts in its place.
pub(super) const RENEWALS: &str = "
    SELECT p.id AS period_id, MIN(m.completed_at) AS completed_at, k.at AS corrected_at
      FROM period p
      JOIN requirement rp ON rp.id = p.requirement_id
      JOIN completion c ON c.period_id = p.id
      JOIN period n ON n.staff_id = p.staff_id
      JOIN requirement rn ON rn.id = n.requirement_id
      JOIN completion m ON m.period_id = n.id
      LEFT JOIN correction k ON k.period_id = n.id
     WHERE p.requirement_id = $1 AND rn.course = rp.course
       AND (c.valid_until IS NOT NULL
            OR EXISTS (SELECT 1 FROM term_change t WHERE t.period_id = p.id AND t.valid_until IS NOT NULL))
       AND (rn.fiscal_year > rp.fiscal_year OR (rn.id = rp.id AND n.cycle > p.cycle))
     GROUP BY p.id, k.at";
pub(super) const LEAVES: &str = "
    SELECT l.staff_id, l.from_on, l.to_on
      FROM leave_of_absence l
     WHERE l.staff_id IN (SELECT p.staff_id FROM period p WHERE p.requirement_id = $1)";
pub(super) const PROFESSIONS_BEFORE: &str = "
    SELECT w.staff_id, w.until_on, w.profession
      FROM staff_before w
     WHERE w.staff_id IN (SELECT p.staff_id FROM period p WHERE p.requirement_id = $1)
     ORDER BY w.staff_id, w.until_on";

#[derive(FromRow)]
struct PeriodRow {
    staff_id: StaffId,
    id: PeriodId,
    cycle: i64,
    assigned_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    valid_until: Option<DateTime<Utc>>,
    corrected_at: Option<DateTime<Utc>>,
    joined_on: NaiveDate,
    left_on: Option<NaiveDate>,
    profession: String,
}

/// Everybody who was ever asked for a requirement.
///
/// # Errors
/// When the database fails.
pub async fn people(conn: &mut Conn, requirement: &RequirementId) -> Result<Vec<Person>, DbError> {
    let rows: Vec<PeriodRow> = on!(conn, |c| sqlx::query_as(PERIODS).bind(requirement).fetch_all(c).await)?;
    let exempt: Vec<(PeriodId, DateTime<Utc>, DateTime<Utc>)> =
        on!(conn, |c| sqlx::query_as(EXEMPTIONS).bind(requirement).fetch_all(c).await)?;
    let releases: Vec<(PeriodId, DateTime<Utc>, bool)> =
        on!(conn, |c| sqlx::query_as(RELEASES).bind(requirement).fetch_all(c).await)?;
    let valid: Vec<(PeriodId, DateTime<Utc>, DateTime<Utc>)> =
        on!(conn, |c| sqlx::query_as(VALID).bind(requirement).fetch_all(c).await)?;
    let renewals: Vec<(PeriodId, DateTime<Utc>, Option<DateTime<Utc>>)> =
        on!(conn, |c| sqlx::query_as(RENEWALS).bind(requirement).fetch_all(c).await)?;
    let leaves: Vec<(StaffId, NaiveDate, Option<NaiveDate>)> =
        on!(conn, |c| sqlx::query_as(LEAVES).bind(requirement).fetch_all(c).await)?;
    let before: Vec<(StaffId, NaiveDate, String)> =
        on!(conn, |c| sqlx::query_as(PROFESSIONS_BEFORE).bind(requirement).fetch_all(c).await)?;

    let mut exempt = by_owner(exempt.into_iter().map(|(period, from, until)| (period, (from, until))));
    let mut releases = by_owner(releases.into_iter().map(|(period, at, owed)| (period, (at, owed))));
    let mut valid = by_owner(valid.into_iter().map(|(period, at, until)| (period, (at, until))));
    let mut renewals = by_owner(
        renewals
            .into_iter()
            .map(|(period, completed_at, corrected_at)| (period, Renewal { completed_at, corrected_at })),
    );
    let mut leaves = by_owner(leaves.into_iter().map(|(staff, from, to)| (staff, (from, to))));
    let mut before = by_owner(before.into_iter().map(|(staff, until, was)| (staff, (until, was))));

    let mut people: Vec<(StaffId, Person)> = Vec::new();
    for row in rows {
        let owing = Owing {
            cycle: row.cycle,
            assigned_at: row.assigned_at,
            completed_at: row.completed_at,
            valid_until: row.valid_until,
            corrected_at: row.corrected_at,
            valid: valid.remove(&row.id).unwrap_or_default(),
            exempt: exempt.remove(&row.id).unwrap_or_default(),
            owed: releases.remove(&row.id).unwrap_or_default(),
            renewals: renewals.remove(&row.id).unwrap_or_default(),
        };
        match people.last_mut() {
            Some((staff, person)) if *staff == row.staff_id => person.owing.push(owing),
            _ => {
                let person = Person {
                    joined_on: row.joined_on,
                    left_on: row.left_on,
                    leaves: leaves.remove(&row.staff_id).unwrap_or_default(),
                    profession: row.profession,
                    professions_before: before.remove(&row.staff_id).unwrap_or_default(),
                    owing: vec![owing],
                };
                people.push((row.staff_id, person));
            }
        }
    }
    Ok(people.into_iter().map(|(_, person)| person).collect())
}

/// What belongs to whom, in the order in which it came.
fn by_owner<K: Eq + std::hash::Hash, V>(rows: impl Iterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut owned: HashMap<K, Vec<V>> = HashMap::new();
    for (owner, row) in rows {
        owned.entry(owner).or_default().push(row);
    }
    owned
}

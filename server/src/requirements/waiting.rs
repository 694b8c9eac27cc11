//! How many people would come to owe a requirement at the next hour.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::follow::{Everybody, Standing, facts};
use super::plan::plan;
use super::store::Requirement;
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::people::known::{known, known_person};
use crate::reports::store::without;

/// So few people are looked up one by one.
const FEW: usize = 200;

/// How many people would come to owe a requirement now. Where it does not come back, only those can who do not have it.
///
/// # Errors
/// When the database fails.
pub(super) async fn waiting(
    conn: &mut Conn,
    requirement: &Requirement,
    now: DateTime<Utc>,
    calendar: Calendar,
) -> Result<usize, DbError> {
    let rule = &requirement.rule;
    let (everybody, standing) = if rule.cycle.recurs() {
        let standing = Standing::load(conn, requirement, rule, now).await?;
        (Everybody::load(conn, calendar, now).await?, standing)
    } else {
        let day = calendar.date(now);
        let without: HashSet<StaffId> = without(conn, &requirement.id, day).await?.into_iter().collect();
        let people = if without.len() > FEW {
            known(conn, day).await?.into_iter().filter(|who| without.contains(&who.staff)).collect()
        } else {
            let mut people = Vec::new();
            for staff in &without {
                people.extend(known_person(conn, staff, day).await?);
            }
            people
        };
        (Everybody { people, ..Everybody::default() }, Standing::for_new(conn, requirement, now).await?)
    };
    let at = (now, calendar);
    Ok(plan(&facts(requirement, rule, &everybody, &standing, at, false)).give.len())
}

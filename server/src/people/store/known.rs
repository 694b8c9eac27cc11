//! What is known of everybody who belongs to the hospital on a day, read at once.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::FromRow;

use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, StaffId};
use crate::on;
use crate::people::known::{Known, Place};

// $1 the day, and in those about one person $2 who.

macro_rules! people {
    ($which:literal) => {
        concat!(
            "SELECT id, profession, employment, joined_on
               FROM staff
              WHERE joined_on <= $1 AND (left_on IS NULL OR left_on > $1)",
            $which,
            "
              ORDER BY id"
        )
    };
}

macro_rules! places {
    ($which:literal) => {
        concat!(
            "SELECT o.staff_id, d.id, d.path, d.name, d.code
               FROM posting o
               JOIN department d ON d.id = o.department_id
              WHERE o.from_on <= $1 AND (o.to_on IS NULL OR o.to_on > $1)",
            $which,
            "
              ORDER BY o.staff_id, o.main DESC, o.from_on, o.id"
        )
    };
}

pub(super) const PEOPLE: &str = people!("");
pub(super) const PERSON: &str = people!(" AND id = $2");
pub(super) const PLACES: &str = places!("");
pub(super) const PLACES_OF: &str = places!(" AND o.staff_id = $2");
/// Deputies stand in for a time; what managers owe they do not.
macro_rules! managers {
    ($which:literal) => {
        concat!(
            "SELECT DISTINCT staff_id
               FROM role_grant
              WHERE role = 'manager' AND deputy = FALSE AND revoked_at IS NULL
                AND (ends_on IS NULL OR ends_on > $1)",
            $which
        )
    };
}

pub(super) const MANAGERS: &str = managers!("");
pub(super) const IS_MANAGER: &str = managers!(" AND staff_id = $2");

#[derive(FromRow)]
struct PersonRow {
    id: StaffId,
    profession: String,
    employment: String,
    joined_on: NaiveDate,
}

#[derive(FromRow)]
struct PlaceRow {
    staff_id: StaffId,
    id: DepartmentId,
    path: String,
    name: String,
    code: String,
}

fn together(people: Vec<PersonRow>, places: Vec<PlaceRow>, managers: &HashSet<StaffId>) -> Vec<Known> {
    let mut by_person: HashMap<StaffId, Vec<Place>> = HashMap::new();
    for PlaceRow { staff_id, id, path, name, code } in places {
        by_person.entry(staff_id).or_default().push(Place { id, path, name, code });
    }
    people
        .into_iter()
        .map(|person| Known {
            manager: managers.contains(&person.id),
            places: by_person.remove(&person.id).unwrap_or_default(),
            staff: person.id,
            profession: person.profession,
            employment: person.employment,
            joined_on: person.joined_on,
        })
        .collect()
}

/// Everybody who belongs to the hospital on a day.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut Conn, day: NaiveDate) -> Result<Vec<Known>, DbError> {
    let people = on!(conn, |c| sqlx::query_as(PEOPLE).bind(day).fetch_all(c).await)?;
    let places = on!(conn, |c| sqlx::query_as(PLACES).bind(day).fetch_all(c).await)?;
    let managers: Vec<StaffId> = on!(conn, |c| sqlx::query_scalar(MANAGERS).bind(day).fetch_all(c).await)?;
    Ok(together(people, places, &managers.into_iter().collect()))
}

/// One person, if they belong to the hospital on that day.
///
/// # Errors
/// When the database fails.
pub async fn known_person(
    conn: &mut Conn,
    staff: &StaffId,
    day: NaiveDate,
) -> Result<Option<Known>, DbError> {
    let people = on!(conn, |c| sqlx::query_as(PERSON).bind(day).bind(staff).fetch_all(c).await)?;
    let places = on!(conn, |c| sqlx::query_as(PLACES_OF).bind(day).bind(staff).fetch_all(c).await)?;
    let managers: Vec<StaffId> =
        on!(conn, |c| sqlx::query_scalar(IS_MANAGER).bind(day).bind(staff).fetch_all(c).await)?;
    Ok(together(people, places, &managers.into_iter().collect()).pop())
}

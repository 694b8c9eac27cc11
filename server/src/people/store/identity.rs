//! Whom an id names, as the log was told.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::staff::Staff;
use crate::db::{Conn, DbError, Value};
use crate::id::StaffId;
use crate::on;
use crate::people::identity::identity;

pub(in crate::people) const ADD: &str = "
    INSERT INTO identity (staff_id, log_id, leaf, at, actor, who, salt, told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// Who belongs to the hospital on day $2, or will, and is not named in log $1, with the newest of what other logs were told. $3 only those after this id.
pub(super) const UNNAMED: &str = "
    SELECT s.id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman, s.profession, s.employment,
           s.joined_on, s.left_on, s.mail,
           (SELECT i.told FROM identity i WHERE i.staff_id = s.id ORDER BY i.at DESC, i.leaf DESC LIMIT 1) AS told
      FROM staff s
     WHERE s.id > $3 AND (s.left_on IS NULL OR s.left_on > $2)
       AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.staff_id = s.id AND i.log_id = $1)
     ORDER BY s.id
     LIMIT $4";
/// What a log was told between two places, in the order of its leaves.
pub(super) const BOUND: &str = "
    SELECT staff_id, leaf, salt, told FROM identity WHERE log_id = $1 AND leaf >= $2 AND leaf < $3 ORDER BY leaf LIMIT $4";
/// Everybody of whom a log was told, with the newest of it.
macro_rules! named {
    ($which:literal) => {
        concat!(
            "SELECT s.id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman, s.profession, s.employment,
                    s.joined_on, s.left_on, s.mail, i.leaf, i.told, i.salt, i.who
               FROM identity i
               JOIN staff s ON s.id = i.staff_id
              WHERE NOT EXISTS (SELECT 1
                                  FROM identity n
                                 WHERE n.staff_id = i.staff_id AND (n.at > i.at OR (n.at = i.at AND n.leaf > i.leaf)))",
            $which,
            "
              ORDER BY s.id"
        )
    };
}

pub(super) const NAMED: &str = named!("");
pub(super) const NAMED_ONE: &str = named!(" AND i.staff_id = $1");

/// A person whom a log does not name.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(in crate::people) struct Unnamed {
    #[sqlx(flatten)]
    pub(in crate::people) staff: Staff,
    /// What another log was told last of whom they are.
    pub(in crate::people) told: Option<String>,
}

/// A person, and what the log was told last of whom they are.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Named {
    /// The person as the hospital's list has them.
    #[sqlx(flatten)]
    pub staff: Staff,
    /// The place of the leaf in its log.
    pub leaf: i64,
    /// The words, as canonical JSON; nothing if they were erased.
    pub told: String,
    /// What hides them.
    pub salt: String,
    /// The hash of both, which the leaf holds.
    pub who: String,
}

impl Named {
    /// The person is still called what the log was told, and the words are those of the leaf; of somebody who was erased, nothing is left.
    #[must_use]
    pub fn is_bound(&self, is_erased: bool) -> bool {
        let Self { staff, told, salt, who, .. } = self;
        if is_erased {
            return told.is_empty() && salt.is_empty();
        }
        identity(staff).told() == *told && kokoroe_evidence::identity::who(salt, told) == *who
    }
}

/// What a log was told of somebody.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Bound {
    /// Of whom.
    pub staff_id: StaffId,
    /// The place of the leaf.
    pub leaf: i64,
    /// What hides the words; nothing if they were erased.
    pub salt: String,
    /// The words, as canonical JSON; nothing if they were erased.
    pub told: String,
}

/// A row of [`ADD`].
pub(in crate::people) type Row = [Value; 8];

/// Makes a row: when and by whom, then the hash, the salt and the words.
pub(in crate::people) fn row(
    staff: &StaffId,
    log: &str,
    leaf: i64,
    (at, actor): (DateTime<Utc>, &str),
    [who, salt, told]: [String; 3],
) -> Row {
    [
        staff.as_str().to_owned().into(),
        log.to_owned().into(),
        leaf.into(),
        at.into(),
        actor.to_owned().into(),
        who.into(),
        salt.into(),
        told.into(),
    ]
}

/// The next of those whom a log does not name.
pub(in crate::people) async fn unnamed(
    conn: &mut Conn,
    log: &str,
    day: NaiveDate,
    after: &str,
    limit: i64,
) -> Result<Vec<Unnamed>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(UNNAMED).bind(log).bind(day).bind(after).bind(limit).fetch_all(c).await)?)
}

/// What a log was told by its leaves from one place on and before another, not more than `limit`.
///
/// # Errors
/// When the database fails.
pub async fn bound(
    conn: &mut Conn,
    log: &str,
    (from, until): (i64, i64),
    limit: i64,
) -> Result<Vec<Bound>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BOUND).bind(log).bind(from).bind(until).bind(limit).fetch_all(c).await)?)
}

/// Everybody whom a log names.
///
/// # Errors
/// When the database fails.
pub async fn named(conn: &mut Conn) -> Result<Vec<Named>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NAMED).fetch_all(c).await)?)
}

/// What the log was told last of one person.
///
/// # Errors
/// When the database fails.
pub async fn named_one(conn: &mut Conn, staff: &StaffId) -> Result<Option<Named>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NAMED_ONE).bind(staff).fetch_optional(c).await)?)
}

//! People: who they are, and finding them.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, Value, expect_rows};
use crate::id::{DepartmentId, StaffId};
use crate::on;

pub(in crate::people) const ADD: &str = "
    INSERT INTO staff
           (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession, employment,
            joined_on, left_on, mail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
pub(super) const CHANGE: &str = "
    UPDATE staff
       SET staff_no = $2, family = $3, given = $4, family_kana = $5, given_kana = $6, roman = $7, kana_key = $8,
           search = $9, profession = $10, employment = $11, joined_on = $12, left_on = $13, mail = $14
     WHERE id = $1";
/// Of several changes of one day, what was before the first of them was before that day.
pub(super) const ADD_BEFORE: &str = "
    INSERT INTO staff_before (staff_id, until_on, profession, employment)
    VALUES ($1, $2, $3, $4)
        ON CONFLICT (staff_id, until_on) DO NOTHING";
pub(super) const BY_ID: &str = "
    SELECT id, staff_no, family, given, family_kana, given_kana, roman, profession, employment, joined_on, left_on,
           mail
      FROM staff
     WHERE id = $1";
pub(super) const BY_NUMBER: &str = "
    SELECT id, staff_no, family, given, family_kana, given_kana, roman, profession, employment, joined_on, left_on,
           mail
      FROM staff
     WHERE staff_no = $1";
pub(super) const ALL: &str = "
    SELECT id, staff_no, family, given, family_kana, given_kana, roman, profession, employment, joined_on, left_on,
           mail
      FROM staff
     ORDER BY kana_key, staff_no";
/// Whoever was erased has nothing by which to be found.
pub(super) const FIND: &str = "
    SELECT s.id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman, s.profession, s.employment,
           s.joined_on, s.left_on, s.mail,
           d.id AS department_id, d.code AS department_code, d.name AS department, d.name_en AS department_en
      FROM staff s
      LEFT JOIN posting p
        ON p.staff_id = s.id AND p.main = TRUE AND p.from_on <= $6 AND (p.to_on IS NULL OR p.to_on > $6)
      LEFT JOIN department d ON d.id = p.department_id
     WHERE s.search <> ''
       AND s.search LIKE $1 ESCAPE '!'
       AND s.search LIKE $2 ESCAPE '!'
       AND s.search LIKE $3 ESCAPE '!'
       AND CASE WHEN s.left_on IS NULL OR s.left_on > $6 THEN $4 IN (1, 3) ELSE $4 IN (2, 3) END
       AND ($5 = '%' OR d.path LIKE $5)
     ORDER BY s.kana_key, s.staff_no
     LIMIT $7 OFFSET $8";
pub(super) const COUNT_FOUND: &str = "
    SELECT CAST(COUNT(*) AS BIGINT)
      FROM staff s
      LEFT JOIN posting p
        ON p.staff_id = s.id AND p.main = TRUE AND p.from_on <= $6 AND (p.to_on IS NULL OR p.to_on > $6)
      LEFT JOIN department d ON d.id = p.department_id
     WHERE s.search <> ''
       AND s.search LIKE $1 ESCAPE '!'
       AND s.search LIKE $2 ESCAPE '!'
       AND s.search LIKE $3 ESCAPE '!'
       AND CASE WHEN s.left_on IS NULL OR s.left_on > $6 THEN $4 IN (1, 3) ELSE $4 IN (2, 3) END
       AND ($5 = '%' OR d.path LIKE $5)";

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Staff {
    /// The id.
    pub id: StaffId,
    /// The staff number; leading zeros belong to it.
    pub staff_no: String,
    /// Family name, or the only name.
    pub family: String,
    /// Given name; empty for people with one name.
    pub given: String,
    /// Reading of the family name in katakana; may be empty.
    pub family_kana: String,
    /// Reading of the given name in katakana; may be empty.
    pub given_kana: String,
    /// Name in Latin letters; may be empty.
    pub roman: String,
    /// Profession in the hospital's words, such as 看護師; may be empty.
    pub profession: String,
    /// Sort of employment in the hospital's words, such as 常勤; may be empty.
    pub employment: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// First day on which the person no longer belongs to the hospital.
    pub left_on: Option<NaiveDate>,
    /// The address at work; empty where the hospital has given none.
    pub mail: String,
}

impl Staff {
    /// Whether the person belongs to the hospital on a day, or is going to.
    #[must_use]
    pub fn is_staff_on(&self, day: NaiveDate) -> bool {
        self.left_on.is_none_or(|left| left > day)
    }
}

/// A line of the list of people.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Found {
    /// The person.
    #[sqlx(flatten)]
    pub staff: Staff,
    /// The main department on that day, if there is one.
    pub department_id: Option<DepartmentId>,
    /// Its code.
    pub department_code: Option<String>,
    /// Its name.
    pub department: Option<String>,
    /// Its name in English.
    pub department_en: Option<String>,
}

/// What is derived from a name for sorting and searching.
#[derive(Clone, Debug)]
pub(in crate::people) struct Keys {
    pub kana_key: Vec<u8>,
    pub search: String,
}

pub(in crate::people) async fn add(tx: &mut Tx, new: &Staff, keys: Keys) -> Result<(), DbError> {
    write(tx, ADD, "add a person", new, keys).await
}

/// A row of [`ADD`], to be written with many others.
pub(in crate::people) fn row(new: &Staff, keys: Keys) -> [Value; 14] {
    [
        new.id.as_str().to_owned().into(),
        (&new.staff_no).into(),
        (&new.family).into(),
        (&new.given).into(),
        (&new.family_kana).into(),
        (&new.given_kana).into(),
        (&new.roman).into(),
        keys.kana_key.into(),
        keys.search.into(),
        (&new.profession).into(),
        (&new.employment).into(),
        new.joined_on.into(),
        new.left_on.into(),
        (&new.mail).into(),
    ]
}

pub(in crate::people) async fn change(tx: &mut Tx, staff: &Staff, keys: Keys) -> Result<(), DbError> {
    write(tx, CHANGE, "change a person", staff, keys).await
}

/// Keeps what a person's profession and employment were until a day.
pub(in crate::people) async fn add_before(
    tx: &mut Tx,
    before: &Staff,
    until_on: NaiveDate,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_BEFORE)
        .bind(&before.id)
        .bind(until_on)
        .bind(&before.profession)
        .bind(&before.employment)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

async fn write(
    tx: &mut Tx,
    statement: &'static str,
    what: &'static str,
    staff: &Staff,
    keys: Keys,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(statement)
        .bind(&staff.id)
        .bind(&staff.staff_no)
        .bind(&staff.family)
        .bind(&staff.given)
        .bind(&staff.family_kana)
        .bind(&staff.given_kana)
        .bind(&staff.roman)
        .bind(keys.kana_key)
        .bind(keys.search)
        .bind(&staff.profession)
        .bind(&staff.employment)
        .bind(staff.joined_on)
        .bind(staff.left_on)
        .bind(&staff.mail)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows(what, rows, 1)
}

/// A person by id.
///
/// # Errors
/// When the database fails.
pub async fn staff(conn: &mut Conn, id: &StaffId) -> Result<Option<Staff>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_ID).bind(id).fetch_optional(c).await)?)
}

/// A person by staff number, exactly as it is kept.
///
/// # Errors
/// When the database fails.
pub async fn staff_by_number(conn: &mut Conn, staff_no: &str) -> Result<Option<Staff>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(BY_NUMBER).bind(staff_no).fetch_optional(c).await)?)
}

/// Everybody who ever belonged to the hospital, by reading.
///
/// # Errors
/// When the database fails.
pub async fn everybody(conn: &mut Conn) -> Result<Vec<Staff>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).fetch_all(c).await)?)
}

/// Who is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words in any order: number, names, readings, Latin letters. Empty finds everybody.
    pub words: String,
    /// In post, left, or both.
    pub state: SearchState,
    /// Only whoever is in or below the department with this path today.
    pub below: Option<String>,
}

/// In post, left, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchState {
    /// Those who belong to the hospital today, or are going to.
    #[default]
    InPost,
    /// Those who left.
    Left,
    /// Both.
    Both,
}

impl Search {
    /// The three patterns that must match. What lies behind the third word joins it.
    fn patterns(&self) -> [String; 3] {
        let words: Vec<String> =
            self.words.split_whitespace().map(crate::people::name::fold).filter(|w| !w.is_empty()).collect();
        let word = |n: usize| match n {
            0 | 1 => words.get(n).cloned().unwrap_or_default(),
            _ => words.get(n..).map(<[String]>::concat).unwrap_or_default(),
        };
        [word(0), word(1), word(2)].map(|word| {
            let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
            if escaped.is_empty() { "%".to_owned() } else { format!("%{escaped}%") }
        })
    }

    const fn state_code(&self) -> i64 {
        match self.state {
            SearchState::InPost => 1,
            SearchState::Left => 2,
            SearchState::Both => 3,
        }
    }

    fn below_pattern(&self) -> String {
        self.below.as_ref().map_or_else(|| "%".to_owned(), |path| format!("{path}%"))
    }
}

/// People as of a day, by reading: at most `limit` of them after the first `offset`.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    search: &Search,
    day: NaiveDate,
    limit: i64,
    offset: i64,
) -> Result<Vec<Found>, DbError> {
    let [first, second, third] = search.patterns();
    Ok(on!(conn, |c| sqlx::query_as(FIND)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(search.state_code())
        .bind(search.below_pattern())
        .bind(day)
        .bind(limit)
        .bind(offset)
        .fetch_all(c)
        .await)?)
}

/// How many [`find`] would find.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, search: &Search, day: NaiveDate) -> Result<i64, DbError> {
    let [first, second, third] = search.patterns();
    Ok(on!(conn, |c| sqlx::query_scalar(COUNT_FOUND)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(search.state_code())
        .bind(search.below_pattern())
        .bind(day)
        .fetch_one(c)
        .await)?)
}

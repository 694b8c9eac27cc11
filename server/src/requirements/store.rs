//! Requirements, periods and exemptions.

pub mod draft;
pub mod erased;
pub mod exception;
mod given;
mod lists;
mod swap;
mod term;

pub use given::{given, has_period};
pub(super) use lists::add_lists;
pub use lists::{List, lists, modules, open_modules};
pub(super) use swap::add_swap;
pub use swap::{Swap, swaps};
pub(super) use term::ADD as ADD_TERM;
pub use term::{ReleaseRow, released, terms};
pub(super) use term::{add_release, add_term, all_terms, clear_doubt, note_doubt, release_of, terms_of};

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::Lang;
use sqlx::FromRow;

use super::rule::Rule;
use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{ExemptionId, PeriodId, RequirementId, StaffId};
use crate::on;

const ADD_REQUIREMENT: &str = "
    INSERT INTO requirement
           (id, code, title, title_en, basis, basis_en, course, fiscal_year, opens_at, due_at, valid_until,
            rule, recurs)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
macro_rules! requirements {
    ($end:literal) => {
        concat!(
            "SELECT r.id, r.code, r.title, r.title_en, r.basis, r.basis_en, r.course, r.fiscal_year, r.opens_at,
                    r.due_at, r.valid_until,
                    COALESCE((SELECT h.rule
                                FROM requirement_change h
                               WHERE h.requirement_id = r.id
                               ORDER BY h.number DESC
                               LIMIT 1), r.rule) AS rule,
                    x.at AS closed_at
               FROM requirement r
               LEFT JOIN requirement_close x ON x.requirement_id = r.id",
            $end
        )
    };
}
const REQUIREMENT: &str = requirements!(" WHERE r.id = $1");
const REQUIREMENTS: &str = requirements!(" ORDER BY r.fiscal_year DESC, r.code");
const ADD_CHANGE: &str = "
    INSERT INTO requirement_change (requirement_id, number, rule, changed_by, at, leaf)
    SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM requirement_change WHERE requirement_id = $1";
const CHANGES: &str = "SELECT COUNT(*) FROM requirement_change WHERE requirement_id = $1";
const CLOSE: &str = "
    INSERT INTO requirement_close (requirement_id, closed_by, at, leaf) VALUES ($1, $2, $3, $4)";

pub(super) const ADD_PERIOD: &str = "
    INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, track, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const PERIOD: &str = "
    SELECT id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, track, leaf
      FROM period
     WHERE id = $1";
const PERIODS_OF: &str = "
    SELECT id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, track, leaf
      FROM period
     WHERE staff_id = $1
     ORDER BY cycle DESC, due_at DESC, id";

pub(super) const ADD_EXEMPTION: &str = "
    INSERT INTO exemption (id, period_id, reason, asked_by, approved_by, from_at, until_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const EXEMPTIONS: &str = "
    SELECT period_id, reason, asked_by, approved_by, from_at, until_at, leaf
      FROM exemption
     WHERE period_id = $1
     ORDER BY from_at";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    ADD_REQUIREMENT,
    REQUIREMENT,
    REQUIREMENTS,
    ADD_CHANGE,
    CHANGES,
    CLOSE,
    lists::ADD,
    lists::OF_REQUIREMENT,
    lists::OF_PERIOD,
    lists::OPEN,
    ADD_PERIOD,
    given::HAS_PERIOD,
    given::GIVEN,
    PERIOD,
    PERIODS_OF,
    ADD_EXEMPTION,
    EXEMPTIONS,
    erased::EXEMPTIONS,
    erased::EXCEPTIONS,
    swap::ADD,
    swap::OF,
    term::ADD,
    term::OF,
    term::ALL,
    term::ALL_OF,
    term::ADD_RELEASE,
    term::RELEASE_OF,
    term::DOUBT,
    term::NO_DOUBT,
    draft::ADD,
    draft::BY_ID,
    draft::ALL,
    draft::CHANGE,
    draft::DROP,
    exception::ADD,
    exception::BY_ID,
    exception::OF_PERIOD,
    exception::OPEN,
    exception::DECIDED,
    exception::DECIDE,
    exception::CORRECT,
    exception::CORRECTED,
];

/// Who owes what, until when.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// Its short name, such as `sns-2026`.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Why the hospital asks for it.
    pub basis: String,
    /// The same in English.
    pub basis_en: String,
    /// The course of the catalogue.
    pub course: String,
    /// The fiscal year that it belongs to.
    pub fiscal_year: i64,
    /// From when it can be done.
    pub opens_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The first instant at which a completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// For whom, how often and by when, as it holds now.
    #[sqlx(try_from = "String")]
    pub rule: Rule,
    /// From when on nobody new comes to owe it.
    pub closed_at: Option<DateTime<Utc>>,
}

/// The course of what asks for nothing but a signature under the policy.
pub const SIGNATURE: &str = "policy";

impl Requirement {
    /// Whether nothing but a signature under the policy is asked for: there are no modules.
    #[must_use]
    pub fn is_signature(&self) -> bool {
        self.course == SIGNATURE
    }

    /// The number of somebody's first time round.
    #[must_use]
    pub const fn first_cycle(&self) -> i64 {
        if self.rule.cycle.recurs() { 1 } else { self.fiscal_year }
    }

    /// The first part of the numbers of its certificates: `2026-SNS`.
    #[must_use]
    pub fn series(&self) -> String {
        format!("{}-{}", self.fiscal_year, self.course.to_uppercase())
    }

    /// What it is called in a language.
    #[must_use]
    pub fn title_in(&self, lang: Lang) -> &str {
        lang.either(&self.title, &self.title_en)
    }

    /// Why the hospital asks for it, in a language.
    #[must_use]
    pub fn basis_in(&self, lang: Lang) -> &str {
        lang.either(&self.basis, &self.basis_en)
    }
}

impl TryFrom<String> for Rule {
    type Error = DbError;
    fn try_from(text: String) -> Result<Self, DbError> {
        serde_json::from_str(&text).map_err(|error| DbError::Inconsistent(format!("a rule: {error}")))
    }
}

/// One person, one requirement, one cycle.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Period {
    /// Its id.
    pub id: PeriodId,
    /// Whose it is.
    pub staff_id: StaffId,
    /// What is owed.
    pub requirement_id: RequirementId,
    /// Which time round: the fiscal year of a yearly requirement.
    pub cycle: i64,
    /// When it came to be owed.
    pub assigned_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The rule that made it, as text that [`super::period::Reason`] reads.
    pub reason: String,
    /// Which of the requirement's lists it asks for.
    pub track: String,
    /// Its place in the log.
    pub leaf: i64,
}

/// An exemption from a period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Exemption {
    /// From what.
    pub period_id: PeriodId,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: StaffId,
    /// Who approved; somebody else.
    pub approved_by: StaffId,
    /// From when.
    pub from_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub until_at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// Somebody in post, with the day they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPost {
    /// Who.
    pub staff: StaffId,
    /// Since when.
    pub joined_on: NaiveDate,
}

/// Adds a requirement; its lists of modules and its leaf are written by [`super::year::open`].
pub(super) async fn add_requirement(tx: &mut Tx, new: &Requirement) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_REQUIREMENT)
        .bind(&new.id)
        .bind(&new.code)
        .bind(&new.title)
        .bind(&new.title_en)
        .bind(&new.basis)
        .bind(&new.basis_en)
        .bind(&new.course)
        .bind(new.fiscal_year)
        .bind(new.opens_at)
        .bind(new.due_at)
        .bind(new.valid_until)
        .bind(new.rule.text())
        .bind(new.rule.cycle.recurs())
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// A requirement by its id.
///
/// # Errors
/// When the database fails.
pub async fn requirement(conn: &mut Conn, id: &RequirementId) -> Result<Option<Requirement>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REQUIREMENT).bind(id).fetch_optional(c).await)?)
}

/// Every requirement, newest year first.
///
/// # Errors
/// When the database fails.
pub async fn requirements(conn: &mut Conn) -> Result<Vec<Requirement>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REQUIREMENTS).fetch_all(c).await)?)
}

/// Changes the rule from now on.
pub(super) async fn add_change(
    tx: &mut Tx,
    id: &RequirementId,
    rule: &Rule,
    by: &StaffId,
    at: DateTime<Utc>,
    leaf: i64,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_CHANGE)
        .bind(id)
        .bind(rule.text())
        .bind(by)
        .bind(at)
        .bind(leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// How often the rule of a requirement was changed.
///
/// # Errors
/// When the database fails.
pub async fn changes(conn: &mut Conn, id: &RequirementId) -> Result<i64, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(CHANGES).bind(id).fetch_one(c).await)?)
}

/// Closes a requirement from now on.
pub(super) async fn close(
    tx: &mut Tx,
    id: &RequirementId,
    by: &StaffId,
    at: DateTime<Utc>,
    leaf: i64,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(CLOSE).bind(id).bind(by).bind(at).bind(leaf).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn add_period(tx: &mut Tx, period: &Period) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD_PERIOD)
        .bind(&period.id)
        .bind(&period.staff_id)
        .bind(&period.requirement_id)
        .bind(period.cycle)
        .bind(period.assigned_at)
        .bind(period.due_at)
        .bind(&period.reason)
        .bind(&period.track)
        .bind(period.leaf)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("assign a period", rows, 1)
}

/// A period by its id.
///
/// # Errors
/// When the database fails.
pub async fn period(conn: &mut Conn, id: &PeriodId) -> Result<Option<Period>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(PERIOD).bind(id).fetch_optional(c).await)?)
}

/// Every period of a person, newest first.
///
/// # Errors
/// When the database fails.
pub async fn periods_of(conn: &mut Conn, staff: &StaffId) -> Result<Vec<Period>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(PERIODS_OF).bind(staff).fetch_all(c).await)?)
}

pub(super) async fn add_exemption(tx: &mut Tx, id: &ExemptionId, new: &Exemption) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_EXEMPTION)
        .bind(id)
        .bind(&new.period_id)
        .bind(&new.reason)
        .bind(&new.asked_by)
        .bind(&new.approved_by)
        .bind(new.from_at)
        .bind(new.until_at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The exemptions from a period.
///
/// # Errors
/// When the database fails.
pub async fn exemptions(conn: &mut Conn, period: &PeriodId) -> Result<Vec<Exemption>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(EXEMPTIONS).bind(period).fetch_all(c).await)?)
}

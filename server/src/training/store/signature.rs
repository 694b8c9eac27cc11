//! Signatures, completions and the numbers of certificates.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::{AttestationId, PeriodId, SessionId};
use crate::on;

pub(in crate::training) const ADD_ATTESTATION: &str = "
    INSERT INTO attestation (id, period_id, policy, statements, lang, signed_at, method, session_id, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const ATTESTATION: &str = "
    SELECT id, period_id, policy, statements, lang, signed_at, leaf FROM attestation WHERE period_id = $1";

pub(super) const NEXT_NUMBER: &str = "
    INSERT INTO certificate_series (series, last) VALUES ($1, 1)
    ON CONFLICT (series) DO UPDATE SET last = certificate_series.last + 1
    RETURNING last";
/// Numbers of a series that were given out already: to many people at a stroke.
pub(in crate::training) const BEGIN_SERIES: &str =
    "INSERT INTO certificate_series (series, last) VALUES ($1, $2)";
pub(in crate::training) const ADD_COMPLETION: &str = "
    INSERT INTO completion
           (period_id, number, code, completed_at, valid_until, name, policy_version, leaf, held_at, way)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
macro_rules! completion {
    ($which:literal) => {
        concat!(
            "SELECT period_id, number, code, completed_at, valid_until, name, policy_version, leaf, held_at, way
               FROM completion
              WHERE ",
            $which
        )
    };
}
pub(super) const COMPLETION: &str = completion!("period_id = $1");
pub(super) const COMPLETION_BY_NUMBER: &str = completion!("number = $1");

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Attestation {
    /// Its id.
    pub id: AttestationId,
    /// For which period.
    pub period_id: PeriodId,
    /// Hash of the policy that was signed.
    pub policy: String,
    /// The statements as shown, JSON.
    pub statements: String,
    /// The language shown.
    pub lang: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

impl Attestation {
    /// The statements in words, as they stood on the page.
    #[must_use]
    pub fn stated(&self) -> Vec<String> {
        let statements: Vec<Value> = serde_json::from_str(&self.statements).unwrap_or_default();
        let text = |one: &Value| one.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
        statements.iter().map(text).collect()
    }
}

/// A completion with its certificate.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Completion {
    /// Of which period.
    pub period_id: PeriodId,
    /// `2026-SNS-000123`.
    pub number: String,
    /// For the public check.
    pub code: String,
    /// When.
    pub completed_at: DateTime<Utc>,
    /// The first instant at which it no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// The name on that day.
    pub name: String,
    /// The version of the policy that was signed.
    pub policy_version: i64,
    /// Its place in the log.
    pub leaf: i64,
    /// When it was held, where that is not when it was recorded.
    pub held_at: Option<DateTime<Utc>>,
    /// How somebody took part.
    #[sqlx(try_from = "String")]
    pub way: Way,
}

/// How somebody took part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// In this program.
    #[default]
    Here,
    /// In a classroom, with a sheet that everybody signed.
    Classroom,
    /// On paper.
    Paper,
    /// In this program, in records that were lost since; the certificate proves it.
    Certificate,
}

impl Way {
    /// Its word in the database, in leaves and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Classroom => "classroom",
            Self::Paper => "paper",
            Self::Certificate => "certificate",
        }
    }

    /// Reads [`Way::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [Self::Here, Self::Classroom, Self::Paper, Self::Certificate];
        all.into_iter().find(|way| way.code() == code)
    }
}

impl TryFrom<String> for Way {
    type Error = DbError;
    fn try_from(code: String) -> Result<Self, DbError> {
        Self::from_code(&code).ok_or_else(|| DbError::Inconsistent(format!("nobody takes part by {code}")))
    }
}

impl Completion {
    /// Whose name and code were erased: it stands in the log and in the counts, and there is no certificate any more.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.code.is_empty() && self.name == crate::people::erased::NAME
    }

    /// The moment that a certificate dates itself by: when it was held, or when it was signed here.
    #[must_use]
    pub fn dated(&self) -> DateTime<Utc> {
        self.held_at.unwrap_or(self.completed_at)
    }
}

pub(in crate::training) async fn add_attestation(
    tx: &mut Tx,
    new: &Attestation,
    method: &str,
    session: &SessionId,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_ATTESTATION)
        .bind(&new.id)
        .bind(&new.period_id)
        .bind(&new.policy)
        .bind(&new.statements)
        .bind(&new.lang)
        .bind(new.signed_at)
        .bind(method)
        .bind(session)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The signature of a period.
///
/// # Errors
/// When the database fails.
pub async fn attestation(conn: &mut Conn, period: &PeriodId) -> Result<Option<Attestation>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ATTESTATION).bind(period).fetch_optional(c).await)?)
}

/// The next number of a series of certificates. Numbers are never given twice.
pub(in crate::training) async fn next_number(tx: &mut Tx, series: &str) -> Result<i64, DbError> {
    Ok(on!(tx, |c| sqlx::query_scalar(NEXT_NUMBER).bind(series).fetch_one(c).await)?)
}

pub(in crate::training) async fn add_completion(tx: &mut Tx, new: &Completion) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_COMPLETION)
        .bind(&new.period_id)
        .bind(&new.number)
        .bind(&new.code)
        .bind(new.completed_at)
        .bind(new.valid_until)
        .bind(&new.name)
        .bind(new.policy_version)
        .bind(new.leaf)
        .bind(new.held_at)
        .bind(new.way.code())
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The completion of a period.
///
/// # Errors
/// When the database fails.
pub async fn completion(conn: &mut Conn, period: &PeriodId) -> Result<Option<Completion>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(COMPLETION).bind(period).fetch_optional(c).await)?)
}

/// The completion that a certificate's number names.
///
/// # Errors
/// When the database fails.
pub async fn completion_by_number(conn: &mut Conn, number: &str) -> Result<Option<Completion>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(COMPLETION_BY_NUMBER).bind(number).fetch_optional(c).await)?)
}

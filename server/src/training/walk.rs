//! One person's attempt, with the content it pinned and everything answered so far.

use std::sync::Arc;

use kokoroe_courses::{Module, Response, Walk};

use super::content::Content;
use super::policy::Pinned;
use super::role::Roles;
use super::shown::Shown;
use super::store::{self, Answer, Attempt};
use crate::db::{Conn, DbError};
use crate::http::Problem;
use crate::id::{PeriodId, StaffId};
use crate::requirements::store::{self as requirements, Period};
use crate::state::Site;

/// A period that belongs to the person who asks.
///
/// # Errors
/// Not found when there is no such period or it is somebody else's: the two look alike.
pub async fn own_period(conn: &mut Conn, id: &str, staff: &StaffId) -> Result<Period, Problem> {
    let id = PeriodId::parse(id).ok_or(Problem::not_found())?;
    requirements::period(conn, &id)
        .await?
        .filter(|period| period.staff_id == *staff)
        .ok_or(Problem::not_found())
}

/// An attempt with everything that is needed to ask, show or judge.
#[derive(Debug)]
pub struct Standing {
    /// The period.
    pub period: Period,
    /// The attempt.
    pub attempt: Attempt,
    /// The module as it was pinned.
    pub module: Arc<Module>,
    /// The saved answers.
    pub answers: Vec<Answer>,
    /// The policy whose clauses its pages name.
    pub policy: Pinned,
}

impl Standing {
    /// Loads the attempt of a period at a module.
    ///
    /// # Errors
    /// When the database fails or the pinned content is gone.
    pub async fn load(
        site: &Site,
        conn: &mut Conn,
        period: Period,
        module: &str,
    ) -> Result<Option<Self>, DbError> {
        let Some(attempt) = store::attempt(conn, &period.id, module).await? else { return Ok(None) };
        let module = site
            .content
            .pinned(conn, &attempt.revision)
            .await?
            .ok_or_else(|| DbError::Inconsistent(format!("the content {} is gone", attempt.revision)))?;
        let answers = store::answers(conn, &attempt.id).await?;
        let policy = Pinned::of(site, conn, &attempt).await?;
        Ok(Some(Self { period, attempt, module, answers, policy }))
    }

    /// An attempt that is about to begin with what is taught now.
    #[must_use]
    pub fn beginning(content: &Content, period: Period, attempt: Attempt, module: &Arc<Module>) -> Self {
        let policy = Pinned::present(content);
        Self { period, attempt, module: Arc::clone(module), answers: Vec::new(), policy }
    }

    /// The walk up to now.
    ///
    /// # Errors
    /// When the stored answers do not fit the pinned content: they were altered.
    pub fn walk(&self) -> Result<Walk<'_>, DbError> {
        self.walk_before(self.answers.len())
    }

    /// The walk as it stood after so many answers.
    ///
    /// # Errors
    /// When the stored answers do not fit the pinned content: they were altered.
    pub fn walk_before(&self, answered: usize) -> Result<Walk<'_>, DbError> {
        let responses = self
            .answers
            .iter()
            .take(answered)
            .map(|answer| serde_json::from_str(&answer.response))
            .collect::<Result<Vec<Response>, _>>()
            .map_err(|error| DbError::Inconsistent(error.to_string()))?;
        Walk::replay(&self.module, seed(self.attempt.seed), &responses)
            .map_err(|refusal| DbError::Inconsistent(format!("attempt {}: {refusal}", self.attempt.id)))
    }

    /// The module as its pages show it.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        Shown { module: &self.module, revision: &self.attempt.revision, base: self.base() }
    }

    /// In whose words it is shown, for as long as it is kept.
    #[must_use]
    pub fn roles(&self) -> Roles {
        Roles::read(&self.attempt.role)
    }

    /// The address of a step.
    #[must_use]
    pub fn step(&self, turn: u32) -> String {
        format!("{}/{turn}", self.base())
    }

    /// The address of the module in this period.
    #[must_use]
    pub fn base(&self) -> String {
        module_path(&self.period.id, &self.attempt.module_id)
    }
}

/// The address of a module in a period.
#[must_use]
pub fn module_path(period: &PeriodId, module: &str) -> String {
    format!("/learn/{period}/{module}")
}

/// The stored seed as the courses read it: the same 64 bits.
#[must_use]
pub const fn seed(stored: i64) -> u64 {
    stored.cast_unsigned()
}

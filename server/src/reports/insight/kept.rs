//! What takes long to count is kept for a while. In a hospital of ordinary size every page counts afresh; where a count covers very many
//! answers, the last one is shown while a new one is being made. The page says as of when it speaks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::DbError;
use crate::id::RequirementId;
use crate::reports::store::Instant;
use crate::reports::store::answers::{self, DepartmentRow, ResponseRow};
use crate::state::Site;

/// A count of fewer answers is always made afresh: it takes some tenths of a second.
const MANY: i64 = 100_000;
/// Younger than this, a count is shown as it is.
const FRESH: TimeDelta = TimeDelta::minutes(10);
/// Older than this, nobody is shown it any more.
const STALE: TimeDelta = TimeDelta::hours(12);

/// One count.
#[derive(Debug)]
pub(super) struct Count<T> {
    /// As of when.
    pub(super) at: DateTime<Utc>,
    /// The rows.
    pub(super) rows: Vec<T>,
}

/// The newest count of each requirement. Only one is made at a time, so that several who ask together wait for the same.
#[derive(Debug)]
struct Counts<T> {
    newest: Mutex<HashMap<RequirementId, Arc<Count<T>>>>,
    making: tokio::sync::Mutex<()>,
}

impl<T> Default for Counts<T> {
    fn default() -> Self {
        Self { newest: Mutex::default(), making: tokio::sync::Mutex::default() }
    }
}

/// The counts that are kept.
#[derive(Clone, Debug, Default)]
pub(in crate::reports) struct Kept {
    responses: Arc<Counts<ResponseRow>>,
    departments: Arc<Counts<DepartmentRow>>,
}

impl Kept {
    /// The first answers by question and response.
    pub(super) async fn responses(
        &self,
        site: &Site,
        requirement: &RequirementId,
    ) -> Result<Arc<Count<ResponseRow>>, DbError> {
        Arc::clone(&self.responses).get(site, requirement).await
    }

    /// The first answers by question and department.
    pub(super) async fn departments(
        &self,
        site: &Site,
        requirement: &RequirementId,
    ) -> Result<Arc<Count<DepartmentRow>>, DbError> {
        Arc::clone(&self.departments).get(site, requirement).await
    }
}

/// Rows that can be counted and kept.
trait Row: Sized + Send + Sync + 'static {
    /// Counts now.
    fn read(
        site: &Site,
        requirement: &RequirementId,
        instant: Instant,
    ) -> impl Future<Output = Result<Vec<Self>, DbError>> + Send;

    /// How many people it counts.
    fn people(&self) -> i64;
}

impl Row for ResponseRow {
    async fn read(site: &Site, requirement: &RequirementId, instant: Instant) -> Result<Vec<Self>, DbError> {
        answers::responses(&mut site.db.read().await?, requirement, instant).await
    }

    fn people(&self) -> i64 {
        self.people
    }
}

impl Row for DepartmentRow {
    async fn read(site: &Site, requirement: &RequirementId, instant: Instant) -> Result<Vec<Self>, DbError> {
        answers::by_department(&mut site.db.read().await?, requirement, instant).await
    }

    fn people(&self) -> i64 {
        self.people
    }
}

impl<T: Row> Counts<T> {
    fn newest(&self, requirement: &RequirementId) -> Option<Arc<Count<T>>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).get(requirement).cloned()
    }

    async fn get(
        self: Arc<Self>,
        site: &Site,
        requirement: &RequirementId,
    ) -> Result<Arc<Count<T>>, DbError> {
        let asked = site.now();
        if let Some(kept) = self.newest(requirement).filter(|kept| asked - kept.at <= STALE) {
            if asked - kept.at > FRESH {
                let (counts, site, requirement) = (Arc::clone(&self), site.clone(), requirement.clone());
                tokio::spawn(async move {
                    // Somebody else is making one already: that will do.
                    let Ok(_making) = counts.making.try_lock() else { return };
                    if let Err(error) = counts.make(&site, &requirement).await {
                        tracing::warn!(%error, "the answers could not be counted");
                    }
                });
            }
            return Ok(kept);
        }
        let _making = self.making.lock().await;
        match self.newest(requirement).filter(|kept| kept.at >= asked) {
            Some(made_meanwhile) => Ok(made_meanwhile),
            None => self.make(site, requirement).await,
        }
    }

    async fn make(&self, site: &Site, requirement: &RequirementId) -> Result<Arc<Count<T>>, DbError> {
        let instant = Instant::new(site.now(), site.calendar());
        let rows = T::read(site, requirement, instant).await?;
        let many = rows.iter().map(Row::people).sum::<i64>() >= MANY;
        let count = Arc::new(Count { at: instant.at, rows });
        if many {
            let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
            newest.insert(requirement.clone(), Arc::clone(&count));
        }
        Ok(count)
    }
}

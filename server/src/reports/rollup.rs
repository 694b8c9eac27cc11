//! Counts of the whole hospital, kept for a moment where counting takes long.
//!
//! In a hospital of ordinary size every page counts afresh. Only where a count covers many thousand people is the last one shown again:
//! as long as no log has grown since, and otherwise for a minute while a new one is made. The page says as of when it speaks, so what it
//! shows is true. Nothing of it is stored, so nothing of it can differ from the records.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::store::{self, CountRow, ModuleRow, Question, Scan};
use crate::db::DbError;
use crate::id::RequirementId;
use crate::state::Site;

/// A count of fewer people is always made afresh: it takes a few milliseconds.
const MANY: i64 = 5_000;
/// How old a count may be while a new one is being made.
const STALE: TimeDelta = TimeDelta::seconds(90);
/// How old a count may be when no fact was added since. Facts come due by themselves at midnight, so this is not for ever.
const UNCHANGED: TimeDelta = TimeDelta::minutes(10);
/// How many counts are kept.
const KEPT: usize = 64;

/// One count.
#[derive(Debug)]
pub struct Rollup {
    /// As of when.
    pub at: DateTime<Utc>,
    /// When it was made.
    made_at: DateTime<Utc>,
    /// How long every log was.
    versions: Vec<(String, i64)>,
    /// People with equal facts, by department.
    pub counts: Vec<CountRow>,
    /// People halfway, by department and module, where they were asked for.
    pub modules: Vec<ModuleRow>,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Cut {
    /// People by department.
    People(Scan),
    /// The same, with the modules of people halfway.
    Modules(Scan),
    /// Everybody, whichever department they belong to.
    AsOne,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    requirement: RequirementId,
    cut: Cut,
    /// The past instant, where it is one.
    then: Option<DateTime<Utc>>,
}

#[derive(Debug, Default)]
struct Kept {
    newest: HashMap<Key, Arc<Rollup>>,
    in_the_making: Vec<Key>,
}

/// The counts that are kept.
#[derive(Clone, Debug, Default)]
pub struct Rollups(Arc<Mutex<Kept>>);

impl Rollups {
    /// How many people stand where now, or shortly before now where that takes long to count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn now(&self, site: &Site, asked: &Question, scan: &Scan) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, Cut::Modules(scan.clone()), None).await
    }

    /// The same without the modules of people halfway.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people_now(
        &self,
        site: &Site,
        asked: &Question,
        scan: &Scan,
    ) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, Cut::People(scan.clone()), None).await
    }

    /// How many people stood where at a past instant, by what was known of it now or shortly before now: somebody may have entered since then
    /// that a person had left by that day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn then(&self, site: &Site, asked: &Question, scan: &Scan) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, Cut::People(scan.clone()), Some(asked.instant.at)).await
    }

    /// The same with the modules of people halfway.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn then_with_modules(
        &self,
        site: &Site,
        asked: &Question,
        scan: &Scan,
    ) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, Cut::Modules(scan.clone()), Some(asked.instant.at)).await
    }

    /// How many people of the whole hospital stood where at a past instant, whichever department they belonged to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn then_as_one(&self, site: &Site, asked: &Question) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, Cut::AsOne, Some(asked.instant.at)).await
    }

    /// The same now, or shortly before now where that takes long to count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn now_as_one(&self, site: &Site, asked: &Question) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, Cut::AsOne, None).await
    }

    async fn read(
        &self,
        site: &Site,
        asked: &Question,
        cut: Cut,
        then: Option<DateTime<Utc>>,
    ) -> Result<Arc<Rollup>, DbError> {
        let key = Key { requirement: asked.requirement.clone(), cut, then };
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).newest.get(&key).cloned();
        if let Some(kept) = kept {
            let age = site.now() - kept.made_at;
            if age >= TimeDelta::zero() && age <= UNCHANGED {
                let mut conn = site.db.read().await?;
                let unchanged = store::versions(&mut conn).await? == kept.versions;
                drop(conn);
                if unchanged {
                    return Ok(kept);
                }
                if age <= STALE {
                    self.make_in_background(site, asked, &key);
                    return Ok(kept);
                }
            }
        }
        let fresh = Arc::new(make(site, asked, &key.cut).await?);
        self.keep(key, &fresh);
        Ok(fresh)
    }

    fn keep(&self, key: Key, fresh: &Arc<Rollup>) {
        let people: i64 = fresh.counts.iter().map(|row| row.people).sum();
        if people < MANY {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.newest.len() >= KEPT {
            kept.newest.clear();
        }
        kept.newest.insert(key, Arc::clone(fresh));
    }

    /// Makes a new count for the next one who asks, unless somebody does so already.
    fn make_in_background(&self, site: &Site, asked: &Question, key: &Key) {
        {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.in_the_making.contains(key) {
                return;
            }
            kept.in_the_making.push(key.clone());
        }
        let (rollups, site, asked, key) = (self.clone(), site.clone(), asked.clone(), key.clone());
        tokio::spawn(async move {
            match make(&site, &asked, &key.cut).await {
                Ok(fresh) => rollups.keep(key.clone(), &Arc::new(fresh)),
                Err(error) => tracing::warn!(%error, "a count could not be made"),
            }
            let mut kept = rollups.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.in_the_making.retain(|making| *making != key);
        });
    }
}

async fn make(site: &Site, asked: &Question, cut: &Cut) -> Result<Rollup, DbError> {
    let made_at = site.now();
    let mut conn = site.db.read().await?;
    // What is added between the two reads is counted but not yet known: the next one who asks counts again.
    let versions = store::versions(&mut conn).await?;
    let (counts, modules) = match cut {
        Cut::People(scan) => (store::counts(&mut conn, asked, scan).await?, Vec::new()),
        Cut::Modules(scan) => store::counts_with_modules(&mut conn, asked, scan).await?,
        Cut::AsOne => (store::counts_as_one(&mut conn, asked).await?, Vec::new()),
    };
    Ok(Rollup { at: asked.instant.at, made_at, versions, counts, modules })
}

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

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    requirement: RequirementId,
    scan: Option<String>,
    /// The past instant, where it is one.
    then: Option<DateTime<Utc>>,
    /// With the modules of people halfway.
    modules: bool,
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
        self.read(site, asked, scan, None, true).await
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
        self.read(site, asked, scan, None, false).await
    }

    /// How many people stood where at a past instant, by what was known of it now or shortly before now: somebody may have entered since then
    /// that a person had left by that day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn then(&self, site: &Site, asked: &Question, scan: &Scan) -> Result<Arc<Rollup>, DbError> {
        self.read(site, asked, scan, Some(asked.instant.at), false).await
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
        self.read(site, asked, scan, Some(asked.instant.at), true).await
    }

    async fn read(
        &self,
        site: &Site,
        asked: &Question,
        scan: &Scan,
        then: Option<DateTime<Utc>>,
        modules: bool,
    ) -> Result<Arc<Rollup>, DbError> {
        let key = Key {
            requirement: asked.requirement.clone(),
            scan: match scan {
                Scan::Everywhere => None,
                Scan::Below(tops) => Some(tops.clone()),
            },
            then,
            modules,
        };
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
                    self.make_in_background(site, asked, scan, &key);
                    return Ok(kept);
                }
            }
        }
        let fresh = Arc::new(make(site, asked, scan, modules).await?);
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
    fn make_in_background(&self, site: &Site, asked: &Question, scan: &Scan, key: &Key) {
        {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.in_the_making.contains(key) {
                return;
            }
            kept.in_the_making.push(key.clone());
        }
        let (rollups, site, asked, scan, key) =
            (self.clone(), site.clone(), asked.clone(), scan.clone(), key.clone());
        tokio::spawn(async move {
            match make(&site, &asked, &scan, key.modules).await {
                Ok(fresh) => rollups.keep(key.clone(), &Arc::new(fresh)),
                Err(error) => tracing::warn!(%error, "a count could not be made"),
            }
            let mut kept = rollups.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.in_the_making.retain(|making| *making != key);
        });
    }
}

async fn make(site: &Site, asked: &Question, scan: &Scan, modules: bool) -> Result<Rollup, DbError> {
    let made_at = site.now();
    let mut conn = site.db.read().await?;
    // What is added between the two reads is counted but not yet known: the next one who asks counts again.
    let versions = store::versions(&mut conn).await?;
    let (counts, modules) = if modules {
        store::counts_with_modules(&mut conn, asked, scan).await?
    } else {
        (store::counts(&mut conn, asked, scan).await?, Vec::new())
    };
    Ok(Rollup { at: asked.instant.at, made_at, versions, counts, modules })
}

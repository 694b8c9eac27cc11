//! Counts of the first answers, kept.
//!
//! Between two counts stand the answers of those who answered in between: whoever could count again after each person would see what that
//! person answered first. So a count stays for a day, or until at least ten more people have answered, and every page and every file says
//! as of when it was made and takes all its numbers from it. In a hospital of ordinary size the page waits for a count that is due; where
//! counting takes long, the last one is shown while the new one is made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::entries::Entries;
use super::figures::Figures;
use super::groups::{Counting, Groups};
use super::hide::FEWEST;
use super::list::asked_of_anybody;
use crate::db::DbError;
use crate::id::RequirementId;
use crate::reports::scope::Tree;
use crate::reports::store::{Instant, answers};
use crate::requirements::store::lists;
use crate::state::Site;

/// How long a count stays.
const LASTS: TimeDelta = TimeDelta::days(1);
/// So many answers are counted behind the pages.
const MANY: i64 = 100_000;
/// After so many rows others get their turn.
const PAUSE: usize = 1_000;

/// One count.
#[derive(Debug)]
pub(super) struct Count {
    /// As of when.
    pub(super) at: DateTime<Utc>,
    /// How many people had answered.
    people: i64,
    /// How many first answers there were.
    answers: i64,
    /// The questions that had been answered, with the three that follow one for one.
    pub(super) entries: Entries,
    /// What the answers come to.
    pub(super) figures: Vec<Figures>,
    /// Which wordings must not be told.
    pub(super) withheld: Vec<bool>,
    /// What may be told of departments and professions.
    pub(super) groups: Vec<Groups>,
    /// The departments as they were.
    pub(super) tree: Tree,
}

impl Count {
    async fn make(site: &Site, requirement: &RequirementId) -> Result<Self, DbError> {
        let mut conn = site.db.snapshot().await?;
        let instant = Instant::new(site.now(), site.calendar());
        let people = answers::people(&mut conn, requirement, instant.at).await?;
        let tree = Tree::load(&mut conn, instant.day).await?;
        let modules = asked_of_anybody(&lists(&mut conn, requirement).await?);
        let rows = answers::responses(&mut conn, requirement, instant).await?;
        let entries = Entries::load(site, &mut conn, &modules, &rows).await?;
        let mut figures = entries.nothing();
        for some in rows.chunks(PAUSE) {
            entries.add_answers(&mut figures, some);
            tokio::task::yield_now().await;
        }
        let mut counting = Counting::of(&entries, &tree);
        answers::groups(&mut conn, requirement, instant, |row| counting.add(row)).await?;
        let groups = counting.told();
        let withheld = entries.withheld(&rows);
        let answers = rows.iter().map(|row| row.people).sum();
        Ok(Self { at: instant.at, people, answers, entries, figures, withheld, groups, tree })
    }

    async fn is_due(&self, site: &Site, requirement: &RequirementId) -> Result<bool, DbError> {
        let now = site.now();
        if now - self.at >= LASTS {
            return Ok(true);
        }
        let people = answers::people(&mut site.db.read().await?, requirement, now).await?;
        Ok(people - self.people >= FEWEST)
    }
}

/// The newest count of one requirement. Only one is made at a time.
#[derive(Debug, Default)]
struct Newest {
    count: Mutex<Option<Arc<Count>>>,
    making: tokio::sync::Mutex<()>,
}

impl Newest {
    fn count(&self) -> Option<Arc<Count>> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The newest count, after a new one was made where it was due.
    async fn renewed(&self, site: &Site, requirement: &RequirementId) -> Result<Arc<Count>, DbError> {
        if let Some(kept) = self.count()
            && !kept.is_due(site, requirement).await?
        {
            return Ok(kept);
        }
        let made = Arc::new(Count::make(site, requirement).await?);
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
        Ok(made)
    }
}

/// The newest count of each requirement.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<RequirementId, Arc<Newest>>>);

impl Counts {
    /// What the first answers to the questions of a requirement came to when they were last counted.
    pub(super) async fn of(site: &Site, requirement: &RequirementId) -> Result<Arc<Count>, DbError> {
        let newest = {
            let mut all = site.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(requirement.clone()).or_default())
        };
        if let Some(kept) = newest.count().filter(|kept| kept.answers >= MANY) {
            let (site, requirement) = (site.clone(), requirement.clone());
            tokio::spawn(async move {
                // Somebody else sees to it already: that will do.
                let Ok(_making) = newest.making.try_lock() else { return };
                if let Err(error) = newest.renewed(&site, &requirement).await {
                    tracing::warn!(%error, "the answers could not be counted");
                }
            });
            return Ok(kept);
        }
        let _making = newest.making.lock().await;
        newest.renewed(site, requirement).await
    }
}

//! Taking another module in the place of a hard one, and taking that back. No reason is asked and none is kept.

use axum::extract::{Path, State};
use kokoroe_app::paths;
use kokoroe_app::training::Swap as SwapView;

use super::content::Content;
use super::module::belongs;
use super::store::{self, Attempt};
use super::translate::Translator;
use super::walk::{module_path, own_period};
use crate::audit::hold;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Learner, see_other};
use crate::id::PeriodId;
use crate::requirements::store::{self as requirements, Swap};
use crate::requirements::swap::put;
use crate::state::Site;

/// What a period asks, and how far somebody is in it: enough to know what may be swapped.
#[derive(Clone, Debug)]
pub struct Places {
    asked: Vec<String>,
    swaps: Vec<Swap>,
    attempts: Vec<Attempt>,
}

impl Places {
    /// Loads what a period asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn, period: &PeriodId) -> Result<Self, DbError> {
        Ok(Self {
            asked: requirements::modules(conn, period).await?,
            swaps: requirements::swaps(conn, period).await?,
            attempts: store::attempts_of(conn, period).await?,
        })
    }

    fn attempt(&self, id: &str) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.module_id == id)
    }

    /// What stands now where this module stands or once stood.
    fn in_place_of(&self, id: &str) -> Option<&str> {
        let earlier = self.swaps.iter().rfind(|swap| swap.module_id == id || swap.instead == id)?;
        let newest = self.swaps.iter().rfind(|swap| swap.module_id == earlier.module_id)?;
        Some(&newest.instead)
    }

    /// The module that may be taken in the place of this one: it needs care and is not finished, and the other one is taught and not asked
    /// in the same period anyway.
    #[must_use]
    pub fn offer(&self, content: &Content, id: &str) -> Option<String> {
        let (_, module) = content.module(id)?;
        let instead = module.swap.as_ref().filter(|_| module.care.is_some())?;
        let asked = |id: &str| self.asked.iter().any(|known| known == id);
        let finished = self.attempt(id).is_some_and(|attempt| attempt.finished_at.is_some());
        let may = asked(id) && !finished && self.original(id).is_none();
        let fits = content.module(instead).is_some() && !asked(instead) && self.attempt(instead).is_none();
        (may && fits).then(|| instead.clone())
    }

    /// The module whose place this one has taken, while it may still be had back: nothing of this one has begun.
    #[must_use]
    pub fn original(&self, id: &str) -> Option<&str> {
        let newest = |swap: &&Swap| {
            let later = |other: &Swap| other.module_id == swap.module_id && other.number > swap.number;
            !self.swaps.iter().any(later)
        };
        let swap = self.swaps.iter().find(|swap| swap.instead == id && !swap.takes_back() && newest(swap))?;
        self.attempt(id).is_none().then_some(swap.module_id.as_str())
    }
}

/// The other module and the address that takes it, as a page offers it.
#[must_use]
pub fn offered(
    words: Translator<'_>,
    content: &Content,
    places: &Places,
    base: &str,
    id: &str,
) -> Option<SwapView> {
    let instead = places.offer(content, id)?;
    let (_, module) = content.module(&instead)?;
    let action = format!("{base}/swap");
    Some(SwapView { action, title: words.words(&module.title), minutes: module.minutes })
}

/// The module that this one was taken in the place of and the address that takes that back, as a page offers it.
#[must_use]
pub fn returned(
    words: Translator<'_>,
    content: &Content,
    places: &Places,
    base: &str,
    id: &str,
) -> Option<SwapView> {
    let (_, module) = content.module(places.original(id)?)?;
    let action = format!("{base}/take-back");
    Some(SwapView { action, title: words.words(&module.title), minutes: module.minutes })
}

/// Which way.
#[derive(Clone, Copy, Debug)]
enum Change {
    Swap,
    TakeBack,
}

/// Takes the other module in the place of this one. Pressed twice it has been pressed once.
pub async fn swap(
    State(site): State<Site>,
    Learner(signed): Learner,
    Path((period, id)): Path<(String, String)>,
) -> Answer {
    change(&site, &signed.staff, &period, id, Change::Swap).await
}

/// Takes back that this module stands in another one's place.
pub async fn take_back(
    State(site): State<Site>,
    Learner(signed): Learner,
    Path((period, id)): Path<(String, String)>,
) -> Answer {
    change(&site, &signed.staff, &period, id, Change::TakeBack).await
}

async fn change(site: &Site, staff: &crate::id::StaffId, period: &str, id: String, change: Change) -> Answer {
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, period, staff).await?;
    // What is not asked any more was swapped by an earlier press.
    if belongs(site, &mut conn, &period, &id).await.is_err() {
        let places = Places::load(&mut conn, &period.id).await?;
        let there = places.in_place_of(&id).map(|now| module_path(&period.id, now));
        return Ok(see_other(there.as_deref().unwrap_or(paths::HOME)));
    }
    drop(conn);
    let (inner, owed) = (site.clone(), period.clone());
    let there: Result<Option<String>, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                // Held before looking: whoever begins the other module at the same moment comes before or after this.
                hold(tx, &inner.ledger, &inner.clock).await?;
                let places = Places::load(tx, &owed.id).await?;
                let found = match change {
                    Change::Swap => places.offer(&inner.content, &id).map(|instead| (id, instead)),
                    Change::TakeBack => places.original(&id).map(|own| (own.to_owned(), own.to_owned())),
                };
                let Some((module, instead)) = found else { return Ok(None) };
                put(tx, &inner.ledger, &inner.clock, &owed, &module, &instead).await?;
                Ok(Some(instead))
            })
        })
        .await;
    let there = there?.map(|module| module_path(&period.id, &module));
    Ok(see_other(there.as_deref().unwrap_or(paths::HOME)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::id::AttemptId;

    fn now() -> chrono::DateTime<chrono::Utc> {
        "2026-10-01T00:00:00Z".parse().expect("an instant")
    }

    fn period() -> PeriodId {
        PeriodId::new(&Clock::standing_at(now()))
    }

    fn places(asked: &[&str]) -> Places {
        let asked = asked.iter().map(|id| (*id).to_owned()).collect();
        Places { asked, swaps: Vec::new(), attempts: Vec::new() }
    }

    fn attempt(id: &str, finished: bool) -> Attempt {
        Attempt {
            id: AttemptId::new(&Clock::standing_at(now())),
            period_id: period(),
            module_id: id.to_owned(),
            revision: String::new(),
            role: String::new(),
            seed: 1,
            turn: 1,
            started_at: now(),
            finished_at: finished.then(now),
        }
    }

    fn swapped(number: i64, module: &str, instead: &str) -> Swap {
        Swap {
            period_id: period(),
            module_id: module.to_owned(),
            number,
            instead: instead.to_owned(),
            at: now(),
            leaf: number,
        }
    }

    #[test]
    fn a_hard_module_may_be_swapped_until_it_is_finished() {
        let content = Content::embedded().expect("a catalogue");
        let mut places = places(&["m1-photo", "m3-night", "final-test"]);
        assert_eq!(places.offer(&content, "m3-night").as_deref(), Some("m5-vanish"));
        assert_eq!(places.offer(&content, "m1-photo"), None, "it is not hard");
        assert_eq!(places.offer(&content, "m2-disaster"), None, "it is not asked");
        places.attempts.push(attempt("m3-night", false));
        assert!(places.offer(&content, "m3-night").is_some(), "whoever has begun may leave it");
        places.attempts = vec![attempt("m3-night", true)];
        assert_eq!(places.offer(&content, "m3-night"), None, "it is done");
    }

    #[test]
    fn a_module_that_is_asked_anyway_is_not_offered_instead() {
        let content = Content::embedded().expect("a catalogue");
        let places = places(&["m5-vanish", "m3-night", "final-test"]);
        assert_eq!(places.offer(&content, "m3-night"), None);
    }

    #[test]
    fn a_swap_may_be_taken_back_until_the_other_one_has_begun() {
        let content = Content::embedded().expect("a catalogue");
        let mut places = places(&["m1-photo", "m5-vanish", "final-test"]);
        places.swaps.push(swapped(1, "m3-night", "m5-vanish"));
        assert_eq!(places.original("m5-vanish"), Some("m3-night"));
        assert_eq!(places.original("m1-photo"), None);
        assert_eq!(places.offer(&content, "m5-vanish"), None);
        places.attempts.push(attempt("m5-vanish", false));
        assert_eq!(places.original("m5-vanish"), None, "it has begun");
    }

    #[test]
    fn what_was_taken_back_may_be_swapped_again() {
        let content = Content::embedded().expect("a catalogue");
        let mut places = places(&["m3-night", "final-test"]);
        places.swaps.extend([swapped(1, "m3-night", "m5-vanish"), swapped(2, "m3-night", "m3-night")]);
        assert_eq!(places.offer(&content, "m3-night").as_deref(), Some("m5-vanish"));
        assert_eq!((places.original("m3-night"), places.original("m5-vanish")), (None, None));
    }
}

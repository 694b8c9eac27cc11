//! Where one person stands in one period: the facts, the modules, the next thing to do.

use chrono::{DateTime, Utc};
use kokoroe_app::training::{Next, NextKind};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::Module;

use super::store::{self, Attempt, Completion, Progress};
use super::translate::Translator;
use super::walk::{Standing, module_path};
use crate::db::{Conn, DbError};
use crate::requirements::plan::Release;
use crate::requirements::status::{Record, Status};
use crate::requirements::store::{self as requirements, Exemption, Period, Requirement, Swap};
use crate::requirements::term::{TermChange, Terms};
use crate::state::Site;

/// Everything about one period.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The period.
    pub period: Period,
    /// What is owed.
    pub requirement: Requirement,
    /// The modules that it asks in order, with the attempt where there is one. A module that this release no longer has is asked only of
    /// those who have begun it.
    pub modules: Vec<(String, Option<Attempt>)>,
    /// Attempts at modules that others were taken in the place of.
    pub laid_aside: Vec<Attempt>,
    /// What was taken in the place of what, oldest first.
    pub swaps: Vec<Swap>,
    /// The facts.
    pub progress: Progress,
    /// Exemptions.
    pub exemptions: Vec<Exemption>,
    /// How its dates moved, in order.
    pub changes: Vec<TermChange>,
    /// Its dates now.
    pub terms: Terms,
    /// Why and since when it is not owed, if it is not.
    pub released: Option<(Release, DateTime<Utc>)>,
    /// Since when its completion, which was wrong, counts no more; what is owed has a period of its own.
    pub corrected: Option<DateTime<Utc>>,
    /// The completion, once there is one.
    pub completion: Option<Completion>,
    /// Where it stands now.
    pub status: Status,
}

impl Overview {
    /// Loads a period.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(site: &Site, conn: &mut Conn, period: Period) -> Result<Self, DbError> {
        let requirement = requirements::requirement(conn, &period.requirement_id)
            .await?
            .ok_or_else(|| DbError::Inconsistent(format!("period {} has no requirement", period.id)))?;
        let attempts = store::attempts_of(conn, &period.id).await?;
        let swaps = requirements::swaps(conn, &period.id).await?;
        let asked = requirements::modules(conn, &period.id).await?;
        let laid_aside =
            attempts.iter().filter(|attempt| !asked.contains(&attempt.module_id)).cloned().collect();
        let modules = asked
            .into_iter()
            .map(|id| {
                let attempt = attempts.iter().find(|attempt| attempt.module_id == id).cloned();
                (id, attempt)
            })
            .filter(|(id, attempt)| attempt.is_some() || site.content.module(id).is_some())
            .collect::<Vec<_>>();
        let mut progress = store::progress(conn, &period.id).await?;
        progress.done_at = progress.done_at.or_else(|| last_finished(&modules));
        let exemptions = requirements::exemptions(conn, &period.id).await?;
        let completion = store::completion(conn, &period.id).await?;
        let now = site.now();
        let changes = requirements::terms(conn, &period.id).await?;
        let made = completion.as_ref().and_then(|completion| completion.valid_until);
        let terms = Terms::at(Terms { due_at: period.due_at, valid_until: made }, &changes, now);
        let Terms { due_at, valid_until } = terms;
        let released = requirements::released(conn, &period.id).await?;
        let corrected = requirements::exception::corrected(conn, &period.id).await?;
        // What never ends need not be renewed.
        let renewed_at =
            if valid_until.is_some() { renewed_at(conn, &period, &requirement).await? } else { None };
        let record = Record {
            started_at: progress.started_at,
            retry_at: progress.retry_at,
            recovered_at: progress.recovered_at,
            done_at: progress.done_at,
            completed_at: completion
                .as_ref()
                .filter(|_| corrected.is_none())
                .map(|completion| completion.completed_at),
            held_at: completion.as_ref().and_then(|completion| completion.held_at),
            renewed_at,
            due_at,
            valid_until,
            exempt: exemptions.iter().map(|exemption| (exemption.from_at, exemption.until_at)).collect(),
            out: corrected.is_some()
                || released.is_some()
                || crate::people::store::posting::is_out(conn, &period.staff_id, site.calendar().date(now))
                    .await?,
        };
        let status = record.status(now);
        Ok(Self {
            period,
            requirement,
            modules,
            laid_aside,
            swaps,
            progress,
            exemptions,
            changes,
            terms,
            released,
            corrected,
            completion,
            status,
        })
    }

    /// Until when somebody is released now, if they are.
    #[must_use]
    pub fn released_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.exemptions.iter().filter(|e| e.from_at <= now && now < e.until_at).map(|e| e.until_at).max()
    }

    /// Modules that are done, of all.
    #[must_use]
    pub fn done(&self) -> (u16, u16) {
        let finished = self.modules.iter().filter(|(_, attempt)| is_finished(attempt.as_ref())).count();
        (small(finished), small(self.modules.len()))
    }
}

/// When the same course was first completed for a later year or time round.
async fn renewed_at(
    conn: &mut Conn,
    period: &Period,
    requirement: &Requirement,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let mut first = None;
    for later in requirements::periods_of(conn, &period.staff_id).await? {
        let Some(of) = requirements::requirement(conn, &later.requirement_id).await? else { continue };
        let again = of.id == requirement.id && later.cycle > period.cycle;
        if of.course != requirement.course || !(of.fiscal_year > requirement.fiscal_year || again) {
            continue;
        }
        let stands = requirements::exception::corrected(conn, &later.id).await?.is_none();
        if let Some(completion) = store::completion(conn, &later.id).await?.filter(|_| stands) {
            first = Some(
                first.map_or(completion.completed_at, |at: DateTime<Utc>| at.min(completion.completed_at)),
            );
        }
    }
    Ok(first)
}

/// When the last of these modules was done, if all are. It is noted with the answer that ends the last one; where a release took the
/// module away that was still open, there is no such answer.
fn last_finished(modules: &[(String, Option<Attempt>)]) -> Option<DateTime<Utc>> {
    let ends = modules.iter().map(|(_, attempt)| attempt.as_ref()?.finished_at);
    ends.collect::<Option<Vec<_>>>()?.into_iter().max()
}

fn is_finished(attempt: Option<&Attempt>) -> bool {
    attempt.is_some_and(|attempt| attempt.finished_at.is_some())
}

/// A count for the screen.
#[must_use]
pub fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// How far somebody is in one module.
#[derive(Clone, Debug)]
pub struct ModuleStanding {
    /// Its title.
    pub title: Words,
    /// Minutes for the whole.
    pub minutes: u16,
    /// Minutes left.
    pub left: u16,
    /// Begun.
    pub begun: bool,
    /// Done.
    pub finished: bool,
    /// A required point is open.
    pub redo: bool,
    /// Its first page or the step that is open.
    pub href: String,
}

/// How far somebody is in each module of a period.
///
/// # Errors
/// When the database fails.
pub async fn modules(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    overview: &Overview,
) -> Result<Vec<ModuleStanding>, DbError> {
    let mut out = Vec::with_capacity(overview.modules.len());
    for (id, attempt) in &overview.modules {
        let base = module_path(&overview.period.id, id);
        out.push(match attempt {
            Some(_) => begun(site, conn, words, overview, id, base).await?,
            None => match site.content.module(id) {
                Some((_, module)) => ModuleStanding {
                    title: words.words(&module.title),
                    minutes: module.minutes,
                    left: module.minutes,
                    begun: false,
                    finished: false,
                    redo: false,
                    href: base,
                },
                // A module that this release no longer has and that was never begun: nothing can be asked of it.
                None => continue,
            },
        });
    }
    Ok(out)
}

async fn begun(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    overview: &Overview,
    id: &str,
    base: String,
) -> Result<ModuleStanding, DbError> {
    let standing = Standing::load(site, conn, overview.period.clone(), id)
        .await?
        .ok_or_else(|| DbError::Inconsistent(format!("the attempt at {id} is gone")))?;
    let walk = standing.walk()?;
    let finished = standing.attempt.finished_at.is_some();
    Ok(ModuleStanding {
        title: words.words(&standing.module.title),
        minutes: standing.module.minutes,
        left: if finished { 0 } else { minutes_left(&standing.module, walk.progress()) },
        begun: true,
        finished,
        redo: walk.failed_round(),
        href: if finished { base } else { standing.step(walk.turn()) },
    })
}

/// Minutes that the rest of a module takes, at least one.
#[must_use]
pub fn minutes_left(module: &Module, (at, of): (u16, u16)) -> u16 {
    let ahead = u32::from(of.saturating_sub(at)) + 1;
    let minutes = (u32::from(module.minutes) * ahead).div_ceil(u32::from(of.max(1)));
    u16::try_from(minutes).unwrap_or(u16::MAX).clamp(1, module.minutes.max(1))
}

/// The one thing to do next in a period; `None` when nothing is left or nothing may be done.
#[must_use]
pub fn next(
    site: &Site,
    words: Translator<'_>,
    overview: &Overview,
    modules: &[ModuleStanding],
) -> Option<Next> {
    let act = overview.status.has_to_act() && overview.completion.is_none();
    if !act || overview.requirement.opens_at > site.now() {
        return None;
    }
    let due = super::my_training::due(site, overview.terms.due_at);
    // Modules may be taken in any order: what is under way comes before what has not been begun.
    let open = || modules.iter().filter(|module| !module.finished);
    if let Some(module) = open().find(|module| module.begun).or_else(|| open().next()) {
        let kind = match module {
            ModuleStanding { redo: true, .. } => NextKind::Redo,
            ModuleStanding { begun: true, .. } => NextKind::Continue,
            ModuleStanding { .. } => NextKind::Start,
        };
        let title = module.title.clone();
        return Some(Next {
            kind,
            title,
            minutes: module.left.max(1),
            href: module.href.clone(),
            due: Some(due),
        });
    }
    let policy = site.content.present().policy;
    Some(Next {
        kind: if overview.requirement.is_signature() { NextKind::SignAlone } else { NextKind::Sign },
        title: words.words(&policy.title),
        minutes: SIGNING_MINUTES,
        href: format!("/learn/{}/sign", overview.period.id),
        due: Some(due),
    })
}

/// Minutes that reading over and signing the policy takes.
pub const SIGNING_MINUTES: u16 = 3;

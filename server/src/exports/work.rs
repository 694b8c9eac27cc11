//! The worker that makes what was asked for.
//!
//! A job is leased, made into a file of its own, and marked as finished together with its leaf. While it is made the lease is held longer
//! every second, and whoever finds that the job belongs to somebody else or is no longer wanted drops it. Whoever dies leaves a lease that
//! ends, and the job is made again from its beginning: the same request makes the same bytes, so nothing is lost but time.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use super::asked::Asked;
use super::folder;
use super::state::Failure;
use super::store::{self, Far, Finished, JobRow};
use crate::audit::{Entry, Kind, append};
use crate::db::DbError;
use crate::id::ExportId;
use crate::jobs::{Beat, told_to_stop};
use crate::reports::binder::{self, BinderError, Progress};
use crate::reports::long::{self, ListError};
use crate::state::Site;

/// How often it looks whether something waits, and how often it says how far it is.
const TICK: Duration = Duration::from_secs(1);
/// How long a job belongs to whoever makes it without a word from them.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often a job is begun before it is given up: whoever makes it may be what kills the server.
pub const TRIES: i64 = 4;

/// What came of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing waits.
    Idle,
    /// This one was finished.
    Finished(ExportId),
    /// This one could not be made.
    Failed(ExportId, Failure),
    /// This one belongs to somebody else by now, is no longer wanted, or waits for the next server.
    Dropped(ExportId),
}

/// Looks again and again until it is told to stop. What is under way then is given back untouched.
pub async fn watch(site: Site, told: watch::Receiver<bool>) {
    let mut beat = Beat::every(TICK, told.clone());
    while beat.next().await {
        loop {
            match turn(&site, &told).await {
                Ok(Turn::Idle) => break,
                Ok(Turn::Finished(id)) => tracing::info!(%id, "a file was made"),
                Ok(Turn::Failed(id, why)) => tracing::error!(%id, ?why, "a file was not made"),
                Ok(Turn::Dropped(id)) => {
                    tracing::info!(%id, "a file is no longer made here");
                    break;
                }
                Err(error) => {
                    tracing::error!(%error, "what was asked for was not made");
                    break;
                }
            }
        }
    }
}

/// Makes the job that has waited longest, if one waits.
///
/// # Errors
/// When the database fails; the job is taken up again when its lease ends.
pub async fn turn(site: &Site, told: &watch::Receiver<bool>) -> Result<Turn, DbError> {
    // Looking is for nothing; claiming is a write.
    let now = site.now();
    if *told.borrow() || !store::is_waiting(&mut site.db.read().await?, now).await? {
        return Ok(Turn::Idle);
    }
    let holder = hex::encode(crate::account::secret::random::<8>());
    let named = holder.clone();
    let claimed: Result<Option<JobRow>, DbError> = site
        .db
        .write(move |tx| Box::pin(async move { store::claim(tx, now, &named, now + LEASE).await }))
        .await;
    let Some(job) = claimed? else { return Ok(Turn::Idle) };
    let ticket = Ticket { site: site.clone(), id: job.id.clone(), holder };
    if job.attempts > TRIES {
        return ticket.fail(Failure::Interrupted).await;
    }
    let progress = Arc::new(Progress::default());
    let made = tokio::select! {
        made = Box::pin(ticket.make(&job, &progress)) => made,
        () = ticket.hold(&progress) => {
            folder::give_up(&site.config.data, &ticket.id, &ticket.holder);
            return Ok(Turn::Dropped(ticket.id));
        }
        () = told_to_stop(told.clone()) => {
            folder::give_up(&site.config.data, &ticket.id, &ticket.holder);
            return ticket.let_go().await;
        }
    };
    match made {
        Ok(file) => ticket.finish(&job, file).await,
        Err(error) => {
            tracing::error!(id = %ticket.id, %error, "a file could not be made");
            folder::give_up(&site.config.data, &ticket.id, &ticket.holder);
            ticket.fail(why(&error)).await
        }
    }
}

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Binder(#[from] BinderError),
    #[error(transparent)]
    List(#[from] ListError),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Db(#[from] DbError),
}

fn why(fault: &Fault) -> Failure {
    match fault {
        Fault::Db(_) | Fault::Binder(BinderError::Db(_)) | Fault::List(ListError::Db(_)) => Failure::Database,
        Fault::Io(error) | Fault::Binder(BinderError::Io(error)) | Fault::List(ListError::Io(error))
            if error.kind() == io::ErrorKind::StorageFull =>
        {
            Failure::NoSpace
        }
        Fault::List(ListError::NotAllowed) => Failure::NotAllowed,
        Fault::Io(_) | Fault::Binder(_) | Fault::List(_) => Failure::Inside,
    }
}

/// A job that belongs to this server for now.
struct Ticket {
    site: Site,
    id: ExportId,
    holder: String,
}

impl Ticket {
    /// Holds the lease longer again and again, and ends when the job belongs to somebody else or is no longer wanted.
    async fn hold(&self, progress: &Progress) {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            let (done, of) = progress.now();
            let (id, holder, until) = (self.id.clone(), self.holder.clone(), self.site.now() + LEASE);
            let held: Result<bool, DbError> = self
                .site
                .db
                .write(move |tx| {
                    Box::pin(async move { store::go_on(tx, &id, &holder, until, Far { done, of }).await })
                })
                .await;
            match held {
                Ok(true) => {}
                Ok(false) => return,
                // The lease lasts for many of these; whoever really lost it is told by the next.
                Err(error) => tracing::warn!(%error, "the lease of a file was not held longer"),
            }
        }
    }

    async fn make(&self, job: &JobRow, progress: &Progress) -> Result<Made, Fault> {
        let asked = self.with_counts(Asked::of(job)?).await?;
        let file = self.beside(folder::begin).await?;
        let name = match &asked {
            Asked::Binder(input) => Box::pin(binder::make(&self.site, input, file, progress)).await?,
            Asked::People(input) => {
                progress.expect(2);
                progress.step();
                Box::pin(long::make(&self.site, input, &job.asked_by, file)).await?
            }
        };
        let kept = self.beside(folder::keep).await?;
        let size = i64::try_from(kept.size).unwrap_or(i64::MAX);
        Ok(Made { asked, file: Finished { name, size, sha256: kept.sha256 } })
    }

    /// What was asked, with the count of the answers: it is taken once, and kept before anything is made from it.
    async fn with_counts(&self, asked: Asked) -> Result<Asked, Fault> {
        let mut input = match asked {
            Asked::Binder(input) if input.questions.is_none() => input,
            counted => return Ok(counted),
        };
        let counted = binder::freeze(&self.site, &input.requirement, input.lang()).await?;
        input.questions = Some(counted);
        let asked = Asked::Binder(input);
        let words = serde_json::to_string(&asked).map_err(|error| DbError::Setup(error.to_string()))?;
        let (id, holder) = (self.id.clone(), self.holder.clone());
        let kept: Result<(), DbError> = self
            .site
            .db
            .write(move |tx| Box::pin(async move { store::complete(tx, &id, &holder, &words).await }))
            .await;
        kept?;
        Ok(asked)
    }

    /// Work with files, beside the threads that answer.
    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&std::path::Path, &ExportId, &str) -> io::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let (data, id, holder) = (self.site.config.data.clone(), self.id.clone(), self.holder.clone());
        let done = tokio::task::spawn_blocking(move || work(&data, &id, &holder)).await;
        Ok(done.map_err(io::Error::other)??)
    }

    /// The file and its leaf, together: what is finished has its SHA-256 in the log.
    async fn finish(self, job: &JobRow, made: Made) -> Result<Turn, DbError> {
        let Self { site, id, holder } = self;
        let (inner, by, subject) = (site.clone(), job.asked_by.clone(), job.subject.clone());
        let (finished, own) = (id.clone(), holder.clone());
        let stands: Result<bool, DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let at = inner.now();
                    if !store::finish(tx, &finished, &holder, at, &made.file).await? {
                        return Ok(false);
                    }
                    let d = json!({
                        "what": made.asked.kind(), "requirement": subject, "sha256": made.file.sha256,
                        "bytes": made.file.size,
                        "as_of": made.asked.when().0.to_rfc3339_opts(SecondsFormat::Millis, true),
                    });
                    let entry = Entry {
                        kind: Kind::EXPORT_MADE,
                        at,
                        actor: by.as_str(),
                        obj: finished.as_str(),
                        req: None,
                        d,
                    };
                    append(tx, &inner.ledger, entry).await?;
                    Ok(true)
                })
            })
            .await;
        if stands? {
            return Ok(Turn::Finished(id));
        }
        // Withdrawn in the last moment, or somebody else has it: this file is nobody's.
        let (data, gone) = (site.config.data.clone(), id.clone());
        if let Ok(Err(error)) = tokio::task::spawn_blocking(move || folder::remove(&data, &gone, &own)).await
        {
            tracing::warn!(%error, "a file that nobody wants is still there");
        }
        Ok(Turn::Dropped(id))
    }

    async fn fail(self, why: Failure) -> Result<Turn, DbError> {
        let Self { site, id, holder } = self;
        let (now, failed) = (site.now(), id.clone());
        let marked: Result<(), DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move { store::fail(tx, &failed, &holder, now, why.code()).await })
            })
            .await;
        marked?;
        Ok(Turn::Failed(id, why))
    }

    async fn let_go(self) -> Result<Turn, DbError> {
        let Self { site, id, holder } = self;
        let given = id.clone();
        let back: Result<(), DbError> =
            site.db.write(move |tx| Box::pin(async move { store::let_go(tx, &given, &holder).await })).await;
        back?;
        Ok(Turn::Dropped(id))
    }
}

/// A file that is whole on the disk.
struct Made {
    asked: Asked,
    file: Finished,
}

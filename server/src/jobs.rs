//! What the server does by itself.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::db::DbError;
use crate::erasure::sweep;
use crate::exports::{self, work};
use crate::people::import::upload;
use crate::people::{Scribe, department, identity, role};
use crate::reminders::{checkpoint, decide, digest, outbox};
use crate::requirements::follow::follow_all;
use crate::state::Site;
use crate::{account, audit};

/// How often it works.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Starts the hourly work, and beside it what has a pace of its own. They end when they are told to stop, never in the middle of something.
pub fn start(site: Site, told: watch::Receiver<bool>) -> JoinHandle<()> {
    let others = [
        ("the making of files", tokio::spawn(work::watch(site.clone(), told.clone()))),
        ("the sending of mail", tokio::spawn(outbox::watch(site.clone(), told.clone()))),
        ("the asking for time stamps", tokio::spawn(audit::stamp::watch(site.clone(), told.clone()))),
        ("the showing to the witness", tokio::spawn(audit::witness::watch(site.clone(), told.clone()))),
    ];
    tokio::spawn(async move {
        every_hour(site, told).await;
        for (what, job) in others {
            if let Err(error) = job.await {
                tracing::error!(%error, "{what} ended by itself");
            }
        }
    })
}

async fn every_hour(site: Site, told: watch::Receiver<bool>) {
    let mut hours = Beat::every(HOUR, told);
    while hours.next().await {
        hourly(&site).await;
    }
}

/// The times at which something is done again and again, until the server is told to stop. The first is at once; what takes long delays
/// those that follow.
#[derive(Debug)]
pub struct Beat {
    tick: Interval,
    told: watch::Receiver<bool>,
}

impl Beat {
    /// One so often.
    #[must_use]
    pub fn every(time: Duration, told: watch::Receiver<bool>) -> Self {
        let mut tick = interval(time);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { tick, told }
    }

    /// Does something that waits for somebody else; `None` when the server is told to stop meanwhile, and it is left as it is.
    pub async fn unless_told<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            () = told_to_stop(self.told.clone()) => None,
            done = work => Some(done),
        }
    }

    /// Waits for the next one; `false` when the server is told to stop.
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            () = told_to_stop(self.told.clone()) => false,
            _ = self.tick.tick() => true,
        }
    }
}

/// The work of an hour. Can be done again without harm; what fails is tried again in an hour.
pub async fn hourly(site: &Site) {
    if let Some(sealed) = site.ledger.sealed() {
        tracing::error!(%sealed, "NOTHING IS RECORDED until kokoroe recover");
        // A disagreement may be over: somebody put the right file back.
        sign(site).await;
        return;
    }
    take_effect(site).await;
    end_roles(site).await;
    name_everybody(site).await;
    assign(site).await;
    remind(site).await;
    forget(site).await;
    sweep(site).await;
    bind_readings(site).await;
    // Last, so that what the others wrote is signed.
    sign(site).await;
}

/// Ends when the server is told to stop.
pub async fn told_to_stop(mut told: watch::Receiver<bool>) {
    // The sender lives as long as the server; if it is gone, so is the server.
    drop(told.wait_for(|stop| *stop).await);
}

/// What was decided beforehand about departments holds from its day on.
async fn take_effect(site: &Site) {
    let inner = site.clone();
    let changed: Result<u64, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                department::come_into_force(tx, &by).await
            })
        })
        .await;
    match changed {
        Ok(0) => {}
        Ok(departments) => tracing::info!(departments, "what was decided about departments holds"),
        Err(error) => tracing::error!(%error, "what was decided about departments does not hold everywhere"),
    }
}

/// Every log is told whom its ids name.
async fn name_everybody(site: &Site) {
    match identity::bind_everybody(site).await {
        Ok(0) => {}
        Ok(people) => tracing::info!(people, "the log was told whom ids name"),
        Err(error) => tracing::error!(%error, "the log was not told whom ids name"),
    }
}

/// What was opened in the hour is bound by a leaf.
async fn bind_readings(site: &Site) {
    if let Err(error) = audit::reading::bind(site).await {
        tracing::error!(%error, "who opened records is not bound yet");
    }
}

async fn end_roles(site: &Site) {
    let inner = site.clone();
    let ended: Result<usize, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                Ok(role::revoke_of_leavers(tx, &by).await? + role::revoke_ended(tx, &by).await?)
            })
        })
        .await;
    match ended {
        Ok(0) => {}
        Ok(ended) => tracing::info!(ended, "roles that are over have ended"),
        Err(error) => tracing::error!(%error, "roles that are over have not ended"),
    }
}

async fn assign(site: &Site) {
    match follow_all(site).await {
        Ok(0) => {}
        Ok(periods) => tracing::info!(periods, "what people owe was given to them"),
        Err(error) => tracing::error!(%error, "what people owe was not given to everybody"),
    }
}

async fn remind(site: &Site) {
    match decide::run(site).await {
        Ok(0) => {}
        Ok(people) => tracing::info!(people, "people were reminded"),
        Err(error) => tracing::error!(%error, "not everybody was reminded"),
    }
    match digest::run(site).await {
        Ok(0) => {}
        Ok(managers) => tracing::info!(managers, "managers were told who has to act"),
        Err(error) => tracing::error!(%error, "not every manager was told who has to act"),
    }
    match checkpoint::run(site).await {
        Ok(0) => {}
        Ok(mails) => tracing::info!(mails, "auditors were sent the newest checkpoint"),
        Err(error) => tracing::error!(%error, "not every auditor was sent the newest checkpoint"),
    }
}

/// What is no longer needed goes: it holds names, or tells who was where when.
async fn forget(site: &Site) {
    let now = site.now();
    let gone: Result<u64, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                Ok(account::forget(tx, now).await?
                    + upload::forget(tx, now).await?
                    + outbox::forget(tx, now).await?)
            })
        })
        .await;
    match gone {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "what is no longer needed was forgotten"),
        Err(error) => tracing::error!(%error, "what is no longer needed was not forgotten"),
    }
    match exports::forget(site).await {
        Ok(0) => {}
        Ok(files) => tracing::info!(files, "files that outlived their days are gone"),
        Err(error) => tracing::error!(%error, "files that outlived their days are still there"),
    }
}

async fn sweep(site: &Site) {
    match sweep::at_night(site).await {
        Ok(false) => {}
        Ok(true) => tracing::info!("what was erased is gone from the files"),
        Err(error) => tracing::error!(%error, "what was erased may still stand in the files"),
    }
}

async fn sign(site: &Site) {
    match audit::sign_now(site).await {
        Ok(Some(checkpoint)) => tracing::info!(size = checkpoint.size, "the evidence log is signed"),
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "NO CHECKPOINT WAS SIGNED"),
    }
}

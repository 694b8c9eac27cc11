//! What the server does by itself.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::audit;
use crate::state::Site;

/// How often a checkpoint is signed.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Starts the hourly work. It ends when it is told to stop, never in the middle of something.
pub fn start(site: Site, told: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut hour = interval(HOUR);
        hour.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = told_to_stop(told.clone()) => return,
                _ = hour.tick() => {}
            }
            sign(&site).await;
        }
    })
}

/// Ends when the server is told to stop.
pub async fn told_to_stop(mut told: watch::Receiver<bool>) {
    // The sender lives as long as the server; if it is gone, so is the server.
    drop(told.wait_for(|stop| *stop).await);
}

async fn sign(site: &Site) {
    match audit::sign_now(site).await {
        Ok(Some(checkpoint)) => tracing::info!(size = checkpoint.size, "the evidence log is signed"),
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "NO CHECKPOINT WAS SIGNED"),
    }
}

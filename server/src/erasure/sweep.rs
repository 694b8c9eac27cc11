//! What was erased stands in the files of the database until something else is written there. Sweeping writes them anew.
//!
//! It makes others wait, so it is done at night; whoever erases on the command line, where no server runs, sweeps at once.

use chrono::{TimeDelta, Timelike as _};

use super::store;
use crate::db::DbError;
use crate::exports;
use crate::state::Site;

/// The hours of the hospital's night.
const NIGHT: std::ops::Range<u32> = 1..5;
/// A server that never runs at night sweeps by day.
const LATEST: TimeDelta = TimeDelta::days(1);

/// Sweeps if something was erased and it is night. Part of the hourly work; says whether it did.
///
/// # Errors
/// When the database fails; what is left is swept in an hour.
pub async fn at_night(site: &Site) -> Result<bool, DbError> {
    let Some(oldest) = store::oldest_unswept(&mut site.db.read().await?).await? else { return Ok(false) };
    let now = site.now();
    let hour = now.with_timezone(&site.calendar().zone).hour();
    if !NIGHT.contains(&hour) && now - oldest < LATEST {
        return Ok(false);
    }
    sweep(site).await?;
    Ok(true)
}

/// Takes the files away that name whoever was erased, and writes those of the database anew.
///
/// # Errors
/// When the database or the folder fails, or somebody reads for too long.
pub async fn sweep(site: &Site) -> Result<(), DbError> {
    let began = site.now();
    exports::erased::tidy(site).await?;
    site.db.rewrite().await?;
    let now = site.now();
    site.db.write(move |tx| Box::pin(async move { store::swept(tx, began, now).await })).await
}

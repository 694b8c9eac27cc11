//! The demo hospital: 240 invented people and three fiscal years, so that no screen is empty for a newcomer.
//!
//! Everything is told from the day on which it is opened: the year's course opened eight weeks ago and is due in four. What happens is
//! the same every time (one fixed seed) and goes through the functions that the running server uses, with a clock that is moved, in the
//! order of time. So the evidence log of each year holds what it would hold if it had really happened.

mod answers;
mod cards;
mod careers;
mod chance;
mod days;
mod departments;
mod earlier_policy;
mod goals;
pub mod group;
mod history;
mod names;
mod next_policy;
pub mod people;
mod settings;
mod story;
mod study;
mod suggestions;
mod talks;
mod tracks;
mod wishes;
mod years;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use suggestions::people_to_be;

use crate::account::password::demo_hash;
use crate::audit::{self, Ledger, Signer};
use crate::clock::{Calendar, Clock};
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::people::Hospital;
use crate::start::{self, StartError};
use crate::state::Site;
use crate::training::Content;
use days::Days;
use history::History;

/// Everybody's password.
pub const PASSWORD: &str = "minato-no-mori-2026";

/// What the demo hospital says of itself, without its records.
#[must_use]
pub fn hospital() -> Hospital {
    Hospital::of(settings::settings())
}

/// Opens the demo hospital; in an empty folder, everything that happened so far happens first.
///
/// # Errors
/// With what is missing or wrong, or when the folder holds the records of another hospital.
pub async fn site(config: Config, clock: Clock) -> Result<Site, StartError> {
    let db = start::open_db(&config.location).await?;
    let empty = is_empty(&db).await?;
    if empty {
        let files = |error: &dyn std::fmt::Display| StartError::Files(error.to_string());
        let signer = Signer::open(&config.data, None).map_err(|error| files(&error))?;
        let ledger = Ledger::new(signer.series(), signer.vkey(), config.calendar);
        let content = Arc::new(Content::embedded().map_err(StartError::Catalogue)?);
        fill(&db, ledger, content, config.calendar, clock.now()).await?;
    }
    db.close().await;
    start::site(config, clock).await
}

/// Nothing was ever written: no hospital began here.
async fn is_empty(db: &Db) -> Result<bool, DbError> {
    let mut conn = db.read().await?;
    Ok(audit::store::heads(&mut conn).await?.is_empty())
}

/// Lets everything happen, in one transaction: a hospital that began only half would be worse than none.
async fn fill(
    db: &Db,
    ledger: Ledger,
    content: Arc<Content>,
    calendar: Calendar,
    now: DateTime<Utc>,
) -> Result<(), StartError> {
    let story = story::tell(Days { now, calendar }, &content.catalogue);
    let password = demo_hash(PASSWORD).map_err(|error| StartError::Files(error.to_string()))?;
    let history = History::new(ledger, content, &story, password);
    db.write(move |tx| Box::pin(async move { history.happen(tx, story).await }))
        .await
        .map_err(|error: DbError| error)?;
    Ok(())
}

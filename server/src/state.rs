//! What every request needs: the database, the clock, the keys, the content.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use crate::account::{Keys, Passwords};
use crate::audit::{Ledger, Signer};
use crate::clock::{Calendar, Clock};
use crate::config::Config;
use crate::db::Db;
use crate::training::Content;

/// One hospital's running server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Site(Arc<Parts>);

/// The parts of a [`Site`].
#[derive(Debug)]
pub struct Parts {
    /// How it runs.
    pub config: Config,
    /// Its records.
    pub db: Db,
    /// Its clock.
    pub clock: Clock,
    /// Checks passwords, a few at a time.
    pub passwords: Passwords,
    /// Signs and reads access tokens.
    pub keys: Keys,
    /// Signs checkpoints.
    pub signer: Signer,
    /// Which log a fact belongs to.
    pub ledger: Ledger,
    /// Courses, policy and words of this release.
    pub content: Arc<Content>,
    /// The hospital's own words: name, contacts, help lines.
    pub hospital: crate::people::Hospital,
    /// What the answers came to when they were last counted.
    pub counts: crate::reports::Counts,
    /// How many people stood where when they were last counted, where that takes long.
    pub rollups: crate::reports::Rollups,
    /// Whether the server is stopping.
    pub stopping: AtomicBool,
}

impl Site {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Says that the server is stopping: it takes no more work from a balancer.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    /// Whether the server is stopping.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// The current instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// How the hospital counts days and years.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.config.calendar
    }
}

impl std::ops::Deref for Site {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

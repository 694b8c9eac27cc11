//! Connections of the embedded engine to read with.
//!
//! sqlx's own pool asks every connection that comes back whether it is still there, in a task of its own, and meanwhile nobody else can have
//! it. That is right for a server behind a network. Here a connection is a thread of the same process, and each page waited for it twice more.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

/// How many read at the same time.
const MOST: u32 = 4;

/// A few connections, opened when they are first needed.
#[derive(Clone, Debug)]
pub(super) struct Readers(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: SqliteConnectOptions,
    longest_wait: Duration,
    places: Arc<Semaphore>,
    /// Those that nobody has. Whichever has rested longest goes first: one whose statement was given up may still be at it.
    free: Lock<VecDeque<Slot>>,
}

type Slot = Arc<Mutex<SqliteConnection>>;

/// A connection until it is dropped. What it holds is given back in this order.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) conn: OwnedMutexGuard<SqliteConnection>,
    _back: Back,
    _place: OwnedSemaphorePermit,
}

/// Puts a connection back among those that nobody has.
#[derive(Debug)]
struct Back(Arc<Shared>, Slot);

impl Drop for Back {
    fn drop(&mut self) {
        self.0.free.lock().unwrap_or_else(PoisonError::into_inner).push_back(Arc::clone(&self.1));
    }
}

impl Readers {
    pub(super) fn new(options: SqliteConnectOptions, longest_wait: Duration) -> Self {
        let places = Arc::new(Semaphore::new(MOST as usize));
        Self(Arc::new(Shared { options, longest_wait, places, free: Lock::default() }))
    }

    /// A connection, when one is free.
    pub(super) async fn take(&self) -> Result<Reader, sqlx::Error> {
        let shared = &self.0;
        let place = tokio::time::timeout(shared.longest_wait, Arc::clone(&shared.places).acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let free = shared.free.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let slot = match free {
            Some(slot) => slot,
            None => Arc::new(Mutex::new(shared.options.connect().await?)),
        };
        let conn = Arc::clone(&slot).lock_owned().await;
        Ok(Reader { conn, _back: Back(Arc::clone(shared), slot), _place: place })
    }

    /// Waits for those who read and closes every connection.
    pub(super) async fn close(&self) {
        let shared = &self.0;
        // Fails only where it is closed already.
        let all = shared.places.acquire_many(MOST).await;
        shared.places.close();
        drop(all);
        let free = std::mem::take(&mut *shared.free.lock().unwrap_or_else(PoisonError::into_inner));
        for conn in free.into_iter().filter_map(Arc::into_inner).map(Mutex::into_inner) {
            if let Err(error) = conn.close().await {
                tracing::warn!(%error, "a connection was not closed in order");
            }
        }
    }
}

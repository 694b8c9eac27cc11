//! The one place that knows there are two engines.
//!
//! A store writes one SQL text with `$1 … $n` and runs it through [`on!`], which compiles the same body once for SQLite and once for
//! PostgreSQL, with sqlx's own types on both. Reading takes a [`Conn`] from [`Db::read`]; writing happens only inside [`Db::write`],
//! which is one transaction: it commits when the closure returns `Ok` and leaves nothing behind when it returns `Err`.

mod attend;
mod connect;
mod copy;
mod failpoint;
mod many;
mod migrate;
mod readers;
mod trouble;
mod write;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

pub use attend::Attendance;
pub use connect::{Location, connect};
pub use copy::{copy, faults};
pub use many::{Many, Value};
pub use migrate::migrate;
pub use write::BoxFuture;

/// Runs one body on whichever engine a connection belongs to. Inside, the name is an ordinary sqlx connection.
#[macro_export]
macro_rules! on {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $crate::db::Conn::engine_mut($conn) {
            $crate::db::EngineMut::Sqlite($c) => $body,
            $crate::db::EngineMut::Postgres($c) => $body,
        }
    };
}

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server, for groups and several nodes.
    Postgres,
}

/// What can go wrong between the program and its database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The engine refused or failed.
    #[error("the database failed: {0}")]
    Engine(#[from] sqlx::Error),
    /// The engine did not confirm a write. It is undone, or the confirmation was lost on its way.
    #[error("the write was not confirmed: {0}")]
    Unwritten(Arc<sqlx::Error>),
    /// A migration failed or does not belong to this program.
    #[error("the schema could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A statement touched another number of rows than its caller relies on.
    #[error("{what}: expected {expected} rows, touched {touched}")]
    Rows {
        /// What was being done.
        what: &'static str,
        /// How many rows it must touch.
        expected: u64,
        /// How many it did.
        touched: u64,
    },
    /// A stored value cannot be what it says it is.
    #[error("stored data cannot be read: {0}")]
    Inconsistent(String),
    /// More writes are waiting than can be answered in time.
    #[error("too many writes are waiting")]
    Busy,
    /// Nothing is recorded until somebody has looked: the records are not those that were signed.
    #[error(
        "nothing is recorded: {0}. Stop the server and run kokoroe recover.\n\
         記録を止めています。サーバーを止めて、kokoroe recover を実行します。"
    )]
    Sealed(String),
    /// The file is not a place for a database, or the setup is wrong.
    #[error("{0}")]
    Setup(String),
}

/// The database of one hospital.
#[derive(Clone, Debug)]
pub struct Db(Pools);

#[derive(Clone, Debug)]
enum Pools {
    Sqlite { read: readers::Readers, snapshots: SqlitePool, write: write::Writer },
    Postgres(PgPool),
}

/// A connection of either engine. Inside [`Db::write`] it is part of the transaction.
#[derive(Debug)]
pub struct Conn(Inner);

#[derive(Debug)]
enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
    SqliteReader(readers::Reader),
    SqliteSnapshot(Transaction<'static, Sqlite>),
    PostgresSnapshot(Transaction<'static, Postgres>),
}

/// A borrowed connection with its engine laid open, for [`on!`].
#[derive(Debug)]
pub enum EngineMut<'c> {
    /// Embedded.
    Sqlite(&'c mut sqlx::SqliteConnection),
    /// Server.
    Postgres(&'c mut sqlx::PgConnection),
}

impl Conn {
    /// Lays the engine open.
    pub fn engine_mut(&mut self) -> EngineMut<'_> {
        match &mut self.0 {
            Inner::Sqlite(c) => EngineMut::Sqlite(&mut *c),
            Inner::Postgres(c) => EngineMut::Postgres(&mut *c),
            Inner::SqliteReader(c) => EngineMut::Sqlite(&mut c.conn),
            Inner::SqliteSnapshot(c) => EngineMut::Sqlite(&mut *c),
            Inner::PostgresSnapshot(c) => EngineMut::Postgres(&mut *c),
        }
    }

    /// Which engine this is, for the few statements that must differ.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match &self.0 {
            Inner::Sqlite(_) | Inner::SqliteReader(_) | Inner::SqliteSnapshot(_) => Engine::Sqlite,
            Inner::Postgres(_) | Inner::PostgresSnapshot(_) => Engine::Postgres,
        }
    }
}

/// A transaction. Only [`Db::write`] makes one, so whoever holds it may write.
#[derive(Debug)]
pub struct Tx(Conn);

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Db {
    /// A connection to read with. On SQLite it cannot write.
    ///
    /// # Errors
    /// When none becomes free in time or the engine cannot be reached.
    pub async fn read(&self) -> Result<Conn, DbError> {
        Ok(Conn(match &self.0 {
            Pools::Sqlite { read, .. } => Inner::SqliteReader(read.take().await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.acquire().await?),
        }))
    }

    /// A connection to read with whose statements all see the records as the first of them did.
    ///
    /// # Errors
    /// When none becomes free in time or the engine cannot be reached.
    pub async fn snapshot(&self) -> Result<Conn, DbError> {
        const POSTGRES: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        Ok(Conn(match &self.0 {
            Pools::Sqlite { snapshots, .. } => Inner::SqliteSnapshot(snapshots.begin().await?),
            Pools::Postgres(pool) => Inner::PostgresSnapshot(pool.begin_with(POSTGRES).await?),
        }))
    }

    /// Whether a write arrives on the disk. On SQLite a page is written that says what it said before: a transaction without one would be
    /// confirmed on a full disk as well.
    ///
    /// # Errors
    /// When it does not.
    pub async fn can_write(&self) -> Result<(), DbError> {
        let engine = self.engine();
        self.write(move |tx| {
            Box::pin(async move {
                if engine == Engine::Sqlite {
                    on!(tx, |c| sqlx::query("PRAGMA user_version = 0").execute(c).await.map(drop))?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Before much is written at a stroke: what is written at random places then waits in memory and not in the log of recent writes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn expect_much(&self) -> Result<(), DbError> {
        if self.engine() == Engine::Postgres {
            return Ok(());
        }
        self.write(|tx| {
            Box::pin(async move {
                on!(tx, |c| sqlx::query("PRAGMA cache_size = -262144").execute(c).await.map(drop))?;
                Ok(())
            })
        })
        .await
    }

    /// After much was written at a stroke: PostgreSQL plans by what it knew of its tables before, and would look
    /// again only after a while.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_again(&self) -> Result<(), DbError> {
        if let Pools::Postgres(pool) = &self.0 {
            sqlx::query("VACUUM (ANALYZE)").execute(pool).await?;
        }
        Ok(())
    }

    /// Writes the files of the records anew, so that no byte of what was deleted or overwritten stands in them. Meanwhile writes wait; for
    /// a moment the disk holds both. Backups, and the server's own archives of its log, are not reached by this.
    ///
    /// # Errors
    /// When the database fails, or somebody reads for so long that the old bytes are still needed.
    pub async fn rewrite(&self) -> Result<(), DbError> {
        match &self.0 {
            Pools::Sqlite { write, .. } => write.rewrite().await,
            Pools::Postgres(pool) => {
                // The statistics of a column hold some of its values.
                sqlx::query("VACUUM (FULL, ANALYZE)").execute(pool).await?;
                Ok(())
            }
        }
    }

    /// Ends when the disk under the records has failed, and says how. Nothing is written any more: the process has to end, so that the
    /// next one reads what is really there. PostgreSQL does this by itself, and then this never ends.
    pub async fn lost(&self) -> String {
        match &self.0 {
            Pools::Sqlite { write, .. } => write.lost().await,
            Pools::Postgres(_) => std::future::pending().await,
        }
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match &self.0 {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Finishes what is waiting and closes every connection. On SQLite the log of recent writes is folded into the file.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, snapshots, write } => {
                read.close().await;
                snapshots.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// A statement that must have touched exactly `expected` rows.
///
/// # Errors
/// [`DbError::Rows`] when it did not: a silent no-op is a fault.
pub const fn expect_rows(what: &'static str, touched: u64, expected: u64) -> Result<(), DbError> {
    if touched == expected { Ok(()) } else { Err(DbError::Rows { what, expected, touched }) }
}

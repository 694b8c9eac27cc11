//! Opening a database with the settings that its promises rest on.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::readers::Readers;
use super::write::Writer;
use super::{Db, DbError, Pools};

/// Where the records are.
#[derive(Clone, Debug)]
pub enum Location {
    /// One file of the embedded engine.
    File(PathBuf),
    /// A PostgreSQL server.
    Postgres(Box<PgConnectOptions>),
}

impl Location {
    /// A PostgreSQL address such as `postgres://user@host/name`.
    ///
    /// # Errors
    /// When it cannot be read as one. The address is not repeated: it may hold a password.
    pub fn postgres(url: &str) -> Result<Self, DbError> {
        PgConnectOptions::from_str(url).map(|options| Self::Postgres(Box::new(options))).map_err(|_| {
            DbError::Setup("the PostgreSQL address cannot be read; expected postgres://user@host/name".into())
        })
    }
}

/// SQLite before 3.51.3 could damage a write-ahead log when two connections met at the wrong instant.
const OLDEST_SQLITE: [u64; 3] = [3, 51, 3];

/// How long a write waits for a file that somebody else holds, and anybody for a connection. After that they are told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Opens the database. The schema may still be missing or old: see [`super::migrate`].
///
/// # Errors
/// When it cannot be opened, or the embedded engine is too old or not durable.
pub async fn connect(location: &Location) -> Result<Db, DbError> {
    match location {
        Location::File(path) => connect_sqlite(path).await,
        Location::Postgres(options) => connect_postgres(options).await,
    }
}

async fn connect_sqlite(path: &Path) -> Result<Db, DbError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(LONGEST_WAIT)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("mmap_size", "0")
        // A report of fifty thousand people looks up as many rows by their keys; two megabytes, as is usual, hold too few of the pages on the way.
        .pragma("cache_size", "-16384")
        .pragma("journal_size_limit", "67108864")
        .statement_cache_capacity(256);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    let (version, synchronous): (String, i64) =
        sqlx::query_as("SELECT sqlite_version(), (SELECT synchronous FROM pragma_synchronous)")
            .fetch_one(&write)
            .await?;
    let parts: Vec<u64> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    if parts.as_slice() < OLDEST_SQLITE.as_slice() {
        return Err(DbError::Setup(format!("SQLite {version} is too old; 3.51.3 or newer is needed")));
    }
    if synchronous != 2 {
        return Err(DbError::Setup("SQLite does not wait for the disk (synchronous is not FULL)".into()));
    }
    let options = options.read_only(true).create_if_missing(false);
    let snapshots = SqlitePoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(options.clone());
    Ok(Db(Pools::Sqlite {
        read: Readers::new(options, LONGEST_WAIT),
        snapshots,
        write: Writer::start(write)?,
    }))
}

async fn connect_postgres(options: &PgConnectOptions) -> Result<Db, DbError> {
    let options = options.clone().application_name("kokoroe").options([
        ("idle_in_transaction_session_timeout", "10s"),
        ("timezone", "UTC"),
        ("client_min_messages", "error"),
        // A report is a long statement over few rows: compiling it takes ten times as long as running it.
        ("jit", "off"),
        // What a count of fifty thousand people joins stays in memory; with PostgreSQL's 4 MB, half of it goes through files.
        ("work_mem", "32MB"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(LONGEST_WAIT)
        // A request that was given up while its transaction was being opened could hand an open one to the next user
        // (sqlx issue 4385). Every connection is wound back before it is used again.
        .after_release(|conn, _| {
            Box::pin(async move {
                sqlx::query("ROLLBACK").execute(conn).await?;
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    Ok(Db(Pools::Postgres(pool)))
}

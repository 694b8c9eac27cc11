//! What the engines say when something outside is wrong: whether it passes by itself, or the disk is gone.

use super::DbError;

/// Codes of SQLite that pass: somebody else holds the file, the disk is full, the file may only be read for now.
const PASSING_SQLITE: [u32; 4] = [5, 6, 8, 13];

/// The code of SQLite for a file that somebody else holds.
const HELD_SQLITE: u32 = 5;

/// Codes of SQLite after which nothing is known of the file any more: an input or output error, a damaged page, no database at all.
const LOST_SQLITE: [u32; 3] = [10, 11, 26];

/// Classes and codes of PostgreSQL that pass: the connection broke, others came first, resources are used up, the server is restarted,
/// a lock was not to be had.
const PASSING_POSTGRES: [&str; 6] = ["08", "40", "53", "57P", "55P03", "25P03"];

impl DbError {
    /// Whether the same may succeed if it is tried again a little later. A write of which this is true was not done, or it was done and
    /// its confirmation was lost; whoever sends it again sends the same request, which is taken once.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            // Where the disk failed, the server that is started next can take it.
            Self::Busy | Self::Unwritten(_) => true,
            Self::Engine(error) => passes(error),
            Self::Migrate(_)
            | Self::Rows { .. }
            | Self::Inconsistent(_)
            | Self::Sealed(_)
            | Self::Setup(_) => false,
        }
    }
}

fn passes(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(told) => match sqlite_code(told.as_ref()) {
            Some(code) => PASSING_SQLITE.contains(&code),
            None => {
                told.code().is_some_and(|code| PASSING_POSTGRES.iter().any(|class| code.starts_with(class)))
            }
        },
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// Whether the disk under SQLite failed, so that nothing may be written before the file was opened anew.
pub(super) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(told) => {
            sqlite_code(told.as_ref()).is_some_and(|code| LOST_SQLITE.contains(&code))
        }
        _ => false,
    }
}

/// Whether somebody else held SQLite's file for longer than a write waits.
pub(super) fn is_held(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(told) if sqlite_code(told.as_ref()) == Some(HELD_SQLITE))
}

/// The primary code, without what SQLite adds to it in the higher bits; none for another engine.
fn sqlite_code(told: &dyn sqlx::error::DatabaseError) -> Option<u32> {
    told.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    told.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

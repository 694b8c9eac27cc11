//! A copy of an embedded database, made while others write to it.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::DbError;

/// Copies the database `from` into the new file `to`, as it is at one instant. Whoever writes meanwhile goes on writing.
///
/// # Errors
/// When `from` is not a database, `to` exists, or the disk is full.
pub async fn copy(from: &Path, to: &Path) -> Result<(), DbError> {
    let mut conn = open(from).await?;
    let target =
        to.to_str().ok_or_else(|| DbError::Setup(format!("{}: not a name in UTF-8", to.display())))?;
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// What the engine finds wrong with a file: its pages, its indexes, rows that point nowhere. Nothing when it is whole.
///
/// # Errors
/// When it is not a database.
pub async fn faults(of: &Path) -> Result<Vec<String>, DbError> {
    let mut conn = open(of).await?;
    let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut conn).await?;
    faults.retain(|line| line != "ok");
    let lost: Vec<(String,)> =
        sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(&mut conn).await?;
    faults.extend(lost.into_iter().map(|(table,)| format!("a row of {table} points to nothing")));
    conn.close().await?;
    Ok(faults)
}

async fn open(path: &Path) -> Result<SqliteConnection, DbError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(30));
    Ok(options.connect().await?)
}

//! What witnesses said of checkpoints.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::on;

pub(super) const KEEP: &str = "
    INSERT INTO log_cosignature (log_id, size, witness, lines, at, got_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (log_id, size, witness) DO NOTHING";
pub(super) const OF_LOG: &str = "
    SELECT size, witness, lines, at, got_at FROM log_cosignature WHERE log_id = $1 ORDER BY size, witness";
pub(super) const NEWEST: &str = "
    SELECT size, witness, lines, at, got_at
      FROM log_cosignature
     WHERE log_id = $1 AND witness = $2
     ORDER BY size DESC
     LIMIT 1";

/// What a witness said of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CosignatureRow {
    /// How many leaves the checkpoint covers.
    pub size: i64,
    /// The witness, by its verifier key.
    pub witness: String,
    /// Its signature lines, as they came.
    pub lines: String,
    /// When it saw the checkpoint, by its own clock.
    pub at: DateTime<Utc>,
    /// When the lines came.
    pub got_at: DateTime<Utc>,
}

/// Keeps what a witness said. The first word of a witness on a checkpoint stays: another server may have been quicker.
pub(in crate::audit) async fn keep(tx: &mut Tx, log: &str, row: &CosignatureRow) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(KEEP)
        .bind(log)
        .bind(row.size)
        .bind(&row.witness)
        .bind(&row.lines)
        .bind(row.at)
        .bind(row.got_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// Everything that witnesses said of a log, by the size of the checkpoint.
///
/// # Errors
/// When the database fails.
pub async fn of_log(conn: &mut Conn, log: &str) -> Result<Vec<CosignatureRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OF_LOG).bind(log).fetch_all(c).await)?)
}

/// What a witness said of the largest checkpoint of a log that it saw.
///
/// # Errors
/// When the database fails.
pub async fn newest(conn: &mut Conn, log: &str, witness: &str) -> Result<Option<CosignatureRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(NEWEST).bind(log).bind(witness).fetch_optional(c).await)?)
}

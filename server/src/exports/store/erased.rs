//! Files that go, and what is taken out of the records of files when somebody is erased.

use chrono::{DateTime, Utc};

use super::JobRow;
use crate::db::{Conn, DbError, Tx};
use crate::id::{ExportId, StaffId};
use crate::on;

pub(super) const REMOVE: &str = "
    UPDATE export_job
       SET removed_at = $2, removed_by = $3, removed_why = $4
     WHERE id = $1 AND finished_at IS NOT NULL AND removed_at IS NULL";
pub(super) const OUTLIVED: &str = "
    SELECT id
      FROM export_job
     WHERE kind <> 'binder' AND finished_at < $1 AND removed_at IS NULL
     ORDER BY finished_at
     LIMIT 1000";
pub(super) const ALL: &str = jobs!("ORDER BY j.asked_at, j.id");
/// Whoever makes a file now may have read names already: it is made again, from its beginning.
pub(super) const BEGIN_AGAIN: &str = "
    UPDATE export_job
       SET holder = NULL, lease_until = NULL
     WHERE finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
/// The name of the form goes with the words: the leaf holds the hash of both.
pub(super) const ASKED: &str = "UPDATE export_job SET asked = $2, form = id WHERE id = $1";
pub(super) const REMOVED: &str = "SELECT id FROM export_job WHERE removed_at IS NOT NULL";

/// Every job there ever was.
pub(in crate::exports) async fn all(conn: &mut Conn) -> Result<Vec<JobRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).fetch_all(c).await)?)
}

pub(in crate::exports) async fn begin_again(tx: &mut Tx) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(BEGIN_AGAIN).execute(c).await.map(drop))?;
    Ok(())
}

pub(in crate::exports) async fn ask_otherwise(
    tx: &mut Tx,
    id: &ExportId,
    asked: &str,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ASKED).bind(id).bind(asked).execute(c).await.map(drop))?;
    Ok(())
}

/// The jobs whose file was removed.
pub(in crate::exports) async fn removed(conn: &mut Conn) -> Result<Vec<ExportId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(REMOVED).fetch_all(c).await)?)
}

/// Its file goes; `false` when there is none. Nobody removes what has outlived its time.
pub(in crate::exports) async fn remove(
    tx: &mut Tx,
    id: &ExportId,
    at: DateTime<Utc>,
    by: Option<&StaffId>,
    why: &str,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(REMOVE)
        .bind(id)
        .bind(at)
        .bind(by)
        .bind(why)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Ordinary files that were finished before an instant.
pub(in crate::exports) async fn outlived(
    conn: &mut Conn,
    before: DateTime<Utc>,
) -> Result<Vec<ExportId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(OUTLIVED).bind(before).fetch_all(c).await)?)
}

//! What is noted beside the records so that reports are quick, reckoned once more from the records themselves.
//!
//! Every answer has a leaf, and the leaf says what the answer led to. When somebody began, missed the test, reached its mark and was done
//! follows from that; whoever alters only the notes changes a report, but not what it comes to here.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::Span;
use crate::db::{Conn, DbError};
use crate::on;

macro_rules! noted {
    ($name:literal) => {
        concat!(
            "UNION ALL
             SELECT 'progress', c.id, '",
            $name,
            "', g.",
            $name,
            ", c.",
            $name,
            "
               FROM came c
               LEFT JOIN progress g ON g.period_id = c.id
              WHERE g.",
            $name,
            " IS DISTINCT FROM c.",
            $name,
            "
             "
        )
    };
}

/// $1 and $2: the periods that were assigned between these instants.
pub(super) const RECKONED: &str = concat!(
    "WITH owed AS (
        SELECT p.id, p.requirement_id, p.track, p.assigned_at FROM period p WHERE p.assigned_at >= $1 AND p.assigned_at < $2),
     tried AS (
        SELECT t.id, t.period_id, t.module_id, t.finished_at,
               MIN(a.answered_at) AS started_at,
               MIN(CASE WHEN a.led_to = 'missed' THEN a.answered_at END) AS retry_at,
               MIN(CASE WHEN a.led_to = 'recovered' THEN a.answered_at END) AS recovered_at,
               MIN(CASE WHEN a.led_to = 'finished' THEN a.answered_at END) AS ended_at
          FROM owed o
          JOIN attempt t ON t.period_id = o.id
          LEFT JOIN answer a ON a.attempt_id = t.id
         GROUP BY t.id, t.period_id, t.module_id, t.finished_at),
     came AS (
        SELECT o.id, o.requirement_id, o.track, MIN(t.started_at) AS started_at, MIN(t.retry_at) AS retry_at,
               MIN(t.recovered_at) AS recovered_at,
               CASE WHEN EXISTS (SELECT 1
                                   FROM requirement_module r
                                  WHERE r.requirement_id = o.requirement_id AND r.track = o.track)
                    THEN MAX(t.ended_at)
                    ELSE o.assigned_at END AS done_at
          FROM owed o
          LEFT JOIN tried t ON t.period_id = o.id
         GROUP BY o.id, o.requirement_id, o.track, o.assigned_at)
     SELECT 'attempt' AS kept, t.id AS id, 'finished_at' AS name, t.finished_at AS noted, t.ended_at AS reckoned
       FROM tried t
      WHERE t.finished_at IS DISTINCT FROM t.ended_at
     ",
    noted!("started_at"),
    noted!("retry_at"),
    noted!("recovered_at"),
    // Where there is no module, only the signature is asked for, and everything before it is done from the beginning.
    // Everything is done when the last module is. A module that a later release brought back may be finished after that.
    "UNION ALL
     SELECT 'progress', c.id, 'done_at', g.done_at, c.done_at
       FROM came c
       LEFT JOIN progress g ON g.period_id = c.id
      WHERE CASE WHEN NOT EXISTS (SELECT 1
                                    FROM requirement_module r
                                   WHERE r.requirement_id = c.requirement_id AND r.track = c.track)
                 THEN g.done_at IS DISTINCT FROM c.done_at
                 WHEN g.done_at IS NULL
                 THEN EXISTS (SELECT 1 FROM completion m WHERE m.period_id = c.id AND m.way = 'here')
                      OR NOT EXISTS (SELECT 1
                                       FROM requirement_module r
                                       LEFT JOIN tried t
                                         ON t.period_id = c.id
                                        AND t.module_id
                                          = COALESCE((SELECT s.instead
                                                        FROM module_swap s
                                                       WHERE s.period_id = c.id AND s.module_id = r.module_id
                                                       ORDER BY s.number DESC
                                                       LIMIT 1), r.module_id)
                                      WHERE r.requirement_id = c.requirement_id AND r.track = c.track
                                        AND t.ended_at IS NULL)
                 ELSE NOT EXISTS (SELECT 1 FROM tried t WHERE t.period_id = c.id AND t.ended_at = g.done_at)
            END
     ORDER BY 1, 3, 2"
);

/// A note that does not say what the records come to.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Misnoted {
    /// The table that holds the note.
    pub kept: String,
    /// Of which period or attempt.
    pub id: String,
    /// The column.
    pub name: String,
    /// What it says.
    pub noted: Option<DateTime<Utc>>,
    /// What it must say.
    pub reckoned: Option<DateTime<Utc>>,
}

/// Every note about the periods of a log that differs from what the records come to.
///
/// # Errors
/// When the database fails.
pub async fn misnoted(conn: &mut Conn, span: &Span) -> Result<Vec<Misnoted>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(RECKONED).bind(span.from).bind(span.until).fetch_all(c).await)?)
}

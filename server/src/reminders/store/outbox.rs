//! Mail on its way.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::{MailId, PeriodId, StaffId};
use crate::on;

pub(super) const ADD: &str = "
    INSERT INTO outbox (id, key, message_id, kind, staff_id, period_id, address, subject, body, made_at, send_after, attempts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)
    ON CONFLICT (key) DO NOTHING";
pub(super) const HAS: &str = "SELECT COUNT(*) FROM outbox WHERE key = $1";
/// The condition stands twice: whoever waited for another server's row looks at it again.
pub(super) const CLAIM: &str = "
    UPDATE outbox
       SET lease_until = $2, attempts = attempts + 1
     WHERE id = (SELECT id
                   FROM outbox
                  WHERE sent_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL AND send_after <= $1
                    AND (lease_until IS NULL OR lease_until <= $1)
                  ORDER BY send_after, id
                  LIMIT 1)
       AND sent_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL AND send_after <= $1
       AND (lease_until IS NULL OR lease_until <= $1)
    RETURNING id, message_id, kind, staff_id, period_id, address, subject, body, made_at, attempts, failed_at, last_error";
pub(super) const SENT: &str = "
    UPDATE outbox SET sent_at = $2, lease_until = NULL, last_error = NULL WHERE id = $1 AND sent_at IS NULL";
pub(super) const LATER: &str = "
    UPDATE outbox SET send_after = $2, lease_until = NULL, last_error = $3 WHERE id = $1 AND sent_at IS NULL";
pub(super) const GIVE_UP: &str = "
    UPDATE outbox SET failed_at = $2, lease_until = NULL, last_error = $3 WHERE id = $1 AND sent_at IS NULL";
pub(super) const WITHDRAW: &str = "
    UPDATE outbox SET withdrawn_at = $2, lease_until = NULL WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL";
pub(super) const WITHDRAW_OTHERS: &str = "
    UPDATE outbox
       SET withdrawn_at = $3, lease_until = NULL
     WHERE period_id = $1 AND key <> $2 AND sent_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL";
pub(super) const FAILED: &str = "
    SELECT id, message_id, kind, staff_id, period_id, address, subject, body, made_at, attempts, failed_at, last_error
      FROM outbox
     WHERE failed_at IS NOT NULL
     ORDER BY failed_at DESC, id
     LIMIT $1";
pub(super) const WAITING: &str = "
    SELECT CAST(COUNT(CASE WHEN failed_at IS NULL THEN 1 END) AS BIGINT),
           CAST(COUNT(CASE WHEN failed_at IS NOT NULL THEN 1 END) AS BIGINT)
      FROM outbox
     WHERE sent_at IS NULL AND withdrawn_at IS NULL";
/// `$1` is the id of one, or empty for all that were given up.
pub(super) const TRY_AGAIN: &str = "
    UPDATE outbox
       SET failed_at = NULL, attempts = 0, send_after = $2, lease_until = NULL
     WHERE failed_at IS NOT NULL AND CAST($1 AS TEXT) IN ('', id)";
pub(super) const FORGET: &str = "
    UPDATE outbox
       SET address = '', subject = '', body = '', last_error = NULL
     WHERE body <> '' AND made_at < $1 AND (sent_at IS NOT NULL OR withdrawn_at IS NOT NULL)";

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// Somebody owes something.
    Reminder,
    /// A manager's week.
    Digest,
    /// The newest checkpoint of the evidence log, for an auditor.
    Checkpoint,
}

impl MailKind {
    const ALL: [Self; 3] = [Self::Reminder, Self::Digest, Self::Checkpoint];

    const fn code(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Digest => "digest",
            Self::Checkpoint => "checkpoint",
        }
    }
}

impl TryFrom<String> for MailKind {
    type Error = DbError;

    fn try_from(code: String) -> Result<Self, DbError> {
        let unknown = || DbError::Inconsistent(format!("a mail of the kind {code}"));
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or_else(unknown)
    }
}

/// A mail that is to be written down.
#[derive(Clone, Debug)]
pub(in crate::reminders) struct NewMail {
    /// Its id.
    pub id: MailId,
    /// What makes it this mail and no other.
    pub key: String,
    /// Its name in every mail system.
    pub message_id: String,
    /// What it is for.
    pub kind: MailKind,
    /// To whom.
    pub staff_id: StaffId,
    /// About which period.
    pub period_id: Option<PeriodId>,
    /// Where to.
    pub address: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

/// A mail on its way.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// Its name in every mail system.
    pub message_id: String,
    /// What it is for.
    #[sqlx(try_from = "String")]
    pub kind: MailKind,
    /// To whom.
    pub staff_id: StaffId,
    /// About which period.
    pub period_id: Option<PeriodId>,
    /// Where to.
    pub address: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// When it was decided.
    pub made_at: DateTime<Utc>,
    /// How often it was tried, with this time.
    pub attempts: i64,
    /// When it was given up.
    pub failed_at: Option<DateTime<Utc>>,
    /// What the mail server said last.
    pub last_error: Option<String>,
}

/// Writes a mail down; `false` when there is one with its key.
pub(in crate::reminders) async fn add(tx: &mut Tx, new: &NewMail) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(ADD)
        .bind(&new.id)
        .bind(&new.key)
        .bind(&new.message_id)
        .bind(new.kind.code())
        .bind(&new.staff_id)
        .bind(&new.period_id)
        .bind(&new.address)
        .bind(&new.subject)
        .bind(&new.body)
        .bind(new.at)
        .bind(new.at)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Whether there is a mail with this key.
pub(in crate::reminders) async fn has(conn: &mut Conn, key: &str) -> Result<bool, DbError> {
    let count: i64 = on!(conn, |c| sqlx::query_scalar(HAS).bind(key).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Takes the next mail that may be sent, until the lease ends.
pub(in crate::reminders) async fn claim(
    tx: &mut Tx,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<Mail>, DbError> {
    Ok(on!(tx, |c| sqlx::query_as(CLAIM).bind(now).bind(lease_until).fetch_optional(c).await)?)
}

/// It was handed over.
pub(in crate::reminders) async fn mark_sent(
    tx: &mut Tx,
    id: &MailId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(SENT).bind(id).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

/// It is tried again at an instant.
pub(in crate::reminders) async fn later(
    tx: &mut Tx,
    id: &MailId,
    at: DateTime<Utc>,
    error: &str,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(LATER).bind(id).bind(at).bind(error).execute(c).await.map(drop))?;
    Ok(())
}

/// It is given up.
pub(in crate::reminders) async fn give_up(
    tx: &mut Tx,
    id: &MailId,
    at: DateTime<Utc>,
    error: &str,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(GIVE_UP).bind(id).bind(at).bind(error).execute(c).await.map(drop))?;
    Ok(())
}

/// It is no longer wanted.
pub(in crate::reminders) async fn withdraw(
    tx: &mut Tx,
    id: &MailId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(WITHDRAW).bind(id).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

/// What still waits for a period says less than the mail with this key.
pub(in crate::reminders) async fn withdraw_others(
    tx: &mut Tx,
    period: &PeriodId,
    key: &str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(WITHDRAW_OTHERS).bind(period).bind(key).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

/// The newest of those that were given up.
pub(in crate::reminders) async fn failed(conn: &mut Conn, limit: i64) -> Result<Vec<Mail>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(FAILED).bind(limit).fetch_all(c).await)?)
}

/// How many wait, and how many were given up.
pub(in crate::reminders) async fn waiting(conn: &mut Conn) -> Result<(i64, i64), DbError> {
    Ok(on!(conn, |c| sqlx::query_as(WAITING).fetch_one(c).await)?)
}

/// Lets one that was given up, or all of them, be tried from the beginning.
pub(in crate::reminders) async fn try_again(
    tx: &mut Tx,
    id: Option<&MailId>,
    at: DateTime<Utc>,
) -> Result<u64, DbError> {
    let id = id.map_or("", MailId::as_str);
    let rows =
        on!(tx, |c| sqlx::query(TRY_AGAIN).bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows)
}

/// Empties what was sent before an instant: it holds names and addresses.
pub(in crate::reminders) async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, DbError> {
    let rows = on!(tx, |c| sqlx::query(FORGET).bind(before).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(rows)
}

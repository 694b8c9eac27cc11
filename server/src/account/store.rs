//! What the database knows about accounts.

mod erased;
mod preference;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{SessionId, StaffId};
use crate::on;

pub(super) use erased::drop_account;
pub use preference::{Preference, language};
pub(super) use preference::{set_preference, take_over_preference};

const CREDENTIAL: &str = "
    SELECT password, one_time_code, code_expires_at, disabled_at FROM credential WHERE staff_id = $1";

const AWAITING: &str = "SELECT staff_id FROM credential WHERE password IS NULL AND disabled_at IS NULL";

const OPEN_SESSION: &str = "
    INSERT INTO session (id, staff_id, created_at, last_seen_at, ends_at, idle_minutes, shared, authenticated_at)
    VALUES ($1, $2, $3, $3, $4, $5, $6, $3)";

const SESSION: &str = "
    SELECT n.id, n.staff_id, n.last_seen_at, n.ends_at, n.idle_minutes, n.shared, n.locked_at,
           p.lang, p.furigana, p.text_size, p.calm, p.easy
      FROM session n
      JOIN credential c ON c.staff_id = n.staff_id
      LEFT JOIN preference p ON p.staff_id = n.staff_id
     WHERE n.id = $1
       AND n.revoked_at IS NULL
       AND c.disabled_at IS NULL";

const SEEN: &str = "UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2";
const LOCK: &str = "UPDATE session SET locked_at = $2 WHERE id = $1 AND locked_at IS NULL";
const REAUTHENTICATED: &str = "
    UPDATE session SET authenticated_at = $2, last_seen_at = $2, locked_at = NULL WHERE id = $1";
const REVOKE_SESSION: &str = "UPDATE session SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
const REVOKE_ALL: &str = "UPDATE session SET revoked_at = $2 WHERE staff_id = $1 AND revoked_at IS NULL";
const REVOKE_OTHERS: &str = "
    UPDATE session SET revoked_at = $3 WHERE staff_id = $1 AND id <> $2 AND revoked_at IS NULL";
const DISABLE: &str = "UPDATE credential SET disabled_at = $2 WHERE staff_id = $1";

const CLOSED: &str = "SELECT staff_id FROM credential WHERE disabled_at IS NOT NULL";

const ADD_REFRESH: &str = "
    INSERT INTO refresh_token (hash, session_id, issued_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";
const USE_REFRESH: &str = "UPDATE refresh_token SET used_at = $2 WHERE hash = $1 AND used_at IS NULL";
const REFRESH: &str = "SELECT session_id, used_at FROM refresh_token WHERE hash = $1";

const THROTTLE: &str = "SELECT failures, last_at, blocked_until FROM throttle WHERE subject = $1";
const ADD_FAILURE: &str = "
    INSERT INTO throttle (subject, failures, last_at, blocked_until) VALUES ($1, $2, $3, $4)
    ON CONFLICT (subject) DO UPDATE
       SET failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until";
const FORGIVE_ONE: &str = "
    UPDATE throttle SET failures = failures - 1, blocked_until = NULL WHERE subject = $1 AND failures > 0";
const CLEAR_FAILURES: &str = "DELETE FROM throttle WHERE subject = $1";

const SET_PASSWORD: &str = "
    UPDATE credential
       SET password = $2, one_time_code = NULL, code_expires_at = NULL, changed_at = $3
     WHERE staff_id = $1 AND one_time_code = $4";

const CHANGE_PASSWORD: &str = "
    UPDATE credential
       SET password = $2, changed_at = $3
     WHERE staff_id = $1 AND password = $4 AND disabled_at IS NULL";

const ADD_CREDENTIAL: &str = "
    INSERT INTO credential (staff_id, password, one_time_code, code_expires_at, changed_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (staff_id) DO UPDATE
       SET password = excluded.password,
           one_time_code = excluded.one_time_code,
           code_expires_at = excluded.code_expires_at,
           changed_at = excluded.changed_at";

/// A new account, open or closed already: of many people at a stroke.
pub(super) const ADD_ACCOUNT: &str = "
    INSERT INTO credential (staff_id, password, one_time_code, code_expires_at, changed_at, disabled_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

const FORGET_REFRESH: &str = "
    DELETE FROM refresh_token
     WHERE session_id IN (SELECT id FROM session WHERE ends_at < $1 OR revoked_at < $1)";
const FORGET_SESSIONS: &str = "DELETE FROM session WHERE ends_at < $1 OR revoked_at < $1";
const FORGET_FAILURES: &str = "DELETE FROM throttle WHERE last_at < $1";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    CREDENTIAL,
    AWAITING,
    OPEN_SESSION,
    SESSION,
    SEEN,
    LOCK,
    REAUTHENTICATED,
    REVOKE_SESSION,
    REVOKE_ALL,
    REVOKE_OTHERS,
    DISABLE,
    CLOSED,
    ADD_REFRESH,
    USE_REFRESH,
    REFRESH,
    THROTTLE,
    ADD_FAILURE,
    FORGIVE_ONE,
    CLEAR_FAILURES,
    SET_PASSWORD,
    CHANGE_PASSWORD,
    ADD_CREDENTIAL,
    ADD_ACCOUNT,
    FORGET_REFRESH,
    FORGET_SESSIONS,
    FORGET_FAILURES,
    erased::TOKENS,
    erased::SESSIONS,
    erased::PREFERENCE,
    erased::CREDENTIAL,
    preference::SET,
    preference::TAKE_OVER,
    preference::LANGUAGE,
];

/// How somebody proves who they are.
#[derive(Clone, Debug, FromRow)]
pub struct Credential {
    /// Hash of the password, once there is one.
    pub password: Option<String>,
    /// Fingerprint of the one-time code for the first sign-in.
    pub one_time_code: Option<String>,
    /// Until when the code works.
    pub code_expires_at: Option<DateTime<Utc>>,
    /// When the account was closed.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// A sign-in that has not been revoked, with what every page needs to know about the person.
#[derive(Clone, Debug, FromRow)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub staff_id: StaffId,
    /// The last request, give or take a minute.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends whatever happens.
    pub ends_at: DateTime<Utc>,
    /// Minutes without a request after which it ends.
    pub idle_minutes: i64,
    /// On a shared PC.
    pub shared: bool,
    /// Since when the screen is locked.
    pub locked_at: Option<DateTime<Utc>>,
    /// Language.
    pub lang: Option<String>,
    /// Furigana.
    pub furigana: Option<bool>,
    /// Text size.
    pub text_size: Option<String>,
    /// No motion.
    pub calm: Option<bool>,
    /// Plain Japanese.
    pub easy: Option<bool>,
}

/// Failed sign-ins of one account or address.
#[derive(Clone, Debug, FromRow)]
pub struct ThrottleRow {
    /// How many in a row.
    pub failures: i64,
    /// When the last was.
    pub last_at: DateTime<Utc>,
    /// Until when the next has to wait.
    pub blocked_until: Option<DateTime<Utc>>,
}

pub(super) async fn credential(conn: &mut Conn, staff: &StaffId) -> Result<Option<Credential>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(CREDENTIAL).bind(staff).fetch_optional(c).await)?)
}

/// Everybody who may sign in and has no password, only a code for the first sign-in.
pub(super) async fn awaiting(conn: &mut Conn) -> Result<Vec<StaffId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(AWAITING).fetch_all(c).await)?)
}

/// A new session.
pub(super) struct NewSession<'a> {
    pub id: &'a SessionId,
    pub staff_id: &'a StaffId,
    pub now: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub idle_minutes: i64,
    pub shared: bool,
}

pub(super) async fn open_session(tx: &mut Tx, new: NewSession<'_>) -> Result<(), DbError> {
    let done = on!(tx, |c| sqlx::query(OPEN_SESSION)
        .bind(new.id)
        .bind(new.staff_id)
        .bind(new.now)
        .bind(new.ends_at)
        .bind(new.idle_minutes)
        .bind(new.shared)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("open a session", done, 1)
}

pub(super) async fn session(conn: &mut Conn, id: &str) -> Result<Option<SessionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(SESSION).bind(id).fetch_optional(c).await)?)
}

pub(super) async fn seen(tx: &mut Tx, id: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(SEEN).bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn lock(tx: &mut Tx, id: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(LOCK).bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn reauthenticated(tx: &mut Tx, id: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(REAUTHENTICATED).bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn revoke_session(tx: &mut Tx, id: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(REVOKE_SESSION).bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn revoke_all(tx: &mut Tx, staff: &StaffId, now: DateTime<Utc>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(REVOKE_ALL).bind(staff).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Ends every session of a person but this one.
pub(super) async fn revoke_others(
    tx: &mut Tx,
    staff: &StaffId,
    kept: &SessionId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(REVOKE_OTHERS).bind(staff).bind(kept).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn disable(tx: &mut Tx, staff: &StaffId, at: Option<DateTime<Utc>>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(DISABLE).bind(staff).bind(at).execute(c).await.map(drop))?;
    Ok(())
}

/// Everybody whose account is closed.
pub(super) async fn closed(conn: &mut Conn) -> Result<Vec<StaffId>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(CLOSED).fetch_all(c).await)?)
}

pub(super) async fn add_refresh(
    tx: &mut Tx,
    hash: &str,
    session: &SessionId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_REFRESH).bind(hash).bind(session).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Marks a refresh token as used; `false` when it already was or never existed.
pub(super) async fn use_refresh(tx: &mut Tx, hash: &str, now: DateTime<Utc>) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(USE_REFRESH)
        .bind(hash)
        .bind(now)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

pub(super) async fn refresh(
    conn: &mut Conn,
    hash: &str,
) -> Result<Option<(SessionId, Option<DateTime<Utc>>)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REFRESH).bind(hash).fetch_optional(c).await)?)
}

pub(super) async fn throttle(conn: &mut Conn, subject: &str) -> Result<Option<ThrottleRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(THROTTLE).bind(subject).fetch_optional(c).await)?)
}

pub(super) async fn add_failure(tx: &mut Tx, subject: &str, row: &ThrottleRow) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_FAILURE)
        .bind(subject)
        .bind(row.failures)
        .bind(row.last_at)
        .bind(row.blocked_until)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub(super) async fn forgive_one(tx: &mut Tx, subject: &str) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(FORGIVE_ONE).bind(subject).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn clear_failures(tx: &mut Tx, subject: &str) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(CLEAR_FAILURES).bind(subject).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps the first own password, if the one-time code is still the one that was checked; `false` when another request was faster.
pub(super) async fn set_password(
    tx: &mut Tx,
    staff: &StaffId,
    hash: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(SET_PASSWORD)
        .bind(staff)
        .bind(hash)
        .bind(now)
        .bind(code)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// Keeps another password, if the one that was checked still holds; `false` when it does not.
pub(super) async fn change_password(
    tx: &mut Tx,
    staff: &StaffId,
    hash: &str,
    before: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let rows = on!(tx, |c| sqlx::query(CHANGE_PASSWORD)
        .bind(staff)
        .bind(hash)
        .bind(now)
        .bind(before)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(rows == 1)
}

/// A new account: with a password already, or with a one-time code for the first sign-in.
#[derive(Clone, Debug, Default)]
pub struct NewCredential {
    /// Hash of the password.
    pub password: Option<String>,
    /// Fingerprint of the one-time code, and until when it works.
    pub code: Option<(String, DateTime<Utc>)>,
}

pub(super) async fn add_credential(
    tx: &mut Tx,
    staff: &StaffId,
    new: NewCredential,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (code, expires) = new.code.unzip();
    let rows = on!(tx, |c| sqlx::query(ADD_CREDENTIAL)
        .bind(staff)
        .bind(new.password)
        .bind(code)
        .bind(expires)
        .bind(now)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("open an account", rows, 1)
}

/// Forgets the sessions that ended before an instant, with their tokens.
pub(super) async fn forget_sessions(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, DbError> {
    on!(tx, |c| sqlx::query(FORGET_REFRESH).bind(before).execute(c).await.map(drop))?;
    let gone =
        on!(tx, |c| sqlx::query(FORGET_SESSIONS).bind(before).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(gone)
}

/// Forgets the failed sign-ins of those whose last one was before an instant.
pub(super) async fn forget_failures(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, DbError> {
    let gone =
        on!(tx, |c| sqlx::query(FORGET_FAILURES).bind(before).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(gone)
}

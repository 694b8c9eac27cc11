//! How somebody likes to read.

use crate::account::looks::Looks;
use crate::db::{Conn, DbError, Tx};
use crate::id::StaffId;
use crate::on;

pub(super) const SET: &str = "
    INSERT INTO preference (staff_id, lang, furigana, text_size, calm, easy) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (staff_id) DO UPDATE
       SET lang = excluded.lang, furigana = excluded.furigana, text_size = excluded.text_size, calm = excluded.calm,
           easy = excluded.easy";

pub(super) const TAKE_OVER: &str = "
    INSERT INTO preference (staff_id, lang, furigana, text_size, calm, easy) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (staff_id) DO NOTHING";

pub(super) const LANGUAGE: &str = "SELECT lang FROM preference WHERE staff_id = $1";

/// How somebody likes to read.
#[derive(Clone, Debug)]
pub struct Preference {
    /// Language tag.
    pub lang: &'static str,
    /// Furigana.
    pub furigana: bool,
    /// Text size code.
    pub text_size: &'static str,
    /// No motion.
    pub calm: bool,
    /// Plain Japanese.
    pub easy: bool,
}

impl Preference {
    /// A language and everything else.
    pub(in crate::account) const fn new(lang: &'static str, looks: Looks) -> Self {
        let Looks { furigana, easy, text_size, calm } = looks;
        Self { lang, furigana, text_size: text_size.code(), calm, easy }
    }
}

pub(in crate::account) async fn set_preference(
    tx: &mut Tx,
    staff: &StaffId,
    preference: &Preference,
) -> Result<(), DbError> {
    write_preference(tx, SET, staff, preference).await
}

/// Keeps what somebody chose before they signed in, unless they have chosen as themselves.
pub(in crate::account) async fn take_over_preference(
    tx: &mut Tx,
    staff: &StaffId,
    preference: &Preference,
) -> Result<(), DbError> {
    write_preference(tx, TAKE_OVER, staff, preference).await
}

async fn write_preference(
    tx: &mut Tx,
    statement: &'static str,
    staff: &StaffId,
    preference: &Preference,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(statement)
        .bind(staff)
        .bind(preference.lang)
        .bind(preference.furigana)
        .bind(preference.text_size)
        .bind(preference.calm)
        .bind(preference.easy)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The tag of the language that somebody chose; `None` when they never did.
///
/// # Errors
/// When the database fails.
pub async fn language(conn: &mut Conn, staff: &StaffId) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(LANGUAGE).bind(staff).fetch_optional(c).await)?)
}

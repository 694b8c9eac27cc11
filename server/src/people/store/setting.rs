//! What the hospital sets for itself.

use crate::db::{Conn, DbError, Tx};
use crate::on;

pub(super) const ALL: &str = "SELECT name, value FROM setting ORDER BY name";
pub(super) const ONE: &str = "SELECT value FROM setting WHERE name = $1";
pub(super) const SET: &str = "
    INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
pub(super) const UNSET: &str = "DELETE FROM setting WHERE name = $1";

pub(in crate::people) async fn all(conn: &mut Conn) -> Result<Vec<(String, String)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(ALL).fetch_all(c).await)?)
}

pub(in crate::people) async fn one(conn: &mut Conn, name: &str) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(ONE).bind(name).fetch_optional(c).await)?)
}

pub(in crate::people) async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(SET).bind(name).bind(value).execute(c).await.map(drop))?;
    Ok(())
}

pub(in crate::people) async fn unset(tx: &mut Tx, name: &str) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(UNSET).bind(name).execute(c).await.map(drop))?;
    Ok(())
}

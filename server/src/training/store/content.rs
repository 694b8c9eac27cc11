//! Content as it was published, by its hash.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::on;

pub(super) const REVISION: &str = "SELECT body FROM content_revision WHERE hash = $1";
pub(super) const REVISIONS: &str = "
    SELECT hash, kind, content_id, published_at FROM content_revision ORDER BY published_at, hash";
pub(super) const ADD_REVISION: &str = "
    INSERT INTO content_revision (hash, kind, content_id, body, published_at, leaf) VALUES ($1, $2, $3, $4, $5, $6)";

/// A piece of content to keep.
#[derive(Debug)]
pub struct Revision<'a> {
    /// SHA-256 of the body.
    pub hash: &'a str,
    /// `module` or `policy`.
    pub kind: &'a str,
    /// Which module or policy.
    pub content_id: &'a str,
    /// Its canonical text.
    pub body: &'a str,
    /// When.
    pub published_at: DateTime<Utc>,
    /// Its place in the log.
    pub leaf: i64,
}

/// A piece of content that was kept, without its body.
#[derive(Clone, Debug, FromRow)]
pub struct RevisionRow {
    /// SHA-256 of the body.
    pub hash: String,
    /// `module` or `policy`.
    pub kind: String,
    /// Which module or policy.
    pub content_id: String,
    /// When.
    pub published_at: DateTime<Utc>,
}

/// The canonical text of a content.
///
/// # Errors
/// When the database fails.
pub async fn revision_body(conn: &mut Conn, hash: &str) -> Result<Option<String>, DbError> {
    Ok(on!(conn, |c| sqlx::query_scalar(REVISION).bind(hash).fetch_optional(c).await)?)
}

/// Every content that was ever published, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn revisions(conn: &mut Conn) -> Result<Vec<RevisionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(REVISIONS).fetch_all(c).await)?)
}

pub(in crate::training) async fn add_revision(tx: &mut Tx, new: &Revision<'_>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_REVISION)
        .bind(new.hash)
        .bind(new.kind)
        .bind(new.content_id)
        .bind(new.body)
        .bind(new.published_at)
        .bind(new.leaf)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

//! Content as it was published, by its hash.

use chrono::{DateTime, Utc};
use kokoroe_courses::ChangeKind;
use sqlx::FromRow;

use crate::db::{Conn, DbError, Tx};
use crate::id::{RequirementId, StaffId};
use crate::on;

pub(super) const REVISION: &str = "SELECT body FROM content_revision WHERE hash = $1";
pub(super) const REVISIONS: &str = "
    SELECT hash, kind, content_id, published_at FROM content_revision ORDER BY published_at, hash";
pub(super) const ADD_REVISION: &str = "
    INSERT INTO content_revision
           (hash, kind, content_id, body, published_at, leaf, published_by, effective_at, change_kind, requirement_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub(super) const VERSIONS: &str = "
    SELECT hash, published_at, published_by, effective_at, change_kind, requirement_id, leaf
      FROM content_revision
     WHERE kind = 'policy' AND content_id = $1
     ORDER BY published_at, leaf";

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
    /// What the hospital decided, where it published the piece itself.
    pub own: Option<&'a OwnVersion>,
}

/// What the hospital decided about a version of the policy of its own.
#[derive(Clone, Debug)]
pub struct OwnVersion {
    /// Who published it.
    pub by: StaffId,
    /// From when it holds.
    pub effective_at: DateTime<Utc>,
    /// How much it changes the version before.
    pub change: ChangeKind,
    /// By what people are asked to sign it, where they are.
    pub requirement: Option<RequirementId>,
}

/// A version of the policy as it was published, without its text.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct VersionRow {
    /// SHA-256 of the text.
    pub hash: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Who did; `system`: it came with the program.
    pub published_by: String,
    /// From when it holds, where the hospital published it.
    pub effective_at: Option<DateTime<Utc>>,
    /// The word of its [`ChangeKind`]; nothing for what came with the program.
    pub change_kind: String,
    /// By what people are asked to sign it, where they are.
    pub requirement_id: Option<RequirementId>,
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

/// Every version of a policy, in the order in which they were published.
///
/// # Errors
/// When the database fails.
pub async fn versions(conn: &mut Conn, policy: &str) -> Result<Vec<VersionRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(VERSIONS).bind(policy).fetch_all(c).await)?)
}

pub(crate) async fn add_revision(tx: &mut Tx, new: &Revision<'_>) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ADD_REVISION)
        .bind(new.hash)
        .bind(new.kind)
        .bind(new.content_id)
        .bind(new.body)
        .bind(new.published_at)
        .bind(new.leaf)
        .bind(new.own.map_or("system", |own| own.by.as_str()))
        .bind(new.own.map(|own| own.effective_at))
        .bind(new.own.map_or("", |own| own.change.code()))
        .bind(new.own.and_then(|own| own.requirement.as_ref()))
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

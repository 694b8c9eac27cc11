//! The policy in force, read from the records, so that every server of a hospital shows the same from the same moment on. Texts are
//! kept by their hash once they were read.

use chrono::{DateTime, Utc};

use super::version::holding;
use crate::db::{Conn, DbError};
use crate::state::Site;
use crate::training::policy::Pinned;
use crate::training::store;

/// The policy in force now.
///
/// # Errors
/// When the database fails or the stored text is not a policy.
pub async fn in_force(site: &Site, conn: &mut Conn) -> Result<Pinned, DbError> {
    let present = in_force_at(site, conn, site.now()).await?;
    site.content.remember(&present);
    Ok(present)
}

/// The policy that was, or will be, in force at an instant.
///
/// # Errors
/// When the database fails or the stored text is not a policy.
pub async fn in_force_at(site: &Site, conn: &mut Conn, at: DateTime<Utc>) -> Result<Pinned, DbError> {
    let (own, policy) = site.content.policy();
    let versions = store::versions(conn, &policy.id).await?;
    let Some(version) = holding(&versions, at) else {
        return Ok(Pinned { hash: own.to_owned(), policy: policy.clone() });
    };
    let gone = || DbError::Inconsistent(format!("the policy {} is gone", version.hash));
    let policy = site.content.pinned_policy(conn, &version.hash).await?.ok_or_else(gone)?;
    Ok(Pinned { hash: version.hash.clone(), policy })
}

/// The version that was published last, whether it holds already or only later: the one that a new version changes.
///
/// # Errors
/// When the database fails or the stored text is not a policy.
pub async fn newest(site: &Site, conn: &mut Conn) -> Result<Pinned, DbError> {
    let (_, policy) = site.content.policy();
    let last =
        store::versions(conn, &policy.id).await?.into_iter().rfind(|version| version.effective_at.is_some());
    match last {
        Some(version) => in_force_at(site, conn, super::version::holds_from(&version)).await,
        None => in_force(site, conn).await,
    }
}

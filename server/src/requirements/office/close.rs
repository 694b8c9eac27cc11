//! Closing a training: from then on nobody new comes to owe it.

use axum::extract::{Path, State};
use kokoroe_app::requirements::CloseRequirement;
use serde_json::json;

use super::{detail, list, requirement_path};
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{DbError, Tx};
use crate::http::{Answer, Office, Visitor, page, see_other};
use crate::id::{RequirementId, StaffId};
use crate::requirements::store;
use crate::state::Site;

/// The question.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let requirement = detail::find(&mut conn, &id).await?;
    let base = requirement_path(&requirement.id);
    if list::is_over(&site, &requirement) {
        return Ok(see_other(&base));
    }
    let view = CloseRequirement {
        title: requirement.title_in(visitor.lang).to_owned(),
        open: list::open_people(&site, &requirement).await?,
        action: format!("{base}/close"),
        back: base,
    };
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Closes a requirement in the write that is under way. What is closed stays so.
///
/// # Errors
/// When the database fails.
pub(crate) async fn close_in(
    tx: &mut Tx,
    site: &Site,
    id: &RequirementId,
    by: &StaffId,
) -> Result<(), DbError> {
    let at = hold(tx, &site.ledger, &site.clock).await?;
    let present = store::requirement(tx, id).await?;
    if present.is_none_or(|present| present.closed_at.is_some()) {
        return Ok(());
    }
    let entry = Entry {
        kind: Kind::REQUIREMENT_CLOSE,
        at,
        actor: by.as_str(),
        obj: id.as_str(),
        req: None,
        d: json!({}),
    };
    let leaf = append(tx, &site.ledger, entry).await?;
    store::close(tx, id, by, at, leaf).await
}

/// Closes it. Sent twice, it is closed once.
pub(super) async fn submit(
    State(site): State<Site>,
    _visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let requirement = detail::find(&mut conn, &id).await?;
    drop(conn);
    let base = requirement_path(&requirement.id);
    let (inner, by) = (site.clone(), office.0.staff.clone());
    let closed: Result<(), DbError> = site
        .db
        .write(move |tx| Box::pin(async move { close_in(tx, &inner, &requirement.id, &by).await }))
        .await;
    closed?;
    Ok(see_other(&base))
}

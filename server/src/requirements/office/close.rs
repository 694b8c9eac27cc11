//! Closing a training: from then on nobody new comes to owe it.

use axum::extract::{Path, State};
use kokoroe_app::requirements::CloseRequirement;
use serde_json::json;

use super::{detail, list, requirement_path};
use crate::audit::{Entry, Kind, append, hold};
use crate::db::DbError;
use crate::http::{Answer, Office, Visitor, page, see_other};
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
        .write(move |tx| {
            Box::pin(async move {
                let at = hold(tx, &inner.ledger, &inner.clock).await?;
                let present = store::requirement(tx, &requirement.id).await?;
                if present.is_none_or(|present| present.closed_at.is_some()) {
                    return Ok(());
                }
                let entry = Entry {
                    kind: Kind::REQUIREMENT_CLOSE,
                    at,
                    actor: by.as_str(),
                    obj: requirement.id.as_str(),
                    req: None,
                    d: json!({}),
                };
                let leaf = append(tx, &inner.ledger, entry).await?;
                store::close(tx, &requirement.id, &by, at, leaf).await
            })
        })
        .await;
    closed?;
    Ok(see_other(&base))
}

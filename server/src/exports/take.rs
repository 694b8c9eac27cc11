//! Taking a file that was made. It is a POST: who took it, and when, is a leaf of the evidence log.

use axum::extract::{Path, State};
use serde_json::json;

use super::folder;
use super::job::find;
use super::keeper::Keeper;
use super::state::{State as JobIs, state};
use super::store::JobRow;
use crate::audit::{Entry, Kind, append};
use crate::db::DbError;
use crate::http::file::{PDF, XLSX, ZIP, stream};
use crate::http::{Answer, Problem};
use crate::id::StaffId;
use crate::state::Site;

/// The file.
pub(super) async fn submit(State(site): State<Site>, keeper: Keeper, Path(id): Path<String>) -> Answer {
    let row = find(&mut site.db.read().await?, &keeper, &id).await?;
    if state(&row, site.now()) != JobIs::Finished {
        return Err(Problem::not_found());
    }
    let path = folder::whole(&site.config.data, &row.id, row.holder.as_deref().unwrap_or_default());
    // On another server of the same hospital it may lie in a folder that this one does not see.
    let file = tokio::fs::File::open(&path).await.map_err(Problem::broken)?;
    let length = file.metadata().await.map_err(Problem::broken)?.len();
    write_down(&site, &row, &keeper.signed.staff).await?;
    let name = row.file_name.clone().unwrap_or_default();
    let (name, sort) = match name.rsplit_once('.') {
        Some((name, "pdf")) => (name, PDF),
        Some((name, "xlsx")) => (name, XLSX),
        Some((name, _)) => (name, ZIP),
        None => (name.as_str(), ZIP),
    };
    let day = row.asked_at.with_timezone(&site.calendar().zone).format("%Y%m%d");
    let plain = if row.kind == "binder" { "inspection-binder" } else { "report" };
    stream(file, length, sort, name, &format!("{plain}-{day}"))
}

async fn write_down(site: &Site, row: &JobRow, by: &StaffId) -> Result<(), DbError> {
    let (inner, by, id) = (site.clone(), by.clone(), row.id.clone());
    let d = json!({ "sha256": row.sha256.clone().unwrap_or_default() });
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let entry = Entry {
                    kind: Kind::EXPORT_TAKE,
                    at: inner.now(),
                    actor: by.as_str(),
                    obj: id.as_str(),
                    req: None,
                    d,
                };
                append(tx, &inner.ledger, entry).await.map(drop)
            })
        })
        .await
}

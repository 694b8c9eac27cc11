//! The page of one file: how far it is, and what can be done with it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue};
use kokoroe_app::exports::{JobActions, JobPage, JobState};
use kokoroe_app::say;
use serde_json::json;

use super::folder;
use super::keeper::{Desk, Keeper};
use super::lines::Liner;
use super::state::{State as JobIs, state};
use super::store::{self, JobRow};
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Problem, Visitor, page, page_with_status, see_other};
use crate::id::{ExportId, StaffId};
use crate::state::Site;

/// The longest reason for removing a file.
const LONGEST: usize = 400;

/// The job that an address names.
///
/// # Errors
/// Not found when there is none.
pub(super) async fn find(conn: &mut Conn, keeper: &Keeper, id: &str) -> Result<JobRow, Problem> {
    let id = ExportId::parse(id).ok_or(Problem::not_found())?;
    store::job(conn, &id).await?.filter(|row| keeper.has(row)).ok_or(Problem::not_found())
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    keeper: Keeper,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&site, &visitor, &keeper, &id, false).await?;
    Ok(page(&site, &visitor, view))
}

async fn view(
    site: &Site,
    visitor: &Visitor,
    keeper: &Keeper,
    id: &str,
    no_reason: bool,
) -> Result<JobPage, Problem> {
    let (lang, base) = (visitor.lang, keeper.desk.base());
    let mut conn = site.db.read().await?;
    let row = find(&mut conn, keeper, id).await?;
    let liner = Liner::new(site, &mut conn, lang, base).await?;
    let line = liner.line(&mut conn, &row).await?;
    drop(conn);
    let at = |what: &str| Some(format!("{base}/{}/{what}", row.id));
    let actions = match &line.state {
        JobState::Waiting | JobState::Working { .. } => {
            JobActions { withdraw: at("withdraw"), ..JobActions::default() }
        }
        JobState::Finished => JobActions {
            take: at("file"),
            remove: at("remove").filter(|_| keeper.desk == Desk::Office),
            ..JobActions::default()
        },
        JobState::Failed(_) => JobActions { again: at("again"), ..JobActions::default() },
        JobState::Withdrawn | JobState::Removed { .. } => JobActions::default(),
    };
    let (what, back, kept_days) = match keeper.desk {
        Desk::Office | Desk::Audit => (
            say!(lang, "監査用ファイル", "Inspection binder"),
            say!(lang, "監査用ファイルの一覧", "Inspection binders"),
            None,
        ),
        Desk::Lists => (
            say!(lang, "受講状況の名簿", "List of people"),
            say!(lang, "作ったファイル", "Files"),
            Some(super::kept_days(&site.hospital)),
        ),
    };
    Ok(JobPage {
        back: (base.to_owned(), back),
        what,
        line,
        figures: format!("{base}/{}/figures", row.id),
        actions,
        kept_days,
        no_reason,
    })
}

/// How far it is, for the bar that moves.
pub(super) async fn figures(State(site): State<Site>, keeper: Keeper, Path(id): Path<String>) -> Answer {
    let row = find(&mut site.db.read().await?, &keeper, &id).await?;
    let over = !matches!(state(&row, site.now()), JobIs::Waiting | JobIs::Working);
    let mut answer: Response =
        Json(json!({ "done": row.steps_done, "of": row.steps, "over": over })).into_response();
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// A change of a job with its leaf; `d` is what the leaf says beside the job.
async fn note(site: &Site, id: &ExportId, by: Option<&StaffId>, change: Change) -> Result<bool, DbError> {
    let (inner, id, by) = (site.clone(), id.clone(), by.cloned());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let at = hold(tx, &inner.ledger, &inner.clock).await?;
                let (changed, kind, d) = match change {
                    Change::Withdraw => {
                        (store::withdraw(tx, &id, at).await?, Kind::EXPORT_WITHDRAW, json!({}))
                    }
                    Change::Again => {
                        (store::try_again(tx, &id).await?, Kind::EXPORT_ASK, json!({ "again": true }))
                    }
                    Change::Remove(why) => {
                        let removed = store::remove(tx, &id, at, by.as_ref(), &why).await?;
                        (removed, Kind::EXPORT_REMOVE, json!({ "characters": why.chars().count() }))
                    }
                };
                if changed {
                    let actor = by.as_ref().map_or("system", StaffId::as_str);
                    let entry = Entry { kind, at, actor, obj: id.as_str(), req: None, d };
                    append(tx, &inner.ledger, entry).await?;
                }
                Ok(changed)
            })
        })
        .await
}

enum Change {
    Withdraw,
    Again,
    Remove(String),
}

/// Nobody wants it any more. Whoever makes it finds out within a second.
pub(super) async fn submit_withdraw(
    State(site): State<Site>,
    keeper: Keeper,
    Path(id): Path<String>,
) -> Answer {
    let row = find(&mut site.db.read().await?, &keeper, &id).await?;
    note(&site, &row.id, Some(&keeper.signed.staff), Change::Withdraw).await?;
    Ok(see_other(&format!("{}/{}", keeper.desk.base(), row.id)))
}

/// What failed is made again.
pub(super) async fn submit_again(State(site): State<Site>, keeper: Keeper, Path(id): Path<String>) -> Answer {
    let row = find(&mut site.db.read().await?, &keeper, &id).await?;
    note(&site, &row.id, Some(&keeper.signed.staff), Change::Again).await?;
    Ok(see_other(&format!("{}/{}", keeper.desk.base(), row.id)))
}

/// The training office removes a binder, with a reason.
pub(super) async fn submit_remove(
    State(site): State<Site>,
    visitor: Visitor,
    keeper: Keeper,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let row = find(&mut site.db.read().await?, &keeper, &id).await?;
    let why: String = form.text("why").chars().take(LONGEST).collect();
    if why.is_empty() {
        let view = view(&site, &visitor, &keeper, &id, true).await?;
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    remove(&site, &row.id, Some(&keeper.signed.staff), &why).await?;
    Ok(see_other(&format!("{}/{}", keeper.desk.base(), row.id)))
}

/// Removes the file of a job; `false` when there was none.
///
/// # Errors
/// When the database fails.
pub(super) async fn remove(
    site: &Site,
    id: &ExportId,
    by: Option<&StaffId>,
    why: &str,
) -> Result<bool, DbError> {
    let removed = note(site, id, by, Change::Remove(why.to_owned())).await?;
    if removed {
        let row = store::job(&mut site.db.read().await?, id).await?;
        let holder = row.and_then(|row| row.holder).unwrap_or_default();
        let (data, gone) = (site.config.data.clone(), id.clone());
        let taken = tokio::task::spawn_blocking(move || folder::remove(&data, &gone, &holder)).await;
        if let Ok(Err(error)) = taken {
            tracing::error!(%id, %error, "a file that was removed is still there");
        }
    }
    Ok(removed)
}

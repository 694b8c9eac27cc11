//! Uploading a list of staff: it is read and compared, and nothing else.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_app::people::{FileFault, ImportForm, ImportLine};

use super::draft::Draft;
use super::line::lines;
use super::plan::Base;
use crate::db::{DbError, Tx};
use crate::http::{Answer, Office, Problem, Sent, Visitor, page, page_with_status, see_other};
use crate::id::ImportId;
use crate::people::list::{IMPORT, PEOPLE};
use crate::people::store::import as store;
use crate::state::Site;
use crate::training::translate::moment;

/// The largest file that is read, in bytes.
pub(in crate::people) const LARGEST: usize = 20 * 1024 * 1024;

/// After so long, a plan that nobody confirmed is forgotten.
const FORGET: TimeDelta = TimeDelta::days(7);

/// After so long, one that was confirmed is forgotten as well: it holds the names of everybody who was on the list.
const FORGET_DONE: TimeDelta = TimeDelta::days(30);

/// Forgets the plans that nobody needs any more. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, DbError> {
    store::forget(tx, now - FORGET).await?;
    store::forget_old(tx, now - FORGET_DONE).await
}

/// The form, and the files of the last days.
pub async fn show(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let form = form(&site, false, None).await?;
    Ok(page(&site, &visitor, form))
}

async fn form(site: &Site, complete: bool, error: Option<FileFault>) -> Result<ImportForm, Problem> {
    let mut conn = site.db.read().await?;
    let earlier = store::newest(&mut conn).await?;
    let calendar = site.calendar();
    let line = |import: store::Import| ImportLine {
        href: format!("{IMPORT}/{}", import.id),
        file: import.file_name,
        at: moment(import.made_at, calendar),
        confirmed: import.confirmed_at.map(|at| moment(at, calendar)),
    };
    Ok(ImportForm {
        action: IMPORT.to_owned(),
        complete,
        error,
        earlier: earlier.into_iter().map(line).collect(),
        people: PEOPLE.to_owned(),
    })
}

/// Reads and compares a file, and leads to what it would change.
pub async fn submit(State(site): State<Site>, visitor: Visitor, office: Office, sent: Sent) -> Answer {
    let complete = sent.form.ticked("complete");
    let (name, bytes) =
        sent.file("file").map(|file| (file.name.clone(), file.bytes.clone())).unwrap_or_default();
    // A file that makes the reader stumble is a damaged one; it must not take the server along.
    let read = tokio::task::spawn_blocking(move || lines(&bytes)).await.unwrap_or(Err(FileFault::Damaged));
    let lines = match read {
        Ok(lines) => lines,
        Err(fault) => {
            let form = form(&site, complete, Some(fault)).await?;
            return Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, form));
        }
    };
    let today = site.calendar().date(site.now());
    let mut conn = site.db.read().await?;
    let base = Base::load(&mut conn, today).await?;
    drop(conn);
    let planned = tokio::task::spawn_blocking(move || Draft::new(&base, lines, complete, today).text());
    let plan = planned.await.map_err(Problem::broken)??;
    let import = store::Import {
        id: ImportId::new(&site.clock),
        made_by: office.0.staff.clone(),
        made_at: site.now(),
        file_name: name,
        plan,
        confirmed_at: None,
    };
    let address = format!("{IMPORT}/{}", import.id);
    site.db
        .write(move |tx| {
            Box::pin(async move {
                store::forget(tx, import.made_at - FORGET).await?;
                store::add(tx, &import).await
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    Ok(see_other(&address))
}

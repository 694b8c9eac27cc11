//! Files that take long to make. They are asked for by a form, made beside the requests by one worker a server, and taken later: whoever
//! asked may leave, and a server that dies in between makes them again from their beginning.

mod ask;
mod asked;
mod binders;
pub(crate) mod erased;
mod folder;
mod job;
mod keeper;
mod lines;
mod lists;
mod state;
pub mod store;
mod take;
pub mod work;

use axum::routing::{get, post};
use kokoroe_app::paths;

pub(crate) use ask::{NewExport, ask};
pub(crate) use folder::NAME as FOLDER;
pub use state::Failure;

use crate::db::DbError;
use crate::http::Addresses;
use crate::people::Hospital;
use crate::state::Site;

/// Days for which ordinary files stay, unless the hospital says otherwise.
const KEPT_DAYS: u32 = 14;
/// The setting.
pub(crate) const KEPT: &str = "exports.days";

/// The addresses of this slice.
pub fn routes() -> Addresses {
    let jobs = |base: &str| {
        Addresses::new()
            .route(&format!("{base}/{{job}}"), get(job::show))
            .route(&format!("{base}/{{job}}/figures"), get(job::figures))
            .route(&format!("{base}/{{job}}/file"), post(take::submit))
            .route(&format!("{base}/{{job}}/withdraw"), post(job::submit_withdraw))
            .route(&format!("{base}/{{job}}/again"), post(job::submit_again))
    };
    Addresses::new()
        .merge(jobs(paths::OFFICE_BINDER))
        .merge(jobs(paths::AUDIT_BINDER))
        .merge(jobs(paths::OFFICE_EXPORTS))
        .route(paths::OFFICE_BINDER, get(binders::show).post(binders::submit))
        .route(paths::AUDIT_BINDER, get(binders::show).post(binders::submit))
        .route(paths::OFFICE_EXPORTS, get(lists::show))
        .route("/office/binder/{job}/remove", post(job::submit_remove))
}

/// For how many days ordinary files stay. Binders stay until the training office removes them.
#[must_use]
pub fn kept_days(hospital: &Hospital) -> u32 {
    hospital.plain(KEPT).and_then(|days| days.trim().parse().ok()).unwrap_or(KEPT_DAYS)
}

/// Removes ordinary files that have outlived their days. Part of the hourly work.
///
/// # Errors
/// When the database fails; what is left goes in an hour.
pub async fn forget(site: &Site) -> Result<u64, DbError> {
    let before = site.now() - chrono::TimeDelta::days(i64::from(kept_days(&site.hospital)));
    let mut conn = site.db.read().await?;
    let outlived = store::outlived(&mut conn, before).await?;
    drop(conn);
    let mut gone = 0;
    for id in outlived {
        if job::remove(site, &id, None, "").await? {
            gone += 1;
        }
    }
    Ok(gone)
}

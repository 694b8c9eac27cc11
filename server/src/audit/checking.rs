//! Asking for a check of everything, and reading what it found.

use axum::extract::State;
use kokoroe_app::audit::{CheckLine, CheckPage};
use kokoroe_app::{Lang, paths};

use super::check::live_check;
use super::top::state;
use crate::http::{Answer, Auditor, Visitor, page, see_other};
use crate::state::Site;

/// What the last check found.
pub async fn show(State(site): State<Site>, visitor: Visitor, _auditor: Auditor) -> Answer {
    let check = site.signer.last_check();
    let state = state(check.as_deref(), site.calendar());
    let logs = check.iter().flat_map(|check| check.logs.iter().rev()).map(|log| CheckLine {
        log: log.log.clone(),
        leaves: log.leaves,
        signed: log.signed,
        rows: log.rows,
        differences: log
            .differences
            .iter()
            .map(|difference| match visitor.lang {
                Lang::Ja => difference.japanese(),
                Lang::En => difference.english(),
            })
            .collect(),
    });
    let view = CheckPage { state, logs: logs.collect(), action: paths::AUDIT_CHECK.to_owned() };
    Ok(page(&site, &visitor, view))
}

/// Checks everything. The records stay as they are; only the page learns something.
pub async fn submit(State(site): State<Site>, _auditor: Auditor) -> Answer {
    let check = live_check(&site).await?;
    if !check.is_whole() {
        for (log, difference) in
            check.logs.iter().flat_map(|log| log.differences.iter().map(move |d| (&log.log, d)))
        {
            tracing::error!(%log, %difference, "the evidence differs");
        }
    }
    Ok(see_other(paths::AUDIT_CHECK))
}

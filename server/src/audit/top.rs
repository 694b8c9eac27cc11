//! The auditor's first page.

use axum::extract::State;
use kokoroe_app::audit::{
    AuditTop, CheckState, Choice, KeyChange, LogLine, LogYear, LostLog, StampLine, Stamping, WitnessLine,
    Witnessing,
};
use kokoroe_app::{Lang, paths};

use kokoroe_evidence::keys::Change;

use super::check::LiveCheck;
use super::ledger::Epoch;
use super::proofs::leaf_href;
use super::stamp;
use super::store::{self, Head};
use super::witness::{self, Trouble};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Auditor, Visitor, page};
use crate::people::department::{OnDay, departments_on};
use crate::state::Site;
use crate::training::translate::moment;

/// The state of the evidence, and the ways into the records.
pub async fn show(State(site): State<Site>, visitor: Visitor, _auditor: Auditor) -> Answer {
    let mut conn = site.db.read().await?;
    let mut logs = Vec::new();
    for head in store::heads(&mut conn).await?.iter().rev() {
        logs.push(line(&site, &mut conn, head).await?);
    }
    let today = site.calendar().date(site.now());
    let departments = departments_on(&mut conn, today).await?;
    let first = logs.first().map(|log| site.signer.keys().first(&log.log).to_string());
    let view = AuditTop {
        years: logs.iter().enumerate().map(|(i, log)| choice(&log.log, i == 0, visitor.lang)).collect(),
        departments: departments.iter().map(|each| department(each, visitor.lang)).collect(),
        logs,
        vkey: site.signer.vkey(),
        pack_vkey: first.unwrap_or_else(|| site.signer.vkey()),
        changes: changes(&site)?,
        refusal: site.signer.refusal(),
        lost: lost(&site),
        stamping: stamping(&site, &mut conn).await?,
        witnessing: witnessing(&site),
        check: state(site.signer.last_check().as_deref(), site.calendar()),
        check_action: paths::AUDIT_CHECK.to_owned(),
        pack_action: paths::AUDIT_PACK.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

/// Every change of the key that signs, the newest first.
fn changes(site: &Site) -> Result<Vec<KeyChange>, DbError> {
    let line = |(log, change): (&str, &Change)| {
        let at = change.at.parse().map_err(|_| DbError::Inconsistent(log.to_owned()))?;
        Ok(KeyChange {
            at: moment(at, site.calendar()),
            href: leaf_href(log, change.leaf),
            old: change.old.to_string(),
            stolen: change.stolen,
        })
    };
    site.signer.changes().rev().map(line).collect()
}

fn lost(site: &Site) -> Vec<LostLog> {
    let recoveries = site.ledger.recoveries().iter().rev();
    let told = recoveries.flat_map(|recovery| recovery.lost.iter().map(move |lost| (recovery.at, lost)));
    told.map(|(at, lost)| LostLog {
        at: moment(at, site.calendar()),
        log: lost.log.clone(),
        found: lost.found,
        signed: lost.signed,
    })
    .collect()
}

async fn line(site: &Site, conn: &mut Conn, head: &Head) -> Result<LogLine, DbError> {
    let newest = store::newest_checkpoint(conn, &head.log_id).await?;
    let stamp = match &newest {
        Some(row) => store::stamp::one(conn, &head.log_id, row.size).await?,
        None => None,
    };
    let witness = match site.hospital.plain(witness::KEY) {
        Some(key) => store::witness::newest(conn, &head.log_id, key).await?,
        None => None,
    };
    let keys = site.signer.keys();
    let signed = newest.as_ref().and_then(|row| keys.open(row.note.as_bytes()).ok());
    Ok(LogLine {
        log: head.log_id.clone(),
        year: log_year(&head.log_id),
        leaves: u64::try_from(head.size).unwrap_or(0),
        signed: signed.as_ref().map_or(0, |checkpoint| checkpoint.size),
        signed_at: newest.as_ref().map(|row| moment(row.made_at, site.calendar())),
        root: signed.map(|checkpoint| checkpoint.root.to_base64()),
        stamp: stamp.map(|row| StampLine { at: moment(row.at, site.calendar()), by: row.authority }),
        note: newest.map(|row| row.note),
        witness: witness.map(|row| WitnessLine {
            at: moment(row.at, site.calendar()),
            by: row.witness.split('+').next().unwrap_or_default().to_owned(),
            leaves: u64::try_from(row.size).unwrap_or(0),
        }),
    })
}

/// Whether checkpoints are stamped, and how many wait.
async fn stamping(site: &Site, conn: &mut Conn) -> Result<Stamping, DbError> {
    if !stamp::is_set(&site.hospital) {
        return Ok(Stamping::Off);
    }
    Ok(match store::stamp::waiting(conn).await? {
        (number, Some(since)) => {
            Stamping::Waiting(u64::try_from(number).unwrap_or(0), moment(since, site.calendar()))
        }
        (_, None) => Stamping::Done,
    })
}

/// Whether somebody outside looks after the logs, and what they said.
fn witnessing(site: &Site) -> Witnessing {
    match site.signer.witness() {
        _ if site.hospital.plain(witness::URL).is_none() => Witnessing::Off,
        None => Witnessing::Agrees,
        Some(Trouble::Waits(why)) => Witnessing::Waits(why),
        Some(Trouble::Disagrees(what)) => Witnessing::Disagrees(what),
    }
}

/// Which log of which year, as pages name it.
pub(super) fn log_year(log: &str) -> LogYear {
    let epoch = Epoch::of(log).unwrap_or(Epoch { year: 0, number: 1 });
    LogYear { year: epoch.year, number: epoch.number }
}

/// A log as a choice of a list box.
pub(super) fn choice(log: &str, chosen: bool, lang: Lang) -> Choice {
    Choice { value: short(log).to_owned(), words: log_year(log).words(lang), chosen }
}

/// A department as a choice of a list box. Closed ones stay: their records do.
fn department(on_day: &OnDay, lang: Lang) -> Choice {
    let each = &on_day.department;
    Choice { value: each.code.clone(), words: format!("{} {}", each.code, each.name_in(lang)), chosen: false }
}

/// What tells the logs of a hospital apart: `2026`, `2026.2`.
pub(super) fn short(log: &str) -> &str {
    log.rsplit('/').next().unwrap_or_default()
}

/// How the last check went, as pages show it.
pub(super) fn state(check: Option<&LiveCheck>, calendar: Calendar) -> CheckState {
    let Some(check) = check else { return CheckState::NotYet };
    let at = moment(check.at, calendar);
    let ways: usize = check.logs.iter().map(|log| log.differences.len()).sum();
    if ways > 0 {
        return CheckState::Different { at, ways: ways as u64 };
    }
    let (leaves, rows) = check.logs.iter().fold((0, 0), |sum, log| (sum.0 + log.leaves, sum.1 + log.rows));
    CheckState::Whole { at, leaves, rows }
}

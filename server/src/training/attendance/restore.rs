//! After records were lost: whoever holds the proof of a completion that is gone has it recorded again, and need not learn it twice. The proof
//! is what a signed sheet is elsewhere; its hash stands in the log.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http::StatusCode;
use kokoroe_app::training::{CertificateProof, Restore, RestoreFault};
use kokoroe_evidence::certificate::{Certificate, ENDING};
use kokoroe_evidence::leaf;

use super::write::{Taken, complete};
use super::{Sheet, Way};
use crate::audit::recovery;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Learner, Problem, Sent, Visitor, page_with_status, see_other};
use crate::id::StaffId;
use crate::requirements::store::exception::corrected;
use crate::requirements::store::{self as requirements, Period, Requirement};
use crate::state::Site;
use crate::training::certificate_proof::{blank, proven, text_of};
use crate::training::overview::Overview;
use crate::training::store;

/// Records a completion again that was lost, and leads to its certificate. Sent twice, it is recorded once.
pub(in crate::training) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    sent: Sent,
) -> Answer {
    let text = text_of(&sent);
    let refused = |view| Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    let found = match proven(&site, &text) {
        Ok(found) => found,
        Err(why) => return refused(why.on(blank(&site, &visitor, text))),
    };
    let mut conn = site.db.read().await?;
    let owed = match owed(&site, &mut conn, &signed.staff, &found).await? {
        Ok(owed) => owed,
        Err(fault) => {
            let view = blank(&site, &visitor, text);
            return refused(CertificateProof { restore: Restore::Refused(fault), ..view });
        }
    };
    let number = match owed {
        Owed::Done(number) => number,
        Owed::Open(open) => {
            let (period, requirement) = *open;
            let lost = Lost::read(&found)?;
            let overview = Overview::load(&site, &mut conn, period.clone()).await?;
            drop(conn);
            let sheet = Sheet {
                requirement,
                way: Way::Certificate,
                held: site.calendar().date(lost.held_at),
                sheet_name: format!("{}.{ENDING}", found.number),
                sha256: kokoroe_evidence::Hash::of(text.as_bytes()).to_string(),
                lines: Vec::new(),
            };
            let taken =
                Taken { period, due_at: overview.terms.due_at, until: lost.until, name: found.name.clone() };
            record(&site, signed.staff.clone(), sheet, lost, taken).await?
        }
    };
    Ok(see_other(&format!("/certificates/{number}")))
}

/// What the fact that is gone said of the completion.
struct Lost {
    held_at: DateTime<Utc>,
    version: i64,
    until: Option<DateTime<Utc>>,
}

impl Lost {
    fn read(found: &Certificate) -> Result<Self, Problem> {
        let said = found.fact.d();
        let held = said.get("held").and_then(|held| held.as_str()).unwrap_or(&found.at);
        Ok(Self {
            held_at: held.parse().map_err(Problem::broken)?,
            version: said.get("version").and_then(serde_json::Value::as_i64).unwrap_or(0),
            until: found.valid_until.as_deref().map(str::parse).transpose().map_err(Problem::broken)?,
        })
    }
}

/// What a proof would complete.
enum Owed {
    /// This period.
    Open(Box<(Period, Requirement)>),
    /// Nothing: it was restored before, or done again. The number of that certificate.
    Done(String),
}

/// What the proof is good for, for this person.
async fn owed(
    site: &Site,
    conn: &mut Conn,
    staff: &StaffId,
    found: &Certificate,
) -> Result<Result<Owed, RestoreFault>, DbError> {
    if found.fact.d().get("subject").and_then(|subject| subject.as_str()) != Some(staff.as_str()) {
        return Ok(Err(RestoreFault::OtherPerson));
    }
    let hash = leaf::hash(&found.fact.encode());
    if !recovery::is_lost(conn, site.ledger.recoveries(), found.fact.log(), found.leaf, hash).await? {
        return Ok(Err(RestoreFault::Kept));
    }
    // What was assigned after the backup was made was lost with the rest, and is another period now.
    let mut candidates = Vec::new();
    for period in requirements::periods_of(conn, staff).await? {
        let same = found.fact.obj() == Some(period.id.as_str());
        let requirement = requirements::requirement(conn, &period.requirement_id).await?;
        let Some(requirement) = requirement else { continue };
        let series = found.number.rsplit_once('-').is_some_and(|(series, _)| series == requirement.series());
        if (same || series) && corrected(conn, &period.id).await?.is_none() {
            candidates.push((same, period, requirement));
        }
    }
    candidates.sort_by_key(|(same, ..)| !same);
    let mut done = None;
    for (_, period, requirement) in candidates {
        match store::completion(conn, &period.id).await? {
            None => return Ok(Ok(Owed::Open(Box::new((period, requirement))))),
            Some(completion) => done = done.or(Some(completion.number)),
        }
    }
    Ok(done.map(Owed::Done).ok_or(RestoreFault::NotOwed))
}

/// Writes it down. Gives the number of the new certificate.
async fn record(
    site: &Site,
    staff: StaffId,
    sheet: Sheet,
    lost: Lost,
    taken: Taken,
) -> Result<String, DbError> {
    let inner = site.clone();
    let written = site.db.write(move |tx| {
        Box::pin(async move {
            let period = taken.period.id.clone();
            complete(tx, &inner, &staff, &sheet, (lost.held_at, lost.version), taken).await?;
            let completion = store::completion(tx, &period).await?;
            completion.map(|completion| completion.number).ok_or_else(|| {
                DbError::Inconsistent(format!("the period {period} was completed and is not complete"))
            })
        })
    });
    written.await
}

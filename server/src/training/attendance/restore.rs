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
use crate::requirements::store as requirements;
use crate::state::Site;
use crate::training::certificate_proof::{blank, proven, text_of};
use crate::training::overview::Overview;
use crate::training::store::{self, Completion};

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
    let lost = Lost::read(&found)?;
    let overview = match owed(&site, &mut conn, &signed.staff, &found, lost.held_at).await? {
        Ok(overview) => overview,
        Err(fault) => {
            let view = blank(&site, &visitor, text);
            return refused(CertificateProof { restore: Restore::Refused(fault), ..view });
        }
    };
    drop(conn);
    let number = match overview.completion {
        Some(completion) => completion.number,
        None => {
            let sheet = Sheet {
                requirement: overview.requirement,
                way: Way::Certificate,
                held: site.calendar().date(lost.held_at),
                sheet_name: format!("{}.{ENDING}", found.number),
                sha256: kokoroe_evidence::Hash::of(text.as_bytes()).to_string(),
                lines: Vec::new(),
            };
            let taken = Taken {
                period: overview.period,
                due_at: overview.terms.due_at,
                until: lost.until,
                name: found.name,
            };
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

/// What the proof is good for, for this person: the period that it is about. One that is completed was restored before, or done again.
async fn owed(
    site: &Site,
    conn: &mut Conn,
    staff: &StaffId,
    found: &Certificate,
    held_at: DateTime<Utc>,
) -> Result<Result<Overview, RestoreFault>, DbError> {
    if found.fact.d().get("subject").and_then(|subject| subject.as_str()) != Some(staff.as_str()) {
        return Ok(Err(RestoreFault::OtherPerson));
    }
    let hash = leaf::hash(&found.fact.encode());
    if !recovery::is_lost(conn, site.ledger.recoveries(), found.fact.log(), found.leaf, hash).await? {
        return Ok(Err(RestoreFault::Kept));
    }
    let mut periods = Vec::new();
    for period in requirements::periods_of(conn, staff).await? {
        periods.push(Overview::load(site, conn, period).await?);
    }
    let candidates: Vec<Candidate> = periods.iter().map(|period| Candidate::of(period, found)).collect();
    let chosen = chosen(&candidates, held_at).and_then(|index| periods.into_iter().nth(index));
    Ok(chosen.ok_or(RestoreFault::NotOwed))
}

/// What a period has to do with a proof.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// The proof names it.
    named: bool,
    /// It is of the training whose certificate was proven.
    of_training: bool,
    corrected: bool,
    /// When its completion was held, if it is completed.
    held_at: Option<DateTime<Utc>>,
}

impl Candidate {
    fn of(overview: &Overview, found: &Certificate) -> Self {
        let series = found.number.rsplit_once('-').map(|(series, _)| series);
        Self {
            named: found.fact.obj() == Some(overview.period.id.as_str()),
            of_training: series == Some(overview.requirement.series().as_str()),
            corrected: overview.corrected.is_some(),
            held_at: overview.completion.as_ref().map(Completion::dated),
        }
    }
}

/// Which period a proof is about. What was assigned after the backup was made was lost with the rest, and is another period now: the one
/// that was restored from this proof before, or else one of the same training that is open. A proof completes one period and never another.
fn chosen(candidates: &[Candidate], held_at: DateTime<Utc>) -> Option<usize> {
    if let Some(named) = candidates.iter().position(|candidate| candidate.named) {
        return candidates.get(named).filter(|candidate| !candidate.corrected).map(|_| named);
    }
    let alike = |held: Option<DateTime<Utc>>| {
        candidates
            .iter()
            .position(|candidate| candidate.of_training && !candidate.corrected && candidate.held_at == held)
    };
    alike(Some(held_at)).or_else(|| alike(None))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn candidate(held_at: Option<&str>) -> Candidate {
        Candidate { named: false, of_training: true, corrected: false, held_at: held_at.map(at) }
    }

    /// Which of these a proof of 1 October is about.
    fn about(candidates: &[Candidate]) -> Option<usize> {
        chosen(candidates, at("2026-10-01T00:00:00Z"))
    }

    #[test]
    fn a_proof_is_about_the_period_that_it_names() {
        let named = |candidate| Candidate { named: true, ..candidate };
        assert_eq!(about(&[candidate(None), named(candidate(None))]), Some(1));
        let done = named(candidate(Some("2026-11-05T00:00:00Z")));
        assert_eq!(about(&[candidate(None), done]), Some(1), "and never about the next one");
        let corrected = Candidate { corrected: true, ..named(candidate(None)) };
        assert_eq!(about(&[candidate(None), corrected]), None);
    }

    #[test]
    fn where_its_period_was_lost_a_proof_completes_an_open_one_of_the_same_training_once() {
        assert_eq!(about(&[candidate(None)]), Some(0));
        let restored = candidate(Some("2026-10-01T00:00:00Z"));
        assert_eq!(about(&[candidate(None), restored]), Some(1));
        assert_eq!(about(&[candidate(Some("2026-11-05T00:00:00Z"))]), None, "it was done again");
        assert_eq!(about(&[Candidate { of_training: false, ..candidate(None) }]), None);
    }
}

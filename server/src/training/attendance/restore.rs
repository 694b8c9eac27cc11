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
    let owed = match owed(&site, &mut conn, &signed.staff, &found, lost.held_at).await? {
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
    held_at: DateTime<Utc>,
) -> Result<Result<Owed, RestoreFault>, DbError> {
    if found.fact.d().get("subject").and_then(|subject| subject.as_str()) != Some(staff.as_str()) {
        return Ok(Err(RestoreFault::OtherPerson));
    }
    let hash = leaf::hash(&found.fact.encode());
    if !recovery::is_lost(conn, site.ledger.recoveries(), found.fact.log(), found.leaf, hash).await? {
        return Ok(Err(RestoreFault::Kept));
    }
    let mut candidates = Vec::new();
    for period in requirements::periods_of(conn, staff).await? {
        let completion = store::completion(conn, &period.id).await?;
        candidates.push(Candidate {
            same: found.fact.obj() == Some(period.id.as_str()),
            corrected: corrected(conn, &period.id).await?.is_some(),
            held_at: completion.as_ref().map(Completion::dated),
            number: completion.map(|completion| completion.number),
            requirement: requirements::requirement(conn, &period.requirement_id).await?,
            period,
        });
    }
    let Some(Candidate { period, requirement: Some(requirement), number, .. }) =
        chosen(candidates, &found.number, held_at)
    else {
        return Ok(Err(RestoreFault::NotOwed));
    };
    Ok(Ok(number.map_or_else(|| Owed::Open(Box::new((period, requirement))), Owed::Done)))
}

/// A period that a proof may be about.
struct Candidate {
    /// The proof names it.
    same: bool,
    corrected: bool,
    /// The certificate, where it is completed, and when that was held.
    number: Option<String>,
    held_at: Option<DateTime<Utc>>,
    requirement: Option<Requirement>,
    period: Period,
}

impl Candidate {
    fn is_of(&self, certificate: &str) -> bool {
        let series = certificate.rsplit_once('-').map(|(series, _)| series);
        self.requirement.as_ref().is_some_and(|requirement| Some(requirement.series().as_str()) == series)
    }
}

/// The period that a proof is about. What was assigned after the backup was made was lost with the rest, and is another period now: the one
/// that was restored from this proof before, or else one of the same training that is open. A proof completes one period and never another.
fn chosen(candidates: Vec<Candidate>, certificate: &str, held_at: DateTime<Utc>) -> Option<Candidate> {
    let rank = |candidate: &Candidate| match (candidate.same, candidate.held_at) {
        (true, _) => Some(0),
        _ if candidate.corrected || !candidate.is_of(certificate) => None,
        (false, Some(held)) if held == held_at => Some(1),
        (false, None) => Some(2),
        (false, Some(_)) => None,
    };
    let ranked = candidates.into_iter().filter_map(|candidate| Some((rank(&candidate)?, candidate)));
    let (_, best) = ranked.min_by_key(|(rank, _)| *rank)?;
    Some(best).filter(|best| !best.corrected)
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
    use crate::clock::Clock;
    use crate::id::{PeriodId, RequirementId};
    use crate::requirements::rule::Rule;

    const CERTIFICATE: &str = "2026-SNS-000012";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn candidate(cycle: i64, held_at: Option<&str>) -> Candidate {
        let (now, clock) = (at("2026-04-01T00:00:00Z"), Clock::system());
        let requirement = Requirement {
            id: RequirementId::new(&clock),
            code: "sns".into(),
            title: "SNSの約束".into(),
            title_en: String::new(),
            basis: String::new(),
            basis_en: String::new(),
            course: "sns".into(),
            fiscal_year: 2026,
            opens_at: now,
            due_at: now,
            valid_until: None,
            rule: Rule::default(),
            closed_at: None,
        };
        let period = Period {
            id: PeriodId::new(&clock),
            staff_id: StaffId::new(&clock),
            requirement_id: requirement.id.clone(),
            cycle,
            assigned_at: now,
            due_at: now,
            reason: String::new(),
            track: String::new(),
            leaf: 0,
        };
        Candidate {
            same: false,
            corrected: false,
            number: held_at.map(|_| CERTIFICATE.to_owned()),
            held_at: held_at.map(at),
            requirement: Some(requirement),
            period,
        }
    }

    /// The round of the period that a proof of 1 October is about.
    fn cycle(candidates: Vec<Candidate>) -> Option<i64> {
        chosen(candidates, CERTIFICATE, at("2026-10-01T00:00:00Z")).map(|found| found.period.cycle)
    }

    #[test]
    fn a_proof_is_about_the_period_that_it_names() {
        let named = |candidate| Candidate { same: true, ..candidate };
        assert_eq!(cycle(vec![candidate(2, None), named(candidate(1, None))]), Some(1));
        let done = named(candidate(1, Some("2026-11-05T00:00:00Z")));
        assert_eq!(cycle(vec![candidate(2, None), done]), Some(1), "and never about the next one");
        let corrected = Candidate { corrected: true, ..named(candidate(1, None)) };
        assert_eq!(cycle(vec![candidate(2, None), corrected]), None);
    }

    #[test]
    fn where_its_period_was_lost_a_proof_completes_an_open_one_of_the_same_training_once() {
        assert_eq!(cycle(vec![candidate(1, None)]), Some(1));
        let restored = candidate(1, Some("2026-10-01T00:00:00Z"));
        assert_eq!(cycle(vec![candidate(2, None), restored]), Some(1));
        assert_eq!(cycle(vec![candidate(1, Some("2026-11-05T00:00:00Z"))]), None, "it was done again");
        let mut other = candidate(1, None);
        other.requirement.as_mut().expect("one").course = "hygiene".into();
        assert_eq!(cycle(vec![other, Candidate { requirement: None, ..candidate(2, None) }]), None);
    }
}

//! Assigning: a period for everybody who owes it, once, with the reason that explains it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_courses::Track;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{self, Exemption, InPost, Period, Requirement};
use super::track::{Chooser, Fit};
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};
use crate::id::{ExemptionId, PeriodId};

/// Days that somebody who joins has from the first day of work, if the year's due date comes sooner.
pub const JOINER_DAYS: i64 = 60;

/// Why a period is owed, why by its date and why with these modules. Read back to the learner, the manager and the auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Why it is owed, and by its date.
    #[serde(flatten)]
    pub rule: Rule,
    /// Why with the modules of its track. Periods from before there were tracks do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fits: Option<Fit>,
}

/// Why something is owed, and by its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// Everybody, every fiscal year, until the year's due date.
    EveryYear,
    /// Joined during the year: so many days from the first day of work.
    Joined {
        /// The first day of work.
        on: NaiveDate,
        /// Days from then.
        days: i64,
    },
}

impl Reason {
    /// As it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a stored reason.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// By when somebody who joined on this day owes a requirement, and why.
#[must_use]
pub fn due(requirement: &Requirement, joined_on: NaiveDate, calendar: Calendar) -> (DateTime<Utc>, Rule) {
    let grace = calendar.end_of(joined_on + TimeDelta::days(JOINER_DAYS));
    if grace > requirement.due_at {
        (grace, Rule::Joined { on: joined_on, days: JOINER_DAYS })
    } else {
        (requirement.due_at, Rule::EveryYear)
    }
}

/// Gives a period to everybody who owes the requirement and has none yet, with the track that fits them today: it stays theirs for this
/// period, whatever they become. Can be run again without harm. Gives the number of new periods.
///
/// # Errors
/// When the database fails.
pub async fn assign(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    tracks: &[Track],
    requirement: &Requirement,
    people: &[InPost],
) -> Result<u64, DbError> {
    let mut made = 0;
    let calendar = ledger.calendar;
    let chooser = Chooser::of(tx, tracks, requirement, calendar).await?;
    for person in people {
        if store::has_period(tx, &person.staff, requirement).await? {
            continue;
        }
        let today = calendar.date(clock.now());
        let track = chooser.track(tx, &person.staff, person.joined_on, today).await?;
        give(tx, ledger, clock, requirement, person, track).await?;
        made += 1;
    }
    Ok(made)
}

/// Gives somebody a period of a requirement with this track.
pub(crate) async fn give(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    requirement: &Requirement,
    person: &InPost,
    (track, fit): (String, Fit),
) -> Result<(), DbError> {
    let now = hold(tx, ledger, clock).await?;
    let id = PeriodId::new(clock);
    let (due_at, rule) = due(requirement, person.joined_on, ledger.calendar);
    let reason = Reason { rule, fits: Some(fit) };
    let d = json!({
        "requirement": requirement.id, "cycle": requirement.fiscal_year, "subject": person.staff,
        "due": due_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), "rule": reason, "track": track,
    });
    let entry = Entry { kind: Kind::ASSIGN_CREATE, at: now, actor: "system", obj: id.as_str(), req: None, d };
    let leaf = append(tx, ledger, entry).await?;
    let period = Period {
        id,
        staff_id: person.staff.clone(),
        requirement_id: requirement.id.clone(),
        cycle: requirement.fiscal_year,
        assigned_at: now,
        due_at,
        reason: reason.text(),
        track,
        leaf,
    };
    store::add_period(tx, &period).await
}

/// Exempts somebody from a period, with a reason, an approver who is not the asker, and an end.
///
/// # Errors
/// When the database fails or asker and approver are the same person.
pub async fn exempt(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    mut exemption: Exemption,
) -> Result<(), DbError> {
    if exemption.asked_by == exemption.approved_by {
        return Err(DbError::Setup("an exemption is approved by somebody else than the one who asks".into()));
    }
    let id = ExemptionId::new(clock);
    let d = json!({
        "period": exemption.period_id, "asked_by": exemption.asked_by, "approved_by": exemption.approved_by,
        "from": exemption.from_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "until": exemption.until_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    });
    let entry = Entry {
        kind: Kind::ASSIGN_WAIVE,
        at: clock.now(),
        actor: exemption.approved_by.as_str(),
        obj: id.as_str(),
        req: None,
        d,
    };
    exemption.leaf = append(tx, ledger, entry).await?;
    store::add_exemption(tx, &id, &exemption).await
}

//! Assigning: a period for everybody who owes it, once, with the reason that explains it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{self, Exemption, InPost, Period, Requirement};
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};
use crate::id::{ExemptionId, PeriodId};

/// Days that somebody who joins has from the first day of work, if the year's due date comes sooner.
pub const JOINER_DAYS: i64 = 60;

/// Why a period is owed and why by its date. Read back to the learner, the manager and the auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Reason {
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
pub fn due(requirement: &Requirement, joined_on: NaiveDate, calendar: Calendar) -> (DateTime<Utc>, Reason) {
    let grace = calendar.end_of(joined_on + TimeDelta::days(JOINER_DAYS));
    if grace > requirement.due_at {
        (grace, Reason::Joined { on: joined_on, days: JOINER_DAYS })
    } else {
        (requirement.due_at, Reason::EveryYear)
    }
}

/// Gives a period to everybody who owes the requirement and has none yet. Can be run again without harm.
/// Gives the number of new periods.
///
/// # Errors
/// When the database fails.
pub async fn assign(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    requirement: &Requirement,
    people: &[InPost],
) -> Result<u64, DbError> {
    let mut made = 0;
    for person in people {
        if store::has_period(tx, &person.staff, requirement).await? {
            continue;
        }
        let now = hold(tx, ledger, clock).await?;
        let id = PeriodId::new(clock);
        let (due_at, reason) = due(requirement, person.joined_on, ledger.calendar);
        let d = json!({
            "requirement": requirement.id, "cycle": requirement.fiscal_year, "subject": person.staff,
            "due": due_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), "rule": reason,
        });
        let entry =
            Entry { kind: Kind::ASSIGN_CREATE, at: now, actor: "system", obj: id.as_str(), req: None, d };
        let leaf = append(tx, ledger, entry).await?;
        let period = Period {
            id,
            staff_id: person.staff.clone(),
            requirement_id: requirement.id.clone(),
            cycle: requirement.fiscal_year,
            assigned_at: now,
            due_at,
            reason: reason.text(),
            leaf,
        };
        store::add_period(tx, &period).await?;
        made += 1;
    }
    Ok(made)
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

//! Giving somebody a period: once, with the reason that explains it.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use kokoroe_courses::Track;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::plan::Give;
use super::rule::{Cycle, Matched, Rule, anniversary_after};
use super::store::{self, Exemption, InPost, Period, Requirement};
use super::track::{Chooser, Fit};
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};
use crate::id::{ExemptionId, PeriodId};
use crate::people::known::known_person;
use crate::training::store as training;

/// Why a period is owed, why by its date and why with these modules. Read back to the learner, the manager and the auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Why by its date.
    #[serde(flatten)]
    pub rule: Because,
    /// Which lines of the rule made it owed.
    #[serde(default, skip_serializing_if = "Matched::is_everybody")]
    pub whom: Matched,
    /// Why with the modules of its track. Periods from before there were tracks do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fits: Option<Fit>,
}

/// Why something is owed by its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Because {
    /// The date of the requirement, which is everybody's.
    EveryYear,
    /// Joined during the year: so many days from the first day of work.
    Joined {
        /// The first day of work.
        on: NaiveDate,
        /// Days from then.
        days: i64,
    },
    /// Came to owe it when the date was near or past: so many days from that day.
    Late {
        /// The day.
        on: NaiveDate,
        /// Days from then.
        days: u16,
    },
    /// The completion before it ends then.
    Again {
        /// The first day on which it no longer counts.
        until: NaiveDate,
    },
    /// An anniversary of the first day of work.
    Anniversary {
        /// The anniversary: the last day is the one before.
        on: NaiveDate,
    },
    /// A completion was corrected away: so many days from that day.
    Corrected {
        /// The day.
        on: NaiveDate,
        /// Days from then.
        days: u16,
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

/// By when somebody who joined on that day owes a requirement for the first time, and why. Whoever comes to owe it later than the others
/// is never given a date that is past or too near.
#[must_use]
pub fn first_due(
    requirement: &Requirement,
    rule: &Rule,
    joined_on: NaiveDate,
    now: DateTime<Utc>,
    calendar: Calendar,
) -> (DateTime<Utc>, Because) {
    let days = i64::from(rule.days.joiner);
    let grace = calendar.end_of(joined_on + TimeDelta::days(days));
    let joined = || (grace, Because::Joined { on: joined_on, days });
    let today = calendar.date(now);
    let soonest = calendar.end_of(today + TimeDelta::days(rule.days.least.into()));
    if let Cycle::Hire { months } = rule.cycle {
        let next = anniversary_after(joined_on, months, today + TimeDelta::days(rule.days.least.into()));
        return match next {
            Some(on) if grace < soonest => (calendar.start_of(on), Because::Anniversary { on }),
            Some(_) | None => joined(),
        };
    }
    if grace > requirement.due_at && grace > now {
        joined()
    } else if requirement.due_at < soonest && today > calendar.date(requirement.opens_at) {
        (soonest, Because::Late { on: today, days: rule.days.least })
    } else {
        (requirement.due_at, Because::EveryYear)
    }
}

/// Gives a period of a requirement to these people by name, to each once, with the track that fits them today: it stays theirs for this
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
        if store::has_period(tx, &person.staff, &requirement.id, requirement.first_cycle()).await? {
            continue;
        }
        let now = clock.now();
        let known = known_person(tx, &person.staff, calendar.date(now)).await?;
        let matched = known.as_ref().and_then(|known| requirement.rule.whom.matches(known));
        let matched = matched.unwrap_or_else(|| Matched { named: true, ..Matched::default() });
        let track = chooser.track(known.as_ref());
        let due = first_due(requirement, &requirement.rule, person.joined_on, now, calendar);
        give(tx, ledger, clock, requirement, &first(requirement, person, due, matched), track).await?;
        made += 1;
    }
    Ok(made)
}

/// The first time round of a requirement for somebody.
pub(crate) fn first(
    requirement: &Requirement,
    person: &InPost,
    (due_at, because): (DateTime<Utc>, Because),
    matched: Matched,
) -> Give {
    Give { staff: person.staff.clone(), cycle: requirement.first_cycle(), due_at, because, matched }
}

/// Gives somebody a period of a requirement with this track.
pub(crate) async fn give(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    requirement: &Requirement,
    given: &Give,
    (track, fit): (String, Fit),
) -> Result<(), DbError> {
    let now = hold(tx, ledger, clock).await?;
    let (mut period, d) = given_at(PeriodId::new(clock), now, requirement, given, (track, fit));
    let entry =
        Entry { kind: Kind::ASSIGN_CREATE, at: now, actor: "system", obj: period.id.as_str(), req: None, d };
    period.leaf = append(tx, ledger, entry).await?;
    store::add_period(tx, &period).await?;
    if let Some(noted) = noted_at_once(requirement, now) {
        training::note_progress(tx, &period.id, &noted).await?;
    }
    Ok(())
}

/// Before a signature alone there is nothing to do: its modules are done from the beginning.
pub(super) fn noted_at_once(requirement: &Requirement, now: DateTime<Utc>) -> Option<training::Progress> {
    requirement
        .is_signature()
        .then(|| training::Progress { done_at: Some(now), ..training::Progress::default() })
}

/// A period as it is kept, and what the log says of it.
pub(super) fn given_at(
    id: PeriodId,
    at: DateTime<Utc>,
    requirement: &Requirement,
    given: &Give,
    (track, fit): (String, Fit),
) -> (Period, Value) {
    let reason = Reason { rule: given.because.clone(), whom: given.matched.clone(), fits: Some(fit) };
    let d = json!({
        "requirement": requirement.id, "cycle": given.cycle, "subject": given.staff,
        "due": given.due_at.to_rfc3339_opts(SecondsFormat::Secs, true), "rule": reason, "track": track,
    });
    let period = Period {
        id,
        staff_id: given.staff.clone(),
        requirement_id: requirement.id.clone(),
        cycle: given.cycle,
        assigned_at: at,
        due_at: given.due_at,
        reason: reason.text(),
        track,
        leaf: 0,
    };
    (period, d)
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
    let d = exempted(&exemption);
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

/// What the log says of an exemption.
pub(super) fn exempted(exemption: &Exemption) -> Value {
    json!({
        "period": exemption.period_id, "asked_by": exemption.asked_by, "approved_by": exemption.approved_by,
        "from": exemption.from_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "until": exemption.until_at.to_rfc3339_opts(SecondsFormat::Secs, true),
    })
}

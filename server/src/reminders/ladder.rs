//! The ladder: which reminder is to be sent now, which comes next. A pure function of dates and of what was sent before.
//!
//! A step belongs to a period and its due date: a due date that moves begins the steps again that still lie ahead. At any time at most one
//! step is due, the latest whose time has come; what a server that stood still has missed before it is not sent as well, because it
//! would say less.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::quiet::Quiet;
use crate::clock::Calendar;

/// Days before the last day.
const BEFORE: [u16; 3] = [30, 14, 3];
/// Days after the last day: the next one, then every week for eight weeks. Never daily.
const AFTER: [u16; 9] = [1, 7, 14, 21, 28, 35, 42, 49, 56];
/// How late the word that something was given may still come.
const GIVEN_LAPSES: TimeDelta = TimeDelta::days(14);
/// How late the last step may still come.
const LAST_LAPSES: TimeDelta = TimeDelta::days(7);

/// A step of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It was given.
    Given,
    /// So many days before the last day.
    Before(u16),
    /// The last day.
    LastDay,
    /// So many days after it.
    After(u16),
}

impl Step {
    /// Its word in the database.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Given => "given".to_owned(),
            Self::Before(days) => format!("before-{days}"),
            Self::LastDay => "last-day".to_owned(),
            Self::After(days) => format!("after-{days}"),
        }
    }

    /// Reads [`Step::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once('-') {
            None if code == "given" => Some(Self::Given),
            Some(("last", "day")) => Some(Self::LastDay),
            Some(("before", days)) => days.parse().ok().map(Self::Before),
            Some(("after", days)) => days.parse().ok().map(Self::After),
            _ => None,
        }
    }

    /// Its place: days after the last day.
    fn place(self) -> i32 {
        match self {
            Self::Given => i32::MIN,
            Self::Before(days) => -i32::from(days),
            Self::LastDay => 0,
            Self::After(days) => i32::from(days),
        }
    }
}

/// A step with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Which.
    pub step: Step,
    /// When it is to be sent, at the earliest.
    pub at: DateTime<Utc>,
}

/// A step that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which.
    pub step: Step,
    /// The last day that was reckoned from.
    pub due_on: NaiveDate,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

/// What is owed, as the ladder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// When it came to be owed.
    pub given_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The person still has to do it: not done, not exempt, not away.
    pub open: bool,
}

/// How the hospital counts days, and when it is quiet.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Days.
    pub calendar: Calendar,
    /// Quiet hours.
    pub quiet: &'a Quiet,
}

/// Where somebody stands on the ladder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// To be sent now.
    pub now: Option<Rung>,
    /// What comes next if nothing changes.
    pub next: Option<Rung>,
}

/// Where somebody stands at an instant.
#[must_use]
pub fn stand(owed: &Owed, sent: &[Sent], rules: Rules<'_>, now: DateTime<Utc>) -> Standing {
    if !owed.open {
        return Standing::default();
    }
    let due_on = rules.calendar.last_day_before(owed.due_at);
    let rungs = rungs(owed, due_on, rules);
    let ahead = |rung: &&Rung| is_ahead(rung, due_on, sent);
    let come = rungs.iter().rfind(|rung| rung.at <= now).filter(ahead).filter(|rung| !has_lapsed(rung, now));
    let next = rungs.iter().filter(ahead).find(|rung| rung.at > now).copied();
    match come {
        Some(rung) if rules.quiet.allows(now, rules.calendar) => Standing { now: Some(*rung), next },
        // Its time has come in a quiet hour, because the server stood still at the right one: it is what comes next.
        Some(rung) => {
            let waits = Rung { at: rules.quiet.next(now, rules.calendar), ..*rung };
            Standing { now: None, next: next.filter(|next| next.at <= waits.at).or(Some(waits)) }
        }
        None => Standing { now: None, next },
    }
}

fn has_lapsed(rung: &Rung, now: DateTime<Utc>) -> bool {
    let late = now - rung.at;
    match rung.step {
        Step::Given => late > GIVEN_LAPSES,
        Step::After(days) if AFTER.last() == Some(&days) => late > LAST_LAPSES,
        Step::Before(_) | Step::LastDay | Step::After(_) => false,
    }
}

/// Whether a step still lies ahead, seen from what was sent.
fn is_ahead(rung: &Rung, due_on: NaiveDate, sent: &[Sent]) -> bool {
    sent.iter()
        .all(|one| if one.due_on == due_on { rung.step.place() > one.step.place() } else { rung.at > one.at })
}

/// Every step, in the order of time. A step that falls together with a later one is left out, and so is one that lies before the giving.
fn rungs(owed: &Owed, due_on: NaiveDate, rules: Rules<'_>) -> Vec<Rung> {
    let Rules { calendar, quiet } = rules;
    let given_on = calendar.date(owed.given_at);
    let back = |days: u16| due_on.checked_sub_days(Days::new(u64::from(days))).unwrap_or(due_on);
    let on = |days: u16| due_on.checked_add_days(Days::new(u64::from(days))).unwrap_or(due_on);
    let before = BEFORE.map(|days| (Step::Before(days), back(days)));
    let after = AFTER.map(|days| (Step::After(days), on(days)));
    let dated = before.into_iter().chain([(Step::LastDay, due_on)]).chain(after);
    let rest = dated.filter(|(_, day)| *day > given_on).map(|(step, day)| {
        let at = match step {
            // A word about the last day is of no use when the day is over.
            Step::LastDay | Step::Before(_) => quiet.morning_before(day, owed.due_at, calendar),
            Step::Given | Step::After(_) => quiet.morning(day, calendar),
        };
        Rung { step, at }
    });
    let given = Rung { step: Step::Given, at: quiet.next(owed.given_at, calendar) };
    let mut kept: Vec<Rung> = Vec::new();
    for rung in std::iter::once(given).chain(rest) {
        if rung.step != Step::Given && rung.at <= owed.given_at {
            continue;
        }
        while kept.last().is_some_and(|last| last.at >= rung.at) {
            kept.pop();
        }
        kept.push(rung);
    }
    kept
}

#[cfg(test)]
mod tests;

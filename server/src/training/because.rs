//! Why somebody owes something, and why by that date: read from the period, from how its dates moved and from what ended it.

use chrono::{DateTime, Utc};
use kokoroe_app::training::Because as View;

use super::my_training::track;
use super::translate::{Translator, day};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::people::department::department;
use crate::requirements::exception;
use crate::requirements::period::{Because, Reason};
use crate::requirements::plan::Release;
use crate::requirements::rule::{Audience, Cycle, Matched};
use crate::requirements::store::{self as requirements, Period, Requirement};
use crate::requirements::term::{TermChange, TermReason};
use crate::state::Site;

/// Every reason for a period as of an instant, those for owing it first, then those for its date in the order in which they came.
///
/// # Errors
/// When the database fails.
pub async fn because(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    period: &Period,
    at: DateTime<Utc>,
) -> Result<Vec<View>, DbError> {
    let calendar = site.calendar();
    let Some(reason) = Reason::read(&period.reason) else {
        return Ok(vec![View::Stored(period.reason.clone())]);
    };
    let requirement = requirements::requirement(conn, &period.requirement_id).await?;
    let mut reasons = whom(conn, words, requirement.as_ref(), &reason.whom).await?;
    reasons.extend(track(site, conn, words, period).await?.map(View::Track));
    reasons.extend(date(&reason.rule));
    for change in requirements::terms(conn, &period.id).await?.iter().filter(|change| change.at <= at) {
        reasons.push(moved(conn, change, calendar).await?);
    }
    let released = requirements::released(conn, &period.id).await?;
    reasons.extend(released.filter(|(_, since)| *since <= at).map(|(why, since)| {
        let since = day(calendar.date(since));
        match why {
            Release::Unfit => View::Unfit { since },
            Release::RuleChanged => View::RuleChanged { since },
            Release::Away => View::Away,
            Release::Signed => View::SignedElsewhere { since },
        }
    }));
    Ok(reasons)
}

async fn whom(
    conn: &mut Conn,
    words: Translator<'_>,
    requirement: Option<&Requirement>,
    matched: &Matched,
) -> Result<Vec<View>, DbError> {
    if matched.is_everybody() {
        let rule = requirement.map(|requirement| &requirement.rule);
        let everybody = rule.is_none_or(|rule| rule.whom == Audience::everybody());
        let signs = requirement.is_some_and(Requirement::is_signature);
        let yearly = rule.is_none_or(|rule| rule.cycle == Cycle::FiscalYear);
        return Ok(match (everybody, yearly) {
            (true, true) if signs => vec![View::SignEveryYear],
            (true, true) => vec![View::EveryYear],
            (true, false) => vec![View::Everybody],
            (false, _) => Vec::new(),
        });
    }
    let mut reasons = Vec::new();
    if matched.named {
        reasons.push(View::ByName);
    }
    if let Some(id) = &matched.department
        && let Some(place) = department(conn, id).await?
    {
        reasons.push(View::Department(words.either(&place.name, &place.name_en).text()));
    }
    reasons.extend(matched.profession.clone().map(View::Profession));
    reasons.extend(matched.employment.clone().map(View::Employment));
    if matched.manager {
        reasons.push(View::Manager);
    }
    reasons.extend(matched.joined.map(|on| View::JoinedOn(day(on))));
    reasons.extend(matched.signed.map(View::SignedBefore));
    Ok(reasons)
}

fn date(because: &Because) -> Option<View> {
    match *because {
        Because::EveryYear => None,
        Because::Joined { on, days } => {
            Some(View::Joined { on: day(on), days: u16::try_from(days).unwrap_or(u16::MAX) })
        }
        Because::Late { on, days } => Some(View::Late { on: day(on), days }),
        Because::Again { until } => Some(View::Again { until: day(until.pred_opt().unwrap_or(until)) }),
        Because::Anniversary { on } => Some(View::Anniversary { on: day(on) }),
        Because::Corrected { on, days } => Some(View::Corrected { on: day(on), days }),
    }
}

async fn moved(conn: &mut Conn, change: &TermChange, calendar: Calendar) -> Result<View, DbError> {
    let until = day(calendar.last_day_before(change.due_at));
    Ok(match TermReason::read(&change.reason) {
        Some(TermReason::Extended { request }) => {
            let asked = requirements::exception::exception(conn, &request).await?;
            View::Extended { until, reason: asked.map(|asked| exception::reason(&asked)).unwrap_or_default() }
        }
        Some(TermReason::Returned { on, days }) => View::Returned { on: day(on), days },
        Some(TermReason::LeaveChanged) => View::LeaveChanged { until },
        Some(TermReason::OwedAgain { on, days }) => View::OwedAgain { on: day(on), days },
        Some(TermReason::Validity { months, .. }) => View::Validity { months },
        None => View::Stored(change.reason.clone()),
    })
}

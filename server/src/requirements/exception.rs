//! Exceptions: an exemption, more time, another way of taking part, a leave, a correction. Asked by one person, decided by another.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_courses::Track;
use serde_json::json;

use super::follow::{follow_for, move_date};
use super::period::{Because, exempt, first, give};
use super::plan::Move;
use super::rule::Matched;
use super::store::exception::{Decision, ExceptionRow};
use super::store::{self, Exemption, InPost, Period, Requirement};
use super::term::{TermReason, Terms};
use super::track::Chooser;
use crate::audit::{Entry, Kind as Leaf, Ledger, append, hold};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};
use crate::id::{ExceptionId, StaffId};
use crate::people::known::known_person;
use crate::people::{NewLeave, Scribe, add_leave};

/// The longest text of whoever asks or decides, in characters.
pub const LONGEST: usize = 400;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 免除: not to owe it for a time.
    Exempt,
    /// 延長: more time.
    Extend,
    /// 別の受け方: to take part in another way, on paper or with help.
    Assist,
    /// 休職: a leave of absence that the staff list does not know yet.
    Leave,
    /// 訂正: a completion that was recorded wrongly.
    Correct,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Extend, Self::Assist, Self::Exempt, Self::Leave, Self::Correct];

    /// Its word in the database, in leaves and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Extend => "extend",
            Self::Assist => "assist",
            Self::Leave => "leave",
            Self::Correct => "correct",
        }
    }

    /// Reads [`Kind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it has a last day.
    #[must_use]
    pub const fn has_end(self) -> bool {
        matches!(self, Self::Exempt | Self::Extend | Self::Leave)
    }
}

/// What the office wrote about it: the reason that everybody sees who may see the date. The words of whoever asked are for the office alone.
#[must_use]
pub fn reason(row: &ExceptionRow) -> String {
    row.reply.clone().unwrap_or_default()
}

/// Something asked for, read from a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What.
    pub kind: Kind,
    /// Why.
    pub words: String,
    /// From when, of a leave.
    pub from: Option<NaiveDate>,
    /// The last day, where the kind has one.
    pub until: Option<NaiveDate>,
}

/// Why something cannot be asked or granted. Nothing was written.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    /// There are no words, or too many.
    #[error("no words, or too many")]
    Words,
    /// The kind needs a last day.
    #[error("no last day")]
    NoEnd,
    /// The last day lies before what it is to change: before today, the due date or the first day.
    #[error("the last day is too early")]
    Early,
    /// The last day lies more than two years ahead.
    #[error("the last day is too far")]
    Far,
    /// A leave needs a first day.
    #[error("no first day")]
    NoStart,
    /// The same is asked for already, and not decided.
    #[error("it is asked for already")]
    Again,
    /// It is completed; or, for a correction, it is not.
    #[error("its state does not allow it")]
    State,
    /// Whoever decides has asked, or it is about themselves.
    #[error("somebody else decides")]
    Own,
    /// It was decided already.
    #[error("it is decided")]
    Decided,
}

/// What is known of the period that is asked about.
#[derive(Clone, Debug)]
pub struct About {
    /// The period.
    pub period: Period,
    /// Its dates now.
    pub terms: Terms,
    /// It is completed, and that was not corrected.
    pub completed: bool,
    /// What was asked about it before.
    pub before: Vec<ExceptionRow>,
}

/// How far ahead a day may lie.
const FAR: TimeDelta = TimeDelta::days(2 * 366);

impl Request {
    /// Whether it can be asked on a day.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn check(&self, about: &About, today: NaiveDate, calendar: Calendar) -> Result<(), Refusal> {
        let words = self.words.trim().chars().count();
        if words == 0 || words > LONGEST {
            return Err(Refusal::Words);
        }
        if about.completed != (self.kind == Kind::Correct) {
            return Err(Refusal::State);
        }
        let same = |row: &ExceptionRow| row.decided_at.is_none() && row.kind == self.kind.code();
        if about.before.iter().any(same) {
            return Err(Refusal::Again);
        }
        check_end(self.kind, self.from, self.until, about.terms, today, calendar)
    }
}

fn check_end(
    kind: Kind,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    terms: Terms,
    today: NaiveDate,
    calendar: Calendar,
) -> Result<(), Refusal> {
    if !kind.has_end() {
        return Ok(());
    }
    let until = until.ok_or(Refusal::NoEnd)?;
    let earliest = match kind {
        Kind::Extend => today.max(calendar.date(terms.due_at)),
        Kind::Leave => today.max(from.ok_or(Refusal::NoStart)?),
        Kind::Exempt | Kind::Assist | Kind::Correct => today,
    };
    if until < earliest {
        return Err(Refusal::Early);
    }
    if until > today + FAR { Err(Refusal::Far) } else { Ok(()) }
}

/// Writes down what somebody asks for. The leaf binds the length of their words.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    tx: &mut Tx,
    (ledger, clock): (&Ledger, &Clock),
    asker: &StaffId,
    period: &Period,
    request: &Request,
) -> Result<ExceptionId, DbError> {
    let now = hold(tx, ledger, clock).await?;
    let id = ExceptionId::new(clock);
    let words = request.words.trim();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let d = json!({
        "period": period.id, "kind": request.kind.code(), "length": words.chars().count(),
        "from": day(request.from), "until": day(request.until),
    });
    let entry =
        Entry { kind: Leaf::EXCEPTION_ASK, at: now, actor: asker.as_str(), obj: id.as_str(), req: None, d };
    let leaf = append(tx, ledger, entry).await?;
    let row = ExceptionRow {
        id: id.clone(),
        period_id: period.id.clone(),
        kind: request.kind.code().to_owned(),
        words: words.to_owned(),
        from_on: request.from,
        until_on: request.until.filter(|_| request.kind.has_end()),
        asked_by: asker.clone(),
        asked_at: now,
        decided_by: None,
        decided_at: None,
        granted: None,
        granted_until: None,
        reply: None,
    };
    store::exception::add(tx, &row, leaf).await?;
    Ok(id)
}

/// A decision, read from a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Granted, or refused.
    pub granted: bool,
    /// The last day that is granted; the one that was asked for where nothing is said.
    pub until: Option<NaiveDate>,
    /// The reason, for everybody who may see the date.
    pub reply: String,
}

impl Verdict {
    /// Whether somebody may decide so.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn check(
        &self,
        row: &ExceptionRow,
        about: &About,
        decider: &StaffId,
        today: NaiveDate,
        calendar: Calendar,
    ) -> Result<(), Refusal> {
        if row.decided_at.is_some() {
            return Err(Refusal::Decided);
        }
        if *decider == row.asked_by || *decider == about.period.staff_id {
            return Err(Refusal::Own);
        }
        let words = self.reply.trim().chars().count();
        if words == 0 || words > LONGEST {
            return Err(Refusal::Words);
        }
        let kind = Kind::from_code(&row.kind).ok_or(Refusal::State)?;
        if !self.granted {
            return Ok(());
        }
        if about.completed != (kind == Kind::Correct) {
            return Err(Refusal::State);
        }
        check_end(kind, row.from_on, self.until.or(row.until_on), about.terms, today, calendar)
    }
}

/// Writes a decision down and does what it grants, in one write.
///
/// # Errors
/// When the database fails, or it was decided meanwhile.
pub async fn decide(
    tx: &mut Tx,
    (ledger, clock): (&Ledger, &Clock),
    tracks: &[Track],
    decider: &StaffId,
    row: &ExceptionRow,
    verdict: &Verdict,
) -> Result<(), DbError> {
    let now = hold(tx, ledger, clock).await?;
    let contradiction = |what: &str| DbError::Inconsistent(format!("exception {}: {what}", row.id));
    let kind = Kind::from_code(&row.kind).ok_or_else(|| contradiction("of no known kind"))?;
    let until = verdict.until.or(row.until_on).filter(|_| verdict.granted && kind.has_end());
    let reply = verdict.reply.trim();
    let d = json!({
        "granted": verdict.granted, "until": until.map(|day| day.to_string()), "length": reply.chars().count(),
    });
    let actor = decider.as_str();
    let entry = Entry { kind: Leaf::EXCEPTION_DECIDE, at: now, actor, obj: row.id.as_str(), req: None, d };
    let leaf = append(tx, ledger, entry).await?;
    let decision = Decision {
        id: row.id.clone(),
        by: decider.clone(),
        at: now,
        granted: verdict.granted,
        until,
        reply: reply.to_owned(),
        leaf,
    };
    store::exception::decide(tx, &decision).await?;
    if !verdict.granted {
        return Ok(());
    }
    let period = store::period(tx, &row.period_id).await?.ok_or_else(|| contradiction("of no period"))?;
    let last = || until.ok_or_else(|| contradiction("granted without an end"));
    match kind {
        Kind::Assist => Ok(()),
        Kind::Exempt => {
            let exemption = Exemption {
                period_id: period.id,
                reason: reply.to_owned(),
                asked_by: row.asked_by.clone(),
                approved_by: decider.clone(),
                from_at: now,
                until_at: ledger.calendar.end_of(last()?),
                leaf: 0,
            };
            exempt(tx, ledger, clock, exemption).await
        }
        Kind::Extend => {
            let changes = store::terms(tx, &period.id).await?;
            let moved = Move {
                number: changes.last().map_or(1, |change| change.number + 1),
                staff: period.staff_id,
                period: period.id,
                due_at: ledger.calendar.end_of(last()?),
                valid_until: None,
                reason: TermReason::Extended { request: row.id.clone() },
            };
            move_date(tx, ledger, clock, moved, actor).await
        }
        Kind::Leave => {
            let by = Scribe { ledger, clock, actor };
            let leave = NewLeave {
                staff: period.staff_id.clone(),
                reason: reply.to_owned(),
                from_on: row.from_on.ok_or_else(|| contradiction("a leave without a first day"))?,
                to_on: last()?.succ_opt(),
            };
            add_leave(tx, &by, &leave).await?;
            follow_for(tx, ledger, clock, tracks, &[period.staff_id]).await
        }
        Kind::Correct => {
            let requirement = store::requirement(tx, &period.requirement_id)
                .await?
                .ok_or_else(|| contradiction("of no requirement"))?;
            correct(tx, (ledger, clock), tracks, decider, row, &period, &requirement, now).await
        }
    }
}

/// Takes a completion out of the counts from now on, and asks for it once more.
#[expect(clippy::too_many_arguments, reason = "what is corrected, by whom, and where it is written")]
async fn correct(
    tx: &mut Tx,
    (ledger, clock): (&Ledger, &Clock),
    tracks: &[Track],
    decider: &StaffId,
    row: &ExceptionRow,
    period: &Period,
    requirement: &Requirement,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let d = json!({ "request": row.id, "asked_by": row.asked_by });
    let entry = Entry {
        kind: Leaf::CORRECTION,
        at: now,
        actor: decider.as_str(),
        obj: period.id.as_str(),
        req: None,
        d,
    };
    let leaf = append(tx, ledger, entry).await?;
    store::exception::correct(tx, &period.id, &row.id, now, leaf).await?;
    let calendar = ledger.calendar;
    let known = known_person(tx, &period.staff_id, calendar.date(now)).await?;
    let Some(known) = known else { return Ok(()) };
    let others = store::periods_of(tx, &period.staff_id).await?;
    let newest =
        others.iter().filter(|one| one.requirement_id == period.requirement_id).map(|one| one.cycle).max();
    let days = requirement.rule.days.least;
    let on = calendar.date(now);
    let due = calendar.end_of(on + TimeDelta::days(days.into())).max(period.due_at);
    let person = InPost { staff: period.staff_id.clone(), joined_on: known.joined_on };
    let matched =
        requirement.rule.whom.matches(&known).unwrap_or(Matched { named: true, ..Matched::default() });
    let mut given = first(requirement, &person, (due, Because::Corrected { on, days }), matched);
    given.cycle = newest.unwrap_or(period.cycle) + 1;
    let track = Chooser::of(tx, tracks, requirement, calendar).await?.track(Some(&known));
    give(tx, ledger, clock, requirement, &given, track).await
}

#[cfg(test)]
mod tests;

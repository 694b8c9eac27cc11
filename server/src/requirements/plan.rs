//! What a requirement asks of everybody today: who comes to owe it, who no longer does, whose date moves. One pure function, so that the
//! training office sees beforehand exactly what will happen, and the nightly work does nothing else.

use std::collections::HashMap;

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};

use super::period::{Because, first_due};
use super::rule::{Cycle, Matched, Rule, Signed};
use super::store::Requirement;
use super::term::{Away, TermChange, TermReason, Terms, of_leaves};
use crate::clock::Calendar;
use crate::id::{PeriodId, StaffId};
use crate::people::Known;

/// Days for which a rule must not have fitted somebody before their obligation ends by itself: what is wrong in the staff list overnight is
/// put right within them.
pub const DOUBT_DAYS: i64 = 7;

/// The newest period of somebody for a requirement, that was not corrected away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The period.
    pub period: PeriodId,
    /// Which time round.
    pub cycle: i64,
    /// When it came to be owed.
    pub assigned_at: DateTime<Utc>,
    /// The date that it began with.
    pub due_at: DateTime<Utc>,
    /// When it was completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// When the completion ends, as it was made.
    pub valid_until: Option<DateTime<Utc>>,
    /// It is not owed at present.
    pub released: Option<Release>,
    /// The rule has not fitted since then.
    pub doubted: Option<NaiveDate>,
    /// How its dates moved, in order.
    pub changes: Vec<TermChange>,
    /// The completion before it, whose end this one is to renew.
    pub renews: Option<Box<Self>>,
}

impl Held {
    fn terms(&self, now: DateTime<Utc>) -> Terms {
        Terms::at(Terms { due_at: self.due_at, valid_until: self.valid_until }, &self.changes, now)
    }
}

/// Why a period is not owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// The rule no longer fits the person.
    Unfit,
    /// The office changed the rule.
    RuleChanged,
    /// On leave when it was due, and back only in another year.
    Away,
    /// The text was signed elsewhere, such as at the end of the year's training.
    Signed,
}

impl Release {
    /// Its word in the database and in leaves.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unfit => "unfit",
            Self::RuleChanged => "rule_changed",
            Self::Away => "away",
            Self::Signed => "signed",
        }
    }

    /// Reads [`Release::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Unfit, Self::RuleChanged, Self::Away, Self::Signed]
            .into_iter()
            .find(|each| each.code() == code)
    }
}

/// Everything that a plan looks at.
#[derive(Clone, Debug)]
pub struct Facts<'f> {
    /// The requirement.
    pub requirement: &'f Requirement,
    /// The rule to follow: the requirement's own, or one that is being considered.
    pub rule: &'f Rule,
    /// Everybody in post today.
    pub people: &'f [Known],
    /// Their newest periods of this requirement.
    pub held: &'f HashMap<StaffId, Held>,
    /// When they last completed the same course, where the rule has a gap.
    pub recent: &'f HashMap<StaffId, DateTime<Utc>>,
    /// What they have signed, where the rule looks at it.
    pub signed: &'f HashMap<StaffId, Signed>,
    /// Their leaves whose end is known.
    pub leaves: &'f HashMap<StaffId, Vec<Away>>,
    /// Now.
    pub now: DateTime<Utc>,
    /// How the hospital counts days.
    pub calendar: Calendar,
    /// The office has seen who is concerned and confirmed it: obligations end at once.
    pub confirmed: bool,
}

/// Somebody comes to owe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Give {
    /// Who.
    pub staff: StaffId,
    /// Which time round.
    pub cycle: i64,
    /// By when.
    pub due_at: DateTime<Utc>,
    /// Why by then.
    pub because: Because,
    /// By which lines of the rule.
    pub matched: Matched,
}

/// A date moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Whose.
    pub staff: StaffId,
    /// Of which period.
    pub period: PeriodId,
    /// The number of the change.
    pub number: i64,
    /// The date from now on.
    pub due_at: DateTime<Utc>,
    /// The end of the completion from now on; `None`: untouched.
    pub valid_until: Option<DateTime<Utc>>,
    /// Why.
    pub reason: TermReason,
}

/// What is to happen. Empty when everything is as it should be: a plan that was followed leaves nothing to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Who comes to owe it.
    pub give: Vec<Give>,
    /// What is not owed any more.
    pub release: Vec<(StaffId, PeriodId, Release)>,
    /// What is owed again.
    pub take_back: Vec<(StaffId, PeriodId)>,
    /// Whose dates move.
    pub moves: Vec<Move>,
    /// Whom the rule does not fit since today.
    pub doubt: Vec<PeriodId>,
    /// Whom it fits again.
    pub sure: Vec<PeriodId>,
}

impl Plan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a requirement asks of everybody now.
#[must_use]
pub fn plan(facts: &Facts<'_>) -> Plan {
    let mut plan = Plan::default();
    let open = facts.is_open();
    for who in facts.people {
        let held = facts.held.get(&who.staff);
        let matched = facts.matched(who);
        match held {
            None => {
                if let Some(matched) = matched.filter(|_| open && !facts.signs_elsewhere(who)) {
                    plan.give.extend(facts.first(who, matched));
                }
            }
            Some(held) => facts.of_held(&mut plan, who, held, matched, open),
        }
    }
    plan
}

impl Facts<'_> {
    /// Whether somebody can come to owe it now.
    fn is_open(&self) -> bool {
        let of_this_year = self.rule.cycle.recurs()
            || self.rule.cycle == Cycle::Once
            || self.requirement.fiscal_year == self.calendar.fiscal_year(self.now);
        self.requirement.opens_at <= self.now
            && of_this_year
            && self.requirement.closed_at.is_none_or(|closed| closed > self.now)
            && self.requirement.valid_until.is_none_or(|until| until > self.now)
    }

    fn matched(&self, who: &Known) -> Option<Matched> {
        let matched = self.rule.whom.matches(who)?;
        let Some(version) = self.rule.whom.signed_before else { return Some(matched) };
        let signed = self.signed.get(&who.staff).filter(|signed| signed.version < version)?;
        Some(Matched { signed: Some(signed.version), ..matched })
    }

    /// Whoever has something else to sign signs the same text there.
    fn signs_elsewhere(&self, who: &Known) -> bool {
        self.rule.whom.signed_before.is_some()
            && self.signed.get(&who.staff).is_some_and(|signed| signed.elsewhere)
    }

    /// Whether somebody has signed the text that the rule asks for, or a later one.
    fn has_signed(&self, who: &Known) -> bool {
        let asked = self.rule.whom.signed_before;
        asked.is_some_and(|version| {
            self.signed.get(&who.staff).is_some_and(|signed| signed.version >= version)
        })
    }

    fn today(&self) -> NaiveDate {
        self.calendar.date(self.now)
    }

    /// The last moment of the day that lies the least number of days ahead.
    fn soonest(&self) -> DateTime<Utc> {
        self.calendar.end_of(self.today() + TimeDelta::days(self.rule.days.least.into()))
    }

    fn first(&self, who: &Known, matched: Matched) -> Option<Give> {
        if self.rule.days.gap > 0
            && let Some(recent) = self.recent.get(&who.staff)
            && self.calendar.date(*recent) + TimeDelta::days(self.rule.days.gap.into()) > self.today()
        {
            return None;
        }
        let cycle = if self.rule.cycle.recurs() { 1 } else { self.requirement.fiscal_year };
        let (due_at, because) =
            first_due(self.requirement, self.rule, who.joined_on, self.now, self.calendar);
        Some(Give { staff: who.staff.clone(), cycle, due_at, because, matched })
    }

    fn of_held(&self, plan: &mut Plan, who: &Known, held: &Held, matched: Option<Matched>, open: bool) {
        let terms = held.terms(self.now);
        if held.completed_at.is_some_and(|at| at <= self.now) {
            if held.doubted.is_some() {
                plan.sure.push(held.period.clone());
            }
            if let Some(matched) = matched.filter(|_| open) {
                plan.give.extend(self.again(who, held, terms, matched));
            }
            return;
        }
        let fits = matched.is_some() || self.rule.whom.named;
        match held.released {
            Some(Release::Away) => {}
            Some(_) if fits && open => {
                plan.take_back.push((who.staff.clone(), held.period.clone()));
                if terms.due_at < self.soonest() {
                    let reason = TermReason::OwedAgain { on: self.today(), days: self.rule.days.least };
                    plan.moves.push(self.moved(who, held, self.soonest(), reason));
                }
            }
            Some(_) => {}
            None if self.has_signed(who) => {
                plan.release.push((who.staff.clone(), held.period.clone(), Release::Signed));
            }
            None if fits || !open => {
                if held.doubted.is_some() {
                    plan.sure.push(held.period.clone());
                }
                self.over_leaves(plan, who, held, terms);
            }
            None if self.confirmed => {
                plan.release.push((who.staff.clone(), held.period.clone(), Release::RuleChanged));
            }
            None => match held.doubted {
                None => plan.doubt.push(held.period.clone()),
                Some(since) if (self.today() - since).num_days() >= DOUBT_DAYS => {
                    plan.release.push((who.staff.clone(), held.period.clone(), Release::Unfit));
                }
                Some(_) => self.over_leaves(plan, who, held, terms),
            },
        }
    }

    fn moved(&self, who: &Known, held: &Held, due_at: DateTime<Utc>, reason: TermReason) -> Move {
        Move {
            staff: who.staff.clone(),
            period: held.period.clone(),
            number: held.changes.last().map_or(1, |change| change.number + 1),
            due_at,
            valid_until: None,
            reason,
        }
    }

    /// A leave moves the date; one that lasted from the date into another year ends the obligation, which that year's own replaces.
    fn over_leaves(&self, plan: &mut Plan, who: &Known, held: &Held, terms: Terms) {
        let Some(leaves) = self.leaves.get(&who.staff) else { return };
        let due_day = self.calendar.last_day_before(terms.due_at);
        let away = leaves.iter().find(|leave| leave.from <= due_day && due_day < leave.back);
        let of_past_year = self.rule.cycle == Cycle::FiscalYear
            && self.requirement.fiscal_year < self.calendar.fiscal_year(self.now);
        if of_past_year {
            if away.is_some_and(|leave| leave.back <= self.today()) {
                plan.release.push((who.staff.clone(), held.period.clone(), Release::Away));
            }
            return;
        }
        let asked = of_leaves(
            held.due_at,
            held.assigned_at,
            &held.changes,
            leaves,
            self.rule.days.back,
            self.calendar,
        );
        plan.moves.extend(asked.map(|(due_at, reason)| self.moved(who, held, due_at, reason)));
    }

    /// The next time round, once the end of a completion is near. Whoever failed or let it lapse still holds the old one: nobody is lost.
    fn again(&self, who: &Known, held: &Held, terms: Terms, matched: Matched) -> Option<Give> {
        let until = terms.valid_until.filter(|_| self.rule.cycle.recurs())?;
        let window = self.calendar.date(until) - TimeDelta::days(self.rule.days.renewal.into());
        if self.today() < window {
            return None;
        }
        let soonest = self.soonest();
        let (due_at, because) = if until < soonest {
            (soonest, Because::Late { on: self.today(), days: self.rule.days.least })
        } else {
            (until, Because::Again { until: self.calendar.date(until) })
        };
        Some(Give { staff: who.staff.clone(), cycle: held.cycle + 1, due_at, because, matched })
    }
}

/// What changes for those who hold a completion when completions come to count for another time: its end moves, and with it the date of the
/// period that is to renew it.
#[must_use]
pub fn validity_moves(facts: &Facts<'_>, before: Cycle) -> Vec<Move> {
    let (Cycle::Rolling { months: before }, Cycle::Rolling { months }) = (before, facts.rule.cycle) else {
        return Vec::new();
    };
    if before == months {
        return Vec::new();
    }
    let shifted = |until: DateTime<Utc>| {
        let from = facts.calendar.date(until).checked_sub_months(Months::new(before))?;
        from.checked_add_months(Months::new(months)).map(|day| facts.calendar.start_of(day))
    };
    let mut moves = Vec::new();
    for who in facts.people {
        let Some(newest) = facts.held.get(&who.staff) else { continue };
        let Some(done) = Some(newest).filter(|held| held.completed_at.is_some()).or(newest.renews.as_deref())
        else {
            continue;
        };
        let terms = done.terms(facts.now);
        let Some(until) = terms.valid_until.and_then(shifted) else { continue };
        let reason = TermReason::Validity { before, months };
        let moved = facts.moved(who, done, terms.due_at, reason.clone());
        moves.push(Move { valid_until: Some(until), ..moved });
        if newest.completed_at.is_none()
            && newest.terms(facts.now).due_at == terms.valid_until.unwrap_or(until)
        {
            moves.push(facts.moved(who, newest, until.max(facts.soonest()), reason));
        }
    }
    moves
}

//! Where somebody stands: one pure function of facts and an instant.
//!
//! Every page, list, rate and export asks this function and no other. Whoever counts thousands in SQL lets the database compare
//! times and count people with equal facts; what those facts mean is decided only here.

use chrono::{DateTime, TimeDelta, Utc};

/// Days before the end of validity at which a completion is due for renewal.
pub const RENEWAL_DAYS: i64 = 60;

/// Where a period stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// ▲! The due date has passed and it is not done.
    Overdue,
    /// ⧗ The completion is no longer valid and there is no new one.
    Expired,
    /// ↻ A required point is unresolved.
    Retry,
    /// ✎ Every step is done, the signature is missing.
    ToSign,
    /// ◐ At least one answer is saved.
    InProgress,
    /// ○ Assigned, nothing opened.
    NotStarted,
    /// ◷ Valid now, ends within sixty days.
    Renew,
    /// ✓◷ Done after the due date.
    CompletedLate,
    /// ✓ Done and signed by the due date.
    Completed,
    /// ― With a reason, an approver and an end.
    Exempt,
    /// ／ On leave, or no longer (or not yet) at the hospital.
    Out,
}

impl Status {
    /// All of them, those who have to act first.
    pub const ALL: [Self; 11] = [
        Self::Overdue,
        Self::Expired,
        Self::Retry,
        Self::ToSign,
        Self::InProgress,
        Self::NotStarted,
        Self::Renew,
        Self::CompletedLate,
        Self::Completed,
        Self::Exempt,
        Self::Out,
    ];

    /// The word in addresses, exports and the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::ToSign => "to_sign",
            Self::Completed => "completed",
            Self::CompletedLate => "completed_late",
            Self::Overdue => "overdue",
            Self::Retry => "retry",
            Self::Renew => "renew",
            Self::Expired => "expired",
            Self::Exempt => "exempt",
            Self::Out => "out",
        }
    }

    /// Reads [`Status::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether the person counts among those who owe it: 受講率 = (修了 + 期限後修了) ÷ (対象者 − 免除 − 対象外).
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Exempt | Self::Out)
    }

    /// Whether the person has done it, in time or later. A completion that is due for renewal is still one.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Completed | Self::CompletedLate | Self::Renew)
    }

    /// Whether the person still has something to do.
    #[must_use]
    pub const fn has_to_act(self) -> bool {
        self.counts() && !matches!(self, Self::Completed | Self::CompletedLate)
    }
}

/// What is true of a period at an instant. Each is a comparison of a stored time with the instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// At least one answer was saved.
    pub started: bool,
    /// A final test was missed, and has not been passed since.
    pub missed: bool,
    /// Every module is done.
    pub done: bool,
    /// Done and signed.
    pub completed: bool,
    /// … before the due date was over.
    pub in_time: bool,
    /// The due date is over.
    pub due_passed: bool,
    /// An exemption holds.
    pub exempt: bool,
    /// On leave, left or not yet there.
    pub out: bool,
    /// The completion ends within [`RENEWAL_DAYS`], and no later one has taken its place.
    pub ending: bool,
    /// The completion has ended, and no later one has taken its place.
    pub ended: bool,
}

impl Facts {
    /// Where a period with these facts stands.
    #[must_use]
    pub const fn status(self) -> Status {
        // What was done stays done: an exemption or a leave that comes later does not take it away.
        if self.completed {
            return match self {
                Self { ended: true, out: true, .. } => Status::Out,
                Self { ended: true, exempt: true, .. } => Status::Exempt,
                Self { ended: true, .. } => Status::Expired,
                Self { ending: true, .. } => Status::Renew,
                Self { in_time: true, .. } => Status::Completed,
                Self { .. } => Status::CompletedLate,
            };
        }
        match self {
            Self { out: true, .. } => Status::Out,
            Self { exempt: true, .. } => Status::Exempt,
            Self { due_passed: true, .. } => Status::Overdue,
            Self { done: true, .. } => Status::ToSign,
            Self { missed: true, .. } => Status::Retry,
            Self { started: true, .. } => Status::InProgress,
            Self { .. } => Status::NotStarted,
        }
    }
}

/// The stored times from which the facts follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// When the first answer was saved.
    pub started_at: Option<DateTime<Utc>>,
    /// When a final test was first missed.
    pub retry_at: Option<DateTime<Utc>>,
    /// When its mark was reached after all.
    pub recovered_at: Option<DateTime<Utc>>,
    /// When every module was done.
    pub done_at: Option<DateTime<Utc>>,
    /// When it was signed, and so completed.
    pub completed_at: Option<DateTime<Utc>>,
    /// When it was held, where it was recorded later: whether it was in time goes by this.
    pub held_at: Option<DateTime<Utc>>,
    /// When the same course was completed for a later cycle: from then on that completion is the one that counts.
    pub renewed_at: Option<DateTime<Utc>>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The first instant at which the completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// Exemptions: from, until (exclusive).
    pub exempt: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether the person is on leave, has left or has not joined on that day.
    pub out: bool,
}

impl Record {
    /// What is true at an instant.
    #[must_use]
    pub fn facts(&self, at: DateTime<Utc>) -> Facts {
        let by = |time: Option<DateTime<Utc>>| time.is_some_and(|time| time <= at);
        let completed = by(self.completed_at);
        let renewed = by(self.renewed_at);
        Facts {
            started: by(self.started_at),
            missed: by(self.retry_at) && !by(self.recovered_at),
            done: by(self.done_at),
            completed,
            in_time: self.held_at.or(self.completed_at).is_some_and(|time| time < self.due_at),
            due_passed: self.due_at <= at,
            exempt: self.exempt.iter().any(|(from, until)| *from <= at && at < *until),
            out: self.out,
            ending: !renewed
                && self.valid_until.is_some_and(|until| until <= at + TimeDelta::days(RENEWAL_DAYS)),
            ended: !renewed && self.valid_until.is_some_and(|until| until <= at),
        }
    }

    /// Where it stands at an instant.
    #[must_use]
    pub fn status(&self, at: DateTime<Utc>) -> Status {
        self.facts(at).status()
    }
}

/// A rate with both its counts: never a per cent alone, always rounded down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Those who have done it.
    pub done: i64,
    /// Those who owe it.
    pub of: i64,
}

impl Rate {
    /// The rate of these statuses.
    pub fn of(statuses: impl IntoIterator<Item = (Status, i64)>) -> Self {
        statuses.into_iter().filter(|(status, _)| status.counts()).fold(
            Self::default(),
            |sum, (status, people)| Self {
                done: sum.done + if status.is_done() { people } else { 0 },
                of: sum.of + people,
            },
        )
    }

    /// Tenths of a per cent, rounded down: 99.95 % never reads 100 %. `None` when nobody owes it.
    #[must_use]
    pub const fn permille(self) -> Option<i64> {
        if self.of > 0 { Some(self.done * 1000 / self.of) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    fn record() -> Record {
        Record { due_at: at(100), ..Record::default() }
    }

    #[test]
    fn each_status_follows_from_its_facts() {
        let started = Record { started_at: Some(at(10)), ..record() };
        let missed = Record { retry_at: Some(at(20)), ..started.clone() };
        let done = Record { done_at: Some(at(30)), ..missed.clone() };
        let completed = Record { completed_at: Some(at(31)), valid_until: Some(at(400)), ..done.clone() };
        assert_eq!(record().status(at(5)), Status::NotStarted);
        assert_eq!(started.status(at(9)), Status::NotStarted, "as of the day before");
        assert_eq!(started.status(at(10)), Status::InProgress);
        assert_eq!(missed.status(at(20)), Status::Retry);
        let recovered = Record { recovered_at: Some(at(25)), ..missed.clone() };
        assert_eq!(recovered.status(at(24)), Status::Retry);
        assert_eq!(
            recovered.status(at(25)),
            Status::InProgress,
            "the test is passed, other modules are open"
        );
        assert_eq!(done.status(at(30)), Status::ToSign);
        assert_eq!(done.status(at(100)), Status::Overdue, "the due date is the first instant too late");
        assert_eq!(completed.status(at(31)), Status::Completed);
        assert_eq!(completed.status(at(339)), Status::Completed);
        assert_eq!(completed.status(at(340)), Status::Renew);
        assert_eq!(completed.status(at(400)), Status::Expired);
        let renewed = Record { renewed_at: Some(at(350)), ..completed.clone() };
        assert_eq!(renewed.status(at(349)), Status::Renew);
        assert_eq!(
            renewed.status(at(350)),
            Status::Completed,
            "the next year's completion has taken its place"
        );
        assert_eq!(renewed.status(at(400)), Status::Completed, "and this one is not missed when it ends");
        let late = Record { completed_at: Some(at(100)), ..done };
        assert_eq!(late.status(at(100)), Status::CompletedLate);
        let exempt = Record { exempt: vec![(at(90), at(120))], ..started };
        assert_eq!(exempt.status(at(110)), Status::Exempt);
        assert_eq!(exempt.status(at(120)), Status::Overdue, "an exemption has an end");
        assert_eq!(Record { out: true, ..record() }.status(at(200)), Status::Out);
    }

    #[test]
    fn a_rate_is_rounded_down_and_needs_somebody() {
        assert_eq!(Rate { done: 9995, of: 10_000 }.permille(), Some(999));
        assert_eq!(Rate::of([(Status::Exempt, 3), (Status::Out, 2)]).permille(), None);
        let rate = Rate::of([
            (Status::Completed, 4),
            (Status::CompletedLate, 1),
            (Status::Overdue, 5),
            (Status::Exempt, 9),
        ]);
        assert_eq!(rate, Rate { done: 5, of: 10 });
    }

    proptest! {
        #[test]
        fn a_record_at_an_instant_ignores_what_happened_later(
            started in 0_i64..200, done in 0_i64..200, completed in 0_i64..200, now in 0_i64..200,
        ) {
            let full = Record {
                started_at: Some(at(started)), done_at: Some(at(done)), completed_at: Some(at(completed)), ..record()
            };
            let past = |day: i64| (day <= now).then(|| at(day));
            let cut = Record {
                started_at: past(started), done_at: past(done), completed_at: past(completed), ..record()
            };
            prop_assert_eq!(full.status(at(now)), cut.status(at(now)));
        }
    }
}

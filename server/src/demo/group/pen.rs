//! Writing down what happens: the rows and the leaves that the running server would have written, many at a stroke.

use chrono::{DateTime, Utc};
use kokoroe_app::Lang;
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;

use super::super::chance::Chance;
use super::super::years::exempt_reason;
use super::walks::Walks;
use super::workers::{Worker, bytes};
use super::year::{Deed, Event, Owed, Year};
use crate::account;
use crate::account::store::NewCredential;
use crate::audit::{Ledger, Run};
use crate::clock::{Calendar, Clock};
use crate::db::{Db, DbError};
use crate::id::{AttestationId, ExemptionId, Made, SessionId, StaffId};
use crate::people::crowd::Order as By;
use crate::people::{crowd as people, display_name};
use crate::requirements::crowd as obligations;
use crate::requirements::store::{Exemption, Requirement};
use crate::training::crowd as training;
use crate::training::role::Roles;
use crate::training::store::{Answer, Attempt, Attestation, Completion, Way as TookPart};

/// So many rows are written at once. More would only take more memory.
const AT_ONCE: usize = 40_000;

/// What a code of a certificate is made of.
const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// Writes what happens, while what happens next is already being told.
pub(super) struct Pen {
    db: Db,
    ledger: Ledger,
    clock: Clock,
    run: Run,
    writing: Option<JoinHandle<Result<(), DbError>>>,
}

impl Pen {
    /// Begins where the log of now ends.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn begin(db: &Db, ledger: &Ledger, clock: &Clock) -> Result<Self, DbError> {
        let run = run(db, ledger, clock).await?;
        Ok(Self { db: db.clone(), ledger: ledger.clone(), clock: clock.clone(), run, writing: None })
    }

    /// Begins again, after somebody else has written.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn again(&mut self) -> Result<(), DbError> {
        self.run = run(&self.db, &self.ledger, &self.clock).await?;
        Ok(())
    }

    /// Writes some of what waits, if it is much.
    async fn blot(&mut self) -> Result<(), DbError> {
        if self.run.rows() < AT_ONCE {
            return Ok(());
        }
        self.dry().await?;
        let (db, portion) = (self.db.clone(), self.run.take());
        let write = async move { db.write(move |tx| Box::pin(async move { portion.write(tx).await })).await };
        self.writing = Some(tokio::spawn(write));
        Ok(())
    }

    async fn dry(&mut self) -> Result<(), DbError> {
        match self.writing.take() {
            Some(writing) => writing.await.map_err(|error| DbError::Inconsistent(error.to_string()))?,
            None => Ok(()),
        }
    }

    /// Writes everything that waits.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn finish(&mut self) -> Result<(), DbError> {
        self.dry().await?;
        let portion = self.run.take();
        self.db.write(move |tx| Box::pin(async move { portion.write(tx).await })).await
    }
}

async fn run(db: &Db, ledger: &Ledger, clock: &Clock) -> Result<Run, DbError> {
    let (ledger, clock) = (ledger.clone(), clock.clone());
    let mut order = people::ROWS.to_vec();
    order.extend(account::ROWS);
    order.extend(obligations::ROWS);
    order.extend(training::ROWS);
    db.write(move |tx| {
        Box::pin(async move { Run::begin(tx, &ledger, &clock, &order).await.map(|(run, _)| run) })
    })
    .await
}

/// What is the same for everything that is written of a year.
pub(super) struct Scene<'a> {
    pub(super) workers: &'a [Worker],
    /// Whether each seat is at the top of its department.
    pub(super) heads: &'a [bool],
    pub(super) walks: &'a Walks,
    pub(super) requirement: &'a Requirement,
    /// The hash of everybody's password.
    pub(super) password: &'a str,
    /// The training office.
    pub(super) office: &'a [StaffId],
    pub(super) policy: (String, i64),
    /// What is ticked, as it is kept.
    pub(super) statements: &'a str,
    /// The first instant after the fiscal year.
    pub(super) ends: DateTime<Utc>,
    pub(super) calendar: Calendar,
}

impl Scene<'_> {
    /// Writes down what happened.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn write(
        &self,
        pen: &mut Pen,
        year: &Year,
        events: &[Event],
        numbers: &mut i64,
    ) -> Result<(), DbError> {
        for event in events {
            self.one(&mut pen.run, year, *event, numbers)?;
            pen.blot().await?;
        }
        Ok(())
    }

    fn one(&self, run: &mut Run, year: &Year, event: Event, numbers: &mut i64) -> Result<(), DbError> {
        let at = event.at;
        match event.deed {
            Deed::Join(place) => self.worker(place, |worker| self.join(run, at, worker)),
            Deed::Post(place, posting) => self.worker(place, |worker| post(run, at, worker, posting)),
            Deed::GoAway(place) => self.worker(place, |worker| match &worker.away {
                Some(away) => people::go_away(run, By::nobody(at), away),
                None => Ok(()),
            }),
            Deed::Leave(place) => self.worker(place, |worker| leave(run, at, worker)),
            Deed::Give(place) => self.owed(year, place, |owed, _| {
                let given = (owed.period.clone(), at);
                obligations::give(run, given, self.requirement, &owed.give, owed.track.clone())
            }),
            Deed::Move(place) => self.owed(year, place, |owed, _| match &owed.moved {
                Some(moved) => obligations::move_dates(run, at, moved),
                None => Ok(()),
            }),
            Deed::Exempt(place) => self.owed(year, place, |owed, _| self.exempt(run, at, owed)),
            Deed::TakePart(place) => {
                self.owed(year, place, |owed, worker| self.take_part(run, at, owed, worker, numbers))
            }
            Deed::Begin(way) => self.begin(run, year, way),
            Deed::Answer(way, turn) => self.answer(run, year, at, way, turn),
            Deed::Sign(place) => {
                self.owed(year, place, |owed, worker| self.sign(run, at, owed, worker, numbers))
            }
        }
    }

    fn worker<T>(
        &self,
        place: usize,
        then: impl FnOnce(&Worker) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let worker = self.workers.get(place);
        then(worker.ok_or_else(|| DbError::Inconsistent(format!("there is no worker {place}")))?)
    }

    fn owed<T>(
        &self,
        year: &Year,
        place: usize,
        then: impl FnOnce(&Owed, &Worker) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let owed = year.owed.get(place);
        let owed = owed.ok_or_else(|| DbError::Inconsistent(format!("nothing is owed at {place}")))?;
        self.worker(owed.worker, |worker| then(owed, worker))
    }

    fn join(&self, run: &mut Run, at: DateTime<Utc>, worker: &Worker) -> Result<(), DbError> {
        let staff = &worker.staff;
        people::join(run, By::nobody(at), staff)?;
        let closed = staff.left_on.map(|left| self.calendar.start_of(left));
        let new = NewCredential { password: Some(self.password.to_owned()), code: None };
        account::open_among(run, &staff.id, new, at, closed);
        post(run, at, worker, 0)
    }

    fn exempt(&self, run: &mut Run, at: DateTime<Utc>, owed: &Owed) -> Result<(), DbError> {
        let [approver, asker, ..] = self.office else { return Ok(()) };
        let id = ExemptionId::made(at, bytes(&mut Chance::of(owed.period.as_str())));
        let new = Exemption {
            period_id: owed.period.clone(),
            reason: exempt_reason(0).to_owned(),
            asked_by: asker.clone(),
            approved_by: approver.clone(),
            from_at: at,
            until_at: self.ends,
            leaf: 0,
        };
        obligations::exempt(run, (id, at), &new)
    }

    fn completion(&self, at: DateTime<Utc>, owed: &Owed, worker: &Worker, numbers: &mut i64) -> Completion {
        *numbers += 1;
        let requirement = self.requirement;
        let mut chance = Chance::of(owed.period.as_str());
        let mut letters = || {
            let letter = |_| chance.pick(LETTERS).map_or('2', |letter| char::from(*letter));
            (0..4).map(letter).collect::<String>()
        };
        Completion {
            period_id: owed.period.clone(),
            number: format!("{}-{numbers:06}", requirement.series()),
            code: [letters(), letters(), letters()].join("-"),
            completed_at: at,
            valid_until: requirement.valid_until,
            name: display_name(&worker.staff.family, &worker.staff.given, "", Lang::Ja),
            policy_version: self.policy.1,
            leaf: 0,
            held_at: None,
            way: TookPart::Here,
        }
    }

    fn take_part(
        &self,
        run: &mut Run,
        at: DateTime<Utc>,
        owed: &Owed,
        worker: &Worker,
        numbers: &mut i64,
    ) -> Result<(), DbError> {
        let Some(by) = self.office.first() else { return Ok(()) };
        let department =
            worker.postings.iter().rfind(|posting| posting.main && posting.holds_on(owed.held_on));
        let department = department.map(|posting| posting.department_id.to_string()).unwrap_or_default();
        let sheet = format!("出席表_{}_{}.pdf", owed.held_on, department.get(..8).unwrap_or_default());
        let held_at = self.calendar.start_of(owed.held_on);
        let held = training::Held {
            way: TookPart::Classroom,
            on: owed.held_on,
            at: held_at,
            sha256: hex::encode(Sha256::digest(format!("{sheet} {department}"))),
            sheet,
            by: by.clone(),
        };
        let completion = Completion {
            held_at: Some(held_at),
            way: TookPart::Classroom,
            ..self.completion(at, owed, worker, numbers)
        };
        training::take_part(run, &worker.staff.id, &held, completion, held_at < owed.due_at)
    }

    fn begin(&self, run: &mut Run, year: &Year, place: usize) -> Result<(), DbError> {
        let Some(way) = year.ways.get(place) else { return Ok(()) };
        let Some(walk) = self.walks.get(way.walk) else { return Ok(()) };
        self.owed(year, way.owed, |owed, worker| {
            let manages = self.heads.get(worker.seat).copied().unwrap_or_default();
            let attempt = Attempt {
                id: way.attempt.clone(),
                period_id: owed.period.clone(),
                module_id: walk.module.clone(),
                revision: walk.revision.clone(),
                seed: walk.seed,
                role: Roles::of(&worker.staff.profession, manages).text(),
                turn: i64::try_from(way.turns).unwrap_or(0) + 1,
                started_at: way.begun_at,
                finished_at: way.finished_at,
            };
            training::begin(run, &worker.staff.id, &attempt)
        })
    }

    fn answer(
        &self,
        run: &mut Run,
        year: &Year,
        at: DateTime<Utc>,
        place: usize,
        turn: usize,
    ) -> Result<(), DbError> {
        let Some(way) = year.ways.get(place) else { return Ok(()) };
        let Some(walk) = self.walks.get(way.walk) else { return Ok(()) };
        let Some((_, answer, led_to)) = walk.answers.get(turn) else { return Ok(()) };
        self.owed(year, way.owed, |owed, worker| {
            if owed.noted.started_at == Some(at) {
                training::note(run, &owed.period, &owed.noted);
            }
            let answer = Answer { answered_at: at, ..answer.clone() };
            let attempt = (way.attempt.as_str(), walk.revision.as_str());
            training::answer(run, &worker.staff.id, attempt, &answer, *led_to)
        })
    }

    fn sign(
        &self,
        run: &mut Run,
        at: DateTime<Utc>,
        owed: &Owed,
        worker: &Worker,
        numbers: &mut i64,
    ) -> Result<(), DbError> {
        let mut chance = Chance::of(owed.period.as_str());
        let completion = self.completion(at, owed, worker, numbers);
        let signed = Attestation {
            id: AttestationId::made(at, bytes(&mut chance)),
            period_id: owed.period.clone(),
            policy: self.policy.0.clone(),
            statements: self.statements.to_owned(),
            lang: Lang::Ja.tag().to_owned(),
            signed_at: at,
            leaf: 0,
        };
        let session = SessionId::made(at, bytes(&mut chance)).to_string();
        training::sign(run, &worker.staff.id, &signed, session, completion, at < owed.due_at)
    }

    /// Notes how many numbers of certificates were given out.
    pub(super) fn close(&self, pen: &mut Pen, numbers: i64) {
        if numbers > 0 {
            training::series(&mut pen.run, self.requirement.series(), numbers);
        }
    }
}

/// A posting begins; a main one ends the one before.
fn post(run: &mut Run, at: DateTime<Utc>, worker: &Worker, place: usize) -> Result<(), DbError> {
    let Some(posting) = worker.postings.get(place) else { return Ok(()) };
    for before in worker.postings.iter().take(place).filter(|before| posting.main && before.main) {
        people::end(run, By::nobody(at), before, posting.from_on)?;
    }
    people::post(run, By::nobody(at), posting, None)
}

fn leave(run: &mut Run, at: DateTime<Utc>, worker: &Worker) -> Result<(), DbError> {
    let Some(left) = worker.staff.left_on else { return Ok(()) };
    for open in worker.postings.iter().filter(|posting| posting.to_on == Some(left)) {
        people::end(run, By::nobody(at), open, left)?;
    }
    people::leave(run, By::nobody(at), &worker.staff, left)
}

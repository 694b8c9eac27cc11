//! Writing down what somebody did: the row and its leaf, in one transaction, exactly once.

use kokoroe_courses::{Response, Visit, Walk};
use serde_json::{Value, json};

use super::content::Content;
use super::crowd;
use super::store::{self, Answer, Attempt, Progress};
use super::walk::Standing;
use crate::audit::{Ledger, Run};
use crate::clock::Clock;
use crate::db::{DbError, Tx};
use crate::id::{AttemptId, PeriodId, StaffId};
use crate::requirements::store::modules;

/// What came of writing an answer down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is saved.
    Saved,
    /// Another request answered this step first.
    TakenAlready,
    /// Another module has been taken in the place of this one.
    LaidAside,
}

/// An answer that was judged, ready to be written.
#[derive(Clone, Debug)]
pub struct Judgement {
    attempt: AttemptId,
    period: PeriodId,
    module: String,
    staff: StaffId,
    revision: String,
    answer: Answer,
    led_to: LedTo,
}

/// What an answer meant for the whole period. It stands in the answer's leaf, so that where somebody stood at any time follows from what
/// is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedTo {
    /// The next step.
    Nothing,
    /// A round of the final test was missed, for the first time.
    Missed,
    /// A later round reached the mark.
    Recovered,
    /// The module is done.
    Finished,
}

impl LedTo {
    /// The word in the record and in the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Missed => "missed",
            Self::Recovered => "recovered",
            Self::Finished => "finished",
        }
    }

    /// What the newest answer of a walk meant; `before`: a round had been missed and not made good before it.
    #[must_use]
    pub fn between(before: bool, walk: &Walk<'_>) -> Self {
        match (before, walk.failed_round()) {
            _ if walk.is_finished() => Self::Finished,
            (false, true) => Self::Missed,
            (true, false) => Self::Recovered,
            (false, false) | (true, true) => Self::Nothing,
        }
    }
}

/// What a record and a leaf note of an answered step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The question; empty where nothing was answered.
    pub place: String,
    /// Points of the grade; none for what is never graded.
    pub grade: Option<i64>,
    /// Points.
    pub points: i64,
    /// The most that could be had.
    pub out_of: i64,
}

impl Noted {
    /// That of a step.
    #[must_use]
    pub fn of(visit: &Visit<'_>) -> Self {
        // Going back and looking closely answer nothing: the first answer is still to come.
        let answers = !matches!(visit.response, Response::Again | Response::Look(_));
        Self {
            place: visit.place.question().filter(|_| answers).unwrap_or_default(),
            grade: visit.judged.grade.map(|grade| i64::from(grade.points())),
            points: i64::from(visit.judged.points),
            out_of: i64::from(visit.judged.of),
        }
    }
}

impl Standing {
    /// Judges a response to the step that is asked now.
    ///
    /// # Errors
    /// `Ok(Err(refusal))` when it does not fit the step; the outer error when the stored answers cannot be read.
    pub fn judge(
        &self,
        response: Response,
        lang: &str,
        clock: &Clock,
    ) -> Result<Result<Judgement, kokoroe_courses::Refusal>, DbError> {
        let mut walk = self.walk()?;
        let text =
            serde_json::to_string(&response).map_err(|error| DbError::Inconsistent(error.to_string()))?;
        let turn = walk.turn();
        let missed_before = walk.failed_round();
        let visit = match walk.answer(response) {
            Ok(visit) => visit,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Noted { place, grade, points, out_of } = Noted::of(visit);
        let answer = Answer {
            turn: i64::from(turn),
            first: !place.is_empty() && self.answers.iter().all(|earlier| earlier.place != place),
            place,
            response: text,
            grade,
            points,
            out_of,
            lang: lang.to_owned(),
            answered_at: clock.now(),
            leaf: 0,
        };
        Ok(Ok(Judgement {
            attempt: self.attempt.id.clone(),
            period: self.period.id.clone(),
            module: self.attempt.module_id.clone(),
            staff: self.period.staff_id.clone(),
            revision: self.attempt.revision.clone(),
            answer,
            led_to: LedTo::between(missed_before, &walk),
        }))
    }
}

impl Judgement {
    /// The answer as it will be kept.
    #[must_use]
    pub const fn answer(&self) -> &Answer {
        &self.answer
    }

    /// What it meant for the whole period.
    #[must_use]
    pub const fn led_to(&self) -> LedTo {
        self.led_to
    }

    /// Whether it was the last of its module.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        matches!(self.led_to, LedTo::Finished)
    }
}

/// Begins an attempt, with what the page before it has answered already; somebody who begins twice has begun once, and a module that is not
/// asked cannot be begun. It is one portion of the log: many begin at the same moment, and each waits for those before.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    staff: &StaffId,
    mut new: Attempt,
    first: Option<Judgement>,
) -> Result<(), DbError> {
    let (mut run, now) = Run::begin(tx, ledger, clock, &crowd::ROWS).await?;
    let asked = modules(tx, &new.period_id).await?.contains(&new.module_id);
    if !asked || store::attempt(tx, &new.period_id, &new.module_id).await?.is_some() {
        return Ok(());
    }
    new.started_at = now;
    // Whether somebody tries a module first leads to nothing but the next page.
    let first = first.filter(|first| first.led_to == LedTo::Nothing && first.answer.turn == new.turn);
    new.turn += i64::from(first.is_some());
    crowd::begin(&mut run, staff, &new)?;
    if let Some(Judgement { answer, led_to, revision, .. }) = first {
        let answer = Answer { answered_at: now, ..answer };
        crowd::answer(&mut run, staff, (new.id.as_str(), &revision), &answer, led_to)?;
        crowd::note(&mut run, &new.period_id, &Progress { started_at: Some(now), ..Progress::default() });
    }
    run.take().write(tx).await
}

/// What the log says of an attempt.
pub(super) fn began(new: &Attempt) -> Value {
    json!({
        "period": new.period_id, "module": new.module_id, "rev": new.revision, "seed": new.seed.to_string(),
        "role": new.role,
    })
}

/// What the log says of an answer.
pub(super) fn answered(answer: &Answer, led_to: LedTo, revision: &str) -> Value {
    json!({
        "turn": answer.turn, "place": answer.place, "response": logged(&answer.response), "grade": answer.grade,
        "points": answer.points, "out_of": answer.out_of, "led_to": led_to.code(), "lang": answer.lang,
        "rev": revision,
    })
}

/// Writes a judged answer, if its module is still asked: its leaf, its row, and what follows for the period.
///
/// # Errors
/// When the database fails.
pub async fn write(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    content: &Content,
    judgement: Judgement,
) -> Result<Written, DbError> {
    // The log is held before looking: whoever takes another module at the same moment comes before or after this.
    let (mut run, at) = Run::begin(tx, ledger, clock, &crowd::ROWS).await?;
    let Judgement { attempt, period, module, staff, revision, answer, led_to } = judgement;
    let asked = modules(tx, &period).await?;
    if !asked.contains(&module) {
        return Ok(Written::LaidAside);
    }
    if !store::take_turn(tx, &attempt, answer.turn).await? {
        return Ok(Written::TakenAlready);
    }
    let answer = Answer { answered_at: at, ..answer };
    crowd::answer(&mut run, &staff, (attempt.as_str(), &revision), &answer, led_to)?;
    store::drop_draft(tx, &attempt, answer.turn).await?;
    let mut facts = Progress { started_at: Some(at), ..Progress::default() };
    match led_to {
        LedTo::Nothing => {}
        LedTo::Missed => facts.retry_at = Some(at),
        LedTo::Recovered => facts.recovered_at = Some(at),
        LedTo::Finished => {
            store::finish(tx, &attempt, at).await?;
            let attempts = store::attempts_of(tx, &period).await?;
            let is_done = |module: &String| match attempts.iter().find(|a| a.module_id == *module) {
                Some(attempt) => attempt.finished_at.is_some(),
                // What this release no longer has is asked only of those who have begun it.
                None => content.module(module).is_none(),
            };
            if asked.iter().all(is_done) {
                facts.done_at = Some(at);
            }
        }
    }
    crowd::note(&mut run, &period, &facts);
    run.take().write(tx).await?;
    Ok(Written::Saved)
}

/// What the log says of a response: ids as they are, of somebody's own words only how many, because a leaf is for ever and for others.
/// What cannot be read any more was altered, and may hold somebody's words as well.
#[must_use]
pub fn logged(response: &str) -> String {
    match serde_json::from_str::<Response>(response) {
        Ok(Response::Draft(text)) => format!("draft {} characters", text.chars().count()),
        Ok(_) => response.to_owned(),
        Err(_) => format!("unreadable {} characters", response.chars().count()),
    }
}

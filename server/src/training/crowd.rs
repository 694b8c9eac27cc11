//! What many people did, at a stroke: the rows and the facts as the functions for one person write them.

use chrono::{DateTime, NaiveDate, Utc};

use super::attendance::write;
use super::record::{LedTo, answered, began};
use super::signature;
use super::store::{
    ADD_ANSWER, ADD_ATTEMPT, ADD_ATTENDANCE, ADD_ATTESTATION, ADD_COMPLETION, Answer, Attempt, Attestation,
    BEGIN_SERIES, Completion, NOTE_PROGRESS, Progress, Way,
};
use crate::audit::{Entry, Kind, Run};
use crate::db::{DbError, Value};
use crate::id::{PeriodId, StaffId};

/// The rows that are added here, in the order in which they refer to each other.
pub(crate) const ROWS: [&str; 7] =
    [NOTE_PROGRESS, ADD_ATTEMPT, ADD_ANSWER, ADD_ATTENDANCE, ADD_ATTESTATION, ADD_COMPLETION, BEGIN_SERIES];

/// Begins an attempt; its row says already how far it went.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn begin(run: &mut Run, staff: &StaffId, new: &Attempt) -> Result<(), DbError> {
    let (at, actor, obj, d) = (new.started_at, staff.as_str(), new.id.as_str(), began(new));
    let leaf = run.append(&Entry { kind: Kind::ATTEMPT_START, at, actor, obj, req: None, d })?;
    let row = [
        obj.to_owned().into(),
        new.period_id.as_str().to_owned().into(),
        (&new.module_id).into(),
        (&new.revision).into(),
        new.seed.into(),
        (&new.role).into(),
        new.turn.into(),
        at.into(),
        new.finished_at.into(),
        leaf.into(),
    ];
    run.add(ADD_ATTEMPT, row);
    Ok(())
}

/// Saves an answer to a step of an attempt.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn answer(
    run: &mut Run,
    staff: &StaffId,
    (attempt, revision): (&str, &str),
    new: &Answer,
    led_to: LedTo,
) -> Result<(), DbError> {
    let req = format!("{attempt}:{}", new.turn);
    let leaf = run.append(&Entry {
        kind: Kind::ANSWER,
        at: new.answered_at,
        actor: staff.as_str(),
        obj: attempt,
        req: Some(&req),
        d: answered(new, led_to, revision),
    })?;
    let row = [
        attempt.to_owned().into(),
        new.turn.into(),
        (&new.place).into(),
        (&new.response).into(),
        new.grade.into(),
        new.points.into(),
        new.out_of.into(),
        new.first.into(),
        led_to.code().into(),
        (&new.lang).into(),
        new.answered_at.into(),
        leaf.into(),
    ];
    run.add(ADD_ANSWER, row);
    Ok(())
}

/// Notes what the answers of a period come to.
pub(crate) fn note(run: &mut Run, period: &PeriodId, facts: &Progress) {
    let row = [
        period.as_str().to_owned().into(),
        facts.started_at.into(),
        facts.retry_at.into(),
        facts.recovered_at.into(),
        facts.done_at.into(),
    ];
    run.add(NOTE_PROGRESS, row);
}

/// Records a signature and the completion that it makes.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn sign(
    run: &mut Run,
    staff: &StaffId,
    new: &Attestation,
    session: String,
    mut completion: Completion,
    in_time: bool,
) -> Result<(), DbError> {
    let (at, actor) = (new.signed_at, staff.as_str());
    let version = completion.policy_version;
    let d = signature::signed(&new.period_id, &new.policy, version, &new.lang, &new.statements);
    let leaf =
        run.append(&Entry { kind: Kind::ATTEST_SIGN, at, actor, obj: new.id.as_str(), req: None, d })?;
    let row = [
        new.id.as_str().to_owned().into(),
        new.period_id.as_str().to_owned().into(),
        (&new.policy).into(),
        (&new.statements).into(),
        (&new.lang).into(),
        at.into(),
        "password".into(),
        session.into(),
        leaf.into(),
    ];
    run.add(ADD_ATTESTATION, row);
    let d = signature::completed(staff, &completion, in_time);
    let obj = new.period_id.as_str();
    completion.leaf = run.append(&Entry { kind: Kind::COMPLETION, at, actor, obj, req: None, d })?;
    run.add(ADD_COMPLETION, row_of(&completion));
    Ok(())
}

/// A sheet that people signed.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// In a classroom or on paper.
    pub(crate) way: Way,
    /// When.
    pub(crate) on: NaiveDate,
    /// The same as an instant.
    pub(crate) at: DateTime<Utc>,
    /// Its file.
    pub(crate) sheet: String,
    /// The hash of the file.
    pub(crate) sha256: String,
    /// Who wrote down what stands on it.
    pub(crate) by: StaffId,
}

/// Records somebody who stands on a sheet, who is completed from now on.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn take_part(
    run: &mut Run,
    staff: &StaffId,
    held: &Held,
    mut completion: Completion,
    in_time: bool,
) -> Result<(), DbError> {
    let (at, actor) = (completion.completed_at, held.by.as_str());
    let obj = completion.period_id.as_str().to_owned();
    let d = write::attended(held.way, held.on, &held.sha256);
    let leaf = run.append(&Entry { kind: Kind::ATTENDANCE, at, actor, obj: &obj, req: None, d })?;
    let row = [
        (&obj).into(),
        held.way.code().into(),
        held.on.into(),
        (&held.sheet).into(),
        (&held.sha256).into(),
        actor.to_owned().into(),
        at.into(),
        leaf.into(),
    ];
    run.add(ADD_ATTENDANCE, row);
    let d = write::completed(staff, &completion, held.at, in_time);
    completion.leaf = run.append(&Entry { kind: Kind::COMPLETION, at, actor, obj: &obj, req: None, d })?;
    run.add(ADD_COMPLETION, row_of(&completion));
    Ok(())
}

fn row_of(new: &Completion) -> [Value; 10] {
    [
        new.period_id.as_str().to_owned().into(),
        (&new.number).into(),
        (&new.code).into(),
        new.completed_at.into(),
        new.valid_until.into(),
        (&new.name).into(),
        new.policy_version.into(),
        new.leaf.into(),
        new.held_at.into(),
        new.way.code().into(),
    ]
}

/// Notes how many numbers of a series were given out.
pub(crate) fn series(run: &mut Run, series: String, last: i64) {
    run.add(BEGIN_SERIES, [series.into(), last.into()]);
}

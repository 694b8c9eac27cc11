//! What is owed by many people, at a stroke: the rows and the facts as the functions for one person write them.

use chrono::{DateTime, Utc};

use super::follow::moved_to;
use super::period::{exempted, given_at, noted_at_once};
use super::plan::{Give, Move};
use super::store::{ADD_EXEMPTION, ADD_PERIOD, ADD_TERM, Exemption, Requirement};
use super::track::Fit;
use crate::audit::{Entry, Kind, Run};
use crate::db::DbError;
use crate::id::{ExemptionId, PeriodId};
use crate::training::crowd;
use crate::training::store::NOTE_PROGRESS;

/// The rows that are added here, in the order in which they refer to each other.
pub(crate) const ROWS: [&str; 4] = [ADD_PERIOD, ADD_EXEMPTION, ADD_TERM, NOTE_PROGRESS];

/// Gives somebody a period of a requirement with this track.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn give(
    run: &mut Run,
    (id, at): (PeriodId, DateTime<Utc>),
    requirement: &Requirement,
    given: &Give,
    track: (String, Fit),
) -> Result<(), DbError> {
    let (period, d) = given_at(id, at, requirement, given, track);
    let obj = period.id.as_str();
    let leaf = run.append(&Entry { kind: Kind::ASSIGN_CREATE, at, actor: "system", obj, req: None, d })?;
    let row = [
        obj.to_owned().into(),
        period.staff_id.as_str().to_owned().into(),
        period.requirement_id.as_str().to_owned().into(),
        period.cycle.into(),
        at.into(),
        period.due_at.into(),
        period.reason.into(),
        period.track.into(),
        leaf.into(),
    ];
    run.add(ADD_PERIOD, row);
    if let Some(noted) = noted_at_once(requirement, at) {
        crowd::note(run, &period.id, &noted);
    }
    Ok(())
}

/// Exempts somebody from a period.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn exempt(
    run: &mut Run,
    (id, at): (ExemptionId, DateTime<Utc>),
    new: &Exemption,
) -> Result<(), DbError> {
    let (actor, obj, d) = (new.approved_by.as_str(), id.as_str(), exempted(new));
    let leaf = run.append(&Entry { kind: Kind::ASSIGN_WAIVE, at, actor, obj, req: None, d })?;
    let row = [
        obj.to_owned().into(),
        new.period_id.as_str().to_owned().into(),
        (&new.reason).into(),
        new.asked_by.as_str().to_owned().into(),
        actor.to_owned().into(),
        new.from_at.into(),
        new.until_at.into(),
        leaf.into(),
    ];
    run.add(ADD_EXEMPTION, row);
    Ok(())
}

/// Moves the dates of a period, as the rule does by itself.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn move_dates(run: &mut Run, at: DateTime<Utc>, moved: &Move) -> Result<(), DbError> {
    let (obj, d) = (moved.period.as_str(), moved_to(moved));
    let leaf =
        run.append(&Entry { kind: Kind::ASSIGN_DUE_CHANGE, at, actor: "system", obj, req: None, d })?;
    let row = [
        obj.to_owned().into(),
        moved.number.into(),
        moved.due_at.into(),
        moved.valid_until.into(),
        moved.reason.text().into(),
        "system".into(),
        at.into(),
        leaf.into(),
    ];
    run.add(ADD_TERM, row);
    Ok(())
}

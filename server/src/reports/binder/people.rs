//! ③ 受講者名簿, and what is read along with it: who has not finished, who is exempt or not in scope, and the counts.
//!
//! The roster of the evidence pack, read once, in batches. Every list and every count of the binder comes from this one reading, so none
//! of them can differ from another.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_app::say;
use tokio::sync::mpsc;

use super::archive::Archive;
use super::frame::{Frame, on, text};
use super::lists::{exempt, open, roster as whole};
use super::store::{self, Time};
use super::volumes::Volumes;
use super::{BinderError, Progress};
use crate::db::{Conn, DbError};
use crate::reports::asked::is_open;
use crate::reports::evidence::store::{RosterRow, roster};
use crate::reports::file::Cell;
use crate::reports::store::{Question, counts_as_one};
use crate::requirements::status::{Rate, Status};
use crate::state::Site;
use crate::training::attendance::way_view;
use crate::training::my_training::status_view;
use crate::training::store::Way;

/// People of one step of the progress: as many as the roster gives at once.
const BATCH: i64 = 1_024;
/// A longer pause between two answers is no time spent on the training.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(10);

/// How many people stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally(BTreeMap<Status, i64>);

impl Tally {
    fn add(&mut self, status: Status) {
        *self.0.entry(status).or_default() += 1;
    }

    pub(super) fn of(&self, status: Status) -> i64 {
        self.0.get(&status).copied().unwrap_or(0)
    }

    pub(super) fn all(&self) -> i64 {
        self.0.values().sum()
    }

    pub(super) fn open(&self) -> i64 {
        self.0.iter().filter(|(status, _)| is_open(**status)).map(|(_, people)| people).sum()
    }

    pub(super) fn rate(&self) -> Rate {
        Rate::of(self.0.iter().map(|(status, people)| (*status, *people)))
    }
}

/// What the roster comes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) all: Tally,
    /// By code and name of the main department; those without one come last.
    pub(super) departments: BTreeMap<(bool, String, String), Tally>,
    pub(super) professions: BTreeMap<String, Tally>,
    /// Of those who have not finished: how many were reminded, and how many were spoken to.
    pub(super) reminded: i64,
    pub(super) spoken: i64,
}

/// How many batches the people make.
pub(super) async fn batches(conn: &mut Conn, frame: &Frame) -> Result<i64, DbError> {
    let question = Question::of(frame.requirement.id.clone(), frame.instant);
    let people: i64 = counts_as_one(conn, &question).await?.iter().map(|row| row.people).sum();
    Ok(people / BATCH + 1)
}

struct Lists {
    roster: Volumes,
    open: Volumes,
    exempt: Volumes,
}

/// Writes the lists and gives the counts.
pub(super) async fn write(
    site: &Site,
    frame: &Frame,
    mut archive: Archive,
    progress: &Progress,
) -> Result<(Archive, Counted), BinderError> {
    let mut lists = Lists {
        roster: Volumes::of(whole(frame.lang)),
        open: Volumes::of(open(frame.lang)),
        exempt: Volumes::of(exempt(frame.lang)),
    };
    let mut counted = Counted::default();
    let (to, mut batches) = mpsc::channel(2);
    let reading = async {
        let mut conn = site.db.read().await?;
        let at = &frame.instant;
        roster(&mut conn, &frame.requirement.id, at.at, at.day, &to).await?;
        drop(to);
        Ok::<(), BinderError>(())
    };
    let writing = async {
        let mut conn = site.db.read().await?;
        while let Some(batch) = batches.recv().await {
            for row in batch {
                archive = one(&mut conn, frame, archive, &mut lists, &mut counted, &row).await?;
            }
            progress.step();
        }
        Ok::<Archive, BinderError>(archive)
    };
    let ((), mut archive) = tokio::try_join!(reading, writing)?;
    archive = lists.roster.end(frame, archive).await?;
    archive = lists.open.end(frame, archive).await?;
    archive = lists.exempt.end(frame, archive).await?;
    Ok((archive, counted))
}

async fn one(
    conn: &mut Conn,
    frame: &Frame,
    mut archive: Archive,
    lists: &mut Lists,
    counted: &mut Counted,
    row: &RosterRow,
) -> Result<Archive, BinderError> {
    let status = row.status(frame.at);
    counted.all.add(status);
    let place = (
        row.department_code.is_none(),
        row.department_code.clone().unwrap_or_default(),
        row.department.clone().unwrap_or_default(),
    );
    counted.departments.entry(place).or_default().add(status);
    counted.professions.entry(row.profession.clone()).or_default().add(status);
    let line = roster_row(conn, frame, row, status).await?;
    archive = lists.roster.add(frame, archive, line).await?;
    if is_open(status) {
        let line = open_row(conn, frame, row, status, counted).await?;
        archive = lists.open.add(frame, archive, line).await?;
    }
    if !status.counts() {
        let line = exempt_row(conn, frame, row, status).await?;
        archive = lists.exempt.add(frame, archive, line).await?;
    }
    Ok(archive)
}

/// What was true by then.
fn by_then(frame: &Frame, at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    at.filter(|at| *at <= frame.at)
}

fn person(row: &RosterRow) -> [Cell; 5] {
    [
        text(&row.staff_no),
        text(format!("{} {}", row.family, row.given).trim()),
        text(row.department_code.clone().unwrap_or_default()),
        text(row.department.clone().unwrap_or_default()),
        text(&row.profession),
    ]
}

async fn roster_row(
    conn: &mut Conn,
    frame: &Frame,
    row: &RosterRow,
    status: Status,
) -> Result<Vec<Cell>, BinderError> {
    let lang = frame.lang;
    let completed = by_then(frame, row.completed_at);
    let way = row.way.as_deref().filter(|_| completed.is_some()).and_then(Way::from_code);
    let mut result = status_view(status).word(lang);
    if let Some(elsewhere) = way.filter(|way| *way != Way::Here) {
        let way = way_view(elsewhere).words(lang);
        result = say!(lang, "{result}（{way}）", "{result} ({way})");
    }
    let started = by_then(frame, row.started_at);
    let minutes = match started {
        Some(_) => spent(&store::times(conn, &row.period_id, frame.at).await?),
        None => None,
    };
    let signed = by_then(frame, row.signed_at);
    let [number, name, code, department, profession] = person(row);
    Ok(vec![
        number,
        name,
        text(format!("{} {}", row.family_kana, row.given_kana).trim()),
        code,
        department,
        profession,
        text(&row.employment),
        frame.on(Some(row.assigned_at)),
        frame.second(started),
        frame.second(completed.map(|at| row.held_at.unwrap_or(at))),
        minutes.map_or(Cell::Empty, Cell::Number),
        text(result),
        frame.second(signed),
        row.policy_version.filter(|_| completed.is_some()).map_or(Cell::Empty, Cell::Number),
    ])
}

/// The minutes between beginning and answers, each way through a module by itself, long pauses left out.
fn spent(times: &[Time]) -> Option<i64> {
    let mut sum = TimeDelta::zero();
    for attempt in times.chunk_by(|a, b| a.id == b.id) {
        let begun = attempt.first().map(|first| first.started_at);
        let mut before = begun?;
        for at in attempt.iter().filter_map(|time| time.answered_at) {
            let pause = at - before;
            if pause > TimeDelta::zero() && pause <= LONGEST_PAUSE {
                sum += pause;
            }
            before = at;
        }
    }
    // Whoever began has spent something.
    (!times.is_empty()).then(|| (sum.num_seconds() + 59) / 60)
}

async fn open_row(
    conn: &mut Conn,
    frame: &Frame,
    row: &RosterRow,
    status: Status,
    counted: &mut Counted,
) -> Result<Vec<Cell>, BinderError> {
    let (reminders, reminded) = store::reminded(conn, &row.period_id, frame.at).await?;
    let opened = frame.requirement.opens_at;
    let (talks, spoken) = store::spoken(conn, &row.staff_id, opened, frame.at).await?;
    counted.reminded += i64::from(reminders > 0);
    counted.spoken += i64::from(talks > 0);
    let due = frame.calendar.last_day_before(row.due_at);
    let mut cells = Vec::from(person(row));
    cells.extend([
        text(status_view(status).word(frame.lang)),
        Cell::Day(due),
        Cell::Number(reminders),
        frame.on(reminded),
        Cell::Number(talks),
        on(spoken),
    ]);
    Ok(cells)
}

async fn exempt_row(
    conn: &mut Conn,
    frame: &Frame,
    row: &RosterRow,
    status: Status,
) -> Result<Vec<Cell>, BinderError> {
    let mut cells = Vec::from(person(row));
    cells.push(text(status_view(status).word(frame.lang)));
    let exemption =
        if status == Status::Exempt { store::exempted(conn, &row.period_id, frame.at).await? } else { None };
    match exemption {
        Some(found) => cells.extend([
            text(&found.reason),
            frame.on(Some(found.from_at)),
            Cell::Day(frame.calendar.last_day_before(found.until_at)),
            text(frame.name(&found.a_family, &found.a_given, &found.a_roman)),
            text(frame.name(&found.b_family, &found.b_given, &found.b_roman)),
        ]),
        // Why somebody is away is theirs; that they are away is what the count rests on.
        None => {
            let lang = frame.lang;
            let why = match store::away(conn, &row.staff_id, frame.instant.day).await?.as_deref() {
                Some("left") => say!(lang, "退職", "Has left"),
                Some("joining") => say!(lang, "入職前", "Not yet at the hospital"),
                Some("leave") => say!(lang, "休職中", "On leave"),
                _ => say!(lang, "対象の条件から外れた", "The rule no longer fits"),
            };
            cells.extend([text(why), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(id: &str, started: &str, answered: &str) -> Time {
        let at = |text: &str| format!("2026-10-01T{text}Z").parse().expect("an instant");
        Time { id: id.into(), started_at: at(started), answered_at: Some(at(answered)) }
    }

    #[test]
    fn a_pause_of_an_afternoon_is_no_time_spent() {
        let times = [
            time("a", "00:00:00", "00:02:00"),
            time("a", "00:00:00", "00:05:30"),
            time("a", "00:00:00", "06:00:00"),
            time("a", "00:00:00", "06:01:00"),
            time("b", "06:30:00", "06:30:20"),
        ];
        assert_eq!(spent(&times), Some(7), "five and a half, one, and twenty seconds");
        assert_eq!(spent(&[]), None);
        let opened = Time { answered_at: None, ..time("a", "00:00:00", "00:00:00") };
        assert_eq!(spent(&[opened]), Some(0));
    }
}

//! What the page of a person says of reminders and talks: what was sent, why, and what would be sent next.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_app::Lang;
use kokoroe_app::reminders::{
    Ahead, AheadLine, Fate, NoteForm, NoteLine, NoticeLine, Notices, Reach, ShownNotice, Step as StepView,
    Way,
};

use super::decide::{Desk, is_open, sent};
use super::follow_up::NoteSent;
use super::ladder::{Owed, Standing, Step, stand};
use super::store::{self, Decided, Note};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::people::{display_name, staff};
use crate::reports::store::{HistoryRow, Instant, history};
use crate::requirements::status::Status;
use crate::requirements::store::{Period, periods_of, requirement};
use crate::state::Site;
use crate::training::translate::{day, moment};

/// How many reminders and notes are shown.
const SHOWN: i64 = 60;
/// How long a reminder stands on the first page of somebody who gets no mail.
const ON_PAGE: TimeDelta = TimeDelta::days(7);

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The person.
    Own,
    /// Somebody at the top of their department.
    Manager,
    /// The training office.
    Office,
}

/// A step as the pages show it.
fn step_view(step: Step) -> StepView {
    match step {
        Step::Given => StepView::Given,
        Step::Before(days) => StepView::Before(days),
        Step::LastDay => StepView::LastDay,
        Step::After(days) => StepView::After(days),
    }
}

/// Everything about the reminders of a person, as of now.
///
/// # Errors
/// When the database fails.
pub(crate) async fn notices(
    site: &Site,
    conn: &mut Conn,
    lang: Lang,
    person: &StaffId,
    reader: Reader,
) -> Result<Notices, DbError> {
    let desk = Desk::of(site);
    let (now, calendar) = (site.now(), site.calendar());
    let address = staff::staff(conn, person).await?.map(|person| person.mail).unwrap_or_default();
    let rows = history(conn, person, Instant::new(now, calendar)).await?;
    let periods = periods_of(conn, person).await?;
    let mut titles = HashMap::new();
    let mut ahead = Vec::new();
    for row in &rows {
        let Some(period) = of_row(&periods, row) else { continue };
        let title = row.title_in(lang).to_owned();
        titles.insert(period.id.clone(), title.clone());
        let open = is_open(row.status(), row.facts());
        if open || row.fiscal_year >= calendar.fiscal_year(now) {
            let opens =
                requirement(conn, &row.requirement_id).await?.map_or(row.assigned_at, |each| each.opens_at);
            let owed = Owed { given_at: row.assigned_at.max(opens), due_at: row.due_at, open };
            let steps = sent(&store::of_period(conn, &period.id).await?);
            let standing = stand(&owed, &steps, desk.rules(), now);
            ahead.push(AheadLine { title, what: what(row.status(), standing, now, calendar) });
        }
    }
    let lines = store::of_person(conn, person, SHOWN).await?;
    Ok(Notices {
        reach: match (desk.mail, address.is_empty()) {
            (_, true) => Reach::NoAddress,
            (false, false) => Reach::NoServer,
            (true, false) => Reach::Mail(Some(address).filter(|_| reader != Reader::Manager)),
        },
        quiet: desk.quiet.words(lang),
        lines: lines
            .into_iter()
            .filter_map(|decided| {
                let title = titles.get(&decided.period_id)?.clone();
                line(&decided, title, calendar)
            })
            .collect(),
        ahead,
        own: reader == Reader::Own,
    })
}

fn of_row<'p>(periods: &'p [Period], row: &HistoryRow) -> Option<&'p Period> {
    periods.iter().find(|period| period.id == row.period_id)
}

fn what(status: Status, standing: Standing, now: DateTime<Utc>, calendar: Calendar) -> Ahead {
    match status {
        Status::Exempt => Ahead::Exempt,
        Status::Out => Ahead::Out,
        Status::Completed | Status::CompletedLate | Status::Renew | Status::Expired => Ahead::Done,
        Status::NotStarted | Status::InProgress | Status::Retry | Status::ToSign | Status::Overdue => {
            let at = |step, at| Ahead::At { step: step_view(step), at: moment(at, calendar) };
            match (standing.now, standing.next) {
                (Some(rung), _) => at(rung.step, now),
                (None, Some(rung)) => at(rung.step, rung.at),
                (None, None) => Ahead::Ended,
            }
        }
    }
}

fn line(decided: &Decided, title: String, calendar: Calendar) -> Option<NoticeLine> {
    let step = Step::from_code(&decided.step)?;
    let fate = match decided {
        Decided { sent_at: Some(at), .. } => Fate::Sent(moment(*at, calendar)),
        Decided { withdrawn_at: Some(_), .. } => Fate::Withdrawn,
        Decided { failed_at: Some(_), .. } => Fate::GivenUp,
        Decided { way, .. } if way == "mail" => Fate::Waiting,
        Decided { .. } => Fate::OnPage,
    };
    let at = moment(decided.decided_at, calendar);
    Some(NoticeLine { title, step: step_view(step), due: day(decided.due_on), at, fate })
}

/// The newest reminder of somebody whom no mail told, while it is new and still holds.
///
/// # Errors
/// When the database fails.
pub(crate) async fn shown_at_sign_in(
    site: &Site,
    conn: &mut Conn,
    lang: Lang,
    person: &StaffId,
) -> Result<Option<ShownNotice>, DbError> {
    let (now, calendar) = (site.now(), site.calendar());
    let Some(last) = store::last_shown(conn, person, now - ON_PAGE).await? else { return Ok(None) };
    let rows = history(conn, person, Instant::new(now, calendar)).await?;
    let periods = periods_of(conn, person).await?;
    let row = rows.iter().find(|row| of_row(&periods, row).is_some_and(|period| period.id == last.period_id));
    let open = row.filter(|row| is_open(row.status(), row.facts()));
    Ok(open.zip(Step::from_code(&last.step)).map(|(row, step)| ShownNotice {
        title: row.title_in(lang).to_owned(),
        step: step_view(step),
        due: day(calendar.last_day_before(row.due_at)),
        on: day(calendar.date(last.decided_at)),
        help: site.hospital.help(lang).to_owned(),
    }))
}

/// The notes about a person; with where a form leads and what it holds, for who may write one more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn notes(
    conn: &mut Conn,
    lang: Lang,
    person: &StaffId,
    form: Option<(String, NoteSent)>,
    own: bool,
) -> Result<kokoroe_app::reminders::Notes, DbError> {
    let mut lines = Vec::new();
    for note in store::notes_of(conn, person, SHOWN).await? {
        lines.extend(note_line(conn, lang, note).await?);
    }
    let form = form.map(|(action, sent)| {
        let NoteSent { on, way, words, next, faults } = sent;
        NoteForm { action, on, way, words, next, faults }
    });
    Ok(kokoroe_app::reminders::Notes { lines, form, own })
}

/// A note as the pages show it.
pub(super) async fn note_line(conn: &mut Conn, lang: Lang, note: Note) -> Result<Option<NoteLine>, DbError> {
    let by = staff::staff(conn, &note.by_id).await?;
    Ok(Way::from_code(&note.way).map(|way| NoteLine {
        on: day(note.spoken_on),
        by: by.map(|by| display_name(&by.family, &by.given, &by.roman, lang)).unwrap_or_default(),
        way,
        words: note.words,
        next: note.next_on.map(day),
    }))
}

//! One person over all years: dates and statuses, never answers or points.

use kokoroe_app::reports::{PaperHead, PersonPage, PostedIn, Remark, YearRow};
use kokoroe_app::training::Because;
use kokoroe_app::{Lang, say};

use super::asked::{Asked, When};
use super::lines::{elsewhere, last_day, timing};
use super::scope::{Scope, Tree};
use super::store::{self, HistoryRow, Seen};
use crate::audit::{Opened, note};
use crate::db::{Conn, DbError};
use crate::erasure;
use crate::http::{Problem, Signed, Visitor};
use crate::id::StaffId;
use crate::people::display_name;
use crate::people::erased::is_erased;
use crate::reminders::{self, NoteSent, Reader};
use crate::requirements::office::ask;
use crate::requirements::status::Status;
use crate::requirements::store as requirements;
use crate::state::Site;
use crate::training::because::because;
use crate::training::my_training::{status_view, track_title};
use crate::training::translate::{Translator, day, moment};

/// Who asks, and whom they may see.
pub(super) struct Desk<'a> {
    pub(super) site: &'a Site,
    pub(super) visitor: &'a Visitor,
    pub(super) signed: &'a Signed,
    /// The departments of the day that is asked for.
    pub(super) tree: Tree,
    pub(super) scope: Scope,
    /// The list from which one comes.
    pub(super) back: String,
    pub(super) back_words: String,
    /// The address of a person's record, without the id, for whoever may change it.
    pub(super) record: Option<&'static str>,
    /// The address of a person, without the id.
    pub(super) people: &'static str,
    pub(super) reader: Reader,
}

/// The page, if the person has a posting within the scope on the day that is asked for. `sent` is a note that came back with faults.
pub(super) async fn view(
    desk: &Desk<'_>,
    staff: &str,
    asked: &Asked,
    sent: Option<NoteSent>,
) -> Result<PersonPage, Problem> {
    let staff = StaffId::parse(staff).ok_or(Problem::not_found())?;
    let (site, lang) = (desk.site, desk.visitor.lang);
    let when = When::of(&asked.at, site.now(), site.calendar());
    let scope = desk.scope.listed(&desk.tree);
    let mut conn = site.db.read().await?;
    let person =
        store::person(&mut conn, &staff, &scope, when.instant.day).await?.ok_or(Problem::not_found())?;
    let postings = store::postings(&mut conn, &staff, &scope, when.instant.day).await?;
    let history = store::history(&mut conn, &staff, when.instant).await?;
    let mut years = Vec::with_capacity(history.len());
    for row in &history {
        years.push(year(desk, &mut conn, &person, row, when).await?);
    }
    let erased = is_erased(&person.staff_no);
    let (mut notices, mut notes) = (None, None);
    if !when.is_past() {
        notices = Some(reminders::notices(site, &mut conn, lang, &staff, desk.reader).await?);
        // Nobody writes down that they spoke to themselves.
        let form = (staff != desk.signed.staff && !erased).then(|| {
            let sent = sent.unwrap_or_else(|| NoteSent::empty(when.instant.day));
            (format!("{}/{staff}/notes", desk.people), sent)
        });
        notes = Some(reminders::notes(&mut conn, lang, &staff, form, false).await?);
    }
    drop(conn);
    let opened = if matches!(desk.reader, Reader::Office) { Opened::Office } else { Opened::Team };
    note(site, &desk.signed.staff, &staff, opened).await;
    let calendar = site.calendar();
    let name = display_name(&person.family, &person.given, &person.roman, lang);
    let view = PersonPage {
        back: asked
            .with(|next| *next = Asked { at: asked.at.clone(), page: 1, ..Asked::default() })
            .address(&desk.back),
        back_words: desk.back_words.clone(),
        kana: display_name(&person.family_kana, &person.given_kana, "", Lang::Ja),
        number: person.staff_no.clone(),
        record: desk.record.filter(|_| !erased).map(|people| format!("{people}/{staff}/record")),
        erasure: desk.record.filter(|_| person.left_on.is_some()).map(|_| erasure::address(&staff)),
        profession: person.profession.clone(),
        departments: postings
            .into_iter()
            .filter_map(|posting| {
                let node = desk.tree.get(&posting.department_id)?;
                Some(PostedIn {
                    name: node.department.name_in(lang).to_owned(),
                    also: !posting.main,
                    since: day(posting.from_on),
                })
            })
            .collect(),
        joined: day(person.joined_on),
        left: person.left_on.map(|left| day(last_day(left))),
        as_of: when.view(calendar),
        years,
        paper: PaperHead {
            hospital: site.hospital.name(lang).to_owned(),
            conditions: vec![(say!(lang, "氏名", "Name"), name.clone())],
            as_of: when.view(calendar),
            by: desk.signed.name(lang),
            at: moment(site.now(), calendar),
        },
        notices,
        notes,
        name,
    };
    Ok(view)
}

async fn year(
    desk: &Desk<'_>,
    conn: &mut Conn,
    person: &Seen,
    row: &HistoryRow,
    when: When,
) -> Result<YearRow, DbError> {
    let words = Translator::new(desk.site, desk.visitor);
    let period = requirements::period(conn, &row.period_id).await?;
    let because = match &period {
        Some(period) => because(desk.site, conn, words, period, when.instant.at).await?,
        None => Vec::new(),
    };
    let (calendar, lang) = (desk.site.calendar(), desk.visitor.lang);
    let status = row.status();
    let shown = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| day(calendar.date(at)));
    let completed = row.completed();
    // Of what is completed only the training office can ask something, and others can read what was asked before.
    let asks = completed.is_none()
        || desk.reader == Reader::Office
        || !requirements::exception::exceptions_of(conn, &row.period_id).await?.is_empty();
    let remark = match status {
        Status::Exempt => row.exempt_until.map(|until| Remark::Exempt {
            reason: row.exempt_reason.clone().unwrap_or_default(),
            until: day(calendar.last_day_before(until)),
        }),
        Status::Out => match person.left_on {
            Some(left) if left <= when.instant.day => Some(Remark::Left(day(last_day(left)))),
            _ if person.joined_on > when.instant.day => Some(Remark::Joins(day(person.joined_on))),
            _ if because.iter().any(Because::is_release) => Some(Remark::Released),
            _ => Some(Remark::Leave { reason: String::new(), until: None }),
        },
        _ => elsewhere(row.way()),
    };
    Ok(YearRow {
        year: row.fiscal_year,
        title: row.title_in(lang).to_owned(),
        track: row.track.as_ref().map(|track| track_title(desk.site, words, track)),
        status: status_view(status),
        assigned: day(calendar.date(row.assigned_at)),
        due: day(calendar.last_day_before(row.due_at)),
        timing: timing(status, row.due_at, row.valid_until, when.instant, calendar),
        started: shown(row.started()),
        done: shown(row.done()),
        completed: shown(completed),
        valid_until: completed.and(row.valid_until).map(|until| day(calendar.last_day_before(until))),
        remark,
        because,
        exceptions: asks.then(|| ask::address(&row.period_id)),
    })
}

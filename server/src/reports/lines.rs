//! People of a list as the pages show them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kokoroe_app::Lang;
use kokoroe_app::reports::{PersonLine, Remark, Timing};

use super::asked::is_open;
use super::scope::Tree;
use super::store::{Instant, RosterRow};
use crate::clock::Calendar;
use crate::people::display_name;
use crate::reminders::Marks;
use crate::requirements::status::Status;
use crate::training::attendance::way_view;
use crate::training::my_training::status_view;
use crate::training::store::Way;
use crate::training::translate::day;

/// Everything that turns a row into a line.
#[derive(Clone, Copy)]
pub(super) struct Liner<'a> {
    pub(super) tree: &'a Tree,
    pub(super) instant: Instant,
    pub(super) calendar: Calendar,
    pub(super) lang: Lang,
    /// The address of a person, without the id.
    pub(super) people: &'a str,
    /// What follows the id.
    pub(super) at: &'a str,
    /// Whether a line names its department.
    pub(super) departments: bool,
    /// Who was spoken to.
    pub(super) marks: &'a Marks,
}

impl Liner<'_> {
    /// A row as a line.
    pub(super) fn line(&self, row: &RosterRow) -> PersonLine {
        let status = row.status();
        let department = row
            .department_id
            .as_ref()
            .filter(|_| self.departments)
            .and_then(|id| self.tree.get(id))
            .map(|node| node.department.name_in(self.lang).to_owned());
        PersonLine {
            name: display_name(&row.family, &row.given, &row.roman, self.lang),
            kana: display_name(&row.family_kana, &row.given_kana, "", Lang::Ja),
            number: row.staff_no.clone(),
            href: format!("{}/{}{}", self.people, row.staff_id, self.at),
            profession: row.profession.clone(),
            department,
            status: status_view(status),
            due: day(self.calendar.last_day_before(row.due_at)),
            timing: timing(status, row.due_at, row.valid_until, self.instant, self.calendar),
            completed: row.completed().map(|at| day(self.calendar.date(at))),
            remark: remark(row, self.instant, self.calendar),
            spoken: is_open(status)
                .then(|| self.marks.spoken(&row.staff_id, row.assigned_at, self.instant.day))
                .flatten(),
        }
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

/// How late somebody is, or how long there is, in days of the hospital.
pub(crate) fn timing(
    status: Status,
    due_at: DateTime<Utc>,
    valid_until: Option<DateTime<Utc>>,
    instant: Instant,
    calendar: Calendar,
) -> Option<Timing> {
    let due = calendar.last_day_before(due_at);
    match status {
        Status::Overdue => Some(Timing::Late(days(due, instant.day).max(1))),
        Status::Retry | Status::ToSign | Status::InProgress | Status::NotStarted => {
            match days(instant.day, due) {
                0 => Some(Timing::Today),
                left => Some(Timing::Left(left)),
            }
        }
        Status::Expired => {
            valid_until.map(|until| Timing::Expired(days(calendar.last_day_before(until), instant.day)))
        }
        Status::Renew => {
            valid_until.map(|until| Timing::Ends(days(instant.day, calendar.last_day_before(until))))
        }
        Status::Completed | Status::CompletedLate | Status::Exempt | Status::Out => None,
    }
}

/// The last day before an exclusive one.
pub(super) fn last_day(until: NaiveDate) -> NaiveDate {
    until.checked_sub_days(Days::new(1)).unwrap_or(until)
}

/// Why somebody is not in the rate.
pub(crate) fn remark(row: &RosterRow, instant: Instant, calendar: Calendar) -> Option<Remark> {
    match row.status() {
        Status::Exempt => row.exempt_until.map(|until| Remark::Exempt {
            reason: row.exempt_reason.clone().unwrap_or_default(),
            until: day(calendar.last_day_before(until)),
        }),
        Status::Out => match row.left_on {
            Some(left) if left <= instant.day => Some(Remark::Left(day(last_day(left)))),
            _ if row.joined_on > instant.day => Some(Remark::Joins(day(row.joined_on))),
            _ if row.leave_from.is_some() => Some(Remark::Leave {
                reason: row.leave_reason.clone().unwrap_or_default(),
                until: row.leave_until.map(|until| day(last_day(until))),
            }),
            _ => Some(Remark::Released),
        },
        _ => elsewhere(row.way()),
    }
}

/// That somebody took part elsewhere than here.
pub(super) fn elsewhere(way: Way) -> Option<Remark> {
    (way != Way::Here).then(|| Remark::Elsewhere(way_view(way)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn lateness_is_counted_in_days_of_the_hospital() {
        let calendar = Calendar::default();
        let due_at = at("2026-10-31T15:00:00Z");
        let seen =
            |now: &str, status| timing(status, due_at, None, Instant::new(at(now), calendar), calendar);
        assert_eq!(seen("2026-10-31T14:59:59Z", Status::InProgress), Some(Timing::Today));
        assert_eq!(seen("2026-10-31T15:00:00Z", Status::Overdue), Some(Timing::Late(1)));
        assert_eq!(seen("2026-11-02T16:00:00Z", Status::Overdue), Some(Timing::Late(3)));
        assert_eq!(seen("2026-10-20T00:00:00Z", Status::NotStarted), Some(Timing::Left(11)));
        assert_eq!(seen("2026-10-20T00:00:00Z", Status::Completed), None);
    }
}

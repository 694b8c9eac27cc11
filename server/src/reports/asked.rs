//! What the address of a report asks for, as types: nothing that was typed reaches a statement as anything but a value.

use axum::extract::FromRequestParts;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use http::request::Parts;
use kokoroe_app::reports::{AsOf, DateError, Which};

use super::store::{Instant, Order};
use crate::clock::Calendar;
use crate::http::query::{self, QueryFields};
use crate::http::{Form, Problem};
use crate::id::RequirementId;
use crate::requirements::status::Status;
use crate::requirements::store::Requirement;
use crate::training::my_training::status_view;
use crate::training::translate::{day, moment};

/// People on one page of a list.
pub(super) const PAGE: u32 = 100;

/// Which people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everybody.
    #[default]
    All,
    /// Those who owe it and have not done it.
    Open,
    /// Those of one status.
    Of(Status),
}

impl Wanted {
    /// Whether somebody of this status is asked for.
    pub(super) fn takes(self, status: Status) -> bool {
        match self {
            Self::All => true,
            Self::Open => is_open(status),
            Self::Of(one) => one == status,
        }
    }

    /// As the page shows it.
    pub(super) fn view(self) -> Which {
        match self {
            Self::All => Which::All,
            Self::Open => Which::Open,
            Self::Of(status) => Which::Of(status_view(status)),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Open => "open",
            Self::Of(status) => status.code(),
        }
    }
}

/// Whether somebody owes it and has not done it.
pub(super) const fn is_open(status: Status) -> bool {
    status.counts() && !status.is_done()
}

/// What a page is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sorted {
    /// As the page does when nothing is said: people by reading, departments by their tree.
    #[default]
    Usual,
    /// People by how late they are.
    Due,
    /// People by department.
    Department,
    /// Departments by their rate, the lowest first.
    Rate,
}

impl Sorted {
    const fn code(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Due => "due",
            Self::Department => "department",
            Self::Rate => "rate",
        }
    }

    fn read(code: &str) -> Option<Self> {
        match code {
            "" | "kana" | "tree" => Some(Self::Usual),
            "due" => Some(Self::Due),
            "department" => Some(Self::Department),
            "rate" => Some(Self::Rate),
            _ => None,
        }
    }

    /// The order of a list of people.
    pub(super) const fn order(self) -> Order {
        match self {
            Self::Due => Order::Due,
            Self::Department => Order::Department,
            Self::Usual | Self::Rate => Order::Kana,
        }
    }
}

/// What is asked for. Each name may come once: of two values, one would be checked and the other used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) requirement: Option<RequirementId>,
    pub(super) department: String,
    pub(super) profession: String,
    pub(super) at: String,
    pub(super) wanted: Wanted,
    pub(super) sorted: Sorted,
    pub(super) search: String,
    pub(super) page: u32,
}

const NAMES: [&str; 8] = ["requirement", "department", "profession", "at", "status", "sort", "q", "page"];

impl Asked {
    /// Reads the fields of an address or a form.
    ///
    /// # Errors
    /// Unreadable when a name comes twice; not found when a status, an order or a requirement does not exist.
    pub(super) fn read<'f>(fields: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, Problem> {
        let [requirement, department, profession, at, status, sort, q, page] = query::once(NAMES, fields)?;
        let requirement = match requirement {
            "" => None,
            id => Some(RequirementId::parse(id).ok_or(Problem::not_found())?),
        };
        let wanted = match status {
            "" => Wanted::All,
            "open" => Wanted::Open,
            code => Wanted::Of(Status::from_code(code).ok_or(Problem::not_found())?),
        };
        Ok(Self {
            requirement,
            department: department.to_owned(),
            profession: profession.to_owned(),
            at: at.to_owned(),
            wanted,
            sorted: Sorted::read(sort).ok_or(Problem::not_found())?,
            search: q.chars().take(100).collect(),
            page: page.parse().unwrap_or(1).max(1),
        })
    }

    /// Reads the fields of a form.
    ///
    /// # Errors
    /// As [`Asked::read`].
    pub(super) fn of_form(form: &Form) -> Result<Self, Problem> {
        Self::read(form.with_prefix(""))
    }

    /// The same with something changed, from its first page.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut next = Self { page: 1, ..self.clone() };
        change(&mut next);
        next
    }

    /// As fields of a form, without what is usual.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let requirement = self.requirement.as_ref().map_or("", RequirementId::as_str);
        query::filled(
            NAMES,
            [
                requirement,
                &self.department,
                &self.profession,
                &self.at,
                self.wanted.code(),
                self.sorted.code(),
                &self.search,
                &page,
            ],
        )
    }

    /// The address of a page with these conditions.
    pub(super) fn address(&self, page: &str) -> String {
        query::address(page, self.fields())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Self::read(QueryFields::from_request_parts(parts, state).await?.iter())
    }
}

/// As of when a report speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    /// The instant.
    pub(super) instant: Instant,
    /// The past day that was asked for.
    past: Option<NaiveDate>,
    /// What was wrong with the day that was asked for; the report then speaks of now.
    pub(super) error: Option<DateError>,
}

impl When {
    /// Now, or a past day as it ended.
    pub(super) fn of(at: &str, now: DateTime<Utc>, calendar: Calendar) -> Self {
        let today = calendar.date(now);
        let present = |error| Self { instant: Instant::new(now, calendar), past: None, error };
        if at.is_empty() {
            return present(None);
        }
        match at.parse::<NaiveDate>() {
            Err(_) => present(Some(DateError::Unreadable)),
            Ok(asked) if asked > today => present(Some(DateError::Future)),
            Ok(asked) if asked == today => present(None),
            Ok(asked) => {
                // The last moment of the day, so that its postings and leaves are the ones that count.
                let end = calendar.end_of(asked) - TimeDelta::microseconds(1);
                Self { instant: Instant::new(end, calendar), past: Some(asked), error: None }
            }
        }
    }

    /// Now, as of another instant.
    pub(super) fn now(at: DateTime<Utc>, calendar: Calendar) -> Self {
        Self { instant: Instant::new(at, calendar), past: None, error: None }
    }

    /// As it was asked for once: an instant, and the day at whose end that is where a day was chosen.
    pub(super) fn frozen(at: DateTime<Utc>, past: Option<NaiveDate>, calendar: Calendar) -> Self {
        Self { instant: Instant::new(at, calendar), past, error: None }
    }

    /// The past day that was asked for.
    pub(super) const fn past(self) -> Option<NaiveDate> {
        self.past
    }

    /// Whether it is a past day.
    pub(super) const fn is_past(self) -> bool {
        self.past.is_some()
    }

    /// As the page shows it.
    pub(super) fn view(self, calendar: Calendar) -> AsOf {
        match self.past {
            Some(past) => AsOf::EndOf(day(past)),
            None => AsOf::Now(moment(self.instant.at, calendar)),
        }
    }
}

/// The requirement that is asked for; when none is, the newest training that had begun, and only where there is none, a signature that is
/// asked for alone.
///
/// # Errors
/// Not found when there is no such requirement.
pub(super) fn chosen(
    all: &[Requirement],
    asked: Option<&RequirementId>,
    at: DateTime<Utc>,
) -> Result<Option<Requirement>, Problem> {
    match asked {
        Some(id) => all.iter().find(|each| each.id == *id).cloned().map(Some).ok_or(Problem::not_found()),
        None => {
            let begun = || all.iter().filter(|each| each.opens_at <= at);
            Ok(begun().find(|each| !each.is_signature()).or_else(|| begun().next()).cloned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn conditions_survive_the_way_through_an_address() {
        let asked = Asked::read([
            ("status", "overdue"),
            ("sort", "due"),
            ("q", "鈴木 &"),
            ("page", "3"),
            ("other", "x"),
        ])
        .expect("conditions");
        assert_eq!(asked.address("/team"), "/team?status=overdue&sort=due&q=%E9%88%B4%E6%9C%A8%20%26&page=3");
        assert_eq!(
            asked.with(|next| next.wanted = Wanted::All).address("/team"),
            "/team?sort=due&q=%E9%88%B4%E6%9C%A8%20%26"
        );
        assert_eq!(Asked::read([]).expect("nothing").address("/team"), "/team");
    }

    #[test]
    fn only_known_statuses_and_orders_are_taken_and_each_name_once() {
        for wrong in [("status", "x' OR 1=1"), ("sort", "kana_key; DROP TABLE staff"), ("requirement", "0")] {
            assert!(Asked::read([wrong]).is_err(), "{wrong:?}");
        }
        assert!(Asked::read([("department", "a"), ("department", "b")]).is_err());
        assert!(Asked::read([("department", ""), ("department", "b")]).is_err());
        assert_eq!(Asked::read([("page", "-4")]).expect("read").page, 1);
    }

    #[test]
    fn a_past_day_is_seen_as_it_ended_and_a_future_one_is_refused() {
        let (now, calendar) = (at("2026-10-01T08:00:00Z"), Calendar::default());
        let past = When::of("2026-09-30", now, calendar);
        assert_eq!(past.instant.at, at("2026-09-30T14:59:59.999999Z"));
        assert_eq!(past.instant.day, "2026-09-30".parse::<NaiveDate>().expect("a day"));
        assert!(past.is_past());
        for present in ["", "2026-10-01"] {
            let when = When::of(present, now, calendar);
            assert_eq!((when.instant.at, when.is_past(), when.error), (now, false, None));
        }
        assert_eq!(When::of("2026-10-02", now, calendar).error, Some(DateError::Future));
        assert_eq!(When::of("yesterday", now, calendar).error, Some(DateError::Unreadable));
    }
}

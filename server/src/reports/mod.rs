//! Reports: who has done what as of when, for managers and the training office. Reads everything; writes nothing but the fact that
//! somebody took a file away.

#[macro_use]
pub mod store;

mod about;
mod asked;
pub mod binder;
pub mod evidence;
mod facts;
mod file;
mod insight;
mod lines;
mod list;
pub(crate) mod long;
mod office;
mod person;
pub mod rollup;
pub mod scope;
mod table;
pub mod tally;
mod team;
pub mod trend;

use axum::routing::{get, post};

pub(crate) use file::harmless;
pub use insight::Counts;
pub(crate) use insight::{QUESTIONS, question_address};
pub(crate) use lines::{remark, timing};
pub(crate) use office::person_page as office_person;
pub use rollup::Rollups;
pub(crate) use team::person_page as team_person;

use asked::When;
use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::reports::{AsOf, DateError};

use crate::clock::Calendar;
use crate::http::Addresses;
use crate::state::Site;

/// As of when, as pages show it: an instant, or the past day at whose end it is.
pub(crate) fn as_of(at: DateTime<Utc>, past: Option<NaiveDate>, calendar: Calendar) -> AsOf {
    When::frozen(at, past, calendar).view(calendar)
}

/// The instant that a typed day asks for, with the past day where there is one, and what is wrong with it.
pub(crate) fn instant_of(typed: &str, site: &Site) -> (DateTime<Utc>, Option<NaiveDate>, Option<DateError>) {
    let when = When::of(typed, site.now(), site.calendar());
    (when.instant.at, when.past(), when.error)
}

/// The addresses of this slice.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(kokoroe_app::paths::TEAM, get(team::show))
        .route("/team/export", post(team::export))
        .route("/team/people/{staff}", get(team::show_person))
        .route(kokoroe_app::paths::OFFICE, get(office::show))
        .route("/office/report", get(table::show))
        .route(kokoroe_app::paths::TREND, get(trend::show))
        .route("/office/report/export", post(table::export))
        .route("/office/departments/{department}", get(office::show_department))
        .route("/office/departments/{department}/export", post(office::export_department))
        .route("/office/people/{staff}", get(office::show_person))
        .merge(insight::routes())
}

//! How the rate of a training rose from week to week, beside the year before at the same distance from its due date.

mod standing;
mod weeks;

pub use standing::{Owing, Person, Renewal, rate};

use axum::extract::State;
use kokoroe_app::reports::{Conditions, PaperHead, TrendLine, TrendPage, TrendPoint};
use kokoroe_app::{Lang, paths};

use super::about::About;
use super::asked::{Asked, When};
use super::office::professions;
use super::store::trend::people;
use super::tally::rate_view;
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Office, Visitor, page};
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::translate::{day, moment};
use weeks::Span;

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, office: Office, asked: Asked) -> Answer {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let asked = Asked {
        requirement: asked.requirement,
        profession: asked.profession,
        at: asked.at,
        page: 1,
        ..Asked::default()
    };
    let mut conn = site.db.read().await?;
    let about = About::read(&site, &mut conn, &asked).await?;
    let (mut lines, mut due) = (Vec::new(), None);
    if let Some(requirement) = &about.requirement {
        let span = span(requirement, about.when, calendar);
        // Of what comes round again everybody has a date of their own, and there is no year before.
        let yearly = !requirement.rule.cycle.recurs();
        let before = about.year_before(requirement).filter(|_| yearly);
        due = yearly.then(|| day(span.from));
        let today = (about.when.instant.day - span.from).num_days();
        for each in std::iter::once(requirement).chain(before) {
            lines.push(line(&mut conn, each, about.when, today, &asked.profession, (lang, calendar)).await?);
        }
    }
    let mut lines = lines.into_iter();
    let view = TrendPage {
        as_of: about.when.view(calendar),
        conditions: Conditions {
            action: paths::TREND.to_owned(),
            requirements: about.choices(lang),
            departments: Vec::new(),
            professions: professions(&mut conn, &asked, lang).await?,
            at: asked.at.clone(),
            at_error: about.when.error,
        },
        due,
        line: lines.next(),
        before: lines.next().filter(|line| !line.points.is_empty()),
        paper: PaperHead {
            hospital: site.hospital.name(lang).to_owned(),
            conditions: about.words(&asked, lang),
            as_of: about.when.view(calendar),
            by: office.0.name(lang),
            at: moment(site.now(), calendar),
        },
    };
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// From the opening to the last day in time; of what comes round again up to the day that is asked about.
fn span(requirement: &Requirement, when: When, calendar: Calendar) -> Span {
    let from = if requirement.rule.cycle.recurs() {
        when.instant.day
    } else {
        calendar.last_day_before(requirement.due_at)
    };
    Span { from, opened: calendar.date(requirement.opens_at) }
}

async fn line(
    conn: &mut Conn,
    requirement: &Requirement,
    when: When,
    today: i64,
    profession: &str,
    (lang, calendar): (Lang, Calendar),
) -> Result<TrendLine, DbError> {
    let people = people(conn, &requirement.id).await?;
    let recurs = requirement.rule.cycle.recurs();
    let points = span(requirement, when, calendar)
        .points(today, when, calendar)
        .into_iter()
        // The year before is drawn as far as the due date, or as far as this year has come.
        .filter(|point| point.days <= today.max(0))
        .map(|point| TrendPoint {
            days: i32::try_from(point.days).unwrap_or(0),
            day: day(point.day),
            rate: rate_view(rate(&people, recurs, profession, point.instant)),
        })
        .collect();
    Ok(TrendLine { title: requirement.title_in(lang).to_owned(), points })
}

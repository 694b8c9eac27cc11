//! A calendar file (RFC 5545) with the due dates of whoever downloads it. There is no address that a calendar program could fetch by itself:
//! such an address would open without a sign-in.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use icalendar::{Alarm, Calendar as File, Component as _, Event, EventLike as _};
use kokoroe_app::say;

use super::decide::is_open;
use crate::http::{Answer, Learner, Visitor};
use crate::reports::store::{Instant, history};
use crate::requirements::store::periods_of;
use crate::state::Site;

/// How long before the last day the calendar reminds (RFC 5545, 3.3.6).
const BEFORE: &str = "-P14D";

/// The file.
pub(super) async fn download(State(site): State<Site>, visitor: Visitor, Learner(signed): Learner) -> Answer {
    let (now, calendar, lang) = (site.now(), site.calendar(), visitor.lang);
    let mut conn = site.db.read().await?;
    let rows = history(&mut conn, &signed.staff, Instant::new(now, calendar)).await?;
    let periods = periods_of(&mut conn, &signed.staff).await?;
    drop(conn);
    let origin = site.config.origin.as_str();
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut file = File::new();
    file.name(&say!(lang, "研修の期限", "Training due dates"));
    for row in rows.iter().filter(|row| is_open(row.status(), row.facts())) {
        let same = |period: &&crate::requirements::store::Period| period.id == row.period_id;
        let Some(period) = periods.iter().find(same) else { continue };
        let title = row.title_in(lang);
        let summary = say!(lang, "期限：{title}", "Due: {title}");
        let help = site.hospital.help(lang);
        let uid = format!("{}@{host}", period.id);
        let event = Event::new()
            // The same for the same period: a file that is taken again moves the day and does not add a second one.
            .uid(&uid)
            .timestamp(now)
            .summary(&summary)
            .description(&say!(lang, "{origin}/\nお問い合わせ：{help}", "{origin}/\nQuestions: {help}"))
            // A day without an end is that whole day (RFC 5545, 3.6.1).
            .starts(calendar.last_day_before(row.due_at))
            // A due date keeps nobody from meeting somebody.
            .add_property("TRANSP", "TRANSPARENT")
            .alarm(alarm(&summary, &uid, now))
            .done();
        file.push(event);
    }
    let mut response: Response = file.done().to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"training.ics\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The library would name it by chance and by the machine's clock, and write the time before in seconds.
fn alarm(summary: &str, event: &str, now: DateTime<Utc>) -> Alarm {
    Alarm::display(summary, TimeDelta::zero())
        .add_property("TRIGGER", BEFORE)
        .uid(&format!("alarm-{event}"))
        .timestamp(now)
        .done()
}

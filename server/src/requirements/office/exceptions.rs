//! The lists of what was asked.

use axum::extract::State;
use kokoroe_app::requirements::{ExceptionList, ExceptionRowView};

use super::{ask, words};
use crate::db::{Conn, DbError};
use crate::http::query::{self, QueryFields};
use crate::http::{Answer, Office, Visitor, page};
use crate::people::known::known_person;
use crate::requirements::exception::Kind;
use crate::requirements::store;
use crate::requirements::store::exception::ExceptionRow;
use crate::state::Site;
use crate::training::translate::{day, moment};

/// Decisions on one page.
const PAGE: i64 = 50;

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    fields: QueryFields,
) -> Answer {
    let [number] = query::once(["page"], fields.iter())?;
    let number: i64 = number.parse().unwrap_or(1).clamp(1, 10_000);
    let mut conn = site.db.read().await?;
    let mut open = Vec::new();
    for row in store::exception::open(&mut conn).await? {
        open.extend(line(&site, &mut conn, &visitor, &row).await?);
    }
    let mut rows = store::exception::decided(&mut conn, PAGE + 1, (number - 1) * PAGE).await?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let mut decided = Vec::new();
    for row in rows {
        decided.extend(line(&site, &mut conn, &visitor, &row).await?);
    }
    drop(conn);
    let link = |number: i64| format!("/office/exceptions?page={number}");
    let view = ExceptionList {
        open,
        decided,
        older: more.then(|| link(number + 1)),
        newer: (number > 1).then(|| link(number - 1)),
    };
    Ok(page(&site, &visitor, view))
}

async fn line(
    site: &Site,
    conn: &mut Conn,
    visitor: &Visitor,
    row: &ExceptionRow,
) -> Result<Option<ExceptionRowView>, DbError> {
    let lang = visitor.lang;
    let (Some(kind), Some(period)) = (Kind::from_code(&row.kind), store::period(conn, &row.period_id).await?)
    else {
        return Ok(None);
    };
    let Some(requirement) = store::requirement(conn, &period.requirement_id).await? else { return Ok(None) };
    let known = known_person(conn, &period.staff_id, site.calendar().date(site.now())).await?;
    Ok(Some(ExceptionRowView {
        kind: ask::kind_view(kind),
        person: words::person_name(conn, &period.staff_id, lang).await?,
        department: known.and_then(|known| known.places.into_iter().next()).map(|place| place.name),
        title: requirement.title_in(lang).to_owned(),
        by: words::person_name(conn, &row.asked_by, lang).await?,
        asked: moment(row.asked_at, site.calendar()),
        until: row.granted_until.or(row.until_on).map(day),
        granted: row.granted,
        href: format!("/office/exceptions/{}", row.id),
    }))
}

//! The auditor's list of who opened whose record.

use std::collections::HashMap;

use axum::extract::{Query, State};
use kokoroe_app::audit::{AuditReadings, Opened as Page, ReadingLine, ReadingOf};
use kokoroe_app::people::Listed;
use kokoroe_app::{Lang, paths};
use serde::Deserialize;

use super::Opened;
use super::store::{self, Shown};
use crate::db::Conn;
use crate::http::{Answer, Auditor, Problem, Visitor, page, query};
use crate::id::StaffId;
use crate::people::display_name;
use crate::people::staff::{Staff, staff};
use crate::state::Site;
use crate::training::translate::moment;

/// Lines on a page.
const PAGE: i64 = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::audit) struct Asked {
    /// Whose record.
    #[serde(default)]
    of: String,
    /// Opened by whom.
    #[serde(default)]
    by: String,
    #[serde(default)]
    page: String,
}

/// The page.
pub(in crate::audit) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _auditor: Auditor,
    Query(asked): Query<Asked>,
) -> Answer {
    let lang = visitor.lang;
    let mut conn = site.db.read().await?;
    let of = person(&mut conn, &asked.of, lang).await?;
    let by = person(&mut conn, &asked.by, lang).await?;
    let whole = store::number(&mut conn, &asked.of, &asked.by).await?;
    let pages = (whole + PAGE - 1) / PAGE;
    let number = asked.page.parse().unwrap_or(1_i64).clamp(1, pages.max(1));
    let skip = (number - 1) * PAGE;
    let rows = store::shown(&mut conn, &asked.of, &asked.by, (PAGE, skip)).await?;
    let mut names = HashMap::new();
    for id in rows.iter().flat_map(|row| [&row.reading.reader_id, &row.reading.subject_id]) {
        if !names.contains_key(id) {
            let person = staff(&mut conn, id).await?;
            let name = |one: Staff| display_name(&one.family, &one.given, &one.roman, lang);
            names.insert(id.clone(), person.map(name).unwrap_or_default());
        }
    }
    drop(conn);
    let address = |of: &str, by: &str, page: i64| {
        let page = if page > 1 { page.to_string() } else { String::new() };
        query::address(paths::AUDIT_READINGS, query::filled(["of", "by", "page"], [of, by, &page]))
    };
    let turn = |page: i64| address(&asked.of, &asked.by, page);
    let shown = i64::try_from(rows.len()).unwrap_or(0);
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let name = |id: &StaffId| names.get(id).cloned().unwrap_or_default();
    let lines = rows.into_iter().map(|Shown { reading, leaf }| ReadingLine {
        at: moment(reading.at, site.calendar()),
        by: name(&reading.reader_id),
        by_href: address("", reading.reader_id.as_str(), 1),
        of: name(&reading.subject_id),
        of_href: address(reading.subject_id.as_str(), "", 1),
        opened: opened(&reading.page),
        bound: leaf.and_then(|leaf| u64::try_from(leaf).ok()),
    });
    let view = AuditReadings {
        of,
        by,
        lines: lines.collect(),
        listed: Listed {
            first: small(if shown == 0 { 0 } else { skip + 1 }),
            last: small(skip + shown),
            of: small(whole),
            before: (number > 1).then(|| turn(number - 1)),
            after: (skip + shown < whole).then(|| turn(number + 1)),
        },
    };
    Ok(page(&site, &visitor, view))
}

/// The page that a stored word stands for.
fn opened(code: &str) -> Page {
    let known = Opened::ALL.into_iter().find(|opened| opened.code() == code);
    match known.unwrap_or(Opened::Audit) {
        Opened::Team => Page::Team,
        Opened::Office => Page::Office,
        Opened::Record => Page::Record,
        Opened::Audit => Page::Audit,
    }
}

/// Whom the list is narrowed to; none where it is not.
async fn person(conn: &mut Conn, id: &str, lang: Lang) -> Result<Option<ReadingOf>, Problem> {
    if id.is_empty() {
        return Ok(None);
    }
    let id = StaffId::parse(id).ok_or(Problem::not_found())?;
    let person = staff(conn, &id).await?.ok_or(Problem::not_found())?;
    Ok(Some(ReadingOf {
        name: display_name(&person.family, &person.given, &person.roman, lang),
        href: format!("/audit/people/{id}"),
    }))
}

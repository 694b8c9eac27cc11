//! 「声かけが必要な人」: every open case of the hospital with its newest note.

use axum::extract::State;
use chrono::TimeDelta;
use kokoroe_app::reminders::{CaseLine, CasesPage};
use kokoroe_app::reports::Choice;
use kokoroe_app::{Lang, say};

use super::decide::Desk;
use super::follow_up::{Marks, spoken};
use super::record::note_line;
use super::store::{self, Note};
use super::{FOLLOW_UP, MAIL, OFFICE_MORNING, digest};
use crate::http::query::{self, QueryFields};
use crate::http::{Answer, Office, Visitor, page};
use crate::people::display_name;
use crate::reports::scope::{Scope, Tree};
use crate::reports::store::{Instant, RosterRow};
use crate::reports::timing;
use crate::state::Site;
use crate::training::my_training::status_view;
use crate::training::translate::day;

/// Days before the due date from which somebody is listed.
const SOON_DAYS: u32 = 14;
/// Lines on one page.
const PAGE: usize = 50;

/// The list.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    fields: QueryFields,
) -> Answer {
    let [department, past, number] = query::once(["department", "past", "page"], fields.iter())?;
    let (now, calendar, lang) = (site.now(), site.calendar(), visitor.lang);
    let (today, desk, past) = (calendar.date(now), Desk::of(&site), past == "on");
    let mut conn = site.db.read().await?;
    let tree = Tree::load(&mut conn, today).await?;
    let scope = Scope::of_office(&office, &tree, if department.is_empty() { "all" } else { department })?;
    let marks = Marks::load(&mut conn, now).await?;
    let until = now + TimeDelta::days(i64::from(SOON_DAYS));
    let mut open = digest::open_below(&mut conn, &desk, &tree, &scope, now).await?;
    open.retain(|row| row.due_at <= until);
    if past {
        let waits = |row: &RosterRow| {
            marks.spoken(&row.staff_id, row.assigned_at, today).is_some_and(|spoken| spoken.late)
        };
        open.retain(waits);
    }
    let pages = open.len().div_ceil(PAGE).max(1);
    let number = number.parse::<usize>().unwrap_or(1).clamp(1, pages);
    let skip = (number - 1) * PAGE;
    let instant = Instant::new(now, calendar);
    let mut lines = Vec::new();
    for row in open.iter().skip(skip).take(PAGE) {
        let note = match marks.note(&row.staff_id, row.assigned_at) {
            Some(note) => {
                note_line(&mut conn, lang, Note::clone(note)).await?.map(|line| (line, spoken(note, today)))
            }
            None => None,
        };
        let node = row.department_id.as_ref().and_then(|id| tree.get(id));
        lines.push(CaseLine {
            name: display_name(&row.family, &row.given, &row.roman, lang),
            number: row.staff_no.clone(),
            href: format!("/office/people/{}#notes", row.staff_id),
            department: node.map(|node| node.department.name_in(lang).to_owned()),
            status: status_view(row.status()),
            due: day(calendar.last_day_before(row.due_at)),
            timing: timing(row.status(), row.due_at, row.valid_until, instant, calendar),
            note,
        });
    }
    let (_, lost) = store::waiting(&mut conn).await?;
    drop(conn);
    let ticked = if past { "on" } else { "" };
    let address = |number: usize| {
        let number = if number > 1 { number.to_string() } else { String::new() };
        query::address(
            FOLLOW_UP,
            query::filled(["department", "past", "page"], [department, ticked, &number]),
        )
    };
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let view = CasesPage {
        action: FOLLOW_UP.to_owned(),
        departments: departments(&tree, department, lang),
        past,
        days: SOON_DAYS,
        part: (small(skip + 1), small(skip + lines.len()), small(open.len())),
        lines,
        before: (number > 1).then(|| address(number - 1)),
        after: (number < pages).then(|| address(number + 1)),
        morning: query::address(OFFICE_MORNING, query::filled(["department"], [department])),
        mail: (MAIL.to_owned(), u32::try_from(lost).unwrap_or(u32::MAX)),
    };
    Ok(page(&site, &visitor, view))
}

fn departments(tree: &Tree, chosen: &str, lang: Lang) -> Vec<Choice> {
    let all = Choice {
        value: String::new(),
        words: say!(lang, "病院全体", "The whole hospital"),
        depth: 0,
        chosen: chosen.is_empty(),
    };
    let each = tree.nodes().iter().filter(|node| node.department.closed_on.is_none()).map(|node| Choice {
        value: node.department.id.to_string(),
        words: node.department.name_in(lang).to_owned(),
        depth: node.depth,
        chosen: node.department.id.as_str() == chosen,
    });
    std::iter::once(all).chain(each).collect()
}

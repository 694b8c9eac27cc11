//! The list for the morning meeting: who still has to act, by department, and nothing else about them.

use std::collections::HashSet;

use axum::extract::State;
use kokoroe_app::reminders::{MorningGroup, MorningLine, MorningPage};
use kokoroe_app::{Lang, paths, say};

use super::decide::Desk;
use super::{FOLLOW_UP, digest};
use crate::http::query::{self, QueryFields};
use crate::http::{Answer, Manager, Office, Problem, Visitor, page};
use crate::people::display_name;
use crate::reports::scope::{Scope, Tree};
use crate::reports::store::RosterRow;
use crate::state::Site;
use crate::training::translate::day;

/// The manager's own people: all of them, or one department's.
pub(super) async fn team(
    State(site): State<Site>,
    visitor: Visitor,
    manager: Manager,
    fields: QueryFields,
) -> Answer {
    let [department] = query::once(["department"], fields.iter())?;
    let today = site.calendar().date(site.now());
    let tree = Tree::managed(&mut site.db.read().await?, &manager, today, today).await?;
    let scope = Scope::of_manager(&tree, department)?;
    let back = (paths::TEAM, say!(visitor.lang, "部署の状況", "My departments"));
    show(&site, &visitor, &tree, &scope, back).await
}

/// Those of any department, for the training office.
pub(super) async fn office(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    fields: QueryFields,
) -> Answer {
    let [department] = query::once(["department"], fields.iter())?;
    let tree = tree(&site).await?;
    let asked = if department.is_empty() { "all" } else { department };
    let scope = Scope::of_office(&office, &tree, asked)?;
    let back = (FOLLOW_UP, say!(visitor.lang, "声かけが必要な人", "People to speak to"));
    show(&site, &visitor, &tree, &scope, back).await
}

async fn tree(site: &Site) -> Result<Tree, Problem> {
    let mut conn = site.db.read().await?;
    Ok(Tree::load(&mut conn, site.calendar().date(site.now())).await?)
}

async fn show(site: &Site, visitor: &Visitor, tree: &Tree, scope: &Scope, back: (&str, String)) -> Answer {
    let (now, calendar, lang) = (site.now(), site.calendar(), visitor.lang);
    let desk = Desk::of(site);
    let mut conn = site.db.read().await?;
    let mut open = digest::open_below(&mut conn, &desk, tree, scope, now).await?;
    drop(conn);
    // Whoever owes two trainings is named once, with the nearer day.
    let mut seen = HashSet::new();
    open.retain(|row| seen.insert(row.staff_id.clone()));
    let line = |row: &RosterRow| MorningLine {
        name: display_name(&row.family, &row.given, &row.roman, lang),
        due: day(calendar.last_day_before(row.due_at)),
    };
    let of = |department: Option<&crate::id::DepartmentId>| -> Vec<MorningLine> {
        open.iter().filter(|row| row.department_id.as_ref() == department).map(line).collect()
    };
    let mut groups: Vec<MorningGroup> = tree
        .nodes()
        .iter()
        .map(|node| MorningGroup {
            name: node.department.name_in(lang).to_owned(),
            lines: of(Some(&node.department.id)),
        })
        .collect();
    groups.push(MorningGroup { name: nowhere(lang), lines: of(None) });
    groups.retain(|group| !group.lines.is_empty());
    let view = MorningPage {
        back: back.0.to_owned(),
        back_words: back.1,
        on: day(calendar.date(now)),
        help: site.hospital.help(lang).to_owned(),
        groups,
    };
    Ok(page(site, visitor, view))
}

fn nowhere(lang: Lang) -> String {
    say!(lang, "部署のない人", "In no department")
}

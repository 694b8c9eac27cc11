//! 「部署の状況」: the manager's people, who has to act first.

use axum::extract::{Path, State};
use kokoroe_app::reports::{Choice, PersonPage, Place};
use kokoroe_app::{Lang, paths, say};

use super::asked::{Asked, When};
use super::file::{self, Kind};
use super::list::Desk;
use super::person::{self, Desk as PersonDesk};
use super::scope::{Scope, Tree};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Manager, Problem, Visitor, page};
use crate::reminders::{NoteSent, Reader};
use crate::state::Site;

/// The address of a person, without the id.
const PEOPLE: &str = "/team/people";

fn desk<'a>(
    site: &'a Site,
    visitor: &'a Visitor,
    manager: &'a Manager,
    tree: &'a Tree,
    scope: &'a Scope,
) -> Desk<'a> {
    Desk {
        site,
        visitor,
        signed: &manager.signed,
        tree,
        scope,
        address: paths::TEAM.to_owned(),
        export: format!("{}/export", paths::TEAM),
        people: PEOPLE,
        place: Place::Team,
        departments: choices(tree, scope, visitor.lang),
        professions: Vec::new(),
    }
}

/// What of the tree of the day that is asked for the manager may see.
async fn managed(site: &Site, conn: &mut Conn, manager: &Manager, asked: &Asked) -> Result<Tree, DbError> {
    let (now, calendar) = (site.now(), site.calendar());
    let day = When::of(&asked.at, now, calendar).instant.day;
    Tree::managed(conn, manager, day, calendar.date(now)).await
}

/// The manager's departments to choose from; nothing when there is only one.
fn choices(tree: &Tree, scope: &Scope, lang: Lang) -> Vec<Choice> {
    let managed = Scope::managed(tree);
    let mut own: Vec<Choice> = managed
        .within(tree)
        .map(|node| Choice {
            value: node.department.id.to_string(),
            words: node.department.name_in(lang).to_owned(),
            depth: node.depth,
            chosen: *scope == Scope::Below(vec![node.department.id.clone()]),
        })
        .collect();
    if own.len() < 2 {
        return Vec::new();
    }
    if tree.tops().len() > 1 {
        let all = Choice {
            value: String::new(),
            words: say!(lang, "担当の部署すべて", "All my departments"),
            depth: 0,
            chosen: *scope == managed,
        };
        own.insert(0, all);
    }
    own
}

/// What a manager asked for, without what is only for the training office.
fn narrowed(asked: Asked) -> Asked {
    Asked { profession: String::new(), ..asked }
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    manager: Manager,
    asked: Asked,
) -> Answer {
    let asked = narrowed(asked);
    let mut conn = site.db.read().await?;
    let tree = managed(&site, &mut conn, &manager, &asked).await?;
    drop(conn);
    let scope = Scope::of_manager(&tree, &asked.department)?;
    let view = desk(&site, &visitor, &manager, &tree, &scope).page(&asked).await?;
    Ok(page(&site, &visitor, view))
}

/// The list as a file.
pub(super) async fn export(
    State(site): State<Site>,
    visitor: Visitor,
    manager: Manager,
    form: Form,
) -> Answer {
    let asked = narrowed(Asked::of_form(&form)?);
    let kind = Kind::read(form.text("format")).ok_or(Problem::unreadable())?;
    let mut conn = site.db.read().await?;
    let tree = managed(&site, &mut conn, &manager, &asked).await?;
    drop(conn);
    let scope = Scope::of_manager(&tree, &asked.department)?;
    file::people(&desk(&site, &visitor, &manager, &tree, &scope), &asked, kind).await
}

/// One of the manager's people over all years.
pub(super) async fn show_person(
    State(site): State<Site>,
    visitor: Visitor,
    manager: Manager,
    Path(staff): Path<String>,
    asked: Asked,
) -> Answer {
    let view = person_view(&site, &visitor, &manager, &staff, &asked, None).await?;
    Ok(page(&site, &visitor, view))
}

async fn person_view(
    site: &Site,
    visitor: &Visitor,
    manager: &Manager,
    staff: &str,
    asked: &Asked,
    sent: Option<NoteSent>,
) -> Result<PersonPage, Problem> {
    let tree = managed(site, &mut site.db.read().await?, manager, asked).await?;
    let scope = Scope::managed(&tree);
    let desk = PersonDesk {
        site,
        visitor,
        signed: &manager.signed,
        tree,
        scope,
        back: paths::TEAM.to_owned(),
        back_words: say!(visitor.lang, "部署の状況", "My departments"),
        record: None,
        people: PEOPLE,
        reader: Reader::Manager,
    };
    person::view(&desk, staff, asked, sent).await
}

/// The same page as of now, with a note that came back.
pub(crate) async fn person_page(
    site: &Site,
    visitor: &Visitor,
    manager: &Manager,
    staff: &str,
    sent: Option<NoteSent>,
) -> Result<PersonPage, Problem> {
    person_view(site, visitor, manager, staff, &Asked::default(), sent).await
}

//! Lists of so many people that their file is made beside the pages and taken later (`exports`).

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::Arc;

use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::{Lang, TextSize, paths};
use serde::{Deserialize, Serialize};

use super::about::{About, question};
use super::asked::{Asked, When};
use super::file::{self, Kind};
use super::list::{Desk, tally};
use super::scope::{Scope, Tree};
use super::store;
use crate::account::secret;
use crate::db::DbError;
use crate::exports::{self, NewExport};
use crate::http::{Office, Problem, Signed, Visitor, see_other};
use crate::id::{SessionId, StaffId};
use crate::people::store::role;
use crate::requirements::store::requirements;
use crate::state::Site;

/// A list of more people than this is made as a job. Two thousand rows are some seventy sheets, which a server of two cores sets in a few
/// seconds while somebody waits; ten times as many keep it busy for longer than a browser or a proxy waits for an answer.
pub(crate) const LONG: i64 = 2_000;

/// A list that was asked for, with all that its file is made from beside the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Input {
    /// The conditions of the page.
    fields: Vec<(String, String)>,
    /// `all`, `none`, or the id of a department.
    scope: String,
    /// `xlsx` or `pdf`.
    format: String,
    lang: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) past: Option<NaiveDate>,
    pub(crate) by: String,
    asked_at: DateTime<Utc>,
    /// What it is narrowed to, as names and values.
    pub(crate) told: Vec<(String, String)>,
}

/// Why a list was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListError {
    /// Whoever asked is no longer in the training office.
    #[error("whoever asked is no longer in the training office")]
    NotAllowed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Io(#[from] io::Error),
    /// Its content could not be made.
    #[error("{0:?}")]
    Content(Problem),
}

/// Asks for a list as a job if it is a long one; the answer leads to the page of the job.
pub(super) async fn instead(
    desk: &Desk<'_>,
    asked: &Asked,
    scope: &str,
    kind: Kind,
    form: &str,
) -> Result<Option<Response>, Problem> {
    if !matches!(kind, Kind::Workbook | Kind::Paper) {
        return Ok(None);
    }
    let (site, lang) = (desk.site, desk.visitor.lang);
    let mut conn = site.db.read().await?;
    let about = About::read(site, &mut conn, asked).await?;
    let Some(requirement) = about.requirement.clone() else { return Ok(None) };
    let asking = question(&requirement, about.when, asked);
    let counts = store::counts(&mut conn, &asking, &desk.scope.scan(desk.tree)).await?;
    drop(conn);
    if tally(desk.tree, desk.scope, &counts).sum(|status| asked.wanted.takes(status)) <= LONG {
        return Ok(None);
    }
    // The first says of which training it is, which stands beside them.
    let told = desk.conditions(asked, &about).into_iter().skip(1).collect();
    let input = Input {
        fields: asked.with(|next| next.requirement = Some(requirement.id.clone())).fields(),
        scope: scope.to_owned(),
        format: kind.code().to_owned(),
        lang: lang.tag().to_owned(),
        at: about.when.instant.at,
        past: about.when.past(),
        by: desk.signed.name(lang),
        asked_at: site.now(),
        told,
    };
    let form = if form.is_empty() { new_form() } else { form.chars().take(64).collect() };
    let (subject, by) = (requirement.id, desk.signed.staff.clone());
    let job = exports::ask(site, NewExport::people(form, subject, input, by)).await?;
    Ok(Some(see_other(&format!("{}/{job}", paths::OFFICE_EXPORTS))))
}

/// The name of a form that asks once, however often it is sent.
pub(super) fn new_form() -> String {
    hex::encode(secret::random::<16>())
}

/// Makes the file of a list for whoever asked, if they still may have it, and gives the name to save it under.
pub(crate) async fn make(
    site: &Site,
    input: &Input,
    by: &StaffId,
    mut file: File,
) -> Result<String, ListError> {
    let office = office(site, by).await?;
    let lang = Lang::from_tag(&input.lang).unwrap_or_default();
    let visitor = visitor(lang);
    let fields = input.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let asked = Asked::read(fields).map_err(ListError::Content)?;
    let kind = Kind::read(&input.format).unwrap_or(Kind::Workbook);
    let when = When::frozen(input.at, input.past, site.calendar());
    let mut conn = site.db.read().await?;
    let tree = Tree::load(&mut conn, when.instant.day).await?;
    let all = requirements(&mut conn).await?;
    drop(conn);
    let scope = Scope::of_office(&office, &tree, &input.scope).map_err(ListError::Content)?;
    let requirement = all.iter().find(|each| Some(&each.id) == asked.requirement.as_ref()).cloned();
    let desk = Desk {
        site,
        visitor: &visitor,
        signed: &office.0,
        tree: &tree,
        scope: &scope,
        address: String::new(),
        export: String::new(),
        people: "",
        place: kokoroe_app::reports::Place::Office(Vec::new()),
        departments: Vec::new(),
        professions: Vec::new(),
    };
    let about = About { when, all, requirement };
    let made = file::people_kept(&desk, &asked, &about, kind, input.asked_at).await;
    let (bytes, name) = made.map_err(ListError::Content)?;
    let written = tokio::task::spawn_blocking(move || file.write_all(&bytes)).await;
    written.map_err(io::Error::other)??;
    Ok(name)
}

/// The session may be long over: the records are asked whether the person still is in the training office.
async fn office(site: &Site, id: &StaffId) -> Result<Office, ListError> {
    let (now, calendar) = (site.now(), site.calendar());
    let mut conn = site.db.read().await?;
    let found = role::in_force(&mut conn, id, now, calendar.date(now)).await?;
    let (person, roles) = found.ok_or(ListError::NotAllowed)?;
    drop(conn);
    if !roles.iter().any(|role| role.role == "office") {
        return Err(ListError::NotAllowed);
    }
    Ok(Office(Arc::new(Signed {
        session: SessionId::new(&site.clock),
        staff: id.clone(),
        number: person.staff_no,
        family: person.family,
        given: person.given,
        roman: person.roman,
        profession: person.profession,
        shared: false,
        locked: false,
        manages: Vec::new(),
        deputy: false,
        office: true,
        auditor: false,
    })))
}

fn visitor(lang: Lang) -> Visitor {
    Visitor {
        lang,
        furigana: false,
        easy: false,
        text_size: TextSize::default(),
        calm: false,
        signed: None,
        ended: false,
        path: String::new(),
        request: String::new(),
    }
}

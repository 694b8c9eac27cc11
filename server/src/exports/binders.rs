//! The page of inspection binders: asking for one, the list of all, and the check of one that was handed over.

use axum::extract::State;
use http::StatusCode;
use kokoroe_app::exports::{AskFault, BinderForm, BindersPage, HashCheck};
use kokoroe_app::reports::{Choice, DateError};
use kokoroe_app::{Lang, paths, say};

use super::ask::{NewExport, ask};
use super::asked::Asked;
use super::keeper::{Desk, Keeper};
use super::lines::Liner;
use super::store::{self, Which};
use crate::account::secret;
use crate::audit;
use crate::db::{Conn, DbError};
use crate::http::query::{self, QueryFields};
use crate::http::{Answer, Form, Problem, Visitor, page, page_with_status, see_other};
use crate::id::RequirementId;
use crate::reports::binder::{Anchor, Input};
use crate::reports::instant_of;
use crate::requirements::store::{Requirement, requirements};
use crate::state::Site;

/// The longest text about what is to be done better.
const LONGEST: usize = 2_000;
/// The longest name of a form.
const FORM: usize = 64;

/// What was typed into the form.
#[derive(Debug, Default)]
struct Typed {
    requirement: String,
    at: String,
    improve: Option<String>,
    faults: Vec<AskFault>,
}

/// The page. `page` and `sha256` may stand in its address.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    keeper: Keeper,
    fields: QueryFields,
) -> Answer {
    let [number, sha256] = query::once(["page", "sha256"], fields.iter())?;
    let view = view(&site, &visitor, &keeper, number.parse().unwrap_or(1), sha256, Typed::default()).await?;
    Ok(page(&site, &visitor, view))
}

async fn view(
    site: &Site,
    visitor: &Visitor,
    keeper: &Keeper,
    number: i64,
    sha256: &str,
    typed: Typed,
) -> Result<BindersPage, Problem> {
    let lang = visitor.lang;
    let base = keeper.desk.base();
    let mut conn = site.db.read().await?;
    let liner = Liner::new(site, &mut conn, lang, base).await?;
    let binders = Which { kind: "binder", by: "" };
    let (lines, shown) = liner.page(&mut conn, binders, number).await?;
    let check = check(&mut conn, &liner, sha256).await?;
    let form = form(site, &mut conn, lang, keeper.desk, typed).await?;
    drop(conn);
    let above = match keeper.desk {
        Desk::Office | Desk::Lists => {
            (paths::OFFICE.to_owned(), say!(lang, "全体の状況", "The whole hospital"))
        }
        Desk::Audit => (paths::AUDIT.to_owned(), say!(lang, "監査", "Audit")),
    };
    Ok(BindersPage { above, here: base.to_owned(), form, lines, part: shown, check })
}

async fn check(conn: &mut Conn, liner: &Liner<'_>, typed: &str) -> Result<HashCheck, DbError> {
    let hash = typed.trim().to_lowercase();
    let unreadable =
        !hash.is_empty() && (hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let mut found = Vec::new();
    if !hash.is_empty() && !unreadable {
        for row in store::of_hash(conn, &hash).await? {
            found.push(liner.line(conn, &row).await?);
        }
    }
    Ok(HashCheck { typed: typed.chars().take(100).collect(), unreadable, found })
}

async fn form(
    site: &Site,
    conn: &mut Conn,
    lang: Lang,
    desk: Desk,
    typed: Typed,
) -> Result<Option<BinderForm>, DbError> {
    let all = requirements(conn).await?;
    let now = site.now();
    let newest = all.iter().find(|each| each.opens_at <= now).or(all.first());
    let Some(newest) = newest.map(|newest| newest.id.clone()) else { return Ok(None) };
    let chosen = |each: &Requirement| {
        if typed.requirement.is_empty() { each.id == newest } else { each.id.as_str() == typed.requirement }
    };
    let choices = all
        .iter()
        .map(|each| {
            let (year, title) = (each.fiscal_year, each.title_in(lang));
            Choice {
                value: each.id.to_string(),
                // Most titles say their year themselves.
                words: if title.contains(&year.to_string()) {
                    title.to_owned()
                } else {
                    say!(lang, "{title}（{year}年度）", "{title} (FY{year})")
                },
                depth: 0,
                chosen: chosen(each),
            }
        })
        .collect();
    let improve = match (desk, typed.improve) {
        (Desk::Audit | Desk::Lists, _) => None,
        (Desk::Office, Some(words)) => Some(words),
        (Desk::Office, None) => Some(improved(conn, &newest).await?),
    };
    Ok(Some(BinderForm {
        action: desk.base().to_owned(),
        form: hex::encode(secret::random::<16>()),
        requirements: choices,
        at: typed.at,
        improve,
        faults: typed.faults,
    }))
}

/// What the training office last wrote about a training.
async fn improved(conn: &mut Conn, requirement: &RequirementId) -> Result<String, DbError> {
    Ok(match store::newest_binder(conn, requirement).await? {
        Some(row) => match Asked::of(&row)? {
            Asked::Binder(input) => input.improve,
            Asked::People(_) => String::new(),
        },
        None => String::new(),
    })
}

/// Asks for a binder.
pub(super) async fn submit(State(site): State<Site>, visitor: Visitor, keeper: Keeper, form: Form) -> Answer {
    let base = keeper.desk.base();
    let name: String = form.text("form").chars().take(FORM).collect();
    if name.is_empty() {
        return Err(Problem::unreadable());
    }
    let mut conn = site.db.read().await?;
    if let Some(known) = store::of_form(&mut conn, &name).await? {
        return Ok(see_other(&format!("{base}/{known}")));
    }
    let id = RequirementId::parse(form.text("requirement")).ok_or(Problem::not_found())?;
    let all = requirements(&mut conn).await?;
    if !all.iter().any(|each| each.id == id) {
        return Err(Problem::not_found());
    }
    let (at, past, wrong) = instant_of(form.text("at"), &site);
    let improve = match keeper.desk {
        Desk::Office => form.text("improve").replace("\r\n", "\n"),
        // Only the training office writes it; an auditor gets what it wrote last.
        Desk::Audit | Desk::Lists => improved(&mut conn, &id).await?,
    };
    drop(conn);
    let faults = faults(wrong, &improve);
    if !faults.is_empty() {
        let typed = Typed {
            requirement: id.to_string(),
            at: form.text("at").to_owned(),
            improve: Some(improve),
            faults,
        };
        let view = view(&site, &visitor, &keeper, 1, "", typed).await?;
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    let checkpoint = newest(&site).await?;
    let input = Input {
        requirement: id.clone(),
        at,
        past,
        lang: visitor.lang.tag().to_owned(),
        by: keeper.signed.name(visitor.lang),
        asked_at: site.now(),
        improve,
        checkpoint,
        questions: None,
    };
    let asked = Asked::Binder(Box::new(input));
    let new = NewExport { form: name, subject: id, asked, by: keeper.signed.staff.clone() };
    let job = ask(&site, new).await?;
    Ok(see_other(&format!("{base}/{job}")))
}

fn faults(wrong: Option<DateError>, improve: &str) -> Vec<AskFault> {
    let found = improve.chars().count();
    let long = (found > LONGEST).then_some(AskFault::TooLong { found, most: LONGEST });
    wrong.map(AskFault::Day).into_iter().chain(long).collect()
}

/// The newest checkpoint of the evidence log, signed now: what the binder says can be held against the records later.
async fn newest(site: &Site) -> Result<Option<Anchor>, Problem> {
    let row = audit::sign_for_report(site).await.map_err(Problem::broken)?;
    let Some(row) = row else { return Ok(None) };
    let checkpoint = site.signer.keys().open(row.note.as_ref()).map_err(Problem::broken)?;
    Ok(Some(Anchor { log: checkpoint.origin, size: checkpoint.size, root: checkpoint.root.to_string() }))
}

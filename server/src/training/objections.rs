//! Objections as the training office reads and answers them.

use axum::extract::{Path, Query, State};
use http::StatusCode;
use kokoroe_app::Lang;
use kokoroe_app::reports::Choice;
use kokoroe_app::training::{
    ObjectionLine, ObjectionPage, ObjectionState, ObjectionsPage, ReplyError, StateTab,
};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::Response;
use serde::Deserialize;
use serde_json::json;

use super::asked_question;
use super::objection::{LONGEST, OBJECTIONS};
use super::store::{self, Objection, Wanted};
use super::translate::{Translator, day};
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, query, see_other};
use crate::id::ObjectionId;
use crate::people::{display_name, store::staff};
use crate::reports::question_address;
use crate::reports::store::answers;
use crate::state::Site;

/// Lines on one page.
const PAGE: u32 = 20;

/// What the address of the list may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    state: Option<String>,
    module: Option<String>,
    place: Option<String>,
    page: Option<u32>,
}

const fn code(state: ObjectionState) -> &'static str {
    match state {
        ObjectionState::Open => "open",
        ObjectionState::Answered => "answered",
        ObjectionState::All => "all",
    }
}

/// The list: what is open, unless something else is asked for.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _: Office,
    Query(asked): Query<Asked>,
) -> Answer {
    let state = match asked.state.as_deref() {
        None | Some("" | "open") => ObjectionState::Open,
        Some("answered") => ObjectionState::Answered,
        Some("all") => ObjectionState::All,
        Some(_) => return Err(Problem::not_found()),
    };
    let words = Translator::new(&site, &visitor);
    let wanted = Wanted {
        state: code(state).to_owned(),
        module: asked.module.unwrap_or_default(),
        place: asked.place.unwrap_or_default(),
    };
    let address = |state: ObjectionState, page: u32| {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let values = [code(state), &wanted.module, &wanted.place, &page];
        query::address(OBJECTIONS, query::filled(["state", "module", "place", "page"], values))
    };
    let mut conn = site.db.read().await?;
    let mut tabs = Vec::new();
    for each in [ObjectionState::Open, ObjectionState::Answered, ObjectionState::All] {
        let of = Wanted { state: code(each).to_owned(), ..wanted.clone() };
        let count = u32::try_from(store::count_objections(&mut conn, &of).await?).unwrap_or(u32::MAX);
        tabs.push(StateTab { state: each, count, href: address(each, 1), here: each == state });
    }
    let of = tabs.iter().find(|tab| tab.here).map_or(0, |tab| tab.count);
    let pages = of.div_ceil(PAGE).max(1);
    let number = asked.page.unwrap_or(1).clamp(1, pages);
    let skip = (number - 1) * PAGE;
    let found = store::objections(&mut conn, &wanted, i64::from(PAGE), i64::from(skip)).await?;
    let mut lines = Vec::new();
    for objection in found {
        lines.push(line(&site, &mut conn, words, visitor.lang, objection).await?);
    }
    drop(conn);
    let shown = u32::try_from(lines.len()).unwrap_or(0);
    let view = ObjectionsPage {
        action: OBJECTIONS.to_owned(),
        state: code(state).to_owned(),
        place: wanted.place.clone(),
        modules: modules(&site, words, &wanted.module, visitor.lang),
        tabs,
        lines,
        part: (skip + 1, skip + shown, of),
        before: (number > 1).then(|| address(state, number - 1)),
        after: (number < pages).then(|| address(state, number + 1)),
        questions: crate::reports::QUESTIONS.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

fn modules(site: &Site, words: Translator<'_>, chosen: &str, lang: Lang) -> Vec<Choice> {
    let choice = |value: &str, words: String| Choice {
        value: value.to_owned(),
        words,
        depth: 0,
        chosen: value == chosen,
    };
    let every = choice("", kokoroe_app::say!(lang, "すべての教材", "Every module"));
    let each = site
        .content
        .catalogue
        .modules
        .iter()
        .map(|module| choice(&module.id, words.words(&module.title).text()));
    std::iter::once(every).chain(each).collect()
}

async fn line(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    lang: Lang,
    objection: Objection,
) -> Result<ObjectionLine, DbError> {
    let pinned = site.content.pinned(conn, &objection.revision).await?;
    let module = pinned.as_ref().map_or_else(
        || Words::plain(Lang::En, objection.module_id.as_str()),
        |module| words.words(&module.title),
    );
    let response = serde_json::from_str::<Response>(&objection.response).ok();
    let question = pinned
        .as_ref()
        .and_then(|module| asked_question::question(words, module, &objection.place, response.as_ref()));
    let name = match &objection.staff_id {
        Some(id) => staff::staff(conn, id).await?.map(|staff| {
            let name = display_name(&staff.family, &staff.given, &staff.roman, lang);
            (name, staff.staff_no)
        }),
        None => None,
    };
    let calendar = site.calendar();
    Ok(ObjectionLine {
        href: format!("{OBJECTIONS}/{}", objection.id),
        module,
        place: objection.place,
        question,
        words: objection.words,
        lang: if objection.lang == Lang::En.tag() { Lang::En } else { Lang::Ja },
        name,
        // The day alone: the minute would tell who answered just before.
        made: day(calendar.date(objection.made_at)),
        answered: objection.answered_at.map(|at| day(calendar.date(at))),
        reply: objection.reply.filter(|reply| !reply.is_empty()),
    })
}

async fn view(
    site: &Site,
    visitor: &Visitor,
    id: &str,
    sent: Option<(String, ReplyError)>,
) -> Result<ObjectionPage, Problem> {
    let id = ObjectionId::parse(id).ok_or(Problem::not_found())?;
    let words = Translator::new(site, visitor);
    let mut conn = site.db.read().await?;
    let objection = store::objection(&mut conn, &id).await?.ok_or(Problem::not_found())?;
    let Objection { module_id, revision, place, made_at, staff_id, .. } = &objection;
    let about = [module_id.as_str(), revision, place];
    let requirement = answers::requirement(&mut conn, about, *made_at, staff_id.as_ref()).await?;
    let statistics = question_address(module_id, place, revision, requirement);
    let line = line(site, &mut conn, words, visitor.lang, objection).await?;
    let (reply, error) = sent.map_or((String::new(), None), |(reply, error)| (reply, Some(error)));
    Ok(ObjectionPage { back: OBJECTIONS.to_owned(), statistics, line, reply, error })
}

/// One objection with the question, its explanation and what was written.
pub async fn show_one(
    State(site): State<Site>,
    visitor: Visitor,
    _: Office,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&site, &visitor, &id, None).await?;
    Ok(page(&site, &visitor, view))
}

/// Answers it: with a reply to somebody who wanted to be named, otherwise done.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let known = ObjectionId::parse(&id).ok_or(Problem::not_found())?;
    let objection = {
        let mut conn = site.db.read().await?;
        store::objection(&mut conn, &known).await?.ok_or(Problem::not_found())?
    };
    let reply = form.text("reply").replace("\r\n", "\n");
    let found = reply.chars().count();
    if found > LONGEST {
        let view = view(&site, &visitor, &id, Some((reply, ReplyError::TooLong { found }))).await?;
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    // Nobody would ever read a reply to somebody without a name.
    let reply = if objection.staff_id.is_some() { reply } else { String::new() };
    let (inner, by) = (site.clone(), office.0.staff.clone());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let at = hold(tx, &inner.ledger, &inner.clock).await?;
                let open =
                    store::objection(tx, &known).await?.is_some_and(|found| found.answered_at.is_none());
                if !open {
                    // Pressed twice, or a colleague was faster: what was said first stays.
                    return Ok(());
                }
                let entry = Entry {
                    kind: Kind::OBJECTION_ANSWERED,
                    at,
                    actor: by.as_str(),
                    obj: known.as_str(),
                    req: None,
                    d: json!({ "characters": reply.chars().count() }),
                };
                let leaf = append(tx, &inner.ledger, entry).await?;
                store::answer_objection(tx, &known, at, &by, &reply, leaf).await.map(drop)
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    Ok(see_other(&format!("{OBJECTIONS}/{id}")))
}

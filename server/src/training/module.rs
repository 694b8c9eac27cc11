//! The page before a module, beginning it, leaving it for a while, its end, and its drawings.

use std::cmp::Ordering;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use kokoroe_app::training::{
    Care, CareKind, IntroAction, ModuleDone, ModuleIntro, Pause, StepKind, StepLine, StepState,
};
use kokoroe_courses::{Content, Module, Place, ScenarioKind, Step, Task, Walk};

use super::ask;
use super::overview::{self, Overview, small};
use super::record::{self, Judgement};
use super::role::Roles;
use super::store::Attempt;
use super::swap::{self, Places};
use super::translate::Translator;
use super::walk::{Standing, module_path, own_period};
use crate::account::secret;
use crate::clock::Clock;
use crate::db::DbError;
use crate::http::{Answer, Form, Learner, Problem, Visitor, page, see_other};
use crate::id::AttemptId;
use crate::requirements::store as requirements;
use crate::state::Site;

/// The page before a module.
pub async fn intro(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, id)): Path<(String, String)>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, &period, &signed.staff).await?;
    belongs(&site, &mut conn, &period, &id).await?;
    let base = module_path(&period.id, &id);
    let standing = Standing::load(&site, &mut conn, period.clone(), &id).await?;
    let places = Places::load(&mut conn, &period.id).await?;
    let mut view = match &standing {
        Some(standing) => {
            let walk = standing.walk()?;
            let (at, of) = walk.progress();
            let action = if standing.attempt.finished_at.is_some() {
                IntroAction::Done { sheet: format!("/history/{}/{id}", standing.period.id), again: None }
            } else {
                let minutes = overview::minutes_left(&standing.module, (at, of));
                IntroAction::Continue { href: standing.step(walk.turn()), minutes }
            };
            intro_view(words, &standing.module, &base, action, Some(walk.passed_steps()))
        }
        None => {
            let (_, module) = site.content.module(&id).ok_or(Problem::not_found())?;
            intro_view(words, module, &base, begin_at(&base, module), None)
        }
    };
    if let Some(care) = &mut view.care {
        care.swap = swap::offered(words, &site.content, &places, &base, &id);
    }
    view.instead_of = swap::returned(words, &site.content, &places, &base, &id);
    Ok(page(&site, &visitor, view))
}

/// A module can be opened only in a period that asks it, once its requirement is open.
pub(super) async fn belongs(
    site: &Site,
    conn: &mut crate::db::Conn,
    period: &requirements::Period,
    module: &str,
) -> Result<(), Problem> {
    let open = requirements::open_modules(conn, &period.id, site.now()).await?;
    if open.iter().any(|id| id == module) { Ok(()) } else { Err(Problem::not_found()) }
}

/// Beginning at this address, with what may be tried first.
#[must_use]
pub fn begin_at(address: &str, module: &Module) -> IntroAction {
    let offer = match Walk::begin(module, 0).place() {
        Place::Diagnosis(place) => Some(ask::offer(place)),
        _ => None,
    };
    IntroAction::Start { action: address.to_owned(), offer }
}

/// The page; `passed` steps are left behind by somebody who has begun.
#[must_use]
pub fn intro_view(
    words: Translator<'_>,
    module: &Module,
    base: &str,
    action: IntroAction,
    passed: Option<usize>,
) -> ModuleIntro {
    let state = |number: usize| match passed.map(|passed| number.cmp(&passed)) {
        Some(Ordering::Less) => StepState::Done,
        Some(Ordering::Equal) => StepState::Now,
        Some(Ordering::Greater) | None => StepState::Ahead,
    };
    let steps: Vec<StepLine> = match &module.content {
        Content::Lesson(steps) => {
            steps.iter().enumerate().map(|(number, step)| line(words, module, step, state(number))).collect()
        }
        Content::Test(_) => vec![StepLine { kind: StepKind::Test, title: None, state: state(0) }],
    };
    let pass_percent = match &module.content {
        Content::Test(test) => Some(test.pass_percent),
        Content::Lesson(_) => None,
    };
    ModuleIntro {
        title: words.words(&module.title),
        summary: words.words(&module.summary),
        minutes: module.minutes,
        questions: questions(module),
        steps,
        pass_percent,
        care: care(words, module, base),
        instead_of: None,
        action,
        back: "/".to_owned(),
    }
}

/// A step in the list of a module.
#[must_use]
pub fn line(words: Translator<'_>, module: &Module, step: &Step, state: StepState) -> StepLine {
    let (kind, title) = match step {
        Step::Read(reading) => (StepKind::Read, Some(words.words(&reading.title))),
        Step::Item(item) => {
            let kind = match item.task {
                Task::Judge(_) => StepKind::Judge,
                Task::Hotspot(_) => StepKind::Picture,
                Task::Order(_) => StepKind::Order,
                Task::Draft(_) => StepKind::Draft,
                Task::Confidence { .. } => StepKind::Confidence,
                Task::Pick(_) => StepKind::Pick,
                Task::Assign(_) => StepKind::Assign,
                Task::Mosaic(_) => StepKind::Mosaic,
                Task::Contact(_) => StepKind::Contact,
                Task::Lookup(_) => StepKind::Lookup,
                Task::Reflect { .. } => StepKind::Reflect,
                Task::Checklist(_) => StepKind::Checklist,
            };
            (kind, None)
        }
        Step::Scenario(scenario) => {
            let kind = match scenario.kind {
                ScenarioKind::Branch => StepKind::Scenario,
                ScenarioKind::Crisis => StepKind::Crisis,
            };
            (kind, Some(words.words(&scenario.title)))
        }
        Step::Debrief { scenario } => {
            (StepKind::Debrief, module.scenario(scenario).map(|scenario| words.words(&scenario.title)))
        }
    };
    StepLine { kind, title, state }
}

fn questions(module: &Module) -> u16 {
    match &module.content {
        Content::Test(test) => test.draw,
        Content::Lesson(steps) => steps
            .iter()
            .map(|step| match step {
                Step::Read(_) | Step::Debrief { .. } => 0,
                Step::Item(_) => 1,
                Step::Scenario(scenario) => {
                    small(scenario.nodes.iter().filter(|node| node.ask.is_some()).count())
                }
            })
            .sum(),
    }
}

/// The way out and the help that stand on every page of hard content.
#[must_use]
pub fn care(words: Translator<'_>, module: &Module, base: &str) -> Option<Care> {
    let kind = match module.care? {
        kokoroe_courses::Care::Suicide => CareKind::Suicide,
        kokoroe_courses::Care::Disaster => CareKind::Disaster,
        kokoroe_courses::Care::Abuse => CareKind::Abuse,
    };
    Some(Care { kind, pause: format!("{base}/pause"), help: words.help(), swap: None })
}

/// Begins an attempt: the content is pinned, the seed is drawn.
pub async fn start(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, &period, &signed.staff).await?;
    belongs(&site, &mut conn, &period, &id).await?;
    if let Some(standing) = Standing::load(&site, &mut conn, period.clone(), &id).await? {
        return Ok(see_other(&standing.step(standing.walk()?.turn())));
    }
    drop(conn);
    let (revision, module) = site.content.module(&id).ok_or(Problem::not_found())?;
    let attempt = Attempt {
        id: AttemptId::new(&site.clock),
        period_id: period.id.clone(),
        module_id: id,
        revision: revision.to_owned(),
        seed: i64::from_le_bytes(secret::random()),
        role: Roles::of(&signed.profession, !signed.manages.is_empty()).text(),
        turn: 1,
        started_at: site.now(),
        finished_at: None,
    };
    let standing = Standing::beginning(&site.content, period, attempt.clone(), module);
    let first = said_before(&standing, &visitor, &form, &site.clock)?;
    let turn = 1 + u32::from(first.is_some());
    let inner = site.clone();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                record::begin(tx, &inner.ledger, &inner.clock, &signed.staff, attempt, first).await
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    Ok(see_other(&standing.step(turn)))
}

/// What the page before a module has answered already: whether the questions of its diagnosis come first.
fn said_before(
    standing: &Standing,
    visitor: &Visitor,
    form: &Form,
    clock: &Clock,
) -> Result<Option<Judgement>, Problem> {
    let place = standing.walk()?.place();
    if !matches!(place, Place::Diagnosis(_)) {
        return Ok(None);
    }
    let response = ask::response(&place, form).map_err(|_| Problem::unreadable())?;
    let judgement = standing.judge(response, visitor.shown_in().tag(), clock)?;
    Ok(Some(judgement.map_err(|_| Problem::unreadable())?))
}

/// The neutral page somebody leaves to.
pub async fn pause(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, id)): Path<(String, String)>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, &period, &signed.staff).await?;
    let base = module_path(&period.id, &id);
    let places = Places::load(&mut conn, &period.id).await?;
    let swap = swap::offered(words, &site.content, &places, &base, &id);
    let back = match Standing::load(&site, &mut conn, period.clone(), &id).await? {
        Some(standing) => standing.step(standing.walk()?.turn()),
        None => {
            belongs(&site, &mut conn, &period, &id).await?;
            base
        }
    };
    Ok(page(&site, &visitor, Pause { back, help: words.help(), swap }))
}

/// The end of a module, and the way on.
pub async fn done(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path((period, id)): Path<(String, String)>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, &period, &signed.staff).await?;
    let Some(standing) = Standing::load(&site, &mut conn, period.clone(), &id).await? else {
        return Err(Problem::not_found());
    };
    let walk = standing.walk()?;
    if !walk.is_finished() {
        return Ok(see_other(&standing.step(walk.turn())));
    }
    let overview = Overview::load(&site, &mut conn, period).await?;
    let modules = overview::modules(&site, &mut conn, words, &overview).await?;
    let view = ModuleDone {
        title: words.words(&standing.module.title),
        done: overview.done(),
        takeaway: match &standing.module.takeaway {
            Some(one) => Some(words.words(one)),
            None => super::why::takeaway(words, &walk),
        },
        next: overview::next(&site, words, &overview, &modules),
        sheet: format!("/history/{}/{id}", overview.period.id),
        care: standing.module.care.is_some(),
    };
    Ok(page(&site, &visitor, view))
}

/// A drawing of a pinned content. Its address names its content's hash, so it never changes.
pub async fn drawing(
    State(site): State<Site>,
    _: Learner,
    Path((revision, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let mut conn = site.db.read().await?;
    let module = site.content.pinned(&mut conn, &revision).await.ok().flatten().ok_or(Problem::not_found())?;
    let drawing = module.drawings.get(&name).ok_or(Problem::not_found())?;
    Ok(svg(drawing.clone()))
}

/// A drawing as an answer. It runs nothing and loads nothing.
#[must_use]
pub fn svg(drawing: String) -> Response {
    let mut response = drawing.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        ),
    );
    response
}

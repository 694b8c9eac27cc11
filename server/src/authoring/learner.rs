//! The pages inside the frames: those that learners see, made in the same way. What was answered stands in the address, so that
//! nothing is kept and an author can answer as often as they like.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use kokoroe_app::problem::{Problem as ProblemPage, ProblemKind};
use kokoroe_app::training::Pause;
use kokoroe_app::{Lang, ShownIn};
use kokoroe_courses::{Module, Response as Answer, Walk};
use std::sync::Arc;

use super::desk::{Desk, Draft};
use super::states::{SEED, decode, encode};
use crate::http::{Form, see_other};
use crate::people::Hospital;
use crate::training::Content;
use crate::training::ask;
use crate::training::module::{begin_at, intro_view, svg};
use crate::training::shown::Shown;
use crate::training::step::{self, StepView};
use crate::training::translate::Translator;
use crate::training::{policy as policies, why as explanation};

/// The screen that an address names, and what was answered.
struct Stage {
    desk: Desk,
    draft: Arc<Draft>,
    shown: ShownIn,
    /// The address of the screen, without the answers.
    screen: String,
    way: Vec<Answer>,
    alone: Module,
    /// The hash of the whole module: its drawings are found under it.
    revision: String,
}

/// Language, module, screen, answers.
type Names = (String, String, String, String);
/// The same, and a step.
type StepNames = (String, String, String, String, u32);

/// The words of learners who read so. Whoever reads plain Japanese has readings above the characters.
fn read<'c>(content: &'c Content, hospital: &'c Hospital, shown: ShownIn) -> Translator<'c> {
    Translator::shown_in(content, hospital, shown, shown == ShownIn::PlainJapanese)
}

impl Stage {
    async fn set(desk: &Desk, (lang, module, screen, way): Names) -> Option<Self> {
        let draft = desk.draft().await;
        let shown = ShownIn::from_tag(&lang)?;
        let (revision, whole) = draft.content.as_ref()?.module(&module)?;
        let (revision, alone) = (revision.to_owned(), whole.excerpt(&screen)?);
        let way = decode(&way)?;
        let screen = format!("/show/{lang}/{module}/{screen}");
        Some(Self { desk: desk.clone(), draft, shown, screen, way, alone, revision })
    }

    fn base(&self, way: &[Answer]) -> String {
        format!("{}/{}", self.screen, encode(way))
    }

    fn shown(&self) -> Shown<'_> {
        Shown { module: &self.alone, revision: &self.revision, base: self.base(&self.way) }
    }

    fn words(&self) -> Option<Translator<'_>> {
        let content = self.draft.content.as_ref()?;
        Some(read(content, self.desk.hospital(), self.shown))
    }

    /// The walk after the first so many answers.
    fn walk(&self, answered: usize) -> Option<Walk<'_>> {
        Walk::replay(&self.alone, SEED, self.way.get(..answered.min(self.way.len()))?).ok()
    }

    fn page(&self, turn: u32, status: StatusCode, page: impl kokoroe_app::Page) -> Response {
        self.desk.page(self.shown.lang(), self.shown().step(turn), status, page)
    }

    fn step(
        &self,
        turn: u32,
        sent: Form,
        error: Option<kokoroe_app::training::AnswerError>,
    ) -> Option<Response> {
        let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let (walk, before) = (self.walk(self.way.len())?, self.walk(turn.saturating_sub(1) as usize)?);
        Some(match step::view(self.words()?, &self.shown(), &walk, &before, turn, sent, error) {
            StepView::Step(view) => self.page(turn, status, view),
            StepView::Debrief(view) => self.page(turn, status, view),
            StepView::TestResult(view) => self.page(turn, status, view),
            StepView::Elsewhere(address) => see_other(&address),
        })
    }

    fn answer(&self, turn: u32, form: &Form) -> Option<Response> {
        let before = self.walk(turn.checked_sub(1)? as usize)?;
        let place = before.place();
        if form.ticked("preview") {
            return self.step(turn, form.clone(), None);
        }
        let response = match ask::response(&place, form) {
            Ok(response) => response,
            Err(error) => return self.step(turn, form.clone(), Some(error)),
        };
        let mut after = before.clone();
        if after.answer(response.clone()).is_err() {
            return None;
        }
        let way: Vec<Answer> =
            before.visits().iter().map(|visit| visit.response.clone()).chain([response.clone()]).collect();
        let shown = Shown { base: self.base(&way), ..self.shown() };
        Some(see_other(&step::after(&shown, &place, turn, after.is_finished(), &response)))
    }

    fn why(&self, turn: u32) -> Option<Response> {
        let (walk, before) = (self.walk(self.way.len())?, self.walk(turn.checked_sub(1)? as usize)?);
        let visit = walk.visits().get(turn.checked_sub(1)? as usize)?;
        if !explanation::is_explained(visit) {
            return Some(see_other(&self.shown().step(turn + 1)));
        }
        let after = self.walk(turn as usize)?;
        let view = explanation::explain(self.words()?, &self.shown(), &walk, &before, &after, visit)?;
        Some(self.page(turn, StatusCode::OK, view))
    }
}

/// There is no such page.
pub(super) async fn nothing(State(desk): State<Desk>) -> Response {
    let lang = Lang::Ja;
    let page = ProblemPage {
        kind: ProblemKind::NotFound,
        id: String::new(),
        help: desk.hospital().help(lang).to_owned(),
        retry_after: None,
        way_on: Some("/".to_owned()),
    };
    desk.page(lang, "/".to_owned(), StatusCode::NOT_FOUND, page)
}

async fn or_nothing(desk: Desk, response: Option<Response>) -> Response {
    match response {
        Some(response) => response,
        None => nothing(State(desk)).await,
    }
}

/// A step, open or answered.
pub(super) async fn step(State(desk): State<Desk>, Path((l, m, s, way, turn)): Path<StepNames>) -> Response {
    let stage = Stage::set(&desk, (l, m, s, way)).await;
    let shown = stage.and_then(|stage| stage.step(turn, Form::default(), None));
    or_nothing(desk, shown).await
}

/// An answer: it becomes a part of the address.
pub(super) async fn answer(
    State(desk): State<Desk>,
    Path((l, m, s, way, turn)): Path<StepNames>,
    form: Form,
) -> Response {
    let stage = Stage::set(&desk, (l, m, s, way)).await;
    let shown = stage.and_then(|stage| stage.answer(turn, &form));
    or_nothing(desk, shown).await
}

/// The explanation of an answer.
pub(super) async fn why(State(desk): State<Desk>, Path((l, m, s, way, turn)): Path<StepNames>) -> Response {
    let shown = Stage::set(&desk, (l, m, s, way)).await.and_then(|stage| stage.why(turn));
    or_nothing(desk, shown).await
}

/// Back to before an answer.
pub(super) async fn again(State(desk): State<Desk>, Path((l, m, s, way, turn)): Path<StepNames>) -> Response {
    let shown = Stage::set(&desk, (l, m, s, way)).await.and_then(|stage| {
        let before = stage.way.get(..turn.checked_sub(1)? as usize)?;
        Some(see_other(&format!("{}/{turn}", stage.base(before))))
    });
    or_nothing(desk, shown).await
}

/// Words that are kept while somebody writes: here they are not.
pub(super) async fn keep_draft() -> Response {
    "0:00".into_response()
}

/// From the beginning.
pub(super) async fn restart(State(desk): State<Desk>, Path(names): Path<Names>) -> Response {
    let shown = Stage::set(&desk, names).await.map(|stage| see_other(&format!("{}/1", stage.base(&[]))));
    or_nothing(desk, shown).await
}

/// The neutral page somebody leaves to.
pub(super) async fn pause(State(desk): State<Desk>, Path(names): Path<Names>) -> Response {
    let shown = Stage::set(&desk, names).await.and_then(|stage| {
        let turn = u32::try_from(stage.way.len() + 1).unwrap_or(1);
        let view = Pause { back: stage.shown().step(turn), help: stage.words()?.help(), swap: None };
        Some(stage.page(turn, StatusCode::OK, view))
    });
    or_nothing(desk, shown).await
}

/// The page before a module.
pub(super) async fn intro(State(desk): State<Desk>, Path((code, id)): Path<(String, String)>) -> Response {
    let draft = desk.draft().await;
    let view = ShownIn::from_tag(&code).zip(draft.content.as_ref()).and_then(|(shown, content)| {
        let module = content.catalogue.module(&id)?;
        let words = read(content, desk.hospital(), shown);
        let address = format!("/show/{code}/{id}");
        let view = intro_view(words, module, &address, begin_at(&address, module), None);
        Some(desk.page(shown.lang(), address, StatusCode::OK, view))
    });
    or_nothing(desk, view).await
}

/// On to the first screen of a module.
pub(super) async fn begin(State(desk): State<Desk>, Path((code, id)): Path<(String, String)>) -> Response {
    let draft = desk.draft().await;
    let first = draft.content.as_ref().and_then(|content| {
        let screens = content.catalogue.module(&id)?.screens();
        Some(see_other(&format!("/show/{code}/{id}/{}/{}/1", screens.first()?.id, encode(&[]))))
    });
    or_nothing(desk, first).await
}

/// A drawing of a module.
pub(super) async fn drawing(
    State(desk): State<Desk>,
    Path((revision, name)): Path<(String, String)>,
) -> Response {
    let draft = desk.draft().await;
    let found = draft.content.as_ref().and_then(|content| {
        let ids = content.catalogue.modules.iter().map(|module| module.id.as_str());
        let mut modules = ids.filter_map(|id| content.module(id));
        let (_, module) = modules.find(|(known, _)| *known == revision)?;
        module.drawings.get(&name).cloned().map(svg)
    });
    or_nothing(desk, found).await
}

/// The policy that clauses lead to.
pub(super) async fn policy(State(desk): State<Desk>) -> Response {
    let draft = desk.draft().await;
    let page = draft.content.as_ref().map(|content| {
        let (_, policy) = content.policy();
        let words = read(content, desk.hospital(), ShownIn::Japanese);
        let view = policies::view(words, policy, &[Arc::clone(policy)], None);
        desk.page(Lang::Ja, kokoroe_app::paths::POLICY.to_owned(), StatusCode::OK, view)
    });
    or_nothing(desk, page).await
}

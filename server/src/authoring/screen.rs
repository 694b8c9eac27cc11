//! One screen with all its states, and the drawing of a story.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use kokoroe_app::authoring::{AuthorScreen, FrameView, StateGroup, StateLink, ViewLink};
use kokoroe_app::ui::say::Words;
use kokoroe_app::ui::trail::Crumb;
use kokoroe_app::{Lang, ShownIn, say};
use kokoroe_courses::{Module, ScreenKind, Text, Trial};
use serde::Deserialize;

use super::desk::Desk;
use super::index::{lang_of, title};
use super::states::{self, State as Shown};
use super::{faults, learner};
use crate::http::url_encode;
use crate::training::translate::{Translator, course_lang, verdict};

/// A telephone held upright, the one most in use, and a desk.
const WIDTHS: [u16; 3] = [320, 390, 1280];
/// The width at which the languages are compared.
const COMPARED: u16 = 390;

/// What is chosen on the page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chosen {
    state: Option<String>,
    width: Option<String>,
}

/// What the frames show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frames {
    All,
    One(u16),
    Languages,
}

impl Frames {
    fn of(code: Option<&str>) -> Self {
        match code {
            Some("languages") => Self::Languages,
            Some(code) => {
                code.parse().ok().filter(|width| WIDTHS.contains(width)).map_or(Self::All, Self::One)
            }
            None => Self::All,
        }
    }

    fn code(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::One(width) => width.to_string(),
            Self::Languages => "languages".to_owned(),
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::All => say!(lang, "並べる", "Side by side"),
            Self::One(width) => format!("{width} px"),
            Self::Languages => {
                say!(lang, "日本語・やさしい日本語・英語", "Japanese, plain Japanese, English")
            }
        }
    }

    fn windows(self, lang: Lang) -> Vec<(u16, ShownIn)> {
        match self {
            Self::All => WIDTHS.map(|width| (width, lang.into())).to_vec(),
            Self::One(width) => vec![(width, lang.into())],
            Self::Languages => [ShownIn::Japanese, ShownIn::PlainJapanese, ShownIn::English]
                .map(|shown| (COMPARED, shown))
                .to_vec(),
        }
    }
}

/// One screen.
pub(super) async fn show(
    State(desk): State<Desk>,
    Path((code, module_id, screen_id)): Path<(String, String, String)>,
    Query(chosen): Query<Chosen>,
) -> Response {
    let draft = desk.draft().await;
    let found = lang_of(&code).zip(draft.content.as_ref()).and_then(|(lang, content)| {
        let module = content.catalogue.module(&module_id)?;
        let screens = module.screens();
        let at = screens.iter().position(|screen| screen.id == screen_id)?;
        Some((lang, content, module, screens, at))
    });
    let Some((lang, content, module, screens, at)) = found else {
        return learner::nothing(State(desk)).await;
    };
    let (Some(screen), Some(alone)) = (screens.get(at), module.excerpt(&screen_id)) else {
        return learner::nothing(State(desk)).await;
    };
    let words = Translator::shown_in(content, desk.hospital(), lang.into(), false);
    let here = format!("/{code}/{module_id}/{screen_id}");
    let all = states::of(&alone);
    let state = all.iter().find(|state| Some(state.name()) == chosen.state).or(all.first());
    let frames = Frames::of(chosen.width.as_deref());
    let address = |state: Option<&Shown>, frames: Frames| {
        let state = state.map(|state| url_encode(&state.name())).unwrap_or_default();
        format!("{here}?state={state}&width={}", frames.code())
    };
    let (kind, heading) = title(words, module, screen);
    let windows = state.iter().flat_map(|state| {
        frames.windows(lang).into_iter().map(|(width, shown)| FrameView {
            width,
            shown,
            src: state.page(&format!("/show/{}/{module_id}/{screen_id}", shown.tag())),
        })
    });
    let neighbour = |at: Option<usize>| {
        let screen = screens.get(at?)?;
        Some(format!("/{code}/{module_id}/{}?width={}", screen.id, frames.code()))
    };
    let offered = [Frames::All, Frames::One(320), Frames::One(390), Frames::One(1280), Frames::Languages];
    let view = AuthorScreen {
        kind,
        title: heading,
        above: vec![
            Crumb {
                words: say!(lang, "教材の下見", "Preview of the courses"), href: format!("/{code}")
            },
            Crumb {
                words: module.title.get(course_lang(lang)).0.to_owned(),
                href: format!("/{code}#{module_id}"),
            },
        ],
        faults: faults::of_screen(&draft, module, screen).into_iter().map(faults::line).collect(),
        widths: offered
            .map(|each| ViewLink {
                words: each.words(lang),
                href: address(state, each),
                current: each == frames,
            })
            .to_vec(),
        states: groups(words, &alone, &all, state, &|state| address(Some(state), frames)),
        frames: windows.collect(),
        drawing: (screen.kind == ScreenKind::Scenario).then(|| format!("{here}/story.svg")),
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(at.checked_add(1)),
        watch: "/revision".to_owned(),
        revision: draft.revision.clone(),
    };
    desk.page(lang, here.clone(), StatusCode::OK, view)
}

/// The states, those of one question together.
fn groups(
    words: Translator<'_>,
    alone: &Module,
    all: &[Shown],
    current: Option<&Shown>,
    address: &dyn Fn(&Shown) -> String,
) -> Vec<StateGroup> {
    let mut groups: Vec<StateGroup> = Vec::new();
    for state in all {
        let link = StateLink {
            answer: state.trial.as_ref().map(|trial| answered(words, alone, state, trial)),
            verdict: state.trial.as_ref().and_then(|trial| trial.grade).map(verdict),
            href: address(state),
            current: current.is_some_and(|current| current.name() == state.name()),
        };
        match groups.last_mut().filter(|group| group.name == state.stop) {
            Some(group) => group.states.push(link),
            None => groups.push(StateGroup { name: state.stop.clone(), states: vec![link] }),
        }
    }
    groups
}

/// The words of a choice; of another answer, what it is called here.
fn answered(words: Translator<'_>, alone: &Module, state: &Shown, trial: &Trial) -> Words {
    let text: Option<Text> =
        kokoroe_courses::Walk::replay(alone, states::SEED, &state.way).ok().and_then(|walk| {
            let visit = walk.visits().last()?;
            let choices = match &visit.place {
                kokoroe_courses::Place::Item(item) => &item.choices,
                kokoroe_courses::Place::Node(node) => &node.choices,
                kokoroe_courses::Place::Question(question) => &question.choices,
                _ => return None,
            };
            choices.iter().find(|choice| choice.id == trial.name).map(|choice| choice.text.clone())
        });
    let lang = words.lang();
    match text {
        Some(text) => words.words(&text),
        None if trial.name == "best" => Words::plain(lang, say!(lang, "よい答え", "A good answer")),
        None => Words::plain(lang, say!(lang, "よくない答え", "A poor answer")),
    }
}

/// The drawing of a story.
pub(super) async fn drawing(
    State(desk): State<Desk>,
    Path((code, module, screen)): Path<(String, String, String)>,
) -> Response {
    let draft = desk.draft().await;
    let svg = lang_of(&code).zip(draft.content.as_ref()).and_then(|(lang, content)| {
        kokoroe_courses::graph(content.catalogue.module(&module)?, &screen, course_lang(lang))
    });
    let Some(svg) = svg else { return learner::nothing(State(desk)).await };
    let mut response = svg.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    response
}

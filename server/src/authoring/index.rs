//! The first page of an author, and what its script asks for.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use kokoroe_app::Lang;
use kokoroe_app::authoring::{AuthorIndex, ModulePart, ScreenLine};
use kokoroe_app::training::{StepKind, StepState};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::{Content as Taught, Fault, Module, Screen, Step};

use super::desk::{Desk, Draft};
use super::faults;
use crate::http::{Form, local_path, see_other};
use crate::training::module::line;
use crate::training::translate::Translator;

/// Japanese first.
pub(super) async fn first() -> Response {
    see_other("/ja")
}

/// The present revision of the folder, for the script that waits for another one.
pub(super) async fn revision(State(desk): State<Desk>) -> Response {
    match desk.revision().await {
        Ok(revision) => revision.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The same page in the other language: the language is a part of the address here.
pub(super) async fn language(form: Form) -> Response {
    let path = local_path(form.get("return_to"));
    let mut parts: Vec<&str> = path.split('/').collect();
    let at = if parts.get(1) == Some(&"show") { 2 } else { 1 };
    if let Some(lang) = parts.get_mut(at) {
        *lang = form.get("lang").filter(|lang| ["ja", "en"].contains(lang)).unwrap_or("ja");
    }
    see_other(&parts.join("/"))
}

/// A language in an address.
pub(super) fn lang_of(code: &str) -> Option<Lang> {
    [Lang::Ja, Lang::En].into_iter().find(|lang| lang.tag() == code)
}

/// The list of everything.
pub(super) async fn show(State(desk): State<Desk>, Path(lang): Path<String>) -> Response {
    let Some(lang) = lang_of(&lang) else { return super::learner::nothing(State(desk)).await };
    let draft = desk.draft().await;
    let (errors, warnings) = faults::counted(&draft.report.faults);
    let modules = draft.content.as_ref().map(|content| {
        let words = Translator::shown_in(content, desk.hospital(), lang.into(), false);
        content.catalogue.modules.iter().map(|module| part(words, &draft, module, lang)).collect::<Vec<_>>()
    });
    let modules = modules.unwrap_or_default();
    let inside = |fault: &Fault| modules.iter().any(|part| fault.file.starts_with(&part.folder));
    let view = AuthorIndex {
        folder: desk.folder(),
        errors,
        warnings,
        faults: draft.report.faults.iter().filter(|fault| !inside(fault)).map(faults::line).collect(),
        modules,
        watch: "/revision".to_owned(),
        revision: draft.revision.clone(),
    };
    desk.page(lang, format!("/{}", lang.tag()), StatusCode::OK, view)
}

fn part(words: Translator<'_>, draft: &Draft, module: &Module, lang: Lang) -> ModulePart {
    let screens = module.screens().into_iter().map(|screen| {
        let (errors, warnings) = faults::counted(faults::of_screen(draft, module, &screen));
        let (kind, title) = title(words, module, &screen);
        let href = format!("/{}/{}/{}", lang.tag(), module.id, screen.id);
        ScreenLine { kind, title, id: screen.id, href, errors, warnings }
    });
    ModulePart {
        title: words.words(&module.title),
        id: module.id.clone(),
        folder: faults::folder(module),
        minutes: module.minutes,
        intro: format!("/show/{}/{}", lang.tag(), module.id),
        screens: screens.collect(),
        faults: faults::of_module(draft, module).into_iter().map(faults::line).collect(),
    }
}

/// What a screen is, and its title or question.
pub(super) fn title(words: Translator<'_>, module: &Module, screen: &Screen) -> (StepKind, Words) {
    let step = module.steps().iter().find(|step| match step {
        Step::Read(reading) => reading.id == screen.id,
        Step::Item(item) => item.id == screen.id,
        Step::Scenario(scenario) => scenario.id == screen.id,
        Step::Debrief { .. } => false,
    });
    if let Some(step) = step {
        let line = line(words, module, step, StepState::Ahead);
        let ask = match step {
            Step::Item(item) => Some(words.words(&item.ask)),
            Step::Read(_) | Step::Scenario(_) | Step::Debrief { .. } => None,
        };
        return (line.kind, line.title.or(ask).unwrap_or_else(|| Words::plain(Lang::Ja, &screen.id)));
    }
    let ask = match &module.content {
        Taught::Test(test) => test.families.iter().find_map(|family| {
            let (id, wording) = screen.id.split_once('.')?;
            let known = (family.id == id).then_some(&family.variants)?;
            known.iter().find(|variant| variant.id == wording).map(|variant| words.words(&variant.ask))
        }),
        Taught::Lesson(_) => None,
    };
    (StepKind::Test, ask.unwrap_or_else(|| Words::plain(Lang::Ja, &screen.id)))
}

//! Every module and screen of a folder that is being written.

use crate::authoring::faults::{FaultLine, FaultList};
use crate::authoring::reload::Reload;
use crate::page::{Page, PageKind};
use crate::training::StepKind;
use crate::ui::{Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// A screen in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenLine {
    /// What kind.
    pub kind: StepKind,
    /// Its title or its question.
    pub title: Words,
    /// Its name in its folder.
    pub id: String,
    /// Where it is looked at.
    pub href: String,
    /// Errors in its files.
    pub errors: usize,
    /// Warnings in its files.
    pub warnings: usize,
}

/// A module in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePart {
    /// Its title.
    pub title: Words,
    /// Its id, to lead back to it.
    pub id: String,
    /// Its folder.
    pub folder: String,
    /// Minutes, as it says itself.
    pub minutes: u16,
    /// The page before it, as learners see it.
    pub intro: String,
    /// Its screens.
    pub screens: Vec<ScreenLine>,
    /// Faults that belong to no screen.
    pub faults: Vec<FaultLine>,
}

/// The first page of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorIndex {
    /// The folder on this machine.
    pub folder: String,
    /// Errors in all files.
    pub errors: usize,
    /// Warnings in all files.
    pub warnings: usize,
    /// The modules.
    pub modules: Vec<ModulePart>,
    /// Faults that belong to no module.
    pub faults: Vec<FaultLine>,
    /// Where the present revision is asked for.
    pub watch: String,
    /// The revision shown.
    pub revision: String,
}

impl Page for AuthorIndex {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "教材の下見", "Preview of the courses")
    }

    fn kind(&self) -> PageKind {
        PageKind::Workshop
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { folder, errors, warnings, modules, faults, watch, revision } = self;
        let modules = modules.into_iter().map(|part| view! { <Part part lang/> }).collect_view();
        view! {
            <div class="author">
                <h1>{say!(lang, "教材の下見", "Preview of the courses")}</h1>
                <p class="author__folder"><code>{folder}</code></p>
                <p class="author__count">{say!(
                    lang,
                    "直す点 {errors}・見直す点 {warnings}。保存すると、このページは自分で新しくなります。",
                    "{errors} errors, {warnings} warnings. The page renews itself when you save.",
                )}</p>
                {(!faults.is_empty()).then(|| view! { <FaultList faults lang/> })}
                {modules}
                <Reload address=watch revision/>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Part(part: ModulePart, lang: Lang) -> AnyView {
    let ModulePart { title, id, folder, minutes, intro, screens, faults } = part;
    let lines = screens.into_iter().map(|line| view! { <Line line lang/> }).collect_view();
    view! {
        <section class="author__module">
            <h2 id=id><Say words=title page=lang/></h2>
            <p class="author__facts">
                <code>{folder}</code>
                <span>{say!(lang, "約{minutes}分", "About {minutes} min")}</span>
                <a href=intro>{say!(lang, "はじめのページ", "First page")}</a>
            </p>
            {(!faults.is_empty()).then(|| view! { <FaultList faults lang/> })}
            <ul class="author__screens" role="list">{lines}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: ScreenLine, lang: Lang) -> AnyView {
    let ScreenLine { kind, title, id, href, errors, warnings } = line;
    let count = |n: usize, shape, words: String| {
        (n > 0).then(|| view! { <span class="author__faults"><Icon shape/><span>{words}</span></span> })
    };
    view! {
        <li class="author__screen">
            <span class="author__kind">{kind.word(lang)}</span>
            <a href=href><Say words=title page=lang/></a>
            <code>{id}</code>
            {count(errors, Shape::Cross, say!(lang, "直す {errors}", "{errors} errors"))}
            {count(warnings, Shape::Warn, say!(lang, "見直す {warnings}", "{warnings} warnings"))}
        </li>
    }
    .into_any()
}

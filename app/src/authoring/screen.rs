//! One screen of a course in every state, as learners see it, at the width of a telephone and of a desk.

use crate::authoring::faults::{FaultLine, FaultList};
use crate::authoring::reload::Reload;
use crate::page::{Page, PageKind};
use crate::training::StepKind;
use crate::ui::trail::{Crumb, Trail};
use crate::ui::{Say, Verdict, VerdictTag, Words};
use crate::{Lang, ShownIn, say};
use leptos::prelude::*;

/// A choice of what the frames show: a width, a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewLink {
    /// Its words.
    pub words: String,
    /// Where it leads.
    pub href: String,
    /// It is shown now.
    pub current: bool,
}

/// A state of the screen: asked, or explained after one of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateLink {
    /// What was answered, in its words or by its name. `None`: nothing yet.
    pub answer: Option<Words>,
    /// What that answer is worth.
    pub verdict: Option<Verdict>,
    /// Where it is looked at.
    pub href: String,
    /// It is shown now.
    pub current: bool,
}

/// The states of one question, or of one ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateGroup {
    /// The name of the question in its file.
    pub name: String,
    /// Its states.
    pub states: Vec<StateLink>,
}

/// A window onto a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameView {
    /// Its width in px.
    pub width: u16,
    /// How the page inside is read.
    pub shown: ShownIn,
    /// The page.
    pub src: String,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorScreen {
    /// What kind.
    pub kind: StepKind,
    /// Its title or its question.
    pub title: Words,
    /// The pages above.
    pub above: Vec<Crumb>,
    /// What the check says about its files.
    pub faults: Vec<FaultLine>,
    /// Widths to choose from.
    pub widths: Vec<ViewLink>,
    /// States to choose from.
    pub states: Vec<StateGroup>,
    /// The windows.
    pub frames: Vec<FrameView>,
    /// The drawing of a story.
    pub drawing: Option<String>,
    /// The screen before this one.
    pub previous: Option<String>,
    /// The screen behind this one.
    pub next: Option<String>,
    /// Where the present revision is asked for.
    pub watch: String,
    /// The revision shown.
    pub revision: String,
}

impl Page for AuthorScreen {
    fn title(&self, lang: Lang) -> String {
        let title = self.title.text();
        say!(lang, "{title}（下見）", "{title} (preview)")
    }

    fn kind(&self) -> PageKind {
        PageKind::Workshop
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            kind,
            title,
            above,
            faults,
            widths,
            states,
            frames,
            drawing,
            previous,
            next,
            watch,
            revision,
        } = self;
        let widths = widths
            .into_iter()
            .map(|ViewLink { words, href, current }| {
                view! { <li><a class="tab" href=href aria-current=current.then_some("true")>{words}</a></li> }
            })
            .collect_view();
        let states = states.into_iter().map(|group| view! { <Group group lang/> }).collect_view();
        let frames = frames.into_iter().map(|frame| view! { <Window frame lang/> }).collect_view();
        let link = |href: Option<String>, words: String| {
            href.map(|href| view! { <li><a href=href>{words}</a></li> })
        };
        view! {
            <div class="author">
                <Trail crumbs=above lang/>
                <h1><Say words=title page=lang/></h1>
                <p class="author__facts">{kind.word(lang)}</p>
                <FaultList faults lang/>
                <nav aria-label=say!(lang, "画面の前後", "Screens before and after")>
                    <ul class="author__ways" role="list">
                        {link(previous, say!(lang, "前の画面", "Previous screen"))}
                        {link(next, say!(lang, "次の画面", "Next screen"))}
                        {link(drawing, say!(lang, "話の流れの図（印刷用）", "Drawing of the story (to print)"))}
                    </ul>
                </nav>
                <nav aria-label=say!(lang, "画面の幅", "Width")>
                    <ul class="tabs__list" role="list">{widths}</ul>
                </nav>
                <nav class="states" aria-label=say!(lang, "画面の状態", "States of the screen")>{states}</nav>
                <div class="panes" tabindex="0" role="region" aria-label=say!(lang, "受講者が見る画面", "What learners see")>
                    {frames}
                </div>
                <Reload address=watch revision/>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Group(group: StateGroup, lang: Lang) -> AnyView {
    let StateGroup { name, states } = group;
    let links = states
        .into_iter()
        .map(|StateLink { answer, verdict, href, current }| {
            let words = match answer {
                Some(words) => view! { <Say words page=lang/> }.into_any(),
                None => say!(lang, "開いたところ", "As it opens").into_any(),
            };
            view! {
                <li>
                    <a class="state" href=href aria-current=current.then_some("true")>
                        {verdict.map(|verdict| view! { <VerdictTag verdict lang/> })}
                        <span>{words}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="states__group">
            <p class="states__name"><code>{name}</code></p>
            <ul class="states__list" role="list">{links}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn Window(frame: FrameView, lang: Lang) -> AnyView {
    let FrameView { width, shown, src } = frame;
    let language = shown.words(lang);
    view! {
        <figure class="pane">
            <figcaption class="pane__name">
                {say!(lang, "幅 {width} px・{language}", "{width} px wide, {language}")}
                " "
                <a href=src.clone()>{say!(lang, "この画面だけを開く", "Open it alone")}</a>
            </figcaption>
            <iframe class="pane__page" src=src width=width.to_string() height="720"
                title=say!(lang, "幅 {width} px の画面", "The screen, {width} px wide")></iframe>
        </figure>
    }
    .into_any()
}

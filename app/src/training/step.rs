//! A step of a module. One URL each; the question is the `h1`.

use crate::day::StoryTime;
use crate::page::{Page, PageKind};
use crate::training::answered::Answered;
use crate::training::ask::{AskForm, faults};
use crate::training::asked::{AnswerError, Asked, Scene};
use crate::training::step_head::{LogLine, StepHead, StepTop};
use crate::ui::{ContactBook, Device, ErrorSummary, Say, StoryClock, StoryMeters};
use crate::{Lang, say};
use leptos::prelude::*;

/// A step, to answer or, once answered, to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPage {
    /// Module, number, way back, care.
    pub head: StepHead,
    /// The clock of a crisis.
    pub clock: Option<StoryTime>,
    /// What the person has done so far in a crisis, oldest first.
    pub log: Vec<LogLine>,
    /// What is told and seen first.
    pub scene: Scene,
    /// What is asked.
    pub asked: Asked,
    /// POST here. Fields: see [`Asked`].
    pub action: String,
    /// The step is answered: read-only, with the way to the explanation (or to the next step, for a reading page).
    pub answered: Option<String>,
    /// What was wrong with the last try.
    pub error: Option<AnswerError>,
}

impl Page for StepPage {
    fn title(&self, lang: Lang) -> String {
        let StepHead { number, of, module, .. } = &self.head;
        let (heading, module) = (self.asked.heading().text(), module.text());
        let title = say!(lang, "{number}/{of} {heading}｜{module}", "{number}/{of} {heading} | {module}");
        if self.error.is_some() {
            say!(lang, "確認があります：{title}", "Please check: {title}")
        } else {
            title
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { head, clock, log, mut scene, asked, action, answered, error } = self;
        let meters = std::mem::take(&mut scene.meters);
        let contacts = std::mem::take(&mut scene.contacts);
        let faults = error.as_ref().map(|error| faults(&asked, error, lang)).unwrap_or_default();
        let two = !scene.feed.is_empty();
        let form = match answered {
            Some(on) => view! { <Answered asked on lang/> }.into_any(),
            None => view! { <AskForm asked action faults=faults.clone() lang/> }.into_any(),
        };
        view! {
            <div class="step" data-two=two.then_some("")>
                <StepTop head back=say!(lang, "もどる", "Back") lang/>
                <ErrorSummary lang faults/>
                {clock.map(|now| view! { <StoryClock now lang/> })}
                <StoryMeters meters lang/>
                <div class="step__body">
                    <SceneView scene lang/>
                    <div class="step__ask">
                        {form}
                        <Log log lang/>
                        <ContactBook contacts lang/>
                    </div>
                </div>
            </div>
        }
        .into_any()
    }
}

/// What is told and seen before the question.
#[component]
pub(crate) fn SceneView(scene: Scene, lang: Lang) -> AnyView {
    let Scene { setting, told, feed, look, .. } = scene;
    let shown = setting.is_some() || !told.is_empty() || !feed.is_empty();
    shown
        .then(|| {
            let told = told
                .into_iter()
                .map(|words| view! { <p class="told"><Say words page=lang/></p> })
                .collect_view();
            let device = (!feed.is_empty()).then(|| view! { <Device posts=feed look lang/> });
            view! {
                <div class="scene">
                    {setting.map(|words| view! { <p class="scene__setting"><Say words page=lang/></p> })}
                    {told}
                    {device}
                </div>
            }
        })
        .into_any()
}

/// What was done so far, folded.
#[component]
fn Log(log: Vec<LogLine>, lang: Lang) -> AnyView {
    (!log.is_empty()).then(|| {
        let lines = log
            .into_iter()
            .map(|LogLine { at, did }| {
                view! { <li><time datetime=at.iso()>{at.figures()}</time><span><Say words=did page=lang/></span></li> }
            })
            .collect_view();
        view! {
            <details class="log">
                <summary>{say!(lang, "ここまでにしたこと", "What you have done so far")}</summary>
                <ol class="log__lines" role="list">{lines}</ol>
            </details>
        }
    })
    .into_any()
}

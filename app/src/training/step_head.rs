//! What stands above every page of a module.

use crate::day::StoryTime;
use crate::ui::contact::{Contact, ContactList};
use crate::ui::say::{Say, Words};
use crate::ui::{BackLink, Icon, Progress, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// Hard content: a way out and help on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Care {
    /// The neutral page 「一時停止して離れる」.
    pub pause: String,
    /// Help lines and people to talk to, from the hospital's settings.
    pub help: Vec<Contact>,
    /// Another module on the same point. No reason is asked.
    pub swap: Option<String>,
}

/// A line in the log of a crisis: what the person has done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Story time at which it was done.
    pub at: StoryTime,
    /// What was done.
    pub did: Words,
}

/// What stands above every page of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepHead {
    /// Title of the module.
    pub module: Words,
    /// Step that is open, from 1.
    pub number: u16,
    /// Steps in all.
    pub of: u16,
    /// The back link: the page before this one in the attempt, or the module's first page.
    pub back: String,
    /// Hard content.
    pub care: Option<Care>,
}

/// Way back, module, and how far.
#[component]
pub(crate) fn StepTop(
    head: StepHead,
    /// Words of the way back.
    back: String,
    lang: Lang,
) -> AnyView {
    let StepHead { module, number, of, back: href, care } = head;
    view! {
        <div class="step-top">
            <div class="step-top__line">
                <BackLink href words=back/>
                <p class="step-top__count">
                    <span class="visually-hidden">{say!(lang, "ステップ ", "Step ")}</span>
                    <b>{number}</b>
                    {say!(lang, " / {of}", " of {of}")}
                </p>
            </div>
            <Progress done=number.saturating_sub(1) of label=say!(lang, "この研修の進み", "Progress in this module")/>
            <p class="step-top__module"><Say words=module page=lang/></p>
        </div>
        {care.map(|care| view! { <CareBar care lang/> })}
    }
    .into_any()
}

/// The way out and help, on every page of hard content.
#[component]
pub(crate) fn CareBar(care: Care, lang: Lang) -> AnyView {
    view! {
        <aside class="care-bar" aria-label=say!(lang, "つらいとき", "If this is hard")>
            <a class="care-bar__pause" href=care.pause>
                <Icon shape=Shape::Pause/>
                <span>{say!(lang, "一時停止して離れる", "Pause and step away")}</span>
            </a>
            <details class="care-bar__help">
                <summary>{say!(lang, "相談先", "People to talk to")}</summary>
                <ContactList contacts=care.help lang/>
            </details>
        </aside>
    }
    .into_any()
}

//! What stands above every page of a module.

use crate::day::StoryTime;
use crate::ui::contact::{Contact, ContactList};
use crate::ui::say::{Say, Words};
use crate::ui::{BackLink, Icon, Progress, Shape, Submit, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is hard about a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CareKind {
    /// Somebody speaks of wanting to die.
    Suicide,
    /// A disaster or a great accident.
    Disaster,
    /// Violence, harassment or abuse.
    Abuse,
}

/// Another module in a place of the list. POST to `action` puts it there; no reason is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Where the form goes.
    pub action: String,
    /// Title of the module that will stand there.
    pub title: Words,
    /// How long that one takes, in minutes.
    pub minutes: u16,
}

/// Hard content: a way out and help on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Care {
    /// What is hard about it.
    pub kind: CareKind,
    /// The neutral page 「一時停止して離れる」.
    pub pause: String,
    /// Help lines and people to talk to, from the hospital's settings.
    pub help: Vec<Contact>,
    /// Another module that may be taken in its place.
    pub swap: Option<Swap>,
}

/// The form that takes another module in the place of a hard one, and which one that is.
#[component]
pub(crate) fn SwapForm(swap: Swap, lang: Lang) -> AnyView {
    let Swap { action, title, minutes } = swap;
    view! {
        <form method="post" action=action class="swap">
            <Submit words=say!(lang, "別の題材に替える（理由は要りません）", "Take another topic instead (no reason needed)") weight=Weight::Side/>
            <p class="swap__what">
                {say!(lang, "替わりの題材：「", "Instead: “")}
                <Say words=title page=lang/>
                {say!(lang, "」（約{minutes}分）", "” (about {minutes} min)")}
            </p>
        </form>
    }
    .into_any()
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

//! A remark that stays where it is.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Something was done.
    Done,
    /// Something needs attention.
    Warn,
}

/// A remark with a mark, a title and some text.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    tone: Tone,
    /// Its first words, in bold.
    #[prop(optional_no_strip, into)]
    title: Option<String>,
    /// Told at once by screen readers: for the answer to something that was just done.
    #[prop(optional)]
    live: bool,
    /// The rest.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let (class, shape) = match tone {
        Tone::Info => ("notice notice--info", Shape::Info),
        Tone::Done => ("notice notice--done", Shape::Tick),
        Tone::Warn => ("notice notice--warn", Shape::Warn),
    };
    view! {
        <div class=class role=live.then_some("status")>
            <Icon shape/>
            <div class="notice__body">
                {title.map(|title| view! { <p class="notice__title">{title}</p> })}
                {children.map(|children| children())}
            </div>
        </div>
    }
    .into_any()
}

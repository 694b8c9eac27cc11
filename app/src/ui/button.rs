//! Buttons, and links that look like them. None is ever disabled: pressing says what is missing.

use crate::ui::icon::{Icon, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// How much a button weighs. A page has one `Main`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// The one thing to do.
    #[default]
    Main,
    /// Something else that one may do.
    Side,
    /// As light as a link.
    Light,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "button button--main",
            Self::Side => "button button--side",
            Self::Light => "button button--light",
        }
    }
}

/// A button that sends its form.
#[component]
pub fn Submit(
    /// What it does: a verb.
    words: String,
    /// How much it weighs.
    #[prop(optional)]
    weight: Weight,
    /// Field that it sends, for a form with several buttons.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Value of that field.
    #[prop(optional_no_strip, into)]
    value: Option<String>,
    /// Where it sends the form, if not where the form says.
    #[prop(optional_no_strip, into)]
    action: Option<String>,
    /// A drawing before the words.
    #[prop(optional)]
    shape: Option<Shape>,
) -> AnyView {
    let words = match shape {
        Some(shape) => view! { <Icon shape/><span>{words}</span> }.into_any(),
        None => words.into_any(),
    };
    view! { <button class=weight.class() type="submit" name=name value=value formaction=action>{words}</button> }
        .into_any()
}

/// A link that looks like a button, because it leads on.
#[component]
pub fn LinkButton(
    /// Where to.
    href: String,
    /// What it does.
    words: String,
    /// How much it weighs.
    #[prop(optional)]
    weight: Weight,
    /// A drawing before the words.
    #[prop(optional)]
    shape: Option<Shape>,
) -> AnyView {
    view! {
        <a class=weight.class() href=href>{shape.map(|shape| view! { <Icon shape/> })}<span>{words}</span></a>
    }
    .into_any()
}

/// How to print: the browser does it. A line instead of a button, so that it holds without scripts.
#[component]
pub fn PrintButton(
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    view! {
        <p class="print-hint">
            <Icon shape=Shape::Print/>
            <span>{say!(lang, "印刷はブラウザの印刷機能で。A4で整います。", "Print with your browser; it fits A4.")}</span>
        </p>
    }
    .into_any()
}

//! One-line fields with a label above, an optional hint, and the message of an error between hint and field.

use crate::Lang;
use crate::ui::icon::{Icon, Shape};
use crate::ui::written;
use leptos::prelude::*;

/// Ids of hint and error for `aria-describedby`, or nothing.
fn described(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (true, true) => Some(format!("{name}-hint {name}-error")),
    }
}

/// Label, hint, error, and the field itself. The id of the field is its name.
#[component]
fn Frame(
    name: &'static str,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    children: Children,
) -> AnyView {
    let class = if error.is_some() { "field field--error" } else { "field" };
    view! {
        <div class=class>
            <label class="field__label" for=name>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.map(|error| view! {
                <p class="field__error" id=format!("{name}-error")><Icon shape=Shape::Warn/><span>{error}</span></p>
            })}
            {children()}
        </div>
    }
    .into_any()
}

/// A text of one line. Full-width digits are welcome; the server narrows them.
#[component]
pub fn TextField(
    /// Name and id.
    name: &'static str,
    /// Label.
    label: String,
    /// Value, kept after an error.
    #[prop(optional, into)]
    value: String,
    /// Hint under the label.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// `autocomplete` token, so that password managers help.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// `inputmode`, for the keyboard of a phone.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Width in characters that the content needs; `None` is the whole line.
    #[prop(optional)]
    width: Option<Width>,
    /// `search` for a search box.
    #[prop(default = "text")]
    kind: &'static str,
) -> AnyView {
    let describedby = described(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let class = width.map_or("field__box", Width::class);
    view! {
        <Frame name label hint error>
            <input
                class=class
                type=kind
                id=name
                name=name
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=describedby
                aria-invalid=invalid
            />
        </Frame>
    }
    .into_any()
}

/// How wide a field is drawn, to hint at what belongs into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Ten characters.
    Short,
    /// Twenty characters.
    Middle,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Short => "field__box field__box--short",
            Self::Middle => "field__box field__box--middle",
        }
    }
}

/// A password. Its value is never sent back to the page; pasting and password managers are welcome.
#[component]
pub fn PasswordField(
    /// Name and id.
    name: &'static str,
    /// Label.
    label: String,
    /// `current-password`, `new-password` or `one-time-code`.
    autocomplete: &'static str,
    /// Hint under the label.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
) -> AnyView {
    let describedby = described(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Frame name label hint error>
            <input
                class="field__box"
                type="password"
                id=name
                name=name
                autocomplete=autocomplete
                aria-describedby=describedby
                aria-invalid=invalid
            />
        </Frame>
    }
    .into_any()
}

/// A choice of a list box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// Value.
    pub value: String,
    /// Words.
    pub words: String,
    /// Chosen.
    pub chosen: bool,
}

/// A list box, for more choices than fit as rows.
#[component]
pub fn SelectField(
    /// Name and id.
    name: &'static str,
    /// Label.
    label: String,
    /// Choices.
    options: Vec<SelectOption>,
    /// Language of the page: choices may be in another one, such as names from the hospital's records.
    lang: Lang,
    /// Hint under the label.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
) -> AnyView {
    let describedby = described(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let options = options
        .into_iter()
        .map(|SelectOption { value, words, chosen }| {
            let tag = written::tag(&words, lang);
            view! { <option value=value selected=chosen lang=tag>{words}</option> }
        })
        .collect_view();
    view! {
        <Frame name label hint error>
            <span class="field__select">
                <select class="field__box" id=name name=name aria-describedby=describedby aria-invalid=invalid>
                    {options}
                </select>
                <Icon shape=Shape::Down/>
            </span>
        </Frame>
    }
    .into_any()
}

/// A day, in ISO 8601, with the browser's own calendar.
#[component]
pub fn DateField(
    /// Name and id.
    name: &'static str,
    /// Label.
    label: String,
    /// ISO day, or empty.
    #[prop(optional, into)]
    value: String,
    /// Hint under the label.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
) -> AnyView {
    let describedby = described(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Frame name label hint error>
            <input
                class="field__box field__box--middle"
                type="date"
                id=name
                name=name
                value=value
                aria-describedby=describedby
                aria-invalid=invalid
            />
        </Frame>
    }
    .into_any()
}

/// A file.
#[component]
pub fn FileField(
    /// Name and id.
    name: &'static str,
    /// Label.
    label: String,
    /// Hint under the label: which files, how large.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Endings and media types that the browser offers.
    #[prop(optional)]
    accept: Option<&'static str>,
) -> AnyView {
    let describedby = described(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Frame name label hint error>
            <input
                class="field__box field__box--file"
                type="file"
                id=name
                name=name
                accept=accept
                aria-describedby=describedby
                aria-invalid=invalid
            />
        </Frame>
    }
    .into_any()
}

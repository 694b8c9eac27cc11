//! Any of several, as rows that are easy to hit.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// A row.
pub struct CheckRow {
    /// Value.
    pub value: String,
    /// Words.
    pub words: AnyView,
    /// Ticked.
    pub ticked: bool,
}

/// Check boxes that share one field. Its first box has the id `{name}-1`. The error stands inside the legend, because
/// some screen readers do not read a description of a group of check boxes.
#[component]
pub fn CheckList(
    /// Name of the field.
    #[prop(into)]
    name: String,
    /// The question: the content of the legend.
    legend: AnyView,
    /// The rows.
    rows: Vec<CheckRow>,
    /// What is missing.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Two side by side where there is room.
    #[prop(optional)]
    pair: bool,
) -> AnyView {
    let class = if pair { "choices choices--pair" } else { "choices" };
    let rows = rows
        .into_iter()
        .zip(1_u16..)
        .map(|(CheckRow { value, words, ticked }, n)| {
            let id = format!("{name}-{n}");
            let owner = id.clone();
            view! {
                <label class="choice choice--check" for=owner>
                    <input class="choice__box" type="checkbox" id=id name=name.clone() value=value checked=ticked/>
                    <span class="choice__words">{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=class>
            <legend class="choices__legend">
                {legend}
                {error.map(|error| view! {
                    <span class="field__error" id=format!("{name}-error")><Icon shape=Shape::Warn/><span>{error}</span></span>
                })}
            </legend>
            <div class="choices__rows">{rows}</div>
        </fieldset>
    }
    .into_any()
}

/// One check box with a field of its own: sends `on` or nothing.
#[component]
pub fn CheckSwitch(
    /// Name and id.
    name: &'static str,
    /// Words.
    words: String,
    /// What it does.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// Ticked.
    on: bool,
) -> AnyView {
    let describedby = hint.is_some().then(|| format!("{name}-hint"));
    view! {
        <div class="switch">
            <label class="choice choice--check" for=name>
                <input class="choice__box" type="checkbox" id=name name=name value="on" checked=on aria-describedby=describedby/>
                <span class="choice__words">{words}</span>
            </label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> })}
        </div>
    }
    .into_any()
}

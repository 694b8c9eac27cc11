//! One of several, as rows that are easy to hit. The question is the legend, and the `h1` of its page.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// A row. The server of the words decides the view, so that course text may carry readings.
pub struct ChoiceRow {
    /// Value.
    pub value: String,
    /// Words.
    pub words: AnyView,
    /// A small word at the end: 「3分」.
    pub aside: Option<String>,
    /// A drawing before the words.
    pub shape: Option<Shape>,
    /// A line beneath the words: 「夜間の連絡先 内線 9000」.
    pub below: Option<AnyView>,
    /// Chosen.
    pub chosen: bool,
}

impl ChoiceRow {
    /// A row of words alone.
    pub fn plain(value: impl Into<String>, words: AnyView, chosen: bool) -> Self {
        Self { value: value.into(), words, aside: None, shape: None, below: None, chosen }
    }
}

/// Radio buttons as rows of at least 56 px, the whole row to press. Its first button has the id `{name}-1`.
#[component]
pub fn ChoiceList(
    /// Name of the field.
    name: &'static str,
    /// The question: the content of the legend, usually an `h1`.
    legend: AnyView,
    /// The rows.
    rows: Vec<ChoiceRow>,
    /// What is missing.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Side by side where there is room, for short words.
    #[prop(optional)]
    short: bool,
) -> AnyView {
    let failed = error.is_some();
    let describedby = failed.then(|| format!("{name}-error"));
    let class = if short { "choices choices--short" } else { "choices" };
    let rows = rows
        .into_iter()
        .zip(1_u16..)
        .map(|(ChoiceRow { value, words, aside, shape, below, chosen }, n)| {
            let id = format!("{name}-{n}");
            let owner = id.clone();
            view! {
                <label class="choice" for=owner>
                    <input class="choice__dot" type="radio" id=id name=name value=value checked=chosen/>
                    {shape.map(|shape| view! { <span class="choice__act"><Icon shape/></span> })}
                    <span class="choice__text">
                        <span class="choice__words">{words}</span>
                        {below.map(|below| view! { " "<span class="choice__below">{below}</span> })}
                    </span>
                    {aside.map(|aside| view! { <span class="choice__aside">{aside}</span> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=class aria-describedby=describedby>
            <legend class="choices__legend">{legend}</legend>
            {error.map(|error| view! {
                <p class="field__error" id=format!("{name}-error")><Icon shape=Shape::Warn/><span>{error}</span></p>
            })}
            <div class="choices__rows">{rows}</div>
        </fieldset>
    }
    .into_any()
}

//! One of a few short words, for a line among several: radio buttons that stand side by side.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// A word to choose.
pub struct Chip {
    /// Value.
    pub value: String,
    /// Words.
    pub words: AnyView,
    /// Chosen.
    pub chosen: bool,
}

/// Radio buttons of one line. The first has the id `{name}-1`; the line is named by the element with the id `labelled_by`.
#[component]
pub fn Chips(
    /// Name of the field.
    name: String,
    /// Id of what the choice is about.
    labelled_by: String,
    /// The words.
    chips: Vec<Chip>,
    /// What is missing.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
) -> AnyView {
    let error_id = format!("{name}-error");
    let describedby = error.is_some().then(|| error_id.clone());
    let chips = chips
        .into_iter()
        .zip(1_u16..)
        .map(|(Chip { value, words, chosen }, n)| {
            let id = format!("{name}-{n}");
            let owner = id.clone();
            view! {
                <label class="chip" for=owner>
                    <input class="choice__dot chip__dot" type="radio" id=id name=name.clone() value=value checked=chosen/>
                    <span class="chip__words">{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="chips" role="radiogroup" aria-labelledby=labelled_by aria-describedby=describedby>
            {error.map(|error| view! {
                <p class="field__error" id=error_id><Icon shape=Shape::Warn/><span>{error}</span></p>
            })}
            {chips}
        </div>
    }
    .into_any()
}

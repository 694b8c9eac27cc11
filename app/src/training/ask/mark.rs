//! Phrases of a running text: each is the label of a box, and looks as if gone over with a marker once it is ticked.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, question};
use crate::training::asked::PieceView;
use crate::ui::{Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The text as one paragraph. Boxes and words keep the order of the text.
#[component]
pub(crate) fn MarkForm(
    ask: Words,
    pieces: Vec<PieceView>,
    picked: Vec<String>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let text = pieces
        .into_iter()
        .map(|PieceView { id, text }| match id {
            None => view! { <span class="marker-text__plain"><Say words=text page=lang/></span> }.into_any(),
            Some(id) => {
                let field = format!("pick-{id}");
                let owner = field.clone();
                let ticked = picked.contains(&id);
                view! {
                    <label class="marker" for=owner>
                        <input class="visually-hidden" type="checkbox" name="pick" value=id id=field checked=ticked/>
                        <span class="marker__words"><Say words=text page=lang/></span>
                    </label>
                }
                .into_any()
            }
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class="choices">
            <legend class="choices__legend">
                {question(ask, lang)}
                {how(say!(
                    lang,
                    "点線の言葉を選ぶと、印がつきます。もう一度選ぶと消えます。",
                    "Choose a dotted phrase to mark it, and once more to unmark it.",
                ))}
                {error.map(|error| view! {
                    <span class="field__error"><Icon shape=Shape::Warn/><span>{error}</span></span>
                })}
            </legend>
            <div class="marker-text">{text}</div>
        </fieldset>
    }
    .into_any()
}

//! Cards, each with the groups that it may belong to.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, message_at, question};
use crate::training::asked::{PickView, SortView};
use crate::ui::{Chip, Chips, Fault, Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// On a PC the groups stand in columns beside the cards, on a phone below each.
#[component]
pub(crate) fn SortForm(
    ask: Words,
    groups: Vec<PickView>,
    rows: Vec<SortView>,
    faults: Vec<Fault>,
    lang: Lang,
) -> AnyView {
    let of = groups.len().to_string();
    let rows = rows
        .into_iter()
        .map(|SortView { id, text, given }| {
            let field = format!("row-{id}");
            let label = format!("{field}-words");
            let error = message_at(&faults, &field);
            let failed = error.is_some().then_some("");
            let chips = groups
                .iter()
                .map(|group| Chip {
                    value: group.id.clone(),
                    words: view! { <Say words=group.text.clone() page=lang/> }.into_any(),
                    chosen: given.as_deref() == Some(group.id.as_str()),
                })
                .collect();
            view! {
                <li class="sort__row" data-error=failed>
                    <p class="sort__words" id=label.clone()><Say words=text page=lang/></p>
                    <Chips name=field labelled_by=label chips error/>
                </li>
            }
        })
        .collect_view();
    view! {
        {question(ask, lang)}
        {how(say!(lang, "一つずつ、どれにあたるかを選びます。", "Choose a group for each."))}
        <ol class="sort" role="list" data-of=of>{rows}</ol>
    }
    .into_any()
}

//! Any of several: problems of a post, people who may see it, the lines of a checklist.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, question};
use crate::training::asked::{PickKind, PickView, PointView};
use crate::ui::{CheckList, CheckRow, Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Rows with boxes; people stand side by side where there is room.
#[component]
pub(crate) fn PickForm(
    ask: Words,
    kind: PickKind,
    options: Vec<PickView>,
    picked: Vec<String>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let people = kind == PickKind::Audience;
    let rows = options
        .into_iter()
        .map(move |PickView { id, text }| CheckRow {
            ticked: picked.contains(&id),
            value: id,
            words: if people {
                view! { <span class="onlooker"><Icon shape=Shape::Eye/><span><Say words=text page=lang/></span></span> }
                    .into_any()
            } else {
                view! { <Say words=text page=lang/> }.into_any()
            },
        })
        .collect();
    let legend = view! {
        {question(ask, lang)}
        {how(say!(lang, "あてはまるものを、いくつでも選べます。", "Choose as many as apply."))}
    }
    .into_any();
    view! { <CheckList name="pick" legend rows error pair=people/> }.into_any()
}

/// The lines of a checklist, each with its reason. It asks nothing: it is gone through.
#[component]
pub(crate) fn ChecklistForm(
    ask: Words,
    points: Vec<PointView>,
    ticked: Vec<String>,
    tools: String,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let rows = points
        .into_iter()
        .map(move |PointView { id, text, why }| CheckRow {
            ticked: ticked.contains(&id),
            value: id,
            words: view! {
                <span class="point__text"><Say words=text page=lang/></span>
                {why.map(|words| view! { <span class="point__why"><Say words page=lang/></span> })}
            }
            .into_any(),
        })
        .collect();
    let legend = view! {
        {question(ask, lang)}
        {how(say!(lang, "一つずつ確かめて、印をつけます。", "Go through them one by one and tick each."))}
    }
    .into_any();
    view! {
        <CheckList name="pick" legend rows error/>
        <p class="ask__aside">
            <Icon shape=Shape::Paper/>
            <span>
                {say!(lang, "このリストは、研修のあとも", "After the training you find this list under ")}
                <a href=tools>{say!(lang, "チェックリストのページ", "checklists")}</a>
                {say!(lang, "でいつでも使えます。", ", whenever you need it.")}
            </span>
        </p>
    }
    .into_any()
}

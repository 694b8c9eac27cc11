//! Playing the stranger: which pieces fit together, what they tell, and what to leave out so that they do not.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, message_at, part_question, question};
use crate::training::asked::PickView;
use crate::ui::{CheckList, CheckRow, ChoiceList, ChoiceRow, Fault, Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Three questions on one form.
#[component]
pub(crate) fn MosaicForm(
    ask: Words,
    clues: Vec<PickView>,
    findings: Vec<PickView>,
    cuts: Vec<PickView>,
    ticked: Vec<String>,
    finding: Option<String>,
    cut: Option<String>,
    faults: Vec<Fault>,
    lang: Lang,
) -> AnyView {
    let clues = clues
        .into_iter()
        .map(|PickView { id, text }| CheckRow {
            ticked: ticked.contains(&id),
            value: id,
            words: view! { <Say words=text page=lang/> }.into_any(),
        })
        .collect();
    let radios = |options: Vec<PickView>, chosen: Option<String>| {
        options
            .into_iter()
            .map(|PickView { id, text }| {
                let chosen = chosen.as_deref() == Some(id.as_str());
                ChoiceRow::plain(id, view! { <Say words=text page=lang/> }.into_any(), chosen)
            })
            .collect::<Vec<_>>()
    };
    let (findings, cuts) = (radios(findings, finding), radios(cuts, cut));
    let [clue_error, finding_error, cut_error] =
        ["clue", "finding", "cut"].map(|field| message_at(&faults, field));
    view! {
        {question(ask, lang)}
        {how(say!(
            lang,
            "投稿した人を知らない、見知らぬ人になって考えます。判定するのは3だけです。",
            "Think as a stranger who does not know the author. Only question 3 is judged.",
        ))}
        <div class="mosaic">
            <CheckList
                name="clue"
                legend=part_question(say!(lang, "1. つなげると何かが分かる手がかりは、どれですか。", "1. Which pieces tell something when put together?"))
                rows=clues
                error=clue_error
            />
            <ChoiceList
                name="finding"
                legend=part_question(say!(lang, "2. 見知らぬ人に、何が分かりますか。", "2. What can the stranger know?"))
                rows=findings
                error=finding_error
            />
            <ChoiceList
                name="cut"
                legend=part_question(say!(lang, "3. 一つだけ変えるなら、どれですか。", "3. If you could change one thing, which?"))
                rows=cuts
                error=cut_error
            />
        </div>
    }
    .into_any()
}

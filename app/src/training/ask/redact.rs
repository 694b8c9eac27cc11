//! A text to make fit for posting: what stays, what is said with less, what goes; and how it reads then.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, message_at, part_question, question};
use crate::islands::preview::Preview;
use crate::training::asked::PartView;
use crate::training::decision::{PartAct, TextAct};
use crate::ui::{Chip, Chips, ChoiceList, ChoiceRow, Fault, Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The text as it would read, above its parts. A browser with scripts lets it follow each choice; without them a second button
/// sends the form and gets it back with the text as it is then.
#[component]
pub(crate) fn RedactForm(
    ask: Words,
    parts: Vec<PartView>,
    whole: Option<Option<TextAct>>,
    faults: Vec<Fault>,
    lang: Lang,
) -> AnyView {
    let preview = preview(&parts, lang);
    let whole = whole.map(|given| {
        let rows = TextAct::ALL
            .iter()
            .copied()
            .map(|act| ChoiceRow::plain(act.code(), act.word(lang).into_any(), given == Some(act)))
            .collect();
        let error = message_at(&faults, "whole");
        let legend = part_question(say!(
            lang,
            "直した文を、どうしますか。",
            "What becomes of the text you have made?"
        ));
        view! { <div class="redact__whole"><ChoiceList name="whole" legend rows error/></div> }
    });
    let lines = parts.into_iter().map(move |part| line(part, &faults, lang)).collect::<Vec<_>>();
    view! {
        {question(ask, lang)}
        {how(say!(
            lang,
            "一か所ずつ、そのまま残すか、言いかえるか、消すかを選びます。",
            "For each part, choose whether it stays, is reworded or goes.",
        ))}
        <Preview>
            {preview}
            <ol class="parts" role="list">{lines}</ol>
        </Preview>
        {whole}
    }
    .into_any()
}

/// A part with its choice, or the plain words between.
fn line(part: PartView, faults: &[Fault], lang: Lang) -> AnyView {
    let PartView { id, text, soft, given } = part;
    let Some(id) = id else {
        return view! { <li class="parts__plain"><Say words=text page=lang/></li> }.into_any();
    };
    let field = format!("row-{id}");
    let label = format!("{field}-words");
    let error = message_at(faults, &field);
    let chips = PartAct::ALL
        .iter()
        .copied()
        .filter(|edit| *edit != PartAct::Soft || soft.is_some())
        .map(|edit| {
            let to = soft.clone().filter(|_| edit == PartAct::Soft);
            Chip {
                value: edit.code().to_owned(),
                words: view! {
                    {edit.word(lang)}
                    {to.map(|words| view! { <span class="chip__to">" → "<Say words page=lang/></span> })}
                }
                .into_any(),
                chosen: given == edit,
            }
        })
        .collect();
    view! {
        <li class="parts__part">
            <p class="parts__words" id=label.clone()><Say words=text page=lang/></p>
            <Chips name=field labelled_by=label chips error/>
        </li>
    }
    .into_any()
}

/// The text as it would read now. Every way of saying a part is there; those that were not chosen are hidden.
fn preview(parts: &[PartView], lang: Lang) -> AnyView {
    let pieces = parts
        .iter()
        .map(|PartView { id, text, soft, given }| {
            let kept = text.clone();
            let Some(id) = id else {
                return view! { <span><Say words=kept page=lang/></span> }.into_any();
            };
            let field = format!("row-{id}");
            let other = field.clone();
            let soft = soft.clone().map(|words| {
                view! {
                    <span class="preview__soft" data-part=other data-as="soft" hidden=*given != PartAct::Soft><Say words page=lang/></span>
                }
            });
            view! {
                <span data-part=field data-as="keep" hidden=*given != PartAct::Keep><Say words=kept page=lang/></span>
                {soft}
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    view! {
        <section class="preview" id="preview" aria-labelledby="preview-title">
            <h2 class="preview__title" id="preview-title">{say!(lang, "いまの文", "The text as it is now")}</h2>
            <p class="preview__text">{pieces}</p>
        </section>
    }
    .into_any()
}

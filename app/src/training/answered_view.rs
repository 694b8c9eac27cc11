//! A step that is answered: the same words, with the answer marked, and nothing to press but the way on.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::training::ask_form::{level_word, question};
use crate::training::asked::{Asked, CardView, ChoiceView, RegionView};
use crate::ui::{Icon, LinkButton, Place, Placed, Prose, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The answered step.
#[component]
pub(crate) fn Answered(asked: Asked, on: String, lang: Lang) -> AnyView {
    let read = matches!(asked, Asked::Read { .. });
    let body = match asked {
        Asked::Read { title, body } => view! {
            <article class="reading">
                <h1><Say words=title page=lang/></h1>
                <Prose body page=lang/>
            </article>
        }
        .into_any(),
        Asked::Choose { ask, choices, chosen } => {
            let rows = choices
                .into_iter()
                .map(|ChoiceView { id, text, .. }| {
                    let mine = chosen.as_deref() == Some(id.as_str());
                    row(mine, view! { <Say words=text page=lang/> }.into_any(), lang)
                })
                .collect_view();
            asked_and(ask, view! { <ul class="answered__rows" role="list">{rows}</ul> }.into_any(), lang)
        }
        Asked::Picture { ask, picture, regions, picked } => {
            let places = regions.iter().zip(1_u16..).map(|(region, n)| Place { n, at: region.at }).collect();
            let size = picture.size;
            let marks = regions
                .iter()
                .zip(1_u16..)
                .map(|(RegionView { id, .. }, n)| {
                    let mine = picked.contains(id).then_some("");
                    view! { <span class=format!("region at-{n}") data-picked=mine><span class="region__number">{n}</span></span> }
                })
                .collect_view();
            let rows = regions
                .into_iter()
                .zip(1_u16..)
                .map(|(RegionView { id, label, .. }, n)| {
                    let words = view! { {n}". "<Say words=label page=lang/> }.into_any();
                    row(picked.contains(&id), words, lang)
                })
                .collect_view();
            let body = view! {
                <Placed size places/>
                <div class="picture__stage">
                    <img class="picture__drawing" src=picture.src alt=picture.say.text() width=size.0.to_string() height=size.1.to_string()/>
                    <div class="picture__regions" aria-hidden="true">{marks}</div>
                </div>
                <ul class="answered__rows" role="list">{rows}</ul>
            }
            .into_any();
            asked_and(ask, body, lang)
        }
        Asked::Order { ask, mut cards } => {
            cards.sort_by_key(|card| card.place);
            let rows = cards
                .into_iter()
                .map(|CardView { text, .. }| view! { <li class="answered__row"><Say words=text page=lang/></li> })
                .collect_view();
            asked_and(
                ask,
                view! { <ol class="answered__rows answered__rows--numbered">{rows}</ol> }.into_any(),
                lang,
            )
        }
        Asked::Draft { ask, text, .. } => asked_and(
            ask,
            view! { <blockquote class="own-words"><p>{text}</p></blockquote> }.into_any(),
            lang,
        ),
        Asked::Confidence { ask, level } => {
            let rows = (1..=4)
                .map(|each| row(level == Some(each), level_word(each, lang).into_any(), lang))
                .collect_view();
            asked_and(ask, view! { <ul class="answered__rows" role="list">{rows}</ul> }.into_any(), lang)
        }
    };
    let words = if read {
        say!(lang, "次へ", "Next")
    } else {
        say!(lang, "解説を見る", "See the explanation")
    };
    view! {
        <div class="ask answered">
            {body}
            <div class="form__end"><LinkButton href=on words/></div>
        </div>
    }
    .into_any()
}

fn asked_and(ask: Words, body: AnyView, lang: Lang) -> AnyView {
    view! {
        {question(ask, lang)}
        <p class="answered__tag"><Icon shape=Shape::Tick/><span>{say!(lang, "回答済み", "Answered")}</span></p>
        {body}
    }
    .into_any()
}

fn row(mine: bool, words: AnyView, lang: Lang) -> AnyView {
    let tag = mine.then(|| {
        view! {
            <span class="answered__mine"><Icon shape=Shape::Tick/><span>{say!(lang, "あなたの答え", "Your answer")}</span></span>
        }
    });
    view! { <li class="answered__row" data-mine=mine.then_some("")><span>{words}</span>{tag}</li> }.into_any()
}

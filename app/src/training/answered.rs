//! A step that is answered: the same words, with the answer marked, and nothing to press but the way on.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

mod several;

use crate::training::ask::{level_word, question, tried_words};
use crate::training::asked::{Asked, CardView, ChoiceView, PointView, RegionView};
use crate::ui::{Icon, LinkButton, Place, Placed, Prose, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The answered step.
#[component]
pub(crate) fn Answered(asked: Asked, on: String, lang: Lang) -> AnyView {
    let explained = asked.is_explained();
    let body = match asked {
        Asked::Diagnosis { ask, tried, .. } => {
            let chosen = row(true, tried_words(tried == Some(true), lang).text().into_any(), lang);
            asked_and(ask, view! { <ul class="answered__rows" role="list">{chosen}</ul> }.into_any(), lang)
        }
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
        Asked::Reflect { ask, text, .. } if text.is_empty() => asked_and(
            ask,
            view! { <p>{say!(lang, "書かずに進みました。", "You went on without writing.")}</p> }.into_any(),
            lang,
        ),
        Asked::Draft { ask, text, .. } | Asked::Reflect { ask, text, .. } => asked_and(
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
        Asked::Pick { ask, options, picked, .. } => {
            asked_and(ask, several::picks(options, &picked, lang), lang)
        }
        Asked::Checklist { ask, points, ticked, .. } => {
            let points = points.into_iter().map(|PointView { id, text, .. }| (id, text));
            let rows = points
                .map(|(id, text)| {
                    row(ticked.contains(&id), view! { <Say words=text page=lang/> }.into_any(), lang)
                })
                .collect_view();
            asked_and(ask, view! { <ul class="answered__rows" role="list">{rows}</ul> }.into_any(), lang)
        }
        Asked::Mark { ask, pieces, picked } => asked_and(ask, several::marks(&pieces, &picked, lang), lang),
        Asked::Triage { ask, rows } => asked_and(ask, several::triage(rows, lang), lang),
        Asked::Sort { ask, groups, rows } => asked_and(ask, several::sorted(&groups, rows, lang), lang),
        Asked::Redact { ask, parts, whole } => {
            asked_and(ask, several::redacted(parts, whole.flatten(), lang), lang)
        }
        Asked::Mosaic { ask, clues, findings, cuts, ticked, finding, cut } => {
            let body = view! {
                <h2 class="small-title">{say!(lang, "つながる手がかり", "Pieces that fit together")}</h2>
                {several::picks(clues, &ticked, lang)}
                <h2 class="small-title">{say!(lang, "見知らぬ人に分かること", "What a stranger can know")}</h2>
                {several::picks(findings, finding.as_slice(), lang)}
                <h2 class="small-title">{say!(lang, "一つだけ変えるもの", "The one thing to change")}</h2>
                {several::picks(cuts, cut.as_slice(), lang)}
            }
            .into_any();
            asked_and(ask, body, lang)
        }
        Asked::Contact { ask, book, contact, way, .. } => {
            let name =
                book.into_iter().find(|(id, _)| contact.as_ref() == Some(id)).map(|(_, entry)| entry.name);
            let body = view! {
                <ul class="answered__rows" role="list">
                    {name.map(|words| row(true, view! { <Say words page=lang/> }.into_any(), lang))}
                    {way.map(|way| row(true, way.word(lang).into_any(), lang))}
                </ul>
            }
            .into_any();
            asked_and(ask, body, lang)
        }
        Asked::Lookup { ask, clauses, chosen, .. } => {
            let rows = clauses
                .into_iter()
                .filter(|(number, _)| chosen == Some(*number))
                .map(|(number, title)| {
                    let words = view! { {say!(lang, "第{number}条", "Article {number}:")}" "<Say words=title page=lang/> };
                    row(true, words.into_any(), lang)
                })
                .collect_view();
            asked_and(ask, view! { <ul class="answered__rows" role="list">{rows}</ul> }.into_any(), lang)
        }
    };
    let words = if explained {
        say!(lang, "解説を見る", "See the explanation")
    } else {
        say!(lang, "次へ", "Next")
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
    let tag = mine.then(|| mine_tag(say!(lang, "あなたの答え", "Your answer")));
    view! { <li class="answered__row" data-mine=mine.then_some("")><span>{words}</span>{tag}</li> }.into_any()
}

/// What marks an answer as one's own.
fn mine_tag(words: String) -> AnyView {
    view! { <span class="answered__mine"><Icon shape=Shape::Tick/><span>{words}</span></span> }.into_any()
}

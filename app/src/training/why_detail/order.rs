//! Cards in order, explained.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::ui::{Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// A card, in the right order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardResult {
    /// Its words.
    pub text: Words,
    /// Why it stands there.
    pub why: Words,
    /// The place that was given, from 1.
    pub given: u16,
}

/// The recommended order, and where each card was put.
#[component]
pub(crate) fn OrderResult(cards: Vec<CardResult>, pairs: (u16, u16), lang: Lang) -> AnyView {
    let (right, of) = pairs;
    let (all, exact) = (cards.len(), right == of);
    let in_place = cards.iter().zip(1_u16..).filter(|(card, place)| card.given == *place).count();
    let sum = match in_place {
        _ if exact => Some(say!(lang, "おすすめと同じ順番です。", "This is the recommended order.")),
        0 => None,
        some => Some(say!(
            lang,
            "{all}枚のうち{some}枚が、おすすめと同じ順番です。",
            "{some} of {all} are at the recommended place.",
        )),
    };
    let lines = cards
        .into_iter()
        .zip(1_u16..)
        .map(|(CardResult { text, why, given }, place)| {
            let (shape, told) = if given == place {
                (Shape::Tick, say!(lang, "おすすめと同じ{place}番目に置きました。", "You put it at place {place}, as recommended."))
            } else {
                (
                    Shape::Triangle,
                    say!(
                        lang,
                        "{given}番目に置きました。おすすめは{place}番目です。",
                        "You put it at place {given}. Place {place} is recommended.",
                    ),
                )
            };
            view! {
                <li class="order-result__card">
                    <p class="order-result__text"><Say words=text page=lang/></p>
                    {(!exact).then(|| view! {
                        <p class="order-result__given" data-moved=(given != place).then_some("")><Icon shape/><span>{told}</span></p>
                    })}
                    <p><Say words=why page=lang/></p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="order">
            <h2 class="small-title" id="order">{say!(lang, "おすすめの順番", "Recommended order")}</h2>
            {sum.map(|sum| view! { <p class="order-result__pairs">{sum}</p> })}
            <ol class="order-result">{lines}</ol>
        </section>
    }
    .into_any()
}

//! Cards to put in order: a number for each, and buttons that move it.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::question;
use crate::islands::order_list::{OrderList, OrderWords};
use crate::training::asked::CardView;
use crate::ui::{Fault, Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The cards, each with its number.
#[component]
pub(crate) fn OrderForm(ask: Words, cards: Vec<CardView>, faults: Vec<Fault>, lang: Lang) -> AnyView {
    let of = cards.len();
    let some = !faults.is_empty();
    let cards = cards
        .into_iter()
        .map(|CardView { id, text, place }| {
            let field = format!("place-{id}");
            let error = crate::account::sign_in::message_at(&faults, &field);
            let (name, owner) = (field.clone(), field.clone());
            let error_id = format!("{field}-error");
            let describedby = error.is_some().then(|| error_id.clone());
            let invalid = error.is_some().then_some("true");
            let plain = text.text();
            let (up, down) = (
                say!(lang, "「{plain}」を上へ", "Move “{plain}” up"),
                say!(lang, "「{plain}」を下へ", "Move “{plain}” down"),
            );
            let numbers = (1..=of)
                .map(|n| view! { <option value=n.to_string() selected=place.map(usize::from) == Some(n)>{n}</option> })
                .collect_view();
            view! {
                <li class="card" data-card=id>
                    <span class="card__place" data-place="" aria-hidden="true"></span>
                    <span class="card__pick">
                        <select id=field name=name aria-describedby=describedby aria-invalid=invalid>
                            <option value="">{say!(lang, "順番", "Place")}</option>
                            {numbers}
                        </select>
                    </span>
                    <label class="card__words" for=owner>
                        <Say words=text page=lang/>
                        <span class="visually-hidden">{say!(lang, "の順番", ": place")}</span>
                    </label>
                    <span class="card__moves">
                        <button class="card__move" type="button" data-move="up" aria-label=up><Icon shape=Shape::Up/></button>
                        <button class="card__move" type="button" data-move="down" aria-label=down><Icon shape=Shape::Down/></button>
                    </span>
                    {error.map(|error| view! { <span class="field__error" id=error_id>{error}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices" data-error=some.then_some("")>
            <legend class="choices__legend">{question(ask, lang)}</legend>
            <OrderList words=OrderWords::new(lang)>
                <ol class="cards" role="list">{cards}</ol>
            </OrderList>
        </fieldset>
    }
    .into_any()
}

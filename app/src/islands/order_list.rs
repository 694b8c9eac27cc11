//! Cards that move up and down. Underneath each card has a list box with its number, which is what the form sends.

use crate::islands::{all, fill};
use crate::{Lang, say};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};
use web_sys::{Element, HtmlElement, HtmlSelectElement};

/// Words of the announcement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderWords {
    moved: String,
}

impl OrderWords {
    /// The words in a language.
    pub fn new(lang: Lang) -> Self {
        let n = "{n}";
        Self { moved: say!(lang, "{n}番目に動かしました", "Moved to place {n}") }
    }
}

/// Listens to the buttons ▲▼ of the cards among its children, moves the card and writes all numbers anew.
#[island]
pub fn OrderList(
    /// Words.
    words: OrderWords,
    /// The list: `[data-card]` elements with a `select` and two `[data-move]` buttons each.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    let (said, set_said) = signal(String::new());
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            take_over(&root);
        }
    });
    let pressed = move |event: web_sys::MouseEvent| {
        let Some((button, root)) = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("[data-move]").ok().flatten())
            .zip(root.get_untracked())
        else {
            return;
        };
        if let Some(place) = move_card(&root, &button) {
            set_said.set(fill(&words.moved, &place.to_string()));
        }
    };
    view! {
        <div class="order" node_ref=root on:click=pressed>
            {children()}
            <p class="visually-hidden" role="status">{said}</p>
        </div>
    }
}

/// Sorts the cards by the numbers they already have (after an error) and numbers them.
fn take_over(root: &Element) {
    let mut cards: Vec<(u32, Element)> = all(root, "[data-card]")
        .into_iter()
        .map(|card| (number_of(&card).unwrap_or(u32::MAX), card))
        .collect();
    cards.sort_by_key(|(number, _)| *number);
    for (_, card) in &cards {
        if let Some(list) = card.parent_node() {
            // Moving an element to the end of its own list cannot fail.
            let _ = list.append_child(card);
        }
    }
    number(root);
    let _ = root.set_attribute("data-live", "");
}

fn select_of(card: &Element) -> Option<HtmlSelectElement> {
    card.query_selector("select").ok().flatten()?.dyn_into().ok()
}

fn number_of(card: &Element) -> Option<u32> {
    select_of(card)?.value().parse().ok()
}

/// Writes 1…n into the list boxes, and onto the cards.
fn number(root: &Element) {
    for (card, place) in all(root, "[data-card]").iter().zip(1_u32..) {
        let place = place.to_string();
        if let Some(select) = select_of(card) {
            select.set_value(&place);
        }
        if let Ok(Some(badge)) = card.query_selector("[data-place]") {
            badge.set_text_content(Some(&place));
        }
    }
}

/// Moves the card of a button by one and answers with its new place.
fn move_card(root: &Element, button: &Element) -> Option<usize> {
    let card = button.closest("[data-card]").ok().flatten()?;
    let list = card.parent_node()?;
    let up = button.get_attribute("data-move").as_deref() == Some("up");
    if up {
        let before = card.previous_element_sibling()?;
        list.insert_before(&card, Some(&before)).ok()?;
    } else {
        let after = card.next_element_sibling()?;
        list.insert_before(&after, Some(&card)).ok()?;
    }
    number(root);
    if let Some(button) = button.dyn_ref::<HtmlElement>() {
        // Moving a card takes the focus from its button in some browsers.
        let _ = button.focus();
    }
    all(root, "[data-card]").iter().position(|each| *each == card).map(|at| at + 1)
}

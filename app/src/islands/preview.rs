//! A text that follows the choices made for its parts. Underneath are radio buttons, and every way of saying a part.

use crate::islands::all;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Shows of each part (`[data-part]`, the name of its field) the way (`[data-as]`) that is chosen.
#[island]
pub fn Preview(
    /// The text, and its parts with their choices.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            // A browser that comes back to the page may have kept other choices than the server knows.
            for chosen in all(&root, "input:checked") {
                if let Ok(chosen) = chosen.dyn_into::<HtmlInputElement>() {
                    show(&root, &chosen.name(), &chosen.value());
                }
            }
            // Nothing can be done about a page that refuses an attribute.
            let _ = root.set_attribute("data-live", "");
        }
    });
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some((input, root)) = input.zip(root.get_untracked()) {
            show(&root, &input.name(), &input.value());
        }
    };
    view! { <div class="redact" node_ref=root on:change=chosen>{children()}</div> }
}

/// Of the ways to say a part, shows one.
fn show(root: &Element, part: &str, chosen: &str) {
    for way in all(root, "[data-part]") {
        if way.get_attribute("data-part").as_deref() == Some(part) {
            let hide = way.get_attribute("data-as").as_deref() != Some(chosen);
            // Nothing can be done about a page that refuses an attribute.
            let _ = way.toggle_attribute_with_force("hidden", hide);
        }
    }
}

//! A drawing that can be looked at closely. Underneath its places are check boxes.

use crate::islands::fill;
use crate::{Lang, say};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Words of the tools.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PictureWords {
    tools: String,
    zoom_in: String,
    zoom_out: String,
    left: String,
    right: String,
    up: String,
    down: String,
    picked: String,
}

impl PictureWords {
    /// The words in a language.
    pub fn new(lang: Lang) -> Self {
        let n = "{n}";
        Self {
            tools: say!(lang, "絵を見る道具", "Tools for the picture"),
            zoom_in: say!(lang, "拡大", "Zoom in"),
            zoom_out: say!(lang, "縮小", "Zoom out"),
            left: say!(lang, "左へ", "Left"),
            right: say!(lang, "右へ", "Right"),
            up: say!(lang, "上へ", "Up"),
            down: say!(lang, "下へ", "Down"),
            picked: say!(lang, "選んだ数 {n}", "Picked: {n}"),
        }
    }
}

/// Zooms by buttons, moves by buttons, and counts what is picked. The children are the drawing with its boxes.
#[island]
pub fn Picture(
    /// Words.
    words: PictureWords,
    /// Boxes ticked at first.
    picked: u32,
    /// The drawing.
    children: Children,
) -> impl IntoView {
    let window = NodeRef::<leptos::html::Div>::new();
    let (zoom, set_zoom) = signal(1_u8);
    let (picked, set_picked) = signal(picked);
    let count = move |_: web_sys::Event| {
        if let Some(boxes) = window
            .get_untracked()
            .and_then(|window| window.query_selector_all("input[name=pick]:checked").ok())
        {
            set_picked.set(boxes.length());
        }
    };
    let go = move |right: f64, down: f64| {
        if let Some(window) = window.get_untracked() {
            window.scroll_by_with_x_and_y(right, down);
        }
    };
    // A third of a phone's width: small enough to keep one's place.
    let far = 120.0;
    view! {
        <div class="picture-tools" role="group" aria-label=words.tools>
            <button class="picture-tools__button" type="button" data-tool="in" aria-label=words.zoom_in
                on:click=move |_| set_zoom.update(|zoom| *zoom = (*zoom + 1).min(3))></button>
            <button class="picture-tools__button" type="button" data-tool="out" aria-label=words.zoom_out
                on:click=move |_| set_zoom.update(|zoom| *zoom = (*zoom - 1).max(1))></button>
            <button class="picture-tools__button" type="button" data-tool="left" aria-label=words.left
                on:click=move |_| go(-far, 0.0)></button>
            <button class="picture-tools__button" type="button" data-tool="right" aria-label=words.right
                on:click=move |_| go(far, 0.0)></button>
            <button class="picture-tools__button" type="button" data-tool="up" aria-label=words.up
                on:click=move |_| go(0.0, -far)></button>
            <button class="picture-tools__button" type="button" data-tool="down" aria-label=words.down
                on:click=move |_| go(0.0, far)></button>
            <p class="picture-tools__count" role="status">{move || fill(&words.picked, &picked.get().to_string())}</p>
        </div>
        <div class="picture__window" data-zoom=move || zoom.get().to_string() node_ref=window on:change=count>
            {children()}
        </div>
    }
}

//! A short video as a storyboard: nothing plays, nobody has to stop anything.

use crate::lang::Lang;
use crate::say;
use crate::ui::say::{Say, Words};
use leptos::prelude::*;

/// A frame of the storyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameView {
    /// What is seen.
    pub text: Words,
    /// What is said meanwhile.
    pub say: Option<Words>,
}

/// The frames in order, and beneath them a bar as players have it, drawn only.
pub(crate) fn storyboard(frames: Vec<FrameView>, lang: Lang) -> AnyView {
    let count = u32::try_from(frames.len()).unwrap_or(1).max(1);
    let panels = frames
        .into_iter()
        .zip(1_u16..)
        .map(|(FrameView { text, say }, n)| {
            view! {
                <li class="frame">
                    <span class="frame__number"><span class="visually-hidden">{say!(lang, "場面", "Frame")}" "</span>{n}</span>
                    <p class="frame__seen"><Say words=text page=lang/></p>
                    {say.map(|words| view! { <p class="frame__said"><Say words page=lang/></p> })}
                </li>
            }
        })
        .collect_view();
    let wide = 280 / count;
    let parts = (0..count)
        .map(|at| {
            view! { <rect x=(36 + at * wide).to_string() y="9" width=(wide - 4).to_string() height="6" rx="3"></rect> }
        })
        .collect_view();
    view! {
        <div class="storyboard">
            <ol class="storyboard__frames" role="list">{panels}</ol>
            <svg class="storyboard__bar" viewBox="0 0 320 24" aria-hidden="true" focusable="false"><path d="M10 4v16l14-8z"></path>{parts}</svg>
            <p class="storyboard__note">{say!(
                lang,
                "動画は流れません。場面を順に見せています。",
                "No video plays. These are its scenes in order.",
            )}</p>
        </div>
    }
    .into_any()
}

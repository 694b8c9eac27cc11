//! The clock of a story. It stands still while one reads; what is done moves it.

use crate::day::StoryTime;
use crate::ui::icon::{Icon, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// The clock, in words.
#[component]
pub fn StoryClock(
    /// The time in the story.
    now: StoryTime,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    view! {
        <p class="story-clock">
            <Icon shape=Shape::Clock/>
            <time class="story-clock__now" datetime=now.iso()>{now.words(lang)}</time>
            <span class="story-clock__note">{say!(
                lang,
                "読む間は進みません。行動すると進みます。",
                "It does not move while you read. It moves when you act.",
            )}</span>
        </p>
    }
    .into_any()
}

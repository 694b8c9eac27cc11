//! A bar that moves while a file is made.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::percent;
use crate::ui::placed::PageNonce;
use crate::{Lang, say};
use leptos::prelude::*;

const WATCH: &str = include_str!("watch.js");

/// The bar, and the script that asks at `address` for the present figures. Without scripts a link loads the page again.
#[component]
pub(super) fn Watch(
    /// Answers with the figures as JSON.
    address: String,
    /// The page itself.
    here: String,
    /// Somebody makes it.
    begun: bool,
    /// Steps done.
    done: u32,
    /// Steps in all; 0 while nobody knows.
    of: u32,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let nonce = use_context::<PageNonce>().map(|PageNonce(nonce)| nonce);
    // The braces are a place for a figure that only the browser knows.
    let n = "{n}";
    let words = say!(lang, "{n}%できました", "{n} % done");
    let figure = if !begun {
        say!(lang, "順番を待っています", "Waiting for its turn")
    } else {
        words.replace(n, &percent(done, of).to_string())
    };
    let label = say!(lang, "作成の進み具合", "How far it is");
    view! {
        <div class="job-watch">
            <progress class="progress" id="job-progress" max=of.max(1).to_string() value=done.min(of).to_string() aria-label=label></progress>
            <p class="job-watch__figure" id="job-figure">{figure}</p>
            <p class="visually-hidden" role="status" id="job-spoken"></p>
            <p><a href=here>{say!(lang, "今の進み具合を見る", "See how far it is now")}</a></p>
            <script type="module" id="watch" nonce=nonce data-address=address data-words=words>{WATCH}</script>
        </div>
    }
    .into_any()
}

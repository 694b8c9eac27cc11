//! Where a page stands, from the top.

use crate::{Lang, say};
use leptos::prelude::*;

/// A page above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub words: String,
    /// Its address.
    pub href: String,
}

/// The pages above this one; the page itself is its heading and not repeated.
#[component]
pub fn Trail(
    /// From the top.
    crumbs: Vec<Crumb>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let crumbs = crumbs
        .into_iter()
        .map(|Crumb { words, href }| view! { <li><a href=href>{words}</a></li> })
        .collect_view();
    view! {
        <nav class="trail" aria-label=say!(lang, "現在の場所", "You are here")>
            <ol class="trail__list" role="list">{crumbs}</ol>
        </nav>
    }
    .into_any()
}

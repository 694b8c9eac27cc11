//! The frame around an invented network: nobody takes what is inside for the hospital's own words or for a real network.

use crate::ui::post::{Post, PostView, Skin};
use crate::{Lang, say};
use leptos::either::Either;
use leptos::prelude::*;

/// A device that shows posts, with the strip 「研修用の架空の画面です」. Posts that have just arrived wait behind a line
/// that says how many, when there are others to read first.
#[component]
pub fn Device(
    /// The posts, oldest first.
    posts: Vec<PostView>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let skin = posts.first().map_or(Skin::Short, |post| post.skin);
    let (fresh, seen): (Vec<_>, Vec<_>) = posts.into_iter().partition(|post| post.fresh);
    let count = fresh.len();
    let some = !seen.is_empty();
    let waits = some && count > 0;
    let [seen, fresh] = [seen, fresh]
        .map(|posts| posts.into_iter().map(|post| view! { <li><Post post lang/></li> }).collect_view());
    let fresh = if waits {
        Either::Left(view! {
            <details class="device__fresh">
                <summary>{say!(lang, "新しい投稿 {count}件を表示", "Show new posts ({count})")}</summary>
                <ol class="device__feed" role="list">{fresh}</ol>
            </details>
        })
    } else {
        Either::Right((count > 0).then(|| view! { <ol class="device__feed" role="list">{fresh}</ol> }))
    };
    let network = skin.word(lang);
    let name = say!(lang, "研修用の架空の画面：{network}", "Invented screen for training: {network}");
    view! {
        <div class="device" role="group" data-skin=skin.code() aria-label=name>
            <p class="device__strip">{say!(lang, "研修用の架空の画面です", "Invented screen for training")}</p>
            <p class="device__bar" aria-hidden="true"><span class="device__network">{network}</span></p>
            <div class="device__screen">
                {some.then(|| view! { <ol class="device__feed" role="list">{seen}</ol> })}
                {fresh}
            </div>
        </div>
    }
    .into_any()
}

//! A page that loads itself again when the folder has changed.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::ui::placed::PageNonce;
use leptos::prelude::*;

const RELOAD: &str = include_str!("reload.js");

/// The script that asks at `address` for the present revision and loads the page again once it is another one.
#[component]
pub(crate) fn Reload(address: String, revision: String) -> AnyView {
    let nonce = use_context::<PageNonce>().map(|PageNonce(nonce)| nonce);
    view! {
        <script type="module" id="reload" nonce=nonce data-address=address data-revision=revision>{RELOAD}</script>
    }
    .into_any()
}

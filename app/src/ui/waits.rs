//! An answer waits on its page while the network is away, and goes by itself when it is back.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::ui::placed::PageNonce;
use crate::{Lang, say};
use leptos::prelude::*;

const WAITS: &str = include_str!("waits.js");

/// What a form with `data-waits="way"` tells while there is no way to the server (`data-away`).
pub(crate) fn not_signed_yet(lang: Lang) -> String {
    say!(
        lang,
        "ネットワークが切れているか、サーバーが混み合っています。まだ署名していません。この画面を開いたままにすると、つながったときに自動で送ります。",
        "The network is away or the server is busy. You have not signed yet. If you keep this page open, it goes on by itself as soon as that is possible.",
    )
}

/// The line that tells of waiting, empty until then, and the script that waits. It takes the forms that say `data-waits`: those that may be
/// sent twice and count once. Without it, they are sent by the browser alone.
#[component]
pub(crate) fn Waits(lang: Lang) -> AnyView {
    let nonce = use_context::<PageNonce>().map(|PageNonce(nonce)| nonce);
    let sending = say!(lang, "送っています。", "Sending…");
    let away = say!(
        lang,
        "ネットワークが切れているか、サーバーが混み合っています。保存できたことを、まだ確かめられていません。答えはこの画面に残っていて、つながると自動で送ります。二重に記録されることはありません。この画面を開いたままお待ちください。",
        "The network is away or the server is busy, so we do not know yet that your answer is saved. It is still on this page and is sent by itself as soon as that is possible; it is recorded only once. Please keep this page open.",
    );
    let changed = say!(
        lang,
        "答えが変わったので、自動では送りませんでした。まだ保存していません。送るには、もう一度ボタンを押してください。",
        "Your answer has changed, so it was not sent by itself and is not saved yet. Please press the button again to send it.",
    );
    view! {
        <p class="waits" id="waits" role="status" data-sending=sending data-away=away data-changed=changed></p>
        <script type="module" nonce=nonce>{WAITS}</script>
    }
    .into_any()
}

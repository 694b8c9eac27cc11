//! A text that is written: how many characters are left, and what was typed is kept on the server.

use crate::islands::{fill, send_form};
use crate::{Lang, say};
use leptos::__reexports::wasm_bindgen_futures::JsFuture;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};

/// Words below the box.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftWords {
    left: String,
    over: String,
    kept: String,
    failed: String,
    shut: String,
}

impl DraftWords {
    /// The words in a language.
    pub fn new(lang: Lang) -> Self {
        // The braces are a place for a figure that only the browser knows.
        let n = "{n}";
        Self {
            left: say!(lang, "あと{n}字", "{n} characters left"),
            over: say!(lang, "{n}字多い", "{n} characters too many"),
            kept: say!(lang, "保存しました {n}", "Saved {n}"),
            failed: say!(
                lang,
                "まだ保存できていません。書いた文はこの画面に残っています。続けて書くと、もう一度保存します。",
                "Not saved yet. Your text is still on this screen. Write on, and it is saved again."
            ),
            shut: say!(
                lang,
                "サインインが切れたか画面が閉じたため、まだ保存できていません。書いた文はこの画面に残っています。別のタブでサインインしてから、ここで続けて書いてください。",
                "Not saved yet: you are no longer signed in, or the screen was closed. Your text is still on this screen. Sign in in another tab, then write on here."
            ),
        }
    }
}

/// Counts while one types, and keeps the text two seconds after the last key. The children are the box.
#[island]
pub fn DraftBox(
    /// Longest text in characters.
    max: u16,
    /// Characters at first.
    length: u32,
    /// POST here keeps the text.
    keep: String,
    /// Words.
    words: DraftWords,
    /// The box.
    children: Children,
) -> impl IntoView {
    let (count, set_count) = signal(length);
    let (said, set_said) = signal(String::new());
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let state = {
        let words = words.clone();
        move || {
            let max = u32::from(max);
            let count = count.get();
            if count > max {
                fill(&words.over, &(count - max).to_string())
            } else {
                fill(&words.left, &(max - count).to_string())
            }
        }
    };
    let typed = move |event: web_sys::Event| {
        let Some(area) =
            event.target().and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
        else {
            return;
        };
        set_count.set(u32::try_from(area.value().chars().count()).unwrap_or(u32::MAX));
        set_said.set(String::new());
        if let Some(handle) = pending.get_value() {
            handle.clear();
        }
        let (keep, words) = (keep.clone(), words.clone());
        let later = set_timeout_with_handle(
            move || send(&keep, &area.value(), words, set_said),
            std::time::Duration::from_secs(2),
        );
        pending.set_value(later.ok());
    };
    view! {
        <div class="draft-box" on:input=typed>
            {children()}
            <p class="draft-box__state">
                <span class="draft-box__count" data-over=move || (count.get() > u32::from(max)).then_some("")>{state}</span>
                <span role="status">{said}</span>
            </p>
        </div>
    }
}

/// What became of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    /// Kept, at this time.
    At(String),
    /// Another page answered: the sign-in, or the locked screen.
    Shut,
    /// No answer, or a refusal.
    Failed,
}

/// Sends the text as the form would, and says when it was kept.
fn send(keep: &str, text: &str, words: DraftWords, said: WriteSignal<String>) {
    let sent = post(keep, text);
    leptos::task::spawn_local(async move {
        said.set(match sent.await {
            Kept::At(time) => fill(&words.kept, &time),
            Kept::Shut => words.shut,
            Kept::Failed => words.failed,
        });
    });
}

fn post(keep: &str, text: &str) -> impl Future<Output = Kept> + use<> {
    let body = web_sys::UrlSearchParams::new().ok().inspect(|body| body.append("draft", text));
    let sent = send_form(keep, body.as_ref());
    async move { read(sent).await.unwrap_or(Kept::Failed) }
}

async fn read(sent: web_sys::js_sys::Promise) -> Option<Kept> {
    let answer: web_sys::Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    if answer.redirected() {
        return Some(Kept::Shut);
    }
    let kind = answer.headers().get("content-type").ok()??;
    if !answer.ok() || !is_receipt(&kind) {
        return None;
    }
    Some(Kept::At(JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?))
}

/// The server says when it kept the text, in plain text. A page is never that, whoever in between made it.
fn is_receipt(kind: &str) -> bool {
    kind.starts_with("text/plain")
}

#[cfg(test)]
mod tests {
    use super::is_receipt;

    #[test]
    fn a_page_in_place_of_the_receipt_does_not_count_as_saved() {
        assert!(is_receipt("text/plain; charset=utf-8"));
        for other in ["text/html; charset=utf-8", "", "application/json"] {
            assert!(!is_receipt(other), "{other}");
        }
    }
}

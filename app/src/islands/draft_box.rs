//! A text that is written: how many characters are left, and what was typed is kept on the server.

use crate::islands::{fill, send_form};
use crate::{Lang, say};
use leptos::__reexports::wasm_bindgen_futures::JsFuture;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use web_sys::HtmlTextAreaElement;

/// Words below the box.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftWords {
    left: String,
    over: String,
    kept: String,
    away: String,
    refused: String,
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
            away: say!(
                lang,
                "まだ保存できていません。書いた文はこの画面に残っています。ネットワークにつながると、自動で保存します。",
                "Not saved yet. Your text is still on this screen and is saved by itself when the network is back."
            ),
            refused: say!(
                lang,
                "まだ保存できていません。書いた文はこの画面に残っています。続けて書くと、もう一度保存します。",
                "Not saved yet. Your text is still on this screen. Write on, and it is saved again."
            ),
            shut: say!(
                lang,
                "サインインが切れたか画面が閉じたため、まだ保存できていません。書いた文はこの画面に残っています。別のタブでサインインしてから、ここにもどってください。",
                "Not saved yet: you are no longer signed in, or the screen was closed. Your text is still on this screen. Sign in in another tab, then come back here."
            ),
        }
    }
}

/// Counts while one types, and keeps the text two seconds after the last key. What could not be kept is sent again by itself, when the
/// network is back or somebody comes back to the page. The children are the box.
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
    let root = NodeRef::<leptos::html::Div>::new();
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
    let keeper = Rc::new(Keeper::new(keep, words, set_said));
    if cfg!(feature = "hydrate") {
        for event in ["online", "visibilitychange"] {
            let keeper = Rc::clone(&keeper);
            window_event_listener_untyped(event, move |_| keeper.send());
        }
    }
    let typed = move |area: HtmlTextAreaElement| {
        set_count.set(u32::try_from(area.value().chars().count()).unwrap_or(u32::MAX));
        keeper.typed(area);
    };
    // What was typed before the page came alive.
    let early = typed.clone();
    Effect::new(move |_| {
        let area = root.get().and_then(|root| root.query_selector("textarea").ok().flatten());
        if let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok())
            && area.default_value().is_ok_and(|drawn| drawn != area.value())
        {
            early(area);
        }
    });
    let input = move |event: web_sys::Event| {
        if let Some(area) = event.target().and_then(|target| target.dyn_into().ok()) {
            typed(area);
        }
    };
    view! {
        <div class="draft-box" node_ref=root on:input=input>
            {children()}
            <p class="draft-box__state">
                <span class="draft-box__count" data-over=move || (count.get() > u32::from(max)).then_some("")>{state}</span>
                <span role="status">{said}</span>
            </p>
        </div>
    }
}

/// What was typed, and how much of it the server has.
struct Keeper {
    keep: String,
    words: DraftWords,
    said: WriteSignal<String>,
    area: RefCell<Option<HtmlTextAreaElement>>,
    /// Every change has a number; this is the last one.
    typed: Cell<u32>,
    /// The last one that the server has.
    kept: Cell<u32>,
    /// One at a time: two on their way could arrive in the other order.
    sending: Cell<bool>,
    tries: Cell<u32>,
    pending: Cell<Option<TimeoutHandle>>,
}

impl Keeper {
    const fn new(keep: String, words: DraftWords, said: WriteSignal<String>) -> Self {
        Self {
            keep,
            words,
            said,
            area: RefCell::new(None),
            typed: Cell::new(0),
            kept: Cell::new(0),
            sending: Cell::new(false),
            tries: Cell::new(0),
            pending: Cell::new(None),
        }
    }

    fn typed(self: &Rc<Self>, area: HtmlTextAreaElement) {
        self.area.replace(Some(area));
        self.typed.set(self.typed.get().wrapping_add(1));
        self.tries.set(0);
        self.said.set(String::new());
        self.later(2);
    }

    fn later(self: &Rc<Self>, seconds: u64) {
        self.wait_no_more();
        let keeper = Rc::clone(self);
        let later = set_timeout_with_handle(move || keeper.send(), Duration::from_secs(seconds));
        self.pending.set(later.ok());
    }

    fn wait_no_more(&self) {
        if let Some(handle) = self.pending.take() {
            handle.clear();
        }
    }

    /// Sends what the server does not have yet. Once the form itself was sent, its answer has the text.
    fn send(self: &Rc<Self>) {
        self.wait_no_more();
        let change = self.typed.get();
        let area = self.area.borrow().clone().filter(|area| !is_answered(area));
        let Some(area) = area.filter(|_| !self.sending.get() && change != self.kept.get()) else { return };
        self.sending.set(true);
        let sent = post(&self.keep, &area.value());
        let keeper = Rc::clone(self);
        leptos::task::spawn_local(async move {
            let kept = sent.await;
            keeper.sending.set(false);
            if !is_answered(&area) {
                keeper.heard(change, kept);
            }
        });
    }

    /// What became of a change. While a newer one is not kept, nothing is said to be saved.
    fn heard(self: &Rc<Self>, change: u32, kept: Kept) {
        let newest = change == self.typed.get();
        let waits = self.pending.get().is_some();
        match kept {
            Kept::At(time) => {
                self.tries.set(0);
                self.kept.set(change);
                if newest {
                    self.said.set(fill(&self.words.kept, &time));
                }
            }
            Kept::Away => {
                self.said.set(self.words.away.clone());
                self.tries.set(self.tries.get() + 1);
                if !waits {
                    self.later(pause(self.tries.get()));
                }
                return;
            }
            Kept::Shut => self.said.set(self.words.shut.clone()),
            Kept::Refused => self.said.set(self.words.refused.clone()),
        }
        if !newest && !waits {
            self.send();
        }
    }
}

/// Seconds until the next try: 2, 4, 8, 16, then every 30.
fn pause(tries: u32) -> u64 {
    2_u64.saturating_pow(tries).min(30)
}

/// The form of the box was sent, or waits to be (`ui/waits.js`).
fn is_answered(area: &HtmlTextAreaElement) -> bool {
    area.form().is_some_and(|form| form.has_attribute("data-sending"))
}

/// What became of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    /// Kept, at this time.
    At(String),
    /// Another page answered: the sign-in, or the locked screen.
    Shut,
    /// Nobody answered, or somebody in between did.
    Away,
    /// The server did not take it.
    Refused,
}

fn post(keep: &str, text: &str) -> impl Future<Output = Kept> + use<> {
    let body = web_sys::UrlSearchParams::new().ok().inspect(|body| body.append("draft", text));
    let sent = send_form(keep, body.as_ref());
    async move { read(sent).await.unwrap_or(Kept::Away) }
}

async fn read(sent: web_sys::js_sys::Promise) -> Option<Kept> {
    let answer: web_sys::Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    if answer.redirected() {
        return Some(Kept::Shut);
    }
    if (400..500).contains(&answer.status()) {
        return Some(Kept::Refused);
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
    use super::{is_receipt, pause};

    #[test]
    fn a_page_in_place_of_the_receipt_does_not_count_as_saved() {
        assert!(is_receipt("text/plain; charset=utf-8"));
        for other in ["text/html; charset=utf-8", "", "application/json"] {
            assert!(!is_receipt(other), "{other}");
        }
    }

    #[test]
    fn a_network_that_stays_away_is_asked_for_less_and_less_often() {
        assert_eq!([1, 2, 3, 4, 5, 200].map(pause), [2, 4, 8, 16, 30, 30]);
    }
}

//! A shared PC that is left alone: first a warning, then a cover, and the session is locked.

use crate::islands::send_form;
use crate::{Lang, say};
use leptos::__reexports::wasm_bindgen_futures::JsFuture;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::js_sys::Date;

/// Words of the warning and the cover.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IdleWords {
    warning: String,
    stay: String,
    cover: String,
    lock: String,
}

impl IdleWords {
    /// The words in a language.
    pub fn new(lang: Lang) -> Self {
        Self {
            warning: say!(
                lang,
                "2分たつと画面を閉じます。ここまでに保存した答えは残ります。",
                "The screen closes in 2 minutes. What has been saved so far is kept."
            ),
            stay: say!(lang, "このまま続ける", "Stay here"),
            cover: say!(
                lang,
                "しばらく操作がなかったので、画面を閉じました。",
                "The screen was left alone, so it is closed."
            ),
            lock: say!(lang, "つぎへ", "Go on"),
        }
    }
}

/// How the screen is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Idle {
    No,
    Warned,
    Covered,
}

/// Milliseconds of warning before the cover.
const WARNING: f64 = 120_000.0;

/// The server hears of keys and touches at most once in so many milliseconds.
const TOLD_EVERY: f64 = 60_000.0;

/// Watches for keys and touches, and tells the server of them. After `minutes` without any, the screen is covered and the form is sent.
#[island]
pub fn IdleLock(
    /// Minutes until the cover, more than 2.
    minutes: u16,
    /// Words.
    words: IdleWords,
    /// POST here locks the session.
    action: String,
    /// POST here says that somebody is there.
    tell: String,
    /// The page to come back to.
    return_to: String,
) -> impl IntoView {
    let (idle, set_idle) = signal(Idle::No);
    let form = NodeRef::<leptos::html::Form>::new();
    if cfg!(feature = "hydrate") {
        watch(minutes, tell, idle, set_idle, form);
    }
    let state = move || match idle.get() {
        Idle::No => "no",
        Idle::Warned => "warned",
        Idle::Covered => "covered",
    };
    view! {
        <div class="idle" data-idle=state>
            <div class="idle__warning">
                <p role="status">{move || (idle.get() == Idle::Warned).then(|| words.warning.clone())}</p>
                <button class="button button--side" type="button">{words.stay}</button>
            </div>
            <form class="idle__cover" method="post" action=action node_ref=form>
                <p>{words.cover}</p>
                <input type="hidden" name="return_to" value=return_to/>
                <button class="button button--main" type="submit">{words.lock}</button>
            </form>
        </div>
    }
}

/// Only in a browser: there are no keys elsewhere.
fn watch(
    minutes: u16,
    tell: String,
    idle: ReadSignal<Idle>,
    set_idle: WriteSignal<Idle>,
    form: NodeRef<leptos::html::Form>,
) {
    let limit = f64::from(minutes.max(3)) * 60_000.0;
    let last = Rc::new(Cell::new(Date::now()));
    // The request for this page told the server as much.
    let told = Cell::new(Date::now());
    // A PC that slept has missed its ticks: the clock on the wall decides.
    let look = {
        let last = Rc::clone(&last);
        move || {
            let now = match Date::now() - last.get() {
                gone if gone >= limit => Idle::Covered,
                gone if gone >= limit - WARNING => Idle::Warned,
                _ => Idle::No,
            };
            if idle.get_untracked() == Idle::Covered || idle.get_untracked() == now {
                return;
            }
            set_idle.set(now);
            if now == Idle::Covered
                && let Some(form) = form.get_untracked()
            {
                // Offline the form stays on the cover, with its button.
                let _ = form.submit();
            }
        }
    };
    // A key between two reports goes into the next, so the server never knows of less than the screen.
    let report = {
        let last = Rc::clone(&last);
        move || {
            let now = Date::now();
            if idle.get_untracked() != Idle::Covered
                && last.get() > told.get()
                && now - told.get() >= TOLD_EVERY
            {
                told.set(now);
                let sent = send_form(&tell, None);
                // Without an answer the next report says the same.
                leptos::task::spawn_local(async move { drop(JsFuture::from(sent).await) });
            }
        }
    };
    let tick = Rc::new(move || {
        look();
        report();
    });
    // A screen reader presses a button by a click alone.
    for event in ["pointerdown", "keydown", "click", "wheel", "touchmove"] {
        let (last, look) = (Rc::clone(&last), Rc::clone(&tick));
        window_event_listener_untyped(event, move |_| {
            look();
            last.set(Date::now());
            look();
        });
    }
    let back = Rc::clone(&tick);
    window_event_listener_untyped("pageshow", move |_| back());
    set_interval(move || tick(), std::time::Duration::from_secs(5));
}

//! 「一時停止して離れる」: a neutral page. Nothing on it tells what the module is about.

use crate::page::{Page, PageKind};
use crate::training::step_head::{Swap, SwapForm};
use crate::ui::{Contact, ContactList, LinkButton, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The neutral page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The open step.
    pub back: String,
    /// People to talk to.
    pub help: Vec<Contact>,
    /// Another module that may be taken in its place.
    pub swap: Option<Swap>,
}

impl Page for Pause {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "ひと休み", "A short break")
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { back, help, swap } = self;
        view! {
            <div class="narrow pause">
                <h1>{say!(lang, "ひと休みします", "A short break")}</h1>
                <p class="lead">{say!(
                    lang,
                    "ここまでの答えは保存されています。いつでも、続きからもどれます。もどらなくてもかまいません。",
                    "Your answers so far are saved. You can come back at any time, or not at all for now.",
                )}</p>
                <div class="form__end form__end--two">
                    <LinkButton href=paths::HOME.to_owned() words=say!(lang, "わたしの研修へ", "To my training")/>
                    <LinkButton href=back words=say!(lang, "続きへもどる", "Go on where I was") weight=Weight::Side/>
                </div>
                {swap.map(|swap| view! { <SwapForm swap lang/> })}
                {(!help.is_empty()).then(|| view! {
                    <section class="contact-card" aria-labelledby="help">
                        <h2 class="small-title" id="help">{say!(lang, "相談先", "People to talk to")}</h2>
                        <ContactList contacts=help lang/>
                    </section>
                })}
            </div>
        }
        .into_any()
    }
}

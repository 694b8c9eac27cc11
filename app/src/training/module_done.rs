//! The end of a module.

use crate::page::Page;
use crate::training::my_training::{Next, NextCard};
use crate::ui::{Notice, Say, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The end of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleDone {
    /// Title of the module.
    pub title: Words,
    /// Modules done, of all.
    pub done: (u16, u16),
    /// One sentence to take along: what the module asks of everybody, or else the reason of an answer that was put right.
    pub takeaway: Option<Words>,
    /// What comes next.
    pub next: Option<Next>,
    /// The answers.
    pub sheet: String,
    /// Hard content: the page stays calm and says a word about looking after oneself.
    pub care: bool,
}

impl Page for ModuleDone {
    fn title(&self, lang: Lang) -> String {
        let title = self.title.text();
        say!(lang, "終わりました｜{title}", "Done | {title}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, done, takeaway, next, sheet, care } = self;
        let (so_far, of) = done;
        view! {
            <div class="narrow">
                <p class="eyebrow"><Say words=title page=lang/></p>
                <h1>{say!(lang, "終わりました。おつかれさまでした。", "Done. Thank you for your time.")}</h1>
                <p class="lead">{say!(lang, "{of}つのうち{so_far}つが終わりました。", "{so_far} of {of} modules are done.")}</p>
                {care.then(|| view! {
                    <Notice title=say!(
                        lang,
                        "重い内容でした。少し休んでから次へ進んでもかまいません。",
                        "That was hard content. It is fine to rest before you go on.",
                    )/>
                })}
                {takeaway.map(|words| view! {
                    <div class="takeaway">
                        <h2 class="small-title">{say!(lang, "持ち帰る一つ", "One thing to take along")}</h2>
                        <p><Say words page=lang/></p>
                    </div>
                })}
                {next.map(|next| view! { <NextCard next lang/> })}
                <p class="links">
                    <a href=sheet>{say!(lang, "自分の答えを見る", "See my answers")}</a>
                    <a href=paths::HOME>{say!(lang, "わたしの研修へもどる", "Back to my training")}</a>
                </p>
            </div>
        }
        .into_any()
    }
}

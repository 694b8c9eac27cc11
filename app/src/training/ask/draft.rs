//! Words to write: a reply, or a sentence for oneself.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::question;
use crate::islands::draft_box::{DraftBox, DraftWords};
use crate::ui::{TextArea, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is written.
#[derive(Clone, Copy)]
pub(crate) enum Writing {
    /// A reply.
    Reply,
    /// One sentence for oneself. Whoever has nothing to write goes on without.
    Sentence,
}

/// The box, with its count and its autosave.
#[component]
pub(crate) fn WriteForm(
    writing: Writing,
    ask: Words,
    max: u16,
    text: String,
    keep: Option<String>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let (label, rows) = match writing {
        Writing::Reply => (say!(lang, "あなたの文", "Your text"), 6),
        Writing::Sentence => {
            (say!(lang, "ひとこと（書かなくてもかまいません）", "One sentence (you may leave it empty)"), 3)
        }
    };
    let area = move || {
        view! {
            <TextArea
                name="draft"
                label
                text=text
                rows
                hint=say!(
                    lang,
                    "{max}字まで。点数は付きません。文を読めるのはあなただけです。監査者にわかるのは文字数だけです。",
                    "Up to {max} characters. It is not marked. Only you can read it; an auditor sees no more than its length.",
                )
                error
            />
        }
    };
    view! {
        {question(ask, lang)}
        {match keep {
            Some(keep) => view! { <DraftBox max length keep words=DraftWords::new(lang)>{area()}</DraftBox> }.into_any(),
            None => area().into_any(),
        }}
    }
    .into_any()
}

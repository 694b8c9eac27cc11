//! Whether to try first what one knows, or to read. Mostly this is chosen on the page before the module.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::question;
use crate::ui::Words;
use crate::{Lang, say};
use leptos::prelude::*;

/// What may be tried before reading, and what that can spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagnosisOffer {
    /// How many questions there are.
    pub questions: usize,
    /// How many pages need not be read when all of them are answered well.
    pub pages: usize,
}

impl DiagnosisOffer {
    /// What comes of it.
    pub(crate) fn explained(self, lang: Lang) -> AnyView {
        let Self { questions, pages } = self;
        view! {
            <p>{say!(
                lang,
                "読む前に、問いを{questions}問だけ解けます。どれもよい答えなら、読むページ{pages}枚を省いて進みます。",
                "You can answer {questions} questions before you read anything. If all your answers are good, you skip the pages to read ({pages}).",
            )}</p>
            <p>{say!(
                lang,
                "よい答えでなくても、不合格にはなりません。読んでから、もう一度考えます。",
                "If they are not, you have failed nothing: you read first, then think about them once more.",
            )}</p>
        }
        .into_any()
    }
}

/// The heading of the offer.
#[must_use]
pub fn diagnosis_heading(lang: Lang) -> Words {
    Words::plain(lang, say!(lang, "先に試しますか", "Try it first?"))
}

/// What was chosen, in words.
#[must_use]
pub fn tried_words(tried: bool, lang: Lang) -> Words {
    let words = if tried {
        say!(lang, "先に試しました", "Tried the questions first")
    } else {
        read_first(lang)
    };
    Words::plain(lang, words)
}

/// The button that begins with the questions.
pub(crate) fn try_first(questions: usize, lang: Lang) -> String {
    say!(lang, "先に{questions}問を試す", "Try {questions} questions first")
}

/// The button that begins with reading.
pub(super) fn read_first(lang: Lang) -> String {
    say!(lang, "読んでから始める", "Read first")
}

/// The offer as a step of its own. Its buttons stand at the end of the form.
#[component]
pub(crate) fn DiagnosisStep(ask: Words, offer: DiagnosisOffer, lang: Lang) -> AnyView {
    view! { {question(ask, lang)} {offer.explained(lang)} }.into_any()
}

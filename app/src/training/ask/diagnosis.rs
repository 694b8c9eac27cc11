//! Whether to try first what one knows, or to read.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::question;
use crate::ui::Words;
use crate::{Lang, say};
use leptos::prelude::*;

/// The heading of the offer.
#[must_use]
pub fn diagnosis_heading(lang: Lang) -> Words {
    Words::plain(lang, say!(lang, "先に試しますか", "Try it first?"))
}

/// What was chosen, in words.
#[must_use]
pub fn tried_words(tried: bool, lang: Lang) -> Words {
    let words = if tried { try_first(lang) } else { read_first(lang) };
    Words::plain(lang, words)
}

/// The button that begins with the questions.
pub(super) fn try_first(lang: Lang) -> String {
    say!(lang, "先に試す", "Try first")
}

/// The button that begins with reading.
pub(super) fn read_first(lang: Lang) -> String {
    say!(lang, "読んでから始める", "Read first")
}

/// What the offer is. The buttons stand at the end of the form.
#[component]
pub(crate) fn DiagnosisOffer(ask: Words, questions: usize, pages: usize, lang: Lang) -> AnyView {
    view! {
        <div class="offer">
            {question(ask, lang)}
            <p>{say!(
                lang,
                "読む前に、問いを{questions}問だけ解けます。",
                "You can answer {questions} questions before you read anything.",
            )}</p>
            <p>{say!(
                lang,
                "どれもよい答えなら、読むページ{pages}枚と、その{questions}問を省きます。",
                "If all your answers are good, you skip the {pages} pages to read, and you are not asked those {questions} questions again.",
            )}</p>
            <p>{say!(
                lang,
                "そうでなくても、不合格にはなりません。読んでから、もう一度考えます。",
                "If not, you have failed nothing: you read first and think about them once more.",
            )}</p>
        </div>
    }
    .into_any()
}

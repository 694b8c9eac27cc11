//! Course text: words that may carry their reading.

use crate::lang::Lang;
use leptos::either::Either;
use leptos::prelude::*;

/// A stretch of text, with its reading in kana when the reader wants furigana and the glossary knows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text itself.
    pub base: String,
    /// Kana above it. `None` when furigana is off: then nothing is sent, so that no screen reader says it twice.
    pub reading: Option<String>,
}

/// A text of the course in the language it exists in, which may differ from the page's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The text in pieces, in order.
    pub words: Vec<Word>,
    /// The language of the text; the view sets `lang` when it is not the page's.
    pub lang: Lang,
}

impl Words {
    /// A text without readings.
    pub fn plain(lang: Lang, text: impl Into<String>) -> Self {
        Self { words: vec![Word { base: text.into(), reading: None }], lang }
    }

    /// The text without readings, for titles and attributes.
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.base.as_str()).collect()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| word.base.is_empty())
    }
}

/// Shows words with their readings, and names their language where it is not the page's.
#[component]
pub fn Say(
    /// The words.
    words: Words,
    /// Language of the page around them.
    page: Lang,
) -> AnyView {
    let lang = (words.lang != page).then(|| words.lang.tag());
    let pieces = words
        .words
        .into_iter()
        .map(|Word { base, reading }| match reading {
            None => Either::Left(base),
            // Hidden from screen readers, which read the base already; the brackets serve browsers without ruby.
            Some(reading) => Either::Right(view! {
                <ruby>{base}<rp>"（"</rp><rt aria-hidden="true">{reading}</rt><rp>"）"</rp></ruby>
            }),
        })
        .collect_view();
    match lang {
        None => Either::Left(pieces),
        Some(tag) => Either::Right(view! { <span lang=tag>{pieces}</span> }),
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{Say, Word, Words};
    use crate::Lang;
    use leptos::prelude::*;

    #[test]
    fn furigana_are_hidden_from_screen_readers_and_bracketed_for_old_browsers() {
        let words = Words {
            words: vec![
                Word { base: "患者".into(), reading: Some("かんじゃ".into()) },
                Word { base: "さん".into(), reading: None },
            ],
            lang: Lang::Ja,
        };
        // The renderer may leave marks between two pieces.
        let html = view! { <Say words=words.clone() page=Lang::Ja/> }.to_html().replace("<!>", "");
        assert!(
            html.contains("<ruby>患者<rp>（</rp><rt aria-hidden=\"true\">かんじゃ</rt><rp>）</rp></ruby>"),
            "{html}"
        );
        assert!(!html.contains("lang="));
        assert_eq!(words.text(), "患者さん");
    }

    #[test]
    fn a_text_that_is_missing_in_english_says_that_it_is_japanese() {
        let html = view! { <Say words=Words::plain(Lang::Ja, "第4条") page=Lang::En/> }.to_html();
        assert!(html.contains("<span lang=\"ja\">第4条"), "{html}");
    }
}

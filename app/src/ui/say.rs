//! Course text: words that may carry their reading.

use crate::lang::Lang;

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

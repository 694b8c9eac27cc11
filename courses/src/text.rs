//! Words on screen, in Japanese, English and plain Japanese.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A language that words come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Japanese, the language that content is written in.
    Ja,
    /// English, translated from the Japanese.
    En,
    /// やさしい日本語: the same in plainer words, for people who are still learning Japanese.
    Easy,
}

/// One text: the Japanese original and, when somebody has made them, the English and the plain Japanese.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The original.
    pub ja: String,
    /// The translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The same in plain Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub easy: Option<String>,
}

impl Text {
    /// A text that is not translated yet.
    pub fn ja(ja: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: None, easy: None }
    }

    /// The words in `lang`, and the language they really are in: what nobody has written falls back to Japanese.
    #[must_use]
    pub fn get(&self, lang: Lang) -> (&str, Lang) {
        let written = match lang {
            Lang::Ja => None,
            Lang::En => self.en.as_deref(),
            Lang::Easy => self.easy.as_deref(),
        };
        written.map_or((self.ja.as_str(), Lang::Ja), |words| (words, lang))
    }
}

/// The mark of a Japanese text in its translation: the first 8 hex digits of the SHA-256 of the trimmed text.
#[must_use]
pub fn source_mark(japanese: &str) -> String {
    let mut mark = sha256_hex(japanese.trim());
    mark.truncate(8);
    mark
}

/// SHA-256 of the UTF-8 bytes, in lower-case hex.
pub(crate) fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

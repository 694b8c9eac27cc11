//! Words on screen, in Japanese and English.

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
}

/// One text: the Japanese original and, when somebody has made it, the English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The original.
    pub ja: String,
    /// The translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// A text that is not translated yet.
    pub fn ja(ja: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: None }
    }

    /// The words in `lang`, and the language they really are in: an untranslated text falls back to Japanese.
    #[must_use]
    pub fn get(&self, lang: Lang) -> (&str, Lang) {
        match (lang, &self.en) {
            (Lang::En, Some(en)) => (en, Lang::En),
            _ => (&self.ja, Lang::Ja),
        }
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

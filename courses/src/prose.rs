//! Longer texts: reading pages and the policy, as blocks that a page can render without trusting any HTML.

use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// A longer text in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose(pub Vec<Block>);

/// A part of a text that stands on its own lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading below the title of the page.
    Heading {
        /// 2 or more; 1 is the title of the page and not part of the text.
        level: u8,
        /// What a link can point to (`{#C4}` in the file).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; lists are not nested.
    List {
        /// Numbered, because the order matters.
        ordered: bool,
        /// One entry a point.
        items: Vec<Vec<Inline>>,
    },
    /// Words of somebody else, set apart.
    Quote(Vec<Inline>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Words that carry weight.
    Strong(String),
    /// A link inside the course: `#C4` is clause 4 of the policy.
    Link {
        /// The target, with its `#`.
        to: String,
        /// The words of the link.
        text: String,
    },
    /// A line break that the author asked for.
    Break,
}

/// A longer text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The original.
    pub ja: Prose,
    /// The translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Prose>,
    /// The same in plain Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub easy: Option<Prose>,
}

impl Passage {
    /// The text in `lang`, and the language it really is in.
    #[must_use]
    pub fn get(&self, lang: Lang) -> (&Prose, Lang) {
        let written = match lang {
            Lang::Ja => None,
            Lang::En => self.en.as_ref(),
            Lang::Easy => self.easy.as_ref(),
        };
        written.map_or((&self.ja, Lang::Ja), |prose| (prose, lang))
    }
}

impl Prose {
    /// The words alone, one block a line.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.0 {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) | Block::Quote(text) => {
                    lines.push(plain(text));
                }
                Block::List { items, .. } => lines.extend(items.iter().map(|item| plain(item))),
            }
        }
        lines.join("\n")
    }

    /// Every inline part, in reading order.
    pub fn inlines(&self) -> impl Iterator<Item = &Inline> {
        self.0.iter().flat_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Quote(text) => {
                text.iter().collect::<Vec<_>>()
            }
            Block::List { items, .. } => items.iter().flatten().collect(),
        })
    }
}

/// The words of a line without their marks.
pub(crate) fn plain(line: &[Inline]) -> String {
    line.iter()
        .map(|part| match part {
            Inline::Text(text) | Inline::Strong(text) | Inline::Link { text, .. } => text.as_str(),
            Inline::Break => "\n",
        })
        .collect()
}

//! Running text: reading pages and the policy.

use crate::ui::say::Words;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Ordinary words.
    Text(Words),
    /// Words with weight.
    Strong(Words),
    /// A link. `to` is a ready address (`#C4`, `/policy/sns#C4`).
    Link {
        /// Address.
        to: String,
        /// Words of the link.
        text: Words,
    },
    /// A line break that the author meant.
    Break,
}

/// A block of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading inside the text. The page's own `h1` is not among the blocks.
    Heading {
        /// 2–4.
        level: u8,
        /// Anchor, for example `C4`.
        id: Option<String>,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Numbered or not.
        ordered: bool,
        /// One line of text each.
        items: Vec<Vec<Inline>>,
    },
    /// A quotation or an example.
    Quote(Vec<Inline>),
}

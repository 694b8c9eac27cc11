//! Running text: reading pages and the policy.

use crate::Lang;
use crate::ui::say::{Say, Words};
use leptos::prelude::*;

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

/// Running text. Headings keep their levels and anchors; an anchored heading links to itself.
#[component]
pub fn Prose(
    /// The text.
    body: Vec<Block>,
    /// Language of the page.
    page: Lang,
) -> AnyView {
    view! { <div class="prose">{body.into_iter().map(|block| one(block, page)).collect_view()}</div> }
        .into_any()
}

fn one(block: Block, page: Lang) -> AnyView {
    match block {
        Block::Heading { level, id, text } => {
            let text = line(text, page);
            match level {
                0..=2 => view! { <h2 id=id>{text}</h2> }.into_any(),
                3 => view! { <h3 id=id>{text}</h3> }.into_any(),
                _ => view! { <h4 id=id>{text}</h4> }.into_any(),
            }
        }
        Block::Paragraph(text) => view! { <p>{line(text, page)}</p> }.into_any(),
        Block::List { ordered, items } => {
            let items = items.into_iter().map(|item| view! { <li>{line(item, page)}</li> }).collect_view();
            if ordered {
                view! { <ol>{items}</ol> }.into_any()
            } else {
                view! { <ul>{items}</ul> }.into_any()
            }
        }
        Block::Quote(text) => view! { <blockquote><p>{line(text, page)}</p></blockquote> }.into_any(),
    }
}

fn line(pieces: Vec<Inline>, page: Lang) -> Vec<AnyView> {
    pieces
        .into_iter()
        .map(|piece| match piece {
            Inline::Text(words) => view! { <Say words page/> }.into_any(),
            Inline::Strong(words) => view! { <strong><Say words page/></strong> }.into_any(),
            Inline::Link { to, text } => view! { <a href=to><Say words=text page/></a> }.into_any(),
            Inline::Break => view! { <br/> }.into_any(),
        })
        .collect()
}

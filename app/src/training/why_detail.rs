//! What an explanation shows for each kind of item. While a required question is still asked, only what was picked is explained, and
//! how much is missing: the learner finds the rest.

mod draft;
mod mosaic;
mod order;
mod outcome;
mod picks;
mod picture;
mod rows;

pub use draft::{ModelReply, Remark, RemarkLevel};
pub use mosaic::MosaicResult;
pub use order::CardResult;
pub use picks::{PickResult, PieceResult};
pub use picture::RegionResult;
pub use rows::{RowResult, RowsKind};

use crate::training::asked::{PickKind, PictureView};
use crate::ui::Words;
use crate::{Lang, say};
use draft::DraftResult;
use leptos::prelude::*;
use mosaic::MosaicView;
use order::OrderResult;
use picks::{MarksView, PicksView};
use picture::PictureResult;
use rows::{RedactView, RowsView};

/// What belongs to the kind of item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyDetail {
    /// One of several: nothing more.
    Choice,
    /// Places in a drawing.
    Picture {
        /// The drawing.
        picture: PictureView,
        /// The places in reading order: all of them, or, while the question is still asked, those that were picked.
        regions: Vec<RegionResult>,
        /// How many there are to find.
        leaks: u16,
    },
    /// Cards in order.
    Order {
        /// The cards in the right order.
        cards: Vec<CardResult>,
        /// Pairs in the right order, of all pairs.
        pairs: (u16, u16),
    },
    /// Cards in an order that is still asked for: how many pairs were right, of all pairs, and nothing more.
    OrderOpen((u16, u16)),
    /// A draft.
    Draft {
        /// What was written.
        text: String,
        /// Remarks, those that matter most first.
        remarks: Vec<Remark>,
        /// Replies that would do.
        models: Vec<ModelReply>,
    },
    /// Any of several.
    Picks {
        /// What was picked.
        kind: PickKind,
        /// All of them, or, while the question is still asked, those that were picked.
        options: Vec<PickResult>,
        /// How many there are to find.
        hits: u16,
    },
    /// Phrases of a running text.
    Marks {
        /// The text.
        pieces: Vec<PieceResult>,
        /// The phrases: all of them, or, while the question is still asked, those that were marked.
        options: Vec<PickResult>,
        /// How many there are to find.
        hits: u16,
    },
    /// One answer for each of several rows.
    Rows {
        /// What the rows are.
        kind: RowsKind,
        /// All of them, or, while the question is still asked, those that were answered well.
        rows: Vec<RowResult>,
        /// How many rows there are.
        of: u16,
    },
    /// A text that was made fit for posting.
    Redact {
        /// How it reads now.
        yours: Vec<Words>,
        /// How it would best read. `None` where that is the same, or while the question is still asked.
        model: Option<Vec<Words>>,
        /// As in `Rows`.
        rows: Vec<RowResult>,
        /// How many rows there are.
        of: u16,
    },
    /// What a stranger pieces together.
    Mosaic(MosaicResult),
}

/// The detail.
#[component]
pub(crate) fn Detail(detail: WhyDetail, lang: Lang) -> AnyView {
    match detail {
        WhyDetail::Choice => ().into_any(),
        WhyDetail::Picture { picture, regions, leaks } => {
            view! { <PictureResult picture regions leaks lang/> }.into_any()
        }
        WhyDetail::OrderOpen((right, of)) => view! {
            <p class="order-result__pairs">{if right * 2 > of {
                say!(
                    lang,
                    "おおよそ合っています。最初にすることから、もう一度考えてみましょう。",
                    "Most of it is in order. Think again, beginning with what comes first.",
                )
            } else {
                say!(
                    lang,
                    "最初にすることから、もう一度考えてみましょう。",
                    "Think again, beginning with what comes first.",
                )
            }}</p>
        }
        .into_any(),
        WhyDetail::Order { cards, pairs } => view! { <OrderResult cards pairs lang/> }.into_any(),
        WhyDetail::Draft { text, remarks, models } => {
            view! { <DraftResult text remarks models lang/> }.into_any()
        }
        WhyDetail::Picks { kind, options, hits } => view! { <PicksView kind options hits lang/> }.into_any(),
        WhyDetail::Marks { pieces, options, hits } => {
            view! { <MarksView pieces options hits lang/> }.into_any()
        }
        WhyDetail::Rows { kind, rows, of } => view! { <RowsView kind rows of lang/> }.into_any(),
        WhyDetail::Redact { yours, model, rows, of } => {
            view! { <RedactView yours model rows of lang/> }.into_any()
        }
        WhyDetail::Mosaic(result) => view! { <MosaicView result lang/> }.into_any(),
    }
}

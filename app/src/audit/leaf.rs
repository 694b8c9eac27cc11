//! A record's place in the log, and whether the log agrees.

use super::grouped;
use crate::ui::{Icon, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// Whether a record is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The record says what its leaf says, and the leaf is in the tree that the newest checkpoint signs.
    Proven,
    /// The record says what its leaf says, but no checkpoint covers the leaf yet.
    Waiting,
    /// The record and its leaf, or the leaf and the signed tree, do not agree.
    Broken,
}

/// A leaf of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafRef {
    /// Its number, from 0.
    pub index: u64,
    /// Where it can be read.
    pub href: String,
    /// Whether it agrees.
    pub proof: Proof,
}

/// The number of a leaf as a link, with what came of checking it.
#[component]
pub fn LeafMark(
    /// The leaf.
    leaf: LeafRef,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let LeafRef { index, href, proof } = leaf;
    let index = grouped(index);
    let (code, shape, words) = match proof {
        Proof::Proven => ("proven", Shape::Tick, say!(lang, "一致", "agrees")),
        Proof::Waiting => ("waiting", Shape::Clock, say!(lang, "未署名", "not signed yet")),
        Proof::Broken => ("broken", Shape::Alarm, say!(lang, "不一致", "DOES NOT AGREE")),
    };
    view! {
        <a class="leaf-mark" data-proof=code href=href>
            <Icon shape/>
            <span>{say!(lang, "証跡 {index}", "Leaf {index}")}<span class="leaf-mark__words">{words}</span></span>
        </a>
    }
    .into_any()
}

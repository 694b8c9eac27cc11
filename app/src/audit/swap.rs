//! Another topic that somebody took, for the auditor alone.

use super::leaf::{LeafMark, LeafRef};
use crate::day::Moment;
use crate::ui::{Fact, Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Another module was taken in the place of one, or the one itself after all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwapLine {
    /// The module that belongs there.
    pub module: Words,
    /// What was taken instead; `None`: the module after all.
    pub instead: Option<Words>,
    /// When.
    pub at: Moment,
    /// Its leaf.
    pub leaf: LeafRef,
}

pub(super) fn swapped(line: SwapLine, lang: Lang) -> Fact {
    let SwapLine { module, instead, at, leaf } = line;
    let what = match instead {
        Some(instead) => view! {
            <p><Say words=module page=lang/>{say!(lang, " の代わりに ", " was replaced by ")}<Say words=instead page=lang/></p>
        }
        .into_any(),
        None => view! {
            <p><Say words=module page=lang/>{say!(lang, " にもどしました", " was taken after all")}</p>
        }
        .into_any(),
    };
    let value = view! { {what}<p>{at.seconds(lang)}</p><LeafMark leaf lang/> };
    Fact { name: say!(lang, "題材の変更", "Other topic"), value: value.into_any() }
}

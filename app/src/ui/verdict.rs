//! What an answer was worth: a word and a shape, never a mark.

use crate::lang::Lang;
use crate::say;
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// How good a choice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// ◎ 最もよい
    Best,
    /// ○ よい
    Ok,
    /// △ 注意が必要
    Risky,
    /// ✕ 避けるべき
    Harm,
}

impl Verdict {
    /// The word on screen.
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Best => say!(lang, "最もよい", "Best choice"),
            Self::Ok => say!(lang, "よい", "Good"),
            Self::Risky => say!(lang, "注意が必要", "Needs care"),
            Self::Harm => say!(lang, "避けるべき", "Best avoided"),
        }
    }

    /// The name in class names.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Ok => "ok",
            Self::Risky => "risky",
            Self::Harm => "harm",
        }
    }
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The law says so.
    Law,
    /// The hospital's policy says so.
    #[default]
    Rule,
    /// Good manners.
    Manners,
}

impl Basis {
    /// The label: 法律・規程・マナー.
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Law => say!(lang, "法律", "Law"),
            Self::Rule => say!(lang, "規程", "Policy"),
            Self::Manners => say!(lang, "マナー", "Good manners"),
        }
    }
}

impl Verdict {
    const fn shape(self) -> Shape {
        match self {
            Self::Best => Shape::DoubleRing,
            Self::Ok => Shape::Ring,
            Self::Risky => Shape::Triangle,
            Self::Harm => Shape::Cross,
        }
    }
}

/// Shape and word of a verdict.
#[component]
pub fn VerdictTag(
    /// The verdict.
    verdict: Verdict,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    view! {
        <span class="verdict" data-verdict=verdict.code()>
            <Icon shape=verdict.shape()/>
            <span>{verdict.word(lang)}</span>
        </span>
    }
    .into_any()
}

/// 法律・規程・マナー as a small label.
#[component]
pub fn BasisTag(
    /// Where the rule comes from.
    basis: Basis,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    view! { <span class="basis">{basis.word(lang)}</span> }.into_any()
}

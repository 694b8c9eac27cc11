//! A draft, looked through.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::ui::{Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// How much a remark on a draft matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RemarkLevel {
    /// 直したいところ
    MustFix,
    /// 直すとよい
    Improve,
    /// よい点
    Good,
}

/// A remark on a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How much it matters.
    pub level: RemarkLevel,
    /// The learner's words that it is about. Empty when something is missing.
    pub quotes: Vec<String>,
    /// Why.
    pub why: Words,
}

/// A reply that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelReply {
    /// The reply.
    pub text: Words,
    /// What is good about it.
    pub note: Words,
}

/// What was seen in the text, and texts that would do.
#[component]
pub(crate) fn DraftResult(
    text: String,
    remarks: Vec<Remark>,
    models: Vec<ModelReply>,
    lang: Lang,
) -> AnyView {
    let lines = remarks
        .into_iter()
        .map(|Remark { level, quotes, why }| {
            let quotes = (!quotes.is_empty()).then(|| {
                quotes.into_iter().map(|quote| view! { <q class="remark__quote">{quote}</q> }).collect_view()
            });
            view! {
                <li class="remark" data-level=level.code()>
                    <p class="remark__head"><Icon shape=level.shape()/><b>{level.word(lang)}</b>{quotes}</p>
                    <p><Say words=why page=lang/></p>
                </li>
            }
        })
        .collect_view();
    let models = models
        .into_iter()
        .zip(1_u16..)
        .map(|(ModelReply { text, note }, n)| {
            view! {
                <li class="model">
                    <h3 class="model__title">{say!(lang, "例 {n}", "Example {n}")}</h3>
                    <blockquote class="model__text"><p><Say words=text page=lang/></p></blockquote>
                    <p><Say words=note page=lang/></p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="own">
            <h2 class="small-title" id="own">{say!(lang, "あなたの文", "Your text")}</h2>
            <blockquote class="own-words"><p>{text}</p></blockquote>
            <ul class="remarks" role="list">{lines}</ul>
        </section>
        <section aria-labelledby="models">
            <h2 class="small-title" id="models">{say!(lang, "文の例", "Texts that would do")}</h2>
            <ul class="models" role="list">{models}</ul>
        </section>
    }
    .into_any()
}

impl RemarkLevel {
    const fn code(self) -> &'static str {
        match self {
            Self::MustFix => "must_fix",
            Self::Improve => "improve",
            Self::Good => "good",
        }
    }

    const fn shape(self) -> Shape {
        match self {
            Self::MustFix => Shape::Warn,
            Self::Improve => Shape::Pencil,
            Self::Good => Shape::Tick,
        }
    }

    fn word(self, lang: Lang) -> String {
        match self {
            Self::MustFix => say!(lang, "直したいところ", "Should be changed"),
            Self::Improve => say!(lang, "直すとよい", "Would be better changed"),
            Self::Good => say!(lang, "よい点", "Good"),
        }
    }
}

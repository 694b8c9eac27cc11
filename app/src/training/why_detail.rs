//! What an explanation shows for each kind of item.

use crate::training::ask_form::level_word;
use crate::training::asked::PictureView;
use crate::ui::{ClauseLine, ClauseLink, Icon, Place, Placed, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// A place in the drawing, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionResult {
    /// Its number in the question, from 1.
    pub number: u16,
    /// x, y, width, height in units of the view box.
    pub at: (u16, u16, u16, u16),
    /// Neutral description.
    pub label: Words,
    /// Whether something can be learned from it that must stay inside.
    pub leak: bool,
    /// Whether it has to be found.
    pub must: bool,
    /// Whether it was picked.
    pub picked: bool,
    /// Why.
    pub why: Words,
    /// The clause.
    pub clause: Option<ClauseLink>,
}

/// A card, in the right order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardResult {
    /// Its words.
    pub text: Words,
    /// Why it stands there.
    pub why: Words,
    /// The place that was given, from 1.
    pub given: u16,
}

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
    /// How sure one was, 1–4.
    Confidence(u8),
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
            <p class="order-result__pairs">{say!(
                lang,
                "前後の組み合わせ {of}のうち {right}が合っています。最初にすることから、もう一度考えてみましょう。",
                "{right} of {of} pairs are in the recommended order. Think again, beginning with what comes first.",
            )}</p>
        }
        .into_any(),
        WhyDetail::Order { cards, pairs } => view! { <OrderResult cards pairs lang/> }.into_any(),
        WhyDetail::Draft { text, remarks, models } => {
            view! { <DraftResult text remarks models lang/> }.into_any()
        }
        WhyDetail::Confidence(level) => {
            let words = level_word(level, lang);
            view! {
                <p class="why__chosen">
                    <span class="why__label">{say!(lang, "あなたの答え", "Your answer")}</span>
                    {words}
                </p>
                <p>{say!(
                    lang,
                    "点数にはなりません。自信と結果のずれに気づくための記録です。",
                    "It is not marked. It helps you notice where your confidence and your results differ.",
                )}</p>
            }
            .into_any()
        }
    }
    .into_any()
}

/// The call-outs over the drawing, and the same as a list.
#[component]
fn PictureResult(picture: PictureView, regions: Vec<RegionResult>, leaks: u16, lang: Lang) -> AnyView {
    let places = regions.iter().map(|region| Place { n: region.number, at: region.at }).collect();
    let size = picture.size;
    let found = regions.iter().filter(|region| region.leak && region.picked).count();
    let marks = regions
        .iter()
        .map(|region| {
            let (state, n) = (region.state(), region.number);
            view! { <span class=format!("region at-{n}") data-result=state.code()><span class="region__number">{n}</span></span> }
        })
        .collect_view();
    let lines = regions
        .into_iter()
        .map(|region| {
            let (state, n) = (region.state(), region.number);
            let RegionResult { label, why, clause, .. } = region;
            view! {
                <li class="callout" data-result=state.code()>
                    <p class="callout__head">
                        <span class="region__number" aria-hidden="true">{n}</span>
                        <span class="callout__label"><Say words=label page=lang/></span>
                        <span class="callout__state"><Icon shape=state.shape()/><span>{state.word(lang)}</span></span>
                    </p>
                    <p><Say words=why page=lang/></p>
                    {clause.map(|clause| view! { <p><ClauseLine clause lang/></p> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="callouts" aria-labelledby="places">
            <h2 class="small-title" id="places">{say!(
                lang,
                "見つけた所 {found} / {leaks}",
                "Found {found} of {leaks}",
            )}</h2>
            <Placed size places/>
            <div class="picture__stage">
                <img class="picture__drawing" src=picture.src alt=picture.say.text() width=size.0.to_string() height=size.1.to_string()/>
                <div class="picture__regions" aria-hidden="true">{marks}</div>
            </div>
            <ol class="callouts__list" role="list">{lines}</ol>
        </section>
    }
    .into_any()
}

/// What came of a place.
#[derive(Clone, Copy)]
enum Outcome {
    Found,
    Missed,
    Harmless,
    Extra,
}

impl RegionResult {
    const fn state(&self) -> Outcome {
        match (self.leak, self.picked) {
            (true, true) => Outcome::Found,
            (true, false) => Outcome::Missed,
            (false, false) => Outcome::Harmless,
            (false, true) => Outcome::Extra,
        }
    }
}

impl Outcome {
    const fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Missed => "missed",
            Self::Harmless => "harmless",
            Self::Extra => "extra",
        }
    }

    const fn shape(self) -> Shape {
        match self {
            Self::Found => Shape::Tick,
            Self::Missed => Shape::Triangle,
            Self::Harmless => Shape::Dash,
            Self::Extra => Shape::Ring,
        }
    }

    fn word(self, lang: Lang) -> String {
        match self {
            Self::Found => say!(lang, "見つけました", "Found"),
            Self::Missed => say!(lang, "見落としやすい所", "Easily missed"),
            Self::Harmless => say!(lang, "問題ありません", "Harmless"),
            Self::Extra => say!(lang, "選びましたが、問題ありません", "Picked, but harmless"),
        }
    }
}

#[component]
fn OrderResult(cards: Vec<CardResult>, pairs: (u16, u16), lang: Lang) -> AnyView {
    let (right, of) = pairs;
    let lines = cards
        .into_iter()
        .zip(1_u16..)
        .map(|(CardResult { text, why, given }, place)| {
            let moved = (given != place).then(|| {
                view! { <span class="order-result__given">{say!(lang, "あなたは{given}番目", "You: place {given}")}</span> }
            });
            view! {
                <li class="order-result__card">
                    <p class="order-result__text"><Say words=text page=lang/>{moved}</p>
                    <p><Say words=why page=lang/></p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="order">
            <h2 class="small-title" id="order">{say!(lang, "おすすめの順番", "Recommended order")}</h2>
            <p class="order-result__pairs">{say!(
                lang,
                "前後の組み合わせ {of}のうち {right}が合っています。",
                "{right} of {of} pairs are in the recommended order.",
            )}</p>
            <ol class="order-result">{lines}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn DraftResult(text: String, remarks: Vec<Remark>, models: Vec<ModelReply>, lang: Lang) -> AnyView {
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

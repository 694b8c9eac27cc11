//! What was picked and what was not: from a list, or in a running text.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::outcome::Outcome;
use crate::training::asked::PickKind;
use crate::ui::{ClauseLine, ClauseLink, Icon, Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Something that could be picked, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickResult {
    /// Its words.
    pub text: Words,
    /// Whether it applies.
    pub hit: bool,
    /// Whether it has to be found.
    pub must: bool,
    /// Whether it was picked.
    pub picked: bool,
    /// Why.
    pub why: Option<Words>,
    /// The clause.
    pub clause: Option<ClauseLink>,
}

/// A stretch of a text, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceResult {
    /// Its words.
    pub text: Words,
    /// Whether it applies and whether it was picked. `None`: plain words, or not told while the question is still asked.
    pub outcome: Option<(bool, bool)>,
}

/// What was picked and what was missed; behind a fold what was rightly left.
#[component]
pub(crate) fn PicksView(kind: PickKind, options: Vec<PickResult>, hits: u16, lang: Lang) -> AnyView {
    let title = found_words(kind, &options, hits, lang);
    view! {
        <section class="results" aria-labelledby="picks">
            <h2 class="small-title" id="picks">{title}</h2>
            {pick_lines(kind, options, lang)}
        </section>
    }
    .into_any()
}

/// The text with its marks, and the same as a list.
#[component]
pub(crate) fn MarksView(
    pieces: Vec<PieceResult>,
    options: Vec<PickResult>,
    hits: u16,
    lang: Lang,
) -> AnyView {
    let title = found_words(PickKind::Phrases, &options, hits, lang);
    let text = pieces
        .into_iter()
        .map(|PieceResult { text, outcome }| {
            let words = view! { <Say words=text page=lang/> };
            match outcome.map(|(hit, picked)| Outcome::of(hit, picked)) {
                None | Some(Outcome::Harmless) => view! { <span>{words}</span> }.into_any(),
                Some(outcome) => view! {
                    <mark class="marked" data-result=outcome.code()><Icon shape=outcome.shape()/>{words}</mark>
                }
                .into_any(),
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="results" aria-labelledby="picks">
            <h2 class="small-title" id="picks">{title}</h2>
            <p class="marked-text">{text}</p>
            {pick_lines(PickKind::Phrases, options, lang)}
        </section>
    }
    .into_any()
}

/// How many were found of how many.
pub(super) fn found_words(kind: PickKind, options: &[PickResult], hits: u16, lang: Lang) -> String {
    let found = options.iter().filter(|option| option.hit && option.picked).count();
    match kind {
        PickKind::Problems => say!(lang, "見つけた所 {found} / {hits}", "Found {found} of {hits}"),
        PickKind::Audience => say!(lang, "気づいた相手 {found} / {hits}", "Thought of {found} of {hits}"),
        PickKind::Phrases | PickKind::Clues => {
            say!(lang, "見つけた手がかり {found} / {hits}", "Clues found: {found} of {hits}")
        }
    }
}

/// The lines, those that were rightly left behind a fold.
pub(super) fn pick_lines(kind: PickKind, options: Vec<PickResult>, lang: Lang) -> AnyView {
    let (left, told): (Vec<_>, Vec<_>) =
        options.into_iter().partition(|option| option.outcome() == Outcome::Harmless);
    let count = left.len();
    let [told, left] = [told, left]
        .map(|options| options.into_iter().map(|option| pick_line(kind, option, lang)).collect::<Vec<_>>());
    let fold = (count > 0).then(|| {
        view! {
            <details class="fold">
                <summary>{say!(lang, "選ばなくてよかったもの（{count}件）", "Rightly left alone ({count})")}</summary>
                <ul class="results__lines" role="list">{left}</ul>
            </details>
        }
    });
    view! {
        {(!told.is_empty()).then(|| view! { <ul class="results__lines" role="list">{told}</ul> })}
        {fold}
    }
    .into_any()
}

fn pick_line(kind: PickKind, option: PickResult, lang: Lang) -> AnyView {
    let outcome = option.outcome();
    let PickResult { text, must, why, clause, .. } = option;
    view! {
        <li class="result" data-result=outcome.code()>
            <p class="result__state">
                <Icon shape=outcome.shape()/>
                <span>{outcome.word(Some(kind), lang)}</span>
                {must.then(|| view! { <span class="result__must">{say!(lang, "大事な点", "This matters most")}</span> })}
            </p>
            <p class="result__text"><Say words=text page=lang/></p>
            {why.map(|words| view! { <p><Say words page=lang/></p> })}
            {clause.map(|clause| view! { <p><ClauseLine clause lang/></p> })}
        </li>
    }
    .into_any()
}

impl PickResult {
    const fn outcome(&self) -> Outcome {
        Outcome::of(self.hit, self.picked)
    }
}

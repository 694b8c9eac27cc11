//! What a stranger pieces together, explained: what can be known, and from which pieces.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::picks::{PickResult, found_words, pick_lines};
use super::rows::{RowResult, row_line};
use crate::training::asked::PickKind;
use crate::ui::{ClauseLine, ClauseLink, Icon, Say, Shape, Verdict, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What came of it, but for the change that is made at last: the page itself explains that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MosaicResult {
    /// What was thought that a stranger can know, what that is worth, and why.
    pub finding: (Words, Verdict, Words),
    /// What a stranger really can know, why, and the clause. `None` while the question is still asked.
    pub known: Option<(Words, Words, Option<ClauseLink>)>,
    /// The pieces: all of them, or, while the question is still asked, those that were picked.
    pub clues: Vec<PickResult>,
    /// How many pieces fit together.
    pub hits: u16,
}

/// What the stranger can know, then the pieces.
#[component]
pub(crate) fn MosaicView(result: MosaicResult, lang: Lang) -> AnyView {
    let MosaicResult { finding: (text, verdict, why), known, clues, hits } = result;
    let title = found_words(PickKind::Clues, &clues, hits, lang);
    let best = verdict == Verdict::Best;
    let known = known.map(|(words, because, clause)| {
        view! {
            <div class="known">
                <p class="known__text"><Icon shape=Shape::Eye/><span><Say words page=lang/></span></p>
                <p><Say words=because page=lang/></p>
                {clause.map(|clause| view! { <p><ClauseLine clause lang/></p> })}
            </div>
        }
    });
    // Whoever saw what can be known has read the reason above.
    let yours = (!best || known.is_none()).then(|| {
        let row = RowResult {
            by: None,
            text: None,
            given: text,
            verdict,
            best: None,
            why: Some(why),
            clause: None,
        };
        view! { <ul class="results__lines" role="list">{row_line(row, lang)}</ul> }
    });
    view! {
        <section class="results" aria-labelledby="known">
            <h2 class="small-title" id="known">{say!(lang, "見知らぬ人に分かること", "What a stranger can know")}</h2>
            {known}
            {yours}
        </section>
        <section class="results" aria-labelledby="picks">
            <h2 class="small-title" id="picks">{title}</h2>
            {pick_lines(PickKind::Clues, clues, lang)}
        </section>
    }
    .into_any()
}

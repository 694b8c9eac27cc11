//! Places in a drawing, explained.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::outcome::Outcome;
use crate::training::asked::PictureView;
use crate::ui::{ClauseLine, ClauseLink, Icon, Place, Placed, Say, Words};
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

/// The call-outs over the drawing, and the same as a list.
#[component]
pub(crate) fn PictureResult(
    picture: PictureView,
    regions: Vec<RegionResult>,
    leaks: u16,
    lang: Lang,
) -> AnyView {
    let places = regions.iter().map(|region| Place { n: region.number, at: region.at }).collect();
    let size = picture.size;
    let found = regions.iter().filter(|region| region.leak && region.picked).count();
    let marks = regions
        .iter()
        .map(|region| {
            let (state, n) = (region.outcome(), region.number);
            view! { <span class=format!("region at-{n}") data-result=state.code()><span class="region__number">{n}</span></span> }
        })
        .collect_view();
    // One clause for all is said once.
    let mut said: Option<ClauseLink> = None;
    let lines = regions
        .into_iter()
        .map(|region| {
            let (state, n) = (region.outcome(), region.number);
            let RegionResult { label, why, clause, .. } = region;
            let clause = clause.filter(|clause| said.as_ref() != Some(clause));
            said = clause.clone().or_else(|| said.take());
            view! {
                <li class="callout" data-result=state.code()>
                    <p class="callout__head">
                        <span class="region__number" aria-hidden="true">{n}</span>
                        <span class="callout__label"><Say words=label page=lang/></span>
                        <span class="callout__state"><Icon shape=state.shape()/><span>{state.word(None, lang)}</span></span>
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

impl RegionResult {
    const fn outcome(&self) -> Outcome {
        Outcome::of(self.leak, self.picked)
    }
}

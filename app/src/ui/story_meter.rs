//! The meters of a story: what decisions do to trust, or to how far something has spread. A word, a figure and a bar.

use crate::lang::Lang;
use crate::say;
use crate::ui::icon::{Icon, Shape};
use crate::ui::say::{Say, Words};
use leptos::prelude::*;
use std::cmp::Ordering;

/// A meter as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryMeterView {
    /// What it measures: 「広がり」.
    pub name: Words,
    /// How much, from 0.
    pub value: u8,
    /// At most.
    pub max: u8,
    /// How much it was before the last answer, where there was one.
    pub before: Option<u8>,
}

/// Meters side by side.
#[component]
pub fn StoryMeters(
    /// The meters.
    meters: Vec<StoryMeterView>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let lines = meters.into_iter().map(|meter| line(meter, lang)).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <ul class="story-meters" role="list">{lines}</ul> }).into_any()
}

fn line(meter: StoryMeterView, lang: Lang) -> AnyView {
    let StoryMeterView { name, value, max, before } = meter;
    let max = max.max(1);
    let value = value.min(max);
    let change = before.map(|before| match value.cmp(&before) {
        Ordering::Greater => {
            let by = value - before;
            (Some(Shape::Up), say!(lang, "{by}ふえました", "up by {by}"))
        }
        Ordering::Less => {
            let by = before - value;
            (Some(Shape::Down), say!(lang, "{by}へりました", "down by {by}"))
        }
        Ordering::Equal => (None, say!(lang, "変わりません", "unchanged")),
    });
    let change = change.map(|(shape, words)| {
        view! { <span class="story-meter__change">{shape.map(|shape| view! { <Icon shape/> })}{words}</span> }
    });
    let cell = 120 / u32::from(max);
    let cells = (0..max)
        .map(|at| {
            let x = (u32::from(at) * cell + 1).to_string();
            let width = cell.saturating_sub(3).to_string();
            view! { <rect class="story-meter__cell" data-full=(at < value).then_some("") x=x y="1" width=width height="10"></rect> }
        })
        .collect_view();
    view! {
        <li class="story-meter">
            <span class="story-meter__name"><Say words=name page=lang/></span>
            <span class="story-meter__figure">{say!(lang, "{value}／{max}", "{value} of {max}")}</span>
            <svg class="story-meter__bar" viewBox="0 0 120 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">{cells}</svg>
            {change}
        </li>
    }
    .into_any()
}

//! How much of a whole. Drawn on the server; the words stand beside it.

use crate::ui::status::Status;
use leptos::prelude::*;

/// How far along: the browser's own element, named by `label`.
#[component]
pub fn Progress(
    /// Passed.
    done: u16,
    /// In all.
    of: u16,
    /// What a screen reader says.
    label: String,
) -> AnyView {
    view! {
        <progress class="progress" max=of.max(1).to_string() value=done.to_string() aria-label=label></progress>
    }
    .into_any()
}

/// A part of a whole as a bar, decoration beside the figure that says it.
#[component]
pub fn Meter(
    /// Part.
    part: u32,
    /// Whole.
    whole: u32,
) -> AnyView {
    let width = if whole == 0 { 0 } else { u64::from(part.min(whole)) * 1000 / u64::from(whole) };
    view! {
        <svg class="meter" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="meter__whole" width="1000" height="8"></rect>
            <rect class="meter__part" width=width.to_string() height="8"></rect>
        </svg>
    }
    .into_any()
}

/// States of many people as one bar, decoration beside the counts that say it.
#[component]
pub fn Bar(
    /// Each state with its count.
    parts: Vec<(Status, u32)>,
) -> AnyView {
    let whole: u64 = parts.iter().map(|(_, count)| u64::from(*count)).sum();
    let mut from = 0_u64;
    let pieces = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| {
            let begin = from * 1000 / whole.max(1);
            from += u64::from(count);
            let end = from * 1000 / whole.max(1);
            // A white line between two pieces, so that they part without colour too.
            let width = (end - begin).saturating_sub(3).max(1);
            view! {
                <rect class="bar__part" data-status=status.code() x=begin.to_string() width=width.to_string() height="20"></rect>
            }
        })
        .collect_view();
    view! {
        <svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {pieces}
        </svg>
    }
    .into_any()
}

//! Names and values, as a list of descriptions.

use leptos::prelude::*;

/// A name with its value.
pub struct Fact {
    /// Name.
    pub name: String,
    /// Value.
    pub value: AnyView,
}

impl Fact {
    /// A value that is plain text.
    pub fn text(name: impl Into<String>, value: impl Into<String>) -> Self {
        let value: String = value.into();
        Self { name: name.into(), value: value.into_any() }
    }
}

/// The list.
#[component]
pub fn Facts(
    /// The facts, in order.
    facts: Vec<Fact>,
) -> AnyView {
    let rows = facts
        .into_iter()
        .map(|Fact { name, value }| {
            view! { <div class="facts__row"><dt>{name}</dt><dd>{value}</dd></div> }
        })
        .collect_view();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

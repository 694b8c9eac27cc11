//! The way back, first on the page.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// A link back. It never replaces the browser's own button; both lead to the same place.
#[component]
pub fn BackLink(
    /// Where to.
    href: String,
    /// 「もどる」, or better the name of the place.
    words: String,
) -> AnyView {
    view! { <a class="back-link" href=href><Icon shape=Shape::Back/><span>{words}</span></a> }.into_any()
}

//! Tables of records: they scroll in their own frame, become cards on a phone, and print whole.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// The frame of a table. Children are `<thead>` and `<tbody>`; every `<td>` has `data-label` with the words of its
/// column, which a phone shows before the value; the cell that names the row is a `<th scope="row">`.
#[component]
pub fn Sheet(
    /// Id of the frame, unique on the page.
    #[prop(into)]
    id: String,
    /// What the table is: its caption, and the name of its frame.
    caption: String,
    /// The caption is for screen readers only, because a heading says the same.
    #[prop(optional)]
    quiet: bool,
    /// Stays a table on a phone and scrolls sideways, because its columns are compared.
    #[prop(optional)]
    rigid: bool,
    /// `<thead>` and `<tbody>`.
    children: Children,
) -> AnyView {
    let class = if rigid { "sheet sheet--rigid" } else { "sheet" };
    let caption_id = format!("{id}-caption");
    let named = caption_id.clone();
    view! {
        <div class=class id=id role="group" tabindex="0" aria-labelledby=named>
            <table class="sheet__table">
                <caption id=caption_id class=if quiet { "visually-hidden" } else { "sheet__caption" }>{caption}</caption>
                {children()}
            </table>
        </div>
    }
    .into_any()
}

/// The heading of a column that sorts: a link, with the direction in a shape and in `aria-sort` on its `<th>`.
#[component]
pub fn SortLink(
    /// Name of the column.
    words: String,
    /// Address of the page sorted by it (the other way round, if it is sorted by it now).
    href: String,
    /// `Some(true)` is ascending now.
    #[prop(optional_no_strip)]
    ascending: Option<bool>,
) -> AnyView {
    let sort = match ascending {
        Some(true) => Some("ascending"),
        Some(false) => Some("descending"),
        None => None,
    };
    let shape = ascending.map(|up| if up { Shape::Up } else { Shape::Down });
    view! {
        <th scope="col" aria-sort=sort>
            <a class="sort-link" href=href>{words}{shape.map(|shape| view! { <Icon shape/> })}</a>
        </th>
    }
    .into_any()
}

//! Lists by state: links with counts, the filter in the address.

use crate::Lang;
use crate::say;
use crate::ui::status::{Status, StatusTag};
use leptos::prelude::*;

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusTab {
    /// The state; `None` is everybody.
    pub status: Option<Status>,
    /// How many.
    pub count: u32,
    /// Address of the list.
    pub href: String,
    /// It is the list on the page.
    pub here: bool,
}

/// Tabs as a list of links.
#[component]
pub fn StatusTabs(
    /// The tabs.
    tabs: Vec<StatusTab>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|StatusTab { status, count, href, here }| {
            let words = match status {
                Some(status) => view! { <StatusTag status lang/> }.into_any(),
                None => view! { <span class="status">{say!(lang, "全員", "Everybody")}</span> }.into_any(),
            };
            view! {
                <li>
                    <a class="tab" href=href aria-current=here.then_some("page")>
                        {words}
                        <span class="tab__count">{say!(lang, "{count}人", "{count}")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=say!(lang, "状態でしぼる", "Filter by status")>
            <ul class="tabs__list" role="list">{tabs}</ul>
        </nav>
    }
    .into_any()
}

//! Pages of a long list.

use crate::ui::icon::{Icon, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// Which part of the list is shown, and the ways to the parts beside it. Nothing is shown when all fits on one page.
#[component]
pub fn Pager(
    /// Language of the page.
    lang: Lang,
    /// First line shown, from 1.
    first: u32,
    /// Last line shown.
    last: u32,
    /// Lines in all.
    of: u32,
    /// Address of the page before.
    #[prop(optional_no_strip)]
    before: Option<String>,
    /// Address of the page after.
    #[prop(optional_no_strip)]
    after: Option<String>,
) -> AnyView {
    (before.is_some() || after.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=say!(lang, "一覧のページ", "Pages of the list")>
                <p class="pager__where">{say!(lang, "{of}件のうち {first}–{last}件", "{first}–{last} of {of}")}</p>
                {before.map(|href| view! {
                    <a class="pager__link" href=href rel="prev"><Icon shape=Shape::Back/><span>{say!(lang, "前へ", "Previous")}</span></a>
                })}
                {after.map(|href| view! {
                    <a class="pager__link" href=href rel="next"><span>{say!(lang, "次へ", "Next")}</span><Icon shape=Shape::Forward/></a>
                })}
            </nav>
        }
    })
    .into_any()
}

//! A clause of the policy, named where it matters.

use crate::ui::say::{Say, Words};
use crate::ui::verdict::{Basis, BasisTag};
use crate::{Lang, say};
use leptos::prelude::*;

/// A link to a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseLink {
    /// Its number: 4 for C4, shown as 第4条.
    pub number: u8,
    /// Its title without the number: 「患者さんの情報」.
    pub title: Words,
    /// Address of the clause in the policy, in the version that the attempt was begun with.
    pub href: String,
}

/// The clause as a line: label of its basis, number, title, link.
#[component]
pub fn ClauseLine(
    /// The clause.
    clause: ClauseLink,
    /// Where the rule comes from; `None` shows no label.
    #[prop(optional_no_strip, into)]
    basis: Option<Basis>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let ClauseLink { number, title, href } = clause;
    view! {
        <span class="clause">
            {basis.map(|basis| view! { <BasisTag basis lang/> })}
            <a class="clause__link" href=href>
                {say!(lang, "第{number}条", "Article {number}:")}" "<Say words=title page=lang/>
            </a>
        </span>
    }
    .into_any()
}

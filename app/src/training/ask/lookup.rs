//! Which clause says so, with the policy open beside.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{how, part_question, question};
use crate::islands::finder::{Finder, FinderWords};
use crate::ui::{ChoiceList, ChoiceRow, Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Every clause by number and title, with a field that narrows them where scripts run.
#[component]
pub(crate) fn LookupForm(
    ask: Words,
    clauses: Vec<(u8, Words)>,
    policy: String,
    chosen: Option<u8>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let rows = clauses
        .into_iter()
        .map(|(number, title)| {
            let words = view! {
                <span class="entry entry--clause">
                    <span class="entry__number">{say!(lang, "第{number}条", "Article {number}")}</span>
                    <span><Say words=title page=lang/></span>
                </span>
            };
            ChoiceRow::plain(number.to_string(), words.into_any(), chosen == Some(number))
        })
        .collect();
    view! {
        {question(ask, lang)}
        {how(say!(lang, "規程を見ながら答えてかまいません。", "You may read the policy while you answer."))}
        <p class="ask__aside">
            <a href=policy target="_blank" rel="noopener">{say!(lang, "SNS利用規程を別のタブで開く", "Open the social media policy in another tab")}</a>
        </p>
        <Finder words=FinderWords::clauses(lang)>
            <ChoiceList name="clause" legend=part_question(say!(lang, "どの条に書いてありますか。", "Which article says so?")) rows error/>
        </Finder>
    }
    .into_any()
}

//! What every printed page of a report says about itself. On the screen the page says it elsewhere.

use crate::day::Moment;
use crate::{Lang, say};
use leptos::prelude::*;

use super::AsOf;

/// The head of a printed report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperHead {
    /// Hospital.
    pub hospital: String,
    /// Conditions, each as name and value.
    pub conditions: Vec<(String, String)>,
    /// As of when.
    pub as_of: AsOf,
    /// Who printed it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The head, on paper only. `report` is its name.
#[component]
pub fn Paper(
    /// The head.
    head: PaperHead,
    /// Name of the report.
    report: String,
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    let PaperHead { hospital, conditions, as_of, by, at } = head;
    let at = at.minutes(lang);
    let conditions = conditions
        .into_iter()
        .map(|(name, value)| view! { <span class="paper-head__condition">{name}{say!(lang, "：", ": ")}{value}</span> })
        .collect_view();
    view! {
        <div class="paper-head" aria-hidden="true">
            <p class="paper-head__top">
                <span>{hospital}</span>
                <b>{report}</b>
                <span>{as_of.words(lang)}</span>
            </p>
            <p class="paper-head__line">
                <span>{conditions}</span>
                <span>{say!(lang, "出力：{by}　{at}", "Printed by {by}, {at}")}</span>
            </p>
        </div>
    }
}

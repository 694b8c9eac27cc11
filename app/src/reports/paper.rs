//! What every printed page of a report says about itself. On the screen the page says it elsewhere.

use crate::day::Moment;
use crate::{Lang, say};
use leptos::prelude::*;

use super::AsOf;
use crate::ui::written::Written;

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

/// A report: on the screen its content alone, on paper below a head that every page repeats.
#[component]
pub fn Paper(
    /// The head.
    head: PaperHead,
    /// Name of the report.
    report: String,
    /// Classes of the content.
    class: &'static str,
    /// Language of the page.
    lang: Lang,
    /// The content.
    children: Children,
) -> AnyView {
    let PaperHead { hospital, conditions, as_of, by, at } = head;
    let at = at.minutes(lang);
    let conditions = conditions
        .into_iter()
        .map(|(name, value)| {
            view! { <span class="paper__condition">{name}{say!(lang, "：", ": ")}<Written text=value lang/></span> }
        })
        .collect_view();
    view! {
        <div class="paper">
            <div class="paper__head" aria-hidden="true">
                <div class="paper__box">
                    <p class="paper__line">
                        <span>{hospital}</span>
                        <b>{report}</b>
                        <span>{as_of.words(lang)}</span>
                    </p>
                    <p class="paper__line">
                        <span>{conditions}</span>
                        <span>{say!(lang, "出力：{by}　{at}", "Printed by {by}, {at}")}</span>
                    </p>
                </div>
            </div>
            <div class=class>{children()}</div>
        </div>
    }
    .into_any()
}

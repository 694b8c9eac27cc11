//! What the check says about a file.

use crate::ui::{Icon, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// A fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLine {
    /// The content cannot be released with it; otherwise somebody should look.
    pub error: bool,
    /// The file, inside the catalogue.
    pub file: String,
    /// The line.
    pub line: usize,
    /// What is wrong and what to do, in English as on the command line.
    pub message: String,
}

/// The faults of one or several files, or a line that says that there is none.
#[component]
pub fn FaultList(
    /// The faults.
    faults: Vec<FaultLine>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    if faults.is_empty() {
        return view! {
            <p class="faults__none">
                <Icon shape=Shape::Tick/>
                <span>{say!(lang, "検査で見つかった点はありません。", "The check has found nothing.")}</span>
            </p>
        }
        .into_any();
    }
    let lines = faults
        .into_iter()
        .map(|FaultLine { error, file, line, message }| {
            let (code, shape, word) = if error {
                ("error", Shape::Cross, say!(lang, "直す", "Error"))
            } else {
                ("warning", Shape::Warn, say!(lang, "見直す", "Warning"))
            };
            view! {
                <li class="fault" data-severity=code>
                    <span class="fault__word"><Icon shape/><span>{word}</span></span>
                    <span class="fault__place">{format!("{file}:{line}")}</span>
                    <span class="fault__message" lang="en">{message}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="faults" role="list">{lines}</ul> }.into_any()
}

//! What a report is asked for: a plain form whose fields end up in the address, so that a page can be sent to somebody or asked for again.

use crate::ui::{DateField, ErrorSummary, Fault, Icon, SelectField, SelectOption, Shape, Submit, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

use super::AsOf;

/// A choice of a list box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Value in the address.
    pub value: String,
    /// Words.
    pub words: String,
    /// How many levels down in the tree.
    pub depth: u8,
    /// Chosen.
    pub chosen: bool,
}

/// What is wrong with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not a day.
    Unreadable,
    /// It has not come yet.
    Future,
}

impl DateError {
    pub(crate) fn words(self, lang: Lang) -> String {
        match self {
            Self::Unreadable => say!(lang, "日付を読めませんでした。", "This is not a date."),
            Self::Future => say!(lang, "きょうまでの日付を選びます。", "Choose a day up to today."),
        }
    }
}

/// The conditions. GET to `action`: `requirement`, `department`, `at`, `profession`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Where the form leads.
    pub action: String,
    /// Requirements, newest first.
    pub requirements: Vec<Choice>,
    /// Departments in the order of the tree. Empty: there is nothing to choose.
    pub departments: Vec<Choice>,
    /// Professions. Empty: there is nothing to choose.
    pub professions: Vec<Choice>,
    /// The day as typed, ISO 8601; empty is now.
    pub at: String,
    /// What is wrong with it.
    pub at_error: Option<DateError>,
}

/// What is wrong with the conditions, first on the page, with a link to the field.
#[component]
pub fn ConditionFaults(
    /// The conditions.
    error: Option<DateError>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let faults: Vec<Fault> = error
        .into_iter()
        .map(|error| Fault { field: Some("at".to_owned()), message: error.words(lang) })
        .collect();
    view! { <ErrorSummary lang faults/> }.into_any()
}

/// The form, folded away behind what it says now.
#[component]
pub fn ConditionsForm(
    /// The conditions.
    conditions: Conditions,
    /// As of when the page speaks.
    as_of: AsOf,
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    let Conditions { action, requirements, departments, professions, at, at_error } = conditions;
    let options = |choices: Vec<Choice>| -> Vec<SelectOption> {
        choices
            .into_iter()
            .map(|Choice { value, words, depth, chosen }| SelectOption {
                value,
                words: format!("{}{words}", "　".repeat(usize::from(depth))),
                chosen,
            })
            .collect()
    };
    let open = at_error.is_some();
    let as_of = as_of.words(lang);
    view! {
        <details class="conditions" open=open>
            <summary class="conditions__summary">
                <span class="conditions__as-of">{as_of}</span>
                <span class="conditions__change">
                    <span>{say!(lang, "条件を変える", "Change")}</span>
                    <Icon shape=Shape::Down/>
                </span>
            </summary>
            <form method="get" action=action class="conditions__form">
                <SelectField name="requirement" label=say!(lang, "研修", "Training") options=options(requirements) lang/>
                {(!departments.is_empty()).then(|| view! {
                    <SelectField name="department" label=say!(lang, "部署", "Department") options=options(departments) lang/>
                })}
                {(!professions.is_empty()).then(|| view! {
                    <SelectField name="profession" label=say!(lang, "職種", "Profession") options=options(professions) lang/>
                })}
                <DateField
                    name="at"
                    label=say!(lang, "いつの時点", "As of")
                    value=at
                    hint=say!(lang, "空欄なら今です。過去の日は、その日の終わりの姿です。", "Empty means now. A past day is shown as it ended.")
                    error=at_error.map(|error| error.words(lang))
                />
                <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
            </form>
        </details>
    }
}

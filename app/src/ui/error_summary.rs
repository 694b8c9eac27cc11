//! What is wrong with a form, first on the page, with links to the fields.

use crate::ui::icon::{Icon, Shape};
use crate::{Lang, say};
use leptos::prelude::*;

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Id of the element to go to. `None`: it concerns no field.
    pub field: Option<String>,
    /// What to do.
    pub message: String,
}

/// The list of faults. It takes the focus when the page opens. Nothing is shown for an empty list.
#[component]
pub fn ErrorSummary(
    /// Language of the page.
    lang: Lang,
    /// What is wrong, in the order of the form.
    faults: Vec<Fault>,
) -> AnyView {
    (!faults.is_empty()).then(|| {
        let lines = faults
            .into_iter()
            .map(|Fault { field, message }| match field {
                Some(field) => view! { <li><a href=format!("#{field}")>{message}</a></li> }.into_any(),
                None => view! { <li>{message}</li> }.into_any(),
            })
            .collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary">
                <h2 class="error-summary__title" id="error-summary">
                    <Icon shape=Shape::Warn/>
                    <span>{say!(lang, "もう一度ご確認ください", "Please check again")}</span>
                </h2>
                <ul class="error-summary__list" role="list">{lines}</ul>
            </div>
        }
    })
    .into_any()
}

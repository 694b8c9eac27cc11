//! Closing a training, after a look at what that means.

use super::trail;
use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{LinkButton, Submit, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// The question. POST to `action`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseRequirement {
    /// Title of the training.
    pub title: String,
    /// People who owe it and have not done it.
    pub open: u32,
    /// Where the form goes.
    pub action: String,
    /// Back to the training.
    pub back: String,
}

impl Page for CloseRequirement {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "受付を終える", "Close a training")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, open, action, back } = self;
        view! {
            <div class="narrow">
                {trail(lang, true)}
                <h1>{say!(lang, "受付を終えますか", "Close this training?")}</h1>
                <p><b><Written text=title lang/></b></p>
                <ul>
                    <li>{say!(lang, "このあと入職した人や異動した人には割り当てられません。", "Whoever joins or moves from now on does not come to owe it.")}</li>
                    <li>{say!(lang, "まだ修了していない{open}人は、これまでと同じ期限で受けます。", "The {open} who have not finished still owe it, by the same date.")}</li>
                    <li>{say!(lang, "終えた受付は、元に戻せません。", "This cannot be taken back.")}</li>
                </ul>
                <form method="post" action=action class="form">
                    <div class="form__end"><Submit words=say!(lang, "受付を終える", "Close it")/></div>
                </form>
                <p class="links"><LinkButton href=back weight=Weight::Light words=say!(lang, "やめる", "Leave it open")/></p>
            </div>
        }
        .into_any()
    }
}

//! One file: how far it is, and what can be done with it.

use super::watch::Watch;
use super::{JobLine, JobState, length};
use crate::page::Page;
use crate::ui::icon::Shape;
use crate::ui::written::Written;
use crate::ui::{BackLink, Fact, Facts, Notice, Submit, TextField, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Where its forms post; each is there only when it can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobActions {
    /// Takes the file.
    pub take: Option<String>,
    /// Withdraws what is not finished.
    pub withdraw: Option<String>,
    /// Makes again what failed.
    pub again: Option<String>,
    /// Removes the file: `why`.
    pub remove: Option<String>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobPage {
    /// The list from which one comes, and what it is called.
    pub back: (String, String),
    /// What the file is.
    pub what: String,
    /// The file.
    pub line: JobLine,
    /// Answers with the figures as JSON.
    pub figures: String,
    /// What can be done.
    pub actions: JobActions,
    /// It goes by itself after so many days.
    pub kept_days: Option<u32>,
    /// No reason was given for removing it.
    pub no_reason: bool,
}

impl Page for JobPage {
    fn title(&self, lang: Lang) -> String {
        let (what, state) = (&self.what, self.line.state.word(lang));
        say!(lang, "{what}：{state}", "{what}: {state}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { back: (href, words), what, line, figures, actions, kept_days, no_reason } = self;
        let JobLine { href: here, title, as_of, conditions, by, at, state, size, sha256 } = line;
        let mut facts = vec![
            Fact {
                name: say!(lang, "研修", "Training"),
                value: view! { <Written text=title lang/> }.into_any(),
            },
            Fact::text(say!(lang, "いつの時点", "As of"), as_of.words(lang)),
        ];
        facts.extend(
            conditions
                .into_iter()
                .map(|(name, value)| Fact { name, value: view! { <Written text=value lang/> }.into_any() }),
        );
        facts.push(Fact {
            name: say!(lang, "依頼した人", "Asked by"),
            value: view! { <Written text=by lang/> }.into_any(),
        });
        facts.push(Fact::text(say!(lang, "依頼した日時", "Asked at"), at.minutes(lang)));
        if let Some(size) = size {
            facts.push(Fact::text(say!(lang, "大きさ", "Size"), length(size)));
        }
        if let Some(hash) = sha256 {
            let value = view! { <code class="audit__hash">{hash}</code> }.into_any();
            facts.push(Fact { name: say!(lang, "SHA-256", "SHA-256"), value });
        }
        let told = told(&state, here, figures, kept_days, lang);
        view! {
            <div class="report job">
                <BackLink href=href words=words/>
                <h1>{what}</h1>
                {told}
                {buttons(&actions, lang)}
                <Facts facts/>
                {actions.remove.map(|action| removing(action, no_reason, lang))}
            </div>
        }
        .into_any()
    }
}

fn told(state: &JobState, here: String, address: String, kept_days: Option<u32>, lang: Lang) -> AnyView {
    match state {
        JobState::Waiting | JobState::Working { .. } => {
            let (begun, done, of) = match state {
                JobState::Working { done, of } => (true, *done, *of),
                _ => (false, 0, 0),
            };
            view! {
                <p class="lead">{say!(
                    lang,
                    "作っています。このページを閉じても続きます。あとから一覧で開けます。",
                    "It is being made. You may leave this page and come back later; the list leads here.",
                )}</p>
                <Watch address here begun done of lang/>
            }
            .into_any()
        }
        JobState::Finished => {
            let title = say!(lang, "できました。", "It is ready.");
            let kept = match kept_days {
                Some(days) => {
                    say!(lang, "{days}日たつと自動で消えます。", "It goes by itself after {days} days.")
                }
                None => say!(
                    lang,
                    "研修の担当者が削除するまで残ります。",
                    "It stays until the training office removes it."
                ),
            };
            view! { <Notice tone=Tone::Done title=title><p>{kept}</p></Notice> }.into_any()
        }
        JobState::Failed(why) => {
            let (title, why) = (say!(lang, "作れませんでした。", "It was not made."), why.words(lang));
            view! { <Notice tone=Tone::Warn title=title><p>{why}</p></Notice> }.into_any()
        }
        JobState::Withdrawn => {
            let title =
                say!(lang, "取りやめました。ファイルはありません。", "It was withdrawn. There is no file.");
            view! { <Notice title=title/> }.into_any()
        }
        JobState::Removed { at, by, why } => {
            let at = at.minutes(lang);
            let title = match by {
                Some(by) => say!(lang, "{at}に{by}さんが削除しました。", "Removed by {by}, {at}."),
                None if !why.is_empty() => say!(lang, "{at}に削除しました。", "Removed, {at}."),
                None => {
                    say!(lang, "{at}に、残しておく日数が過ぎたため消えました。", "It went by itself, {at}.")
                }
            };
            let why = why.clone();
            let why = (!why.is_empty()).then(|| {
                view! { <p>{say!(lang, "理由：", "Reason: ")}<Written text=why lang/></p> }
            });
            view! { <Notice title=title>{why}</Notice> }.into_any()
        }
    }
}

fn buttons(actions: &JobActions, lang: Lang) -> AnyView {
    let take = actions.take.clone().map(|action| {
        view! {
            <form method="post" action=action>
                <Submit words=say!(lang, "ダウンロード", "Download") shape=Shape::Save/>
            </form>
        }
    });
    let again = actions.again.clone().map(|action| {
        view! {
            <form method="post" action=action><Submit words=say!(lang, "もう一度作る", "Try again")/></form>
        }
    });
    let withdraw = actions.withdraw.clone().map(|action| {
        view! {
            <form method="post" action=action>
                <Submit words=say!(lang, "作るのをやめる", "Stop making it") weight=Weight::Side/>
            </form>
        }
    });
    view! { <div class="job__buttons">{take}{again}{withdraw}</div> }.into_any()
}

fn removing(action: String, no_reason: bool, lang: Lang) -> AnyView {
    let error = no_reason.then(|| say!(lang, "削除する理由を書いてください。", "Say why it is removed."));
    view! {
        <details class="fold fold--light" open=no_reason>
            <summary>{say!(lang, "このファイルを削除する", "Remove this file")}</summary>
            <form method="post" action=action>
                <p>{say!(
                    lang,
                    "ファイルだけが消えます。作った記録とSHA-256は残ります。",
                    "Only the file goes. That it was made, and its SHA-256, stay known.",
                )}</p>
                <TextField name="why" label=say!(lang, "削除する理由", "Reason") error=error/>
                <div class="form__end"><Submit words=say!(lang, "削除する", "Remove") weight=Weight::Side/></div>
            </form>
        </details>
    }
    .into_any()
}

//! The policy before signing: the whole text, what changed, and statements with a tick each.

use crate::day::Day;
use crate::page::Page;
use crate::policy::{
    Changes, ClauseEntry, Compared, Comparison, Contents, Edition, PlainRemark, PlainText, PolicyChange,
    Reference,
};
use crate::ui::waits::{Waits, not_signed_yet};
use crate::ui::{BackLink, Block, CheckList, CheckRow, ErrorSummary, Fault, Prose, Say, Submit, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// A statement that the signer makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementView {
    /// Value of the check box.
    pub id: String,
    /// The statement.
    pub text: Words,
    /// The same in plain Japanese, for somebody who reads that: an aid beside what is ticked.
    pub plain: Option<Words>,
    /// Ticked, kept after an error.
    pub ticked: bool,
}

/// The policy to sign. POST to `action`: `statement`, once for each tick. A missing tick comes back with
/// `missing = true`; all ticked goes to [`super::PolicySignCheck`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySign {
    /// 「SNS利用規程」
    pub title: Words,
    /// Version.
    pub version: u32,
    /// From when it applies.
    pub effective: Day,
    /// The clauses.
    pub contents: Vec<ClauseEntry>,
    /// The text.
    pub body: Vec<Block>,
    /// Version and day of the person's last signature.
    pub last_signed: Option<(u32, Day)>,
    /// The text is the very one of that signature.
    pub unchanged: bool,
    /// What changed since then, newest first.
    pub changes: Vec<PolicyChange>,
    /// Versions since then of which nobody wrote down what changed.
    pub untold: Vec<u32>,
    /// The text of that signature beside this one, where they differ.
    pub compared: Option<Comparison>,
    /// Nothing but this signature is asked for.
    pub alone: bool,
    /// The text shown is a reference translation.
    pub translation: bool,
    /// For somebody who reads plain Japanese: which of the two texts is shown.
    pub plain: Option<PlainText>,
    /// The statements.
    pub statements: Vec<StatementView>,
    /// Not everything was ticked.
    pub missing: bool,
    /// POST here.
    pub action: String,
    /// Way back.
    pub back: String,
}

impl Page for PolicySign {
    fn title(&self, lang: Lang) -> String {
        let title = self.title.text();
        if self.missing {
            say!(lang, "確認があります：{title}への署名", "Please check: signing the {title}")
        } else {
            say!(lang, "{title}への署名", "Signing the {title}")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            title,
            version,
            effective,
            contents,
            body,
            last_signed,
            unchanged,
            changes,
            untold,
            compared,
            alone,
            translation,
            plain,
            statements,
            missing,
            action,
            back,
        } = self;
        let open = statements.iter().position(|statement| !statement.ticked).map_or(1, |at| at + 1);
        let message = missing.then(|| {
            say!(lang, "すべての項目を確かめて、印を付けてください", "Please check and tick every item")
        });
        let faults = message
            .iter()
            .map(|message| Fault { field: Some(format!("statement-{open}")), message: message.clone() })
            .collect();
        let rows = statements
            .into_iter()
            .map(|StatementView { id, text, plain, ticked }| CheckRow {
                value: id,
                words: view! {
                    <Say words=text page=lang/>
                    {plain.map(|words| view! { <span class="statement__plain"><Say words page=lang/></span> })}
                }
                .into_any(),
                ticked,
            })
            .collect();
        let same = last_signed.map(|(signed, day)| {
            let day = day.long(lang);
            say!(
                lang,
                "前回は{day}に第{signed}版に署名しています。",
                "Last time you signed version {signed}, on {day}."
            )
        });
        let edited = !unchanged && last_signed.is_some_and(|(signed, _)| signed == version);
        let untold = untold.into_iter().map(|version| {
            view! {
                <p>{say!(
                    lang,
                    "第{version}版で変わったところは、記録がありません。本文で確かめてください。",
                    "There is no record of what changed in version {version}. Please check the text.",
                )}</p>
            }
        });
        let untold = untold.collect_view();
        view! {
            <div class="document">
                <BackLink href=back words=say!(lang, "わたしの研修", "My training")/>
                <ErrorSummary lang faults/>
                <p class="eyebrow">{if alone {
                    say!(lang, "読んで署名する", "Read and sign")
                } else {
                    say!(lang, "最後の一つ：読んで署名する", "The last step: read and sign")
                }}</p>
                <h1><Say words=title page=lang/></h1>
                <Edition version effective lang/>
                {translation.then(|| view! { <Reference lang/> })}
                {plain.map(|plain| view! { <PlainRemark plain lang/> })}
                <section class="changes" aria-labelledby="changes">
                    <h2 class="small-title" id="changes">{say!(lang, "前回からの変更", "What has changed since you last signed")}</h2>
                    {same.map(|words| view! { <p>{words}</p> })}
                    {unchanged.then(|| view! { <p>{say!(lang, "前回と同じ文です。", "The text is the same as last time.")}</p> })}
                    {edited.then(|| view! {
                        <p>{say!(
                            lang,
                            "版は同じですが、本文に直したところがあります。",
                            "The version is the same, but its text has been edited.",
                        )}</p>
                    })}
                    {last_signed.is_none().then(|| view! { <p>{say!(lang, "はじめての署名です。", "This is your first signature.")}</p> })}
                    <Changes changes lang/>
                    {untold}
                    {compared.map(|comparison| {
                        let places = comparison.clauses.len();
                        let (before, after) = (comparison.before, comparison.after);
                        view! {
                            <details class="fold" open={places <= 6}>
                                <summary>{say!(
                                    lang,
                                    "第{before}版と第{after}版を条ごとに見比べる（{places}か所）",
                                    "Versions {before} and {after} side by side, article by article ({places})",
                                )}</summary>
                                <Compared comparison lang/>
                            </details>
                        }
                    })}
                </section>
                <Contents contents lang/>
                <div class="document__text"><Prose body page=lang/></div>
                <form method="post" action=action class="form document__sign" data-waits="way" data-away=not_signed_yet(lang) novalidate>
                    <CheckList
                        name="statement"
                        legend=view! { <h2>{say!(lang, "署名の前に確かめること", "Before you sign")}</h2> }.into_any()
                        rows
                        error=message
                    />
                    <div class="form__end"><Submit words=say!(lang, "署名の確認へ進む", "Go on to the check page")/></div>
                </form>
                <Waits lang/>
            </div>
        }
        .into_any()
    }
}

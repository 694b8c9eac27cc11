//! The versions of the policy with what was said of their drafts, as of any day.

use super::leaf::{LeafMark, LeafRef};
use super::trail;
use crate::day::{Day, Moment};
use crate::page::Page;
use crate::policy::ChangeView;
use crate::reports::AsOf;
use crate::ui::field::DateField;
use crate::ui::written::Written;
use crate::ui::{Notice, Sheet, Submit, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditVersion {
    /// Its number.
    pub version: u32,
    /// How much it changed; `None`: it came with the program.
    pub change: Option<ChangeView>,
    /// From when it holds.
    pub effective: Day,
    /// It held on that day.
    pub in_force: bool,
    /// When it was published.
    pub published: Moment,
    /// By whom; `None`: it came with the program.
    pub by: Option<String>,
    /// How many had signed it by then.
    pub signed: u32,
    /// SHA-256 of its text.
    pub revision: String,
    /// Its text.
    pub href: String,
    /// The leaf of its publication.
    pub leaf: LeafRef,
}

/// What somebody said of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReview {
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// They approved it; otherwise they sent it back.
    pub approved: bool,
    /// In which words.
    pub words: String,
    /// SHA-256 of the text that they read.
    pub revision: String,
    /// The version that this text became.
    pub became: Option<u32>,
    /// Its leaf.
    pub leaf: LeafRef,
}

/// The page. GET: `at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPolicies {
    /// The day that was asked for, as typed.
    pub at: String,
    /// It cannot be read, or is to come.
    pub at_wrong: bool,
    /// As of when.
    pub as_of: AsOf,
    /// The versions, newest first.
    pub versions: Vec<AuditVersion>,
    /// What was said, newest first.
    pub reviews: Vec<AuditReview>,
}

impl Page for AuditPolicies {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "規程の版と承認（監査）", "Versions of the policy (audit)")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { at, at_wrong, as_of, versions, reviews } = self;
        let wrong = at_wrong.then(|| {
            view! { <Notice tone=Tone::Warn live=true title=say!(lang, "日付を読めないか、今日より後の日です。いまの様子を表示しています。", "The day cannot be read, or is to come. This is how it stands now.")/> }
        });
        let as_of = as_of.words(lang);
        let none = reviews.is_empty().then(|| {
            view! { <p>{say!(lang, "この日までの確認の記録はありません。", "Nothing was said of any draft until then.")}</p> }
        });
        let reviews = (!reviews.is_empty()).then(|| said(reviews, lang));
        view! {
            <div class="audit">
                {trail(lang, None)}
                <h1>{say!(lang, "規程の版と承認", "Versions of the policy")}</h1>
                {wrong}
                <form method="get" action=paths::AUDIT_POLICIES class="audit__find">
                    <DateField name="at" label=say!(lang, "いつの時点を見るか（空ならいま）", "As of which day (empty: now)") value=at/>
                    <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
                </form>
                <p>{as_of}</p>
                <section class="audit__part" aria-labelledby="versions-title">
                    <h2 id="versions-title">{say!(lang, "公開した版", "Versions that were published")}</h2>
                    {table(versions, lang)}
                </section>
                <section class="audit__part" aria-labelledby="reviews-title">
                    <h2 id="reviews-title">{say!(lang, "下書きの確認", "Reviews of drafts")}</h2>
                    <p>{say!(
                        lang,
                        "書いた人とは別の人が、この文のSHA-256について承認しました。文が一字でも変わると、承認はなくなります。",
                        "Others than the writers approved the text with this SHA-256. If one letter changes, the approval is void.",
                    )}</p>
                    {none}
                    {reviews}
                </section>
            </div>
        }
        .into_any()
    }
}

fn table(versions: Vec<AuditVersion>, lang: Lang) -> AnyView {
    let heads = [
        say!(lang, "版", "Version"),
        say!(lang, "種類", "Kind"),
        say!(lang, "施行日", "In force from"),
        say!(lang, "公開", "Published"),
        say!(lang, "署名した人", "Signed by"),
        say!(lang, "本文のSHA-256", "SHA-256 of the text"),
        say!(lang, "証跡", "Leaf"),
    ];
    let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let rows = versions
        .into_iter()
        .map(|line| {
            let AuditVersion { version, change, effective, in_force, published, by, signed, revision, href, leaf } = line;
            let [_, kind, from, when, signers, hash, proof] = heads.clone();
            let held = in_force.then(|| view! { <span class="audit__now nowrap">{say!(lang, "有効", "in force")}</span> });
            let change = change.map_or_else(|| "―".to_owned(), |change| change.word(lang));
            let by = by.map_or_else(
                || say!(lang, "プログラム", "the program").into_any(),
                |by| view! { <Written text=by lang/> }.into_any(),
            );
            view! {
                <tr>
                    <th scope="row"><a href=href>{say!(lang, "第{version}版", "Version {version}")}</a>{held}</th>
                    <td data-label=kind><span class="nowrap">{change}</span></td>
                    <td data-label=from><span class="nowrap">{effective.plain(lang)}</span></td>
                    <td data-label=when><span><span class="nowrap">{published.seconds(lang)}</span><span class="sheet__aside">{by}</span></span></td>
                    <td data-label=signers>{say!(lang, "{signed}人", "{signed}")}</td>
                    <td data-label=hash><code class="audit__hash">{revision}</code></td>
                    <td data-label=proof><LeafMark leaf lang/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Sheet id="versions" caption=say!(lang, "公開した版", "Versions that were published") quiet=true>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn said(reviews: Vec<AuditReview>, lang: Lang) -> AnyView {
    let heads = [
        say!(lang, "読んだ人", "Who"),
        say!(lang, "判断", "What"),
        say!(lang, "日時", "When"),
        say!(lang, "文のSHA-256", "SHA-256 of the text"),
        say!(lang, "証跡", "Leaf"),
    ];
    let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let rows = reviews
        .into_iter()
        .map(|line| {
            let AuditReview { by, at, approved, words, revision, became, leaf } = line;
            let [_, what, when, hash, proof] = heads.clone();
            let verdict = if approved { say!(lang, "承認", "approved") } else { say!(lang, "書き直しの依頼", "sent back") };
            let words = (!words.is_empty()).then(|| view! { <span class="sheet__aside"><Written text=words lang/></span> });
            let became = became.map(|version| {
                view! { <span class="sheet__aside">{say!(lang, "第{version}版になった文", "became version {version}")}</span> }
            });
            view! {
                <tr>
                    <th scope="row"><Written text=by lang/></th>
                    <td data-label=what><span>{verdict}{words}</span></td>
                    <td data-label=when><span class="nowrap">{at.seconds(lang)}</span></td>
                    <td data-label=hash><span><code class="audit__hash">{revision}</code>{became}</span></td>
                    <td data-label=proof><LeafMark leaf lang/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Sheet id="reviews" caption=say!(lang, "下書きの確認", "Reviews of drafts") quiet=true>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

//! The draft of the next version: its parts, what differs, who has read it, and what is missing before it can be published.

use super::difference::{Compared, Comparison};
use super::office::ChangeView;
use super::review::{ReviewFault, ReviewLine};
use super::trail;
use crate::day::{Day, Moment};
use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fact, Facts, Fault, LinkButton, Notice, Say, Submit, Tone, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What a part is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartName {
    /// From when it holds, how much it changes, and what.
    Frame,
    /// What stands before the first clause.
    Preamble,
    /// A clause, by its heading.
    Clause(Words),
    /// What the signer ticks.
    Statements,
}

/// A part with its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartLine {
    /// What it is called.
    pub name: PartName,
    /// It differs from the version before.
    pub changed: bool,
    /// Its form.
    pub href: String,
}

/// What is missing before it can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockedView {
    /// Nothing differs.
    Unchanged,
    /// Day, kind or words of change.
    Frame,
    /// The day is past.
    DayPast,
    /// The day is before that of an earlier version.
    DayBeforeEarlier,
    /// Approvals.
    Reviews,
}

/// The draft. POST to `review`: `hash`, `verdict` (`approved`, `returned`), `words`; to `withdraw`: `version`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPage {
    /// 「SNS利用規程」
    pub title: Words,
    /// Its number.
    pub version: u32,
    /// How much it changes, once somebody has said.
    pub change: Option<ChangeView>,
    /// From when it would hold.
    pub effective: Day,
    /// What changed.
    pub changes: Vec<Words>,
    /// First characters of the hash of the text.
    pub revision: String,
    /// The hash.
    pub hash: String,
    /// When it was last saved.
    pub at: Moment,
    /// The reader has written in it.
    pub own: bool,
    /// Everybody who has.
    pub writers: Vec<String>,
    /// Its parts.
    pub parts: Vec<PartLine>,
    /// The form of a clause that is added.
    pub add: String,
    /// What differs from the version before.
    pub compared: Comparison,
    /// How many have approved this text.
    pub approved: usize,
    /// How many must.
    pub needed: usize,
    /// What was said, newest first.
    pub reviews: Vec<ReviewLine>,
    /// What is missing.
    pub missing: Vec<BlockedView>,
    /// What the reader wrote, kept after an error.
    pub said: String,
    /// What was wrong with it.
    pub fault: Option<ReviewFault>,
    /// How often it was saved.
    pub draft_version: i64,
    /// The text as signers will read it.
    pub read: String,
    /// Where a review goes.
    pub review: String,
    /// What publishing would do.
    pub publish: String,
    /// Where it is withdrawn.
    pub withdraw: String,
}

impl Page for DraftPage {
    fn title(&self, lang: Lang) -> String {
        let (title, version) = (self.title.text(), self.version);
        say!(lang, "下書き：{title} 第{version}版", "Draft: {title}, version {version}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let faults = self
            .fault
            .iter()
            .map(|fault| Fault {
                field: fault
                    .field()
                    .map(|field| if field == "verdict" { "verdict-1".to_owned() } else { field.to_owned() }),
                message: fault.words(lang),
            })
            .collect();
        let version = self.version;
        let facts = self.facts(lang);
        let changes = self
            .changes
            .iter()
            .cloned()
            .map(|words| view! { <li><Say words page=lang/></li> })
            .collect_view();
        let parts = self.parts.iter().cloned().map(|part| line(part, lang)).collect_view();
        let comparison = self.compared.clone();
        let before = comparison.before;
        let reviews = self.reviews(lang);
        let (title, read, add) = (self.title.clone(), self.read.clone(), self.add.clone());
        let (withdraw, saved) = (self.withdraw.clone(), self.draft_version.to_string());
        let write = view! {
            <section class="report__part" aria-labelledby="parts">
                <h2 id="parts">{say!(lang, "書く", "Write")}</h2>
                <p>{say!(lang, "保存すると、それまでの承認は取り消されます。", "Saving a change voids the approvals so far.")}</p>
                <ul role="list" class="drafts">{parts}</ul>
                <p class="links"><LinkButton href=add weight=Weight::Light words=say!(lang, "病院独自の条を加える", "Add an article of the hospital's own")/></p>
            </section>
        }
        .into_any();
        let compared = view! {
            <section class="report__part" aria-labelledby="compared">
                <h2 id="compared">{say!(lang, "第{before}版との違い", "What differs from version {before}")}</h2>
                <Compared comparison lang/>
            </section>
        }
        .into_any();
        // Whoever writes goes on writing; whoever reads sees first what there is to read.
        let [first, second, third] =
            if self.own { [write, compared, reviews] } else { [compared, reviews, write] };
        view! {
            <div class="report">
                {trail(lang, true)}
                <ErrorSummary lang faults/>
                <p class="eyebrow">{say!(lang, "下書き", "Draft")}</p>
                <h1><Say words=title page=lang/>{say!(lang, " 第{version}版", ", version {version}")}</h1>
                <Facts facts/>
                <ul class="reasons">{changes}</ul>
                <p class="links"><LinkButton href=read weight=Weight::Side words=say!(lang, "署名する人が読む形で見る", "Read it as signers will")/></p>
                {self.next(lang)}
                {first}
                {second}
                {third}
                <form method="post" action=withdraw>
                    <input type="hidden" name="version" value=saved/>
                    <Submit weight=Weight::Light words=say!(lang, "下書きを取り下げる", "Withdraw the draft")/>
                </form>
            </div>
        }
        .into_any()
    }
}

fn line(part: PartLine, lang: Lang) -> impl IntoView {
    let PartLine { name, changed, href } = part;
    let name = match name {
        PartName::Frame => {
            say!(lang, "施行日、変更の種類、変わったこと", "Day, kind of change, and what changed").into_any()
        }
        PartName::Preamble => say!(lang, "はじめに", "Opening").into_any(),
        PartName::Clause(words) => view! { <Say words page=lang/> }.into_any(),
        PartName::Statements => say!(lang, "署名の前に確かめること", "What the signer ticks").into_any(),
    };
    let changed =
        changed.then(|| view! { " "<span class="drafts__what">{say!(lang, "変更あり", "changed")}</span> });
    view! { <li><a href=href>{name}</a>{changed}</li> }
}

impl DraftPage {
    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let change = self
            .change
            .map_or_else(|| say!(lang, "まだ決めていません", "not decided yet"), |change| change.word(lang));
        let at = self.at.minutes(lang);
        let writers = self.writers.join(&say!(lang, "、", ", "));
        let (approved, needed, revision) = (self.approved, self.needed, &self.revision);
        vec![
            Fact::text(say!(lang, "変更の種類", "Kind of change"), change),
            Fact::text(say!(lang, "施行日", "In force from"), self.effective.plain(lang)),
            Fact {
                name: say!(lang, "書いた人", "Written by"),
                value: view! { <Written text=writers lang/>{say!(lang, "（最後の保存 {at}）", " (last saved {at})")} }.into_any(),
            },
            Fact::text(
                say!(lang, "承認", "Approvals"),
                say!(lang, "必要な{needed}人のうち{approved}人", "{approved} of the {needed} that are needed"),
            ),
            Fact { name: say!(lang, "文のハッシュ値", "Hash of the text"), value: view! { <code>{revision.clone()}</code> }.into_any() },
        ]
    }

    /// What comes next: publishing, or what is missing.
    fn next(&self, lang: Lang) -> AnyView {
        if self.missing.is_empty() {
            let href = self.publish.clone();
            return view! {
                <Notice tone=Tone::Done title=say!(lang, "公開できます。", "It can be published.")>
                    <p>{say!(lang, "次のページで、署名をお願いする人と期限を確かめます。", "The next page shows who would be asked to sign, and by when.")}</p>
                    <p class="links"><LinkButton href words=say!(lang, "公開の前に確かめる", "Look before publishing")/></p>
                </Notice>
            }
            .into_any();
        }
        let missing = self
            .missing
            .iter()
            .map(|missing| {
                let words = match missing {
                    BlockedView::Unchanged => say!(
                        lang,
                        "前の版と違うところがありません。",
                        "Nothing differs from the version before."
                    ),
                    BlockedView::Frame => say!(
                        lang,
                        "変更の種類と、変わったことを書いてください。",
                        "The kind of change and what changed are not written down."
                    ),
                    BlockedView::DayPast => {
                        say!(lang, "施行日が過ぎています。", "The day from which it would hold is past.")
                    }
                    BlockedView::DayBeforeEarlier => say!(
                        lang,
                        "施行日が、前に公開した版の施行日より前です。",
                        "The day is before that of a version that was published earlier.",
                    ),
                    BlockedView::Reviews => say!(
                        lang,
                        "書いた人とは別の担当者の承認が足りません。",
                        "Not enough others of the office have approved it.",
                    ),
                };
                view! { <li>{words}</li> }
            })
            .collect_view();
        view! {
            <Notice title=say!(lang, "公開までに必要なこと", "Before it can be published")>
                <ul>{missing}</ul>
                <p>{say!(
                    lang,
                    "承認に必要な人数は、設定 policy.reviewers で決めます（1人以上）。",
                    "How many approvals are needed is the setting policy.reviewers (at least 1).",
                )}</p>
            </Notice>
        }
        .into_any()
    }
}

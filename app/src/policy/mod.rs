//! The policy, to read, to print and to point at; and how the training office writes its next version.

pub mod difference;
pub mod draft;
pub mod draft_fault;
pub mod office;
pub mod part_form;
pub mod publish;
pub mod review;

pub(crate) use difference::Compared;
pub use difference::{ClauseChange, ClauseDifference, Comparison, LineDifference, Piece};
pub use draft::{BlockedView, DraftPage, PartLine, PartName};
pub use draft_fault::DraftFault;
pub use office::{ChangeView, DraftState, PolicyOffice, VersionLine};
pub use part_form::{PartForm, PartKind, PartValues};
pub use publish::{PolicyPublish, PublishFault};
pub use review::{ReviewFault, ReviewLine};

use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::ui::trail::Crumb;
use crate::ui::{BackLink, Block, Notice, PrintButton, Prose, Say, Tone, Trail, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The pages above those on which the policy is written.
fn trail(lang: Lang, list: bool) -> AnyView {
    let mut crumbs = vec![Crumb {
        words: say!(lang, "全体の状況", "The whole hospital"),
        href: paths::OFFICE.to_owned(),
    }];
    if list {
        crumbs.push(Crumb {
            words: say!(lang, "規程の版", "Versions of the policy"),
            href: paths::OFFICE_POLICY.to_owned(),
        });
    }
    view! { <Trail crumbs lang/> }.into_any()
}

/// A line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseEntry {
    /// Anchor in the text: `C4`.
    pub id: String,
    /// The heading of the clause, with its number: 「第4条 患者さんの情報」.
    pub title: Words,
}

/// What changed in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    /// The version that brought it.
    pub version: u32,
    /// From when it applies.
    pub effective: Day,
    /// One line for each change.
    pub lines: Vec<Words>,
}

/// The two Japanese texts of a policy that has a plain one, for somebody who reads plain Japanese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainText {
    /// The plain text is shown; the one that binds stands at this address.
    Shown {
        /// Where the binding text is.
        binding: String,
    },
    /// The text that binds is shown; the plain one stands at this address.
    SetAside {
        /// Where the plain text is.
        plain: String,
    },
}

/// The policy as one readable page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPage {
    /// 「SNS利用規程」
    pub title: Words,
    /// Version, from 1.
    pub version: u32,
    /// From when it applies.
    pub effective: Day,
    /// The clauses, in order.
    pub contents: Vec<ClauseEntry>,
    /// Preamble and clauses; each clause begins with a heading that carries its anchor.
    pub body: Vec<Block>,
    /// What changed, newest first.
    pub changes: Vec<PolicyChange>,
    /// The text shown is a reference translation; the Japanese one binds.
    pub translation: bool,
    /// For somebody who reads plain Japanese: which of the two texts is shown.
    pub plain: Option<PlainText>,
    /// Another version than the one in force: the address of that one.
    pub newer: Option<String>,
    /// That one is earlier: this version holds only from a later day on.
    pub ahead: bool,
    /// It is a draft: the address of its page.
    pub draft: Option<String>,
}

impl Page for PolicyPage {
    fn title(&self, lang: Lang) -> String {
        let (title, version) = (self.title.text(), self.version);
        say!(lang, "{title} 第{version}版", "{title}, version {version}")
    }

    fn kind(&self) -> PageKind {
        PageKind::Paper
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            title,
            version,
            effective,
            contents,
            body,
            changes,
            translation,
            plain,
            newer,
            ahead,
            draft,
        } = self;
        view! {
            <div class="document">
                {draft.map(|href| view! {
                    <BackLink href words=say!(lang, "下書きへ戻る", "Back to the draft")/>
                    <Notice tone=Tone::Warn title=say!(
                        lang,
                        "これは下書きです。まだ公開していません。",
                        "This is a draft. It has not been published.",
                    )/>
                })}
                {newer.map(|href| view! {
                    <Notice tone=Tone::Warn title=if ahead {
                        say!(lang, "これは、これから施行する版です。", "This version is not in force yet.")
                    } else {
                        say!(lang, "これは以前の版です。", "This is an earlier version.")
                    }>
                        <a href=href>{say!(lang, "いまの版を読む", "Read the version in force")}</a>
                    </Notice>
                })}
                <h1><Say words=title page=lang/></h1>
                <Edition version effective lang/>
                {translation.then(|| view! { <Reference lang/> })}
                {plain.map(|plain| view! { <PlainRemark plain lang/> })}
                <Contents contents lang/>
                <div class="document__text"><Prose body page=lang/></div>
                {(!changes.is_empty()).then(|| view! {
                    <section class="changes" aria-labelledby="changes">
                        <h2 class="small-title" id="changes">{say!(lang, "改正の記録", "Record of changes")}</h2>
                        <Changes changes lang/>
                    </section>
                })}
                <PrintButton lang/>
            </div>
        }
        .into_any()
    }
}

/// Version and date.
#[component]
pub(crate) fn Edition(version: u32, effective: Day, lang: Lang) -> AnyView {
    let day = effective.plain(lang);
    view! { <p class="edition">{say!(lang, "第{version}版 · {day} 施行", "Version {version}, in force from {day}")}</p> }
    .into_any()
}

/// That the text is a translation.
#[component]
pub(crate) fn Reference(lang: Lang) -> AnyView {
    view! {
        <Notice title=say!(
            lang,
            "これは参考訳です。正本は日本語です。",
            "This is a reference translation. The Japanese text is the binding one.",
        )/>
    }
    .into_any()
}

/// What plain Japanese is for, and the way to the other text.
#[component]
pub(crate) fn PlainRemark(plain: PlainText, lang: Lang) -> AnyView {
    let (href, words) = match plain {
        PlainText::Shown { binding } => {
            (binding, say!(lang, "ふつうの日本語の文を読む", "Read the text that binds"))
        }
        PlainText::SetAside { plain } => {
            (plain, say!(lang, "やさしい日本語で読む", "Read it in plain Japanese"))
        }
    };
    view! {
        <Notice>
            <p>{say!(
                lang,
                "やさしい日本語は、読むためのものです。署名するのは、ふつうの日本語の文です。",
                "Plain Japanese is for reading. What you sign is the ordinary Japanese text.",
            )}</p>
            <p><a href=href>{words}</a></p>
        </Notice>
    }
    .into_any()
}

/// The table of contents.
#[component]
pub(crate) fn Contents(contents: Vec<ClauseEntry>, lang: Lang) -> AnyView {
    (!contents.is_empty())
        .then(|| {
            let lines = contents
                .into_iter()
                .map(|ClauseEntry { id, title }| {
                    view! { <li><a href=format!("#{id}")><Say words=title page=lang/></a></li> }
                })
                .collect_view();
            view! {
                <nav class="contents" aria-labelledby="contents">
                    <h2 class="small-title" id="contents">{say!(lang, "目次", "Contents")}</h2>
                    <ol class="contents__list" role="list">{lines}</ol>
                </nav>
            }
        })
        .into_any()
}

/// What changed, by version.
#[component]
pub(crate) fn Changes(changes: Vec<PolicyChange>, lang: Lang) -> AnyView {
    changes
        .into_iter()
        .map(|PolicyChange { version, effective, lines }| {
            let day = effective.plain(lang);
            let lines = lines.into_iter().map(|words| view! { <li><Say words page=lang/></li> }).collect_view();
            view! {
                <div class="change">
                    <h3 class="change__title">{say!(lang, "第{version}版（{day}）", "Version {version} ({day})")}</h3>
                    <ul>{lines}</ul>
                </div>
            }
        })
        .collect_view()
    .into_any()
}

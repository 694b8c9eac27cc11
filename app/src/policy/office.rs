//! Every version of the policy, and the one that is being written.

use super::trail;
use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, LinkButton, Notice, Say, Sheet, Submit, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// How much a version changes the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeView {
    /// Words only.
    #[default]
    Editorial,
    /// What is asked of people.
    Material,
    /// The same, and at once.
    Urgent,
}

impl ChangeView {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Editorial, Self::Material, Self::Urgent];

    /// What the form sends.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::Material => "material",
            Self::Urgent => "urgent",
        }
    }

    /// In one word.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Editorial => say!(lang, "字句の修正", "Editorial"),
            Self::Material => say!(lang, "内容の変更", "Material"),
            Self::Urgent => say!(lang, "緊急の変更", "Urgent"),
        }
    }

    /// What it means for those who signed.
    #[must_use]
    pub(super) fn meaning(self, lang: Lang) -> String {
        match self {
            Self::Editorial => say!(
                lang,
                "意味は変わりません。改めての署名は求めません。",
                "The meaning stays the same. Nobody is asked to sign again.",
            ),
            Self::Material => say!(
                lang,
                "守ることが変わります。署名した人に、改めて署名を求めます。",
                "What is asked of people changes. Those who have signed are asked again.",
            ),
            Self::Urgent => say!(
                lang,
                "すぐに守る必要があります。短い期限で、改めて署名を求めます。",
                "It has to be kept at once. Those who have signed are asked again, by an early date.",
            ),
        }
    }
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub version: u32,
    /// How much it changed; `None`: it came with the program.
    pub change: Option<ChangeView>,
    /// From when it holds.
    pub effective: Day,
    /// When it was published.
    pub published: Moment,
    /// By whom; `None`: it came with the program.
    pub by: Option<String>,
    /// How many people have signed it.
    pub signed: u32,
    /// First characters of its hash.
    pub revision: String,
    /// It is in force.
    pub in_force: bool,
    /// It holds only from a later day on.
    pub ahead: bool,
    /// What it changed.
    pub changes: Vec<Words>,
    /// Its text.
    pub href: String,
    /// The training by which people are asked to sign it.
    pub asked: Option<String>,
}

/// The version that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftState {
    /// Its number.
    pub version: u32,
    /// How much it changes, once somebody has said.
    pub change: Option<ChangeView>,
    /// Who wrote in it last.
    pub by: String,
    /// When.
    pub at: Moment,
    /// How many have approved it.
    pub approved: usize,
    /// How many must.
    pub needed: usize,
    /// Its page.
    pub href: String,
}

/// The page. POST to `begin`: nothing, or `from` = `program`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyOffice {
    /// 「SNS利用規程」
    pub title: Words,
    /// What is being written.
    pub draft: Option<DraftState>,
    /// Every version, newest first.
    pub versions: Vec<VersionLine>,
    /// The number of a text that the program brought and that nobody has made the hospital's own.
    pub offered: Option<u32>,
    /// Where a draft is begun.
    pub begin: String,
}

impl Page for PolicyOffice {
    fn title(&self, lang: Lang) -> String {
        let title = self.title.text();
        say!(lang, "{title}の版", "Versions of the {title}")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let heading = self.title(lang);
        let Self { draft, versions, offered, begin, .. } = self;
        let now = draft.map_or_else(
            || {
                let program = begin.clone();
                let offered = offered.map(|_| {
                    view! {
                        <Notice title=say!(lang, "プログラムの更新で、新しい見本の文が届いています。", "An update of the program has brought a newer model text.")>
                            <p>{say!(lang, "自動では使われません。下書きにして、病院で決めてから使います。", "It is not used by itself. Make it a draft, and decide about it here.")}</p>
                            <form method="post" action=program>
                                <input type="hidden" name="from" value="program"/>
                                <Submit weight=Weight::Side words=say!(lang, "届いた文から下書きを作る", "Begin a draft from that text")/>
                            </form>
                        </Notice>
                    }
                });
                view! {
                    {offered}
                    <form method="post" action=begin.clone() class="links">
                        <Submit words=say!(lang, "新しい版の下書きを作る", "Begin the next version")/>
                    </form>
                }
                .into_any()
            },
            |draft| written(draft, lang),
        );
        view! {
            <div class="report">
                {trail(lang, false)}
                <h1>{heading}</h1>
                <p class="lead">{say!(
                    lang,
                    "下書きは、書いた人とは別の人が読んで承認します。公開するまで、だれの画面も変わりません。",
                    "A draft is read and approved by others than those who wrote it. Until it is published nobody sees a change.",
                )}</p>
                <section class="report__part" aria-labelledby="draft">
                    <h2 id="draft">{say!(lang, "次の版", "The next version")}</h2>
                    {now}
                </section>
                <section class="report__part" aria-labelledby="versions-title">
                    <h2 id="versions-title">{say!(lang, "これまでの版", "Versions so far")}</h2>
                    {table(versions, lang)}
                </section>
            </div>
        }
        .into_any()
    }
}

fn written(draft: DraftState, lang: Lang) -> AnyView {
    let DraftState { version, change, by, at, approved, needed, href } = draft;
    let at = at.minutes(lang);
    let change = change
        .map_or_else(|| say!(lang, "まだ決めていません", "not decided yet"), |change| change.word(lang));
    let facts = vec![
        Fact::text(
            say!(lang, "版", "Version"),
            say!(lang, "第{version}版（下書き）", "Version {version} (draft)"),
        ),
        Fact::text(say!(lang, "変更の種類", "Kind of change"), change),
        Fact {
            name: say!(lang, "最後に書いた人", "Last written by"),
            value: view! { <Written text=by lang/>{say!(lang, "　{at}", ", {at}")} }.into_any(),
        },
        Fact::text(
            say!(lang, "承認", "Approvals"),
            say!(lang, "必要な{needed}人のうち{approved}人", "{approved} of the {needed} that are needed"),
        ),
    ];
    view! {
        <Facts facts/>
        <p class="links"><LinkButton href words=say!(lang, "下書きを開く", "Open the draft")/></p>
    }
    .into_any()
}

fn table(versions: Vec<VersionLine>, lang: Lang) -> AnyView {
    let rows = versions
        .into_iter()
        .map(|line| {
            let VersionLine { version, change, effective, published, by, signed, revision, .. } = line;
            let state = match (line.in_force, line.ahead) {
                (true, _) => Some(say!(lang, "いまの版", "in force")),
                (false, true) => Some(say!(lang, "これから", "to come")),
                (false, false) => None,
            };
            let change = change.map_or_else(|| say!(lang, "―", "―"), |change| change.word(lang));
            let by = by.map_or_else(
                || say!(lang, "プログラム", "the program").into_any(),
                |by| view! { <Written text=by lang/> }.into_any(),
            );
            let changes: Vec<_> = line.changes.into_iter().map(|words| view! { <li><Say words page=lang/></li> }).collect();
            let changes = (!changes.is_empty()).then(|| view! { <ul class="versions__changes">{changes}</ul> });
            let asked = line.asked.map(|href| {
                view! { <a class="sheet__aside" href=href>{say!(lang, "署名の状況", "How signing goes")}</a> }
            });
            view! {
                <tr>
                    <th scope="row">
                        <a href=line.href>{say!(lang, "第{version}版", "Version {version}")}</a>
                        {state.map(|state| view! { " "<span class="versions__state">{state}</span> })}
                        {changes}
                    </th>
                    <td data-label=say!(lang, "種類", "Kind")><span class="nowrap">{change}</span></td>
                    <td data-label=say!(lang, "施行日", "In force from")><span class="nowrap">{effective.plain(lang)}</span></td>
                    <td data-label=say!(lang, "公開", "Published")><span>{published.minutes(lang)}<span class="sheet__aside">{by}</span></span></td>
                    <td class="number" data-label=say!(lang, "署名した人", "Signed by")><span>{say!(lang, "{signed}人", "{signed}")}{asked}</span></td>
                    <td data-label=say!(lang, "ハッシュ値", "Hash")><code class="nowrap">{revision}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Sheet id="versions" caption=say!(lang, "これまでの版", "Versions so far") quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "版", "Version")}</th>
                    <th scope="col">{say!(lang, "種類", "Kind")}</th>
                    <th scope="col">{say!(lang, "施行日", "In force from")}</th>
                    <th scope="col">{say!(lang, "公開", "Published")}</th>
                    <th scope="col" class="number">{say!(lang, "署名した人", "Signed by")}</th>
                    <th scope="col">{say!(lang, "ハッシュ値", "Hash")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

//! One department in time: what it was and will be called, where it lies, who manages it, and what can be done with it.

use crate::day::Day;
use crate::page::Page;
use crate::people::{OfficeTrail, Reorganisation};
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, LinkButton, Notice, Sheet, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Whoever manages a department, or stands in for whoever does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managing {
    /// Name.
    pub name: String,
    /// In the place of the manager (代行).
    pub deputy: bool,
    /// The last day, where it is set.
    pub until: Option<Day>,
}

impl Managing {
    /// 「阿部 洋子（代行、2027年3月31日まで）」
    pub(super) fn view(self, lang: Lang) -> AnyView {
        let Self { name, deputy, until } = self;
        let until = until.map(|day| day.plain(lang));
        let beside = match (deputy, until) {
            (false, None) => None,
            (true, None) => Some(say!(lang, "（代行）", " (deputy)")),
            (false, Some(until)) => Some(say!(lang, "（{until}まで）", " (until {until})")),
            (true, Some(until)) => Some(say!(lang, "（代行、{until}まで）", " (deputy until {until})")),
        };
        view! { <Written text=name lang/>{beside} }.into_any()
    }
}

/// How a department stands from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// From when; `None`: from the beginning.
    pub from: Option<Day>,
    /// Its name.
    pub name: String,
    /// The name of the department above.
    pub above: Option<String>,
    /// Whether it exists.
    pub open: bool,
    /// It stands so today.
    pub now: bool,
    /// It will only stand so on a day to come.
    pub ahead: bool,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentRecord {
    /// Code.
    pub code: String,
    /// Name today.
    pub name: String,
    /// How it stood, stands and will stand, the latest first.
    pub standings: Vec<Standing>,
    /// Who manages it.
    pub managers: Vec<Managing>,
    /// It is closed, or its end is set.
    pub closed: bool,
    /// A change was made just now.
    pub done: bool,
    /// Address of this page; what can be done lies below it.
    pub address: String,
    /// Where the people in and below it are listed.
    pub below: String,
    /// Address of the tree.
    pub tree: String,
    /// Address of the list of people.
    pub list: String,
}

impl Page for DepartmentRecord {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "部署の変更と履歴", "Department: changes and history")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { code, name, standings, managers, closed, done, address, below, tree, list } = self;
        let done = done.then(|| {
            view! {
                <Notice tone=Tone::Done live=true title=say!(lang, "変更を記録しました。", "The change is recorded.")>
                    <p>{say!(
                        lang,
                        "先の日付の変更は、その日になると自動で切り替わります。",
                        "A change for a day to come takes effect by itself on that day.",
                    )}</p>
                </Notice>
            }
        });
        let none = managers.is_empty().then(|| say!(lang, "いません", "Nobody"));
        let managers =
            managers.into_iter().map(|managing| view! { <li>{managing.view(lang)}</li> }).collect_view();
        let facts = vec![
            Fact::text(say!(lang, "コード", "Code"), code),
            Fact {
                name: say!(lang, "所属長", "Manager"),
                value: view! { {none}<ul class="plain-list" role="list">{managers}</ul> }.into_any(),
            },
        ];
        let rows = standings.into_iter().map(|standing| row(standing, lang)).collect_view();
        let actions = (!closed).then(|| {
            let actions = Reorganisation::OF_ONE
                .into_iter()
                .map(|what| {
                    let href = format!("{address}/{}", what.code());
                    view! { <li><a href=href>{what.words(lang)}</a></li> }
                })
                .collect_view();
            view! {
                <section aria-labelledby="actions">
                    <h2 id="actions">{say!(lang, "変更する", "Change it")}</h2>
                    <p>{say!(
                        lang,
                        "変わるところを確かめてから決まります。先の日付でも入れられます。",
                        "You see what would change before it is decided. A day to come can be given.",
                    )}</p>
                    <ul class="reorganise__actions" role="list">{actions}</ul>
                </section>
            }
        });
        view! {
            <div class="people reorganise">
                <OfficeTrail lang people=Some(list)/>
                <h1><Written text=name lang/></h1>
                {done}
                <Facts facts/>
                {actions}
                <Sheet id="standings" caption=say!(lang, "これまでとこれから", "Until now and from now on")>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "いつから", "From")}</th>
                            <th scope="col">{say!(lang, "名前", "Name")}</th>
                            <th scope="col">{say!(lang, "上位の部署", "Department above")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Sheet>
                <p class="links">
                    <LinkButton href=below weight=Weight::Side words=say!(lang, "所属している人を見る", "See its people")/>
                    <LinkButton href=tree weight=Weight::Light words=say!(lang, "部署の一覧へ", "To the departments")/>
                </p>
            </div>
        }
        .into_any()
    }
}

fn row(standing: Standing, lang: Lang) -> AnyView {
    let Standing { from, name, above, open, now, ahead } = standing;
    let from = from.map_or_else(|| say!(lang, "はじめから", "The beginning"), |day| day.plain(lang));
    let mark =
        if ahead { Some(say!(lang, "予定", "Planned")) } else { now.then(|| say!(lang, "現在", "Now")) };
    let mark = mark.map(|words| view! { <span class="tree__closed">{words}</span> });
    let closed = (!open).then(|| say!(lang, "（開設前または廃止）", " (not open)"));
    let above = above.unwrap_or_else(|| say!(lang, "なし（いちばん上）", "None (at the top)"));
    view! {
        <tr>
            <th scope="row">{from}" "{mark}</th>
            <td data-label=say!(lang, "名前", "Name")><Written text=name lang/>{closed}</td>
            <td data-label=say!(lang, "上位の部署", "Department above")><Written text=above lang/></td>
        </tr>
    }
    .into_any()
}

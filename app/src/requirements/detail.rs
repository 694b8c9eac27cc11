//! One training: for whom, by when, with which modules, and what can be changed.

use super::audience::AudienceView;
use super::trail;
use crate::day::{Day, Moment};
use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{Fact, Facts, LinkButton, Notice, Rate, Submit, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// One training. POST to `change` starts a draft of another rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementPage {
    /// Its title.
    pub title: String,
    /// Why the hospital asks for it.
    pub basis: String,
    /// For whom.
    pub whom: AudienceView,
    /// How often, in words.
    pub cycle: String,
    /// Its first day.
    pub opens: Day,
    /// The last day, for most people.
    pub due: Day,
    /// The last day on which a completion counts.
    pub valid_to: Option<Day>,
    /// Days that people are given, in words.
    pub days: Vec<String>,
    /// Its modules: those of each track, or of everybody.
    pub modules: Vec<(Option<String>, Vec<String>)>,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// It is of a year that is over.
    pub over: bool,
    /// How many of those who owe it have done it.
    pub rate: Rate,
    /// How many come to owe it and have not been given it yet: that is being done.
    pub waiting: u32,
    /// How often its rule was changed.
    pub changes: u32,
    /// The people.
    pub people: String,
    /// Where another rule is begun.
    pub change: String,
    /// Where it is closed.
    pub close: String,
}

impl Page for RequirementPage {
    fn title(&self, _: Lang) -> String {
        self.title.clone()
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            title,
            basis,
            whom,
            cycle,
            opens,
            due,
            valid_to,
            days,
            modules,
            closed,
            over,
            rate,
            waiting,
            changes,
            people,
            change,
            close,
        } = self;
        let open = closed.is_none() && !over;
        let closed = closed.map(|at| {
            let at = at.minutes(lang);
            view! {
                <Notice tone=Tone::Info title=say!(lang, "{at}に受付を終えました。", "Closed on {at}.")>
                    <p>{say!(
                        lang,
                        "新しく割り当てられる人はいません。すでに割り当てられた人の期限は変わりません。",
                        "Nobody new comes to owe it. Whoever owed it already still does, by the same date.",
                    )}</p>
                </Notice>
            }
        });
        let waiting = (waiting > 0).then(|| {
            view! {
                <Notice tone=Tone::Info title=say!(lang, "あと{waiting}人に割り当てています。", "Being given to {waiting} more people.")>
                    <p>{say!(lang, "このページを離れても続きます。", "It goes on when you leave this page.")}</p>
                </Notice>
            }
        });
        let alone = modules.is_empty().then(|| {
            view! { <p>{say!(lang, "署名だけです。教材はありません。", "Only a signature under the policy; there are no modules.")}</p> }
        });
        let modules = modules
            .into_iter()
            .map(|(track, modules)| {
                let lines = modules
                    .into_iter()
                    .map(|title| view! { <li><Written text=title lang/></li> })
                    .collect_view();
                view! {
                    {track.map(|track| view! { <p><b><Written text=track lang/></b></p> })}
                    <ul>{lines}</ul>
                }
            })
            .collect_view();
        let days = days.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        let mut facts = vec![
            Fact { name: say!(lang, "対象", "For whom"), value: whom.lines(lang) },
            Fact::text(say!(lang, "繰り返し", "How often"), cycle),
            Fact::text(say!(lang, "開始", "Opens"), opens.plain(lang)),
            Fact::text(say!(lang, "期限", "Due"), due.plain(lang)),
        ];
        if let Some(day) = valid_to {
            facts.push(Fact::text(
                say!(lang, "修了が有効な最後の日", "Completions count until"),
                day.plain(lang),
            ));
        }
        facts.push(Fact {
            name: say!(lang, "日数の決まり", "Days given"),
            value: view! { <ul role="list">{days}</ul> }.into_any(),
        });
        facts.push(Fact {
            name: say!(lang, "根拠", "Why"),
            value: view! { <Written text=basis lang/> }.into_any(),
        });
        facts.push(Fact::text(say!(lang, "受講率", "Rate"), rate.words(lang)));
        if changes > 0 {
            facts.push(Fact::text(
                say!(lang, "決まりの変更", "Changes of the rule"),
                say!(lang, "{changes}回", "{changes}"),
            ));
        }
        let actions = open.then(|| {
            view! {
                <div class="form__row">
                    <form method="post" action=change><Submit weight=Weight::Side words=say!(lang, "対象や日数の決まりを変える", "Change for whom and how long")/></form>
                    <LinkButton href=close weight=Weight::Light words=say!(lang, "受付を終える", "Close it")/>
                </div>
            }
        });
        view! {
            <div class="report">
                {trail(lang, true)}
                <h1><Written text=title lang/></h1>
                {closed}
                {waiting}
                <Facts facts/>
                <p class="links"><LinkButton href=people words=say!(lang, "受講状況を見る", "See who has done it")/></p>
                {actions}
                <details class="fold">
                    <summary>{say!(lang, "教材", "Modules")}</summary>
                    {alone}
                    {modules}
                </details>
            </div>
        }
        .into_any()
    }
}

//! 「納得できないという声」: what people could not agree with, for the training office.

use crate::day::Day;
use crate::page::Page;
use crate::reports::{Choice, grouped};
use crate::training::objection::lines_of;
use crate::ui::written::Written;
use crate::ui::{BackLink, Pager, Say, SelectField, SelectOption, Submit, Verdict, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Which ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionState {
    /// Waiting.
    Open,
    /// Dealt with.
    Answered,
    /// Both.
    All,
}

impl ObjectionState {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Open => say!(lang, "対応前", "Open"),
            Self::Answered => say!(lang, "対応済み", "Dealt with"),
            Self::All => say!(lang, "すべて", "All"),
        }
    }
}

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateTab {
    /// Which ones.
    pub state: ObjectionState,
    /// How many.
    pub count: u32,
    /// Its address.
    pub href: String,
    /// It is shown now.
    pub here: bool,
}

/// What was answered there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// It was chosen.
    Chosen,
    /// It was put in this place, from 1.
    Place(u16),
    /// This was decided about it.
    Act(Words),
}

/// Something of a question that could be answered, with its explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine {
    /// Its words.
    pub text: Words,
    /// What it, or what was decided about it, is worth.
    pub verdict: Option<Verdict>,
    /// Whether it had to be picked, where some had to.
    pub applies: Option<bool>,
    /// The explanation.
    pub why: Option<Words>,
    /// What was answered.
    pub given: Option<Given>,
}

/// A question as it was shown, with its explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownQuestion {
    /// Who, where and when.
    pub scene: Option<Words>,
    /// The question.
    pub ask: Words,
    /// What could be answered, in the order of the course.
    pub lines: Vec<ShownLine>,
    /// It was answered in words of one's own, which stay with whoever wrote them.
    pub own_words: bool,
}

/// An objection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionLine {
    /// Its page.
    pub href: String,
    /// Its module, as it was called.
    pub module: Words,
    /// The stable name of the question.
    pub place: String,
    /// The question. `None`: the stored module does not have it.
    pub question: Option<ShownQuestion>,
    /// What was written.
    pub words: String,
    /// The language of the page on which it was written.
    pub lang: Lang,
    /// Name and number of whoever wrote it, where they wanted to be named.
    pub name: Option<(String, String)>,
    /// On which day.
    pub made: Day,
    /// On which day it was dealt with.
    pub answered: Option<Day>,
    /// The reply.
    pub reply: Option<String>,
}

/// The list. GET to `action`: `state`, `module`, `place`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionsPage {
    /// Where its form leads.
    pub action: String,
    /// The state that is shown, for the form.
    pub state: String,
    /// The question that is asked for, or empty.
    pub place: String,
    /// Modules, with all of them on top.
    pub modules: Vec<Choice>,
    /// Tabs by state.
    pub tabs: Vec<StateTab>,
    /// The objections of this page.
    pub lines: Vec<ObjectionLine>,
    /// First and last line shown, and all.
    pub part: (u32, u32, u32),
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
    /// The list of questions.
    pub questions: String,
}

impl Page for ObjectionsPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "納得できないという声", "Objections")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            action,
            state,
            place,
            modules,
            tabs,
            lines,
            part: (first, last, of),
            before,
            after,
            questions,
        } = self;
        let options = modules
            .into_iter()
            .map(|Choice { value, words, chosen, .. }| SelectOption { value, words, chosen })
            .collect();
        let none = lines.is_empty().then(|| {
            view! {
                <p class="report__empty">{say!(lang, "声はありません。", "There are none.")}</p>
            }
        });
        let only = (!place.is_empty()).then(|| {
            let place = place.clone();
            view! {
                <p>{say!(lang, "問い ", "Question ")}<code>{place}</code>{say!(lang, " への声だけを表示しています。", " only.")}</p>
            }
        });
        let lines = lines.into_iter().map(|line| view! { <li>{card(line, true, lang)}</li> }).collect_view();
        view! {
            <div class="report objections">
                <BackLink href=questions words=say!(lang, "教材のふりかえり", "What the answers show")/>
                <h1>{say!(lang, "納得できないという声", "Objections")}</h1>
                <p>{say!(
                    lang,
                    "説明のページで「この説明に納得できない」から送られたものです。問い、説明、規程のどれを直すかを考える材料です。",
                    "Sent from the pages of explanations. They help to decide whether the question, the explanation or the policy should change.",
                )}</p>
                {state_tabs(tabs, lang)}
                <form method="get" action=action class="conditions__form">
                    <input type="hidden" name="state" value=state/>
                    <SelectField name="module" label=say!(lang, "教材", "Module") options lang/>
                    <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
                </form>
                {only}
                {none}
                <ol class="objections__list" role="list">{lines}</ol>
                <Pager lang first last of before after/>
            </div>
        }
        .into_any()
    }
}

fn state_tabs(tabs: Vec<StateTab>, lang: Lang) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|StateTab { state, count, href, here }| {
            let count = grouped(count);
            view! {
                <li>
                    <a class="tab" href=href aria-current=here.then_some("page")>
                        <span>{state.words(lang)}</span>
                        <span class="tab__count">{say!(lang, "{count}件", "{count}")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=say!(lang, "対応でしぼる", "Filter by state")>
            <ul class="tabs__list" role="list">{tabs}</ul>
        </nav>
    }
    .into_any()
}

/// What was written, and about what.
pub(crate) fn card(line: ObjectionLine, linked: bool, lang: Lang) -> AnyView {
    let ObjectionLine { href, module, place, question, words, lang: written, name, made, answered, reply } =
        line;
    let ask = question.map_or_else(|| Words::plain(Lang::En, place.as_str()), |question| question.ask);
    let ask = if linked {
        view! { <h2 class="objection-card__ask"><a href=href><Say words=ask page=lang/></a></h2> }.into_any()
    } else {
        ().into_any()
    };
    let who = match name {
        Some((name, number)) => view! { <span><Written text=name lang/>"（"{number}"）"</span> }.into_any(),
        None => view! { <span>{say!(lang, "名前なし", "without a name")}</span> }.into_any(),
    };
    let made = made.plain(lang);
    let state = answered.map(|on| {
        let on = on.plain(lang);
        view! { <span>{say!(lang, "{on} 対応済み", "dealt with on {on}")}</span> }
    });
    let reply = reply.map(|reply| {
        view! {
            <div class="objection-card__reply">
                <span class="why__label">{say!(lang, "返事", "Reply")}</span>
                <p lang="">{lines_of(&reply)}</p>
            </div>
        }
    });
    let tag = (written != lang).then(|| written.tag());
    view! {
        <article class="objection-card">
            <p class="insight__about"><span><Say words=module page=lang/></span><code>{place}</code></p>
            {ask}
            <blockquote class="objection-card__words" lang=tag>{lines_of(&words)}</blockquote>
            <p class="insight__about"><span>{made}</span>{who}{state}</p>
            {reply}
        </article>
    }
    .into_any()
}

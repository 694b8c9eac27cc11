//! 「誤解の多い条」: clauses and departments. In every cell a share and a word; the tint only helps.

use crate::page::{Page, PageKind};
use crate::ui::{
    BackLink, Notice, PrintButton, Rate, Say, SelectField, SelectOption, Sheet, Submit, Tone, Weight, Words,
};
use crate::{Lang, say};
use leptos::prelude::*;

use super::{counted, hidden, whole_percent};
use crate::reports::conditions::Choice;
use crate::reports::export::{Export, ExportForm};
use crate::reports::paper::{Paper, PaperHead};
use crate::reports::{AsOf, no_training};
use crate::ui::written::Written;

/// How many answers miss a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Few.
    Few,
    /// Some: a fifth or more.
    Some,
    /// Many: two fifths or more.
    Many,
}

impl Level {
    /// Of a share of answers that were not good.
    pub fn of(rate: Rate) -> Option<Self> {
        rate.tenths().map(|tenths| match tenths {
            400.. => Self::Many,
            200.. => Self::Some,
            _ => Self::Few,
        })
    }

    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Few => say!(lang, "少ない", "few"),
            Self::Some => say!(lang, "やや多い", "some"),
            Self::Many => say!(lang, "多い", "many"),
        }
    }

    const fn mark(self) -> Option<&'static str> {
        match self {
            Self::Few => None,
            Self::Some => Some("below"),
            Self::Many => Some("far"),
        }
    }
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Nobody was asked about the clause.
    Nobody,
    /// Too few people, or what would tell of too few.
    Small,
    /// So many first answers were not good, of so many.
    Told(Rate),
}

/// A clause above its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseHead {
    /// Its number.
    pub number: String,
    /// Its title; empty when the policy no longer has it.
    pub title: Words,
    /// The questions of the clause.
    pub href: String,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseRow {
    /// The department. `None`: people without one.
    pub name: Option<String>,
    /// One cell a clause.
    pub cells: Vec<Share>,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClausesPage {
    /// The list of questions.
    pub back: String,
    /// Title of the requirement. `None`: there is none yet.
    pub requirement: Option<String>,
    /// As of when.
    pub as_of: AsOf,
    /// Where the form leads: GET `requirement`.
    pub action: String,
    /// Requirements, newest first.
    pub requirements: Vec<Choice>,
    /// The clauses in the order of the policy.
    pub clauses: Vec<ClauseHead>,
    /// The whole hospital.
    pub total: Vec<Share>,
    /// The departments in the order of the tree.
    pub rows: Vec<ClauseRow>,
    /// Departments of which nothing may be told.
    pub left_out: u32,
    /// The file.
    pub export: ExportForm,
    /// What the paper says.
    pub paper: PaperHead,
}

impl Page for ClausesPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "誤解の多い条", "Clauses most misunderstood")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let rest = self.clone();
        let Self { back, requirement, as_of, action, requirements, clauses, total, rows, .. } = self;
        let Self { left_out, export, paper, .. } = rest;
        let none = requirement.is_none().then(|| no_training(!requirements.is_empty(), lang));
        let empty = clauses.is_empty();
        let nothing = (requirement.is_some() && empty).then(|| {
            let title = say!(lang, "まだ答えはありません。", "There are no answers yet.");
            view! { <Notice tone=Tone::Info title=title/> }
        });
        let left_out = (left_out > 0).then(|| {
            view! { <p class="report__note">{say!(
                lang,
                "ほかの{left_out}部署は、人数が少ないため表示していません。",
                "{left_out} more departments are too small to be shown.",
            )}</p> }
        });
        let table = (!empty).then(|| {
            view! {
                <div class="roster__tools insight__tools"><Export form=export lang/></div>
                {table(clauses, total, rows, lang)}
                {left_out}
            }
        });
        let options = requirements
            .into_iter()
            .map(|Choice { value, words, chosen, .. }| SelectOption { value, words, chosen })
            .collect();
        let report = say!(lang, "誤解の多い条", "Clauses most misunderstood");
        let as_of = as_of.words(lang);
        view! {
            <Paper head=paper report class="report report--wide insight" lang>
                <BackLink href=back words=say!(lang, "教材のふりかえり", "What the answers show")/>
                <header class="report-head">
                    {requirement.map(|title| view! { <p><span class="eyebrow"><Written text=title lang/></span></p> })}
                    <h1>{say!(lang, "誤解の多い条", "Clauses most misunderstood")}</h1>
                    <p class="report__as-of">{as_of}</p>
                </header>
                <form method="get" action=action class="conditions__form">
                    <SelectField name="requirement" label=say!(lang, "研修", "Training") options lang/>
                    <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
                </form>
                {none}
                {nothing}
                {table}
                {legend(lang)}
                <PrintButton lang/>
            </Paper>
        }
        .into_any()
    }
}

fn table(clauses: Vec<ClauseHead>, total: Vec<Share>, rows: Vec<ClauseRow>, lang: Lang) -> AnyView {
    let labels: Vec<String> = clauses.iter().map(|clause| label(&clause.number, lang)).collect();
    let heads = clauses
        .into_iter()
        .map(|ClauseHead { number, title, href }| {
            let number = label(&number, lang);
            view! {
                <th scope="col" class="number heat__module">
                    <a class="sort-link" href=href>{number}</a>
                    <span class="insight__title"><Say words=title page=lang/></span>
                </th>
            }
        })
        .collect_view();
    let cells = |shares: Vec<Share>| {
        shares
            .into_iter()
            .zip(labels.iter().cloned())
            .map(|(share, label)| cell(share, label, lang))
            .collect_view()
    };
    let total = view! {
        <tr data-kind="total">
            <th scope="row" class="heat__department">{say!(lang, "病院全体", "The whole hospital")}</th>
            {cells(total)}
        </tr>
    };
    let rows = rows
        .into_iter()
        .map(|ClauseRow { name, cells: shares }| {
            let name = name.unwrap_or_else(|| say!(lang, "所属なし", "No department"));
            view! {
                <tr data-kind="department">
                    <th scope="row" class="heat__department"><Written text=name lang/></th>
                    {cells(shares)}
                </tr>
            }
        })
        .collect_view();
    let caption = say!(
        lang,
        "条と部署ごとの、よい答えでなかった最初の答えの割合",
        "Share of first answers that were not good, by clause and department",
    );
    view! {
        <Sheet id="clauses" caption quiet=true rigid=true>
            <thead>
                <tr class="heat__head">
                    <th scope="col">{say!(lang, "部署", "Department")}</th>
                    {heads}
                </tr>
            </thead>
            <tbody class="heat">{total}{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn label(number: &str, lang: Lang) -> String {
    say!(lang, "第{number}条", "Article {number}")
}

fn cell(share: Share, label: String, lang: Lang) -> AnyView {
    match share {
        Share::Nobody => view! { <td class="number heat__cell" data-label=label>"―"</td> }.into_any(),
        Share::Small => {
            view! { <td class="number heat__cell insight__hidden" data-label=label>{hidden(lang)}</td> }
                .into_any()
        }
        Share::Told(rate) => {
            let level = Level::of(rate);
            let words = level.map(|level| level.words(lang));
            view! {
                <td class="number heat__cell" data-label=label data-mark=level.and_then(Level::mark)>
                    <span class="insight__cell"><b>{whole_percent(rate)}</b>" "<span>{words}</span></span>
                </td>
            }
            .into_any()
        }
    }
}

fn legend(lang: Lang) -> AnyView {
    let lines = definitions(lang).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="report__note" aria-labelledby="legend">
            <h2 id="legend" class="small-title">{say!(lang, "表の読み方", "How to read the table")}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

/// How the table is reckoned, one sentence each: on the page and in the file.
pub fn definitions(lang: Lang) -> Vec<String> {
    vec![
        say!(
            lang,
            "各マスは、その条を問う問いへの最初の答えのうち、「最もよい」でも「よい」でもなかったものの割合です。20%以上を「やや多い」、40%以上を「多い」としています。",
            "Each cell is the share of first answers to questions about the clause that were neither the best nor a good choice: “some” from 20%, “many” from 40%.",
        ),
        say!(
            lang,
            "問いの条は、その問いが確かめる条です。二つの条を確かめる問いは、両方に数えます。",
            "The clause of a question is the one that it tests. A question that tests two counts for both.",
        ),
        say!(
            lang,
            "部署のマスに入れるのは、その問いのページでも部署の数を出せる答えだけです。10人に満たないまとまりは表示しません。",
            "A department's cell only adds up what the pages of the questions may tell of that department. Groups of fewer than 10 people are not shown.",
        ),
        counted(lang),
        say!(
            lang,
            "条の番号を押すと、その条の問いが見られます。",
            "The number of a clause leads to its questions."
        ),
    ]
}

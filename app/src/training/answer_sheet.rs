//! The answers of one attempt, with the text as it was shown then.

use crate::day::Moment;
use crate::page::Page;
use crate::training::ask::level_word;
use crate::ui::{BackLink, Fact, Facts, Say, Verdict, VerdictTag, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Number of the answer in the attempt, from 1.
    pub turn: u32,
    /// What was asked (for a reading page its title).
    pub ask: Words,
    /// What was answered. Empty for a page that was only read.
    pub answer: Vec<SheetSummary>,
    /// What it was worth.
    pub verdict: Option<Verdict>,
    /// When it was saved.
    pub at: Moment,
    /// The page as it was, read-only.
    pub href: String,
}

/// A piece of an answer, for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetSummary {
    /// Words of the course: the choice, a card, a region.
    Course(Words),
    /// The learner's own words.
    Own(String),
    /// A level of confidence, 1–4.
    Level(u8),
    /// What was chosen for one row of several.
    Row {
        /// The row: a card, a part of a text, a post.
        about: Words,
        /// What was chosen.
        chosen: Words,
    },
    /// Something in a post was looked at more closely.
    Looked(Words),
    /// The learner chose to go back and answer again.
    Again,
}

/// The sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerSheet {
    /// Title of the module.
    pub title: Words,
    /// Fiscal year.
    pub year: i32,
    /// When the attempt began.
    pub began: Moment,
    /// When it was finished.
    pub finished: Option<Moment>,
    /// First characters of the hash of the course text that was shown.
    pub revision: String,
    /// All answers in order.
    pub rows: Vec<SheetRow>,
    /// Way back.
    pub back: String,
}

impl Page for AnswerSheet {
    fn title(&self, lang: Lang) -> String {
        let (year, title) = (self.year, self.title.text());
        say!(lang, "{year}年度の答え｜{title}", "Answers of FY{year} | {title}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, year, began, finished, revision, rows, back } = self;
        let mut facts = vec![Fact::text(say!(lang, "始めた日時", "Begun"), began.minutes(lang))];
        if let Some(finished) = finished {
            facts.push(Fact::text(say!(lang, "終えた日時", "Finished"), finished.minutes(lang)));
        }
        facts.push(Fact {
            name: say!(lang, "教材の版", "Edition"),
            value: view! { <code>{revision}</code> }.into_any(),
        });
        let rows = rows.into_iter().map(|row| view! { <Row row lang/> }).collect_view();
        view! {
            <div class="narrow">
                <BackLink href=back words=say!(lang, "もどる", "Back")/>
                <p class="eyebrow">{say!(lang, "{year}年度の問いと答え", "Questions and answers of FY{year}")}</p>
                <h1><Say words=title page=lang/></h1>
                <Facts facts/>
                <ol class="sheet-rows" role="list">{rows}</ol>
            </div>
        }
        .into_any()
    }
}

/// What was chosen for a row, on one line.
pub(crate) fn row_words(about: Words, chosen: Words, lang: Lang) -> AnyView {
    view! { <li><Say words=about page=lang/>{say!(lang, "：", ": ")}<b><Say words=chosen page=lang/></b></li> }.into_any()
}

/// What was looked at, on one line.
pub(crate) fn looked_words(label: Words, lang: Lang) -> AnyView {
    view! { <li>{say!(lang, "くわしく見ました：", "Looked more closely: ")}<Say words=label page=lang/></li> }
        .into_any()
}

#[component]
fn Row(row: SheetRow, lang: Lang) -> AnyView {
    let SheetRow { turn, ask, answer, verdict, at, href } = row;
    let answer = answer
        .into_iter()
        .map(|piece| match piece {
            SheetSummary::Course(words) => view! { <li><Say words page=lang/></li> }.into_any(),
            SheetSummary::Own(text) => view! { <li class="sheet-row__own">{text}</li> }.into_any(),
            SheetSummary::Level(level) => view! { <li>{level_word(level, lang)}</li> }.into_any(),
            SheetSummary::Row { about, chosen } => row_words(about, chosen, lang),
            SheetSummary::Looked(label) => looked_words(label, lang),
            SheetSummary::Again => {
                view! { <li>{say!(lang, "もどって考え直しました", "Went back to think again")}</li> }
                    .into_any()
            }
        })
        .collect::<Vec<_>>();
    view! {
        <li class="sheet-row">
            <p class="sheet-row__head">
                <span class="sheet-row__turn">{turn}</span>
                <a class="sheet-row__ask" href=href><Say words=ask page=lang/></a>
            </p>
            {(!answer.is_empty()).then(|| view! { <ul class="sheet-row__answer" role="list">{answer}</ul> })}
            <p class="sheet-row__foot">
                {verdict.map(|verdict| view! { <VerdictTag verdict lang/> })}
                <time datetime=at.iso()>{at.minutes(lang)}</time>
            </p>
        </li>
    }
    .into_any()
}

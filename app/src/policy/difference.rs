//! What differs between two versions of the policy, clause by clause, before and after.

use crate::ui::{Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its words are others.
    Changed,
}

/// Some words of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub words: Words,
    /// They are only in this version.
    pub marked: bool,
}

/// A line in which the two differ. One of the two is empty where a line came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDifference {
    /// As it was.
    pub before: Vec<Piece>,
    /// As it is.
    pub after: Vec<Piece>,
}

/// A clause in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseDifference {
    /// Its heading.
    pub title: Words,
    /// What became of it.
    pub change: ClauseChange,
    /// Its lines that differ.
    pub lines: Vec<LineDifference>,
}

/// Two versions, compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The earlier version.
    pub before: u32,
    /// The later version.
    pub after: u32,
    /// Where they differ.
    pub clauses: Vec<ClauseDifference>,
}

/// The two versions, clause by clause. Headings of the clauses are of the third level.
#[component]
pub(crate) fn Compared(comparison: Comparison, lang: Lang) -> AnyView {
    let Comparison { before, after, clauses } = comparison;
    if clauses.is_empty() {
        return view! {
            <p>{say!(lang, "条文の言葉に違いはありません。", "The words of the articles are the same.")}</p>
        }
        .into_any();
    }
    let names =
        (say!(lang, "第{before}版", "Version {before}"), say!(lang, "第{after}版", "Version {after}"));
    clauses
        .into_iter()
        .map(|ClauseDifference { title, change, lines }| {
            let change = match change {
                ClauseChange::Added => Some(say!(lang, "加えた条", "new")),
                ClauseChange::Removed => Some(say!(lang, "なくした条", "taken out")),
                ClauseChange::Changed => None,
            };
            let lines = lines.into_iter().map(|line| one(line, &names, lang)).collect_view();
            view! {
                <section class="compared">
                    <h3 class="compared__title"><Say words=title page=lang/>{change.map(|change| view! { " "<span class="compared__change">{change}</span> })}</h3>
                    {lines}
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn one(line: LineDifference, (before, after): &(String, String), lang: Lang) -> AnyView {
    let row = |name: &String, pieces: Vec<Piece>, later: bool| {
        (!pieces.is_empty()).then(|| {
            let pieces = pieces
                .into_iter()
                .map(|Piece { words, marked }| {
                    let words = view! { <Say words page=lang/> };
                    match (marked, later) {
                        (false, _) => words.into_any(),
                        (true, true) => view! { <ins>{words}</ins> }.into_any(),
                        (true, false) => view! { <del>{words}</del> }.into_any(),
                    }
                })
                .collect_view();
            view! { <div class="compared__row"><dt>{name.clone()}</dt><dd>{pieces}</dd></div> }
        })
    };
    view! {
        <dl class="compared__line">
            {row(before, line.before, false)}
            {row(after, line.after, true)}
        </dl>
    }
    .into_any()
}

//! The checklists of the course, to use outside of the training: on the screen, or on paper.

use crate::page::{Page, PageKind};
use crate::ui::{BackLink, CheckList, CheckRow, PrintButton, Say, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistView {
    /// What it is for.
    pub title: Words,
    /// The module that it belongs to.
    pub module: Words,
    /// Its lines, each with its reason.
    pub points: Vec<(Words, Option<Words>)>,
}

/// All checklists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklists {
    /// In the order of the course.
    pub lists: Vec<ChecklistView>,
}

impl Page for Checklists {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "チェックリスト", "Checklists")
    }

    fn kind(&self) -> PageKind {
        PageKind::Paper
    }

    fn view(self, lang: Lang) -> AnyView {
        let empty = self.lists.is_empty();
        let lists =
            self.lists.into_iter().zip(1_u16..).map(|(list, n)| one(list, n, lang)).collect::<Vec<_>>();
        view! {
            <div class="narrow checklists">
                <BackLink href=paths::HOME.to_owned() words=say!(lang, "わたしの研修へ", "To my training")/>
                <h1>{say!(lang, "チェックリスト", "Checklists")}</h1>
                {if empty {
                    view! { <p>{say!(lang, "いまの教材に、チェックリストはありません。", "The course has no checklist at present.")}</p> }.into_any()
                } else {
                    view! {
                        <p>{say!(
                            lang,
                            "研修で使ったチェックリストです。ここでつけた印は、どこにも記録されません。",
                            "The checklists of the training. What you tick here is recorded nowhere.",
                        )}</p>
                        <PrintButton lang/>
                        {lists}
                    }
                    .into_any()
                }}
            </div>
        }
        .into_any()
    }
}

fn one(list: ChecklistView, n: u16, lang: Lang) -> AnyView {
    let ChecklistView { title, module, points } = list;
    let rows = points
        .into_iter()
        .zip(1_u16..)
        .map(|((text, why), line)| CheckRow {
            value: line.to_string(),
            words: view! {
                <span class="point__text"><Say words=text page=lang/></span>
                {why.map(|words| view! { <span class="point__why"><Say words page=lang/></span> })}
            }
            .into_any(),
            ticked: false,
        })
        .collect();
    let legend = view! {
        <h2 class="checklist__title"><Say words=title page=lang/></h2>
        <p class="checklist__module"><Say words=module page=lang/></p>
    }
    .into_any();
    // A form of its own, so that a browser asked for a fresh page lets go of the ticks; it sends nothing.
    view! {
        <form class="checklist" autocomplete="off"><CheckList name=format!("list-{n}") legend rows/></form>
    }
    .into_any()
}

//! The tree of departments, with who is there and who manages them.

use crate::day::Day;
use crate::page::Page;
use crate::people::{Managing, OfficeTrail, people_words};
use crate::ui::written::Written;
use crate::ui::{LinkButton, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// A department with those below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentNode {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// People whose main department it is.
    pub people: u32,
    /// People in it and in all below it.
    pub below: u32,
    /// Its managers and their deputies.
    pub managers: Vec<Managing>,
    /// It no longer exists.
    pub closed: bool,
    /// The first day on which it will exist.
    pub opens: Option<Day>,
    /// Its own page: its history, and what can be changed.
    pub record: String,
    /// The list of the people in and below it.
    pub href: String,
    /// Departments below it.
    pub children: Vec<DepartmentNode>,
}

/// The tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentTree {
    /// From the top.
    pub departments: Vec<DepartmentNode>,
    /// People in post whom no department counts.
    pub nowhere: u32,
    /// Address of the form for a new one.
    pub open: String,
    /// Address of the list of people.
    pub people: String,
}

impl Page for DepartmentTree {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "部署", "Departments")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { departments, nowhere, open, people } = self;
        let none = departments.is_empty().then(|| {
            view! {
                <p class="lead">{say!(
                    lang,
                    "まだ部署がありません。職員の一覧を取り込むと、部署もできます。",
                    "There are no departments yet. Bringing in a list of staff makes them too.",
                )}</p>
            }
        });
        let nowhere = (nowhere > 0).then(|| {
            view! {
                <p>{say!(lang, "どの部署にも数えられていない人：{nowhere}人", "Counted in no department: {nowhere}")}</p>
            }
        });
        view! {
            <div class="people">
                <OfficeTrail lang people=Some(people)/>
                <h1>{say!(lang, "部署", "Departments")}</h1>
                <p class="links">
                    <LinkButton href=open weight=Weight::Side words=say!(lang, "部署を新設する", "Open a department")/>
                </p>
                {none}
                {nowhere}
                {branch(departments, lang)}
            </div>
        }
        .into_any()
    }
}

/// A list of departments, each with the list of those below it inside.
fn branch(departments: Vec<DepartmentNode>, lang: Lang) -> AnyView {
    if departments.is_empty() {
        return ().into_any();
    }
    let nodes = departments.into_iter().map(|node| leaf(node, lang)).collect::<Vec<_>>();
    view! { <ul class="tree" role="list">{nodes}</ul> }.into_any()
}

fn leaf(node: DepartmentNode, lang: Lang) -> AnyView {
    let DepartmentNode { code, name, people, below, managers, closed, opens, record, href, children } = node;
    let whose = name.clone();
    let people = if below == people {
        people_words(people, lang)
    } else {
        let people = people_words(people, lang);
        say!(lang, "{people}（下の部署も合わせて{below}人）", "{people} ({below} with those below)")
    };
    let managed = !managers.is_empty();
    let managers =
        managers.into_iter().map(|managing| view! { <li>{managing.view(lang)}</li> }).collect::<Vec<_>>();
    let opens = opens.map(|day| {
        let day = day.plain(lang);
        view! { <span class="tree__closed">{say!(lang, "{day}から", "From {day}")}</span> }
    });
    view! {
        <li class="tree__node">
            <div class="tree__department">
                <span class="tree__code">{code}</span>
                <a class="tree__name" href=href><Written text=name lang/></a>
                {closed.then(|| view! { <span class="tree__closed">{say!(lang, "廃止", "Closed")}</span> })}
                {opens}
                <span class="tree__people">{people}</span>
                {managed.then(|| view! {
                    <span class="tree__managers">
                        {say!(lang, "所属長", "Manager")}
                        <ul role="list">{managers}</ul>
                    </span>
                })}
                <a class="tree__change" href=record>
                    {say!(lang, "変更・履歴", "Change, history")}
                    <span class="visually-hidden">" "<Written text=whose lang/></span>
                </a>
            </div>
            {branch(children, lang)}
        </li>
    }
    .into_any()
}

//! The list of people on a department's page: its tabs, its search, its order, the file and the print button.

use crate::ui::{Pager, PrintButton, Sheet, Status, StatusTag};
use crate::{Lang, say};
use leptos::prelude::*;

use super::department::DepartmentPage;
use super::export::Export;
use super::grouped;
use super::line::{PersonLine, RosterRows};

/// Which people a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Everybody.
    All,
    /// Those who have not finished.
    Open,
    /// Those of one status.
    Of(Status),
}

/// A tab of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Which people.
    pub which: Which,
    /// How many.
    pub count: u32,
    /// Address.
    pub href: String,
    /// It is the list on the page.
    pub here: bool,
}

/// The search box. GET to `action`: the fields, and `q`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Where it leads.
    pub action: String,
    /// The other conditions.
    pub fields: Vec<(String, String)>,
    /// What was searched for.
    pub value: String,
    /// Address of the list without the search.
    pub clear: String,
}

/// A heading that sorts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Address of the list in this order.
    pub href: String,
    /// It is in this order.
    pub here: bool,
}

/// The orders of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorts {
    /// By reading.
    pub kana: Sort,
    /// By how late.
    pub due: Sort,
    /// By department.
    pub department: Sort,
}

/// The list, and below it how its people are counted.
pub(super) fn roster(page: DepartmentPage, lang: Lang) -> AnyView {
    let DepartmentPage {
        tabs,
        which,
        search,
        sorts,
        departments,
        lines,
        first_line,
        of,
        before,
        after,
        also,
        export,
        as_of,
        place: _,
        ..
    } = page;
    let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let last_line = (first_line + shown).saturating_sub(1);
    let empty =
        lines.is_empty().then(|| view! { <p class="report__empty">{nobody(which, &search.value, lang)}</p> });
    let caption = say!(lang, "名簿", "People");
    let order = (!lines.is_empty()).then(|| {
        let sorts = sorts.clone();
        view! { <SortLinks sorts departments lang/> }
    });
    let table = (!lines.is_empty()).then(|| {
        let head = head(&sorts, departments, lang);
        view! {
            <Sheet id="people" caption quiet=true>
                {head}
                <tbody><RosterRows lines departments lang/></tbody>
            </Sheet>
        }
    });
    let as_of = as_of.words(lang);
    let note =
        super::export::definitions(lang).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="report__part roster" aria-labelledby="roster">
            <h2 id="roster">{say!(lang, "名簿", "Everybody")}</h2>
            <Tabs tabs lang/>
            <div class="roster__tools">
                <SearchBox search lang/>
                <Export form=export lang/>
            </div>
            {empty}
            {order}
            {table}
            <Pager lang first=first_line last=last_line of before after/>
            {also_here(also, departments, lang)}
            <PrintButton lang/>
        </section>
        <section class="report__note" aria-labelledby="counting">
            <h2 id="counting" class="small-title">{say!(lang, "数え方", "How it is counted")}</h2>
            <ul>{note}</ul>
            <p class="report__as-of">{as_of}</p>
        </section>
    }
    .into_any()
}

fn nobody(which: Which, search: &str, lang: Lang) -> String {
    match (search.is_empty(), which) {
        (false, _) => say!(
            lang,
            "見つかりませんでした。番号、氏名、フリガナの一部で探せます。",
            "Nobody was found. Part of a number, a name or its reading is enough."
        ),
        (true, Which::All) => say!(
            lang,
            "この部署には、この研修を受ける人がいません。",
            "Nobody in this department owes this training."
        ),
        (true, Which::Open) => say!(lang, "まだの人はいません。", "Everybody has finished."),
        (true, Which::Of(status)) => {
            let word = status.word(lang);
            say!(lang, "「{word}」の人はいません。", "Nobody is “{word}”.")
        }
    }
}

fn head(sorts: &Sorts, departments: bool, lang: Lang) -> AnyView {
    let sorted = |sort: &Sort| sort.here.then_some("ascending");
    let (kana, due, department) = (sorted(&sorts.kana), sorted(&sorts.due), sorted(&sorts.department));
    view! {
        <thead>
            <tr>
                <th scope="col" aria-sort=kana>{say!(lang, "氏名", "Name")}</th>
                <th scope="col">{say!(lang, "職員番号", "Number")}</th>
                {departments.then(|| view! {
                    <th scope="col" aria-sort=department>{say!(lang, "部署", "Department")}</th>
                })}
                <th scope="col">{say!(lang, "職種", "Profession")}</th>
                <th scope="col">{say!(lang, "状態", "Status")}</th>
                <th scope="col" aria-sort=due>{say!(lang, "期限", "Due")}</th>
                <th scope="col">{say!(lang, "修了日", "Completed")}</th>
                <th scope="col">{say!(lang, "備考", "Remarks")}</th>
            </tr>
        </thead>
    }
    .into_any()
}

/// The orders as links: a phone shows no headings of columns.
#[component]
fn SortLinks(sorts: Sorts, departments: bool, lang: Lang) -> AnyView {
    let Sorts { kana, due, department } = sorts;
    let mut orders =
        vec![(say!(lang, "フリガナの順", "by name"), kana), (say!(lang, "期限の順", "by due date"), due)];
    if departments {
        orders.push((say!(lang, "部署の順", "by department"), department));
    }
    let links = orders
        .into_iter()
        .map(|(words, Sort { href, here })| {
            view! { <a href=href aria-current=here.then_some("true")>{words}</a> }
        })
        .collect_view();
    view! { <p class="roster__sorts"><span>{say!(lang, "並べ方", "Order")}</span>{links}</p> }.into_any()
}

/// Tabs as a list of links, with everybody and all who have not finished before the single statuses.
#[component]
fn Tabs(tabs: Vec<Tab>, lang: Lang) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|Tab { which, count, href, here }| {
            let words = match which {
                Which::All => {
                    view! { <span class="status">{say!(lang, "全員", "Everybody")}</span> }.into_any()
                }
                Which::Open => {
                    view! { <span class="status">{say!(lang, "未修了", "Not finished")}</span> }.into_any()
                }
                Which::Of(status) => view! { <StatusTag status lang/> }.into_any(),
            };
            let count = grouped(count);
            view! {
                <li>
                    <a class="tab" href=href aria-current=here.then_some("page")>
                        {words}
                        <span class="tab__count">{say!(lang, "{count}人", "{count}")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=say!(lang, "状態でしぼる", "Filter by status")>
            <ul class="tabs__list" role="list">{tabs}</ul>
        </nav>
    }
    .into_any()
}

#[component]
fn SearchBox(search: Search, lang: Lang) -> AnyView {
    let Search { action, fields, value, clear } = search;
    let hidden = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let searched = (!value.is_empty()).then(|| {
        view! { <a class="search__clear" href=clear>{say!(lang, "検索をやめる", "Clear")}</a> }
    });
    view! {
        <form method="get" action=action class="search" role="search">
            {hidden}
            <label class="search__label" for="q">{say!(lang, "氏名か職員番号で探す", "Find by name or number")}</label>
            <span class="search__row">
                <input class="field__box" type="search" id="q" name="q" value=value spellcheck="false" autocomplete="off"/>
                <button class="button button--side" type="submit">{say!(lang, "探す", "Find")}</button>
                {searched}
            </span>
        </form>
    }
    .into_any()
}

/// People who are listed but not counted.
fn also_here(also: Vec<PersonLine>, departments: bool, lang: Lang) -> Option<AnyView> {
    if also.is_empty() {
        return None;
    }
    let count = also.len();
    let caption = say!(lang, "兼務の人", "People who also work here");
    Some(
        view! {
            <section class="also" aria-labelledby="also">
                <h3 id="also">{say!(lang, "兼務の人 {count}人", "Also working here: {count}")}</h3>
                <p>{say!(
                    lang,
                    "主な部署で数えるので、上の人数には入りません。",
                    "They are counted in their main department and not in the numbers above.",
                )}</p>
                <Sheet id="also-people" caption quiet=true>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "氏名", "Name")}</th>
                            <th scope="col">{say!(lang, "職員番号", "Number")}</th>
                            {departments.then(|| view! { <th scope="col">{say!(lang, "部署", "Department")}</th> })}
                            <th scope="col">{say!(lang, "職種", "Profession")}</th>
                            <th scope="col">{say!(lang, "状態", "Status")}</th>
                            <th scope="col">{say!(lang, "期限", "Due")}</th>
                            <th scope="col">{say!(lang, "修了日", "Completed")}</th>
                            <th scope="col">{say!(lang, "備考", "Remarks")}</th>
                        </tr>
                    </thead>
                    <tbody><RosterRows lines=also departments lang/></tbody>
                </Sheet>
            </section>
        }
        .into_any(),
    )
}

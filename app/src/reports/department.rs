//! The people of a department: who has to act first, then everybody. For managers and for the training office.
//!
//! Long because: one page with its sentence, tabs, search, list and print head; each part is used here alone.

use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::ui::{Bar, Crumb, Notice, Pager, PrintButton, Rate, Sheet, Status, StatusTag, Tone, Trail};
use crate::{Lang, say};
use leptos::prelude::*;

use super::conditions::{ConditionFaults, Conditions, ConditionsForm};
use super::export::{Export, ExportForm};
use super::line::{ActList, PersonLine, RosterRows};
use super::paper::{Paper, PaperHead};
use super::written::Written;
use super::{AsOf, grouped};

/// From where the page is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The manager's own page.
    Team,
    /// The training office, with the pages above.
    Office(Vec<Crumb>),
}

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

/// The people of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentPage {
    /// From where it is reached.
    pub place: Place,
    /// Name of the department, or of all of one's own.
    pub name: String,
    /// First day on which the department no longer exists.
    pub closed: Option<Day>,
    /// Title of the requirement. `None`: there is none yet.
    pub requirement: Option<String>,
    /// Its due date, for most people.
    pub due: Option<Day>,
    /// As of when.
    pub as_of: AsOf,
    /// What can be chosen.
    pub conditions: Conditions,
    /// How many stand where, in the order of [`Status::ALL`].
    pub statuses: Vec<(Status, u32)>,
    /// The rate.
    pub rate: Rate,
    /// Those who have not finished.
    pub open: u32,
    /// Of these, those who are past their due date.
    pub overdue: u32,
    /// The first of those who have not finished. Empty where the list below is filtered.
    pub first: Vec<PersonLine>,
    /// Address of all who have not finished.
    pub open_href: String,
    /// Tabs.
    pub tabs: Vec<Tab>,
    /// Which of them is open.
    pub which: Which,
    /// Search.
    pub search: Search,
    /// Orders.
    pub sorts: Sorts,
    /// There is a column of departments.
    pub departments: bool,
    /// The lines of this page.
    pub lines: Vec<PersonLine>,
    /// Number of the first line, from 1.
    pub first_line: u32,
    /// Lines in all.
    pub of: u32,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
    /// People who work here as well and are counted elsewhere.
    pub also: Vec<PersonLine>,
    /// The file.
    pub export: ExportForm,
    /// What the paper says.
    pub paper: PaperHead,
}

impl DepartmentPage {
    /// The sentence: 「3病棟：未修了 4人（うち期限超過 1人）」.
    fn sentence(&self, lang: Lang) -> String {
        let name = &self.name;
        let (open, overdue) = (grouped(self.open), grouped(self.overdue));
        match (self.rate.of, self.open, self.overdue) {
            (0, _, _) => say!(lang, "{name}：受ける人はいません", "{name}: nobody owes this"),
            (_, 0, _) => say!(lang, "{name}：全員が修了しています", "{name}: everybody has finished"),
            (_, _, 0) => say!(lang, "{name}：未修了 {open}人", "{name}: {open} not finished"),
            (_, _, _) => say!(
                lang,
                "{name}：未修了 {open}人（うち期限超過 {overdue}人）",
                "{name}: {open} not finished ({overdue} overdue)"
            ),
        }
    }

    /// What a manager may do about it, in one line.
    fn advice(&self, lang: Lang) -> Option<String> {
        match (self.rate.of, self.open) {
            (0, _) => None,
            (_, 0) => Some(say!(
                lang,
                "新しく加わった人がいれば、ここに出ます。",
                "Anybody who joins later appears here."
            )),
            _ => Some(say!(
                lang,
                "勤務の中で時間をとれるか、本人と相談してみてください。途中でやめても続きから始められます。",
                "See with each person whether there is time for it during a shift. It can be stopped and continued at any step.",
            )),
        }
    }
}

impl Page for DepartmentPage {
    fn title(&self, lang: Lang) -> String {
        self.sentence(lang)
    }

    fn kind(&self) -> PageKind {
        PageKind::Plain
    }

    fn view(self, lang: Lang) -> AnyView {
        let sentence = self.sentence(lang);
        let advice = self.advice(lang).filter(|_| !self.as_of.is_past());
        let eyebrow = self.requirement.clone().map(|title| {
            let due = self.due.map(|day| {
                let day = day.long(lang);
                view! { <span class="report-head__due">{say!(lang, "期限 {day}", "Due {day}")}</span> }
            });
            view! { <p class="report-head__requirement"><span class="eyebrow"><Written text=title lang/></span>{due}</p> }
        });
        let trail = match self.place.clone() {
            Place::Team => None,
            Place::Office(crumbs) => Some(view! { <Trail crumbs lang/> }),
        };
        let none = self.requirement.is_none().then(|| {
            view! {
                <Notice
                    tone=Tone::Info
                    title=say!(lang, "この時点で始まっている研修はありません。", "No training had begun at that time.")
                />
            }
        });
        let closed = self.closed.map(|day| {
            let day = day.plain(lang);
            view! {
                <Notice tone=Tone::Info title=say!(lang, "{day}に閉じた部署です。", "This department was closed on {day}.")>
                    <p>{say!(
                        lang,
                        "「いつの時点」でそれより前の日を選ぶと、そのころの名簿を見られます。",
                        "Choose an earlier day under “As of” to see its people then.",
                    )}</p>
                </Notice>
            }
        });
        let report = say!(lang, "受講状況", "Training status");
        let first = first_people(&self, lang);
        let counts = (self.requirement.is_some()).then(|| counts(&self, lang));
        let as_of = self.as_of;
        let paper = self.paper.clone();
        let conditions = self.conditions.clone();
        let roster = self.requirement.is_some().then(|| roster(self, lang));
        view! {
            <Paper head=paper report class="report" lang>
                <ConditionFaults error=conditions.at_error lang/>
                {trail}
                <header class="report-head">
                    {eyebrow}
                    <h1><Written text=sentence lang/></h1>
                    {advice.map(|advice| view! { <p class="lead report-head__advice">{advice}</p> })}
                    <ConditionsForm conditions as_of lang/>
                </header>
                {closed}
                {none}
                {first}
                {counts}
                {roster}
            </Paper>
        }
        .into_any()
    }
}

/// The people who have to act, those first who are latest.
fn first_people(page: &DepartmentPage, lang: Lang) -> Option<AnyView> {
    if page.first.is_empty() {
        return None;
    }
    let shown = u32::try_from(page.first.len()).unwrap_or(u32::MAX);
    let open = grouped(page.open);
    let more = (page.open > shown).then(|| {
        let href = page.open_href.clone();
        view! { <p><a href=href>{say!(lang, "未修了の{open}人をすべて見る", "See all {open} who have not finished")}</a></p> }
    });
    let lines = page.first.clone();
    Some(
        view! {
            <section class="report__part" aria-labelledby="first">
                <h2 id="first">{say!(lang, "まだの人", "Not finished yet")}</h2>
                <ActList lines lang/>
                {more}
            </section>
        }
        .into_any(),
    )
}

/// The rate with both counts, the bar, and the number of each status.
fn counts(page: &DepartmentPage, lang: Lang) -> AnyView {
    let rate = page.rate;
    let parts: Vec<(Status, u32)> = page
        .statuses
        .iter()
        .copied()
        .filter(|(status, _)| !matches!(status, Status::Exempt | Status::Out))
        .collect();
    let beside: Vec<String> = page
        .statuses
        .iter()
        .filter(|(status, count)| matches!(status, Status::Exempt | Status::Out) && *count > 0)
        .map(|(status, count)| {
            let (word, count) = (status.word(lang), grouped(*count));
            say!(lang, "{word} {count}人", "{word}: {count}")
        })
        .collect();
    let beside = (!beside.is_empty()).then(|| {
        let beside = beside.join(&say!(lang, "、", ", "));
        view! { <p class="counts__beside">{say!(lang, "別に {beside}", "Apart from these: {beside}")}</p> }
    });
    view! {
        <section class="report__part counts" aria-labelledby="rate">
            <h2 id="rate">{say!(lang, "受講率", "Rate")}</h2>
            <p class="counts__rate">{rate.words(lang)}</p>
            <Bar parts/>
            {beside}
        </section>
    }
    .into_any()
}

fn roster(page: DepartmentPage, lang: Lang) -> AnyView {
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

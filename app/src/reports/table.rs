//! Departments and modules: the number in every cell, the tint only as a help, the shape for those who print in black and white.

use crate::page::{Page, PageKind};
use crate::ui::{BackLink, PrintButton, Rate, Sheet, SortLink};
use crate::{Lang, paths, say};
use leptos::prelude::*;

use super::conditions::{ConditionFaults, Conditions, ConditionsForm};
use super::export::{Export, ExportForm};
use super::paper::{Paper, PaperHead};
use super::roster::Sort;
use super::{AsOf, FAR, TARGET, grouped, no_training};
use crate::ui::written::Written;

/// How far a rate is from the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Reached, or nobody to count.
    None,
    /// ▽ below the target.
    Below,
    /// ▼ far below it.
    Far,
}

impl Mark {
    /// The mark of a rate.
    pub fn of(rate: Rate) -> Self {
        match rate.tenths() {
            None => Self::None,
            Some(tenths) if tenths < FAR => Self::Far,
            Some(tenths) if tenths < TARGET => Self::Below,
            Some(_) => Self::None,
        }
    }

    const fn code(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Below => Some("below"),
            Self::Far => Some("far"),
        }
    }
}

/// The shape of a mark, with words for those who hear the page.
#[component]
pub fn MarkShape(
    /// The mark.
    mark: Mark,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let (shape, words) = match mark {
        Mark::None => return ().into_any(),
        Mark::Below => ("▽", say!(lang, "目標90%未満", "below 90%")),
        Mark::Far => ("▼", say!(lang, "70%未満", "below 70%")),
    };
    view! {
        <span class="mark" data-mark=mark.code()>
            <span aria-hidden="true">{shape}</span>
            <span class="visually-hidden">{words}</span>
        </span>
    }
    .into_any()
}

/// What a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The whole hospital.
    Total,
    /// A department with all below it.
    Subtree,
    /// Those who work directly in a department that has others below it.
    Own,
    /// A department with none below it.
    Department,
    /// People without a main posting that day.
    Nowhere,
}

/// A cell: so many have done it of so many.
pub type Cell = Rate;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// What it counts.
    pub kind: RowKind,
    /// Code of the department; may be empty.
    pub code: String,
    /// Its name; unused in the rows that have a name of their own.
    pub name: String,
    /// Levels below the top.
    pub depth: u8,
    /// It no longer exists.
    pub closed: bool,
    /// The list of its people.
    pub href: Option<String>,
    /// The table of what lies below it, where that is not shown here.
    pub inside: Option<String>,
    /// One cell a module.
    pub modules: Vec<Cell>,
    /// Completed: done and signed.
    pub completed: Cell,
}

/// The part of the tree that a table shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePart {
    /// The department at its top.
    pub name: String,
    /// The table of the department above, or of the whole hospital.
    pub up: String,
    /// Its name; `None` is the whole hospital.
    pub up_name: Option<String>,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTable {
    /// Title of the requirement. `None`: there is none yet.
    pub requirement: Option<String>,
    /// As of when.
    pub as_of: AsOf,
    /// What can be chosen.
    pub conditions: Conditions,
    /// What it shows, where that is not the whole hospital.
    pub part: Option<TablePart>,
    /// How many departments with higher rates are not shown.
    pub left_out: u32,
    /// Titles of the modules.
    pub modules: Vec<String>,
    /// Rows in order, the total first.
    pub rows: Vec<ReportRow>,
    /// In the order of the tree.
    pub by_tree: Sort,
    /// The lowest rate first.
    pub by_rate: Sort,
    /// The file.
    pub export: ExportForm,
    /// What the paper says.
    pub paper: PaperHead,
}

impl Page for ReportTable {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "部署と研修の表", "Departments and modules")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            requirement,
            as_of,
            conditions,
            part,
            left_out,
            modules,
            rows,
            by_tree,
            by_rate,
            export,
            paper,
        } = self;
        let (up, up_words, within) = match part {
            None => (paths::OFFICE.to_owned(), say!(lang, "全体の状況", "The whole hospital"), None),
            Some(TablePart { name, up, up_name }) => (
                up,
                up_name.unwrap_or_else(|| say!(lang, "すべての部署の表", "Table of all departments")),
                Some(name),
            ),
        };
        let more = (left_out > 0).then(|| {
            let number = super::grouped(left_out);
            say!(
                lang,
                "修了率の低い順に表示しています。ほかに{number}部署あります。すべての部署は、ファイルに入っています。",
                "The departments with the lowest rates. There are {number} more; the file has all of them.",
            )
        });
        let none = requirement.is_none().then(|| no_training(!conditions.requirements.is_empty(), lang));
        let shown = requirement.is_some();
        let table = shown.then(|| table(modules, rows, by_tree, by_rate, lang));
        let legend = shown.then(|| legend(lang));
        let tools = shown.then(|| view! { <div class="roster__tools"><Export form=export lang/></div> });
        let report = say!(lang, "部署別の受講状況", "Training status by department");
        view! {
            <Paper head=paper report class="report report--wide" lang>
                <ConditionFaults error=conditions.at_error lang/>
                <BackLink href=up words=up_words/>
                <header class="report-head">
                    {requirement.map(|title| view! { <p><span class="eyebrow"><Written text=title lang/></span></p> })}
                    <h1>{say!(lang, "部署と研修の表", "Departments and modules")}</h1>
                    {within.map(|name| view! { <p class="report-head__part"><Written text=name lang/></p> })}
                    <ConditionsForm conditions as_of lang/>
                </header>
                {none}
                {tools}
                {table}
                {more.map(|words| view! { <p>{words}</p> })}
                {legend}
                <PrintButton lang/>
            </Paper>
        }
        .into_any()
    }
}

fn table(modules: Vec<String>, rows: Vec<ReportRow>, by_tree: Sort, by_rate: Sort, lang: Lang) -> AnyView {
    let labels = modules.clone();
    let titles = modules
        .into_iter()
        .map(|title| view! { <th scope="col" class="number heat__module"><Written text=title lang/></th> })
        .collect_view();
    let caption =
        say!(lang, "部署ごとの、研修を終えた人の数", "People who have done each module, by department");
    let rows = rows.into_iter().map(|each| row(each, &labels, lang)).collect_view();
    let up = |sort: &Sort| sort.here.then_some(true);
    view! {
        <Sheet id="heat" caption quiet=true rigid=true>
            <thead>
                <tr class="heat__head">
                    <SortLink words=say!(lang, "部署", "Department") ascending=up(&by_tree) href=by_tree.href/>
                    {titles}
                    <SortLink words=say!(lang, "修了", "Completed") ascending=up(&by_rate) href=by_rate.href/>
                </tr>
            </thead>
            <tbody class="heat">{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

/// A department when only its own people are meant, and not those of the departments below it.
#[must_use]
pub fn directly(name: &str, lang: Lang) -> String {
    say!(lang, "{name}（直属）", "{name} (directly)")
}

fn row(row: ReportRow, labels: &[String], lang: Lang) -> AnyView {
    let ReportRow { kind, code, name, depth, closed, href, inside, modules, completed } = row;
    let kind_code = match kind {
        RowKind::Total => "total",
        RowKind::Subtree => "subtree",
        RowKind::Own => "own",
        RowKind::Department => "department",
        RowKind::Nowhere => "nowhere",
    };
    let words = match kind {
        RowKind::Total => say!(lang, "合計", "Total"),
        RowKind::Own => directly(&name, lang),
        RowKind::Nowhere => say!(lang, "所属なし", "No department"),
        RowKind::Subtree | RowKind::Department => name,
    };
    let closed = closed.then(|| view! { <span class="heat__closed">{say!(lang, "廃止", "closed")}</span> });
    let inside = inside.map(|href| {
        let of = say!(lang, "：{words}", " of {words}");
        view! {
            <a class="heat__inside" href=href>
                {say!(lang, "内訳", "Inside")}<span class="visually-hidden">{of}</span>
            </a>
        }
    });
    let name = match href {
        Some(href) => view! { <a href=href><Written text=words lang/></a> }.into_any(),
        None => view! { <Written text=words lang/> }.into_any(),
    };
    let cells = modules
        .into_iter()
        .zip(labels.iter().cloned())
        .map(|(rate, label)| cell(rate, label, lang))
        .collect_view();
    let last = cell(completed, say!(lang, "修了", "Completed"), lang);
    view! {
        <tr data-kind=kind_code>
            <th scope="row" class="heat__department" data-depth=depth.min(6).to_string()>
                {(!code.is_empty()).then(|| view! { <span class="heat__code">{code}</span> })}{name}{closed}{inside}
            </th>
            {cells}
            {last}
        </tr>
    }
    .into_any()
}

fn cell(rate: Cell, label: String, lang: Lang) -> AnyView {
    let mark = Mark::of(rate);
    let (done, of) = (grouped(rate.done), grouped(rate.of));
    let label_lang = crate::ui::written::tag(&label, lang);
    // The label is only shown where the table falls apart into cards; there its language is the row's business.
    let label = if label_lang.is_some() { String::new() } else { label };
    view! {
        <td class="number heat__cell" data-label=label data-mark=mark.code()>
            {(rate.of > 0).then(|| view! { <span class="heat__counts">{done}"/"{of}</span>" " })}
            <span class="heat__percent">{rate.percent()}</span>
            <MarkShape mark lang/>
        </td>
    }
    .into_any()
}

fn legend(lang: Lang) -> AnyView {
    let definitions =
        super::export::definitions(lang).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="report__note" aria-labelledby="legend">
            <h2 id="legend" class="small-title">{say!(lang, "表の読み方", "How to read the table")}</h2>
            <p>{say!(
                lang,
                "各マスは「終えた人／受ける人」と割合です。研修は区分ごとに違い、その研修を受ける人がいないマスは「―」です。▽は目標90%未満、▼は70%未満です。下に部署がある行は小計です。",
                "Each cell shows people who are done / people who owe it, and the rate. Which modules somebody owes depends on their track; where nobody owes one, the cell says ―. ▽ is below the target of 90%, ▼ below 70%. Rows with departments below them are subtotals.",
            )}</p>
            <ul>{definitions}</ul>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Mark;
    use crate::ui::Rate;

    #[test]
    fn a_rate_is_marked_below_ninety_and_below_seventy() {
        assert_eq!(Mark::of(Rate { done: 9, of: 10 }), Mark::None);
        assert_eq!(Mark::of(Rate { done: 899, of: 1000 }), Mark::Below);
        assert_eq!(Mark::of(Rate { done: 7, of: 10 }), Mark::Below);
        assert_eq!(Mark::of(Rate { done: 699, of: 1000 }), Mark::Far);
        assert_eq!(Mark::of(Rate { done: 0, of: 0 }), Mark::None, "nobody owes it");
    }
}

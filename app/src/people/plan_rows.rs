//! The lines of what a list of staff would change, one table for each sort.

use crate::day::Day;
use crate::people::{RowFault, StaffColumn};
use crate::ui::Sheet;
use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

/// Somebody who joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedRow {
    /// The row in the file.
    pub row: u32,
    /// Staff number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Reading.
    pub kana: String,
    /// Departments, the main one first.
    pub departments: Vec<String>,
    /// Profession.
    pub profession: String,
    /// First day of work.
    pub joined: Day,
}

/// Somebody about whom something is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    /// The row in the file.
    pub row: u32,
    /// Staff number.
    pub number: String,
    /// Name, as it will be.
    pub name: String,
    /// What, as it was, as it becomes.
    pub differences: Vec<(StaffColumn, String, String)>,
}

/// Somebody who works somewhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedRow {
    /// The row in the file.
    pub row: u32,
    /// Staff number.
    pub number: String,
    /// Name.
    pub name: String,
    /// The main department before and after, when it is another one.
    pub main: Option<(Option<String>, String)>,
    /// Other departments that begin.
    pub begins: Vec<String>,
    /// Other departments that end.
    pub ends: Vec<String>,
    /// Departments that the person no longer manages.
    pub hands_over: Vec<String>,
    /// From which day.
    pub on: Day,
}

/// Somebody who is not on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeavingRow {
    /// Staff number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Main department.
    pub department: Option<String>,
}

/// What is done with a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DepartmentRowChange {
    /// It is made, below another one or at the top.
    New {
        /// Its name.
        name: String,
        /// The one above.
        parent: Option<String>,
    },
    /// It is called something else.
    Renamed {
        /// Name until now.
        before: String,
        /// Name from now on.
        after: String,
    },
    /// It lies under another one.
    Moved {
        /// The one above until now.
        before: Option<String>,
        /// The one above from now on.
        after: String,
    },
}

/// A change of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentRow {
    /// Its code.
    pub code: String,
    /// What is done.
    pub change: DepartmentRowChange,
}

/// Something that was entered by hand and that the list says otherwise: it stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// The row in the file; none for somebody whom the list does not name.
    pub row: Option<u32>,
    /// Staff number.
    pub number: String,
    /// Name.
    pub name: String,
    /// What.
    pub what: String,
    /// The day on which it was entered.
    pub entered: Day,
}

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The row in the file.
    pub row: u32,
    /// Staff number, where it could be read.
    pub number: String,
    /// Name as it stands there.
    pub name: String,
    /// Why.
    pub faults: Vec<RowFault>,
}

/// The lines of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanRows {
    /// People who join.
    Added(Vec<AddedRow>),
    /// People about whom something is different.
    Changed(Vec<ChangedRow>),
    /// People who work somewhere else.
    Moved(Vec<MovedRow>),
    /// People who are not on the list.
    Leaving(Vec<LeavingRow>),
    /// Departments.
    Departments(Vec<DepartmentRow>),
    /// What was entered by hand and stays.
    Kept(Vec<KeptRow>),
    /// Rows that are left out.
    Bad(Vec<BadLine>),
}

/// What stands in place of a value that is not there.
fn nothing(lang: Lang) -> String {
    say!(lang, "なし", "none")
}

/// 「前 → 後」, told as such to those who cannot see the arrow.
fn turned(before: String, after: String, lang: Lang) -> AnyView {
    let or_nothing = |text: String| if text.is_empty() { nothing(lang) } else { text };
    let (before, after) = (or_nothing(before), or_nothing(after));
    view! {
        <span class="turned">
            <del><Written text=before lang/></del>
            <span class="turned__arrow" aria-hidden="true">"→"</span>
            <ins><Written text=after lang/></ins>
        </span>
    }
    .into_any()
}

fn heads(words: Vec<String>) -> AnyView {
    let heads = words.into_iter().map(|words| view! { <th scope="col">{words}</th> }).collect::<Vec<_>>();
    view! { <thead><tr>{heads}</tr></thead> }.into_any()
}

/// A row of a table: the cell that names it, then the others, each with the words of its column.
fn line(name: AnyView, cells: Vec<(String, AnyView)>) -> AnyView {
    let cells = cells
        .into_iter()
        .map(|(label, value)| view! { <td data-label=label>{value}</td> })
        .collect::<Vec<_>>();
    view! { <tr><th scope="row">{name}</th>{cells}</tr> }.into_any()
}

fn words(text: String, lang: Lang) -> AnyView {
    view! { <Written text lang/> }.into_any()
}

fn named(name: String, number: String, lang: Lang) -> AnyView {
    view! { <Written text=name lang/>" "<span class="people__number">{number}</span> }.into_any()
}

struct Heads {
    name: String,
    row: String,
    department: String,
    change: String,
}

impl Heads {
    fn new(lang: Lang) -> Self {
        Self {
            name: say!(lang, "氏名と職員番号", "Name and staff number"),
            row: say!(lang, "行", "Row"),
            department: say!(lang, "部署", "Department"),
            change: say!(lang, "変わるところ", "What changes"),
        }
    }
}

impl PlanRows {
    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Added(rows) => rows.is_empty(),
            Self::Changed(rows) => rows.is_empty(),
            Self::Moved(rows) => rows.is_empty(),
            Self::Leaving(rows) => rows.is_empty(),
            Self::Departments(rows) => rows.is_empty(),
            Self::Kept(rows) => rows.is_empty(),
            Self::Bad(rows) => rows.is_empty(),
        }
    }

    /// The table.
    pub(super) fn table(self, caption: String, lang: Lang) -> AnyView {
        let Heads { name, row, department, change } = Heads::new(lang);
        let (head, body) = match self {
            Self::Added(rows) => {
                let (profession, joined) =
                    (StaffColumn::Profession.words(lang), StaffColumn::Joined.words(lang));
                let labels = vec![name, department, profession, joined, row];
                let body = rows.into_iter().map(|row| added(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
            Self::Changed(rows) => {
                let labels = vec![name, change, row];
                let body = rows.into_iter().map(|row| changed(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
            Self::Moved(rows) => {
                let labels = vec![name, change, say!(lang, "いつから", "From"), row];
                let body = rows.into_iter().map(|row| moved(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
            Self::Leaving(rows) => {
                let labels = vec![name, department];
                let body = rows.into_iter().map(|row| leaving(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
            Self::Departments(rows) => {
                let labels = vec![StaffColumn::Department.words(lang), change];
                let body = rows.into_iter().map(|row| department_row(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
            Self::Kept(rows) => {
                let labels = vec![name, say!(lang, "手で入力したこと", "Entered by hand"), row];
                let body = rows.into_iter().map(|row| kept(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
            Self::Bad(rows) => {
                let labels = vec![row, say!(lang, "理由", "Reason"), name];
                let body = rows.into_iter().map(|row| bad(row, &labels, lang)).collect::<Vec<_>>();
                (labels, body)
            }
        };
        view! {
            <Sheet id="plan" caption quiet=true>
                {heads(head)}
                <tbody>{body}</tbody>
            </Sheet>
        }
        .into_any()
    }
}

/// Puts the values of a row under the words of their columns; the first column names the row.
fn under(labels: &[String], name: AnyView, values: Vec<AnyView>) -> AnyView {
    line(name, labels.iter().skip(1).cloned().zip(values).collect())
}

fn added(row: AddedRow, labels: &[String], lang: Lang) -> AnyView {
    let name = view! {
        {named(row.name, row.number, lang)}
        <span class="people__kana"><Written text=row.kana lang/></span>
    };
    let departments =
        row.departments.into_iter().map(|name| view! { <li>{words(name, lang)}</li> }).collect::<Vec<_>>();
    let departments = view! { <ul class="plain-list" role="list">{departments}</ul> }.into_any();
    let values = vec![
        departments,
        words(row.profession, lang),
        row.joined.plain(lang).into_any(),
        row.row.to_string().into_any(),
    ];
    under(labels, name.into_any(), values)
}

fn changed(row: ChangedRow, labels: &[String], lang: Lang) -> AnyView {
    let differences = row
        .differences
        .into_iter()
        .map(|(column, before, after)| {
            let back = (column == StaffColumn::Left && after.is_empty()).then(|| {
                let words = say!(lang, "サインインもできるようになります。", "Signing in works again, too.");
                view! { <span class="people__beside">{words}</span> }
            });
            let column = column.words(lang);
            view! { <li><span class="turned__what">{column}</span>" "{turned(before, after, lang)}" "{back}</li> }
        })
        .collect::<Vec<_>>();
    let differences = view! { <ul class="plain-list" role="list">{differences}</ul> }.into_any();
    under(labels, named(row.name, row.number, lang), vec![differences, row.row.to_string().into_any()])
}

fn moved(row: MovedRow, labels: &[String], lang: Lang) -> AnyView {
    let main =
        row.main.map(|(before, after)| view! { <li>{turned(before.unwrap_or_default(), after, lang)}</li> });
    let begins = row.begins.into_iter().map(|name| {
        view! { <li>{say!(lang, "兼務が始まる：", "Also in: ")}{words(name, lang)}</li> }
    });
    let ends = row.ends.into_iter().map(|name| {
        view! { <li>{say!(lang, "兼務が終わる：", "No longer also in: ")}{words(name, lang)}</li> }
    });
    let hands_over = row.hands_over.into_iter().map(|name| {
        view! { <li>{say!(lang, "所属長を外れる：", "No longer manages: ")}{words(name, lang)}</li> }
    });
    let sides = begins.map(IntoAny::into_any).chain(ends.map(IntoAny::into_any));
    let sides = sides.chain(hands_over.map(IntoAny::into_any)).collect::<Vec<_>>();
    let moves = view! { <ul class="plain-list" role="list">{main}{sides}</ul> }.into_any();
    let values = vec![moves, row.on.plain(lang).into_any(), row.row.to_string().into_any()];
    under(labels, named(row.name, row.number, lang), values)
}

fn leaving(row: LeavingRow, labels: &[String], lang: Lang) -> AnyView {
    let department = words(row.department.unwrap_or_else(|| nothing(lang)), lang);
    under(labels, named(row.name, row.number, lang), vec![department])
}

fn department_row(row: DepartmentRow, labels: &[String], lang: Lang) -> AnyView {
    let change = match row.change {
        DepartmentRowChange::New { name, parent } => {
            let parent = parent.map(|parent| {
                view! { <span class="people__beside">{say!(lang, "上位部署：", "Below: ")}{words(parent, lang)}</span> }
            });
            view! { {say!(lang, "新しい部署：", "New: ")}{words(name, lang)}" "{parent} }.into_any()
        }
        DepartmentRowChange::Renamed { before, after } => {
            view! { {say!(lang, "名前 ", "Name ")}{turned(before, after, lang)} }.into_any()
        }
        DepartmentRowChange::Moved { before, after } => {
            view! { {say!(lang, "上位部署 ", "Below ")}{turned(before.unwrap_or_default(), after, lang)} }
                .into_any()
        }
    };
    under(labels, row.code.into_any(), vec![change])
}

fn kept(row: KeptRow, labels: &[String], lang: Lang) -> AnyView {
    let KeptRow { row, number, name, what, entered } = row;
    let entered = entered.plain(lang);
    let what = say!(lang, "{what}（{entered} に入力）", "{what}, entered {entered}");
    let row = row.map_or_else(|| say!(lang, "一覧にいない", "not on the list"), |row| row.to_string());
    under(labels, named(name, number, lang), vec![what.into_any(), row.into_any()])
}

fn bad(row: BadLine, labels: &[String], lang: Lang) -> AnyView {
    let reasons = row.faults.iter().map(|fault| {
        // The values that a reason quotes are those of the file.
        let tag = crate::ui::written::tag(&fault.words(lang), lang);
        view! { <li lang=tag>{fault.words(lang)}</li> }
    });
    let reasons = view! { <ul class="plain-list" role="list">{reasons.collect::<Vec<_>>()}</ul> }.into_any();
    let place = row.row;
    let number = say!(lang, "{place}行目", "Row {place}").into_any();
    under(labels, number, vec![reasons, named(row.name, row.number, lang)])
}

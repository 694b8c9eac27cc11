//! Choosing the file that brings people and departments up to date.

use crate::day::Moment;
use crate::page::Page;
use crate::people::{FileFault, OfficeTrail, StaffColumn};
use crate::ui::field::FileField;
use crate::ui::written::Written;
use crate::ui::{CheckSwitch, ErrorSummary, Fault, Sheet, Submit};
use crate::{Lang, say};
use leptos::prelude::*;

/// A file that was read before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Its name.
    pub file: String,
    /// When it was read.
    pub at: Moment,
    /// When it was confirmed.
    pub confirmed: Option<Moment>,
    /// What it changes, or changed.
    pub href: String,
}

/// The form. POST (multipart) to `action`: `file`, `complete` (`on` or absent).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportForm {
    /// Where the form goes.
    pub action: String,
    /// The tick, kept after an error.
    pub complete: bool,
    /// What was wrong with the file.
    pub error: Option<FileFault>,
    /// The files of the last days.
    pub earlier: Vec<ImportLine>,
    /// Address of the list of people.
    pub people: String,
}

impl Page for ImportForm {
    fn title(&self, lang: Lang) -> String {
        match self.error {
            None => say!(lang, "職員の一覧を取り込む", "Bring in a list of staff"),
            Some(_) => {
                say!(lang, "確認があります：職員の一覧を取り込む", "Please check: bring in a list of staff")
            }
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { action, complete, error, earlier, people } = self;
        let message = error.map(|error| error.words(lang));
        let faults = message
            .iter()
            .map(|message| Fault { field: Some("file".to_owned()), message: message.clone() })
            .collect();
        view! {
            <div class="narrow">
                <ErrorSummary lang faults/>
                <OfficeTrail lang people=Some(people)/>
                <h1>{say!(lang, "職員の一覧を取り込む", "Bring in a list of staff")}</h1>
                <p class="lead">{say!(
                    lang,
                    "人事の一覧から、職員と部署を台帳に取り込みます。先に変わるところを見てから決めます。",
                    "Bring staff and departments up to date from a personnel list. You see what would change before you decide.",
                )}</p>
                <form method="post" action=action enctype="multipart/form-data" class="form">
                    <ListFile lang error=message/>
                    <CheckSwitch
                        name="complete"
                        words=say!(lang, "この一覧には全員がのっています", "This list names everybody")
                        hint=say!(
                            lang,
                            "一覧にない人を退職として扱います。ふだんは付けません。",
                            "Whoever is not on it is taken to have left. Usually left unticked.",
                        )
                        on=complete
                    />
                    <div class="form__end">
                        <Submit words=say!(lang, "変わるところを見る", "See what would change")/>
                    </div>
                </form>
                <Columns lang/>
                {(!earlier.is_empty()).then(|| view! { <Earlier lang lines=earlier/> })}
            </div>
        }
        .into_any()
    }
}

/// The file.
#[component]
fn ListFile(lang: Lang, error: Option<String>) -> impl IntoView {
    view! {
        <FileField
            name="file"
            label=say!(lang, "ファイル", "File")
            hint=say!(lang, "Excel（xlsx）か CSV。20MBまで。", "Excel (xlsx) or CSV, up to 20 MB.")
            accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            error
        />
    }
}

/// Which columns are understood.
#[component]
fn Columns(lang: Lang) -> impl IntoView {
    let columns = StaffColumn::ALL.map(|column| view! { <li>{column.words(lang)}</li> }).collect_view();
    view! {
        <details class="fold">
            <summary>{say!(lang, "一覧の書き方", "How the list is written")}</summary>
            <div>
                <p>{say!(
                    lang,
                    "次の見出しを読みます。順番は自由です。ほかの列は読みません。",
                    "These headings are read, in any order. Other columns are not.",
                )}</p>
                <ul class="people__columns" role="list">{columns}</ul>
                <p>{say!(
                    lang,
                    "職員番号・氏名（または姓と名）・部署コードは必ず要ります。はじめての人には入職日も要ります。",
                    "Staff number, name (or family and given name) and department code are needed, and for new people the first day of work.",
                )}</p>
                <p>{say!(
                    lang,
                    "空いている欄は、今の台帳のままにします。退職日と兼務も同じです。",
                    "Where a cell is empty, the record stays as it is. That goes for the last day of work and other departments too.",
                )}</p>
                <p>{say!(
                    lang,
                    "復職した人や退職を取りやめた人は、退職日の欄に「復職」か「在職」と書きます。",
                    "For somebody who is back, or stays after all, write “returned” or “at work” as the last day of work.",
                )}</p>
                <p>{say!(
                    lang,
                    "院内メールの欄には、病院のアドレスだけを書きます。研修の期限のお知らせに使います。個人のアドレスや携帯電話は使いません。",
                    "Under “Work mail” write the hospital's own addresses only. They are used for reminders of due dates; private addresses and phones are not.",
                )}</p>
                <p>{say!(
                    lang,
                    "兼務の欄には、兼務先をすべて書きます。書いていない兼務は終わります。すべて終わる人は「なし」と書きます。",
                    "Write all the other departments of a person: those that are left out end. If all of them end, write “none”.",
                )}</p>
            </div>
        </details>
    }
}

#[component]
fn Earlier(lang: Lang, lines: Vec<ImportLine>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|ImportLine { file, at, confirmed, href }| {
            let state = confirmed.map_or_else(
                || say!(lang, "まだ取り込んでいません", "Not brought in yet"),
                |at| {
                    let at = at.minutes(lang);
                    say!(lang, "{at} に取り込みました", "Brought in {at}")
                },
            );
            view! {
                <tr>
                    <th scope="row"><a href=href><Written text=file lang/></a></th>
                    <td data-label=say!(lang, "読んだとき", "Read")>{at.minutes(lang)}</td>
                    <td data-label=say!(lang, "状態", "State")>{state}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="people__earlier" aria-labelledby="earlier">
            <h2 id="earlier">{say!(lang, "最近のファイル", "Recent files")}</h2>
            <Sheet id="earlier-files" caption=say!(lang, "最近のファイル", "Recent files") quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "ファイル", "File")}</th>
                        <th scope="col">{say!(lang, "読んだとき", "Read")}</th>
                        <th scope="col">{say!(lang, "状態", "State")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        </section>
    }
}

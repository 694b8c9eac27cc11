//! What was asked: what waits for a decision, and what was decided.

use super::ask::ExceptionKind;
use super::trail;
use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::ui::Sheet;
use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

/// Something that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionRowView {
    /// What.
    pub kind: ExceptionKind,
    /// Whom it is about.
    pub person: String,
    /// Their department.
    pub department: Option<String>,
    /// Title of the training.
    pub title: String,
    /// Who asked.
    pub by: String,
    /// When.
    pub asked: Moment,
    /// Until when it was asked, or granted.
    pub until: Option<Day>,
    /// `None`: nobody has decided. Otherwise whether it was granted.
    pub granted: Option<bool>,
    /// Its page.
    pub href: String,
}

/// The lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionList {
    /// What waits, oldest first.
    pub open: Vec<ExceptionRowView>,
    /// What was decided, newest first.
    pub decided: Vec<ExceptionRowView>,
    /// Earlier decisions.
    pub older: Option<String>,
    /// Later decisions.
    pub newer: Option<String>,
}

impl Page for ExceptionList {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "延長や免除の申請", "Exceptions")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { open, decided, older, newer } = self;
        let none = open.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "決定を待っている申請はありません。", "Nothing waits for a decision.")}</p> }
        });
        let open = (!open.is_empty())
            .then(|| table("open", say!(lang, "決定を待っている申請", "Waiting for a decision"), open, lang));
        let decided = (!decided.is_empty()).then(|| {
            let newer =
                newer.map(|href| view! { <a href=href>{say!(lang, "新しい決定", "Later decisions")}</a>" " });
            let older =
                older.map(|href| view! { <a href=href>{say!(lang, "前の決定", "Earlier decisions")}</a> });
            view! {
                <section class="report__part" aria-labelledby="done">
                    <h2 id="done">{say!(lang, "決めた申請", "Decided")}</h2>
                    {table("decided", say!(lang, "決めた申請", "Decided"), decided, lang)}
                    <p>{newer}{older}</p>
                </section>
            }
        });
        view! {
            <div class="report">
                {trail(lang, true)}
                <h1>{say!(lang, "延長や免除の申請", "Exceptions")}</h1>
                <section class="report__part" aria-labelledby="waiting">
                    <h2 id="waiting">{say!(lang, "決定を待っている申請", "Waiting for a decision")}</h2>
                    {none}
                    {open}
                </section>
                {decided}
            </div>
        }
        .into_any()
    }
}

fn table(id: &'static str, caption: String, rows: Vec<ExceptionRowView>, lang: Lang) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let ExceptionRowView { kind, person, department, title, by, asked, until, granted, href } = row;
            let state = match granted {
                None => say!(lang, "未決定", "Open"),
                Some(true) => say!(lang, "認めた", "Granted"),
                Some(false) => say!(lang, "認めなかった", "Refused"),
            };
            view! {
                <tr>
                    <th scope="row"><a href=href>{kind.word(lang)}</a></th>
                    <td data-label=say!(lang, "本人", "Person")>
                        <span><Written text=person lang/>{department.map(|name| view! { <span class="sheet__aside"><Written text=name lang/></span> })}</span>
                    </td>
                    <td data-label=say!(lang, "研修", "Training")><Written text=title lang/></td>
                    <td data-label=say!(lang, "いつまで", "Until")><span class="nowrap">{until.map(|day| day.plain(lang))}</span></td>
                    <td data-label=say!(lang, "申請した人", "Asked by")><Written text=by lang/></td>
                    <td data-label=say!(lang, "申請日時", "Asked")><span class="nowrap">{asked.minutes(lang)}</span></td>
                    <td data-label=say!(lang, "決定", "Decision")>{state}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Sheet id caption quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "申請", "Asked for")}</th>
                    <th scope="col">{say!(lang, "本人", "Person")}</th>
                    <th scope="col">{say!(lang, "研修", "Training")}</th>
                    <th scope="col">{say!(lang, "いつまで", "Until")}</th>
                    <th scope="col">{say!(lang, "申請した人", "Asked by")}</th>
                    <th scope="col">{say!(lang, "申請日時", "Asked")}</th>
                    <th scope="col">{say!(lang, "決定", "Decision")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

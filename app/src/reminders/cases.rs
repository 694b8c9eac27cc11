//! 「声かけが必要な人」: everybody who is late or nearly so, with the newest note, for the training office.

use super::notes::{NoteLine, Spoken};
use crate::day::Day;
use crate::page::Page;
use crate::reports::line::Timing;
use crate::reports::{Choice, grouped, narrow_day};
use crate::ui::written::Written;
use crate::ui::{
    BackLink, CheckSwitch, Pager, SelectField, SelectOption, Sheet, Status, StatusTag, Submit, Weight,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A person who is to be spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLine {
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// Page of the person, at the notes.
    pub href: String,
    /// Department.
    pub department: Option<String>,
    /// Where the person stands.
    pub status: Status,
    /// Last day in time.
    pub due: Day,
    /// How late, or how long there is.
    pub timing: Option<Timing>,
    /// The newest note, and whether its next day is past.
    pub note: Option<(NoteLine, Spoken)>,
}

/// The list. GET to itself: `department`, `past`, `page`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasesPage {
    /// Its address.
    pub action: String,
    /// Departments to choose from, with all of them on top.
    pub departments: Vec<Choice>,
    /// Only those whose next day is past.
    pub past: bool,
    /// People before their due date are listed from so many days before it.
    pub days: u32,
    /// The lines of this page.
    pub lines: Vec<CaseLine>,
    /// First and last line shown, and all.
    pub part: (u32, u32, u32),
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
    /// The list for the morning meeting of this choice.
    pub morning: String,
    /// Mail that could not be delivered: the page and how many.
    pub mail: (String, u32),
}

impl Page for CasesPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "声かけが必要な人", "People to speak to")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            action,
            departments,
            past,
            days,
            lines,
            part: (first, last, of),
            before,
            after,
            morning,
            mail,
        } = self;
        let options = departments
            .into_iter()
            .map(|Choice { value, words, depth, chosen }| SelectOption {
                value,
                words: format!("{}{words}", "\u{3000}".repeat(usize::from(depth))),
                chosen,
            })
            .collect();
        let none = lines.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "あてはまる人はいません。", "Nobody to show.")}</p> }
        });
        let count = grouped(of);
        let caption = say!(lang, "声かけが必要な人", "People to speak to");
        let sheet = (!lines.is_empty()).then(|| {
            let rows = lines.into_iter().map(|line| row(line, lang)).collect_view();
            view! {
                <Sheet id="cases" caption quiet=true>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "氏名", "Name")}</th>
                            <th scope="col">{say!(lang, "部署", "Department")}</th>
                            <th scope="col">{say!(lang, "状態", "Status")}</th>
                            <th scope="col">{say!(lang, "期限", "Due")}</th>
                            <th scope="col">{say!(lang, "最後の声かけ", "Last spoken to")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Sheet>
            }
        });
        let (mail, lost) = mail;
        let mail_words = match lost {
            0 => say!(lang, "お知らせメールの状態", "State of the mail"),
            lost => say!(
                lang,
                "お知らせメールの状態（届かなかったもの {lost}通）",
                "State of the mail ({lost} not delivered)"
            ),
        };
        view! {
            <div class="report cases">
                <BackLink href=paths::OFFICE.to_owned() words=say!(lang, "全体の状況", "The whole hospital")/>
                <h1>{say!(lang, "声かけが必要な人", "People to speak to")}</h1>
                <p>{say!(
                    lang,
                    "期限を過ぎた人と、期限まで{days}日以内の人です。名前を開くと、声かけを記録できます。",
                    "People who are overdue or due within {days} days. Open a name to add a note.",
                )}</p>
                <form method="get" action=action class="conditions__form">
                    <SelectField name="department" label=say!(lang, "部署", "Department") options lang/>
                    <CheckSwitch name="past" words=say!(lang, "次に声をかける日を過ぎた人だけ", "Only those whose next talk is overdue") on=past/>
                    <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
                </form>
                <p class="cases__count">{say!(lang, "{count}件", "{count} in all")}</p>
                {none}
                {sheet}
                <Pager lang first last of before after/>
                <ul class="links" role="list">
                    <li><a href=morning>{say!(lang, "朝礼用の一覧を印刷する", "Print the list for the morning meeting")}</a></li>
                    <li><a href=mail>{mail_words}</a></li>
                </ul>
            </div>
        }
        .into_any()
    }
}

fn row(line: CaseLine, lang: Lang) -> AnyView {
    let CaseLine { name, number, href, department, status, due, timing, note } = line;
    let timing = timing.map(|timing| {
        let class = if timing.is_late() { "roster__late" } else { "roster__left" };
        view! { <span class=class>{timing.words(lang)}</span> }
    });
    let due = narrow_day(due, lang);
    let note = match note {
        None => say!(lang, "まだです", "Not yet").into_any(),
        Some((NoteLine { by, way, words, .. }, spoken)) => {
            let how = way.words(lang);
            let class = if spoken.late { "cases__next cases__next--late" } else { "cases__next" };
            view! {
                <span class="cases__note">
                    <span class=class>{spoken.words(lang)}</span>
                    <span class="cases__by">{how}" "<Written text=by lang/></span>
                    {(!words.is_empty()).then(|| view! { <span><Written text=words lang/></span> })}
                </span>
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row" class="roster__who"><a href=href><Written text=name lang/></a>" "<span class="roster__number">{number}</span></th>
            <td data-label=say!(lang, "部署", "Department")>{department.map(|text| view! { <Written text lang/> })}</td>
            <td data-label=say!(lang, "状態", "Status")><StatusTag status lang/></td>
            <td data-label=say!(lang, "期限", "Due")><span><span class="nowrap">{due}</span>{timing}</span></td>
            <td data-label=say!(lang, "最後の声かけ", "Last spoken to")>{note}</td>
        </tr>
    }
    .into_any()
}

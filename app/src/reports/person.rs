//! One person over all years, for managers and the training office: dates and statuses, nothing else.

use crate::day::Day;
use crate::page::Page;
use crate::reminders::{Notes, Notices, Reminded};
use crate::training::because::{Because, Reasons, Told};
use crate::ui::{BackLink, Fact, Facts, LinkButton, PrintButton, Sheet, Status, StatusTag, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

use super::line::{Remark, Timing};
use super::paper::{Paper, PaperHead};
use super::{AsOf, narrow_day};
use crate::ui::written::Written;

/// A department in which somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedIn {
    /// Its name.
    pub name: String,
    /// It is not the main one (兼務).
    pub also: bool,
    /// Since when.
    pub since: Day,
}

/// One requirement in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRow {
    /// Fiscal year.
    pub year: i64,
    /// Title of the requirement.
    pub title: String,
    /// The track whose modules it asked; `None` where there was only one list.
    pub track: Option<String>,
    /// Where it stood.
    pub status: Status,
    /// When it came to be owed.
    pub assigned: Day,
    /// Last day in time.
    pub due: Day,
    /// How late, or how long there is; `None` when there is nothing to do.
    pub timing: Option<Timing>,
    /// Day of the first answer.
    pub started: Option<Day>,
    /// Day on which all steps were done.
    pub done: Option<Day>,
    /// Day of completion.
    pub completed: Option<Day>,
    /// Last day on which the completion counts.
    pub valid_until: Option<Day>,
    /// Why the person is not in the rate.
    pub remark: Option<Remark>,
    /// Why it is owed, and why by that date.
    pub because: Vec<Because>,
    /// Where an exception can be asked for, or what was asked can be read; `None`: there is neither.
    pub exceptions: Option<String>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPage {
    /// The list from which one comes.
    pub back: String,
    /// Its name.
    pub back_words: String,
    /// Name.
    pub name: String,
    /// Reading.
    pub kana: String,
    /// Staff number.
    pub number: String,
    /// Profession.
    pub profession: String,
    /// Departments that the reader may know of.
    pub departments: Vec<PostedIn>,
    /// First day at the hospital.
    pub joined: Day,
    /// Last day at the hospital.
    pub left: Option<Day>,
    /// As of when.
    pub as_of: AsOf,
    /// Newest first.
    pub years: Vec<YearRow>,
    /// What was sent to the person, and what comes next. `None` for an earlier day.
    pub notices: Option<Notices>,
    /// Who spoke to them. `None` for an earlier day.
    pub notes: Option<Notes>,
    /// What the paper says.
    pub paper: PaperHead,
    /// Where postings, leave and roles are changed; only for the training office.
    pub record: Option<String>,
    /// Where the data of somebody who left is erased; only for the training office.
    pub erasure: Option<String>,
}

impl Page for PersonPage {
    fn title(&self, lang: Lang) -> String {
        let name = &self.name;
        say!(lang, "{name}さんの受講状況", "{name}: training status")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            back,
            back_words,
            name,
            kana,
            number,
            profession,
            departments,
            joined,
            left,
            as_of,
            years,
            notices,
            notes,
            paper,
            record,
            erasure,
        } = self;
        let record = record.map(|href| {
            view! {
                <p class="links">
                    <LinkButton href weight=Weight::Light words=say!(lang, "所属と休職を変える", "Change postings and leave")/>
                </p>
            }
        });
        let erasure = erasure.map(|href| {
            view! {
                <p class="links">
                    <LinkButton href weight=Weight::Light words=say!(lang, "個人情報の消去", "Erasing personal data")/>
                </p>
            }
        });
        let places = departments
            .into_iter()
            .map(|PostedIn { name, also, since }| {
                let since = since.plain(lang);
                let also = also.then(|| say!(lang, "（兼務）", " (also works here)"));
                view! {
                    <li><Written text=name lang/>{also}" "<span class="person__since">{say!(lang, "{since}から", "since {since}")}</span></li>
                }
            })
            .collect_view();
        let mut facts = vec![
            Fact {
                name: say!(lang, "フリガナ", "Reading"),
                value: view! { <Written text=kana lang/> }.into_any(),
            },
            Fact::text(say!(lang, "職員番号", "Staff number"), number),
            Fact {
                name: say!(lang, "職種", "Profession"),
                value: view! { <Written text=profession lang/> }.into_any(),
            },
            Fact {
                name: say!(lang, "部署", "Department"),
                value: view! { <ul role="list">{places}</ul> }.into_any(),
            },
            Fact::text(say!(lang, "入職日", "Joined"), joined.plain(lang)),
        ];
        if let Some(day) = left {
            facts.push(Fact::text(say!(lang, "最後の勤務日", "Last day"), day.plain(lang)));
        }
        let none = years.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "受ける研修はまだありません。", "No training is owed yet.")}</p> }
        });
        let table = (!years.is_empty()).then(|| {
            let caption = say!(lang, "年度ごとの受講状況", "Status by year");
            let rows = years.into_iter().map(|row| year(row, lang)).collect_view();
            view! {
                <Sheet id="years" caption quiet=true>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "研修", "Training")}</th>
                            <th scope="col">{say!(lang, "状態", "Status")}</th>
                            <th scope="col">{say!(lang, "期限", "Due")}</th>
                            <th scope="col">{say!(lang, "始めた日", "Begun")}</th>
                            <th scope="col">{say!(lang, "研修を終えた日", "Steps done")}</th>
                            <th scope="col">{say!(lang, "修了日", "Completed")}</th>
                            <th scope="col">{say!(lang, "有効な最後の日", "Valid until")}</th>
                            <th scope="col">{say!(lang, "備考", "Remarks")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Sheet>
            }
        });
        let report = say!(lang, "個人の受講状況", "Training status of one person");
        let as_of = as_of.words(lang);
        let summary = notes.as_ref().map(|notes| notes.summary(lang));
        view! {
            <Paper head=paper report class="report person" lang>
                {summary}
                <BackLink href=back words=back_words/>
                <header class="report-head">
                    <h1><Written text=name lang/></h1>
                    <p class="report__as-of">{as_of}</p>
                </header>
                <Facts facts/>
                <section class="report__part" aria-labelledby="by-year">
                    <h2 id="by-year">{say!(lang, "年度ごとの受講状況", "Status by year")}</h2>
                    {none}
                    {table}
                </section>
                {notes.map(|notes| notes.view(lang))}
                {notices.map(|notices| view! { <Reminded notices lang/> })}
                <p class="report__note">{say!(
                    lang,
                    "日付と状態だけを載せています。答えと点数を見られるのは、本人と、記録を確かめる監査者だけです。",
                    "Dates and statuses only. Answers and points are open to the person, and to auditors who check the records.",
                )}</p>
                {record}
                {erasure}
                <PrintButton lang/>
            </Paper>
        }
        .into_any()
    }
}

fn year(row: YearRow, lang: Lang) -> impl IntoView {
    let YearRow {
        title,
        track,
        status,
        due,
        timing,
        started,
        done,
        completed,
        valid_until,
        remark,
        because,
        exceptions,
        ..
    } = row;
    let plain =
        |day: Option<Day>| day.map(|day| view! { <span class="nowrap">{narrow_day(day, lang)}</span> });
    let timing = timing.map(|timing| {
        let class = if timing.is_late() { "roster__late" } else { "roster__left" };
        view! { <span class=class>{timing.words(lang)}</span> }
    });
    let due = narrow_day(due, lang);
    view! {
        <tr>
            <th scope="row">
                <Written text=title lang/>
                {track.map(|track| view! { <span class="person__track">{say!(lang, "区分 ", "Track: ")}<Written text=track lang/></span> })}
                <Reasons because to=Told::Others lang/>
                {exceptions.map(|href| view! { <a class="person__ask" href=href>{say!(lang, "延長や免除など", "More time, exemption, …")}</a> })}
            </th>
            <td data-label=say!(lang, "状態", "Status")><StatusTag status lang/></td>
            <td data-label=say!(lang, "期限", "Due")><span><span class="nowrap">{due}</span>{timing}</span></td>
            <td data-label=say!(lang, "始めた日", "Begun")>{plain(started)}</td>
            <td data-label=say!(lang, "研修を終えた日", "Steps done")>{plain(done)}</td>
            <td data-label=say!(lang, "修了日", "Completed")>{plain(completed)}</td>
            <td data-label=say!(lang, "有効な最後の日", "Valid until")>{plain(valid_until)}</td>
            <td data-label=say!(lang, "備考", "Remarks")>{remark.map(|remark| view! { <Written text=remark.words(lang) lang/> })}</td>
        </tr>
    }
}

//! Earlier years: what was done, when, and the way to what was answered.

use crate::day::Day;
use crate::page::Page;
use crate::ui::{BackLink, Say, Status, StatusTag, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// One requirement in one earlier (or the present) period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearLine {
    /// Fiscal year in which the period began.
    pub year: i32,
    /// Title of the requirement.
    pub title: Words,
    /// Where it ended.
    pub status: Status,
    /// Day of completion.
    pub completed: Option<Day>,
    /// Version of the policy that was signed.
    pub policy_version: Option<u32>,
    /// The certificate.
    pub certificate: Option<String>,
    /// The answers as they were shown then: title of the module and address of its sheet.
    pub sheets: Vec<(Words, String)>,
}

/// The record of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Newest first.
    pub years: Vec<YearLine>,
}

impl Page for History {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "これまでの記録", "My record")
    }

    fn view(self, lang: Lang) -> AnyView {
        let none = self.years.is_empty().then(|| {
            view! { <p class="lead">{say!(lang, "まだ記録はありません。", "There is no record yet.")}</p> }
        });
        let years =
            self.years.into_iter().zip(1_u16..).map(|(line, n)| view! { <Year line n lang/> }).collect_view();
        view! {
            <div class="narrow">
                <BackLink href=paths::HOME.to_owned() words=say!(lang, "わたしの研修", "My training")/>
                <h1>{say!(lang, "これまでの記録", "My record")}</h1>
                {none}
                {years}
            </div>
        }
        .into_any()
    }
}

/// A year with its papers and sheets.
#[component]
fn Year(line: YearLine, n: u16, lang: Lang) -> AnyView {
    let YearLine { year, title, status, completed, policy_version, certificate, sheets } = line;
    let id = format!("year-{n}");
    let named = id.clone();
    let completed = completed.map(|day| {
        let day = day.long(lang);
        view! { <span>{say!(lang, "{day} 修了", "Completed {day}")}</span> }
    });
    let version = policy_version
        .map(|version| view! { <span>{say!(lang, "規程 第{version}版に署名", "Policy version {version} signed")}</span> });
    let sheets = sheets
        .into_iter()
        .map(|(words, href)| view! { <li><a href=href><Say words page=lang/></a></li> })
        .collect::<Vec<_>>();
    view! {
        <section class="owed" aria-labelledby=named>
            <h2 class="owed__title" id=id>{say!(lang, "{year}年度 ", "FY {year} ")}<Say words=title page=lang/></h2>
            <p class="owed__facts"><StatusTag status lang/>{completed}{version}</p>
            {certificate.map(|href| view! {
                <p><a href=href>{say!(lang, "修了証を見る", "See the certificate")}</a></p>
            })}
            {(!sheets.is_empty()).then(|| view! {
                <details class="fold fold--light">
                    <summary>{say!(lang, "そのときの問いと答え", "Questions and answers of that time")}</summary>
                    <ul>{sheets}</ul>
                </details>
            })}
        </section>
    }
    .into_any()
}

//! Earlier years: what was done, when, and the way to what was answered.

use super::owed::paper_words;
use crate::day::Day;
use crate::page::Page;
use crate::reminders::{Notes, Notices, Reminded};
use crate::ui::{BackLink, Say, Status, StatusTag, Words};
use crate::{Lang, ShownIn, paths, say};
use leptos::prelude::*;

/// What somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedText {
    /// Version of the policy.
    pub version: u32,
    /// Where its text is read as it was.
    pub href: String,
    /// Day of the signature.
    pub at: Day,
    /// The language of the page on which it was given.
    pub shown_in: ShownIn,
    /// What was ticked, as it stood on that page.
    pub statements: Vec<String>,
}

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
    /// Day on which that completion was corrected away.
    pub corrected: Option<Day>,
    /// Version of the policy that was signed.
    pub policy_version: Option<u32>,
    /// What was signed, where the page shows it.
    pub signed: Option<SignedText>,
    /// The certificate.
    pub certificate: Option<String>,
    /// Nothing but a signature was asked for.
    pub alone: bool,
    /// The answers as they were shown then: title of the module and address of its sheet.
    pub sheets: Vec<(Words, String)>,
}

/// The record of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Newest first.
    pub years: Vec<YearLine>,
    /// What was sent to the person, and what comes next.
    pub notices: Option<Notices>,
    /// Who spoke to them.
    pub notes: Option<Notes>,
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
                {self.notices.map(|notices| view! { <Reminded notices lang/> })}
                {self.notes.map(|notes| notes.view(lang))}
            </div>
        }
        .into_any()
    }
}

/// A year with its papers and sheets.
#[component]
fn Year(line: YearLine, n: u16, lang: Lang) -> AnyView {
    let YearLine {
        year,
        title,
        status,
        completed,
        corrected,
        policy_version,
        signed,
        certificate,
        alone,
        sheets,
    } = line;
    let id = format!("year-{n}");
    let named = id.clone();
    let completed = completed.map(|day| {
        let day = day.long(lang);
        view! { <span>{say!(lang, "{day} 修了", "Completed {day}")}</span> }
    });
    let version = policy_version
        .map(|version| view! { <span>{say!(lang, "規程 第{version}版に署名", "Policy version {version} signed")}</span> });
    let corrected = corrected.map(|day| {
        let day = day.long(lang);
        view! {
            <p>{say!(
                lang,
                "この修了の記録は{day}に訂正され、いまは数えられていません。",
                "This completion was corrected on {day} and no longer counts.",
            )}</p>
        }
    });
    let sheets = sheets
        .into_iter()
        .map(|(words, href)| view! { <li><a href=href><Say words page=lang/></a></li> })
        .collect::<Vec<_>>();
    view! {
        <section class="owed" aria-labelledby=named>
            <h2 class="owed__title" id=id>{say!(lang, "{year}年度 ", "FY{year} ")}<Say words=title page=lang/></h2>
            <p class="owed__facts"><StatusTag status lang/>{completed}{version}</p>
            {corrected}
            {certificate.map(|href| view! {
                <p><a href=href>{paper_words(alone, lang)}</a></p>
            })}
            {signed.map(|signed| signed_text(signed, lang))}
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

/// The way to the signed text, and what was ticked under it.
fn signed_text(signed: SignedText, lang: Lang) -> AnyView {
    let SignedText { version, href, at, shown_in, statements } = signed;
    let at = at.long(lang);
    let page = shown_in.words(lang);
    let how = say!(lang, "{at}に、{page}の画面で署名しました。", "Signed on {at}, on a page in {page}.");
    let statements = statements.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <p><a href=href>{say!(lang, "署名した規程（第{version}版）を読む", "Read the policy as signed (version {version})")}</a></p>
        <details class="fold fold--light">
            <summary>{say!(lang, "署名した内容", "What was signed")}</summary>
            <p>{how}</p>
            <ul lang=shown_in.lang().tag()>{statements}</ul>
        </details>
    }
    .into_any()
}

//! Until when the records of people who left are kept, and whose time is over.

use super::erasure::ErasureBasis;
use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::people::{OfficeTrail, people_words};
use crate::ui::Sheet;
use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

/// An erasure that waits for a confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingLine {
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Its page.
    pub href: String,
}

/// Somebody whose records need not be kept any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverLine {
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// Last day at the hospital.
    pub left: Day,
    /// Since when.
    pub since: Day,
    /// The page of the erasure.
    pub href: String,
}

/// Somebody who was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedLine {
    /// What stands in the place of the number.
    pub number: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub basis: ErasureBasis,
    /// Its page.
    pub href: String,
}

/// The lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionPage {
    /// For so many years records are kept.
    pub years: u32,
    /// What waits for a confirmation, oldest first.
    pub waiting: Vec<WaitingLine>,
    /// Whose time is over, who left first.
    pub over: Vec<OverLine>,
    /// There are more of them than are listed.
    pub more: bool,
    /// Who was erased, newest first.
    pub erased: Vec<ErasedLine>,
}

impl Page for RetentionPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "保存期間と消去", "Retention and erasure")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { years, waiting, over, more, erased } = self;
        let more = more.then(|| {
            view! { <p>{say!(lang, "ほかにもいます。消去が済むと、続きを表示します。", "There are more. They are listed when these are erased.")}</p> }
        });
        view! {
            <div class="report">
                <OfficeTrail lang people=Some("/office/people".to_owned())/>
                <h1>{say!(lang, "保存期間と消去", "Retention and erasure")}</h1>
                <p>{say!(
                    lang,
                    "退職した人の記録は、{years}年間残します。退職した日からの{years}年と、記録がある最後の年度の終わりからの{years}年を比べ、遅いほうの日まで残します。",
                    "Records of people who left are kept for {years} years: from the day on which they left, or from the end of the last fiscal year with records of them, whichever is later.",
                )}</p>
                <p>{say!(
                    lang,
                    "年数は、サーバーの設定 records.years で決めます。",
                    "The number of years is the server's setting records.years.",
                )}</p>
                <section class="report__part" aria-labelledby="waiting">
                    <h2 id="waiting">{say!(lang, "確認を待っている消去", "Waiting for a confirmation")}</h2>
                    {waiting_table(waiting, lang)}
                </section>
                <section class="report__part" aria-labelledby="over">
                    <h2 id="over">{say!(lang, "保存期間が過ぎた人", "Retention period over")}</h2>
                    {over_table(over, lang)}
                    {more}
                </section>
                <section class="report__part" aria-labelledby="erased">
                    <h2 id="erased">{say!(lang, "消去した記録", "Erased")}</h2>
                    {erased_table(erased, lang)}
                </section>
            </div>
        }
        .into_any()
    }
}

fn empty(words: String) -> AnyView {
    view! { <p class="report__empty">{words}</p> }.into_any()
}

fn waiting_table(lines: Vec<WaitingLine>, lang: Lang) -> AnyView {
    if lines.is_empty() {
        return empty(say!(lang, "確認を待っている消去はありません。", "Nothing waits for a confirmation."));
    }
    let caption = people_words(u32::try_from(lines.len()).unwrap_or(u32::MAX), lang);
    let rows = lines
        .into_iter()
        .map(|WaitingLine { name, number, by, at, href }| view! {
            <tr>
                <th scope="row"><a href=href><Written text=name lang/></a></th>
                <td data-label=say!(lang, "職員番号", "Staff number")>{number}</td>
                <td data-label=say!(lang, "依頼した人", "Asked by")><Written text=by lang/></td>
                <td data-label=say!(lang, "依頼した日時", "Asked")><span class="nowrap">{at.minutes(lang)}</span></td>
            </tr>
        })
        .collect_view();
    view! {
        <Sheet id="waiting-list" caption quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "氏名", "Name")}</th>
                    <th scope="col">{say!(lang, "職員番号", "Staff number")}</th>
                    <th scope="col">{say!(lang, "依頼した人", "Asked by")}</th>
                    <th scope="col">{say!(lang, "依頼した日時", "Asked")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn over_table(lines: Vec<OverLine>, lang: Lang) -> AnyView {
    if lines.is_empty() {
        return empty(say!(
            lang,
            "保存期間が過ぎた人はいません。",
            "There is nobody whose retention period is over."
        ));
    }
    let caption = people_words(u32::try_from(lines.len()).unwrap_or(u32::MAX), lang);
    let rows = lines
        .into_iter()
        .map(|OverLine { name, number, left, since, href }| view! {
            <tr>
                <th scope="row"><a href=href><Written text=name lang/></a></th>
                <td data-label=say!(lang, "職員番号", "Staff number")>{number}</td>
                <td data-label=say!(lang, "退職日", "Last day")><span class="nowrap">{left.plain(lang)}</span></td>
                <td data-label=say!(lang, "消去できる日", "Since")><span class="nowrap">{since.plain(lang)}</span></td>
            </tr>
        })
        .collect_view();
    view! {
        <Sheet id="over-list" caption quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "氏名", "Name")}</th>
                    <th scope="col">{say!(lang, "職員番号", "Staff number")}</th>
                    <th scope="col">{say!(lang, "退職日", "Last day")}</th>
                    <th scope="col">{say!(lang, "消去できる日", "Since")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn erased_table(lines: Vec<ErasedLine>, lang: Lang) -> AnyView {
    if lines.is_empty() {
        return empty(say!(
            lang,
            "まだ、だれの個人情報も消去していません。",
            "No personal data has been erased yet."
        ));
    }
    let caption = people_words(u32::try_from(lines.len()).unwrap_or(u32::MAX), lang);
    let rows = lines
        .into_iter()
        .map(|ErasedLine { number, at, basis, href }| view! {
            <tr>
                <th scope="row"><a href=href>{number}</a></th>
                <td data-label=say!(lang, "消去した日時", "Erased")><span class="nowrap">{at.minutes(lang)}</span></td>
                <td data-label=say!(lang, "理由", "Why")>{basis.words(lang)}</td>
            </tr>
        })
        .collect_view();
    view! {
        <Sheet id="erased-list" caption quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "番号", "Number")}</th>
                    <th scope="col">{say!(lang, "消去した日時", "Erased")}</th>
                    <th scope="col">{say!(lang, "理由", "Why")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

//! One person's full record: where they worked, what they owed and why, what they answered, what they signed, each beside its leaf.

use super::leaf::LeafRef;
use super::person_year::proved;
use super::{Choice, PersonYear, options, trail};
use crate::day::Day;
use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{Crumb, Fact, Facts, Notice, PrintButton, SelectField, Shape, Submit, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Where a person worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingLine {
    /// The department.
    pub department: String,
    /// It is not the main one (兼務).
    pub also: bool,
    /// First day.
    pub from: Day,
    /// Last day, if it is over or known.
    pub until: Option<Day>,
}

/// When a person was away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveLine {
    /// Why.
    pub reason: String,
    /// First day.
    pub from: Day,
    /// Last day, if it is known.
    pub until: Option<Day>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPerson {
    /// Name.
    pub name: String,
    /// Reading; may be empty.
    pub kana: String,
    /// Staff number.
    pub number: String,
    /// The leaf that binds name and number to this person; none if the log was not told yet.
    pub named: Option<LeafRef>,
    /// Profession; may be empty.
    pub profession: String,
    /// Sort of employment; may be empty.
    pub employment: String,
    /// First day at the hospital.
    pub joined: Day,
    /// Last day at the hospital.
    pub left: Option<Day>,
    /// Postings, oldest first.
    pub postings: Vec<PostingLine>,
    /// Leaves of absence, oldest first.
    pub leaves: Vec<LeaveLine>,
    /// Records that were compared with their leaves, and those of them that do not agree.
    pub compared: (u64, u64),
    /// Who opened this record.
    pub readings: String,
    /// The years, newest first.
    pub years: Vec<PersonYear>,
    /// How to ask for this person's part of an evidence pack.
    pub pack: PersonPack,
}

/// A POST form with `year` and `person`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPack {
    /// Where to ask.
    pub action: String,
    /// The person's id.
    pub person: String,
    /// The years of which there is a log, newest first.
    pub years: Vec<Choice>,
}

impl Page for AuditPerson {
    fn title(&self, lang: Lang) -> String {
        let number = &self.number;
        say!(lang, "職員番号{number}の記録", "Record of staff number {number}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            name,
            kana,
            number,
            named,
            profession,
            employment,
            joined,
            left,
            postings,
            leaves,
            compared,
            readings,
            years,
            pack,
        } = self;
        let written = |text: String| view! { <Written text lang/> }.into_any();
        let mut facts = vec![
            Fact { name: say!(lang, "フリガナ", "Reading"), value: written(kana) },
            named_by(number, named, lang),
            Fact { name: say!(lang, "職種", "Profession"), value: written(profession) },
            Fact { name: say!(lang, "雇用区分", "Employment"), value: written(employment) },
            Fact::text(say!(lang, "入職日", "Joined"), joined.plain(lang)),
        ];
        if let Some(day) = left {
            facts.push(Fact::text(say!(lang, "最後の在籍日", "Last day"), day.plain(lang)));
        }
        facts.push(Fact { name: say!(lang, "配属", "Postings"), value: places(postings, lang) });
        if !leaves.is_empty() {
            facts.push(Fact { name: say!(lang, "休職", "Leave"), value: away(leaves, lang) });
        }
        let none = years.is_empty().then(|| {
            view! { <p class="audit__empty">{say!(lang, "受ける研修はまだありません。", "No training is owed yet.")}</p> }
        });
        let years = (1_u16..).zip(years).map(|(n, year)| year.view(n, lang)).collect_view();
        let roster =
            Crumb { words: say!(lang, "受講者名簿", "Roster"), href: paths::AUDIT_ROSTER.to_owned() };
        view! {
            <div class="audit">
                {trail(lang, Some(roster))}
                <h1><Written text=name lang/></h1>
                {verdict(compared, lang)}
                <Facts facts/>
                <p><a href=readings>{say!(lang, "この人の記録を開いた人", "Who opened this record")}</a></p>
                {none}
                {years}
                {part(pack, lang)}
                <PrintButton lang/>
            </div>
        }
        .into_any()
    }
}

/// The staff number, beside the leaf that binds it and the name to this person.
fn named_by(number: String, named: Option<LeafRef>, lang: Lang) -> Fact {
    let name = say!(lang, "職員番号", "Staff number");
    match named {
        Some(leaf) => proved(name, number, leaf, lang),
        None => Fact::text(name, number),
    }
}

fn part(pack: PersonPack, lang: Lang) -> AnyView {
    let PersonPack { action, person, years } = pack;
    view! {
        <section class="audit__part" aria-labelledby="pack">
            <h2 id="pack">{say!(lang, "この人の証跡パック", "Evidence pack of this person")}</h2>
            <p>{say!(
                lang,
                "一年度の、この人の記録だけを一つのzipにまとめます。ほかの人の氏名や解答は入りません。入っている記録が変えられていないことは、病院の外でも確かめられます。ほかに記録がないことは、全体の証跡パックでなければわかりません。作成したことは証跡に残ります。",
                "One zip with the records of this person in one year, and no name or answer of anybody else. That they were not altered can be checked outside the hospital. That there are no others, only the whole pack shows. That it was made becomes a leaf of the log.",
            )}</p>
            <form method="post" action=action class="audit__find">
                <input type="hidden" name="person" value=person/>
                <SelectField name="year" label=say!(lang, "年度", "Fiscal year") options=options(years) lang/>
                <Submit words=say!(lang, "作成してダウンロード", "Make and download") weight=Weight::Side shape=Shape::Save/>
            </form>
        </section>
    }
    .into_any()
}

fn verdict((compared, broken): (u64, u64), lang: Lang) -> AnyView {
    match (compared, broken) {
        (0, _) => ().into_any(),
        (_, 0) => {
            let title = say!(
                lang,
                "この人の記録{compared}件は、すべて証跡と一致しています",
                "All {compared} records of this person agree with the log",
            );
            view! {
                <Notice tone=Tone::Done title=title>
                    <p>{say!(
                        lang,
                        "記録の内容を一件ずつ証跡と比べ、その証跡が署名済みの木に含まれることを計算で確かめました。",
                        "Each record was compared with its leaf, and each leaf was proved to be in the signed tree.",
                    )}</p>
                </Notice>
            }
            .into_any()
        }
        _ => {
            let title = say!(
                lang,
                "この人の記録{compared}件のうち、{broken}件が証跡と一致しません",
                "{broken} of {compared} records of this person do not agree with the log",
            );
            view! { <Notice tone=Tone::Warn title=title/> }.into_any()
        }
    }
}

fn places(postings: Vec<PostingLine>, lang: Lang) -> AnyView {
    let places = postings
        .into_iter()
        .map(|PostingLine { department, also, from, until }| {
            let also = also.then(|| say!(lang, "（兼務）", " (also works here)"));
            view! { <li><Written text=department lang/>{also}<span class="audit__span">{span(from, until, lang)}</span></li> }
        })
        .collect_view();
    view! { <ul role="list">{places}</ul> }.into_any()
}

fn away(leaves: Vec<LeaveLine>, lang: Lang) -> AnyView {
    let leaves = leaves
        .into_iter()
        .map(|LeaveLine { reason, from, until }| {
            view! { <li><Written text=reason lang/><span class="audit__span">{span(from, until, lang)}</span></li> }
        })
        .collect_view();
    view! { <ul role="list">{leaves}</ul> }.into_any()
}

/// From a day to the end of another.
pub(super) fn span(from: Day, until: Option<Day>, lang: Lang) -> String {
    let from = from.plain(lang);
    match until.map(|until| until.plain(lang)) {
        Some(until) => say!(lang, "{from}から{until}まで", "{from} to {until}"),
        None => say!(lang, "{from}から", "from {from}"),
    }
}

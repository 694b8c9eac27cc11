//! The roster of a requirement, as of any day, and random samples of it.

use super::{Choice, options, trail};
use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::people::Listed;
use crate::reports::narrow_day;
use crate::reports::{AsOf, no_training};
use crate::ui::written::Written;
use crate::ui::{
    DateField, ErrorSummary, Fault, Pager, PrintButton, Rate, RateLine, SelectField, Sheet, Status,
    StatusTag, Submit, TextField, Weight, Width,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A person of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterLine {
    /// Name.
    pub name: String,
    /// Reading; may be empty.
    pub kana: String,
    /// Staff number.
    pub number: String,
    /// The person's full record.
    pub href: String,
    /// Profession; may be empty.
    pub profession: String,
    /// Main department of that day.
    pub department: Option<String>,
    /// Where the person stood.
    pub status: Status,
    /// Last day in time.
    pub due: Day,
    /// Day of the first answer.
    pub started: Option<Day>,
    /// Day of completion.
    pub completed: Option<Day>,
    /// Why the person is not in the rate.
    pub remark: Option<String>,
}

/// A random sample that anybody can draw again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// How many were asked for, as typed; empty is everybody.
    pub size: String,
    /// The word from which it was drawn.
    pub seed: String,
}

/// The roster. GET to itself: `requirement`, `at`, `q`, `sample`, `seed`, `page`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRoster {
    /// Requirements, newest first.
    pub requirements: Vec<Choice>,
    /// Why the hospital asks for the one shown, in its own words.
    pub basis: String,
    /// The day as typed, ISO 8601; empty is now.
    pub at: String,
    /// The day cannot be read or has not come yet.
    pub at_wrong: bool,
    /// What is searched for.
    pub q: String,
    /// The sample.
    pub sample: Sample,
    /// As of when.
    pub as_of: AsOf,
    /// The rate of everybody, whatever the list shows.
    pub rate: Rate,
    /// How many are exempt or out, and not in the rate.
    pub left_out: (u32, u32),
    /// How many stand where, in the order of the statuses.
    pub counts: Vec<(Status, u32)>,
    /// The people.
    pub lines: Vec<RosterLine>,
    /// Which part of them.
    pub listed: Listed,
}

impl AuditRoster {
    /// The roster of a hospital that asks nothing of anybody yet.
    pub fn without_training(as_of: AsOf) -> Self {
        Self {
            requirements: Vec::new(),
            basis: String::new(),
            at: String::new(),
            at_wrong: false,
            q: String::new(),
            sample: Sample::default(),
            as_of,
            rate: Rate { done: 0, of: 0 },
            left_out: (0, 0),
            counts: Vec::new(),
            lines: Vec::new(),
            listed: Listed::default(),
        }
    }
}

impl Page for AuditRoster {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "受講者名簿（監査）", "Roster (audit)")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            requirements,
            basis,
            at,
            at_wrong,
            q,
            sample,
            as_of,
            rate,
            left_out,
            counts,
            lines,
            listed,
        } = self;
        let as_of = as_of.words(lang);
        if requirements.is_empty() {
            return view! {
                <div class="audit audit--wide">
                    {trail(lang, None)}
                    <header class="audit__head">
                        <h1>{say!(lang, "受講者名簿", "Roster")}</h1>
                        <p class="audit__as-of">{as_of}</p>
                    </header>
                    {no_training(false, lang)}
                </div>
            }
            .into_any();
        }
        let sampled = !sample.size.is_empty();
        let Listed { first, last, of, before, after } = listed;
        let drawn = sampled.then(|| {
            view! {
                <p class="audit__note">
                    {say!(lang, "無作為に{of}人を選びました。同じ言葉からは、いつでも同じ人が選ばれます。言葉：", "{of} people were drawn at random; the same word always draws the same people. Word: ")}
                    <Written text=sample.seed.clone() lang/>
                </p>
            }
        });
        let (exempt, out) = left_out;
        view! {
            <div class="audit audit--wide">
                {trail(lang, None)}
                <header class="audit__head">
                    <h1>{say!(lang, "受講者名簿", "Roster")}</h1>
                    <p class="audit__as-of">{as_of}</p>
                </header>
                {at_wrong.then(|| {
                    let faults = vec![Fault { field: Some("at".to_owned()), message: date_words(lang) }];
                    view! { <ErrorSummary faults lang/> }
                })}
                {form(requirements, at, at_wrong, q, sample, lang)}
                {(!basis.is_empty()).then(|| view! {
                    <p>{say!(lang, "実施の根拠：", "Basis: ")}<Written text=basis lang/></p>
                })}
                <p class="audit__rate">
                    {say!(lang, "受講率 ", "Completion rate ")}<RateLine rate lang/>
                    <span class="audit__formula">{say!(
                        lang,
                        "（修了＋期限後修了）÷（対象者−免除{exempt}人−対象外{out}人）、端数切り捨て",
                        "(completed + completed late) ÷ (assigned − {exempt} exempt − {out} not in scope), rounded down",
                    )}</span>
                </p>
                <ul class="audit__counts" role="list">
                    {counts.into_iter().map(|(status, count)| view! {
                        <li><StatusTag status lang/><span>{say!(lang, "{count}人", "{count}")}</span></li>
                    }).collect_view()}
                </ul>
                {drawn}
                {table(lines, lang)}
                <Pager lang first last of before after/>
                <PrintButton lang/>
            </div>
        }
        .into_any()
    }
}

fn date_words(lang: Lang) -> String {
    say!(lang, "きょうまでの日付を選びます。", "Choose a day up to today.")
}

fn form(
    requirements: Vec<Choice>,
    at: String,
    at_wrong: bool,
    q: String,
    sample: Sample,
    lang: Lang,
) -> AnyView {
    let Sample { size, seed } = sample;
    let error = at_wrong.then(|| date_words(lang));
    view! {
        <form method="get" action=paths::AUDIT_ROSTER class="audit__filter">
            <SelectField name="requirement" label=say!(lang, "研修", "Training") options=options(requirements) lang/>
            <DateField
                name="at"
                label=say!(lang, "いつの時点", "As of")
                value=at
                hint=say!(lang, "空欄なら今です", "Empty is now")
                error=error
            />
            <TextField
                name="q"
                kind="search"
                label=say!(lang, "職員番号・氏名・フリガナ", "Number, name or reading")
                value=q
            />
            <TextField
                name="sample"
                label=say!(lang, "抜き取る人数", "Sample size")
                value=size
                inputmode="numeric"
                width=Width::Short
                hint=say!(lang, "空欄なら全員です", "Empty is everybody")
            />
            <TextField
                name="seed"
                label=say!(lang, "抜き取りの言葉", "Seed word")
                value=seed
                width=Width::Middle
                hint=say!(lang, "どんな言葉でもかまいません", "Any word will do")
            />
            <Submit words=say!(lang, "表示する", "Show") weight=Weight::Side/>
        </form>
    }
    .into_any()
}

fn table(lines: Vec<RosterLine>, lang: Lang) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="audit__empty">{say!(lang, "あてはまる人はいません。", "Nobody was found.")}</p> }.into_any();
    }
    let heads = [
        say!(lang, "氏名", "Name"),
        say!(lang, "職員番号", "Number"),
        say!(lang, "部署", "Department"),
        say!(lang, "職種", "Profession"),
        say!(lang, "状態", "Status"),
        say!(lang, "期限", "Due"),
        say!(lang, "始めた日", "Begun"),
        say!(lang, "修了日", "Completed"),
        say!(lang, "備考", "Remarks"),
    ];
    let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let rows = lines.into_iter().map(|line| row(line, heads.clone(), lang)).collect_view();
    let caption = say!(lang, "受講者名簿", "Roster");
    view! {
        <Sheet id="roster" caption quiet=true>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn row(line: RosterLine, heads: [String; 9], lang: Lang) -> AnyView {
    let RosterLine {
        name,
        kana,
        number,
        href,
        profession,
        department,
        status,
        due,
        started,
        completed,
        remark,
    } = line;
    let [_, number_label, department_label, profession_label, status_label, due_label, begun, done, remarks] =
        heads;
    let plain = |day: Option<Day>| day.map(|day| narrow_day(day, lang));
    let written = |text: Option<String>| text.map(|text| view! { <Written text lang/> });
    view! {
        <tr>
            <th scope="row" class="roster__who">
                <a href=href><Written text=name lang/></a>
                {(!kana.is_empty()).then(|| view! { <span class="audit__kana"><Written text=kana lang/></span> })}
            </th>
            <td data-label=number_label class="roster__number">{number}</td>
            <td data-label=department_label>{written(department)}</td>
            <td data-label=profession_label>{written(Some(profession).filter(|text| !text.is_empty()))}</td>
            <td data-label=status_label><StatusTag status lang/></td>
            <td data-label=due_label class="nowrap">{narrow_day(due, lang)}</td>
            <td data-label=begun class="nowrap">{plain(started)}</td>
            <td data-label=done class="nowrap">{plain(completed)}</td>
            <td data-label=remarks>{written(remark)}</td>
        </tr>
    }
    .into_any()
}

//! The people of a department: who has to act first, then everybody. For managers and for the training office.

use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::ui::{Bar, Crumb, Notice, Rate, Status, Tone, Trail};
use crate::{Lang, say};
use leptos::prelude::*;

use super::conditions::{ConditionFaults, Conditions, ConditionsForm};
use super::export::ExportForm;
use super::line::{ActList, PersonLine};
use super::paper::{Paper, PaperHead};
use super::roster::{Search, Sorts, Tab, Which, roster};
use super::{AsOf, grouped, no_training};
use crate::ui::written::Written;

/// From where the page is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The manager's own page.
    Team,
    /// The training office, with the pages above.
    Office(Vec<Crumb>),
}

/// The people of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentPage {
    /// From where it is reached.
    pub place: Place,
    /// Name of the department, or of all of one's own.
    pub name: String,
    /// First day on which the department no longer exists.
    pub closed: Option<Day>,
    /// Title of the requirement. `None`: there is none yet.
    pub requirement: Option<String>,
    /// Its due date, for most people.
    pub due: Option<Day>,
    /// As of when.
    pub as_of: AsOf,
    /// What can be chosen.
    pub conditions: Conditions,
    /// How many stand where, in the order of [`Status::ALL`].
    pub statuses: Vec<(Status, u32)>,
    /// The rate.
    pub rate: Rate,
    /// Those who have not finished.
    pub open: u32,
    /// Of these, those who are past their due date.
    pub overdue: u32,
    /// The first of those who have not finished. Empty where the list below is filtered.
    pub first: Vec<PersonLine>,
    /// Address of all who have not finished.
    pub open_href: String,
    /// Tabs.
    pub tabs: Vec<Tab>,
    /// Which of them is open.
    pub which: Which,
    /// Search.
    pub search: Search,
    /// Orders.
    pub sorts: Sorts,
    /// There is a column of departments.
    pub departments: bool,
    /// The lines of this page.
    pub lines: Vec<PersonLine>,
    /// Number of the first line, from 1.
    pub first_line: u32,
    /// Lines in all.
    pub of: u32,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
    /// People who work here as well and are counted elsewhere.
    pub also: Vec<PersonLine>,
    /// The list for the morning meeting of the same people.
    pub morning: Option<String>,
    /// The file.
    pub export: ExportForm,
    /// What the paper says.
    pub paper: PaperHead,
}

impl DepartmentPage {
    /// The sentence: 「3病棟：未修了 4人（うち期限超過 1人）」.
    fn sentence(&self, lang: Lang) -> String {
        let name = &self.name;
        let (open, overdue) = (grouped(self.open), grouped(self.overdue));
        if self.requirement.is_none() {
            return name.clone();
        }
        match (self.rate.of, self.open, self.overdue) {
            (0, _, _) => say!(lang, "{name}：受ける人はいません", "{name}: nobody owes this"),
            (_, 0, _) => say!(lang, "{name}：全員が修了しています", "{name}: everybody has finished"),
            (_, _, 0) => say!(lang, "{name}：未修了 {open}人", "{name}: {open} not finished"),
            (_, _, _) => say!(
                lang,
                "{name}：未修了 {open}人（うち期限超過 {overdue}人）",
                "{name}: {open} not finished ({overdue} overdue)"
            ),
        }
    }

    /// What a manager may do about it, in one line.
    fn advice(&self, lang: Lang) -> Option<String> {
        match (self.rate.of, self.open) {
            (0, _) => None,
            (_, 0) => Some(say!(
                lang,
                "新しく加わった人がいれば、ここに出ます。",
                "Anybody who joins later appears here."
            )),
            _ => Some(say!(
                lang,
                "勤務の中で時間をとれるか、本人と相談してみてください。途中でやめても続きから始められます。",
                "See with each person whether there is time for it during a shift. It can be stopped and continued at any step.",
            )),
        }
    }
}

impl Page for DepartmentPage {
    fn title(&self, lang: Lang) -> String {
        self.sentence(lang)
    }

    fn kind(&self) -> PageKind {
        PageKind::Plain
    }

    fn view(self, lang: Lang) -> AnyView {
        let sentence = self.sentence(lang);
        let advice = self.advice(lang).filter(|_| !self.as_of.is_past());
        let eyebrow = self.requirement.clone().map(|title| {
            let due = self.due.map(|day| {
                let day = day.long(lang);
                view! { <span class="report-head__due">{say!(lang, "期限 {day}", "Due {day}")}</span> }
            });
            view! { <p class="report-head__requirement"><span class="eyebrow"><Written text=title lang/></span>{due}</p> }
        });
        let trail = match self.place.clone() {
            Place::Team => None,
            Place::Office(crumbs) => Some(view! { <Trail crumbs lang/> }),
        };
        let none =
            self.requirement.is_none().then(|| no_training(!self.conditions.requirements.is_empty(), lang));
        let closed = self.closed.map(|day| {
            let day = day.plain(lang);
            view! {
                <Notice tone=Tone::Info title=say!(lang, "{day}に廃止された部署です。", "This department was closed on {day}.")>
                    <p>{say!(
                        lang,
                        "「いつの時点」でそれより前の日を選ぶと、そのころの名簿を見られます。",
                        "Choose an earlier day under “As of” to see its people then.",
                    )}</p>
                </Notice>
            }
        });
        let report = say!(lang, "受講状況", "Training status");
        let first = first_people(&self, lang);
        let counts = (self.requirement.is_some()).then(|| counts(&self, lang));
        let as_of = self.as_of;
        let paper = self.paper.clone();
        let conditions = self.conditions.clone();
        let roster = self.requirement.is_some().then(|| roster(self, lang));
        view! {
            <Paper head=paper report class="report" lang>
                <ConditionFaults error=conditions.at_error lang/>
                {trail}
                <header class="report-head">
                    {eyebrow}
                    <h1><Written text=sentence lang/></h1>
                    {advice.map(|advice| view! { <p class="lead report-head__advice">{advice}</p> })}
                    <ConditionsForm conditions as_of lang/>
                </header>
                {closed}
                {none}
                {first}
                {counts}
                {roster}
            </Paper>
        }
        .into_any()
    }
}

/// The people who have to act, those first who are latest.
fn first_people(page: &DepartmentPage, lang: Lang) -> Option<AnyView> {
    if page.first.is_empty() {
        return None;
    }
    let shown = u32::try_from(page.first.len()).unwrap_or(u32::MAX);
    let open = grouped(page.open);
    let more = (page.open > shown).then(|| {
        let href = page.open_href.clone();
        view! { <p><a href=href>{say!(lang, "未修了の{open}人をすべて見る", "See all {open} who have not finished")}</a></p> }
    });
    let lines = page.first.clone();
    let morning = page.morning.clone().filter(|_| !page.as_of.is_past()).map(|href| {
        view! { <p class="acts__morning"><a href=href>{say!(lang, "朝礼用の一覧を印刷する", "Print the list for the morning meeting")}</a></p> }
    });
    Some(
        view! {
            <section class="report__part" aria-labelledby="first">
                <h2 id="first">{say!(lang, "まだの人", "Not finished yet")}</h2>
                <ActList lines lang/>
                {more}
                {morning}
            </section>
        }
        .into_any(),
    )
}

/// The rate with both counts, the bar, and the number of each status.
fn counts(page: &DepartmentPage, lang: Lang) -> AnyView {
    let rate = page.rate;
    let parts: Vec<(Status, u32)> = page
        .statuses
        .iter()
        .copied()
        .filter(|(status, _)| !matches!(status, Status::Exempt | Status::Out))
        .collect();
    let beside: Vec<String> = page
        .statuses
        .iter()
        .filter(|(status, count)| matches!(status, Status::Exempt | Status::Out) && *count > 0)
        .map(|(status, count)| {
            let (word, count) = (status.word(lang), grouped(*count));
            say!(lang, "{word} {count}人", "{word}: {count}")
        })
        .collect();
    let beside = (!beside.is_empty()).then(|| {
        let beside = beside.join(&say!(lang, "、", ", "));
        view! { <p class="counts__beside">{say!(lang, "ほかに {beside}", "In addition: {beside}")}</p> }
    });
    view! {
        <section class="report__part counts" aria-labelledby="rate">
            <h2 id="rate">{say!(lang, "受講率", "Rate")}</h2>
            <p class="counts__rate">{rate.words(lang)}</p>
            <Bar parts/>
            {beside}
        </section>
    }
    .into_any()
}

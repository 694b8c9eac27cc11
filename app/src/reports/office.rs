//! The first page of the training office: the whole hospital in numbers, and where to look first.

use crate::page::Page;
use crate::ui::{Bar, LinkButton, Notice, Rate, Sheet, Status, StatusTag, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

use super::conditions::{ConditionFaults, Conditions, ConditionsForm};
use super::paper::{Paper, PaperHead};
use super::table::{Mark, MarkShape};
use super::{AsOf, grouped, no_training};
use crate::ui::written::Written;

/// How many stand where, and who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusLink {
    /// Where.
    pub status: Status,
    /// How many.
    pub count: u32,
    /// The list.
    pub href: String,
}

/// A department in a short list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentLine {
    /// Its name.
    pub name: String,
    /// Its list of people.
    pub href: String,
    /// Its rate.
    pub rate: Rate,
    /// Those who have not finished.
    pub open: u32,
    /// Of these, those past their due date.
    pub overdue: u32,
}

/// People whose due date comes soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soon {
    /// How many.
    pub people: u32,
    /// Within so many days.
    pub days: u32,
    /// The list of those who have not finished.
    pub href: String,
}

/// The first page of the training office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficePage {
    /// Title of the requirement. `None`: there is none yet.
    pub requirement: Option<String>,
    /// As of when.
    pub as_of: AsOf,
    /// What can be chosen.
    pub conditions: Conditions,
    /// The rate of the whole hospital.
    pub rate: Rate,
    /// The rate of the year before on the same day, with its title.
    pub last_year: Option<(AsOf, Rate)>,
    /// How many stand where.
    pub statuses: Vec<StatusLink>,
    /// Departments below the target, the lowest first.
    pub below: Vec<DepartmentLine>,
    /// How many more of them there are.
    pub below_more: u32,
    /// People whose due date comes soon.
    pub soon: Soon,
    /// People whom no department counts on that day, and their list.
    pub nowhere: Option<(u32, String)>,
    /// The list of all people.
    pub everybody: String,
    /// The table of departments.
    pub table: String,
    /// The rate from week to week.
    pub trend: String,
    /// The people of the hospital, to be looked up and imported.
    pub people: String,
    /// The tree of departments.
    pub departments: String,
    /// What the answers show.
    pub questions: String,
    /// Clauses and departments.
    pub clauses: String,
    /// Who is to be spoken to.
    pub follow_up: String,
    /// What people could not agree with, and how many of them wait.
    pub objections: (String, u32),
    /// Who owes what.
    pub requirements: String,
    /// Exceptions, and how many wait for a decision.
    pub exceptions: (String, u32),
    /// What the paper says.
    pub paper: PaperHead,
}

impl Page for OfficePage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "全体の状況", "The whole hospital")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { requirement, as_of, conditions, paper, .. } = self.clone();
        let none = requirement.is_none().then(|| no_training(!conditions.requirements.is_empty(), lang));
        let more = more(&self, lang);
        let body = requirement.is_some().then(|| body(self, lang));
        let report = say!(lang, "全体の受講状況", "Training status of the whole hospital");
        view! {
            <Paper head=paper report class="report office" lang>
                <ConditionFaults error=conditions.at_error lang/>
                <header class="report-head">
                    {requirement.map(|title| view! { <p><span class="eyebrow"><Written text=title lang/></span></p> })}
                    <h1>{say!(lang, "全体の状況", "The whole hospital")}</h1>
                    <ConditionsForm conditions as_of lang/>
                </header>
                {none}
                {body}
                {more}
            </Paper>
        }
        .into_any()
    }
}

fn body(page: OfficePage, lang: Lang) -> AnyView {
    let OfficePage {
        rate,
        last_year,
        statuses,
        below,
        below_more,
        soon,
        nowhere,
        everybody,
        table,
        trend,
        people,
        ..
    } = page;
    let nobody = statuses.is_empty().then(|| {
        view! {
            <Notice tone=Tone::Info title=say!(lang, "この研修を受ける人は、まだいません。", "Nobody owes this training yet.")>
                <p><a href=people>{say!(lang, "職員を確かめる、取り込む", "Look at the people, or bring in a list")}</a></p>
            </Notice>
        }
    });
    let parts: Vec<(Status, u32)> = statuses
        .iter()
        .filter(|line| !matches!(line.status, Status::Exempt | Status::Out))
        .map(|line| (line.status, line.count))
        .collect();
    let links = statuses
        .into_iter()
        .map(|StatusLink { status, count, href }| {
            let count = grouped(count);
            view! {
                <li>
                    <a class="tab" href=href>
                        <StatusTag status lang/>
                        <span class="tab__count">{say!(lang, "{count}人", "{count}")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let last_year = last_year.map(|(as_of, rate)| {
        let (as_of, rate) = (as_of.words(lang), rate.words(lang));
        view! { <p class="counts__beside">{say!(lang, "昨年の同じ日：{rate}　{as_of}", "The same day last year: {rate}, {as_of}")}</p> }
    });
    let soon = soon_line(&soon, lang);
    let nowhere = nowhere.map(|(people, href)| {
        let people = grouped(people);
        view! {
            <Notice tone=Tone::Warn title=say!(lang, "どの部署にも数えられていない人が{people}人います。", "{people} people are counted in no department.")>
                <p><a href=href>{say!(lang, "名簿を見る", "See who they are")}</a></p>
            </Notice>
        }
    });
    view! {
        <section class="report__part counts" aria-labelledby="rate">
            <h2 id="rate">{say!(lang, "受講率", "Rate")}</h2>
            <p class="counts__rate">{rate.words(lang)}</p>
            <Bar parts/>
            {last_year}
            <nav class="tabs" aria-label=say!(lang, "状態ごとの名簿", "Lists by status")>
                <ul class="tabs__list" role="list">{links}</ul>
            </nav>
        </section>
        {nobody}
        {nowhere}
        <p class="office__ways">
            <LinkButton href=table.clone() words=say!(lang, "部署と研修の表", "Departments and modules")/>
            <LinkButton href=trend words=say!(lang, "期限までの推移", "Progress to the due date") weight=Weight::Side/>
            <LinkButton href=everybody words=say!(lang, "全員の名簿", "List of everybody") weight=Weight::Side/>
        </p>
        {soon}
        {below_target(below, below_more, &table, rate, lang)}
    }
    .into_any()
}

/// The ways to what the answers show, to people and departments, which are there before any training is.
fn more(page: &OfficePage, lang: Lang) -> AnyView {
    let (people, departments) = (page.people.clone(), page.departments.clone());
    let (questions, clauses) = (page.questions.clone(), page.clauses.clone());
    let (objections, waiting) = page.objections.clone();
    let follow_up = page.follow_up.clone();
    let voices = match waiting {
        0 => say!(lang, "納得できないという声", "Objections to explanations"),
        waiting => {
            say!(
                lang,
                "納得できないという声（対応前 {waiting}件）",
                "Objections to explanations ({waiting} open)"
            )
        }
    };
    let (requirements, exceptions) = (page.requirements.clone(), page.exceptions.clone());
    let (exceptions, undecided) = exceptions;
    let asked = match undecided {
        0 => say!(lang, "延長や免除の申請", "Exceptions"),
        count => say!(lang, "延長や免除の申請（未決定 {count}件）", "Exceptions ({count} to decide)"),
    };
    view! {
        <section class="report__part office__more" aria-labelledby="year">
            <h2 id="year">{say!(lang, "研修の対象と期限", "Who owes what")}</h2>
            <ul class="links" role="list">
                <li><a href=requirements>{say!(lang, "研修の一覧、新しい研修", "Trainings, and new ones")}</a></li>
                <li><a href=exceptions>{asked}</a></li>
            </ul>
        </section>
        <section class="report__part office__more" aria-labelledby="lessons">
            <h2 id="lessons">{say!(lang, "教材と規程", "Modules and policy")}</h2>
            <ul class="links" role="list">
                <li><a href=paths::OFFICE_POLICY>{say!(lang, "規程の版、次の版の下書き", "Versions of the policy, and the next one")}</a></li>
                <li><a href=questions>{say!(lang, "教材のふりかえり", "What the answers show")}</a></li>
                <li><a href=clauses>{say!(lang, "誤解の多い条", "Clauses most misunderstood")}</a></li>
                <li><a href=objections>{voices}</a></li>
            </ul>
        </section>
        <section class="report__part office__more" aria-labelledby="more">
            <h2 id="more">{say!(lang, "職員と部署", "People and departments")}</h2>
            <ul class="links" role="list">
                <li><a href=follow_up>{say!(lang, "声かけが必要な人", "People to speak to")}</a></li>
                <li><a href=crate::paths::OFFICE_BINDER>{say!(lang, "監査用ファイル（立入検査の書類）", "Inspection binder")}</a></li>
                <li><a href=crate::paths::OFFICE_EXPORTS>{say!(lang, "作ったファイル（人数の多い名簿）", "Files of long lists")}</a></li>
                <li><a href=people>{say!(lang, "職員を探す、取り込む", "Find and import people")}</a></li>
                <li><a href=departments>{say!(lang, "部署の一覧", "Departments")}</a></li>
                <li><a href=paths::RETENTION>{say!(lang, "保存期間と消去", "Retention and erasure")}</a></li>
            </ul>
        </section>
    }
    .into_any()
}

fn soon_line(soon: &Soon, lang: Lang) -> AnyView {
    let Soon { people, days, href } = soon.clone();
    let count = grouped(people);
    let words = say!(lang, "{days}日以内に期限が来る未修了の人", "Not finished, due within {days} days");
    let line = if people == 0 {
        view! { <p class="office__soon">{say!(lang, "いません。", "Nobody.")}</p> }.into_any()
    } else {
        view! {
            <p class="office__soon">
                <b>{say!(lang, "{count}人", "{count} people")}</b>
                " "
                <a href=href>{say!(lang, "未修了の名簿を期限の順に見る", "See them by due date")}</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="report__part" aria-labelledby="soon">
            <h2 id="soon">{words}</h2>
            {line}
        </section>
    }
    .into_any()
}

fn below_target(
    below: Vec<DepartmentLine>,
    more: u32,
    table: &str,
    rate: Rate,
    lang: Lang,
) -> Option<AnyView> {
    if rate.of == 0 {
        return None;
    }
    let none = below.is_empty().then(|| {
        view! { <p>{say!(lang, "どの部署も目標の90%に届いています。", "Every department has reached the target of 90%.")}</p> }
    });
    let caption = say!(lang, "目標に届いていない部署", "Departments below the target");
    let sheet = (!below.is_empty()).then(|| {
        let rows = below.into_iter().map(|line| department(line, lang)).collect_view();
        view! {
            <Sheet id="below" caption quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "部署", "Department")}</th>
                        <th scope="col">{say!(lang, "受講率", "Rate")}</th>
                        <th scope="col" class="number">{say!(lang, "未修了", "Not finished")}</th>
                        <th scope="col" class="number">{say!(lang, "期限超過", "Overdue")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        }
    });
    let more = (more > 0).then(|| {
        let href = format!("{table}{}sort=rate", if table.contains('?') { '&' } else { '?' });
        view! { <p><a href=href>{say!(lang, "ほかに{more}部署", "{more} more departments")}</a></p> }
    });
    Some(
        view! {
            <section class="report__part" aria-labelledby="below-target">
                <h2 id="below-target">{say!(lang, "目標の90%に届いていない部署", "Departments below the target of 90%")}</h2>
                {none}
                {sheet}
                {more}
            </section>
        }
        .into_any(),
    )
}

fn department(line: DepartmentLine, lang: Lang) -> impl IntoView {
    let DepartmentLine { name, href, rate, open, overdue } = line;
    let mark = Mark::of(rate);
    let (open, overdue) = (grouped(open), grouped(overdue));
    view! {
        <tr>
            <th scope="row"><a href=href><Written text=name lang/></a></th>
            <td data-label=say!(lang, "受講率", "Rate")><span>{rate.words(lang)}" "<MarkShape mark lang/></span></td>
            <td class="number" data-label=say!(lang, "未修了", "Not finished")>{say!(lang, "{open}人", "{open}")}</td>
            <td class="number" data-label=say!(lang, "期限超過", "Overdue")>{say!(lang, "{overdue}人", "{overdue}")}</td>
        </tr>
    }
}

//! How the rate of a training rose from week to week: a drawing, and the same figures as a table.

mod chart;

use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{BackLink, Notice, PrintButton, Rate, Sheet, Tone};
use crate::{Day, Lang, paths, say};
use leptos::prelude::*;

use super::conditions::{ConditionFaults, Conditions, ConditionsForm};
use super::paper::{Paper, PaperHead};
use super::{AsOf, narrow_day, no_training};
use chart::chart;

/// The rate on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// Days after the last day in time; before it they are negative. Without a common due date: before the day that is asked about.
    pub days: i32,
    /// The day.
    pub day: Day,
    /// The rate at its end, or at the instant that is asked about.
    pub rate: Rate,
}

/// A training from week to week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendLine {
    /// Its title.
    pub title: String,
    /// Its points, the earliest first.
    pub points: Vec<TrendPoint>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendPage {
    /// As of when.
    pub as_of: AsOf,
    /// What can be chosen.
    pub conditions: Conditions,
    /// The last day in time; `None`: everybody has a date of their own.
    pub due: Option<Day>,
    /// The training. `None`: there is none yet.
    pub line: Option<TrendLine>,
    /// The year before.
    pub before: Option<TrendLine>,
    /// What the paper says.
    pub paper: PaperHead,
}

impl Page for TrendPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "期限までの推移", "Progress to the due date")
    }

    fn view(self, lang: Lang) -> AnyView {
        let heading = self.title(lang);
        let Self { as_of, conditions, due, line, before, paper } = self;
        let none = line.is_none().then(|| no_training(!conditions.requirements.is_empty(), lang));
        let title = line.as_ref().map(|line| line.title.clone());
        let body = line.map(|line| body(&line, before.as_ref(), due, lang));
        view! {
            <Paper head=paper report=heading.clone() class="report" lang>
                <ConditionFaults error=conditions.at_error lang/>
                <BackLink href=paths::OFFICE.to_owned() words=say!(lang, "全体の状況", "The whole hospital")/>
                <header class="report-head">
                    {title.map(|title| view! { <p><span class="eyebrow"><Written text=title lang/></span></p> })}
                    <h1>{heading}</h1>
                    <ConditionsForm conditions as_of lang/>
                </header>
                {none}
                {body}
                <PrintButton lang/>
            </Paper>
        }
        .into_any()
    }
}

fn body(line: &TrendLine, before: Option<&TrendLine>, due: Option<Day>, lang: Lang) -> AnyView {
    if line.points.iter().all(|point| point.rate.of == 0) {
        let title = say!(
            lang,
            "この条件で数えられる人は、まだいません。",
            "There is nobody to count under these conditions yet."
        );
        return view! { <Notice tone=Tone::Info title/> }.into_any();
    }
    let said = told(line, before, due, lang).into_iter().map(|words| view! { <p>{words}</p> });
    let said = said.collect_view();
    let has_due = due.is_some();
    view! {
        <section class="report__part trend" aria-labelledby="line">
            <h2 id="line" class="visually-hidden">{say!(lang, "図", "Drawing")}</h2>
            <div class="trend__said">{said}</div>
            {chart(line, before, has_due, lang)}
        </section>
        {table(line, before, has_due, lang)}
        {note(has_due, lang)}
    }
    .into_any()
}

/// What the drawing shows, in words: a screen reader and somebody in a hurry read no more than this.
fn told(line: &TrendLine, before: Option<&TrendLine>, due: Option<Day>, lang: Lang) -> Vec<String> {
    let Some(last) = line.points.last() else { return Vec::new() };
    let (rate, when) = (last.rate.words(lang), distance(last.days, due.is_some(), lang));
    let mut said = Vec::new();
    if let Some(due) = due {
        let due = due.long(lang);
        said.push(say!(lang, "期限は{due}です。", "It is due on {due}."));
    }
    said.push(say!(lang, "受講率は{when}で{rate}です。", "The rate is {rate}, {when}."));
    let same = |before: &TrendLine| before.points.iter().find(|point| point.days == last.days).copied();
    if let Some(same) = before.and_then(same) {
        let rate = same.rate.words(lang);
        said.push(match (last.rate.tenths(), same.rate.tenths()) {
            (Some(now), Some(then)) if now != then => {
                let (much, whole) = (now.abs_diff(then) % 10, now.abs_diff(then) / 10);
                if now > then {
                    say!(
                        lang,
                        "前の年の同じ時期は{rate}でした。今年は{whole}.{much}ポイント高くなっています。",
                        "At the same distance the year before it was {rate}: {whole}.{much} points lower."
                    )
                } else {
                    say!(
                        lang,
                        "前の年の同じ時期は{rate}でした。今年は{whole}.{much}ポイント低くなっています。",
                        "At the same distance the year before it was {rate}: {whole}.{much} points higher."
                    )
                }
            }
            _ => say!(
                lang,
                "前の年の同じ時期は{rate}でした。",
                "At the same distance the year before it was {rate}."
            ),
        });
    }
    said
}

/// How far a day is from the due date, or from the day that is asked about: 「期限の3週前」.
fn distance(days: i32, has_due: bool, lang: Lang) -> String {
    let count = days.unsigned_abs();
    let (ja, en) = if count > 0 && count.is_multiple_of(7) {
        let weeks = count / 7;
        (format!("{weeks}週"), if weeks == 1 { "1 week".to_owned() } else { format!("{weeks} weeks") })
    } else {
        (format!("{count}日"), if count == 1 { "1 day".to_owned() } else { format!("{count} days") })
    };
    match (has_due, days.signum()) {
        (true, -1) => say!(lang, "期限の{ja}前", "{en} before the due date"),
        (true, 0) => say!(lang, "期限の日", "on the due date"),
        (true, _) => say!(lang, "期限の{ja}後", "{en} after the due date"),
        (false, 0) => say!(lang, "この時点", "at this time"),
        (false, _) => say!(lang, "{ja}前", "{en} earlier"),
    }
}

fn table(line: &TrendLine, before: Option<&TrendLine>, has_due: bool, lang: Lang) -> AnyView {
    let mut days: Vec<i32> = line
        .points
        .iter()
        .chain(before.iter().flat_map(|line| &line.points))
        .map(|point| point.days)
        .collect();
    days.sort_unstable();
    days.dedup();
    let at = |line: &TrendLine, days: i32| line.points.iter().find(|point| point.days == days).copied();
    let rows = days
        .into_iter()
        .rev()
        .map(|days| {
            let this = at(line, days);
            let last = before.map(|before| at(before, days));
            view! {
                <tr>
                    <th scope="row" class="trend__when">{distance(days, has_due, lang)}</th>
                    {cell(this, line.title.clone(), lang)}
                    {last.map(|last| cell(last, before.map(|line| line.title.clone()).unwrap_or_default(), lang))}
                </tr>
            }
        })
        .collect_view();
    let titles = std::iter::once(line).chain(before).map(|line| line.title.clone());
    let heads = titles
        .map(|title| view! { <th scope="col" class="number trend__title"><Written text=title lang/></th> })
        .collect_view();
    view! {
        <section class="report__part trend__weeks" aria-labelledby="weeks">
            <h2 id="weeks">{say!(lang, "週ごとの受講率", "Rate from week to week")}</h2>
            <Sheet id="weeks-table" caption=say!(lang, "週ごとの受講率", "Rate from week to week") quiet=true rigid=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "時期", "When")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn cell(point: Option<TrendPoint>, label: String, lang: Lang) -> AnyView {
    let words = match point {
        Some(TrendPoint { rate, day, .. }) => {
            view! { <b>{rate.percent()}</b>" "<span class="trend__counts">{rate.done}" / "{rate.of}</span>" "<time class="trend__day" datetime=day.iso()>{narrow_day(day, lang)}</time> }.into_any()
        }
        None => view! { "―" }.into_any(),
    };
    view! { <td class="number" data-label=label><span>{words}</span></td> }.into_any()
}

fn note(has_due: bool, lang: Lang) -> AnyView {
    let aligned = has_due.then(|| {
        view! {
            <p>{say!(
                lang,
                "線は期限までの近さでそろえています。前の年の点は、期限までの残りの日数が同じ日のものです。",
                "The lines are laid over each other by their distance from the due date: a point of the year before is of the day that was as far from it.",
            )}</p>
        }
    });
    view! {
        <section class="report__note" aria-labelledby="how">
            <h2 id="how" class="small-title">{say!(lang, "数え方", "How it is counted")}</h2>
            {aligned}
            <p>{say!(
                lang,
                "各点は、その日の終わりの時点で数えています。対象者、休職、免除もその日のものです。",
                "Each point is counted as of the end of its day, with that day's people, leaves and exemptions.",
            )}</p>
            <p>{super::export::rate_definition(lang)}</p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_told_in_weeks_where_they_are_whole() {
        assert_eq!(distance(-56, true, Lang::Ja), "期限の8週前");
        assert_eq!(distance(-7, true, Lang::En), "1 week before the due date");
        assert_eq!(distance(-33, true, Lang::Ja), "期限の33日前");
        assert_eq!(distance(0, true, Lang::Ja), "期限の日");
        assert_eq!(distance(1, true, Lang::En), "1 day after the due date");
        assert_eq!(distance(-14, false, Lang::En), "2 weeks earlier");
        assert_eq!(distance(0, false, Lang::Ja), "この時点");
    }

    #[test]
    fn the_year_before_is_compared_at_the_same_distance_from_the_due_date() {
        let day = Day { year: 2026, month: 9, day: 30 };
        let line = |title: &str, rates: &[(i32, u32)]| TrendLine {
            title: title.into(),
            points: rates
                .iter()
                .map(|(days, done)| TrendPoint { days: *days, day, rate: Rate { done: *done, of: 1000 } })
                .collect(),
        };
        let (this, before) = (line("今", &[(-38, 100), (-31, 812)]), line("前", &[(-31, 755), (0, 990)]));
        let said = told(&this, Some(&before), Some(Day { year: 2026, month: 10, day: 31 }), Lang::Ja);
        assert_eq!(said[1], "受講率は期限の31日前で81.2%（812 / 1000人）です。");
        assert_eq!(
            said[2],
            "前の年の同じ時期は75.5%（755 / 1000人）でした。今年は5.7ポイント高くなっています。"
        );
    }
}

//! A person in a list.

use super::narrow_day;
use crate::day::Day;
use crate::reminders::Spoken;
use crate::requirements::WayView;
use crate::ui::written::Written;
use crate::ui::{Status, StatusTag};
use crate::{Lang, say};
use leptos::prelude::*;

/// How late somebody is, or how long there is, seen from the day of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// So many days past the due date, at least 1.
    Late(u32),
    /// The due date is that day.
    Today,
    /// So many days left.
    Left(u32),
    /// The completion has not been valid for so many days.
    Expired(u32),
    /// The completion is valid for so many days more.
    Ends(u32),
}

impl Timing {
    /// In words: 「期限を3日過ぎています」.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Late(1) => say!(lang, "期限を1日過ぎています", "1 day past the due date"),
            Self::Late(days) => say!(lang, "期限を{days}日過ぎています", "{days} days past the due date"),
            Self::Today => say!(lang, "期限の当日です", "Due that day"),
            Self::Left(1) => say!(lang, "期限まで1日", "1 day left"),
            Self::Left(days) => say!(lang, "期限まで{days}日", "{days} days left"),
            Self::Expired(0) => say!(lang, "有効期限が切れたところです", "Has just expired"),
            Self::Expired(1) => say!(lang, "有効期限が切れて1日です", "Expired 1 day ago"),
            Self::Expired(days) => say!(lang, "有効期限が切れて{days}日です", "Expired {days} days ago"),
            Self::Ends(0) => say!(lang, "有効なのはこの日までです", "Valid until that day"),
            Self::Ends(1) => say!(lang, "有効なのはあと1日です", "Valid for 1 more day"),
            Self::Ends(days) => say!(lang, "有効なのはあと{days}日です", "Valid for {days} more days"),
        }
    }

    /// Whether it is too late already.
    pub const fn is_late(self) -> bool {
        matches!(self, Self::Late(_) | Self::Expired(_))
    }
}

/// What else there is to know about somebody who is not in the rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Exempt for this reason until the end of this day.
    Exempt {
        /// Reason.
        reason: String,
        /// Last day.
        until: Day,
    },
    /// On leave for this reason, if one is given, until the end of this day, if it is known.
    Leave {
        /// Reason.
        reason: String,
        /// Last day.
        until: Option<Day>,
    },
    /// This was the last day at the hospital.
    Left(Day),
    /// The first day at the hospital is still to come.
    Joins(Day),
    /// The rule no longer fits the person.
    Released,
    /// Completed in a classroom or on paper.
    Elsewhere(WayView),
}

impl Remark {
    /// In words: 「免除（産休 2026年12月31日まで）」.
    pub fn words(&self, lang: Lang) -> String {
        // A reason and an end stand in one pair of brackets.
        let bracket = |reason: &str, until: Option<Day>| {
            let until = until.map(|day| {
                let day = day.plain(lang);
                say!(lang, "{day}まで", "until {day}")
            });
            let inside = [Some(reason.to_owned()).filter(|reason| !reason.is_empty()), until]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>();
            match (inside.is_empty(), lang) {
                (true, _) => String::new(),
                (false, Lang::Ja) => format!("（{}）", inside.join(" ")),
                (false, Lang::En) => format!(" ({})", inside.join(", ")),
            }
        };
        match self {
            Self::Exempt { reason, until } => {
                let rest = bracket(reason, Some(*until));
                say!(lang, "免除{rest}", "Exempt{rest}")
            }
            Self::Leave { reason, until } => {
                let rest = bracket(reason, *until);
                say!(lang, "休職{rest}", "On leave{rest}")
            }
            Self::Left(day) => {
                let day = day.plain(lang);
                say!(lang, "{day}で退職", "Left on {day}")
            }
            Self::Joins(day) => {
                let day = day.plain(lang);
                say!(lang, "{day}に入職", "Joins on {day}")
            }
            Self::Elsewhere(way) => way.words(lang),
            Self::Released => say!(lang, "対象の条件に当てはまらない", "The conditions no longer fit"),
        }
    }
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// Name.
    pub name: String,
    /// Reading; may be empty.
    pub kana: String,
    /// Staff number.
    pub number: String,
    /// Page of the person.
    pub href: String,
    /// Profession; may be empty.
    pub profession: String,
    /// Department, where a list spans several.
    pub department: Option<String>,
    /// Where the person stands.
    pub status: Status,
    /// Last day in time.
    pub due: Day,
    /// How late, or how long there is; `None` when there is nothing to do.
    pub timing: Option<Timing>,
    /// Day of completion.
    pub completed: Option<Day>,
    /// Why the person is not in the rate.
    pub remark: Option<Remark>,
    /// That somebody spoke to them, and when they will again.
    pub spoken: Option<Spoken>,
}

/// The people who have to act, one row each: who, how late.
#[component]
pub fn ActList(
    /// The people, in order.
    lines: Vec<PersonLine>,
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            let PersonLine { name, number, href, department, status, due, timing, spoken, .. } = line;
            let late = timing.is_some_and(Timing::is_late);
            let due = due.short(lang);
            view! {
                <li class="act">
                    <span class="act__status"><StatusTag status lang/></span>
                    <span class="act__who">
                        <a class="act__name" href=href><Written text=name lang/></a>
                        <span class="act__aside">
                            <span class="act__number">{number}</span>
                            {department.map(|department| view! { <span><Written text=department lang/></span> })}
                            {spoken.map(|spoken| view! { <span class="act__spoken">{spoken.words(lang)}</span> })}
                        </span>
                    </span>
                    <span class="act__when">
                        <span class=if late { "act__late" } else { "act__left" }>{timing.map(|timing| timing.words(lang))}</span>
                        <span class="act__due">{say!(lang, "期限 {due}", "Due {due}")}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="acts" role="list">{rows}</ol> }
}

/// The rows of a roster; the table around them is the page's.
#[component]
pub fn RosterRows(
    /// The people, in order.
    lines: Vec<PersonLine>,
    /// There is a column of departments.
    departments: bool,
    /// Language of the page.
    lang: Lang,
) -> impl IntoView {
    lines
        .into_iter()
        .map(|line| {
            let PersonLine { name, kana, number, href, profession, department, status, due, timing, completed, remark, spoken } = line;
            let due_label = say!(lang, "期限", "Due");
            let timing = timing.map(|timing| {
                let class = if timing.is_late() { "roster__late" } else { "roster__left" };
                view! { <span class=class>{timing.words(lang)}</span> }
            });
            let due_words = narrow_day(due, lang);
            view! {
                <tr>
                    <th scope="row" class="roster__who">
                        <a href=href><Written text=name lang/></a>
                        {(!kana.is_empty()).then(|| view! { <span class="roster__kana"><Written text=kana lang/></span> })}
                    </th>
                    <td data-label=say!(lang, "職員番号", "Number") class="roster__number">{number}</td>
                    {departments.then(|| view! {
                        <td data-label=say!(lang, "部署", "Department") class="roster__word">{department.map(|text| view! { <Written text lang/> })}</td>
                    })}
                    <td data-label=say!(lang, "職種", "Profession") class="roster__word">
                        {(!profession.is_empty()).then(|| view! { <Written text=profession lang/> })}
                    </td>
                    <td data-label=say!(lang, "状態", "Status")><StatusTag status lang/></td>
                    <td data-label=due_label><span><span class="nowrap">{due_words}</span>{timing}</span></td>
                    <td data-label=say!(lang, "修了日", "Completed")>
                        {completed.map(|day| view! { <span class="nowrap">{narrow_day(day, lang)}</span> })}
                    </td>
                    <td data-label=say!(lang, "備考", "Remarks")>
                        {remark.map(|remark| view! { <Written text=remark.words(lang) lang/> })}
                        {spoken.map(|spoken| view! { <span class="act__spoken">{spoken.words(lang)}</span> })}
                    </td>
                </tr>
            }
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::{Remark, Timing};
    use crate::{Day, Lang};

    #[test]
    fn lateness_is_said_in_words() {
        assert_eq!(Timing::Late(3).words(Lang::Ja), "期限を3日過ぎています");
        assert_eq!(Timing::Late(1).words(Lang::En), "1 day past the due date");
        assert_eq!(Timing::Left(12).words(Lang::En), "12 days left");
    }

    #[test]
    fn an_exemption_names_its_reason_and_its_end() {
        let until = Day { year: 2026, month: 12, day: 31 };
        let exempt = Remark::Exempt { reason: "産休".into(), until };
        assert_eq!(exempt.words(Lang::Ja), "免除（産休 2026年12月31日まで）");
        let leave = Remark::Leave { reason: String::new(), until: None };
        assert_eq!(leave.words(Lang::Ja), "休職");
        let leave = Remark::Leave { reason: "育休".into(), until: None };
        assert_eq!(leave.words(Lang::En), "On leave (育休)");
    }
}

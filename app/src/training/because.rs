//! Why something is owed, and why by that date: told to whoever owes it, to their manager and to the auditor in the same words.

use super::track::TrackOf;
use crate::day::Day;
use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Everybody on the staff owes it every fiscal year.
    EveryYear,
    /// Everybody on the staff owes it.
    Everybody,
    /// Everybody on the staff signs the policy every fiscal year.
    SignEveryYear,
    /// Signed this earlier version of the policy, and it has changed since.
    SignedBefore(u32),
    /// Worked in this department when it was given.
    Department(String),
    /// Had this profession when it was given.
    Profession(String),
    /// Was employed so when it was given.
    Employment(String),
    /// Managed a department when it was given.
    Manager,
    /// Joined on that day, and the rule asks those who joined then.
    JoinedOn(Day),
    /// Somebody gave it to them by name.
    ByName,
    /// With the modules of this track.
    Track(TrackOf),
    /// Joined on this day; so many days from then.
    Joined {
        /// First day of work.
        on: Day,
        /// Days allowed.
        days: u16,
    },
    /// Came to owe it when everybody's date was near or past; so many days from then.
    Late {
        /// The day.
        on: Day,
        /// Days allowed.
        days: u16,
    },
    /// The last completion counts until that day.
    Again {
        /// Its last day.
        until: Day,
    },
    /// The anniversary of the first day of work.
    Anniversary {
        /// The anniversary.
        on: Day,
    },
    /// A completion was corrected away; so many days from then.
    Corrected {
        /// The day.
        on: Day,
        /// Days allowed.
        days: u16,
    },
    /// Extended, with the reason as written.
    Extended {
        /// The last day.
        until: Day,
        /// The reason; empty where the reader need not know it.
        reason: String,
    },
    /// Back from leave; a grace period runs.
    Returned {
        /// First day back.
        on: Day,
        /// Days from then.
        days: u16,
    },
    /// A leave that had moved the date ends otherwise.
    LeaveChanged {
        /// The last day.
        until: Day,
    },
    /// Owed again from that day.
    OwedAgain {
        /// The day.
        on: Day,
        /// Days from then.
        days: u16,
    },
    /// Completions came to count for so many months.
    Validity {
        /// Months.
        months: u32,
    },
    /// Not owed since that day: the rule no longer fits.
    Unfit {
        /// Since then.
        since: Day,
    },
    /// Not owed since that day: the office changed the rule.
    RuleChanged {
        /// Since then.
        since: Day,
    },
    /// Not owed since that day: the same text was signed at the end of another training.
    SignedElsewhere {
        /// Since then.
        since: Day,
    },
    /// Not owed: on leave when it was due, and back in another year.
    Away,
    /// A reason that this version does not know, as it is stored.
    Stored(String),
}

/// Whom the reasons are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Whoever owes it.
    Themselves,
    /// Somebody who looks at the record.
    Others,
}

impl Because {
    /// Whether it says that nothing is owed.
    #[must_use]
    pub const fn is_release(&self) -> bool {
        matches!(
            self,
            Self::Unfit { .. } | Self::RuleChanged { .. } | Self::SignedElsewhere { .. } | Self::Away
        )
    }

    fn words(self, to: Told, lang: Lang) -> AnyView {
        let them = to == Told::Themselves;
        let who = if them { "You" } else { "They" };
        let named = |before: String, word: String, after: String| {
            view! { {before}<Written text=word lang/>{after} }.into_any()
        };
        let plain = match self {
            Self::EveryYear => {
                say!(
                    lang,
                    "全職員が毎年度受ける研修です。",
                    "Everybody on the staff does this every fiscal year."
                )
            }
            Self::Everybody => say!(lang, "全職員が受ける研修です。", "Everybody on the staff does this."),
            Self::SignEveryYear => {
                say!(
                    lang,
                    "全職員が毎年度、規程に署名します。",
                    "Everybody on the staff signs the policy every fiscal year."
                )
            }
            Self::SignedBefore(version) => say!(
                lang,
                "前に署名したのは規程の第{version}版です。そのあとに内容が変わりました。",
                "The version signed before is version {version}, and the policy has changed since.",
            ),
            Self::Department(name) => {
                return named(
                    say!(lang, "割り当てた日に、", "{who} worked in "),
                    name,
                    say!(lang, "に所属していたためです。", " on the day it was assigned."),
                );
            }
            Self::Profession(word) => {
                return named(
                    say!(lang, "割り当てた日の職種が「", "{who} worked as "),
                    word,
                    say!(lang, "」だったためです。", " on the day it was assigned."),
                );
            }
            Self::Employment(word) => {
                return named(
                    say!(
                        lang,
                        "割り当てた日の雇用区分が「",
                        "On the day it was assigned, the form of employment was "
                    ),
                    word,
                    say!(lang, "」だったためです。", "."),
                );
            }
            Self::Manager => say!(
                lang,
                "割り当てた日に、部署の所属長だったためです。",
                "{who} managed a department on the day it was assigned.",
            ),
            Self::JoinedOn(day) => {
                let day = day.plain(lang);
                say!(lang, "入職日が{day}のためです。", "{who} joined on {day}.")
            }
            Self::ByName => {
                say!(
                    lang,
                    "教育研修の担当が名前を挙げて割り当てました。",
                    "The training office assigned it by name."
                )
            }
            Self::Track(track) if them => return track.told(lang),
            Self::Track(track) => {
                let track = track.noted(lang);
                say!(lang, "研修の区分は{track}です。", "The track is {track}.")
            }
            Self::Joined { on, days } => {
                let day = on.plain(lang);
                say!(
                    lang,
                    "{day}に入職したので、期限はその{days}日後です。",
                    "{who} joined on {day}, so it is due {days} days later.",
                )
            }
            Self::Late { on, days } => {
                let day = on.plain(lang);
                say!(
                    lang,
                    "{day}に割り当てたので、期限はその{days}日後です。",
                    "It was assigned on {day}, so it is due {days} days later.",
                )
            }
            Self::Again { until } => {
                let day = until.plain(lang);
                say!(
                    lang,
                    "前の修了が有効なのは{day}までです。それまでに受け直します。",
                    "The last completion counts until {day}; it is done again by then.",
                )
            }
            Self::Anniversary { on } => {
                let day = on.plain(lang);
                say!(
                    lang,
                    "入職日から数えて{day}が区切りです。その前の日までに受けます。",
                    "Counted from the first day of work, {day} is the day by which it is done.",
                )
            }
            Self::Corrected { on, days } => {
                let day = on.plain(lang);
                say!(
                    lang,
                    "{day}に前の修了の記録を訂正したので、期限はその{days}日後です。",
                    "The record of an earlier completion was corrected on {day}, so it is due {days} days later.",
                )
            }
            Self::Extended { until, reason } => {
                let day = until.plain(lang);
                if reason.is_empty() {
                    say!(lang, "期限を{day}まで延ばしました。", "Extended to {day}.")
                } else {
                    say!(lang, "期限を{day}まで延ばしました（{reason}）。", "Extended to {day} ({reason}).")
                }
            }
            Self::Returned { on, days } => {
                let day = on.plain(lang);
                say!(
                    lang,
                    "{day}に復帰するので、期限はその{days}日後です。",
                    "The first day back from leave is {day}, so it is due {days} days later.",
                )
            }
            Self::LeaveChanged { until } => {
                let day = until.plain(lang);
                say!(
                    lang,
                    "休職の日が変わったので、期限を{day}に戻しました。",
                    "The days of leave changed, so the date is {day} again.",
                )
            }
            Self::OwedAgain { on, days } => {
                let day = on.plain(lang);
                say!(
                    lang,
                    "{day}に再び対象になったので、期限はその{days}日後です。",
                    "It came to be owed again on {day}, so it is due {days} days later.",
                )
            }
            Self::Validity { months } => say!(
                lang,
                "修了の有効期間が{months}か月に変わりました。",
                "Completions now count for {months} months.",
            ),
            Self::Unfit { since } => {
                let day = since.plain(lang);
                say!(
                    lang,
                    "{day}から対象ではありません。異動などで、対象の条件に当てはまらなくなりました。",
                    "Not owed since {day}: after a move or another change the conditions no longer fit.",
                )
            }
            Self::RuleChanged { since } => {
                let day = since.plain(lang);
                say!(
                    lang,
                    "{day}から対象ではありません。対象の条件が変わりました。",
                    "Not owed since {day}: the conditions were changed.",
                )
            }
            Self::SignedElsewhere { since } => {
                let day = since.plain(lang);
                say!(
                    lang,
                    "{day}に、ほかの研修で同じ版に署名しました。もう一度署名する必要はありません。",
                    "The same version was signed in another training on {day}, so it need not be signed again.",
                )
            }
            Self::Away => say!(
                lang,
                "期限の日に休職していて、復帰したのは次の年度でした。この年度の分は対象外です。",
                "On leave when it was due, and back only in another year: that year's is not owed.",
            ),
            Self::Stored(text) => return view! { <code>{text}</code> }.into_any(),
        };
        plain.into_any()
    }
}

/// The reasons as a list.
pub(crate) fn reason_list(because: Vec<Because>, to: Told, lang: Lang) -> AnyView {
    let lines = because.into_iter().map(|one| view! { <li>{one.words(to, lang)}</li> }).collect_view();
    view! { <ul class="reasons">{lines}</ul> }.into_any()
}

/// Why this is owed and why by that date, behind a fold.
#[component]
pub(crate) fn Reasons(
    /// The reasons, those for owing it first.
    because: Vec<Because>,
    /// Whom they are told.
    to: Told,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    (!because.is_empty())
        .then(|| {
            view! {
                <details class="fold fold--light">
                    <summary>{say!(lang, "この研修と期限の理由", "Why this training, and why this date")}</summary>
                    {reason_list(because, to, lang)}
                </details>
            }
        })
        .into_any()
}

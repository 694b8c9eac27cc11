//! What the answers teach the hospital: questions and clauses in numbers. Never a person; a group of fewer than ten people is not told,
//! and neither is what would tell it.

pub mod clauses;
pub mod file;
pub mod groups;
pub mod list;
pub mod question;

pub use clauses::{ClauseHead, ClauseRow, ClausesPage, Level, Share};
pub use groups::{GroupLine, GroupTold};
pub use list::{FlagTab, QuestionFilter, QuestionRow, QuestionsPage, SortTab};
pub use question::{BlockAbout, BlockView, LineView, QuestionPage, Tells, WordingLine};

use crate::ui::{Rate, Verdict, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// Groups of fewer people are not told.
pub const FEWEST: u32 = 10;

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// By itself.
    Item,
    /// In a story.
    Story,
    /// In the final test: all wordings of one point.
    Family,
    /// One wording of it.
    Wording,
}

impl QuestionKind {
    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Item => say!(lang, "単独の問い", "Single question"),
            Self::Story => say!(lang, "物語の問い", "Question in a story"),
            Self::Family => say!(lang, "確認テストの問い", "Test question"),
            Self::Wording => say!(lang, "確認テストの文面", "Wording of a test question"),
        }
    }
}

/// Why somebody should look at a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Those who are strong in the rest do worse here, or a wrong choice draws stronger people than the right one.
    Backwards,
    /// More than 40 % chose the same wrong thing.
    SameWrong,
    /// Everybody was right.
    AllRight,
}

impl Flag {
    /// Every flag, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Backwards, Self::SameWrong, Self::AllRight];

    /// Its word in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Backwards => "backwards",
            Self::SameWrong => "same-wrong",
            Self::AllRight => "all-right",
        }
    }

    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Backwards => say!(lang, "逆転", "Reversed"),
            Self::SameWrong => say!(lang, "同じ誤答", "Same wrong answer"),
            Self::AllRight => say!(lang, "全員正解", "All right"),
        }
    }

    /// What it means, and what to look at.
    pub fn meaning(self, lang: Lang) -> String {
        match self {
            Self::Backwards => say!(
                lang,
                "ほかの問いがよくできた人ほど、ここでまちがえています。問いの文か、正解の決め方を見直します。",
                "Those who do well elsewhere do worse here. Look at the wording, or at what counts as right.",
            ),
            Self::SameWrong => say!(
                lang,
                "40%を超える人が、最初に同じ誤りを選びました。思い込みがあるか、問いが紛らわしいかもしれません。",
                "More than 40% made the same mistake first. There may be a common belief, or the wording misleads.",
            ),
            Self::AllRight => say!(
                lang,
                "全員が最初から正解でした。この問いからは、新しく学べることがありません。",
                "Everybody was right at once. This question teaches nothing new.",
            ),
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Backwards => "⇅",
            Self::SameWrong => "▼",
            Self::AllRight => "＝",
        }
    }
}

/// A flag as a shape and a word.
#[component]
pub(crate) fn FlagTag(flag: Flag, lang: Lang) -> AnyView {
    view! {
        <span class="flag" data-flag=flag.code()>
            <span aria-hidden="true">{flag.shape()}</span>
            <span>{flag.words(lang)}</span>
        </span>
    }
    .into_any()
}

/// What the first answers to a question come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Best or ok, of all.
    pub good: Rate,
    /// How many best, ok, risky and harm.
    pub grades: [(Verdict, u32); 4],
    /// Correlation with the rest × 100. `None`: it cannot be reckoned, because everybody answered alike.
    pub discrimination: Option<i32>,
    /// The wrong thing that most people chose, missed or did, with how many.
    pub wrong: Option<(Words, u32)>,
    /// What is remarkable.
    pub flags: Vec<Flag>,
}

/// 「72.3%」 and below it the share of each grade.
#[component]
pub(crate) fn Grades(grades: [(Verdict, u32); 4], lang: Lang) -> AnyView {
    let of: u32 = grades.iter().map(|(_, people)| people).sum();
    let parts = grades
        .into_iter()
        .map(|(verdict, done)| {
            let (word, percent) = (verdict.word(lang), whole_percent(Rate { done, of }));
            view! {
                <span class="grades__part" data-verdict=verdict.code()>
                    <span class="grades__mark" aria-hidden="true">{mark(verdict)}</span>
                    <span class="visually-hidden">{word}" "</span>
                    {percent}
                </span>
            }
        })
        .collect_view();
    view! { <span class="grades">{parts}</span> }.into_any()
}

const fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Best => "◎",
        Verdict::Ok => "○",
        Verdict::Risky => "△",
        Verdict::Harm => "✕",
    }
}

/// A share in whole per cent, rounded down; `―` of nobody.
pub(crate) fn whole_percent(rate: Rate) -> String {
    rate.tenths().map_or_else(|| "―".to_owned(), |tenths| format!("{}%", tenths / 10))
}

/// In place of the figures of a small group.
pub(crate) fn hidden(lang: Lang) -> String {
    say!(lang, "非表示", "not shown")
}

/// The correlation as it stands in a table: with its sign, and `―` where there is none.
pub fn discrimination(value: Option<i32>) -> String {
    match value {
        None => "―".to_owned(),
        Some(value) if value < 0 => format!("−{}", value.unsigned_abs()),
        Some(value) => value.to_string(),
    }
}

/// When the answers are counted.
pub(crate) fn counted(lang: Lang) -> String {
    say!(
        lang,
        "答えを数えるのは、1日に1度か、答えた人が10人以上増えたときです。一人が答えるたびに数えると、前の数との差でその人の答えが分かるためです。",
        "Answers are counted once a day, or when at least 10 more people have answered: counted after each person, the difference would tell that person's answer.",
    )
}

/// How the figures are reckoned, one sentence each: on the page and in the file.
pub fn definitions(lang: Lang) -> Vec<String> {
    vec![
        say!(
            lang,
            "数えるのは、それぞれの人の最初の答えだけです。あとで答え直したものは数えません。",
            "Only the first answer of each person counts; what is answered again later does not.",
        ),
        say!(
            lang,
            "初回正答率は、最初の答えが「最もよい」か「よい」だった人の割合です。端数は切り捨てます。",
            "The first-try rate is the share of people whose first answer was the best or a good choice. Rounded down.",
        ),
        say!(
            lang,
            "識別力は、この問いの得点と、同じ研修のほかの問い全体の得点率との相関係数に100をかけた数です。30以上ならよく見分け、0に近いと見分けず、負なら逆です。",
            "Discrimination is the correlation of the points here with the share of points in all other questions of the training, times 100. 30 or more separates well, near 0 not at all, below 0 the wrong way round.",
        ),
        say!(
            lang,
            "10人に満たないまとまりは表示しません。差し引きで分からないように、次に小さいまとまりも隠すことがあります。",
            "Groups of fewer than 10 people are not shown. The next smallest may be hidden too, so that nothing can be found by subtraction.",
        ),
        counted(lang),
        say!(
            lang,
            "だれがどう答えたかは、ここには出ません。人の評価に使うものではなく、教材と規程を直すためのものです。",
            "Nobody's own answers appear here. This is for improving the modules and the policy, not for judging people.",
        ),
    ]
}

/// The list of definitions at the foot of a page.
pub(crate) fn legend(flags: bool, lang: Lang) -> AnyView {
    let flags = flags.then(|| {
        Flag::ALL
            .into_iter()
            .map(|flag| {
                let meaning = flag.meaning(lang);
                view! { <li><FlagTag flag lang/>" "{meaning}</li> }
            })
            .collect_view()
    });
    let lines = definitions(lang).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="report__note" aria-labelledby="legend">
            <h2 id="legend" class="small-title">{say!(lang, "数字の読み方", "How to read the figures")}</h2>
            <ul>{flags}{lines}</ul>
        </section>
    }
    .into_any()
}

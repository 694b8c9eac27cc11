//! Asking for more time, for another way of taking part, for an exemption: the person themselves, their manager or the training office.

use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::ui::choice_list::{ChoiceList, ChoiceRow};
use crate::ui::field::DateField;
use crate::ui::written::Written;
use crate::ui::{BackLink, ErrorSummary, Fault, Submit, TextArea};
use crate::{Lang, say};
use leptos::prelude::*;

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptionKind {
    /// More time.
    Extend,
    /// Another way of taking part.
    Assist,
    /// Not to owe it for a time.
    Exempt,
    /// A leave of absence.
    Leave,
    /// A completion that was recorded wrongly.
    Correct,
}

impl ExceptionKind {
    /// What the form sends.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Extend => "extend",
            Self::Assist => "assist",
            Self::Exempt => "exempt",
            Self::Leave => "leave",
            Self::Correct => "correct",
        }
    }

    /// Reads [`ExceptionKind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Extend, Self::Assist, Self::Exempt, Self::Leave, Self::Correct]
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// In one word.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Extend => say!(lang, "期限の延長", "More time"),
            Self::Assist => say!(lang, "別の受け方", "Another way of taking part"),
            Self::Exempt => say!(lang, "免除", "Exemption"),
            Self::Leave => say!(lang, "休職", "Leave of absence"),
            Self::Correct => say!(lang, "修了の記録の訂正", "Correction of a completion"),
        }
    }

    fn below(self, lang: Lang) -> String {
        match self {
            Self::Extend => say!(lang, "いつまで延ばすかを下に入れます。", "Say below until when."),
            Self::Assist => say!(
                lang,
                "紙で受ける、読み上げを使う、時間を多くとる、など。",
                "On paper, read aloud, with more time, …"
            ),
            Self::Exempt => {
                say!(lang, "決めた日まで、受けなくてよいことになります。", "Not owed until the day below.")
            }
            Self::Leave => say!(
                lang,
                "休職中は対象外です。戻ったあとに期限を延ばします。",
                "Nothing is owed while away; the date moves after the return."
            ),
            Self::Correct => say!(
                lang,
                "修了を取り消し、もう一度割り当てます。",
                "The completion is taken back, and it is asked for again."
            ),
        }
    }
}

/// Where something that was asked stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionState {
    /// Nobody has decided yet.
    Waiting,
    /// Granted, until this day where the kind has one, with the reason.
    Granted(Option<Day>, String),
    /// Refused, with the reason.
    Refused(String),
}

/// Something that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionLine {
    /// What.
    pub kind: ExceptionKind,
    /// When.
    pub asked: Moment,
    /// Who asked; `None`: the reader.
    pub by: Option<String>,
    /// Until when it was asked.
    pub until: Option<Day>,
    /// The words, where the reader wrote them.
    pub words: Option<String>,
    /// Where it stands.
    pub state: ExceptionState,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskError {
    /// Nothing was chosen.
    NoKind,
    /// There are no words.
    NoWords,
    /// More than 400 characters.
    TooLong,
    /// The kind needs a last day.
    NoEnd,
    /// A day cannot be read.
    Day,
    /// The last day is too early for what is asked.
    Early,
    /// The last day is more than two years ahead.
    Far,
    /// A leave needs a first day.
    NoStart,
    /// The same waits for a decision already.
    Again,
    /// It is completed meanwhile, or not any more.
    State,
}

impl AskError {
    const fn field(self) -> Option<&'static str> {
        match self {
            Self::NoKind => Some("kind-1"),
            Self::NoWords | Self::TooLong => Some("words"),
            Self::NoEnd | Self::Day | Self::Early | Self::Far => Some("until"),
            Self::NoStart => Some("from"),
            Self::Again | Self::State => None,
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::NoKind => say!(lang, "何を申請するかを選んでください", "Choose what you ask for"),
            Self::NoWords => say!(lang, "理由を入れてください", "Say why"),
            Self::TooLong => {
                say!(lang, "理由は400字までで入れてください", "Say why in at most 400 characters")
            }
            Self::NoEnd => say!(lang, "いつまでかを入れてください", "Say until when"),
            Self::Day => {
                say!(lang, "日付を「2026-10-31」の形で入れてください", "Enter the day in the form 2026-10-31")
            }
            Self::Early => say!(
                lang,
                "いまの期限や今日より後の日を入れてください",
                "Enter a day after the present date and after today"
            ),
            Self::Far => {
                say!(lang, "2年より先の日は入れられません", "The day cannot be more than two years ahead")
            }
            Self::NoStart => {
                say!(lang, "休職の始まりの日を入れてください", "Enter the first day of the leave")
            }
            Self::Again => say!(
                lang,
                "同じ申請が、決定を待っています",
                "The same has been asked for and waits for a decision"
            ),
            Self::State => {
                say!(lang, "いまの状態では、この申請はできません", "This cannot be asked for at present")
            }
        }
    }
}

/// The form, and what was asked before. POST to `action`: `kind`, `words`, `from`, `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionAsk {
    /// Title of the training.
    pub title: String,
    /// Name of the person it is about; `None`: the reader.
    pub person: Option<String>,
    /// The last day at present.
    pub due: Day,
    /// What can be asked.
    pub kinds: Vec<ExceptionKind>,
    /// What is chosen.
    pub chosen: Option<ExceptionKind>,
    /// The words, kept after an error.
    pub words: String,
    /// The first day, kept after an error.
    pub from: String,
    /// The last day, kept after an error.
    pub until: String,
    /// What is wrong.
    pub error: Option<AskError>,
    /// What was asked before, newest first.
    pub before: Vec<ExceptionLine>,
    /// Something was just asked.
    pub sent: bool,
    /// Where the form goes.
    pub action: String,
    /// From where one comes.
    pub back: (String, String),
}

impl Page for ExceptionAsk {
    fn title(&self, lang: Lang) -> String {
        if self.error.is_some() {
            say!(lang, "確認があります：延長や免除などの申請", "Please check: ask for an exception")
        } else {
            say!(lang, "延長や免除などの申請", "Ask for an exception")
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Plain
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, person, due, kinds, chosen, words, from, until, error, before, sent, action, back } =
            self;
        let faults: Vec<Fault> = error
            .iter()
            .map(|error| Fault { field: error.field().map(str::to_owned), message: error.words(lang) })
            .collect();
        let of =
            |field: &str| error.filter(|error| error.field() == Some(field)).map(|error| error.words(lang));
        let sent = sent.then(|| {
            view! {
                <crate::ui::Notice tone=crate::ui::Tone::Done live=true title=say!(lang, "申請を受け付けました。", "Your request was received.")>
                    <p>{say!(lang, "教育研修の担当が決めます。結果はこのページに出ます。", "The training office decides. The result appears on this page.")}</p>
                </crate::ui::Notice>
            }
        });
        let day = due.long(lang);
        let person = person.map(|name| view! { <p><b><Written text=name lang/></b></p> });
        let before = (!before.is_empty()).then(|| {
            let lines = before.into_iter().map(|line| asked(line, lang)).collect_view();
            view! {
                <section class="report__part" aria-labelledby="before">
                    <h2 id="before">{say!(lang, "これまでの申請", "What was asked before")}</h2>
                    <ul role="list" class="exceptions">{lines}</ul>
                </section>
            }
        });
        let dated = kinds.iter().any(|kind| !matches!(kind, ExceptionKind::Correct | ExceptionKind::Assist));
        let leave = kinds.contains(&ExceptionKind::Leave);
        let form = (!kinds.is_empty()).then(|| {
            let rows = kinds
                .into_iter()
                .map(|kind| ChoiceRow {
                    below: Some(kind.below(lang).into_any()),
                    ..ChoiceRow::plain(kind.code(), kind.word(lang).into_any(), chosen == Some(kind))
                })
                .collect();
            let legend = view! { <span>{say!(lang, "何を申請しますか", "What do you ask for?")}</span> }.into_any();
            let from = (dated && leave).then(|| view! {
                <DateField name="from" label=say!(lang, "いつから（休職だけ）", "From (only for a leave)") value=from error=of("from")/>
            });
            let until = dated.then(|| view! {
                <DateField name="until" label=say!(lang, "いつまで（延長・免除・休職）", "Until (more time, exemption, leave)") value=until error=of("until")/>
            });
            view! {
                <form method="post" action=action class="form" novalidate>
                    <ChoiceList name="kind" legend rows error=of("kind-1")/>
                    <TextArea name="words" label=say!(lang, "理由", "Why") rows=4 text=words
                        hint=say!(
                            lang,
                            "400字まで。読むのは教育研修の担当だけです。病名などのくわしい事情は書かなくてかまいません。",
                            "Up to 400 characters. Only the training office reads it. You need not name an illness or other details.",
                        )
                        error=of("words")/>
                    {from}
                    {until}
                    <div class="form__end"><Submit words=say!(lang, "申請する", "Send")/></div>
                </form>
            }
        });
        let (href, back) = back;
        view! {
            <div class="narrow">
                <BackLink href words=back/>
                <ErrorSummary lang faults/>
                {sent}
                <h1>{say!(lang, "延長や免除などの申請", "Ask for an exception")}</h1>
                {person}
                <p><Written text=title lang/><br/>{say!(lang, "いまの期限は{day}です。", "It is due on {day} at present.")}</p>
                {before}
                {form}
            </div>
        }
        .into_any()
    }
}

pub(super) fn asked(line: ExceptionLine, lang: Lang) -> impl IntoView {
    let ExceptionLine { kind, asked, by, until, words, state } = line;
    let asked = asked.minutes(lang);
    let by = by.map(|name| view! { <span><Written text=name lang/></span>" " });
    let until = until.map(|day| {
        let day = day.plain(lang);
        say!(lang, "（{day}まで）", " (until {day})")
    });
    let (code, state, reply) = match state {
        ExceptionState::Waiting => {
            ("waiting", say!(lang, "決定を待っています", "Waits for a decision"), None)
        }
        ExceptionState::Granted(Some(day), reply) => {
            let day = day.plain(lang);
            ("granted", say!(lang, "認められました（{day}まで）", "Granted (until {day})"), Some(reply))
        }
        ExceptionState::Granted(None, reply) => {
            ("granted", say!(lang, "認められました", "Granted"), Some(reply))
        }
        ExceptionState::Refused(reply) => {
            ("refused", say!(lang, "認められませんでした", "Not granted"), Some(reply))
        }
    };
    view! {
        <li class="exception" data-state=code>
            <p><b>{kind.word(lang)}</b>{until}</p>
            <p class="exception__aside">{by}{asked}</p>
            {words.map(|words| view! { <p><Written text=words lang/></p> })}
            <p class="exception__state">{state}</p>
            {reply.filter(|reply| !reply.is_empty()).map(|reply| view! { <p>{say!(lang, "担当から：", "From the office: ")}<Written text=reply lang/></p> })}
        </li>
    }
}

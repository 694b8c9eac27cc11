//! 声かけ記録: who spoke to somebody, how, what came of it, and when they will speak again.

use crate::day::Day;
use crate::ui::written::Written;
use crate::ui::{ChoiceList, ChoiceRow, DateField, ErrorSummary, Fault, Submit, TextArea, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// The longest note, in characters.
pub const LONGEST: usize = 200;

/// How somebody was spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Face to face.
    InPerson,
    /// By telephone inside the hospital.
    Phone,
    /// By mail inside the hospital.
    Mail,
    /// At the morning meeting.
    Meeting,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::InPerson, Self::Phone, Self::Mail, Self::Meeting];

    /// The value in the form and in the records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Meeting => "meeting",
        }
    }

    /// Reads [`Way::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::InPerson => say!(lang, "直接", "In person"),
            Self::Phone => say!(lang, "内線電話", "By internal phone"),
            Self::Mail => say!(lang, "院内メール", "By work mail"),
            Self::Meeting => say!(lang, "朝礼", "At the morning meeting"),
        }
    }
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLine {
    /// On which day they spoke.
    pub on: Day,
    /// Who spoke.
    pub by: String,
    /// How.
    pub way: Way,
    /// What came of it; may be empty.
    pub words: String,
    /// When they will speak again.
    pub next: Option<Day>,
}

/// That somebody was spoken to, in one line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// On which day.
    pub on: Day,
    /// When again.
    pub next: Option<Day>,
    /// That day is past, and nobody has spoken since.
    pub late: bool,
}

impl Spoken {
    /// 「声かけ 10月5日（月）・次は 10月12日（月）」
    pub fn words(self, lang: Lang) -> String {
        let on = self.on.short(lang);
        match self.next {
            None => say!(lang, "声かけ {on}", "Spoken to {on}"),
            Some(next) => {
                let next = next.short(lang);
                if self.late {
                    say!(
                        lang,
                        "声かけ {on}・次の予定 {next} を過ぎています",
                        "Spoken to {on}; the next talk was planned for {next}"
                    )
                } else {
                    say!(lang, "声かけ {on}・次は {next}", "Spoken to {on}; again {next}")
                }
            }
        }
    }
}

/// What is wrong with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteFault {
    /// No day, or none that exists.
    Day,
    /// A day that has not come yet.
    Future,
    /// Longer ago than a year.
    TooLongAgo,
    /// No way was chosen.
    Way,
    /// Too many words.
    TooLong {
        /// How many characters there are.
        found: usize,
    },
    /// The next day is no day that exists.
    Next,
    /// The next day is not after the one on which they spoke, or more than a year away.
    NextOrder,
}

impl NoteFault {
    const fn field(self) -> &'static str {
        match self {
            Self::Day | Self::Future | Self::TooLongAgo => "spoken_on",
            Self::Way => "way-1",
            Self::TooLong { .. } => "words",
            Self::Next | Self::NextOrder => "next_on",
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::Day => say!(lang, "声をかけた日を選んでください。", "Choose the day on which you spoke."),
            Self::Future => say!(
                lang,
                "声をかけた日が、今日より後になっています。",
                "The day on which you spoke is still to come."
            ),
            Self::TooLongAgo => say!(
                lang,
                "声をかけた日は、1年以内の日にしてください。",
                "Choose a day within the last year."
            ),
            Self::Way => say!(lang, "どのように声をかけたかを選んでください。", "Choose how you spoke."),
            Self::TooLong { found } => {
                let most = LONGEST;
                say!(
                    lang,
                    "{most}字までです。いまは{found}字あります。",
                    "At most {most} characters; there are {found} now."
                )
            }
            Self::Next => {
                say!(lang, "次に声をかける日が、日付として読めません。", "The next day is not a date.")
            }
            Self::NextOrder => say!(
                lang,
                "次に声をかける日は、声をかけた日より後の、1年以内の日にしてください。",
                "The next day must come after the one on which you spoke, and within a year.",
            ),
        }
    }
}

/// A form for one more note, with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteForm {
    /// Where it leads.
    pub action: String,
    /// The day, ISO.
    pub on: String,
    /// How.
    pub way: Option<Way>,
    /// What came of it.
    pub words: String,
    /// The next day, ISO.
    pub next: String,
    /// What is wrong.
    pub faults: Vec<NoteFault>,
}

/// Everything that was written down about speaking to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    /// Newest first.
    pub lines: Vec<NoteLine>,
    /// For who may write one more.
    pub form: Option<NoteForm>,
    /// The person reads it themselves.
    pub own: bool,
}

impl Notes {
    /// What is wrong with the form, for the top of the page.
    pub(crate) fn faults(&self, lang: Lang) -> Vec<Fault> {
        let faults = self.form.iter().flat_map(|form| form.faults.iter());
        faults
            .map(|fault| Fault { field: Some(fault.field().to_owned()), message: fault.words(lang) })
            .collect()
    }

    /// The summary of faults; nothing when there are none.
    pub(crate) fn summary(&self, lang: Lang) -> AnyView {
        let faults = self.faults(lang);
        view! { <ErrorSummary lang faults/> }.into_any()
    }

    /// The section.
    pub(crate) fn view(self, lang: Lang) -> AnyView {
        let Self { lines, form, own } = self;
        let heading = if own {
            say!(lang, "声かけの記録", "Notes on talks with you")
        } else {
            say!(lang, "声かけの記録", "Notes on talks")
        };
        let intro = if own {
            say!(
                lang,
                "研修について所属長や担当者があなたに声をかけた記録です。",
                "Notes that your manager or the training office made after speaking to you about a training.",
            )
        } else {
            say!(
                lang,
                "研修について声をかけたら、一言残しておけます。次に誰が声をかけるかがわかります。",
                "After speaking to somebody about a training, leave a short note, so that the next one knows.",
            )
        };
        let none = lines.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "まだ記録はありません。", "There is no note yet.")}</p> }
        });
        let lines = lines.into_iter().map(|one| line(one, lang)).collect_view();
        view! {
            <section class="report__part notes" aria-labelledby="notes">
                <h2 id="notes">{heading}</h2>
                <p>{intro}</p>
                {none}
                <ol class="notes__list" role="list">{lines}</ol>
                {form.map(|form| form_view(form, lang))}
            </section>
        }
        .into_any()
    }
}

fn line(line: NoteLine, lang: Lang) -> AnyView {
    let NoteLine { on, by, way, words, next } = line;
    let on = on.long(lang);
    let next = next.map(|day| {
        let day = day.short(lang);
        view! { <p class="notes__next">{say!(lang, "次に声をかける日：{day}", "To be spoken to again: {day}")}</p> }
    });
    view! {
        <li class="notes__line">
            <p class="notes__head"><b>{on}</b>" "<span>{way.words(lang)}</span>" "<span class="notes__by"><Written text=by lang/></span></p>
            {(!words.is_empty()).then(|| view! { <p class="notes__words"><Written text=words lang/></p> })}
            {next}
        </li>
    }
    .into_any()
}

fn form_view(form: NoteForm, lang: Lang) -> AnyView {
    let NoteForm { action, on, way, words, next, faults } = form;
    let error =
        |field: &str| faults.iter().find(|fault| fault.field() == field).map(|fault| fault.words(lang));
    let rows = Way::ALL
        .into_iter()
        .map(|each| ChoiceRow::plain(each.code(), each.words(lang).into_any(), way == Some(each)))
        .collect();
    let most = LONGEST;
    let (on_error, way_error, words_error, next_error) =
        (error("spoken_on"), error("way-1"), error("words"), error("next_on"));
    view! {
        <form method="post" action=action class="notes__form">
            <h3>{say!(lang, "声かけを記録する", "Add a note")}</h3>
            <DateField name="spoken_on" label=say!(lang, "声をかけた日", "Day on which you spoke") value=on error=on_error/>
            <ChoiceList name="way" legend=say!(lang, "どのように", "How").into_any() rows short=true error=way_error/>
            <TextArea
                name="words"
                label=say!(lang, "本人の返事（短く。なくてもかまいません）", "Their answer (short; may be left out)")
                text=words
                rows=2
                hint=say!(
                    lang,
                    "{most}字まで。本人も「これまでの記録」で読めます。監査用ファイルにも載ります。病気や家庭の事情は書かないでください。",
                    "Up to {most} characters. The person can read it under “My record”, and it stands in inspection binders. Leave out health and family matters.",
                )
                error=words_error
            />
            <DateField
                name="next_on"
                label=say!(lang, "次に声をかける日（なくてもかまいません）", "Day to speak again (may be left out)")
                value=next
                error=next_error
            />
            <div class="form__end"><Submit words=say!(lang, "記録する", "Add the note") weight=Weight::Side/></div>
        </form>
    }
    .into_any()
}

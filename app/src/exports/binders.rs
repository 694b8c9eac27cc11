//! 「監査用ファイル」: asking for one, and all that were ever asked for.

use super::{JobLine, Part, job_list};
use crate::page::{Page, PageKind};
use crate::reports::{Choice, DateError};
use crate::ui::trail::Crumb;
use crate::ui::{
    DateField, ErrorSummary, Fault, Notice, SelectField, SelectOption, Submit, TextArea, TextField, Tone,
    Trail, Weight,
};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskFault {
    /// The day.
    Day(DateError),
    /// The words are too long.
    TooLong {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
}

impl AskFault {
    const fn field(self) -> &'static str {
        match self {
            Self::Day(_) => "at",
            Self::TooLong { .. } => "improve",
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::Day(error) => error.words(lang),
            Self::TooLong { found, most } => say!(
                lang,
                "{most}字までです。いまは{found}字あります。",
                "At most {most} characters; there are {found} now."
            ),
        }
    }
}

/// The form. POST to `action`: `form`, `requirement`, `at`, `improve`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinderForm {
    /// Where it posts.
    pub action: String,
    /// Makes a form that is sent twice ask once.
    pub form: String,
    /// The trainings.
    pub requirements: Vec<Choice>,
    /// The day as typed; empty is now.
    pub at: String,
    /// What is to be done better next year; only the training office writes it.
    pub improve: Option<String>,
    /// What is wrong.
    pub faults: Vec<AskFault>,
}

/// Whether a SHA-256 is that of a binder from here. GET to the page itself: `sha256`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HashCheck {
    /// As typed; empty: nobody asked.
    pub typed: String,
    /// It is no SHA-256.
    pub unreadable: bool,
    /// The binders that have it.
    pub found: Vec<JobLine>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindersPage {
    /// The page above, and what it is called.
    pub above: (String, String),
    /// Its own address.
    pub here: String,
    /// The form; there is none as long as there is no training.
    pub form: Option<BinderForm>,
    /// What was asked for, newest first.
    pub lines: Vec<JobLine>,
    /// Which of them.
    pub part: Part,
    /// The check of a SHA-256.
    pub check: HashCheck,
}

impl Page for BindersPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "監査用ファイル", "Inspection binder")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { above: (href, words), here, form, lines, part, check } = self;
        let faults: Vec<Fault> = form
            .iter()
            .flat_map(|form| &form.faults)
            .map(|fault| Fault { field: Some(fault.field().to_owned()), message: fault.words(lang) })
            .collect();
        let crumbs = vec![Crumb { words, href }];
        let ask = match form {
            Some(form) => asking(form, lang),
            None => view! {
                <p class="report__empty">{say!(lang, "研修がまだないので、作れません。", "There is no training yet, so there is nothing to make.")}</p>
            }
            .into_any(),
        };
        let list = if lines.is_empty() {
            view! {
                <p class="report__empty">{say!(lang, "まだ一つも作っていません。", "None has been made yet.")}</p>
            }
            .into_any()
        } else {
            job_list(say!(lang, "これまでの監査用ファイル", "Binders until now"), lines, part, lang)
        };
        view! {
            <div class="report binders">
                <Trail crumbs lang/>
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "監査用ファイル", "Inspection binder")}</h1>
                <p class="lead">{say!(
                    lang,
                    "立入検査などで求められる書類を、一つのzipにまとめます。研修計画、資料、受講者名簿、受講率、フォローの記録、免除、テスト、評価と改善、作成記録が、PDFとExcelで入ります。",
                    "Everything that an inspection asks to see, in one zip: plan, materials, roster, rates, follow-up, exemptions, test, evaluation and origin, as PDF and Excel files.",
                )}</p>
                {ask}
                <section class="report__part" aria-labelledby="made">
                    <h2 id="made">{say!(lang, "これまでの監査用ファイル", "Binders until now")}</h2>
                    {list}
                </section>
                {checking(&here, check, lang)}
            </div>
        }
        .into_any()
    }
}

fn asking(form: BinderForm, lang: Lang) -> AnyView {
    let BinderForm { action, form, requirements, at, improve, faults } = form;
    let error =
        |field: &str| faults.iter().find(|fault| fault.field() == field).map(|fault| fault.words(lang));
    let options = requirements
        .into_iter()
        .map(|Choice { value, words, chosen, .. }| SelectOption { value, words, chosen })
        .collect();
    let improve = improve.map(|text| {
        view! {
            <TextArea
                name="improve"
                label=say!(lang, "来年度に向けた改善（なくてもかまいません）", "To be done better next year (may be left out)")
                text=text
                rows=4
                hint=say!(lang, "「⑧ 評価と改善」にそのまま載ります。個人がわかることは書かないでください。", "It stands in part 8 as it is. Leave out what points to a person.")
                error=error("improve")
            />
        }
    });
    view! {
        <section class="report__part" aria-labelledby="make">
            <h2 id="make">{say!(lang, "新しく作る", "Make one")}</h2>
            <form method="post" action=action class="binders__form">
                <input type="hidden" name="form" value=form/>
                <SelectField name="requirement" label=say!(lang, "研修と年度", "Training and year") options=options lang/>
                <DateField
                    name="at"
                    label=say!(lang, "いつの時点", "As of")
                    value=at
                    hint=say!(lang, "空欄なら今です。過去の日は、その日の終わりの姿です。", "Empty means now. A past day is shown as it ended.")
                    error=error("at")
                />
                {improve}
                <div class="form__end"><Submit words=say!(lang, "作る", "Make it")/></div>
            </form>
        </section>
    }
    .into_any()
}

fn checking(here: &str, check: HashCheck, lang: Lang) -> AnyView {
    let HashCheck { typed, unreadable, found } = check;
    let error = unreadable.then(|| {
        say!(lang, "SHA-256は、0〜9とa〜fの64文字です。", "A SHA-256 has 64 characters, 0–9 and a–f.")
    });
    let asked = !typed.is_empty() && !unreadable;
    let answer = asked.then(|| {
        if found.is_empty() {
            let title = say!(
                lang,
                "この病院が作ったファイルの中に、同じ値のものはありません。",
                "No file made here has this SHA-256."
            );
            return view! { <Notice tone=Tone::Warn title=title/> }.into_any();
        }
        let title = say!(lang, "この病院が作ったファイルです。", "This file was made here.");
        let lines = found
            .into_iter()
            .map(|line| {
                let (at, by) = (line.at.minutes(lang), line.by);
                let words = say!(lang, "{at}に{by}さんが依頼", "asked for by {by}, {at}");
                let (title, as_of) = (line.title, line.as_of.words(lang));
                view! { <li><a href=line.href>{title}" "{as_of}</a>" "{words}</li> }
            })
            .collect_view();
        view! { <Notice tone=Tone::Done title=title><ul>{lines}</ul></Notice> }.into_any()
    });
    view! {
        <section class="report__part" aria-labelledby="check">
            <h2 id="check">{say!(lang, "渡したファイルを確かめる", "Check a file that was handed over")}</h2>
            <p>{say!(
                lang,
                "ファイルのSHA-256を入れると、ここで作ったものかどうかがわかります。1文字でも変わったファイルは、別の値になります。",
                "Enter the SHA-256 of a file to see whether it was made here. A file of which one letter was altered has another one.",
            )}</p>
            {answer}
            <form method="get" action=format!("{here}#check") class="binders__check">
                <TextField name="sha256" label=say!(lang, "SHA-256", "SHA-256") value=typed error=error/>
                <Submit words=say!(lang, "確かめる", "Check") weight=Weight::Side/>
            </form>
        </section>
    }
    .into_any()
}

//! Attendance in a classroom or on paper, recorded from a sheet that everybody signed: first read and shown, then recorded.

use super::trail;
use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::ui::choice_list::{ChoiceList, ChoiceRow};
use crate::ui::field::{DateField, FileField, SelectField, SelectOption};
use crate::ui::written::Written;
use crate::ui::{
    ErrorSummary, Fact, Facts, Fault, LinkButton, Notice, Sheet, Submit, TextArea, Tone, Weight,
};
use crate::{Lang, say};
use leptos::prelude::*;

/// How people took part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WayView {
    /// In this program.
    #[default]
    Here,
    /// In a classroom.
    Classroom,
    /// On paper.
    Paper,
    /// In records that were lost since; the certificate proves it.
    Certificate,
}

impl WayView {
    /// What the form sends.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Classroom => "classroom",
            Self::Paper => "paper",
            Self::Certificate => "certificate",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Here => say!(lang, "この画面で受講", "taken here"),
            Self::Classroom => say!(lang, "集合研修", "classroom"),
            Self::Paper => say!(lang, "紙での受講", "on paper"),
            Self::Certificate => say!(lang, "修了証から戻した記録", "restored from the certificate"),
        }
    }
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttendanceError {
    /// Neither classroom nor paper was chosen.
    NoWay,
    /// The day cannot be read, or there is none.
    Day,
    /// The day lies before the training opened or after today.
    DayOutside,
    /// There is no file.
    NoSheet,
    /// There are no staff numbers.
    NoPeople,
    /// More than a thousand staff numbers.
    TooMany,
    /// Nobody of those named can be recorded.
    Nobody,
}

impl AttendanceError {
    const fn field(self) -> &'static str {
        match self {
            Self::NoWay => "way-1",
            Self::Day | Self::DayOutside => "held",
            Self::NoSheet => "sheet",
            Self::NoPeople | Self::TooMany | Self::Nobody => "numbers",
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::NoWay => say!(lang, "受け方を選んでください", "Choose how people took part"),
            Self::Day => say!(
                lang,
                "受講日を「2026-10-31」の形で入れてください",
                "Enter the day in the form 2026-10-31"
            ),
            Self::DayOutside => say!(
                lang,
                "研修の開始日から今日までの日を入れてください",
                "Enter a day from the opening of the training to today"
            ),
            Self::NoSheet => {
                say!(lang, "署名のある名簿のファイルを選んでください", "Choose the file of the signed sheet")
            }
            Self::NoPeople => say!(
                lang,
                "受講した人の職員番号を入れてください",
                "Enter the staff numbers of those who took part"
            ),
            Self::TooMany => say!(
                lang,
                "一度に記録できるのは1,000人までです",
                "At most 1,000 people can be recorded at once"
            ),
            Self::Nobody => say!(
                lang,
                "記録できる人がいません。番号を確かめてください",
                "Nobody can be recorded. Please check the numbers"
            ),
        }
    }
}

/// The form. POST to `action` with a file: `requirement`, `way`, `held`, `numbers`, `sheet`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttendanceForm {
    /// The trainings that can be recorded.
    pub requirements: Vec<SelectOption>,
    /// How people took part.
    pub way: WayView,
    /// The day.
    pub held: String,
    /// Staff numbers.
    pub numbers: String,
    /// What is wrong.
    pub errors: Vec<AttendanceError>,
    /// So many people were just recorded.
    pub recorded: Option<u32>,
    /// Where the form goes.
    pub action: String,
}

impl Page for AttendanceForm {
    fn title(&self, lang: Lang) -> String {
        if self.errors.is_empty() {
            say!(lang, "集合研修や紙での受講の記録", "Record attendance elsewhere")
        } else {
            say!(lang, "確認があります：受講の記録", "Please check: record attendance")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { requirements, way, held, numbers, errors, recorded, action } = self;
        let faults: Vec<Fault> = errors
            .iter()
            .map(|error| Fault { field: Some(error.field().to_owned()), message: error.words(lang) })
            .collect();
        let of =
            |field: &str| errors.iter().find(|error| error.field() == field).map(|error| error.words(lang));
        let recorded = recorded.map(|people| {
            let title = say!(lang, "{people}人の受講を記録しました。", "Recorded for {people} people.");
            view! { <Notice tone=Tone::Done live=true title=title/> }
        });
        let rows = [WayView::Classroom, WayView::Paper]
            .into_iter()
            .map(|each| ChoiceRow::plain(each.code(), each.words(lang).into_any(), each == way))
            .collect();
        let legend = view! { <span>{say!(lang, "受け方", "How they took part")}</span> }.into_any();
        view! {
            <div class="narrow">
                {trail(lang, true)}
                <ErrorSummary lang faults/>
                {recorded}
                <h1>{say!(lang, "集合研修や紙での受講の記録", "Record attendance elsewhere")}</h1>
                <p class="lead">{say!(
                    lang,
                    "署名のある名簿をもとに、画面を使わずに受けた人を修了にします。修了証と報告には「集合研修」「紙での受講」と表示されます。",
                    "From a sheet that everybody signed, people who took part without this program are recorded as completed. Certificates and reports say how.",
                )}</p>
                <form method="post" action=action enctype="multipart/form-data" class="form" novalidate>
                    <SelectField name="requirement" label=say!(lang, "研修", "Training") options=requirements lang/>
                    <ChoiceList name="way" legend rows error=of("way-1")/>
                    <DateField name="held" label=say!(lang, "受講日", "Day") value=held error=of("held")/>
                    <TextArea name="numbers" label=say!(lang, "受講した人の職員番号", "Staff numbers of those who took part") rows=6 text=numbers
                        hint=say!(lang, "空白か改行で区切ります。", "Separated by spaces or line ends.") error=of("numbers")/>
                    <FileField
                        name="sheet"
                        label=say!(lang, "署名のある名簿（PDFや写真）", "The signed sheet (PDF or picture)")
                        hint=say!(
                            lang,
                            "ファイルは保存しません。指紋（SHA-256）だけを残すので、原本は病院で保管してください。20MBまで。",
                            "The file is not kept, only its fingerprint (SHA-256): the hospital keeps the original. Up to 20 MB.",
                        )
                        error=of("sheet")
                    />
                    <div class="form__end"><Submit words=say!(lang, "内容を確かめる", "See what would be recorded")/></div>
                </form>
            </div>
        }
        .into_any()
    }
}

/// What would happen to one of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attending {
    /// It would be recorded.
    Recorded,
    /// Nobody has this number.
    Unknown,
    /// The person does not owe this training.
    NotOwed,
    /// The person has completed it already.
    Already,
    /// The number stands twice.
    Twice,
}

impl Attending {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Recorded => say!(lang, "記録します", "recorded"),
            Self::Unknown => say!(lang, "名簿にいない番号です", "nobody has this number"),
            Self::NotOwed => say!(lang, "この研修の対象ではありません", "does not owe this training"),
            Self::Already => say!(lang, "すでに修了しています", "has completed it already"),
            Self::Twice => say!(lang, "同じ番号が2回あります", "the number stands twice"),
        }
    }
}

/// One of the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendingLine {
    /// The number as typed.
    pub number: String,
    /// The person.
    pub name: String,
    /// What would happen.
    pub what: Attending,
}

/// What would be recorded. POST to `action` with the hidden fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceCheck {
    /// Title of the training.
    pub title: String,
    /// How people took part.
    pub way: WayView,
    /// The day.
    pub held: Day,
    /// Name of the file.
    pub sheet: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// The numbers, in the order in which they were typed.
    pub lines: Vec<AttendingLine>,
    /// The fields that the form sends again.
    pub fields: Vec<(String, String)>,
    /// Where the form goes.
    pub action: String,
    /// Back to the form.
    pub back: String,
}

impl Page for AttendanceCheck {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "受講の記録の確認", "Check before recording")
    }

    fn kind(&self) -> PageKind {
        PageKind::Plain
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, way, held, sheet, sha256, lines, fields, action, back } = self;
        let good = lines.iter().filter(|line| line.what == Attending::Recorded).count();
        let bad = lines.len() - good;
        let warn = (bad > 0).then(|| {
            view! {
                <Notice tone=Tone::Warn title=say!(lang, "{bad}件は記録しません。", "{bad} will not be recorded.")>
                    <p>{say!(lang, "理由は下の表にあります。", "The table below says why.")}</p>
                </Notice>
            }
        });
        let rows = lines
            .into_iter()
            .map(|AttendingLine { number, name, what }| {
                view! {
                    <tr>
                        <th scope="row">{number}</th>
                        <td data-label=say!(lang, "氏名", "Name")><Written text=name lang/></td>
                        <td data-label=say!(lang, "結果", "Result")>{what.words(lang)}</td>
                    </tr>
                }
            })
            .collect_view();
        let fields = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        let facts = vec![
            Fact {
                name: say!(lang, "研修", "Training"),
                value: view! { <Written text=title lang/> }.into_any(),
            },
            Fact::text(say!(lang, "受け方", "How"), way.words(lang)),
            Fact::text(say!(lang, "受講日", "Day"), held.plain(lang)),
            Fact {
                name: say!(lang, "名簿", "Sheet"),
                value: view! { <Written text=sheet lang/> }.into_any(),
            },
            Fact {
                name: "SHA-256".to_owned(),
                value: view! { <code class="hash">{sha256}</code> }.into_any(),
            },
        ];
        view! {
            <div class="report">
                {trail(lang, true)}
                <h1>{say!(lang, "受講の記録の確認", "Check before recording")}</h1>
                {warn}
                <Facts facts/>
                <Sheet id="attending" caption=say!(lang, "受講した人", "Who took part")>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "職員番号", "Staff number")}</th>
                            <th scope="col">{say!(lang, "氏名", "Name")}</th>
                            <th scope="col">{say!(lang, "結果", "Result")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Sheet>
                <form method="post" action=action class="form">
                    {fields}
                    <div class="form__end"><Submit words=say!(lang, "{good}人の受講を記録する", "Record {good} people")/></div>
                </form>
                <p class="links"><LinkButton href=back weight=Weight::Light words=say!(lang, "やめて入れ直す", "Start again")/></p>
            </div>
        }
        .into_any()
    }
}

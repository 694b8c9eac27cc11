//! The public check of a certificate: number and code in, valid or withdrawn out. Never a name.

use crate::account::sign_in::message_at;
use crate::account::throttled_words;
use crate::day::Day;
use crate::page::Page;
use crate::ui::{ErrorSummary, Fault, Notice, Say, Submit, TextField, Tone, Width, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFound {
    /// Issued and in force.
    Valid {
        /// Course and year.
        course: Words,
        /// Day of completion.
        completed: Day,
        /// Last day of validity.
        valid_until: Option<Day>,
        /// It is the receipt of a signature.
        alone: bool,
    },
    /// Issued; its validity is over.
    Over {
        /// Course and year.
        course: Words,
        /// Day of completion.
        completed: Day,
        /// Last day of validity.
        valid_until: Day,
    },
    /// Withdrawn.
    Withdrawn {
        /// Course and year.
        course: Words,
        /// Day of the withdrawal.
        on: Day,
    },
    /// No certificate has this number with this code.
    Unknown,
}

/// What was wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateCheckError {
    /// No number.
    NoNumber,
    /// No code.
    NoCode,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The check. GET to [`crate::paths::VERIFY`]: `number`, `code` (so that the QR code leads to the answer).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateCheck {
    /// Number as given.
    pub number: String,
    /// Code as given.
    pub code: String,
    /// What was wrong.
    pub errors: Vec<CertificateCheckError>,
    /// What was found.
    pub found: Option<CertificateFound>,
}

impl Page for CertificateCheck {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "修了証の照合", "Check a certificate")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { number, code, errors, found } = self;
        let faults: Vec<Fault> = errors
            .into_iter()
            .map(|error| {
                let (field, message) = match error {
                    CertificateCheckError::NoNumber => (
                        "number",
                        say!(lang, "修了証の番号を入れてください", "Enter the number of the certificate"),
                    ),
                    CertificateCheckError::NoCode => {
                        ("code", say!(lang, "照合コードを入れてください", "Enter the check code"))
                    }
                    CertificateCheckError::Throttled(seconds) => ("number", throttled_words(seconds, lang)),
                };
                Fault { field: Some(field.to_owned()), message }
            })
            .collect();
        let [number_error, code_error] = ["number", "code"].map(|field| message_at(&faults, field));
        view! {
            <div class="narrow">
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "修了証の照合", "Check a certificate")}</h1>
                {found.map(|found| view! { <Answer found lang/> })}
                <p class="lead">{say!(
                    lang,
                    "修了証に書かれた番号と照合コードで、この病院が発行した修了証かどうかを確かめられます。氏名は表示しません。",
                    "With the number and the check code on a certificate you can see whether this hospital issued it. No name is shown.",
                )}</p>
                <form method="get" action=paths::VERIFY class="form" novalidate>
                    <TextField
                        name="number"
                        label=say!(lang, "修了証の番号", "Number of the certificate")
                        hint=say!(lang, "例 2026-SNS-000123", "For example 2026-SNS-000123")
                        value=number
                        error=number_error
                        width=Width::Middle
                    />
                    <TextField
                        name="code"
                        label=say!(lang, "照合コード", "Check code")
                        value=code
                        error=code_error
                        width=Width::Middle
                    />
                    <div class="form__end"><Submit words=say!(lang, "照合する", "Check")/></div>
                </form>
                <p class="proof__way"><a href=paths::VERIFY_PROOF>{say!(
                    lang,
                    "証明ファイル（.tlog-proof）で確かめる",
                    "Check by the proof (.tlog-proof) of a certificate",
                )}</a></p>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Answer(found: CertificateFound, lang: Lang) -> AnyView {
    let (tone, title, course, lines) = match found {
        CertificateFound::Valid { course, completed, valid_until, alone } => {
            let day = completed.plain(lang);
            let mut lines = vec![if alone {
                say!(lang, "署名日 {day}", "Signed on {day}")
            } else {
                say!(lang, "修了日 {day}", "Completed on {day}")
            }];
            if let Some(day) = valid_until {
                let day = day.plain(lang);
                lines.push(say!(lang, "有効期限 {day}", "Valid until {day}"));
            }
            let title = if alone {
                say!(lang, "有効な署名受領書です。", "This receipt of a signature is valid.")
            } else {
                say!(lang, "有効な修了証です。", "This certificate is valid.")
            };
            (Tone::Done, title, Some(course), lines)
        }
        CertificateFound::Over { course, completed, valid_until } => {
            let (day, until) = (completed.plain(lang), valid_until.plain(lang));
            let lines = vec![
                say!(lang, "修了日 {day}", "Completed on {day}"),
                say!(lang, "有効期限 {until}", "Valid until {until}"),
            ];
            (
                Tone::Warn,
                say!(
                    lang,
                    "発行されていますが、有効期限を過ぎています。",
                    "It was issued, but its validity is over."
                ),
                Some(course),
                lines,
            )
        }
        CertificateFound::Withdrawn { course, on } => {
            let day = on.plain(lang);
            (
                Tone::Warn,
                say!(lang, "この修了証は取り消されています。", "This certificate has been withdrawn."),
                Some(course),
                vec![say!(lang, "取消日 {day}", "Withdrawn on {day}")],
            )
        }
        CertificateFound::Unknown => (
            Tone::Warn,
            say!(
                lang,
                "この番号とコードの修了証は見つかりませんでした。",
                "No certificate with this number and code was found."
            ),
            None,
            vec![say!(
                lang,
                "番号とコードをもう一度確かめてください。",
                "Please check the number and the code."
            )],
        ),
    };
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Notice tone title live=true>
            {course.map(|words| view! { <p><Say words page=lang/></p> })}
            {lines}
        </Notice>
    }
    .into_any()
}

//! First sign-in: a one-time code from the training office, then an own password.

use crate::account::new_password::{NewPasswordError, new_password_fields};
use crate::account::sign_in::message_at;
use crate::account::throttled_words;
use crate::page::Page;
use crate::ui::{BackLink, ErrorSummary, Fault, Submit, TextField, Width};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstSignInError {
    /// No staff number.
    NoNumber,
    /// No code.
    NoCode,
    /// Number and code do not belong together, or the code is used or over.
    WrongCode,
    /// What is wrong with the new password.
    New(NewPasswordError),
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The form. POST to `action`: `number`, `code`, `password`, `password_again`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstSignIn {
    /// Where the form goes.
    pub action: String,
    /// The number as typed.
    pub number: String,
    /// Least length of a password, in characters.
    pub least: u16,
    /// Who gives out codes: the hospital's own words.
    pub help: String,
    /// Everything that was wrong with the last try.
    pub errors: Vec<FirstSignInError>,
}

impl FirstSignInError {
    fn fault(self, least: u16, help: &str, lang: Lang) -> Fault {
        let (field, message) = match self {
            Self::NoNumber => ("number", say!(lang, "職員番号を入れてください", "Enter your staff number")),
            Self::NoCode => ("code", say!(lang, "初回コードを入れてください", "Enter your one-time code")),
            Self::WrongCode => (
                "code",
                say!(
                    lang,
                    "職員番号と初回コードの組み合わせが確かめられませんでした。期限が過ぎたコードは使えません。新しいコードは {help} で受け取れます",
                    "The staff number and code could not be confirmed. A code that is over cannot be used. For a new one, ask: {help}"
                ),
            ),
            Self::New(error) => return error.fault(least, lang),
            Self::Throttled(seconds) => ("code", throttled_words(seconds, lang)),
        };
        Fault { field: Some(field.to_owned()), message }
    }
}

impl Page for FirstSignIn {
    fn title(&self, lang: Lang) -> String {
        if self.errors.is_empty() {
            say!(lang, "はじめてのサインイン", "First sign-in")
        } else {
            say!(lang, "確認があります：はじめてのサインイン", "Please check: first sign-in")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let (least, help) = (self.least, self.help);
        let faults: Vec<Fault> = self.errors.iter().map(|error| error.fault(least, &help, lang)).collect();
        let [number, code] = ["number", "code"].map(|field| message_at(&faults, field));
        let fields = new_password_fields(least, &faults, lang);
        view! {
            <div class="narrow">
                <BackLink href=paths::SIGN_IN.to_owned() words=say!(lang, "サインインへもどる", "Back to sign-in")/>
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "はじめてのサインイン", "First sign-in")}</h1>
                <p class="lead">{say!(
                    lang,
                    "受け取った初回コードは一度だけ使えます。ここで自分のパスワードを決めます。",
                    "The code you were given works once. Here you choose your own password.",
                )}</p>
                <p>{say!(
                    lang,
                    "コードがないときや期限が過ぎたときは、{help} で新しいものを受け取れます。",
                    "If you have no code, or it is over, ask for a new one: {help}.",
                )}</p>
                <form method="post" action=self.action class="form" novalidate>
                    <TextField
                        name="number"
                        label=say!(lang, "職員番号", "Staff number")
                        value=self.number
                        error=number
                        autocomplete="username"
                        width=Width::Middle
                    />
                    <TextField
                        name="code"
                        label=say!(lang, "初回コード", "One-time code")
                        hint=say!(
                            lang,
                            "大文字と小文字、ハイフンの有無は問いません。",
                            "Capitals and dashes make no difference.",
                        )
                        error=code
                        autocomplete="one-time-code"
                        width=Width::Middle
                    />
                    {fields}
                    <div class="form__end">
                        <Submit words=say!(lang, "パスワードを決める", "Set my password")/>
                    </div>
                </form>
            </div>
        }
        .into_any()
    }
}

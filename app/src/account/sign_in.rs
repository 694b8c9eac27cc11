//! Sign-in by staff number and password.

use crate::account::throttled_words;
use crate::page::{Page, RoleView};
use crate::ui::{CheckSwitch, ErrorSummary, Fault, Notice, PasswordField, Submit, TextField, Tone, Width};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Why a sign-in did not work. The words never tell whether a number exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// No staff number.
    NoNumber,
    /// No password.
    NoPassword,
    /// Neither.
    NothingGiven,
    /// Number and password do not belong together, or the account is closed.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// Why the person is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInNotice {
    /// The session ended; every answer that was sent is saved.
    Expired,
    /// Something was sent after the session had ended, and was not taken.
    Unsent,
    /// The own password is set; now sign in with it.
    PasswordSet,
}

/// A person of the demonstration hospital whom a newcomer may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// Staff number to sign in with.
    pub number: String,
    /// Invented name.
    pub name: String,
    /// What this person can show.
    pub role: RoleView,
    /// Department, and what is special: 「3病棟・受講の途中」.
    pub note: String,
}

/// The sign-in form. POST to [`crate::paths::SIGN_IN`]: `number`, `password`, `shared_pc` (`on` or absent), `return_to`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// The number as typed, kept after an error. The password never is.
    pub number: String,
    /// Whether the shared-PC tick is set.
    pub shared_pc: bool,
    /// Local path to go to afterwards.
    pub return_to: Option<String>,
    /// What was wrong with the last try.
    pub error: Option<SignInError>,
    /// Why the person is here.
    pub notice: Option<SignInNotice>,
    /// Address of the first sign-in by one-time code.
    pub first_sign_in: String,
    /// Who gives out codes: 「教育研修室 内線2210」.
    pub help: String,
    /// The invented people, on a demonstration server only.
    pub demo: Vec<DemoPerson>,
    /// Their password, on a demonstration server only.
    pub demo_password: Option<String>,
}

impl SignInError {
    /// Fields and words. The first is where the summary leads.
    fn faults(self, lang: Lang) -> Vec<Fault> {
        let no_number = || fault("number", say!(lang, "職員番号を入れてください", "Enter your staff number"));
        let no_password =
            || fault("password", say!(lang, "パスワードを入れてください", "Enter your password"));
        match self {
            Self::NoNumber => vec![no_number()],
            Self::NoPassword => vec![no_password()],
            Self::NothingGiven => vec![no_number(), no_password()],
            Self::Wrong => vec![fault(
                "password",
                say!(
                    lang,
                    "職員番号とパスワードの組み合わせが確かめられませんでした",
                    "The staff number and password could not be confirmed"
                ),
            )],
            Self::Throttled(seconds) => vec![fault("password", throttled_words(seconds, lang))],
        }
    }
}

fn fault(field: &str, message: String) -> Fault {
    Fault { field: Some(field.to_owned()), message }
}

/// The message at a field.
pub(crate) fn message_at(faults: &[Fault], field: &str) -> Option<String> {
    faults.iter().find(|fault| fault.field.as_deref() == Some(field)).map(|fault| fault.message.clone())
}

impl Page for SignIn {
    fn title(&self, lang: Lang) -> String {
        match self.error {
            None => say!(lang, "サインイン", "Sign in"),
            Some(_) => say!(lang, "確認があります：サインイン", "Please check: sign in"),
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let faults = self.error.map(|error| error.faults(lang)).unwrap_or_default();
        let number_error = message_at(&faults, "number");
        let password_error = message_at(&faults, "password");
        let notice = self.notice.map(|notice| match notice {
            SignInNotice::Expired => view! {
                <Notice title=say!(
                    lang,
                    "サインインが切れました。保存された答えは、そのまま残っています。",
                    "You are no longer signed in. What was saved is still there.",
                )/>
            },
            SignInNotice::Unsent => view! {
                <Notice tone=Tone::Warn title=say!(
                    lang,
                    "サインインが切れていたため、最後に送ったものは保存されていません。",
                    "You were no longer signed in, so what you sent last was not saved.",
                )>
                    <p>{say!(
                        lang,
                        "サインインすると、そのページへもどります。もう一度送ってください。",
                        "Sign in to go back to that page, and send it again.",
                    )}</p>
                </Notice>
            },
            SignInNotice::PasswordSet => view! {
                <Notice tone=Tone::Done title=say!(
                    lang,
                    "パスワードを決めました。新しいパスワードでサインインします。",
                    "Your password is set. Now sign in with it.",
                )/>
            },
        });
        let help = self.help;
        let return_to =
            self.return_to.map(|path| view! { <input type="hidden" name="return_to" value=path/> });
        let demo = (!self.demo.is_empty())
            .then(|| view! { <Demo people=self.demo password=self.demo_password.unwrap_or_default() lang/> });
        view! {
            <div class="entrance">
                <div class="entrance__form">
                    <ErrorSummary lang faults/>
                    {notice}
                    <h1>{say!(lang, "サインイン", "Sign in")}</h1>
                    <p class="lead">{say!(
                        lang,
                        "年に一度のSNS研修です。続きからいつでも始められます。",
                        "The yearly social media training. You can stop and pick it up again at any time.",
                    )}</p>
                    <form method="post" action=paths::SIGN_IN class="form" novalidate>
                        {return_to}
                        <TextField
                            name="number"
                            label=say!(lang, "職員番号", "Staff number")
                            value=self.number
                            error=number_error
                            autocomplete="username"
                            width=Width::Middle
                        />
                        <PasswordField
                            name="password"
                            label=say!(lang, "パスワード", "Password")
                            autocomplete="current-password"
                            error=password_error
                        />
                        <CheckSwitch
                            name="shared_pc"
                            words=say!(lang, "この端末は共用です", "This is a shared computer")
                            hint=say!(
                                lang,
                                "操作がないと画面を閉じます。端末には何も残しません。",
                                "The screen closes when left alone. Nothing stays on the computer.",
                            )
                            on=self.shared_pc
                        />
                        <div class="form__end">
                            <Submit words=say!(lang, "サインイン", "Sign in")/>
                        </div>
                    </form>
                    <p class="entrance__other">
                        <a href=self.first_sign_in>{say!(
                            lang,
                            "はじめての方（初回コードをお持ちの方）",
                            "First time here (with a one-time code)",
                        )}</a>
                    </p>
                    <p class="entrance__other">{say!(
                        lang,
                        "パスワードがわからないときは、{help} で新しい初回コードを受け取れます。",
                        "If you do not know your password, ask for a new one-time code: {help}.",
                    )}</p>
                </div>
                {demo}
            </div>
        }
        .into_any()
    }
}

/// People whom a newcomer may be, one press each.
#[component]
fn Demo(people: Vec<DemoPerson>, password: String, lang: Lang) -> AnyView {
    let shown = password.clone();
    let people = people
        .into_iter()
        .map(|DemoPerson { number, name, role, note }| {
            let role = role_word(role, lang);
            let label = say!(lang, "{name}としてサインイン", "Sign in as {name}");
            let number_shown = number.clone();
            view! {
                <li>
                    <form method="post" action=paths::SIGN_IN class="demo__person">
                        <input type="hidden" name="number" value=number/>
                        <input type="hidden" name="password" value=password.clone()/>
                        <p class="demo__name">{name}" "<span class="demo__number">{number_shown}</span></p>
                        <p class="demo__note">{role}" · "{note}</p>
                        <button class="button button--side button--small" type="submit" aria-label=label>
                            {say!(lang, "入る", "Enter")}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="demo" aria-labelledby="demo">
            <h2 class="demo__title" id="demo">{say!(lang, "見本の病院の人たち", "People of the sample hospital")}</h2>
            <p class="demo__lead">
                {say!(lang, "だれの画面も試せます。パスワードは全員 ", "Try anybody's screen. Everybody's password is ")}
                <code>{shown}</code>
            </p>
            <ul class="demo__people" role="list">{people}</ul>
        </section>
    }
    .into_any()
}

fn role_word(role: RoleView, lang: Lang) -> String {
    match role {
        RoleView::Learner => say!(lang, "受講者", "Employee"),
        RoleView::Manager => say!(lang, "所属長", "Manager"),
        RoleView::Deputy => say!(lang, "所属長の代行", "Deputy manager"),
        RoleView::Office => say!(lang, "教育研修室", "Training office"),
        RoleView::Auditor => say!(lang, "監査者", "Auditor"),
    }
}

//! A new one-time code for one person, who stands at the desk: asked for with the password of whoever hands it over.

use crate::account::throttled_words;
use crate::page::Page;
use crate::people::OfficeTrail;
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fault, LinkButton, Notice, PasswordField, Submit, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Why no code was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewCodeError {
    /// No password.
    NoPassword,
    /// Not the password of whoever asks.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// What the page can do for this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewCodeState {
    /// It asks for the password.
    Ask(Option<RenewCodeError>),
    /// The person works in the training office or audits: their code is not made on a screen.
    HoldsOffice,
}

/// The form. POST to `action`: `password`, of whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewCode {
    /// Name of the person.
    pub name: String,
    /// Their staff number.
    pub number: String,
    /// Minutes for which the code will work.
    pub minutes: u16,
    /// What can be done.
    pub state: RenewCodeState,
    /// Where the form goes.
    pub action: String,
    /// Address of the list of people.
    pub people: String,
}

impl Page for RenewCode {
    fn title(&self, lang: Lang) -> String {
        match self.state {
            RenewCodeState::Ask(Some(_)) => {
                say!(lang, "確認があります：初回コードの出しなおし", "Please check: a new one-time code")
            }
            RenewCodeState::Ask(None) | RenewCodeState::HoldsOffice => {
                say!(lang, "初回コードの出しなおし", "A new one-time code")
            }
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { name, number, minutes, state, action, people } = self;
        let message = match state {
            RenewCodeState::Ask(Some(error)) => Some(match error {
                RenewCodeError::NoPassword => {
                    say!(lang, "あなたのパスワードを入れてください", "Enter your own password")
                }
                RenewCodeError::Wrong => {
                    say!(lang, "あなたのパスワードが違っています", "That is not your password")
                }
                RenewCodeError::Throttled(seconds) => throttled_words(seconds, lang),
            }),
            RenewCodeState::Ask(None) | RenewCodeState::HoldsOffice => None,
        };
        let faults: Vec<Fault> = message
            .iter()
            .map(|message| Fault { field: Some("password".into()), message: message.clone() })
            .collect();
        let body = match state {
            RenewCodeState::HoldsOffice => view! {
                <Notice tone=Tone::Warn title=say!(
                    lang,
                    "研修の管理や監査をする人のコードは、ここでは出せません。",
                    "The code of somebody of the training office or an auditor is not made here.",
                )>
                    <p>{say!(
                        lang,
                        "サーバーを管理している人に頼んでください。",
                        "Please ask whoever runs the server.",
                    )}</p>
                </Notice>
            }
            .into_any(),
            RenewCodeState::Ask(_) => view! {
                <p class="lead">{say!(
                    lang,
                    "新しい初回コードは{minutes}分だけ使えます。本人が目の前にいるときに出してください。",
                    "The new code works for {minutes} minutes. Make it while the person is with you.",
                )}</p>
                <p>{say!(
                    lang,
                    "これまでのパスワードとコードは使えなくなります。サインインしている端末もサインアウトします。",
                    "The present password and code will no longer work, and every device is signed out.",
                )}</p>
                <form method="post" action=action class="form" novalidate>
                    <PasswordField
                        name="password"
                        label=say!(lang, "あなたのパスワード", "Your own password")
                        hint=say!(
                            lang,
                            "コードを出すのがあなたであることを確かめます。",
                            "To make sure that it is you who makes the code.",
                        )
                        autocomplete="current-password"
                        error=message
                    />
                    <div class="form__end"><Submit words=say!(lang, "初回コードを出す", "Make the code")/></div>
                </form>
            }
            .into_any(),
        };
        view! {
            <div class="narrow">
                <OfficeTrail lang people=Some(people.clone())/>
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "初回コードの出しなおし", "A new one-time code")}</h1>
                <p><b><Written text=name lang/></b>" "{number}</p>
                {body}
                <p class="links">
                    <LinkButton href=people weight=Weight::Light words=say!(lang, "職員の一覧へ", "To the list of people")/>
                </p>
            </div>
        }
        .into_any()
    }
}

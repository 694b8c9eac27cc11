//! Changing one's own password.

use crate::account::new_password::{NewPasswordError, new_password_fields};
use crate::account::sign_in::message_at;
use crate::account::throttled_words;
use crate::page::Page;
use crate::ui::{BackLink, ErrorSummary, Fault, Notice, PasswordField, Submit, Tone};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangePasswordError {
    /// No present password.
    NoPresent,
    /// Not the present password.
    WrongPresent,
    /// What is wrong with the new password.
    New(NewPasswordError),
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The form. POST to [`crate::paths::PASSWORD`]: `present`, `password`, `password_again`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangePassword {
    /// Least length of a password, in characters.
    pub least: u16,
    /// Everything that was wrong with the last try.
    pub errors: Vec<ChangePasswordError>,
    /// It has just been changed: the page says so and asks for nothing.
    pub changed: bool,
}

impl ChangePasswordError {
    fn fault(self, least: u16, lang: Lang) -> Fault {
        let message = match self {
            Self::NoPresent => say!(lang, "今のパスワードを入れてください", "Enter your present password"),
            Self::WrongPresent => {
                say!(lang, "今のパスワードが違っています", "That is not your present password")
            }
            Self::New(error) => return error.fault(least, lang),
            Self::Throttled(seconds) => throttled_words(seconds, lang),
        };
        Fault { field: Some("present".to_owned()), message }
    }
}

impl Page for ChangePassword {
    fn title(&self, lang: Lang) -> String {
        if self.errors.is_empty() {
            say!(lang, "パスワードの変更", "Change your password")
        } else {
            say!(lang, "確認があります：パスワードの変更", "Please check: change your password")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let least = self.least;
        let faults: Vec<Fault> = self.errors.iter().map(|error| error.fault(least, lang)).collect();
        let fields = new_password_fields(least, &faults, lang);
        let present = message_at(&faults, "present");
        let form = (!self.changed).then(|| {
            view! {
                <p class="lead">{say!(
                    lang,
                    "変えると、ほかの端末ではサインアウトします。この画面はそのまま使えます。",
                    "Other devices are signed out. This one stays signed in.",
                )}</p>
                <form method="post" action=paths::PASSWORD class="form" novalidate>
                    <PasswordField
                        name="present"
                        label=say!(lang, "今のパスワード", "Present password")
                        autocomplete="current-password"
                        error=present
                    />
                    {fields}
                    <div class="form__end">
                        <Submit words=say!(lang, "パスワードを変える", "Change my password")/>
                    </div>
                </form>
            }
        });
        view! {
            <div class="narrow">
                <BackLink href=paths::SETTINGS.to_owned() words=say!(lang, "設定へもどる", "Back to the settings")/>
                <ErrorSummary lang faults/>
                {self.changed.then(|| view! {
                    <Notice tone=Tone::Done live=true title=say!(lang, "パスワードを変えました。", "Your password is changed.")>
                        <p>{say!(
                            lang,
                            "ほかの端末ではサインアウトしました。",
                            "Other devices are signed out.",
                        )}</p>
                    </Notice>
                })}
                <h1>{say!(lang, "パスワードの変更", "Change your password")}</h1>
                {form}
            </div>
        }
        .into_any()
    }
}

//! A shared PC that was left alone.

use crate::account::throttled_words;
use crate::page::Page;
use crate::ui::{ErrorSummary, Fault, Notice, PasswordField, Submit, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Why unlocking did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockedError {
    /// No password.
    NoPassword,
    /// Not the password of this person.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The locked screen: unlock with the password, or let the next person in. POST to `action`: `password`, `return_to`,
/// `unsent` (`on` or absent).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Whose session waits.
    pub name: String,
    /// Where the form goes.
    pub action: String,
    /// Local path to come back to.
    pub return_to: Option<String>,
    /// Something was sent to the locked screen, and was not taken.
    pub unsent: bool,
    /// What was wrong with the last try.
    pub error: Option<LockedError>,
}

impl Page for Locked {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "画面を閉じています", "Screen closed")
    }

    fn view(self, lang: Lang) -> AnyView {
        let name = self.name;
        let message = self.error.map(|error| match error {
            LockedError::NoPassword => say!(lang, "パスワードを入れてください", "Enter your password"),
            LockedError::Wrong => say!(lang, "パスワードが違っています", "That is not the password"),
            LockedError::Throttled(seconds) => throttled_words(seconds, lang),
        });
        let faults: Vec<Fault> = message
            .iter()
            .map(|message| Fault { field: Some("password".into()), message: message.clone() })
            .collect();
        let return_to =
            self.return_to.map(|path| view! { <input type="hidden" name="return_to" value=path/> });
        let unsent = self.unsent.then(|| {
            view! {
                <input type="hidden" name="unsent" value="on"/>
                <Notice tone=Tone::Warn title=say!(
                    lang,
                    "最後に送ったものは保存されていません。",
                    "What you sent last was not saved.",
                )>
                    <p>{say!(
                        lang,
                        "続きへもどって、もう一度送ってください。",
                        "Go on, and send it again.",
                    )}</p>
                </Notice>
            }
        });
        view! {
            <div class="narrow locked">
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "画面を閉じています", "This screen is closed")}</h1>
                <p class="lead">{say!(
                    lang,
                    "しばらく操作がなかったためです。それまでに保存した答えは残っています。",
                    "It was left alone for a while. What was saved before is kept.",
                )}</p>
                <form method="post" action=self.action class="form" novalidate>
                    {return_to}
                    {unsent}
                    <p class="locked__name">{say!(lang, "{name} さん", "{name}")}</p>
                    <PasswordField
                        name="password"
                        label=say!(lang, "パスワード", "Password")
                        autocomplete="current-password"
                        error=message
                    />
                    <div class="form__end"><Submit words=say!(lang, "続きへもどる", "Go on")/></div>
                </form>
                <form method="post" action=paths::SIGN_OUT class="locked__other">
                    <input type="hidden" name="next" value="person"/>
                    <Submit words=say!(lang, "別の人が使う", "Somebody else") weight=Weight::Side/>
                </form>
            </div>
        }
        .into_any()
    }
}

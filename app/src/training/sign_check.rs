//! Before the signature is given: what, which version, in which name; then the password again.

use crate::account::throttled_words;
use crate::page::Page;
use crate::ui::waits::{Waits, not_signed_yet};
use crate::ui::{
    BackLink, ErrorSummary, Fact, Facts, Fault, Icon, LinkButton, PasswordField, Say, Shape, Submit, Weight,
    Words,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Why a signature was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignError {
    /// No password.
    NoPassword,
    /// Not the password of this person.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

/// The check page. POST to `action`: `password`, and `statement` hidden, once for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySignCheck {
    /// 「SNS利用規程」
    pub title: Words,
    /// Version.
    pub version: u32,
    /// First characters of the hash of the text.
    pub revision: String,
    /// Name as recorded.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// The statements: id and words.
    pub statements: Vec<(String, Words)>,
    /// What was wrong with the last try.
    pub error: Option<SignError>,
    /// POST here.
    pub action: String,
    /// Back to the text.
    pub back: String,
}

impl Page for PolicySignCheck {
    fn title(&self, lang: Lang) -> String {
        let title = self.title.text();
        if self.error.is_some() {
            say!(
                lang,
                "確認があります：署名の確認｜{title}",
                "Please check: confirm your signature | {title}"
            )
        } else {
            say!(lang, "署名の確認｜{title}", "Confirm your signature | {title}")
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, version, revision, name, number, statements, error, action, back } = self;
        let message = error.map(|error| match error {
            SignError::NoPassword => say!(lang, "パスワードを入れてください", "Enter your password"),
            SignError::Wrong => {
                say!(
                    lang,
                    "パスワードが違っています。署名はまだされていません",
                    "That is not the password. Nothing has been signed yet"
                )
            }
            SignError::Throttled(seconds) => throttled_words(seconds, lang),
        });
        let faults = message
            .iter()
            .map(|message| Fault { field: Some("password".into()), message: message.clone() })
            .collect();
        let edition = say!(lang, "第{version}版", "Version {version}");
        let facts = vec![
            Fact {
                name: say!(lang, "文書", "Document"),
                value: view! { <Say words=title page=lang/>" "{edition} }.into_any(),
            },
            Fact {
                name: say!(lang, "本文の照合番号", "Check number of the text"),
                value: view! { <code>{revision}</code> }.into_any(),
            },
            Fact::text(
                say!(lang, "署名する人", "Signed by"),
                say!(lang, "{name}（職員番号 {number}）", "{name} (staff number {number})"),
            ),
        ];
        let hidden = statements
            .iter()
            .map(|(id, _)| view! { <input type="hidden" name="statement" value=id.clone()/> })
            .collect_view();
        let lines = statements
            .into_iter()
            .map(|(_, words)| view! { <li><Icon shape=Shape::Tick/><span><Say words page=lang/></span></li> })
            .collect_view();
        view! {
            <div class="narrow">
                <BackLink href=back words=say!(lang, "本文へもどる", "Back to the text")/>
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "この内容で署名します", "You are about to sign this")}</h1>
                <Facts facts/>
                <ul class="statements" role="list">{lines}</ul>
                <form method="post" action=action class="form" data-waits="way" data-away=not_signed_yet(lang) novalidate>
                    {hidden}
                    <PasswordField
                        name="password"
                        label=say!(lang, "パスワード", "Password")
                        hint=say!(lang, "本人の署名であることを確かめるためです。", "To confirm that it is you who signs.")
                        autocomplete="current-password"
                        error=message
                    />
                    <div class="form__end form__end--two">
                        <Submit words=say!(lang, "署名する", "Sign")/>
                        <LinkButton href=paths::HOME.to_owned() words=say!(lang, "あとにする", "Not now") weight=Weight::Light/>
                    </div>
                </form>
                <Waits lang/>
            </div>
        }
        .into_any()
    }
}

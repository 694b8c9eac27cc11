//! After signing out.

use crate::page::Page;
use crate::ui::LinkButton;
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The page after signing out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignedOut {
    /// It was a shared PC: the next person is invited.
    pub shared_pc: bool,
}

impl Page for SignedOut {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "サインアウトしました", "Signed out")
    }

    fn view(self, lang: Lang) -> AnyView {
        let words = if self.shared_pc {
            say!(lang, "次の人がサインインする", "Next person: sign in")
        } else {
            say!(lang, "もう一度サインインする", "Sign in again")
        };
        view! {
            <div class="narrow">
                <h1>{say!(lang, "サインアウトしました", "You are signed out")}</h1>
                <p class="lead">{say!(
                    lang,
                    "答えはすべて保存されています。おつかれさまでした。",
                    "All your answers are saved. Thank you for your time.",
                )}</p>
                <p class="form__end"><LinkButton href=paths::SIGN_IN.to_owned() words/></p>
            </div>
        }
        .into_any()
    }
}

//! A new password: its two fields, and what may be wrong with it.

use crate::account::sign_in::message_at;
use crate::ui::{Fault, PasswordField};
use crate::{Lang, say};
use leptos::prelude::*;

/// Why a new password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPasswordError {
    /// Nothing was typed.
    Missing,
    /// The two entries differ.
    Different,
    /// Shorter than the least length.
    TooShort,
    /// Longer than the greatest length.
    TooLong,
    /// It holds the person's own name or staff number.
    OwnName,
    /// It holds the name of the hospital or of this training.
    HospitalName,
    /// Repetitions, rows of the keyboard, words that everybody tries.
    Common,
    /// It is the present one.
    Same,
}

impl NewPasswordError {
    /// Field and words.
    pub(crate) fn fault(self, least: u16, lang: Lang) -> Fault {
        let field = if self == Self::Different { "password_again" } else { "password" };
        let message = match self {
            Self::Missing => say!(lang, "新しいパスワードを入れてください", "Enter a new password"),
            Self::Different => say!(lang, "二つのパスワードが違っています", "The two passwords differ"),
            Self::TooShort => {
                say!(
                    lang,
                    "短すぎます。{least}文字以上にしてください",
                    "Too short: use at least {least} characters"
                )
            }
            Self::TooLong => say!(
                lang,
                "長すぎます。日本語なら42文字、英数字なら128文字までです",
                "Too long: use at most 128 letters and figures"
            ),
            Self::OwnName => say!(
                lang,
                "自分の名前か職員番号が入っています。入らないものにしてください",
                "It contains your name or staff number: choose one without them"
            ),
            Self::HospitalName => say!(
                lang,
                "病院かこの研修の名前が入っています。入らないものにしてください",
                "It contains the name of the hospital or of this training: choose one without it"
            ),
            Self::Common => say!(
                lang,
                "同じ並びのくり返しか、よく使われる言葉です。別の言葉を足してください",
                "It is a repetition or made of very common words: add other words"
            ),
            Self::Same => {
                say!(
                    lang,
                    "今のパスワードと同じです。別のものにしてください",
                    "That is the present password: choose another"
                )
            }
        };
        Fault { field: Some(field.to_owned()), message }
    }
}

/// The fields `password` and `password_again`, with what is wrong at each.
pub(crate) fn new_password_fields(least: u16, faults: &[Fault], lang: Lang) -> AnyView {
    let [password, again] = ["password", "password_again"].map(|field| message_at(faults, field));
    view! {
        <PasswordField
            name="password"
            label=say!(lang, "新しいパスワード", "New password")
            hint=say!(
                lang,
                "{least}文字以上。記号や大文字の決まりはありません。長い言葉の組み合わせが覚えやすく安全です。",
                "At least {least} characters. No rules about symbols or capitals: a few long words together are easy to remember and safe.",
            )
            autocomplete="new-password"
            error=password
        />
        <PasswordField
            name="password_again"
            label=say!(lang, "新しいパスワード（もう一度）", "New password, again")
            autocomplete="new-password"
            error=again
        />
    }
    .into_any()
}

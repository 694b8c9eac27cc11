//! What can be wrong with the form of a training, field by field.

use crate::{Lang, say};

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// There is no title.
    NoTitle,
    /// There is no reason.
    NoBasis,
    /// A text is longer than so many characters.
    TooLong(&'static str, usize),
    /// A day cannot be read.
    Day(&'static str),
    /// The first day is past.
    OpensPast,
    /// The last day is not after the first.
    DueBeforeOpens,
    /// Completions would end before the last day.
    ValidBeforeDue,
    /// A number is not between these.
    Number(&'static str, u32, u32),
    /// Nobody has this staff number.
    Nobody(String),
    /// Nothing but a signature is asked for, and modules are.
    SignatureAndModules,
    /// The first of the two days of joining is not before the second.
    Joined,
}

impl FormFault {
    pub(super) fn field(&self) -> &'static str {
        match self {
            Self::NoTitle => "title",
            Self::NoBasis => "basis",
            Self::TooLong(field, _) | Self::Day(field) | Self::Number(field, ..) => field,
            Self::OpensPast => "opens",
            Self::DueBeforeOpens => "due",
            Self::ValidBeforeDue => "valid_to",
            Self::Nobody(_) => "except_people",
            Self::SignatureAndModules => "signature",
            Self::Joined => "joined_before",
        }
    }

    pub(super) fn words(&self, lang: Lang) -> String {
        match self {
            Self::NoTitle => say!(lang, "研修の名前を入れてください", "Enter the title of the training"),
            Self::NoBasis => say!(lang, "研修の根拠を入れてください", "Enter why the hospital asks for it"),
            Self::TooLong(_, most) => {
                say!(lang, "{most}字までで入れてください", "Enter at most {most} characters")
            }
            Self::Day(_) => {
                say!(lang, "日付を「2026-10-31」の形で入れてください", "Enter the day in the form 2026-10-31")
            }
            Self::OpensPast => {
                say!(lang, "開始日は今日以後にしてください", "The first day must be today or later")
            }
            Self::DueBeforeOpens => {
                say!(lang, "期限は開始日より後にしてください", "The last day must be after the first")
            }
            Self::ValidBeforeDue => say!(
                lang,
                "修了が有効な最後の日は、期限より後にしてください",
                "Completions must count until after the last day"
            ),
            Self::Number(_, least, most) => say!(
                lang,
                "{least}から{most}までの数を入れてください",
                "Enter a number from {least} to {most}"
            ),
            Self::Nobody(number) => say!(
                lang,
                "職員番号「{number}」の人は名簿にいません",
                "Nobody has the staff number “{number}”"
            ),
            Self::SignatureAndModules => say!(
                lang,
                "署名だけにするときは、教材を選ばないでください",
                "Choose no modules where only a signature is asked for"
            ),
            Self::Joined => say!(
                lang,
                "入職日の終わりは、始まりより後にしてください",
                "The second day must be after the first"
            ),
        }
    }
}

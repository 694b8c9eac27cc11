//! What can be wrong with the form of a part of a draft, field by field.

use crate::{Lang, say};

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftFault {
    /// There is no day, or it cannot be read.
    NoDay,
    /// The day is past.
    DayPast,
    /// The day is before that of a version that was published earlier.
    DayBeforeEarlier,
    /// Nobody has said how much it changes.
    NoKind,
    /// Nothing is written of what changed.
    NoChanges,
    /// The English has another number of lines than the Japanese.
    ChangesUneven,
    /// There is no heading.
    NoHeading,
    /// There is no text.
    NoText,
    /// There is no statement to tick.
    NoStatement,
    /// A text is longer than so many characters.
    TooLong(&'static str, usize),
    /// A line of a text holds something that is not shown.
    NotShown(&'static str, usize),
    /// A link leads to a clause that is not there.
    NoClause(&'static str, String),
}

impl DraftFault {
    /// The field that it is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::NoDay | Self::DayPast | Self::DayBeforeEarlier => "effective",
            Self::NoKind => "change",
            Self::NoChanges => "changes",
            Self::ChangesUneven => "changes_en",
            Self::NoHeading => "heading",
            Self::NoText => "text",
            Self::NoStatement => "statement_1",
            Self::TooLong(field, _) | Self::NotShown(field, _) | Self::NoClause(field, _) => field,
        }
    }

    pub(super) fn words(&self, lang: Lang) -> String {
        match self {
            Self::NoDay => {
                say!(
                    lang,
                    "施行日を「2026-10-31」の形で入れてください",
                    "Enter the day in the form 2026-10-31"
                )
            }
            Self::DayPast => say!(lang, "施行日は今日以後にしてください", "The day must be today or later"),
            Self::DayBeforeEarlier => say!(
                lang,
                "施行日は、前に公開した版の施行日以後にしてください",
                "The day must not be before that of a version that was published earlier"
            ),
            Self::NoKind => say!(lang, "変更の種類を選んでください", "Choose the kind of change"),
            Self::NoChanges => {
                say!(lang, "変わったことを1行か2行で書いてください", "Write in a line or two what changed")
            }
            Self::ChangesUneven => say!(
                lang,
                "英語は、日本語と同じ行数で書いてください",
                "Write as many lines in English as in Japanese"
            ),
            Self::NoHeading => say!(lang, "条の見出しを入れてください", "Enter the heading of the article"),
            Self::NoText => say!(lang, "本文を入れてください", "Enter the text"),
            Self::NoStatement => {
                say!(lang, "確かめることを1つは入れてください", "Enter at least one statement")
            }
            Self::TooLong(_, most) => {
                say!(lang, "{most}字までで入れてください", "Enter at most {most} characters")
            }
            Self::NotShown(_, line) => say!(
                lang,
                "{line}行目に、使えない書き方があります。段落、箇条書き、引用、###の見出し、**太字**、条へのリンクが使えます",
                "Line {line} holds something that is not shown. Paragraphs, lists, quotes, ### headings, **strong** words and links to articles are"
            ),
            Self::NoClause(_, id) => {
                say!(lang, "リンク先の条（#{id}）がありません", "There is no article #{id} to link to")
            }
        }
    }
}

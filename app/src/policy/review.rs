//! What those who read the draft said of it, and the form in which they say it.

use super::draft::DraftPage;
use crate::day::Moment;
use crate::ui::choice_list::{ChoiceList, ChoiceRow};
use crate::ui::written::Written;
use crate::ui::{Submit, TextArea};
use crate::{Lang, say};
use leptos::prelude::*;

/// What somebody said of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLine {
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// They approved it; otherwise they sent it back.
    pub approved: bool,
    /// In which words.
    pub words: String,
    /// It was said of another text than the one that stands there now.
    pub stale: bool,
}

/// Why a review was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewFault {
    /// Neither was chosen.
    NoVerdict,
    /// Sent back without a word.
    NoWords,
    /// More than 1,000 characters.
    TooLong,
    /// Another text stands there now.
    Meanwhile,
    /// They have written in it.
    Own,
}

impl ReviewFault {
    pub(super) const fn field(self) -> Option<&'static str> {
        match self {
            Self::NoVerdict => Some("verdict"),
            Self::NoWords | Self::TooLong => Some("words"),
            Self::Meanwhile | Self::Own => None,
        }
    }

    pub(super) fn words(self, lang: Lang) -> String {
        match self {
            Self::NoVerdict => say!(
                lang,
                "承認するか、書き直しを頼むかを選んでください",
                "Choose to approve it or to send it back"
            ),
            Self::NoWords => say!(lang, "直してほしいところを書いてください", "Write what should be changed"),
            Self::TooLong => say!(lang, "1,000字までで入れてください", "Enter at most 1,000 characters"),
            Self::Meanwhile => say!(
                lang,
                "読んでいる間に文が変わりました。変わったところを確かめて、もう一度選んでください",
                "The text has changed while you were reading. Please look at it once more, then choose again"
            ),
            Self::Own => say!(
                lang,
                "下書きを書いた人は承認できません。ほかの担当者に頼んでください",
                "Whoever has written in the draft cannot review it. Please ask somebody else of the office"
            ),
        }
    }
}

impl DraftPage {
    pub(super) fn reviews(&self, lang: Lang) -> AnyView {
        let lines = self.reviews.iter().cloned().map(|review| said(review, lang)).collect_view();
        let none = self.reviews.is_empty().then(|| {
            view! { <p>{say!(lang, "まだだれも読んでいません。", "Nobody has read it yet.")}</p> }
        });
        let form = if self.own {
            view! {
                <p>{say!(
                    lang,
                    "あなたはこの下書きを書いたので、承認はほかの担当者がします。",
                    "You have written in this draft, so others of the office approve it.",
                )}</p>
            }
            .into_any()
        } else {
            self.form(lang)
        };
        view! {
            <section class="report__part" aria-labelledby="reviews">
                <h2 id="reviews">{say!(lang, "読んだ人の確認", "Reviews")}</h2>
                {none}
                <ul role="list" class="exceptions">{lines}</ul>
                {form}
            </section>
        }
        .into_any()
    }

    fn form(&self, lang: Lang) -> AnyView {
        let of = |field: &str| {
            self.fault.filter(|fault| fault.field() == Some(field)).map(|fault| fault.words(lang))
        };
        let returned = matches!(self.fault, Some(ReviewFault::NoWords | ReviewFault::TooLong));
        let rows = vec![
            ChoiceRow::plain(
                "approved",
                say!(lang, "この文を承認する", "Approve this text").into_any(),
                false,
            ),
            ChoiceRow::plain("returned", say!(lang, "書き直しを頼む", "Send it back").into_any(), returned),
        ];
        let legend = view! { <span>{say!(lang, "読んだうえでの判断", "Having read it")}</span> }.into_any();
        let (action, hash) = (self.review.clone(), self.hash.clone());
        view! {
            <form method="post" action=action class="form" novalidate>
                <input type="hidden" name="hash" value=hash/>
                <ChoiceList name="verdict" legend rows error=of("verdict")/>
                <TextArea name="words" label=say!(lang, "ひとこと（書き直しを頼むときは必ず）", "In a few words (needed to send it back)") rows=3 text=self.said.clone() error=of("words")/>
                <div class="form__end"><Submit words=say!(lang, "確認を記録する", "Record the review")/></div>
            </form>
        }
        .into_any()
    }
}

fn said(review: ReviewLine, lang: Lang) -> impl IntoView {
    let ReviewLine { by, at, approved, words, stale } = review;
    let at = at.minutes(lang);
    let verdict = if approved {
        say!(lang, "承認", "Approved")
    } else {
        say!(lang, "書き直しの依頼", "Sent back")
    };
    let stale = stale.then(|| {
        view! { " "<span class="exception__aside">{say!(lang, "（いまの文についてではありません）", "(not of the text as it is now)")}</span> }
    });
    view! {
        <li class="exception">
            <p class="exception__state">{verdict}{stale}</p>
            {(!words.is_empty()).then(|| view! { <p><Written text=words lang/></p> })}
            <p class="exception__aside"><Written text=by lang/>{say!(lang, "　{at}", ", {at}")}</p>
        </li>
    }
}

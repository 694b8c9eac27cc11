//! Pages that say what went wrong, in plain words and with a way on.

use crate::account::wait_words;
use crate::page::Page;
use crate::ui::LinkButton;
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// 403: the page belongs to somebody else's work.
    Forbidden,
    /// 403: the request came from another site or without its origin.
    Foreign,
    /// 404
    NotFound,
    /// 405: the address exists, this way of calling does not.
    WrongMethod,
    /// 409: the record moved on since the page was opened (another tab, another device).
    Conflict,
    /// 413: the file or text is too large.
    TooLarge,
    /// 422: the request could not be read.
    Unreadable,
    /// 429: too many tries.
    TooMany,
    /// 500
    Broken,
    /// 503: overloaded, starting or stopping.
    Busy,
    /// 503: the records can be read, but nothing is recorded until somebody has looked at them.
    Sealed,
    /// 503 to something that was sent: nobody can say whether it was saved.
    Unconfirmed,
}

impl ProblemKind {
    /// The HTTP status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::Forbidden | Self::Foreign => 403,
            Self::NotFound => 404,
            Self::WrongMethod => 405,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Unreadable => 422,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Busy | Self::Sealed | Self::Unconfirmed => 503,
        }
    }
}

/// An error page. It shows an id that the log knows, never internals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong.
    pub kind: ProblemKind,
    /// Id of the request, as the log has it.
    pub id: String,
    /// Whom to ask: the hospital's own words.
    pub help: String,
    /// Seconds until another try makes sense (429, 503).
    pub retry_after: Option<u32>,
    /// Where the person can go on, a local path: for a conflict the step that is open now. `None` offers the first page.
    pub way_on: Option<String>,
}

impl Problem {
    fn heading(&self, lang: Lang) -> String {
        match self.kind {
            ProblemKind::Forbidden => say!(lang, "このページは開けません", "You cannot open this page"),
            ProblemKind::Foreign => {
                say!(lang, "この操作は受け付けられませんでした", "This request was not accepted")
            }
            ProblemKind::NotFound => say!(lang, "ページが見つかりません", "Page not found"),
            ProblemKind::WrongMethod => {
                say!(lang, "この開き方はできません", "This address cannot be used like that")
            }
            ProblemKind::Conflict => {
                say!(lang, "別の画面で先に進んでいます", "You have already gone on elsewhere")
            }
            ProblemKind::TooLarge => say!(lang, "大きすぎて受け取れません", "That is too large"),
            ProblemKind::Unreadable => {
                say!(lang, "内容を読み取れませんでした", "The request could not be read")
            }
            ProblemKind::TooMany => say!(lang, "少し待ってからお試しください", "Please wait a moment"),
            ProblemKind::Broken => say!(lang, "うまく表示できませんでした", "Something went wrong here"),
            ProblemKind::Busy => say!(lang, "いま混み合っています", "The service is busy"),
            ProblemKind::Sealed => {
                say!(lang, "いまは記録できません", "Nothing can be recorded at the moment")
            }
            ProblemKind::Unconfirmed => {
                say!(lang, "保存を確かめられませんでした", "It may not have been saved")
            }
        }
    }

    fn explanation(&self, lang: Lang) -> String {
        let help = &self.help;
        let wait = self.retry_after.map(|seconds| wait_words(seconds, lang));
        match self.kind {
            ProblemKind::Forbidden => say!(
                lang,
                "担当している部署や役割のページではないようです。心当たりがあるときは、{help} に聞いてください。",
                "It does not belong to your role or departments. If you think it should, ask: {help}."
            ),
            ProblemKind::Foreign => say!(
                lang,
                "安全のため、別のサイトから送られた操作は受け付けません。もとのページを開き直してください。",
                "For safety, requests sent from other sites are refused. Please open the page again."
            ),
            ProblemKind::NotFound => say!(
                lang,
                "アドレスが変わったか、途中で切れているかもしれません。",
                "The address may have changed, or part of it may be missing."
            ),
            ProblemKind::WrongMethod => say!(
                lang,
                "前のページにもどり、ボタンを押し直してください。",
                "Please go back and press the button again."
            ),
            ProblemKind::Conflict => say!(
                lang,
                "答えは保存されています。いま開いている続きから進めます。",
                "Your answers are saved. You can go on from where you are now."
            ),
            ProblemKind::TooLarge => {
                say!(
                    lang,
                    "ファイルか文が大きすぎます。小さくしてからお試しください。",
                    "The file or text is too large. Please make it smaller."
                )
            }
            ProblemKind::Unreadable => {
                say!(
                    lang,
                    "前のページにもどり、もう一度送ってください。",
                    "Please go back and send it again."
                )
            }
            ProblemKind::TooMany => match wait {
                Some(wait) => say!(lang, "{wait}たつと、また使えます。", "You can go on in {wait}."),
                None => say!(lang, "短い間に操作が続きました。", "There were many requests in a short time."),
            },
            ProblemKind::Broken => say!(
                lang,
                "こちらの不具合です。保存した答えは残っています。続くときは、下の番号を {help} に伝えてください。",
                "It is our fault. Saved answers are kept. If it happens again, tell the number below to: {help}."
            ),
            ProblemKind::Sealed => say!(
                lang,
                "記録を確かめる作業が終わるまで、答えや署名は保存できません。これまでの記録は残っていて、読むことができます。急ぐときは、{help} に聞いてください。",
                "Answers and signatures cannot be saved until the records have been checked. What was recorded before is still there and can be read. If it is urgent, ask: {help}."
            ),
            ProblemKind::Unconfirmed => say!(
                lang,
                "いま送った内容は、保存されていないことがあります。少し待ってから、前のページにもどって、もう一度送ってください。それより前に保存した答えは残っています。",
                "What you have just sent may not have been saved. Please wait a moment, go back and send it again. Answers that were saved before are kept."
            ),
            ProblemKind::Busy => match wait {
                Some(wait) => {
                    say!(
                        lang,
                        "{wait}ほど待って、もう一度開いてください。保存した答えは残っています。",
                        "Please try again in about {wait}. Saved answers are kept."
                    )
                }
                None => say!(
                    lang,
                    "少し待って、もう一度開いてください。保存した答えは残っています。",
                    "Please try again shortly. Saved answers are kept."
                ),
            },
        }
    }
}

impl Page for Problem {
    fn title(&self, lang: Lang) -> String {
        self.heading(lang)
    }

    fn view(self, lang: Lang) -> AnyView {
        let (heading, explanation) = (self.heading(lang), self.explanation(lang));
        let words = match (&self.way_on, self.kind) {
            (Some(_), ProblemKind::Conflict) => say!(lang, "続きへ進む", "Go on"),
            (Some(_), _) => say!(lang, "もどる", "Back"),
            (None, _) => say!(lang, "わたしの研修へ", "To my training"),
        };
        let href = self.way_on.unwrap_or_else(|| paths::HOME.to_owned());
        view! {
            <div class="narrow problem">
                <h1>{heading}</h1>
                <p class="lead">{explanation}</p>
                <p class="form__end"><LinkButton href words/></p>
                <p class="problem__id">{say!(lang, "お問い合わせの番号 ", "Number for questions ")}<code>{self.id}</code></p>
            </div>
        }
        .into_any()
    }
}

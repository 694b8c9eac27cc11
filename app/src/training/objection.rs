//! 「この説明に納得できない」: a few words to the training office, folded away below an explanation; and its replies.

use crate::day::Day;
use crate::ui::{CheckSwitch, ErrorSummary, Fault, Notice, Say, Submit, TextArea, Tone, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is wrong with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionError {
    /// There are no words.
    Empty,
    /// There are too many.
    TooLong {
        /// How many characters there are.
        found: usize,
    },
}

impl ObjectionError {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Empty => say!(
                lang,
                "納得できないところを、ひとことでも書いてください。",
                "Please write, even in a word or two, what you cannot agree with.",
            ),
            Self::TooLong { found } => {
                say!(
                    lang,
                    "400字までです。いまは{found}字あります。",
                    "At most 400 characters; there are {found} now."
                )
            }
        }
    }
}

/// The box. POST to `action`: `objection`, `named`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionBox {
    /// Where it posts: the page itself.
    pub action: String,
    /// Something that this person said to this question waits for an answer: a second one is not taken.
    pub waiting: bool,
    /// What was written, kept after an error.
    pub words: String,
    /// With the name.
    pub named: bool,
    /// What is wrong.
    pub error: Option<ObjectionError>,
}

/// A summary of errors, first on the page.
pub(crate) fn faults(objection: Option<&ObjectionBox>, lang: Lang) -> AnyView {
    let faults: Vec<Fault> = objection
        .and_then(|objection| objection.error)
        .map(|error| Fault { field: Some("objection".to_owned()), message: error.words(lang) })
        .into_iter()
        .collect();
    view! { <ErrorSummary lang faults/> }.into_any()
}

/// The box below an explanation.
#[component]
pub(crate) fn Objection(objection: ObjectionBox, lang: Lang) -> AnyView {
    let ObjectionBox { action, waiting, words, named, error } = objection;
    if waiting {
        return view! {
            <section id="objection-box">
                <Notice tone=Tone::Done title=say!(lang, "ご意見を受け取りました。ありがとうございます。", "Thank you. Your words have reached the training office.")>
                    <p>{say!(
                        lang,
                        "研修担当が読んで、説明や問いの見直しに使います。同じ問いには、対応が終わるとまた書けます。",
                        "It will read them and use them to improve the explanation or the question. You can write about this question again once they have been dealt with.",
                    )}</p>
                </Notice>
            </section>
        }
        .into_any();
    }
    let open = error.is_some();
    let error = error.map(|error| error.words(lang));
    view! {
        <details class="fold fold--light objection" id="objection-box" open=open>
            <summary>{say!(lang, "この説明に納得できない", "I cannot agree with this explanation")}</summary>
            <form method="post" action=action class="objection__form" data-waits="">
                <p>{say!(
                    lang,
                    "研修担当に届きます。問いの番号と、あなたの答えがいっしょに伝わります。名前は、下で選ばないかぎり伝わりません。",
                    "This goes to the training office together with the question and your answer. Your name goes along only if you choose so below.",
                )}</p>
                <TextArea
                    name="objection"
                    label=say!(lang, "どこが納得できませんか", "What can you not agree with?")
                    text=words
                    rows=4
                    hint=say!(lang, "400字まで。患者さんや職員の名前は書かないでください。", "Up to 400 characters. Please do not name patients or colleagues.")
                    error
                />
                <CheckSwitch
                    name="named"
                    words=say!(lang, "名前を伝えて、返事を受け取る", "Give my name and get a reply")
                    hint=say!(lang, "返事は「わたしの研修」に届きます。", "The reply will appear on “My training”.")
                    on=named
                />
                <Submit words=say!(lang, "研修担当に送る", "Send to the training office") weight=Weight::Side/>
            </form>
        </details>
    }
    .into_any()
}

/// A reply of the training office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyLine {
    /// The question that it is about.
    pub ask: Words,
    /// What the person wrote.
    pub words: String,
    /// What the training office says.
    pub reply: String,
    /// When.
    pub on: Day,
}

/// The replies to a person, on their first page.
#[component]
pub(crate) fn Replies(replies: Vec<ReplyLine>, lang: Lang) -> AnyView {
    if replies.is_empty() {
        return ().into_any();
    }
    let lines = replies
        .into_iter()
        .map(|ReplyLine { ask, words, reply, on }| {
            let on = on.plain(lang);
            view! {
                <li class="reply">
                    <p class="reply__ask"><Say words=ask page=lang/></p>
                    <p class="reply__own">
                        <span class="why__label">{say!(lang, "あなたの声", "What you wrote")}</span>
                        {lines_of(&words)}
                    </p>
                    <p class="reply__words">
                        <span class="why__label">{say!(lang, "研修担当から（{on}）", "From the training office ({on})")}</span>
                        {lines_of(&reply)}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="owed" aria-labelledby="replies">
            <h2 class="owed__title" id="replies">{say!(lang, "お寄せいただいた声への返事", "Replies to what you wrote")}</h2>
            <ul class="replies" role="list">{lines}</ul>
        </section>
    }
    .into_any()
}

/// Somebody's own words in the lines in which they wrote them; in which language, nobody knows.
pub(crate) fn lines_of(text: &str) -> AnyView {
    text.lines()
        .enumerate()
        .map(|(at, line)| {
            let line = line.to_owned();
            view! { {(at > 0).then(|| view! { <br/> })}<span lang="">{line}</span> }
        })
        .collect_view()
        .into_any()
}

//! One objection, with the question, its explanation and what the training office says to it.

use crate::page::Page;
use crate::training::objections::{Given, ObjectionLine, ShownLine, ShownQuestion, card};
use crate::ui::{BackLink, ErrorSummary, Fault, Notice, Say, Submit, TextArea, Tone, VerdictTag};
use crate::{Lang, say};
use leptos::prelude::*;

/// What is wrong with a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyError {
    /// There are too many words.
    TooLong {
        /// How many characters there are.
        found: usize,
    },
}

impl ReplyError {
    fn words(self, lang: Lang) -> String {
        let Self::TooLong { found } = self;
        say!(
            lang,
            "400字までです。いまは{found}字あります。",
            "At most 400 characters; there are {found} now."
        )
    }
}

/// One objection. POST to itself: `reply`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionPage {
    /// The list.
    pub back: String,
    /// What the answers to the question show.
    pub statistics: String,
    /// The objection.
    pub line: ObjectionLine,
    /// A reply, kept after an error.
    pub reply: String,
    /// What is wrong with it.
    pub error: Option<ReplyError>,
}

impl Page for ObjectionPage {
    fn title(&self, lang: Lang) -> String {
        let place = &self.line.place;
        say!(lang, "声：{place}", "Objection: {place}")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { back, statistics, line, reply, error } = self;
        let action = line.href.clone();
        let (named, open) = (line.name.is_some(), line.answered.is_none());
        let faults: Vec<Fault> = error
            .iter()
            .map(|error| Fault { field: Some("reply".to_owned()), message: error.words(lang) })
            .collect();
        let form = if open {
            form(action, named, reply, error.map(|error| error.words(lang)), lang)
        } else {
            let done = say!(lang, "対応は終わっています。", "This has been dealt with.");
            view! { <Notice tone=Tone::Done title=done/> }.into_any()
        };
        let question = match line.question.clone() {
            Some(question) => shown(question, lang),
            None => view! { <Notice title=say!(lang, "この問いは、保存された教材に見つかりません。", "The stored module does not have this question.")/> }.into_any(),
        };
        view! {
            <div class="report objections">
                <ErrorSummary lang faults/>
                <BackLink href=back words=say!(lang, "納得できないという声", "Objections")/>
                <h1>{say!(lang, "納得できないという声", "An objection")}</h1>
                {card(line, false, lang)}
                {form}
                <section class="report__part" aria-labelledby="question">
                    <h2 id="question">{say!(lang, "問いと説明", "The question and its explanation")}</h2>
                    {question}
                    <p><a href=statistics>{say!(lang, "この問いのふりかえり", "What the answers to it show")}</a></p>
                </section>
            </div>
        }
        .into_any()
    }
}

fn form(action: String, named: bool, reply: String, error: Option<String>, lang: Lang) -> AnyView {
    let inside = if named {
        view! {
            <TextArea
                name="reply"
                label=say!(lang, "返事", "Reply")
                text=reply
                rows=4
                hint=say!(
                    lang,
                    "400字まで。本人の「わたしの研修」に表示されます。書かずに完了にもできます。",
                    "Up to 400 characters. It appears on the person's “My training”. You can also finish without one.",
                )
                error
            />
        }
        .into_any()
    } else {
        view! {
            <p>{say!(
                lang,
                "名前のない声なので、返事は送れません。読んで対応を決めたら完了にします。",
                "It came without a name, so there is nobody to reply to. Finish it once you have decided what to do.",
            )}</p>
        }
        .into_any()
    };
    let words = if named {
        say!(lang, "返事をして完了にする", "Reply and finish")
    } else {
        say!(lang, "完了にする", "Finish")
    };
    view! {
        <form method="post" action=action class="objection__form">
            {inside}
            <div class="form__end"><Submit words/></div>
        </form>
    }
    .into_any()
}

fn shown(question: ShownQuestion, lang: Lang) -> AnyView {
    let ShownQuestion { scene, ask, lines, own_words } = question;
    let own = own_words.then(|| {
        view! { <p>{say!(
            lang,
            "答えは自分の言葉で書かれたもので、本人だけが読めます。",
            "The answer was written in the person's own words, which only they can read.",
        )}</p> }
    });
    let lines = lines
        .into_iter()
        .map(|ShownLine { text, verdict, why, given }| {
            let given = given.map(|given| {
                let words = match given {
                    Given::Chosen => say!(lang, "この人の答え", "their answer").into_any(),
                    Given::Place(n) => say!(lang, "この人の答え：{n}番目", "their answer: place {n}").into_any(),
                    Given::Act(act) => {
                        view! { <span>{say!(lang, "この人の答え：", "their answer: ")}<Say words=act page=lang/></span> }.into_any()
                    }
                };
                view! { <span class="shown__given">{words}</span> }
            });
            let head = (verdict.is_some() || given.is_some()).then(|| {
                view! {
                    <p class="others__head">
                        {verdict.map(|verdict| view! { <VerdictTag verdict lang/> })}
                        {given}
                    </p>
                }
            });
            view! {
                <li class="others__line">
                    {head}
                    <p class="others__text"><Say words=text page=lang/></p>
                    {why.map(|words| view! { <p><Say words page=lang/></p> })}
                </li>
            }
        })
        .collect_view();
    view! {
        {scene.map(|words| view! { <p class="insight__scene"><Say words page=lang/></p> })}
        <p class="shown__ask"><Say words=ask page=lang/></p>
        {own}
        <ul class="others" role="list">{lines}</ul>
    }
    .into_any()
}

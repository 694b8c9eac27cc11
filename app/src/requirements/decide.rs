//! Deciding what was asked, with a look at what it would do to the rate.

use super::ask::{ExceptionKind, ExceptionLine, asked};
use super::trail;
use crate::day::Day;
use crate::page::Page;
use crate::ui::field::DateField;
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fact, Facts, Fault, Notice, Rate, Submit, TextArea, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// A rate as it is and as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Whose rate: the department, or the hospital.
    pub of: String,
    /// As it is.
    pub now: Rate,
    /// As it would be.
    pub then: Rate,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecideError {
    /// There is no reason.
    NoWords,
    /// More than 400 characters.
    TooLong,
    /// A day cannot be read, or there is none.
    Day,
    /// The last day is too early.
    Early,
    /// The last day is more than two years ahead.
    Far,
    /// It was decided already.
    Decided,
    /// Its state does not allow it any more.
    State,
}

impl DecideError {
    const fn field(self) -> Option<&'static str> {
        match self {
            Self::NoWords | Self::TooLong => Some("reply"),
            Self::Day | Self::Early | Self::Far => Some("until"),
            Self::Decided | Self::State => None,
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::NoWords => say!(lang, "決定の理由を入れてください", "Give the reason for the decision"),
            Self::TooLong => {
                say!(lang, "理由は400字までで入れてください", "Give the reason in at most 400 characters")
            }
            Self::Day => say!(
                lang,
                "いつまでかを「2026-10-31」の形で入れてください",
                "Enter the last day in the form 2026-10-31"
            ),
            Self::Early => say!(
                lang,
                "いまの期限や今日より後の日を入れてください",
                "Enter a day after the present date and after today"
            ),
            Self::Far => {
                say!(lang, "2年より先の日は入れられません", "The day cannot be more than two years ahead")
            }
            Self::Decided => say!(lang, "ほかの人がもう決めています", "Somebody else has decided it already"),
            Self::State => say!(
                lang,
                "本人の状態が変わったので、この申請は認められません",
                "The person's state has changed, so this cannot be granted"
            ),
        }
    }
}

/// One thing that was asked. POST to `action`: `granted` (`yes`, `no`), `until`, `reply`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionDecide {
    /// Name of the person.
    pub person: String,
    /// Staff number.
    pub number: String,
    /// Department.
    pub department: Option<String>,
    /// The person's page.
    pub person_href: String,
    /// Title of the training.
    pub title: String,
    /// The last day at present.
    pub due: Day,
    /// What was asked, with the words.
    pub line: ExceptionLine,
    /// What else was asked about it.
    pub others: Vec<ExceptionLine>,
    /// What granting it would do, where it does something.
    pub effects: Vec<Effect>,
    /// Why the reader cannot decide it: they asked, or it is about themselves.
    pub own: bool,
    /// It waits.
    pub open: bool,
    /// The last day, as typed or as asked.
    pub until: String,
    /// The reason, kept after an error.
    pub reply: String,
    /// What is wrong.
    pub error: Option<DecideError>,
    /// Where the form goes.
    pub action: String,
}

impl Page for ExceptionDecide {
    fn title(&self, lang: Lang) -> String {
        let (what, person) = (self.line.kind.word(lang), &self.person);
        say!(lang, "申請：{what}（{person}さん）", "Exception: {what} ({person})")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            person,
            number,
            department,
            person_href,
            title,
            due,
            line,
            others,
            effects,
            own,
            open,
            until,
            reply,
            error,
            action,
        } = self;
        let faults: Vec<Fault> = error
            .iter()
            .map(|error| Fault { field: error.field().map(str::to_owned), message: error.words(lang) })
            .collect();
        let of =
            |field: &str| error.filter(|error| error.field() == Some(field)).map(|error| error.words(lang));
        let kind = line.kind;
        let mut facts = vec![
            Fact {
                name: say!(lang, "本人", "Person"),
                value: view! { <a href=person_href><Written text=person lang/></a>" "{number} }.into_any(),
            },
            Fact {
                name: say!(lang, "研修", "Training"),
                value: view! { <Written text=title lang/> }.into_any(),
            },
            Fact::text(say!(lang, "いまの期限", "Due at present"), due.plain(lang)),
        ];
        if let Some(department) = department {
            facts.insert(
                1,
                Fact {
                    name: say!(lang, "部署", "Department"),
                    value: view! { <Written text=department lang/> }.into_any(),
                },
            );
        }
        let effects = (open && !effects.is_empty()).then(|| {
            let lines = effects
                .into_iter()
                .map(|Effect { of, now, then }| {
                    let (now, then) = (now.words(lang), then.words(lang));
                    view! { <li><Written text=of lang/>{say!(lang, "：{now} → {then}", ": {now} → {then}")}</li> }
                })
                .collect_view();
            view! {
                <section class="report__part" aria-labelledby="effect">
                    <h2 id="effect">{say!(lang, "認めたときの受講率", "The rate if you grant it")}</h2>
                    <ul>{lines}</ul>
                </section>
            }
        });
        let others = (!others.is_empty()).then(|| {
            let lines = others.into_iter().map(|line| asked(line, lang)).collect_view();
            view! {
                <details class="fold">
                    <summary>{say!(lang, "同じ研修についてのほかの申請", "What else was asked about it")}</summary>
                    <ul role="list" class="exceptions">{lines}</ul>
                </details>
            }
        });
        let form = match (open, own) {
            (false, _) => None,
            (true, true) => Some(
                view! {
                    <Notice tone=Tone::Info title=say!(lang, "ほかの担当者が決めます。", "Somebody else decides this.")>
                        <p>{say!(lang, "自分で申請したものと、自分についてのものは、自分では決められません。", "Nobody decides what they asked for or what is about themselves.")}</p>
                    </Notice>
                }
                .into_any(),
            ),
            (true, false) => {
                let dated = matches!(kind, ExceptionKind::Extend | ExceptionKind::Exempt | ExceptionKind::Leave);
                let until = dated.then(|| view! {
                    <DateField name="until" label=say!(lang, "いつまで認めるか", "Granted until") value=until error=of("until")/>
                });
                Some(
                    view! {
                        <form method="post" action=action class="form" novalidate>
                            {until}
                            <TextArea name="reply" label=say!(lang, "決定の理由", "Reason for the decision") rows=3 text=reply
                                hint=say!(
                                    lang,
                                    "本人、所属長、監査者が読みます。本人が書いた事情は写さないでください。",
                                    "The person, their manager and auditors read it. Do not repeat what the person told you in confidence.",
                                )
                                error=of("reply")/>
                            <div class="form__end form__row">
                                <Submit name="granted" value="yes".to_owned() words=say!(lang, "認める", "Grant")/>
                                <Submit name="granted" value="no".to_owned() weight=Weight::Side words=say!(lang, "認めない", "Refuse")/>
                            </div>
                        </form>
                    }
                    .into_any(),
                )
            }
        };
        view! {
            <div class="narrow">
                {trail(lang, true)}
                <ErrorSummary lang faults/>
                <h1>{kind.word(lang)}</h1>
                <Facts facts/>
                <section class="report__part" aria-labelledby="asked">
                    <h2 id="asked">{say!(lang, "申請の内容", "What was asked")}</h2>
                    <ul role="list" class="exceptions">{asked(line, lang)}</ul>
                </section>
                {effects}
                {others}
                {form}
            </div>
        }
        .into_any()
    }
}

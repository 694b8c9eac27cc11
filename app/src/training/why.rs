//! After an answer: the verdict, why, the clause, and what happens next.

use crate::day::StoryTime;
use crate::page::{Page, PageKind};
use crate::training::ask::level_word;
use crate::training::objection::{Objection, ObjectionBox, faults};
use crate::training::step_head::{StepHead, StepTop};
use crate::training::why_detail::{Detail, WhyDetail};
use crate::ui::{
    Basis, ClauseLine, ClauseLink, Contact, ContactList, Device, Icon, LinkButton, Notice, PostView, Say,
    Shape, StoryMeterView, StoryMeters, Submit, Verdict, VerdictTag, Weight, Words,
};
use crate::{Lang, say};
use leptos::prelude::*;

/// A choice that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherChoice {
    /// What it is worth.
    pub verdict: Verdict,
    /// Its words.
    pub text: Words,
    /// Why.
    pub why: Words,
    /// The clause.
    pub clause: Option<ClauseLink>,
}

/// What happens next in the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The clock before and after the answer.
    pub clock: Option<(StoryTime, StoryTime)>,
    /// The meters of the story, with what they were before.
    pub meters: Vec<StoryMeterView>,
    /// What is told.
    pub told: Vec<Words>,
    /// Posts that arrived.
    pub posts: Vec<PostView>,
}

/// What came of trying before reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiagnosedView {
    /// How many questions there were.
    pub questions: usize,
    /// How many of them were answered well.
    pub good: usize,
    /// How many pages need not be read.
    pub pages: usize,
}

impl DiagnosedView {
    fn words(self, lang: Lang) -> String {
        let Self { questions, good, pages } = self;
        if pages > 0 {
            say!(
                lang,
                "{questions}問とも、よい答えでした。読むページ{pages}枚を省きます。",
                "All {questions} answers were good. You skip the {pages} pages to read.",
            )
        } else if good == 0 {
            say!(lang, "ここからは、読んで進みます。", "From here you read first.")
        } else {
            say!(
                lang,
                "{questions}問のうち{good}問が、よい答えでした。ここからは、読んで進みます。残りはもう一度考えます。",
                "{good} of {questions} answers were good. From here you read first, and think about the others once more.",
            )
        }
    }
}

/// The explanation of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyPage {
    /// Module, number, way back to the question, care.
    pub head: StepHead,
    /// The question.
    pub ask: Words,
    /// What the answer was worth. `None` for a draft and for confidence.
    pub verdict: Option<Verdict>,
    /// How sure of it somebody said they were, 1–4, before they read this.
    pub sure: Option<u8>,
    /// The choice that was taken, for kinds with choices.
    pub chosen: Option<Words>,
    /// Why, in one or two sentences. For an order its explanation. `None` where the detail says it all.
    pub why: Option<Words>,
    /// The clause.
    pub clause: Option<ClauseLink>,
    /// Where the rule comes from.
    pub basis: Basis,
    /// What happens next.
    pub arrived: Arrived,
    /// The best choice with its reason, if another was taken.
    pub best: Option<OtherChoice>,
    /// The rest, folded.
    pub others: Vec<OtherChoice>,
    /// What belongs to the kind of item.
    pub detail: WhyDetail,
    /// Whom to ask when in doubt; shown after `risky` and `harm`.
    pub doubt: Option<Contact>,
    /// A required point is still open: the way on leads back to the question.
    pub asked_again: bool,
    /// It comes again after reading.
    pub asked_later: bool,
    /// What came of the diagnosis that ends here.
    pub diagnosed: Option<DiagnosedView>,
    /// The next step.
    pub next: String,
    /// What one may say to the explanation.
    pub objection: Option<ObjectionBox>,
    /// POST here (`again=1`) goes back to before this answer. `None` once the attempt has moved on.
    pub again: Option<String>,
}

impl WhyPage {
    fn heading(&self, lang: Lang) -> String {
        self.verdict
            .map_or_else(|| say!(lang, "見直しの手がかり", "Points to look at"), |verdict| verdict.word(lang))
    }
}

impl Page for WhyPage {
    fn title(&self, lang: Lang) -> String {
        let StepHead { number, of, module, .. } = &self.head;
        let (heading, module) = (self.heading(lang), module.text());
        say!(lang, "{number}/{of} {heading}｜{module}", "{number}/{of} {heading} | {module}")
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let heading = self.heading(lang);
        let Self {
            head,
            ask,
            verdict,
            chosen,
            why,
            clause,
            basis,
            arrived,
            best,
            others,
            detail,
            doubt,
            objection,
            ..
        } = self;
        let title = match verdict {
            Some(verdict) => view! { <h1 class="verdict-line"><VerdictTag verdict lang/></h1> }.into_any(),
            None => view! { <h1>{heading}</h1> }.into_any(),
        };
        let chosen = chosen.map(|words| {
            view! {
                <p class="why__chosen">
                    <span class="why__label">{say!(lang, "あなたの答え", "Your answer")}</span>
                    <Say words page=lang/>
                </p>
            }
        });
        let sure = self.sure.map(|level| {
            view! {
                <p class="why__chosen">
                    <span class="why__label">{say!(lang, "あなたの自信", "How sure you were")}</span>
                    {level_word(level, lang)}
                </p>
            }
        });
        let rule = clause.map(|clause| view! { <p class="why__clause"><ClauseLine clause basis lang/></p> });
        let best = best.map(|best| view! { <Best best lang/> });
        let doubt = doubt.map(|contact| {
            view! {
                <section class="why__doubt" aria-labelledby="doubt">
                    <h2 class="small-title" id="doubt">{say!(lang, "迷ったら", "When in doubt")}</h2>
                    <ContactList contacts=vec![contact] lang/>
                </section>
            }
        });
        let again = self.again.map(|action| {
            view! {
                <form method="post" action=action data-waits="">
                    <input type="hidden" name="again" value="1"/>
                    <Submit words=say!(lang, "もう一度考える", "Think again") weight=Weight::Side/>
                </form>
            }
        });
        let open = self.asked_again.then(|| {
            view! {
                <Notice title=say!(
                    lang,
                    "大事なところなので、次の画面でもう一度考えます。何度でも答えられます。",
                    "This point matters, so the next screen asks it once more. You can answer as often as you like.",
                )/>
            }
        });
        let later = (self.asked_later && self.diagnosed.is_none()).then(|| {
            view! { <Notice title=say!(lang, "読んでから、もう一度考えます。", "It comes again after you have read about it.")/> }
        });
        let diagnosed = self.diagnosed.map(|diagnosed| view! { <Notice title=diagnosed.words(lang)/> });
        let on = if self.asked_again {
            say!(lang, "もう一度考える", "Think again")
        } else {
            say!(lang, "次へ", "Next")
        };
        let again = (!self.asked_again).then_some(again).flatten();
        let faults = faults(objection.as_ref(), lang);
        let objection = objection.map(|objection| view! { <Objection objection lang/> });
        view! {
            {faults}
            <div class="step why" data-verdict=verdict.map(Verdict::code)>
                <StepTop head back=say!(lang, "設問にもどる", "Back to the question") lang/>
                <div class="why__answer">
                    <p class="why__ask"><Say words=ask page=lang/></p>
                    {title}
                    {chosen}
                    {sure}
                    {why.map(|words| view! { <p class="why__because"><Say words page=lang/></p> })}
                    {rule}
                </div>
                <Happened arrived lang/>
                <Detail detail lang/>
                {best}
                {doubt}
                <Others others lang/>
                {open}
                {later}
                {diagnosed}
                <div class="form__end form__end--two">
                    <LinkButton href=self.next words=on/>
                    {again}
                </div>
                {objection}
            </div>
        }
        .into_any()
    }
}

/// What happens next in the story: first what is told, then what arrives.
#[component]
fn Happened(arrived: Arrived, lang: Lang) -> AnyView {
    let Arrived { clock, meters, told, posts } = arrived;
    let shown = clock.is_some() || !meters.is_empty() || !told.is_empty() || !posts.is_empty();
    shown.then(|| {
        let told = told.into_iter().map(|words| view! { <p class="told"><Say words page=lang/></p> }).collect_view();
        let clock = clock.map(|(before, after)| {
            let (from, to) = (before.words(lang), after.words(lang));
            view! {
                <p class="clock-step">
                    <Icon shape=Shape::Clock/>
                    <span>{say!(lang, "{from}から{to}になりました", "The clock went from {from} to {to}")}</span>
                </p>
            }
        });
        let posts = (!posts.is_empty()).then(|| view! { <Device posts level=3 lang/> });
        view! {
            <section class="why__next" aria-labelledby="next">
                <h2 class="small-title" id="next">{say!(lang, "このあと", "What happens next")}</h2>
                {clock}
                <StoryMeters meters lang/>
                {told}
                {posts}
            </section>
        }
    })
    .into_any()
}

#[component]
pub(crate) fn Best(best: OtherChoice, lang: Lang) -> AnyView {
    let OtherChoice { verdict, text, why, .. } = best;
    view! {
        <section class="why__best" aria-labelledby="best">
            <h2 class="small-title" id="best"><VerdictTag verdict lang/></h2>
            <p class="why__best-text"><Say words=text page=lang/></p>
            <p><Say words=why page=lang/></p>
        </section>
    }
    .into_any()
}

#[component]
pub(crate) fn Others(others: Vec<OtherChoice>, lang: Lang) -> AnyView {
    (!others.is_empty())
        .then(|| {
            let lines = others
                .into_iter()
                .map(|OtherChoice { verdict, text, why, clause }| {
                    view! {
                        <li class="others__line">
                            <p class="others__head"><VerdictTag verdict lang/></p>
                            <p class="others__text"><Say words=text page=lang/></p>
                            <p><Say words=why page=lang/></p>
                            {clause.map(|clause| view! { <p><ClauseLine clause lang/></p> })}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <details class="fold">
                    <summary>{say!(lang, "ほかの選択肢も見る", "See the other choices")}</summary>
                    <ul class="others" role="list">{lines}</ul>
                </details>
            }
        })
        .into_any()
}

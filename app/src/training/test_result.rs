//! The result of a round of the final test.

use crate::page::{Page, PageKind};
use crate::training::step_head::{StepHead, StepTop};
use crate::ui::{ClauseLine, ClauseLink, Icon, LinkButton, Meter, Shape, Submit, Verdict, VerdictTag};
use crate::{Lang, say};
use leptos::prelude::*;

/// A question of the round, by the clause that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicLine {
    /// The clause.
    pub clause: ClauseLink,
    /// The newest answer.
    pub verdict: Verdict,
    /// It comes again in the next round.
    pub again: bool,
}

/// The result. POST to `action` ends the test or begins the next round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResultPage {
    /// Module, number, way back.
    pub head: StepHead,
    /// Which round, from 1.
    pub round: u16,
    /// Points.
    pub points: u16,
    /// Points that can be had.
    pub of: u16,
    /// Per cent needed.
    pub pass_percent: u8,
    /// Passed.
    pub passed: bool,
    /// Not passed although the points would do: an answer on a point of safety has to be put right.
    pub must_open: bool,
    /// Questions that come again.
    pub missed: u16,
    /// The questions of all rounds, newest answer each.
    pub topics: Vec<TopicLine>,
    /// POST here goes on.
    pub action: String,
    /// Already passed over: the way on is this link instead of the form.
    pub answered: Option<String>,
}

impl Page for TestResultPage {
    fn title(&self, lang: Lang) -> String {
        if self.passed {
            say!(lang, "確認テスト：基準に届きました", "Final test: passed")
        } else {
            say!(lang, "確認テスト：もう少しです", "Final test: nearly there")
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            head,
            round,
            points,
            of,
            pass_percent,
            passed,
            must_open,
            missed,
            topics,
            action,
            answered,
        } = self;
        let heading = if passed {
            say!(lang, "基準に届きました", "You have passed")
        } else {
            say!(lang, "もう少しです", "Nearly there")
        };
        let next = if passed {
            say!(lang, "次へ", "Next")
        } else {
            say!(lang, "残りの{missed}問に答える", "Answer the remaining {missed}")
        };
        let explain = (!passed).then(|| {
            let words = if must_open {
                say!(
                    lang,
                    "点数は届いています。人の安全にかかわる問いが残っているので、そこだけもう一度考えます。",
                    "Your points would do. A question about somebody's safety is still open, so you look at that one again."
                )
            } else {
                say!(
                    lang,
                    "見直すのは{missed}問だけです。少し違う場面で聞きます。",
                    "Only {missed} questions come again, with a slightly different scene."
                )
            };
            view! { <p class="lead">{words}</p> }
        });
        let topics = topics
            .into_iter()
            .map(|TopicLine { clause, verdict, again }| {
                let again = again.then(|| {
                    view! { <span class="topics__again"><Icon shape=Shape::Again/><span>{say!(lang, "もう一度", "Once more")}</span></span> }
                });
                view! { <li class="topics__line"><ClauseLine clause lang/><VerdictTag verdict lang/>{again}</li> }
            })
            .collect_view();
        let on = match answered {
            Some(href) => view! { <LinkButton href words=next/> }.into_any(),
            None => view! { <form method="post" action=action data-waits=""><Submit words=next/></form> }
                .into_any(),
        };
        let need = (u32::from(of) * u32::from(pass_percent)).div_ceil(100);
        view! {
            <div class="step">
                <StepTop head back=say!(lang, "もどる", "Back") lang/>
                <p class="eyebrow">{say!(lang, "確認テスト {round}回目", "Final test, round {round}")}</p>
                <h1>{heading}</h1>
                <div class="score">
                    <p class="score__points"><b>{points}</b>{say!(lang, " / {of}点", " of {of} points")}</p>
                    <Meter part=u32::from(points) whole=u32::from(of)/>
                    <p class="score__need">{say!(lang, "基準は{need}点（{pass_percent}%）です", "{need} points ({pass_percent}%) are needed")}</p>
                </div>
                {explain}
                <section aria-labelledby="topics">
                    <h2 class="small-title" id="topics">{say!(lang, "約束ごとの結果", "Promise by promise")}</h2>
                    <ul class="topics" role="list">{topics}</ul>
                </section>
                <div class="form__end">{on}</div>
            </div>
        }
        .into_any()
    }
}

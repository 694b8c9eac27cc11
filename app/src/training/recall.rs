//! 思い出しカード: a question that comes back after a module, the explanation of its answer, and that there is none.

use crate::page::{Page, PageKind};
use crate::training::ask::{AskForm, faults};
use crate::training::asked::{AnswerError, Asked, Scene};
use crate::training::step::SceneView;
use crate::training::step_head::{Care, CareBar};
use crate::training::why::{Best, OtherChoice, Others};
use crate::ui::{
    BackLink, Basis, ClauseLine, ClauseLink, Contact, ContactList, ErrorSummary, Icon, LinkButton, Say,
    Shape, Submit, Verdict, VerdictTag, Weight, Words,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A card. POST to `action`: `choice`. POST to `later`: nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecallPage {
    /// The module after which it comes.
    pub module: Words,
    /// Which card: 1 to 3 come after a week, a month and three months, 4 after two weeks.
    pub number: i64,
    /// What is told first.
    pub scene: Scene,
    /// The question.
    pub asked: Asked,
    /// POST the answer here.
    pub action: String,
    /// POST here puts the card off.
    pub later: String,
    /// Putting it off now is for good.
    pub last: bool,
    /// Hard content.
    pub care: Option<Care>,
    /// What was wrong with the last try.
    pub error: Option<AnswerError>,
}

/// The explanation of a card that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecallWhy {
    /// The module after which it came.
    pub module: Words,
    /// What was told first.
    pub setting: Option<Words>,
    /// The question.
    pub ask: Words,
    /// What the answer was worth.
    pub verdict: Verdict,
    /// The answer.
    pub chosen: Words,
    /// Why.
    pub why: Words,
    /// The clause.
    pub clause: Option<ClauseLink>,
    /// Where the rule comes from.
    pub basis: Basis,
    /// The best choice, if another was taken.
    pub best: Option<OtherChoice>,
    /// The rest, folded.
    pub others: Vec<OtherChoice>,
    /// Whom to ask when in doubt.
    pub doubt: Option<Contact>,
    /// Hard content.
    pub care: Option<Care>,
    /// Another card waits.
    pub more: bool,
}

/// No card waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecallNone;

fn name(lang: Lang) -> String {
    say!(lang, "思い出しカード", "Recall card")
}

/// How long ago the module was, for the line above a card.
fn ago(number: i64, lang: Lang) -> String {
    match number {
        1 => say!(lang, "を学んで1週間", ", one week on"),
        2 => say!(lang, "を学んで1か月", ", one month on"),
        3 => say!(lang, "を学んで3か月", ", three months on"),
        _ => say!(lang, "を学んで2週間", ", two weeks on"),
    }
}

/// What the page is, above its question or its verdict.
#[component]
fn Head(
    module: Words,
    /// Which card, where it says so.
    number: Option<i64>,
    care: Option<Care>,
    lang: Lang,
) -> AnyView {
    view! {
        <div class="step-top">
            <BackLink href=paths::HOME.to_owned() words=say!(lang, "わたしの研修", "My training")/>
            <p class="recall__head">
                <span class="recall__name"><Icon shape=Shape::Again/><span>{name(lang)}</span></span>
                <span class="recall__about">
                    {say!(lang, "「", "“")}<Say words=module page=lang/>{say!(lang, "」", "”")}
                    {number.map(|number| ago(number, lang))}
                </span>
            </p>
        </div>
        {care.map(|care| view! { <CareBar care lang/> })}
    }
    .into_any()
}

impl Page for RecallPage {
    fn title(&self, lang: Lang) -> String {
        let (name, module) = (name(lang), self.module.text());
        let title = say!(lang, "{name}｜{module}", "{name} | {module}");
        if self.error.is_some() {
            say!(lang, "確認があります：{title}", "Please check: {title}")
        } else {
            title
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { module, number, scene, asked, action, later, last, care, error } = self;
        let faults = error.as_ref().map(|error| faults(&asked, error, lang)).unwrap_or_default();
        let (put_off, remark) = if last {
            (
                say!(lang, "このカードはもう出さない", "Do not show this card again"),
                say!(
                    lang,
                    "答えなくてもかまいません。修了の記録は変わりません。",
                    "You need not answer. Your completion stays as it is.",
                ),
            )
        } else {
            (
                say!(lang, "きょうはやめておく", "Not today"),
                say!(
                    lang,
                    "1週間後に、もう一度出ます。答えなくても、修了の記録は変わりません。",
                    "It comes back in a week. Your completion stays as it is even if you never answer.",
                ),
            )
        };
        view! {
            <div class="step recall">
                <Head module number=Some(number) care lang/>
                <ErrorSummary lang faults=faults.clone()/>
                <div class="step__body">
                    <SceneView scene lang/>
                    <div class="step__ask"><AskForm asked action faults lang/></div>
                </div>
                <form method="post" action=later class="recall__later">
                    <p>{say!(
                        lang,
                        "覚えているかどうかを、自分で確かめるための問いです。所属長には見えません。",
                        "This is for you, to see what has stayed. Your manager does not see it.",
                    )}" "{remark}</p>
                    <Submit words=put_off weight=Weight::Light/>
                </form>
            </div>
        }
        .into_any()
    }
}

impl Page for RecallWhy {
    fn title(&self, lang: Lang) -> String {
        let (name, verdict) = (name(lang), self.verdict.word(lang));
        say!(lang, "{verdict}｜{name}", "{verdict} | {name}")
    }

    fn kind(&self) -> PageKind {
        PageKind::Focus
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { module, setting, ask, verdict, chosen, why, clause, basis, best, others, .. } = self;
        let rule = clause.map(|clause| view! { <p class="why__clause"><ClauseLine clause basis lang/></p> });
        let doubt = self.doubt.map(|contact| {
            view! {
                <section class="why__doubt" aria-labelledby="doubt">
                    <h2 class="small-title" id="doubt">{say!(lang, "迷ったら", "When in doubt")}</h2>
                    <ContactList contacts=vec![contact] lang/>
                </section>
            }
        });
        let (next, on) = if self.more {
            (paths::RECALL, say!(lang, "つぎの思い出しカードへ", "Next recall card"))
        } else {
            (paths::HOME, say!(lang, "わたしの研修へ", "To my training"))
        };
        let home = self.more.then(|| {
            view! {
                <LinkButton
                    href=paths::HOME.to_owned()
                    words=say!(lang, "わたしの研修へ", "To my training")
                    weight=Weight::Light
                />
            }
        });
        view! {
            <div class="step why recall" data-verdict=verdict.code()>
                <Head module number=None care=self.care lang/>
                <div class="why__answer">
                    {setting.map(|words| view! { <p class="why__ask"><Say words page=lang/></p> })}
                    <p class="why__ask"><Say words=ask page=lang/></p>
                    <h1 class="verdict-line"><VerdictTag verdict lang/></h1>
                    <p class="why__chosen">
                        <span class="why__label">{say!(lang, "あなたの答え", "Your answer")}</span>
                        <Say words=chosen page=lang/>
                    </p>
                    <p class="why__because"><Say words=why page=lang/></p>
                    {rule}
                </div>
                {best.map(|best| view! { <Best best lang/> })}
                {doubt}
                <Others others lang/>
                <div class="form__end form__end--two"><LinkButton href=next.to_owned() words=on/>{home}</div>
            </div>
        }
        .into_any()
    }
}

impl Page for RecallNone {
    fn title(&self, lang: Lang) -> String {
        name(lang)
    }

    fn view(self, lang: Lang) -> AnyView {
        view! {
            <div class="narrow">
                <BackLink href=paths::HOME.to_owned() words=say!(lang, "わたしの研修", "My training")/>
                <h1>{name(lang)}</h1>
                <p class="lead">{say!(
                    lang,
                    "いまは、思い出しカードはありません。研修を終えてから1週間、1か月、3か月たつと、1枚ずつ出ます。",
                    "There is no card now. One comes a week, a month and three months after you have finished a module.",
                )}</p>
            </div>
        }
        .into_any()
    }
}

/// The line of the first page, while a card waits.
#[component]
pub(crate) fn RecallLine(
    /// How many wait.
    count: u16,
    lang: Lang,
) -> AnyView {
    let words = match count {
        0 => return ().into_any(),
        1 => {
            say!(lang, "思い出しカードが1枚あります（30秒）", "There is one recall card for you (30 seconds)")
        }
        _ => say!(
            lang,
            "思い出しカードが{count}枚あります（1枚30秒）",
            "There are {count} recall cards for you (30 seconds each)",
        ),
    };
    view! {
        <p class="recall-line">
            <a class="recall-line__link" href=paths::RECALL>
                <Icon shape=Shape::Again/>
                <span>{words}</span>
                <Icon shape=Shape::Forward/>
            </a>
        </p>
    }
    .into_any()
}

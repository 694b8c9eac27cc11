//! Before a module: why, how long, what is recorded.

use crate::page::Page;
use crate::training::ask::{DiagnosisOffer, try_first};
use crate::training::step_head::{Care, CareKind, Swap, SwapForm};
use crate::ui::{BackLink, ContactList, Icon, LinkButton, Notice, Say, Shape, Submit, Tone, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What kind of step it is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// 読む
    Read,
    /// 考える（一つ選ぶ）
    Judge,
    /// 絵で確かめる
    Picture,
    /// 順番にならべる
    Order,
    /// 文を書く
    Draft,
    /// 自信をふりかえる
    Confidence,
    /// あてはまるものを選ぶ
    Pick,
    /// 一つずつ決める
    Assign,
    /// つなぎ合わせる
    Mosaic,
    /// 連絡先を選ぶ
    Contact,
    /// 規程をひく
    Lookup,
    /// ひとこと書く
    Reflect,
    /// 確かめる
    Checklist,
    /// 場面で決める
    Scenario,
    /// 時計の進む場面で決める
    Crisis,
    /// ふりかえる
    Debrief,
    /// 確認テスト
    Test,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Passed.
    Done,
    /// Open now.
    Now,
    /// Still ahead.
    Ahead,
}

/// A line in the list of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// What kind.
    pub kind: StepKind,
    /// Its title, where it has one (reading page, scenario).
    pub title: Option<Words>,
    /// How far.
    pub state: StepState,
}

/// How to go in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntroAction {
    /// POST here begins an attempt.
    Start {
        /// The address. With the field `try` the questions of the diagnosis come first.
        action: String,
        /// What may be tried before reading.
        offer: Option<DiagnosisOffer>,
    },
    /// GET here goes on; so many minutes are left.
    Continue {
        /// The open step.
        href: String,
        /// Minutes left.
        minutes: u16,
    },
    /// Done. The sheet of answers, and optionally a POST address to do it again of one's own will.
    Done {
        /// The answers.
        sheet: String,
        /// POST here begins another attempt that changes nothing in the record.
        again: Option<String>,
    },
}

/// The page before a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleIntro {
    /// Title of the module.
    pub title: Words,
    /// Why everybody gets this.
    pub summary: Words,
    /// Minutes for the whole.
    pub minutes: u16,
    /// Number of questions, without reading pages.
    pub questions: u16,
    /// The steps in order.
    pub steps: Vec<StepLine>,
    /// For the final test: how many per cent are needed.
    pub pass_percent: Option<u8>,
    /// What the person should know before hard content.
    pub care: Option<Care>,
    /// It stands in the place of this module, which may be taken after all.
    pub instead_of: Option<Swap>,
    /// How to go in.
    pub action: IntroAction,
    /// Way back.
    pub back: String,
}

impl Page for ModuleIntro {
    fn title(&self, _: Lang) -> String {
        self.title.text()
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { title, summary, minutes, questions, steps, pass_percent, care, instead_of, action, back } =
            self;
        let effort = if questions > 0 {
            say!(lang, "約{minutes}分・{questions}問", "About {minutes} min, {questions} questions")
        } else {
            say!(lang, "約{minutes}分", "About {minutes} min")
        };
        let pass = pass_percent.map(|percent| {
            view! {
                <p>{say!(
                    lang,
                    "基準は{percent}%です。届かなかったときは、見直す問いだけに、少し違う場面でもう一度答えます。時間の制限はありません。",
                    "{percent}% is needed. If you miss it, only the questions to look at again come back, in a slightly different scene. There is no time limit.",
                )}</p>
            }
        });
        let on = match action {
            IntroAction::Start { action, offer } => view! {
                <form method="post" action=action>
                    <div class="form__end">
                        <Submit words=say!(lang, "はじめる（{minutes}分）", "Start ({minutes} min)")/>
                    </div>
                    {offer.map(|offer| view! { <Offer offer lang/> })}
                </form>
            }
            .into_any(),
            IntroAction::Continue { href, minutes } => view! {
                <div class="form__end">
                    <LinkButton href words=say!(lang, "続きから（あと{minutes}分）", "Continue ({minutes} min left)")/>
                </div>
            }
            .into_any(),
            IntroAction::Done { sheet, again } => view! {
                <Notice tone=Tone::Done title=say!(lang, "この研修は終わっています。", "This module is done.")/>
                <div class="form__end form__end--two">
                    <LinkButton href=sheet words=say!(lang, "自分の答えを見る", "See my answers")/>
                    {again.map(|action| view! {
                        <form method="post" action=action>
                            <Submit words=say!(lang, "もう一度やってみる", "Go through it again") weight=Weight::Side/>
                        </form>
                    })}
                </div>
            }
            .into_any(),
        };
        let steps = steps.into_iter().map(|line| view! { <StepItem line lang/> }).collect_view();
        view! {
            <div class="narrow intro">
                <BackLink href=back words=say!(lang, "わたしの研修", "My training")/>
                <h1><Say words=title page=lang/></h1>
                <p class="intro__effort"><Icon shape=Shape::Clock/><span>{effort}</span></p>
                <p class="lead"><Say words=summary page=lang/></p>
                {care.map(|care| view! { <CareNotice care lang/> })}
                {on}
                {instead_of.map(|swap| view! { <TakeBack swap lang/> })}
                <section aria-labelledby="steps">
                    <h2 class="small-title" id="steps">{say!(lang, "進み方", "Steps")}</h2>
                    <ol class="intro__steps">{steps}</ol>
                    {pass}
                </section>
                <section aria-labelledby="recorded">
                    <h2 class="small-title" id="recorded">{say!(lang, "記録されること", "What is recorded")}</h2>
                    <p>{say!(
                        lang,
                        "始めた日と終えた日は、所属長と教育研修室にも見えます。答えと点数は見えません。",
                        "Your manager and the training office can see when you began and finished, never your answers or points.",
                    )}</p>
                    <p>{say!(
                        lang,
                        "監査者は、記録を確かめるために、選んだ答えと点数を見られます。あなたが書いた文は、監査者にも文字数しか見えません。",
                        "Auditors can see which answers you chose and your points, to check the records. Of a text that you write they see only its length.",
                    )}</p>
                </section>
            </div>
        }
        .into_any()
    }
}

/// Trying first what one knows.
#[component]
fn Offer(offer: DiagnosisOffer, lang: Lang) -> AnyView {
    view! {
        <section class="intro__offer" aria-labelledby="offer">
            <h2 class="small-title" id="offer">{say!(lang, "もう知っている人は", "If you know this already")}</h2>
            {offer.explained(lang)}
            <Submit words=try_first(offer.questions, lang) weight=Weight::Side name="try" value="1".to_owned()/>
        </section>
    }
    .into_any()
}

/// What one should know before hard content.
#[component]
fn CareNotice(care: Care, lang: Lang) -> AnyView {
    let Care { kind, help, swap, .. } = care;
    view! {
        <section class="care-notice" aria-labelledby="care">
            <h2 class="care-notice__title" id="care">{say!(lang, "はじめる前に", "Before you start")}</h2>
            <p>{kind.note(lang)}" "{say!(
                lang,
                "つらくなったら、どの画面からも一時停止して離れられます。",
                "If it becomes hard, you can pause and step away from any screen.",
            )}</p>
            {swap.map(|swap| view! { <SwapForm swap lang/> })}
            {(!help.is_empty()).then(|| view! {
                <h3 class="care-notice__sub">{say!(lang, "相談先", "People to talk to")}</h3>
                <ContactList contacts=help lang/>
            })}
        </section>
    }
    .into_any()
}

impl CareKind {
    /// What comes, before it comes.
    fn note(self, lang: Lang) -> String {
        match self {
            Self::Suicide => say!(
                lang,
                "命にかかわる投稿を扱います。方法の描写はありません。",
                "This module is about a post that concerns somebody's life. No method is described.",
            ),
            Self::Disaster => say!(
                lang,
                "災害や大きな事故の場面を扱います。被害の生々しい描写はありませんが、つらい経験を思い出すことがあるかもしれません。",
                "This module is set in a disaster or a serious accident. Nothing graphic is described, but it may bring back hard memories.",
            ),
            Self::Abuse => say!(
                lang,
                "暴言や嫌がらせ、暴力にふれる場面があります。生々しい描写はありません。",
                "This module touches on abusive words, harassment or violence. Nothing graphic is described.",
            ),
        }
    }
}

/// Which module this one was taken instead of, and the way back to it.
#[component]
fn TakeBack(swap: Swap, lang: Lang) -> AnyView {
    let Swap { action, title, minutes } = swap;
    view! {
        <form method="post" action=action class="swap">
            <p class="swap__what">
                {say!(lang, "元の題材：「", "The topic that this one stands in for: “")}
                <Say words=title page=lang/>
                {say!(lang, "」（約{minutes}分）。この題材を始めるまでは、もどせます。", "” (about {minutes} min). You can go back to it until you start this one.")}
            </p>
            <Submit words=say!(lang, "元の題材にもどす", "Go back to that topic") weight=Weight::Side/>
        </form>
    }
    .into_any()
}

#[component]
fn StepItem(line: StepLine, lang: Lang) -> AnyView {
    let StepLine { kind, title, state } = line;
    let (code, shape, spoken) = match state {
        StepState::Done => ("done", Shape::Tick, Some(say!(lang, "済み", "done"))),
        StepState::Now => ("now", Shape::Half, Some(say!(lang, "いまここ", "you are here"))),
        StepState::Ahead => ("ahead", Shape::Ring, None),
    };
    view! {
        <li class="intro__step" data-state=code>
            <Icon shape/>
            <span class="intro__kind">{kind.word(lang)}</span>
            {title.map(|words| view! { <span class="intro__title"><Say words page=lang/></span> })}
            {spoken.map(|spoken| view! { <span class="intro__state">{spoken}</span> })}
        </li>
    }
    .into_any()
}

impl StepKind {
    /// The word on screen.
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Read => say!(lang, "読む", "Read"),
            Self::Judge => say!(lang, "選んで考える", "Decide"),
            Self::Picture => say!(lang, "絵で確かめる", "Look closely"),
            Self::Order => say!(lang, "順番を考える", "Put in order"),
            Self::Draft => say!(lang, "文を書いてみる", "Write a reply"),
            Self::Confidence => say!(lang, "自信をふりかえる", "How sure you are"),
            Self::Pick => say!(lang, "あてはまるものを選ぶ", "Pick what applies"),
            Self::Assign => say!(lang, "一つずつ決める", "Decide one by one"),
            Self::Mosaic => say!(lang, "つなぎ合わせて気づく", "Put clues together"),
            Self::Contact => say!(lang, "連絡先を選ぶ", "Choose whom to tell"),
            Self::Lookup => say!(lang, "規程をひく", "Look it up"),
            Self::Reflect => say!(lang, "ひとこと書く", "A sentence for yourself"),
            Self::Checklist => say!(lang, "確かめる", "Check off"),
            Self::Scenario => say!(lang, "場面で決める", "Act in a scene"),
            Self::Crisis => say!(lang, "動く場面で決める", "Act as it unfolds"),
            Self::Debrief => say!(lang, "ふりかえる", "Look back"),
            Self::Test => say!(lang, "確認テスト", "Final test"),
        }
    }
}

//! The form of a step, by kind; and, once answered, the same without a form.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::islands::draft_box::{DraftBox, DraftWords};
use crate::islands::order_list::{OrderList, OrderWords};
use crate::islands::picture::{Picture, PictureWords};
use crate::training::act::Act;
use crate::training::asked::{AnswerError, Asked, CardView, ChoiceView, PictureView, RegionView};
use crate::ui::contact::contact_line;
use crate::ui::{
    ChoiceList, ChoiceRow, Fault, Icon, Place, Placed, Prose, Say, Shape, Submit, TextArea, Words,
};
use crate::{Lang, say};
use leptos::prelude::*;

/// Where an error leads, and its words.
pub(crate) fn faults(asked: &Asked, error: &AnswerError, lang: Lang) -> Vec<Fault> {
    let one = |field: String, message: String| Fault { field: Some(field), message };
    match error {
        AnswerError::Nothing => vec![match asked {
            Asked::Choose { .. } => one("choice-1".into(), say!(lang, "一つ選んでください", "Choose one")),
            Asked::Picture { .. } => one(
                "pick-1".into(),
                say!(lang, "気になる所を一つ以上選んでください", "Pick at least one place"),
            ),
            Asked::Draft { .. } => one("draft".into(), say!(lang, "文を書いてください", "Write your text")),
            Asked::Confidence { .. } => one("level-1".into(), say!(lang, "一つ選んでください", "Choose one")),
            Asked::Order { .. } | Asked::Read { .. } => Fault {
                field: None,
                message: say!(lang, "もう一度送ってください", "Please send it again"),
            },
        }],
        AnswerError::NoPlace(cards) => cards
            .iter()
            .map(|card| {
                let words = card_words(asked, card);
                one(
                    format!("place-{card}"),
                    say!(lang, "「{words}」の順番を選んでください", "Choose a place for “{words}”"),
                )
            })
            .collect(),
        AnswerError::SamePlace(cards) => cards
            .iter()
            .map(|card| {
                let words = card_words(asked, card);
                one(
                    format!("place-{card}"),
                    say!(
                        lang,
                        "「{words}」と同じ番号のものがあります",
                        "“{words}” shares its number with another card"
                    ),
                )
            })
            .collect(),
        AnswerError::TooLong(length) => {
            let max = if let Asked::Draft { max, .. } = asked { *max } else { 0 };
            vec![one(
                "draft".into(),
                say!(
                    lang,
                    "{max}字までです。いまは{length}字です",
                    "At most {max} characters; there are {length} now"
                ),
            )]
        }
    }
}

fn card_words(asked: &Asked, id: &str) -> String {
    let Asked::Order { cards, .. } = asked else { return String::new() };
    cards.iter().find(|card| card.id == id).map(|card| card.text.text()).unwrap_or_default()
}

/// The form.
#[component]
pub(crate) fn AskForm(asked: Asked, action: String, faults: Vec<Fault>, lang: Lang) -> AnyView {
    let first = faults.first().map(|fault| fault.message.clone());
    let (body, send) = match asked {
        Asked::Read { title, body } => (
            view! {
                <article class="reading">
                    <h1><Say words=title page=lang/></h1>
                    <Prose body page=lang/>
                </article>
            }
            .into_any(),
            say!(lang, "次へ", "Next"),
        ),
        Asked::Choose { ask, choices, chosen } => {
            let rows = choices
                .into_iter()
                .map(|ChoiceView { id, text, cost, act, contact }| ChoiceRow {
                    chosen: chosen.as_deref() == Some(id.as_str()),
                    value: id,
                    words: view! { <Say words=text page=lang/> }.into_any(),
                    aside: cost.map(|cost| say!(lang, "{cost}分", "{cost} min")),
                    shape: act.map(Act::shape),
                    below: contact.map(|contact| contact_line(contact, lang)),
                })
                .collect();
            (
                view! { <ChoiceList name="choice" legend=question(ask, lang) rows error=first/> }.into_any(),
                say!(lang, "決定", "Answer"),
            )
        }
        Asked::Picture { ask, picture, regions, picked } => (
            view! { <PictureForm ask picture regions picked error=first lang/> }.into_any(),
            say!(lang, "決定", "Answer"),
        ),
        Asked::Order { ask, cards } => {
            (view! { <OrderForm ask cards faults lang/> }.into_any(), say!(lang, "決定", "Answer"))
        }
        Asked::Draft { ask, max, text, keep } => (
            view! { <DraftForm ask max text keep error=first lang/> }.into_any(),
            say!(lang, "文を確かめる", "Check my text"),
        ),
        Asked::Confidence { ask, level } => {
            let rows = (1..=4)
                .map(|each| ChoiceRow {
                    value: each.to_string(),
                    words: level_word(each, lang).into_any(),
                    aside: None,
                    shape: None,
                    below: None,
                    chosen: level == Some(each),
                })
                .collect();
            (
                view! { <ChoiceList name="level" legend=question(ask, lang) rows error=first/> }.into_any(),
                say!(lang, "決定", "Answer"),
            )
        }
    };
    view! {
        <form method="post" action=action class="ask" novalidate>
            {body}
            <div class="form__end"><Submit words=send/></div>
        </form>
    }
    .into_any()
}

/// The question, as the heading of the page.
pub(crate) fn question(ask: Words, lang: Lang) -> AnyView {
    view! { <h1 class="question"><Say words=ask page=lang/></h1> }.into_any()
}

/// A level of confidence in words.
pub(crate) fn level_word(level: u8, lang: Lang) -> String {
    match level {
        0 | 1 => say!(lang, "まったく自信がない", "Not sure at all"),
        2 => say!(lang, "あまり自信がない", "Not very sure"),
        3 => say!(lang, "まあまあ自信がある", "Fairly sure"),
        _ => say!(lang, "とても自信がある", "Very sure"),
    }
}

#[component]
fn PictureForm(
    ask: Words,
    picture: PictureView,
    regions: Vec<RegionView>,
    picked: Vec<String>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let places = regions.iter().zip(1_u16..).map(|(region, n)| Place { n, at: region.at }).collect();
    let count = u32::try_from(picked.len()).unwrap_or(0);
    let size = picture.size;
    let regions = regions
        .into_iter()
        .zip(1_u16..)
        .map(|(RegionView { id, label, .. }, n)| {
            let field = format!("pick-{n}");
            let owner = field.clone();
            let ticked = picked.contains(&id);
            view! {
                <label class=format!("region at-{n}") for=owner>
                    <input class="choice__box region__box" type="checkbox" name="pick" value=id id=field checked=ticked/>
                    <span class="region__number" aria-hidden="true">{n}</span>
                    <span class="region__words"><Say words=label page=lang/></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices picture">
            <legend class="choices__legend">
                {question(ask, lang)}
                {error.map(|error| view! {
                    <span class="field__error"><Icon shape=Shape::Warn/><span>{error}</span></span>
                })}
            </legend>
            <label class="picture__switch" for="as-list">
                <input class="choice__box" type="checkbox" id="as-list"/>
                <span>{say!(lang, "リストで答える", "Answer from a list")}</span>
            </label>
            <Placed size places/>
            <Picture words=PictureWords::new(lang) picked=count>
                <div class="picture__stage">
                    <img class="picture__drawing" src=picture.src alt=picture.say.text() width=size.0.to_string() height=size.1.to_string()/>
                    <div class="picture__regions">{regions}</div>
                </div>
            </Picture>
        </fieldset>
    }
    .into_any()
}

#[component]
fn OrderForm(ask: Words, cards: Vec<CardView>, faults: Vec<Fault>, lang: Lang) -> AnyView {
    let of = cards.len();
    let some = !faults.is_empty();
    let cards = cards
        .into_iter()
        .map(|CardView { id, text, place }| {
            let field = format!("place-{id}");
            let error = crate::account::sign_in::message_at(&faults, &field);
            let (name, owner) = (field.clone(), field.clone());
            let error_id = format!("{field}-error");
            let describedby = error.is_some().then(|| error_id.clone());
            let invalid = error.is_some().then_some("true");
            let plain = text.text();
            let (up, down) = (
                say!(lang, "「{plain}」を上へ", "Move “{plain}” up"),
                say!(lang, "「{plain}」を下へ", "Move “{plain}” down"),
            );
            let numbers = (1..=of)
                .map(|n| view! { <option value=n.to_string() selected=place.map(usize::from) == Some(n)>{n}</option> })
                .collect_view();
            view! {
                <li class="card" data-card=id>
                    <span class="card__place" data-place="" aria-hidden="true"></span>
                    <span class="card__pick">
                        <select id=field name=name aria-describedby=describedby aria-invalid=invalid>
                            <option value="">{say!(lang, "順番", "Place")}</option>
                            {numbers}
                        </select>
                    </span>
                    <label class="card__words" for=owner>
                        <Say words=text page=lang/>
                        <span class="visually-hidden">{say!(lang, "の順番", ": place")}</span>
                    </label>
                    <span class="card__moves">
                        <button class="card__move" type="button" data-move="up" aria-label=up><Icon shape=Shape::Up/></button>
                        <button class="card__move" type="button" data-move="down" aria-label=down><Icon shape=Shape::Down/></button>
                    </span>
                    {error.map(|error| view! { <span class="field__error" id=error_id>{error}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices" data-error=some.then_some("")>
            <legend class="choices__legend">{question(ask, lang)}</legend>
            <OrderList words=OrderWords::new(lang)>
                <ol class="cards" role="list">{cards}</ol>
            </OrderList>
        </fieldset>
    }
    .into_any()
}

#[component]
fn DraftForm(
    ask: Words,
    max: u16,
    text: String,
    keep: Option<String>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let area = move || {
        view! {
            <TextArea
                name="draft"
                label=say!(lang, "あなたの文", "Your text")
                text=text
                rows=6
                hint=say!(
                    lang,
                    "{max}字まで。点数は付きません。文を読めるのはあなただけです。監査者にわかるのは文字数だけです。",
                    "Up to {max} characters. It is not marked. Only you can read it; an auditor sees no more than its length.",
                )
                error
            />
        }
    };
    view! {
        {question(ask, lang)}
        {match keep {
            Some(keep) => view! { <DraftBox max length keep words=DraftWords::new(lang)>{area()}</DraftBox> }.into_any(),
            None => area().into_any(),
        }}
    }
    .into_any()
}

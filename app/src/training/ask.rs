//! The form of a step, one file a kind of question. Whatever it looks like, underneath are boxes, buttons and lists that any browser sends.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

mod contact;
mod diagnosis;
mod draft;
mod faults;
mod lookup;
mod mark;
mod mosaic;
mod order;
mod pick;
mod picture;
mod redact;
mod sort;
mod triage;

pub(crate) use faults::faults;

use crate::training::act::Act;
use crate::training::asked::{Asked, ChoiceView};
use crate::ui::contact::contact_line;
use crate::ui::{ChoiceList, ChoiceRow, Fault, Prose, Say, Submit, Weight, Words};
use crate::{Lang, say};
use contact::ContactForm;
pub(crate) use diagnosis::try_first;
pub use diagnosis::{DiagnosisOffer, diagnosis_heading, tried_words};
use diagnosis::{DiagnosisStep, read_first};
use draft::{WriteForm, Writing};
use leptos::prelude::*;
use lookup::LookupForm;
use mark::MarkForm;
use mosaic::MosaicForm;
use order::OrderForm;
use pick::{ChecklistForm, PickForm};
use picture::PictureForm;
use redact::RedactForm;
use sort::SortForm;
use triage::TriageForm;

/// The form.
#[component]
pub(crate) fn AskForm(asked: Asked, action: String, faults: Vec<Fault>, lang: Lang) -> AnyView {
    let error = faults.first().map(|fault| fault.message.clone());
    let end = end(&asked, &action, lang);
    let body = match asked {
        Asked::Diagnosis { ask, offer, .. } => view! { <DiagnosisStep ask offer lang/> }.into_any(),
        Asked::Read { title, body } => view! {
            <article class="reading">
                <h1><Say words=title page=lang/></h1>
                <Prose body page=lang/>
            </article>
        }
        .into_any(),
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
            view! { <ChoiceList name="choice" legend=question(ask, lang) rows error/> }.into_any()
        }
        Asked::Confidence { ask, level } => {
            let rows = (1..=4)
                .map(|each| {
                    ChoiceRow::plain(each.to_string(), level_word(each, lang).into_any(), level == Some(each))
                })
                .collect();
            view! { <ChoiceList name="level" legend=question(ask, lang) rows error/> }.into_any()
        }
        Asked::Picture { ask, picture, regions, picked } => {
            view! { <PictureForm ask picture regions picked error lang/> }.into_any()
        }
        Asked::Order { ask, cards } => view! { <OrderForm ask cards faults lang/> }.into_any(),
        Asked::Draft { ask, max, text, keep } => {
            view! { <WriteForm writing=Writing::Reply ask max text keep error lang/> }.into_any()
        }
        Asked::Reflect { ask, max, text, keep } => {
            view! { <WriteForm writing=Writing::Sentence ask max text keep error lang/> }.into_any()
        }
        Asked::Pick { ask, kind, options, picked } => {
            view! { <PickForm ask kind options picked error lang/> }.into_any()
        }
        Asked::Mark { ask, pieces, picked } => view! { <MarkForm ask pieces picked error lang/> }.into_any(),
        Asked::Triage { ask, rows } => view! { <TriageForm ask rows faults lang/> }.into_any(),
        Asked::Sort { ask, groups, rows } => view! { <SortForm ask groups rows faults lang/> }.into_any(),
        Asked::Redact { ask, parts, whole } => view! { <RedactForm ask parts whole faults lang/> }.into_any(),
        Asked::Mosaic { ask, clues, findings, cuts, ticked, finding, cut } => {
            view! { <MosaicForm ask clues findings cuts ticked finding cut faults lang/> }.into_any()
        }
        Asked::Contact { ask, at, book, ways, contact, way } => {
            view! { <ContactForm ask at book ways contact way faults lang/> }.into_any()
        }
        Asked::Lookup { ask, clauses, policy, chosen } => {
            view! { <LookupForm ask clauses policy chosen error lang/> }.into_any()
        }
        Asked::Checklist { ask, points, ticked, tools } => {
            view! { <ChecklistForm ask points ticked tools error lang/> }.into_any()
        }
    };
    view! { <form method="post" action=action class="ask" data-waits="" novalidate>{body}{end}</form> }
        .into_any()
}

/// The buttons. The one that answers stands first: it is what the Enter key presses.
fn end(asked: &Asked, action: &str, lang: Lang) -> AnyView {
    let send = match asked {
        Asked::Diagnosis { offer, .. } => return offered(offer.questions, lang),
        Asked::Read { .. } | Asked::Checklist { .. } => say!(lang, "次へ", "Next"),
        Asked::Draft { .. } => say!(lang, "文を確かめる", "Check my text"),
        Asked::Reflect { .. } => say!(lang, "書きとめて次へ", "Keep it and go on"),
        _ => say!(lang, "決定", "Answer"),
    };
    let other = match asked {
        Asked::Redact { .. } => view! {
            <span class="ask__preview">
                <Submit words=say!(lang, "見直す", "Read it as it is now") weight=Weight::Side name="preview" value="1".to_owned() action=format!("{action}#preview")/>
            </span>
        }
        .into_any(),
        Asked::Reflect { .. } => view! {
            <Submit words=say!(lang, "書かずに進む", "Go on without writing") weight=Weight::Side name="skip" value="1".to_owned()/>
        }
        .into_any(),
        _ => return view! { <div class="form__end"><Submit words=send/></div> }.into_any(),
    };
    view! { <div class="form__end form__end--two"><Submit words=send/>{other}</div> }.into_any()
}

/// The two ways to begin. What the Enter key presses is the first.
fn offered(questions: usize, lang: Lang) -> AnyView {
    view! {
        <div class="form__end form__end--two">
            <Submit words=try_first(questions, lang) name="try" value="1".to_owned()/>
            <Submit words=read_first(lang) weight=Weight::Side/>
        </div>
    }
    .into_any()
}

/// The question, as the heading of the page.
pub(crate) fn question(ask: Words, lang: Lang) -> AnyView {
    view! { <h1 class="question"><Say words=ask page=lang/></h1> }.into_any()
}

/// One of several questions of a form.
fn part_question(words: String) -> AnyView {
    view! { <h2 class="ask__part">{words}</h2> }.into_any()
}

/// A sentence under the question that says how it is answered.
fn how(words: String) -> AnyView {
    view! { <p class="ask__how">{words}</p> }.into_any()
}

/// The message at a field of the form.
fn message_at(faults: &[Fault], field: &str) -> Option<String> {
    crate::account::sign_in::message_at(faults, &format!("{field}-1"))
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

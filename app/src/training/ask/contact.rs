//! Whom to tell, and how: the hospital's own contact book.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::{message_at, part_question, question};
use crate::day::StoryTime;
use crate::islands::finder::{Finder, FinderWords};
use crate::training::decision::Way;
use crate::ui::{ChoiceList, ChoiceRow, Contact, Fault, Icon, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The whole book as rows, with a field that narrows it where scripts run.
#[component]
pub(crate) fn ContactForm(
    ask: Words,
    at: StoryTime,
    book: Vec<(String, Contact)>,
    ways: Vec<Way>,
    contact: Option<String>,
    way: Option<Way>,
    faults: Vec<Fault>,
    lang: Lang,
) -> AnyView {
    let now = at.words(lang);
    let rows = book
        .into_iter()
        .map(|(id, entry)| {
            let chosen = contact.as_deref() == Some(id.as_str());
            ChoiceRow::plain(id, entry_words(entry, lang), chosen)
        })
        .collect();
    let ways = ways
        .into_iter()
        .map(|each| ChoiceRow::plain(each.code(), each.word(lang).into_any(), way == Some(each)))
        .collect();
    let [contact_error, way_error] = ["contact", "way"].map(|field| message_at(&faults, field));
    view! {
        {question(ask, lang)}
        <p class="hour">
            <Icon shape=Shape::Clock/>
            <span>{say!(lang, "いまは", "It is ")}<time datetime=at.iso()>{now}</time>{say!(lang, "です", "")}</span>
        </p>
        <div class="whom">
            <Finder words=FinderWords::contacts(lang)>
                <ChoiceList
                    name="contact"
                    legend=part_question(say!(lang, "だれに伝えますか。", "Whom do you tell?"))
                    rows
                    error=contact_error
                />
            </Finder>
            <ChoiceList
                name="way"
                legend=part_question(say!(lang, "どうやって伝えますか。", "How do you tell them?"))
                rows=ways
                error=way_error
                short=true
            />
        </div>
    }
    .into_any()
}

/// An entry of the book: who, the number, when and for what.
fn entry_words(contact: Contact, lang: Lang) -> AnyView {
    let Contact { name, note, number } = contact;
    view! {
        <span class="entry">
            <span class="entry__who"><Say words=name page=lang/></span>
            {number.map(|number| view! { <span class="entry__number">{number}</span> })}
            {note.map(|note| view! { <span class="entry__note"><Say words=note page=lang/></span> })}
        </span>
    }
    .into_any()
}

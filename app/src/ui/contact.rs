//! Whom to ask: a role, and the number that the hospital has set for it.

use crate::ui::icon::{Icon, Shape};
use crate::ui::say::{Say, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// A contact of the hospital or a help line. The number comes from the hospital's settings, never from the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The role: 「夜間の連絡先（当直師長）」.
    pub name: Words,
    /// When and for what.
    pub note: Option<Words>,
    /// Extension or telephone number as it is dialled. `None`: the hospital has not set one, and the card says so.
    pub number: Option<String>,
}

/// Contacts as a list: role, number large enough to dial from, and when.
#[component]
pub fn ContactList(
    /// The contacts.
    contacts: Vec<Contact>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let lines = contacts
        .into_iter()
        .map(|Contact { name, note, number }| {
            view! {
                <li class="contact">
                    <Icon shape=Shape::Call/>
                    <span class="contact__who"><Say words=name page=lang/></span>
                    <span class="contact__number">
                        {number.unwrap_or_else(|| say!(lang, "番号は職場の連絡網で確かめます", "See your workplace's contact list"))}
                    </span>
                    {note.map(|note| view! { <span class="contact__note"><Say words=note page=lang/></span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="contacts" role="list">{lines}</ul> }.into_any()
}

/// A contact in one line: role and number.
pub(crate) fn contact_line(contact: Contact, lang: Lang) -> AnyView {
    let Contact { name, number, .. } = contact;
    let number = number.unwrap_or_else(|| say!(lang, "番号は職場の連絡網", "number: your workplace's list"));
    view! { <Say words=name page=lang/>" "<span class="choice__number">{number}</span> }.into_any()
}

/// The contact book of a story, folded: whom one could turn to at any moment.
#[component]
pub fn ContactBook(
    /// The contacts.
    contacts: Vec<Contact>,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    (!contacts.is_empty())
        .then(|| {
            view! {
                <details class="fold contact-book">
                    <summary>{say!(lang, "連絡先", "Contacts")}</summary>
                    <ContactList contacts lang/>
                </details>
            }
        })
        .into_any()
}

//! A field that narrows a list of choices while one types. Underneath is the whole list, which is what the form sends.

use crate::islands::{all, fill};
use crate::{Lang, say};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};
use web_sys::{Element, HtmlInputElement};

/// Words of the field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FinderWords {
    label: String,
    found: String,
    none: String,
}

impl FinderWords {
    /// For the hospital's contacts.
    pub fn contacts(lang: Lang) -> Self {
        let n = "{n}";
        Self {
            label: say!(lang, "連絡先をさがす（言葉で絞りこむ）", "Find a contact"),
            found: say!(lang, "{n}件の連絡先", "{n} contacts"),
            none: say!(
                lang,
                "あてはまる連絡先がありません。言葉を短くすると見つかることがあります。",
                "No contact fits. A shorter word may find one."
            ),
        }
    }

    /// For the clauses of the policy.
    pub fn clauses(lang: Lang) -> Self {
        let n = "{n}";
        Self {
            label: say!(lang, "条をさがす（言葉で絞りこむ）", "Find an article"),
            found: say!(lang, "{n}件の条", "{n} articles"),
            none: say!(
                lang,
                "題名にこの言葉がある条はありません。規程の本文も見てみます。",
                "No title has this word. The text of the policy may."
            ),
        }
    }
}

/// Shows the rows (`.choice`) among its children that have what was typed, and always the row that is chosen.
#[island]
pub fn Finder(
    /// Words.
    words: FinderWords,
    /// The list.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    let (said, set_said) = signal(String::new());
    let narrow = move |event: web_sys::Event| {
        let typed = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some((field, root)) = typed.zip(root.get_untracked()) else { return };
        // The choices themselves send this event, too.
        if field.type_() != "search" {
            return;
        }
        let wanted = plain(&field.value());
        let shown = show(&root, &wanted);
        set_said.set(match shown {
            _ if wanted.is_empty() => String::new(),
            0 => words.none.clone(),
            shown => fill(&words.found, &shown.to_string()),
        });
    };
    // Enter in this field would send the form, which has no answer yet.
    let stay = move |event: web_sys::KeyboardEvent| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if event.key() == "Enter" && field.is_some_and(|field| field.type_() == "search") {
            event.prevent_default();
        }
    };
    view! {
        <div class="finder" node_ref=root on:input=narrow on:keydown=stay>
            <label class="finder__field" for="find">
                <span class="field__label">{words.label.clone()}</span>
                <input class="field__box" type="search" id="find" autocomplete="off" spellcheck="false"/>
            </label>
            <p class="finder__said" role="status">{said}</p>
            {children()}
        </div>
    }
}

/// Hides the rows that do not have what is wanted, and says how many do.
fn show(root: &Element, wanted: &str) -> usize {
    let mut found = 0;
    for row in all(root, ".choice") {
        let fits = wanted.split_whitespace().all(|word| plain(&words_of(&row)).contains(word));
        found += usize::from(fits);
        let chosen = row.query_selector("input:checked").ok().flatten().is_some();
        // Nothing can be done about a page that refuses an attribute.
        let _ = row.toggle_attribute_with_force("hidden", !fits && !chosen);
    }
    found
}

/// The words of a row without their readings, which would stand between the letters of a word.
fn words_of(row: &Element) -> String {
    let Some(copy) = row.clone_node_with_deep(true).ok().and_then(|copy| copy.dyn_into::<Element>().ok())
    else {
        return String::new();
    };
    for reading in all(&copy, "rt, rp") {
        reading.remove();
    }
    copy.text_content().unwrap_or_default()
}

/// Letters as one would look for them: small, and digits and Latin letters in half width.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            '\u{3000}' => ' ',
            other => other,
        })
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_is_typed_in_full_width_finds_what_is_written_in_half_width() {
        assert_eq!(plain("ＳＮＳ　９０００"), "sns 9000");
        assert_eq!(plain("広報課"), "広報課");
    }
}

//! Words of the hospital's own records, which exist in one language: a name, a reading, a profession.

use crate::Lang;
use leptos::prelude::*;

/// Whether a text has Japanese letters.
fn is_japanese(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
}

/// The text as it is written; on an English page Japanese says that it is Japanese, so that it is read aloud as such.
#[component]
pub fn Written(
    /// The text.
    text: String,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    if lang == Lang::En && is_japanese(&text) {
        view! { <span lang=Lang::Ja.tag()>{text}</span> }.into_any()
    } else {
        text.into_any()
    }
}

/// The tag for `lang` of an element that holds such a text.
pub fn tag(text: &str, lang: Lang) -> Option<&'static str> {
    (lang == Lang::En && is_japanese(text)).then_some("ja")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::Written;
    use crate::Lang;
    use leptos::prelude::*;

    #[test]
    fn japanese_on_an_english_page_says_so() {
        let html = view! { <Written text="看護師".to_owned() lang=Lang::En/> }.to_html();
        assert!(html.contains("lang=\"ja\""), "{html}");
        let html = view! { <Written text="Nurse".to_owned() lang=Lang::En/> }.to_html();
        assert!(!html.contains("lang="), "{html}");
        let html = view! { <Written text="看護師".to_owned() lang=Lang::Ja/> }.to_html();
        assert!(!html.contains("lang="), "{html}");
    }
}

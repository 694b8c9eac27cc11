//! The one place that owns `<textarea>`: Leptos 0.8.23 writes its children to HTML without escaping them.

use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// A text of several lines.
#[component]
pub fn TextArea(
    /// Name and id.
    name: &'static str,
    /// Label.
    label: String,
    /// Text, kept after an error.
    text: String,
    /// Rows drawn at first.
    #[prop(default = 5)]
    rows: u8,
    /// Hint under the label.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The language of the text, where it is not that of the page.
    #[prop(optional_no_strip)]
    lang: Option<&'static str>,
) -> AnyView {
    let describedby = match (hint.is_some(), error.is_some()) {
        (false, false) => None,
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (true, true) => Some(format!("{name}-hint {name}-error")),
    };
    let invalid = error.is_some().then_some("true");
    let class = if error.is_some() { "field field--error" } else { "field" };
    view! {
        <div class=class>
            <label class="field__label" for=name>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.map(|error| view! {
                <p class="field__error" id=format!("{name}-error")><Icon shape=Shape::Warn/><span>{error}</span></p>
            })}
            <textarea
                class="field__box field__box--area"
                id=name
                name=name
                rows=rows.to_string()
                lang=lang
                aria-describedby=describedby
                aria-invalid=invalid
            >
                {inside(text)}
            </textarea>
        </div>
    }
    .into_any()
}

/// Text as the content of the element: nothing in it can end the element, and its first line break is kept
/// (a parser drops the first one it meets).
fn inside(mut text: String) -> String {
    text.insert(0, '\n');
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::TextArea;
    use leptos::prelude::*;

    fn html(text: &str) -> String {
        let text = text.to_owned();
        view! { <TextArea name="draft" label="返信".to_owned() text/> }.to_html()
    }

    #[test]
    fn a_text_cannot_break_out_of_its_box() {
        let html = html("</textarea><script>alert(1)</script>");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "{html}");
    }

    #[test]
    fn an_entity_that_was_typed_comes_back_as_it_was_typed() {
        assert!(html("&lt;b&gt; & co").contains("&amp;lt;b&amp;gt; &amp; co"));
    }

    #[test]
    fn a_leading_line_break_is_kept() {
        assert!(html("\nご連絡").contains(">\n\nご連絡"));
    }
}

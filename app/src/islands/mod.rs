//! What comes alive in the browser. Each island wraps a form that works without it; its words come as props.
//! What the server drew inside an island's children stays the server's: an island listens around it.
#![expect(
    missing_docs,
    reason = "the island macro makes a struct without a comment for the props in the page"
)]

pub mod draft_box;
pub mod finder;
pub mod idle_lock;
pub mod order_list;
pub mod picture;
pub mod preview;

/// Called once by the page's script, before the islands.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

/// Sends a form to our own server without leaving the page.
fn send_form(address: &str, form: Option<&web_sys::UrlSearchParams>) -> web_sys::js_sys::Promise {
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    if let Some(form) = form {
        options.set_body(form);
    }
    leptos::prelude::window().fetch_with_str_and_init(address, &options)
}

/// Puts a figure into words that came as a prop: `えらんだ数 {n}`.
fn fill(words: &str, n: &str) -> String {
    words.replace("{n}", n)
}

/// All elements below `root` that fit.
fn all(root: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
    use leptos::wasm_bindgen::JsCast;
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
}

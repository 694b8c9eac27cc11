//! The whole document: the chrome of the hospital around a page.

use crate::chrome::{Foot, Head};

use crate::islands::idle_lock::{IdleLock, IdleWords};
use crate::lang::Lang;
use crate::ui::placed::PageNonce;
use crate::ui::waits::Waits;
use crate::{paths, say};
use leptos::prelude::*;

/// Size of the text, chosen by the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextSize {
    /// 16 px.
    #[default]
    Standard,
    /// 19 px.
    Large,
    /// 22 px.
    Largest,
}

impl TextSize {
    /// All sizes, smallest first.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Large, Self::Largest];

    /// The value in the settings form and the `data-text` attribute.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }

    /// Reads [`TextSize::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }
}

/// Colour of a hospital: buttons, links and the line under the header. Each has at least 7:1 on white.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyColour {
    /// #006173
    #[default]
    Cyan,
    /// #00428c
    Blue,
    /// #0c472a
    Green,
    /// #41048e
    Purple,
    /// #333333
    Grey,
}

impl KeyColour {
    /// The name in the hospital's settings and in `data-key`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cyan => "cyan",
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Purple => "purple",
            Self::Grey => "grey",
        }
    }

    /// Reads [`KeyColour::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Cyan, Self::Blue, Self::Green, Self::Purple, Self::Grey]
            .into_iter()
            .find(|colour| colour.code() == code)
    }
}

/// What a person may do here. Everybody is a learner too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleView {
    /// 受講者
    Learner,
    /// 所属長
    Manager,
    /// Stands in for a manager for a time (代行).
    Deputy,
    /// 担当（教育研修室）
    Office,
    /// 監査者
    Auditor,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoView {
    /// Name at work.
    pub name: String,
    /// What they may open; the header links to it.
    pub roles: Vec<RoleView>,
    /// Minutes without a key or a touch until the screen is covered on a shared PC. `None` on one's own device.
    pub shared_pc: Option<u16>,
}

/// Addresses of the built files, with their hash in the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The JavaScript that loads the islands. `None`: the page stays plain, and works.
    pub js: Option<String>,
    /// The WebAssembly of the islands.
    pub wasm: Option<String>,
    /// The icon of the window.
    pub icon: Option<String>,
}

/// Everything around a page that is the same on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chrome {
    /// Language of the page.
    pub lang: Lang,
    /// Whether furigana are on (the header says so; the words carry their readings already).
    pub furigana: bool,
    /// Size of the text.
    pub text_size: TextSize,
    /// No motion, whatever the device says.
    pub calm: bool,
    /// Name of the hospital.
    pub hospital: String,
    /// Colour of the hospital; `None` is the house colour.
    pub key_colour: Option<KeyColour>,
    /// Who is signed in, if anybody.
    pub who: Option<WhoView>,
    /// Path and query of this page, for the way back from the language switch. Must be a local path.
    pub path: String,
    /// Where help is found, from the settings: 「教育研修室 内線 1234」. At the same place on every page.
    pub help: Option<String>,
    /// A demonstration hospital: a line on every page says that the people are invented.
    pub demo: bool,
    /// The built files.
    pub assets: Assets,
    /// Nonce of this answer's content security policy.
    pub nonce: String,
    /// Version of the program, in the footer.
    pub release: String,
}

/// How much chrome a page wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// Header with navigation, and footer.
    #[default]
    Plain,
    /// As plain, with the whole width of the window for tables.
    Wide,
    /// A step of a module: a low header without navigation.
    Focus,
    /// A page for authors: as wide as the window, without the links of a hospital.
    Workshop,
    /// A paper: on screen like `Plain`, printed without any chrome on A4.
    Paper,
}

/// A page: it knows its title and turns itself into a view. The server fills the struct, nothing else.
pub trait Page: Sized {
    /// The title of the document, without the name of the product.
    fn title(&self, lang: Lang) -> String;

    /// How much chrome it wears.
    fn kind(&self) -> PageKind {
        PageKind::Plain
    }

    /// The content of `<main>`, with exactly one `h1`.
    fn view(self, lang: Lang) -> AnyView;
}

/// The script that loads the islands, if the page has any. It finds its files in its own `data-` attributes.
const HYDRATE: &str = include_str!("hydrate.js");

/// The whole document around a page.
pub fn document(chrome: Chrome, page: impl Page) -> impl IntoView {
    let lang = chrome.lang;
    let title = page.title(lang);
    let kind = page.kind();
    provide_context(PageNonce(chrome.nonce.clone()));
    let main = page.view(lang);
    let (text, key, calm) =
        (chrome.text_size.code(), chrome.key_colour.unwrap_or_default().code(), chrome.calm.then_some("on"));
    let head = chrome.clone();
    let kind_code = match kind {
        PageKind::Plain => "plain",
        PageKind::Wide => "wide",
        PageKind::Focus => "focus",
        PageKind::Workshop => "workshop",
        PageKind::Paper => "paper",
    };
    let title = say!(lang, "{title}｜心得", "{title} | Kokoroe");
    let Assets { css, js, wasm, icon } = chrome.assets.clone();
    let script = js.zip(wasm).map(|(js, wasm)| {
        view! { <script type="module" id="hydrate" nonce=chrome.nonce.clone() data-js=js data-wasm=wasm>{HYDRATE}</script> }
    });
    let idle = chrome.who.as_ref().and_then(|who| who.shared_pc).map(|minutes| {
        view! { <IdleLock minutes words=IdleWords::new(lang) action=paths::LOCK.to_owned() tell=paths::STILL_HERE.to_owned() return_to=chrome.path.clone()/> }
    });
    // The pages on which people answer.
    let waits = (kind == PageKind::Focus).then(|| view! { <Waits lang/> });
    view! {
        <!DOCTYPE html>
        <html
            lang=lang.tag()
            data-text=text
            data-key=key
            data-calm=calm
        >
            <head>
                <meta charset="utf-8"/>
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light"/>
                <meta name="robots" content="noindex, nofollow"/>
                <meta name="format-detection" content="telephone=no, date=no, address=no"/>
                <link rel="stylesheet" href=css/>
                {icon.map(|href| view! { <link rel="icon" href=href type="image/svg+xml"/> })}
                {script}
            </head>
            <body class="page" data-kind=kind_code>
                <a class="skip-link" href="#main">{say!(lang, "本文へ", "Skip to content")}</a>
                <Head chrome=head kind/>
                <main class="page__main" id="main" tabindex="-1">{main}{waits}</main>
                <Foot chrome kind/>
                {idle}
            </body>
        </html>
    }
}

/// The whole document as text. Nothing in it waits, so nothing streams.
#[cfg(feature = "ssr")]
pub fn html(chrome: Chrome, page: impl Page) -> String {
    use hydration_context::SsrSharedContext;
    use leptos::reactive::owner::Owner;
    use std::sync::Arc;

    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| document(chrome, page).into_view().to_html());
    owner.unset();
    without_marks(&html)
}

/// Takes out the marks that Leptos leaves between texts. They tell the browser's half where a text ends; outside of islands nobody
/// asks, and inside `<title>` and `<textarea>` they would be read aloud.
#[cfg(feature = "ssr")]
fn without_marks(html: &str) -> String {
    const MARK: &str = "<!>";
    let mut out = String::with_capacity(html.len());
    let mut islands = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        out.push_str(text);
        if let Some(after) = tag.strip_prefix(MARK)
            && (islands == 0 || after.starts_with("</textarea>"))
        {
            rest = after;
            continue;
        }
        if tag.starts_with("<leptos-island") {
            islands += 1;
        } else if tag.starts_with("</leptos-island") {
            islands = islands.saturating_sub(1);
        }
        out.push('<');
        rest = tag.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

//! The one function that makes a page.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use kokoroe_app::{Assets, Chrome, Lang, Page, RoleView, ShownIn, TextSize, WhoView};

use super::problem::Problem;
use super::way_back::page_of;
use super::who::Signed;
use crate::account::looks::Looks;
use crate::account::secret;
use crate::state::Site;

/// Whoever is asking, signed in or not, and how they like to read. Put on every request by the session layer.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Language of the page.
    pub lang: Lang,
    /// Furigana above the kanji of the course.
    pub furigana: bool,
    /// Asks for course texts and the policy in plain Japanese.
    pub easy: bool,
    /// Size of the text.
    pub text_size: TextSize,
    /// No motion.
    pub calm: bool,
    /// Who is signed in.
    pub signed: Option<Arc<Signed>>,
    /// The browser showed a sign-in that holds no more.
    pub ended: bool,
    /// Path and query of this request.
    pub path: String,
    /// Name of this request in the log.
    pub request: String,
}

impl Visitor {
    /// How they like to read, but for the language.
    #[must_use]
    pub const fn looks(&self) -> Looks {
        Looks { furigana: self.furigana, easy: self.easy, text_size: self.text_size, calm: self.calm }
    }

    /// In which language a page is shown to them: plain Japanese is a way of reading Japanese.
    #[must_use]
    pub const fn shown_in(&self) -> ShownIn {
        match (self.lang, self.easy) {
            (Lang::En, _) => ShownIn::English,
            (Lang::Ja, false) => ShownIn::Japanese,
            (Lang::Ja, true) => ShownIn::PlainJapanese,
        }
    }

    /// Whether the words of the course carry their readings; those of plain Japanese always do.
    #[must_use]
    pub const fn reads_furigana(&self) -> bool {
        self.furigana || matches!(self.shown_in(), ShownIn::PlainJapanese)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Problem::broken("a request without a visitor"))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// A page, 200.
pub fn page(site: &Site, visitor: &Visitor, content: impl Page) -> Response {
    page_with_status(site, visitor, StatusCode::OK, content)
}

/// A page with another status: 422 for a form that comes back, 404 and the like for problems.
pub fn page_with_status(site: &Site, visitor: &Visitor, status: StatusCode, content: impl Page) -> Response {
    document(chrome(site, visitor), Framing::Never, status, content)
}

/// Which pages may show a page inside a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// None. So it is on a hospital's server: whoever sees a page sees the whole of it.
    Never,
    /// Those of the same server, which may hold frames themselves.
    OwnPages,
}

/// A page in this chrome, with the policy that lets only its own script run.
pub fn document(chrome: Chrome, framing: Framing, status: StatusCode, content: impl Page) -> Response {
    let nonce = base64::engine::general_purpose::STANDARD_NO_PAD.encode(secret::random::<16>());
    let policy = content_security_policy(&nonce, framing);
    let html = kokoroe_app::html(Chrome { nonce, ..chrome }, content);
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn content_security_policy(nonce: &str, framing: Framing) -> String {
    let frames = match framing {
        Framing::Never => "frame-ancestors 'none'",
        Framing::OwnPages => "frame-src 'self'; frame-ancestors 'self'",
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; object-src 'none'; {frames}"
    )
}

/// Where the built files lie.
#[must_use]
pub fn assets() -> Assets {
    Assets {
        css: kokoroe_assets::css().path.to_owned(),
        js: kokoroe_assets::js().map(|asset| asset.path.to_owned()),
        wasm: kokoroe_assets::wasm().map(|asset| asset.path.to_owned()),
        icon: Some(kokoroe_assets::favicon().path.to_owned()),
    }
}

fn chrome(site: &Site, visitor: &Visitor) -> Chrome {
    Chrome {
        lang: visitor.lang,
        furigana: visitor.reads_furigana(),
        text_size: visitor.text_size,
        calm: visitor.calm,
        hospital: site.hospital.name(visitor.lang).to_owned(),
        key_colour: None,
        who: visitor.signed.as_ref().map(|signed| WhoView {
            name: signed.name(visitor.lang),
            roles: roles(signed),
            shared_pc: signed.shared.then_some(crate::account::SHARED_LOCK_MINUTES),
        }),
        path: page_of(&visitor.path).to_owned(),
        help: Some(site.hospital.help(visitor.lang).to_owned()),
        demo: site.config.demo,
        assets: assets(),
        nonce: String::new(),
        release: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn roles(signed: &Signed) -> Vec<RoleView> {
    let mut roles = vec![RoleView::Learner];
    if !signed.manages.is_empty() {
        roles.push(if signed.deputy { RoleView::Deputy } else { RoleView::Manager });
    }
    if signed.office {
        roles.push(RoleView::Office);
    }
    if signed.auditor {
        roles.push(RoleView::Auditor);
    }
    roles
}

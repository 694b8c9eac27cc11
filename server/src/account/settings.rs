//! How somebody likes to read. Kept with the person, so that it follows them from the ward PC to the phone; with the browser, until
//! somebody has signed in.

use axum::extract::{Query, State};
use kokoroe_app::account::Settings;
use kokoroe_app::{Lang, TextSize};
use serde::Deserialize;

use super::cookie::Cookie;
use super::looks::Looks;
use super::store::{self, Preference};
use crate::db::DbError;
use crate::http::{Answer, Form, Visitor, local_path, page, see_other};
use crate::state::Site;

/// A year.
const KEPT_SECONDS: i64 = 365 * 24 * 3600;

/// Where to go back to, and whether something was just saved.
#[derive(Debug, Deserialize)]
pub struct Asked {
    return_to: Option<String>,
    saved: Option<String>,
}

/// The settings.
pub async fn show(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let settings = Settings {
        lang: visitor.lang,
        furigana: visitor.furigana,
        easy: visitor.easy,
        text_size: visitor.text_size,
        calm: visitor.calm,
        return_to: asked.return_to.map(|path| local_path(Some(&path)).to_owned()),
        saved: asked.saved.is_some(),
        signed_in: visitor.signed.is_some(),
    };
    Ok(page(&site, &visitor, settings))
}

/// Saves them.
pub async fn submit(State(site): State<Site>, visitor: Visitor, form: Form) -> Answer {
    let lang = Lang::from_tag(form.text("lang")).unwrap_or(visitor.lang);
    let looks = Looks {
        furigana: form.ticked("furigana"),
        easy: form.ticked("easy"),
        text_size: TextSize::from_code(form.text("text_size")).unwrap_or(visitor.text_size),
        calm: form.ticked("calm"),
    };
    let target = match form.get("return_to") {
        Some(path) if !path.is_empty() => local_path(Some(path)).to_owned(),
        _ => "/settings?saved=1".to_owned(),
    };
    save(&site, &visitor, lang, looks, &target).await
}

/// The switch in the header.
pub async fn switch_language(State(site): State<Site>, visitor: Visitor, form: Form) -> Answer {
    let lang = Lang::from_tag(form.text("lang")).unwrap_or(visitor.lang);
    save(&site, &visitor, lang, visitor.looks(), local_path(form.get("return_to"))).await
}

async fn save(site: &Site, visitor: &Visitor, lang: Lang, looks: Looks, target: &str) -> Answer {
    let lang = lang.tag();
    if let Some(signed) = &visitor.signed {
        let staff = signed.staff.clone();
        let preference = Preference::new(lang, looks);
        site.db
            .write(move |tx| Box::pin(async move { store::set_preference(tx, &staff, &preference).await }))
            .await
            .map_err(|error: DbError| error)?;
    }
    let mut response = see_other(target);
    let (headers, origin) = (response.headers_mut(), &site.config.origin);
    Cookie::Language.set(headers, origin, lang, Some(KEPT_SECONDS));
    if visitor.signed.is_none() && looks == Looks::default() {
        Cookie::Looks.clear(headers, origin);
    } else if visitor.signed.is_none() {
        Cookie::Looks.set(headers, origin, &looks.text(), Some(KEPT_SECONDS));
    }
    Ok(response)
}

//! Signing in by staff number and password.

use axum::Extension;
use axum::extract::{Query, State};
use kokoroe_app::account::{SignIn, SignInError, SignInNotice};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::caller::Caller;
use super::cookie::Cookie;
use super::log::{self, Outcome, Way};
use super::looks::Looks;
use super::session;
use super::store::{self, Preference};
use super::throttle::{self, Subject};
use crate::db::DbError;
use crate::http::{Answer, Form, Problem, Visitor, local_path, page, page_with_status, see_other};
use crate::id::StaffId;
use crate::people::store::staff as people;
use crate::state::Site;

/// What the address of the form may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    return_to: Option<String>,
    notice: Option<String>,
}

/// The form. Somebody who is signed in already is sent on.
pub async fn show(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    if visitor.signed.is_some() {
        return Ok(see_other(local_path(asked.return_to.as_deref())));
    }
    let mut form = blank(&site, &visitor, asked.return_to.as_deref());
    form.notice = match asked.notice.as_deref() {
        Some("expired") => Some(SignInNotice::Expired),
        Some("unsent") => Some(SignInNotice::Unsent),
        Some("password-set") => Some(SignInNotice::PasswordSet),
        _ => None,
    };
    Ok(page(&site, &visitor, form))
}

/// A number as typed: full width and spaces are accepted.
#[must_use]
pub fn staff_number(typed: &str) -> String {
    typed.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Signs in: 303 to where the person wanted to go, or 422 and the form again.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Extension(caller): Extension<Caller>,
    form: Form,
) -> Answer {
    let number = staff_number(form.text("number"));
    let password = form.get("password").unwrap_or_default();
    let shared = form.ticked("shared_pc");
    let return_to = local_path(form.get("return_to"));
    let again = |error: SignInError, wait: Option<u32>| {
        let mut blank = blank(&site, &visitor, Some(return_to));
        blank.number.clone_from(&number);
        blank.shared_pc = shared;
        blank.error = Some(error);
        let status = if wait.is_some() {
            http::StatusCode::TOO_MANY_REQUESTS
        } else {
            http::StatusCode::UNPROCESSABLE_ENTITY
        };
        page_with_status(&site, &visitor, status, blank)
    };
    let tried = |outcome, staff: Option<&StaffId>| log::tried(Way::Password, outcome, staff, Some(caller));
    let missing = match (number.is_empty(), password.is_empty()) {
        (true, true) => Some(SignInError::NothingGiven),
        (true, false) => Some(SignInError::NoNumber),
        (false, true) => Some(SignInError::NoPassword),
        (false, false) => None,
    };
    if let Some(missing) = missing {
        tried(Outcome::Incomplete, None);
        return Ok(again(missing, None));
    }
    let subjects = vec![Subject::Account(number.clone()), Subject::Address(caller.0)];
    let wait = throttle::take(&site, &subjects).await?;
    let mut conn = site.db.read().await?;
    let staff = people::staff_by_number(&mut conn, &number).await?;
    let known = staff.as_ref().map(|staff| staff.id.clone());
    if wait > 0 {
        tried(Outcome::Wait, known.as_ref());
        return Ok(again(SignInError::Throttled(wait), Some(wait)));
    }
    let credential = match &staff {
        Some(staff) => store::credential(&mut conn, &staff.id).await?,
        None => None,
    };
    drop(conn);
    // After the last day no session would hold.
    let today = site.calendar().date(site.now());
    let staff = staff.filter(|staff| staff.is_staff_on(today)).map(|staff| staff.id);
    let open = credential.as_ref().filter(|c| staff.is_some() && c.disabled_at.is_none());
    // The same work whether the number exists, is closed, belongs to somebody who left or has no password yet.
    let stored = open.and_then(|c| c.password.as_deref());
    let right = site.passwords.matches(password, stored).await.map_err(Problem::broken)?;
    let Some(staff) = staff.filter(|_| right) else {
        tried(Outcome::Wrong, known.as_ref());
        return Ok(again(SignInError::Wrong, None));
    };
    let looks = visitor.looks();
    let chosen = (looks != Looks::default()).then(|| Preference::new(visitor.lang.tag(), looks));
    let pass = open_session(&site, staff, shared, subjects, chosen).await?;
    tried(Outcome::Right, known.as_ref());
    let mut response = see_other(return_to);
    session::hand_over(&site, response.headers_mut(), &pass);
    if shared {
        // The next person begins with their own.
        Cookie::Looks.clear(response.headers_mut(), &site.config.origin);
    }
    Ok(response)
}

async fn open_session(
    site: &Site,
    staff: StaffId,
    shared: bool,
    subjects: Vec<Subject>,
    chosen: Option<Preference>,
) -> Result<session::Pass, DbError> {
    let inner = site.clone();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                throttle::succeeded(tx, &subjects).await?;
                if let Some(chosen) = &chosen {
                    store::take_over_preference(tx, &staff, chosen).await?;
                }
                session::open(&inner, tx, &staff, shared).await
            })
        })
        .await
}

fn blank(site: &Site, visitor: &Visitor, return_to: Option<&str>) -> SignIn {
    let (demo, demo_password) = crate::demo::people_to_be(site, visitor.lang);
    SignIn {
        return_to: return_to.map(|path| local_path(Some(path)).to_owned()),
        first_sign_in: "/sign-in/first".to_owned(),
        help: site.hospital.help(visitor.lang).to_owned(),
        demo,
        demo_password,
        ..SignIn::default()
    }
}

//! The first sign-in: a one-time code from the training office, then an own password.

use axum::Extension;
use axum::extract::State;
use kokoroe_app::account::{FirstSignIn, FirstSignInError};
use subtle::ConstantTimeEq;

use super::password::{self, NewPassword, Weakness};
use super::session::Caller;
use super::sign_in::staff_number;
use super::throttle::{self, Subject};
use super::{secret, store};
use crate::db::DbError;
use crate::http::{Answer, Form, Problem, Visitor, page, page_with_status, see_other};
use crate::people::store::staff as people;
use crate::state::Site;

/// The form.
pub async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    Ok(page(&site, &visitor, blank(String::new(), Vec::new())))
}

/// Takes the code and keeps the password; then the person signs in with it.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Extension(caller): Extension<Caller>,
    form: Form,
) -> Answer {
    let number = staff_number(form.text("number"));
    let code = secret::normal_code(form.text("code"));
    let password = form.get("password").unwrap_or_default();
    let subjects = vec![Subject::Account(number.clone()), Subject::Code(caller.0)];
    let mut conn = site.db.read().await?;
    let wait = throttle::wait(&mut conn, &subjects, site.now()).await?;
    let staff = people::staff_by_number(&mut conn, &number).await?;
    let credential = match &staff {
        Some(staff) => store::credential(&mut conn, &staff.id).await?,
        None => None,
    };
    drop(conn);
    let mut errors = Vec::new();
    if wait > 0 {
        errors.push(FirstSignInError::Throttled(wait));
    }
    if number.is_empty() {
        errors.push(FirstSignInError::NoNumber);
    }
    if code.is_empty() {
        errors.push(FirstSignInError::NoCode);
    }
    if password.is_empty() {
        errors.push(FirstSignInError::NoPassword);
    } else if password != form.get("password_again").unwrap_or_default() {
        errors.push(FirstSignInError::Different);
    }
    let words: Vec<&str> = staff
        .iter()
        .flat_map(|s| [s.staff_no.as_str(), &s.family, &s.given, &s.family_kana, &s.given_kana, &s.roman])
        .filter(|word| !word.is_empty())
        .collect();
    let kept = match NewPassword::parse(password, &words) {
        Ok(kept) => Some(kept),
        Err(weakness) if !password.is_empty() => {
            errors.push(match weakness {
                Weakness::TooShort => FirstSignInError::TooShort,
                Weakness::TooLong => FirstSignInError::TooLong,
                Weakness::Personal | Weakness::Common => FirstSignInError::TooCommon,
            });
            None
        }
        Err(_) => None,
    };
    let allowed = credential.is_some_and(|c| {
        let given = secret::fingerprint(&code);
        let same =
            c.one_time_code.as_ref().is_some_and(|kept| bool::from(kept.as_bytes().ct_eq(given.as_bytes())));
        same && c.disabled_at.is_none() && c.code_expires_at.is_some_and(|until| site.now() < until)
    });
    let owner = staff.as_ref().filter(|_| allowed).map(|staff| staff.id.clone());
    if owner.is_none() && !number.is_empty() && !code.is_empty() && wait == 0 {
        throttle::failed(&site, subjects).await?;
        errors.push(FirstSignInError::WrongCode);
    }
    let (Some(owner), Some(kept), true) = (owner, kept, errors.is_empty()) else {
        let form = blank(number, errors);
        return Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, form));
    };
    let hash = site.passwords.hash(kept).await.map_err(Problem::broken)?;
    let now = site.now();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                store::set_password(tx, &owner, &hash, now).await?;
                store::revoke_all(tx, &owner, now).await
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    Ok(see_other("/sign-in?notice=password-set"))
}

fn blank(number: String, errors: Vec<FirstSignInError>) -> FirstSignIn {
    FirstSignIn {
        action: "/sign-in/first".to_owned(),
        number,
        least: u16::try_from(password::SHORTEST).unwrap_or(u16::MAX),
        errors,
    }
}

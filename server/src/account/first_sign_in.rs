//! The first sign-in: a one-time code from the training office, then an own password.

use axum::Extension;
use axum::extract::State;
use kokoroe_app::account::{FirstSignIn, FirstSignInError};
use subtle::ConstantTimeEq;

use super::caller::Caller;
use super::log::{self, Outcome, Way};
use super::sign_in::staff_number;
use super::throttle::{self, Subject};
use super::{new_password, secret, store};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Problem, Visitor, page, page_with_status, see_other};
use crate::id::StaffId;
use crate::people::store::staff::{self as people, Staff};
use crate::state::Site;

/// The form.
pub async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    Ok(page(&site, &visitor, blank(&site, &visitor, String::new(), Vec::new())))
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
    let mut errors = Vec::new();
    if number.is_empty() {
        errors.push(FirstSignInError::NoNumber);
    }
    if code.is_empty() {
        errors.push(FirstSignInError::NoCode);
    }
    let typed = new_password::typed(&form);
    errors.extend(typed.err().map(FirstSignInError::New));
    let again = |errors| {
        let form = blank(&site, &visitor, number.clone(), errors);
        Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, form))
    };
    let tried = |outcome, staff: Option<&StaffId>| log::tried(Way::Code, outcome, staff, Some(caller));
    let (true, Ok(password)) = (errors.is_empty(), typed) else {
        tried(Outcome::Incomplete, None);
        return again(errors);
    };
    let subjects = vec![Subject::Account(number.clone()), Subject::Code(caller.0)];
    let wait = throttle::take(&site, &subjects).await?;
    let mut conn = site.db.read().await?;
    let found = people::staff_by_number(&mut conn, &number).await?;
    let known = found.as_ref().map(|staff| staff.id.clone());
    if wait > 0 {
        tried(Outcome::Wait, known.as_ref());
        return again(vec![FirstSignInError::Throttled(wait)]);
    }
    let given = secret::fingerprint(&code);
    // Before the code is right, nothing is told of the person: not even that a password holds their name.
    let owner = owner(&site, &mut conn, found, &given).await?;
    drop(conn);
    let Some(owner) = owner else {
        tried(Outcome::Wrong, known.as_ref());
        return again(vec![FirstSignInError::WrongCode]);
    };
    let kept = match new_password::accepted(&site, &owner, password) {
        Ok(kept) => kept,
        Err(error) => {
            // Whoever has the right code guesses nothing, however many passwords they think of.
            let right: Result<(), DbError> = site
                .db
                .write(move |tx| Box::pin(async move { throttle::succeeded(tx, &subjects).await }))
                .await;
            right?;
            tried(Outcome::Right, known.as_ref());
            return again(vec![FirstSignInError::New(error)]);
        }
    };
    let hash = site.passwords.hash(kept).await.map_err(Problem::broken)?;
    let now = site.now();
    let set: Result<bool, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let set = store::set_password(tx, &owner.id, &hash, &given, now).await?;
                throttle::succeeded(tx, &subjects).await?;
                store::revoke_all(tx, &owner.id, now).await?;
                Ok(set)
            })
        })
        .await;
    if set? {
        tried(Outcome::Right, known.as_ref());
        Ok(see_other("/sign-in?notice=password-set"))
    } else {
        tried(Outcome::Wrong, known.as_ref());
        again(vec![FirstSignInError::WrongCode])
    }
}

/// The person of this number, if they work here and this is their unused code.
async fn owner(
    site: &Site,
    conn: &mut Conn,
    found: Option<Staff>,
    given: &str,
) -> Result<Option<Staff>, DbError> {
    let today = site.calendar().date(site.now());
    let Some(staff) = found.filter(|staff| staff.is_staff_on(today)) else { return Ok(None) };
    let credential = store::credential(conn, &staff.id).await?.filter(|credential| {
        let kept = credential.one_time_code.as_deref().unwrap_or_default();
        let same = bool::from(kept.as_bytes().ct_eq(given.as_bytes()));
        let in_time = credential.code_expires_at.is_some_and(|until| site.now() < until);
        same && in_time && credential.disabled_at.is_none()
    });
    Ok(credential.map(|_| staff))
}

fn blank(site: &Site, visitor: &Visitor, number: String, errors: Vec<FirstSignInError>) -> FirstSignIn {
    FirstSignIn {
        action: "/sign-in/first".to_owned(),
        number,
        least: new_password::least(),
        help: site.hospital.help(visitor.lang).to_owned(),
        errors,
    }
}

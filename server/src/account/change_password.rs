//! Changing one's own password: the present one, and a new one.

use axum::extract::{Query, State};
use kokoroe_app::account::{ChangePassword, ChangePasswordError, NewPasswordError};
use kokoroe_app::paths;
use serde::Deserialize;

use super::{Confirmed, confirm, new_password, store};
use crate::db::DbError;
use crate::http::{Answer, Form, Learner, Problem, Visitor, page, page_with_status, see_other};
use crate::people::store::staff as people;
use crate::state::Site;

/// Whether it was just changed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    changed: Option<String>,
}

/// The form, or the word that it is done.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _learner: Learner,
    Query(asked): Query<Asked>,
) -> Answer {
    Ok(page(&site, &visitor, ChangePassword { changed: asked.changed.is_some(), ..blank(Vec::new()) }))
}

/// Changes it. Wherever else the person is signed in, that ends; here it goes on.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    form: Form,
) -> Answer {
    let present = form.get("present").unwrap_or_default();
    let mut errors = Vec::new();
    if present.is_empty() {
        errors.push(ChangePasswordError::NoPresent);
    }
    let typed = new_password::typed(&form);
    errors.extend(typed.err().map(ChangePasswordError::New));
    let again =
        |errors| Ok(page_with_status(&site, &visitor, http::StatusCode::UNPROCESSABLE_ENTITY, blank(errors)));
    let (true, Ok(password)) = (errors.is_empty(), typed) else { return again(errors) };
    let (person, credential) = {
        let mut conn = site.db.read().await?;
        let person = people::staff(&mut conn, &signed.staff).await?;
        (person, store::credential(&mut conn, &signed.staff).await?)
    };
    match confirm(&site, &signed, present).await? {
        Confirmed::Yes => {}
        Confirmed::No => return again(vec![ChangePasswordError::WrongPresent]),
        Confirmed::Empty => return again(vec![ChangePasswordError::NoPresent]),
        Confirmed::Wait(seconds) => return again(vec![ChangePasswordError::Throttled(seconds)]),
    }
    let (Some(person), Some(before)) = (person, credential.and_then(|credential| credential.password)) else {
        return Err(Problem::broken("somebody signed in without a password"));
    };
    if password == present {
        return again(vec![ChangePasswordError::New(NewPasswordError::Same)]);
    }
    let kept = match new_password::accepted(&site, &person, password) {
        Ok(kept) => kept,
        Err(error) => return again(vec![ChangePasswordError::New(error)]),
    };
    let hash = site.passwords.hash(kept).await.map_err(Problem::broken)?;
    let now = site.now();
    let changed: Result<bool, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let changed = store::change_password(tx, &signed.staff, &hash, &before, now).await?;
                if changed {
                    store::revoke_others(tx, &signed.staff, &signed.session, now).await?;
                }
                Ok(changed)
            })
        })
        .await;
    if changed? {
        Ok(see_other(&format!("{}?changed=1", paths::PASSWORD)))
    } else {
        // The office gave out a new code, or another tab was faster: what was typed is the present password no more.
        again(vec![ChangePasswordError::WrongPresent])
    }
}

fn blank(errors: Vec<ChangePasswordError>) -> ChangePassword {
    ChangePassword { least: new_password::least(), errors, changed: false }
}

//! Stopping somebody's sign-in at once, and allowing it again: a lost phone, a suspicion, somebody who left without notice.

use axum::extract::{Path, State};
use serde_json::json;

use super::list::{PEOPLE, encoded};
use super::scribe::Scribe;
use super::staff::{Staff, staff, staff_by_number};
use crate::account;
use crate::audit::{Kind, hold};
use crate::db::{DbError, Tx};
use crate::http::{Answer, Office, Problem, see_other};
use crate::id::StaffId;
use crate::state::Site;

/// What is done with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// No sign-in any more; whoever is signed in is signed out.
    Disable,
    /// Sign-in as before.
    Enable,
}

/// Why an account was not switched. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SwitchError {
    /// Nobody has the staff number.
    #[error("{0}: there is nobody with this staff number.\n{0}：この職員番号の人はいません。")]
    Nobody(String),
    /// The person has left: the account stays closed.
    #[error("{0}: this person has left the hospital.\n{0}：この人はもう在籍していません。")]
    Left(String),
    /// It stands so already.
    #[error("{0}: this is so already, nothing was changed.\n{0}：もうそうなっています。何も変えていません。")]
    Already(String),
    /// The records.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Switches the account of the person with a staff number.
///
/// # Errors
/// [`SwitchError`]; then nothing was written.
pub async fn switch_by_number(
    tx: &mut Tx,
    by: &Scribe<'_>,
    staff_no: &str,
    to: Switch,
) -> Result<Staff, SwitchError> {
    let found = staff_by_number(tx, staff_no).await?;
    let person = found.ok_or_else(|| SwitchError::Nobody(staff_no.to_owned()))?;
    switch(tx, by, person, to).await
}

async fn switch(tx: &mut Tx, by: &Scribe<'_>, person: Staff, to: Switch) -> Result<Staff, SwitchError> {
    // Held before looking: two who switch the same account follow each other.
    let now = hold(tx, by.ledger, by.clock).await?;
    if !person.is_staff_on(by.ledger.calendar.date(now)) {
        return Err(SwitchError::Left(person.staff_no));
    }
    if account::is_closed(tx, &person.id).await? == (to == Switch::Disable) {
        return Err(SwitchError::Already(person.staff_no));
    }
    let kind = match to {
        Switch::Disable => {
            account::close(tx, &person.id, now).await?;
            Kind::USER_DISABLE
        }
        Switch::Enable => {
            account::reopen(tx, &person.id).await?;
            Kind::USER_ENABLE
        }
    };
    by.write(tx, kind, person.id.as_str(), json!({ "sign_in": to == Switch::Enable })).await?;
    Ok(person)
}

/// Stops the sign-in of one person: 303 to the person in the list.
pub async fn submit_disable(State(site): State<Site>, office: Office, Path(id): Path<String>) -> Answer {
    submit(site, office, &id, Switch::Disable).await
}

/// Allows it again.
pub async fn submit_enable(State(site): State<Site>, office: Office, Path(id): Path<String>) -> Answer {
    submit(site, office, &id, Switch::Enable).await
}

async fn submit(site: Site, office: Office, id: &str, to: Switch) -> Answer {
    let id = StaffId::parse(id).ok_or_else(Problem::not_found)?;
    let actor = office.0.staff.clone();
    if id == actor {
        // Nobody shuts themselves out.
        return Err(Problem::forbidden());
    }
    let inner = site.clone();
    let number = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                let found = staff(tx, &id).await?;
                let person = found.ok_or_else(|| SwitchError::Nobody(id.to_string()))?;
                switch(tx, &by, person, to).await.map(|person| person.staff_no)
            })
        })
        .await;
    match number {
        // A second click finds what the first one did.
        Ok(number) | Err(SwitchError::Already(number)) => {
            Ok(see_other(&format!("{PEOPLE}?q={}", encoded(&number))))
        }
        Err(SwitchError::Nobody(_) | SwitchError::Left(_)) => Err(Problem::not_found()),
        Err(SwitchError::Db(error)) => Err(error.into()),
    }
}

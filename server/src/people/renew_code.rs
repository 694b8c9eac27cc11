//! A new one-time code for one person.

use axum::extract::{Path, State};
use http::StatusCode;
use kokoroe_app::people::{RenewCode, RenewCodeError, RenewCodeState};

use super::codes::{self, Code, Handed};
use super::department::department;
use super::list::{PEOPLE, sheet};
use super::posting::postings_of;
use super::staff::{self, Staff};
use super::store::role::in_force;
use super::{Scribe, display_name};
use crate::account::{self, Confirmed, confirm};
use crate::db::{Conn, DbError, Tx};
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status};
use crate::id::StaffId;
use crate::state::Site;

/// From where a code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedFrom {
    /// A page of the training office.
    Screen,
    /// The server's command line.
    CommandLine,
}

/// What came of it.
#[derive(Debug)]
pub enum Renewed {
    /// The code, to be shown this once.
    Code(Box<Code>),
    /// Nobody who belongs to the hospital, or somebody whose sign-in is stopped.
    Nobody,
    /// Somebody of the training office or an auditor: a member of the office could become anybody else of them by a code from a screen.
    HoldsOffice,
}

/// Gives a person a new code.
///
/// # Errors
/// When the database fails.
pub async fn renew(
    tx: &mut Tx,
    by: &Scribe<'_>,
    id: &StaffId,
    asked: AskedFrom,
    handed: Handed,
) -> Result<Renewed, DbError> {
    let now = by.clock.now();
    let today = by.ledger.calendar.date(now);
    let Some(staff) = staff::staff(tx, id).await?.filter(|staff| staff.is_staff_on(today)) else {
        return Ok(Renewed::Nobody);
    };
    if account::is_closed(tx, id).await? {
        return Ok(Renewed::Nobody);
    }
    if asked == AskedFrom::Screen && holds_office(tx, id, now, today).await? {
        return Ok(Renewed::HoldsOffice);
    }
    let on = today.max(staff.joined_on);
    let main = postings_of(tx, id).await?.into_iter().find(|posting| posting.main && posting.holds_on(on));
    let place = match main {
        Some(posting) => department(tx, &posting.department_id).await?,
        None => None,
    };
    let code = codes::issue(tx, by, &staff, place, handed).await?;
    Ok(Renewed::Code(Box::new(code)))
}

async fn holds_office(
    conn: &mut Conn,
    staff: &StaffId,
    now: chrono::DateTime<chrono::Utc>,
    today: chrono::NaiveDate,
) -> Result<bool, DbError> {
    let found = in_force(conn, staff, now, today).await?;
    let roles = found.map(|(_, roles)| roles).unwrap_or_default();
    Ok(roles.iter().any(|held| matches!(held.role.as_str(), "office" | "auditor")))
}

/// Asks for the password of whoever hands the code over.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
) -> Answer {
    let (person, holds_office) = person(&site, &id).await?;
    let state = if holds_office { RenewCodeState::HoldsOffice } else { RenewCodeState::Ask(None) };
    Ok(page(&site, &visitor, form(&visitor, &person, state)))
}

/// Makes the code and shows it, this once.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    fields: Form,
) -> Answer {
    let (person, holds_office) = person(&site, &id).await?;
    let again = |status, state| Ok(page_with_status(&site, &visitor, status, form(&visitor, &person, state)));
    if holds_office {
        return again(StatusCode::FORBIDDEN, RenewCodeState::HoldsOffice);
    }
    let error = match confirm(&site, &office.0, fields.get("password").unwrap_or_default()).await? {
        Confirmed::Yes => None,
        Confirmed::Empty => Some(RenewCodeError::NoPassword),
        Confirmed::No => Some(RenewCodeError::Wrong),
        Confirmed::Wait(seconds) => Some(RenewCodeError::Throttled(seconds)),
    };
    if error.is_some() {
        return again(StatusCode::UNPROCESSABLE_ENTITY, RenewCodeState::Ask(error));
    }
    let (inner, id, actor) = (site.clone(), person.id.clone(), office.0.staff.clone());
    let renewed: Result<Renewed, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                renew(tx, &by, &id, AskedFrom::Screen, Handed::InPerson).await
            })
        })
        .await;
    match renewed? {
        Renewed::Code(code) => Ok(sheet(&site, &visitor, vec![*code], None)),
        Renewed::Nobody => Err(Problem::not_found()),
        Renewed::HoldsOffice => again(StatusCode::FORBIDDEN, RenewCodeState::HoldsOffice),
    }
}

/// The person of an address, if they belong to the hospital and their sign-in is not stopped, and whether they hold an office.
async fn person(site: &Site, id: &str) -> Result<(Staff, bool), Problem> {
    let id = StaffId::parse(id).ok_or_else(Problem::not_found)?;
    let now = site.now();
    let today = site.calendar().date(now);
    let mut conn = site.db.read().await?;
    let person = staff::staff(&mut conn, &id).await?.filter(|staff| staff.is_staff_on(today));
    let person = person.ok_or_else(Problem::not_found)?;
    if account::is_closed(&mut conn, &id).await? {
        return Err(Problem::not_found());
    }
    let holds = holds_office(&mut conn, &id, now, today).await?;
    Ok((person, holds))
}

fn form(visitor: &Visitor, person: &Staff, state: RenewCodeState) -> RenewCode {
    RenewCode {
        name: display_name(&person.family, &person.given, &person.roman, visitor.lang),
        number: person.staff_no.clone(),
        minutes: codes::IN_PERSON_MINUTES,
        state,
        action: format!("{PEOPLE}/{}/code", person.id),
        people: PEOPLE.to_owned(),
    }
}

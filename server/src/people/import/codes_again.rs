//! New codes for everybody whom a list brought in and who has not signed in yet: the sheet of an import is shown once, and paper gets lost.

use std::collections::BTreeSet;

use axum::extract::{Path, State};

use super::draft::Draft;
use super::dry_run::load;
use crate::account::awaiting_first_sign_in;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Office, Problem, Visitor, see_other};
use crate::id::StaffId;
use crate::people::Scribe;
use crate::people::codes::Handed;
use crate::people::list::{IMPORT, sheet};
use crate::people::renew_code::{AskedFrom, Renewed, renew};
use crate::people::staff::everybody;
use crate::people::store::import::Import;
use crate::state::Site;

/// Those whom an import brought in, who are there today and have not signed in yet.
///
/// # Errors
/// When the database fails or the kept plan cannot be read.
pub(super) async fn awaiting(site: &Site, conn: &mut Conn, import: &Import) -> Result<Vec<StaffId>, DbError> {
    let today = site.calendar().date(site.now());
    let plan = Draft::read(&import.plan)?.plan;
    let added: BTreeSet<&str> = plan.added.iter().map(|added| added.staff_no.as_str()).collect();
    if added.is_empty() {
        return Ok(Vec::new());
    }
    let waiting = awaiting_first_sign_in(conn).await?;
    let people = everybody(conn).await?.into_iter();
    let people =
        people.filter(|person| added.contains(person.staff_no.as_str()) && person.is_staff_on(today));
    Ok(people.map(|person| person.id).filter(|id| waiting.contains(id)).collect())
}

/// Makes the codes and shows them, this once. The codes that these people had no longer work.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
) -> Answer {
    let import = load(&site, &id).await?;
    if import.confirmed_at.is_none() {
        return Err(Problem::not_found());
    }
    let inner = site.clone();
    let actor = office.0.staff.clone();
    let asked = import.clone();
    let codes = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: actor.as_str() };
                let mut codes = Vec::new();
                for staff in awaiting(&inner, tx, &asked).await? {
                    if let Renewed::Code(code) =
                        renew(tx, &by, &staff, AskedFrom::Screen, Handed::OnSlips).await?
                    {
                        codes.push(*code);
                    }
                }
                Ok::<_, DbError>(codes)
            })
        })
        .await?;
    if codes.is_empty() {
        return Ok(see_other(&format!("{IMPORT}/{}", import.id)));
    }
    Ok(sheet(&site, &visitor, codes, Some(&import.id)))
}

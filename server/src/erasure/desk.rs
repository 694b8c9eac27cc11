//! The page of a person's erasure: one of the training office asks, another confirms with their password.

use axum::extract::{Path, State};
use chrono::{Days, NaiveDate};
use http::StatusCode;
use kokoroe_app::Lang;
use kokoroe_app::people::{ErasureBasis, ErasureError, ErasurePage, ErasureState, KeptUntil};

use super::deed::{self, Order, Standing};
use super::rule::{Because, Kept};
use super::store::{self, Basis, Request};
use crate::account::{Confirmed, confirm};
use crate::audit::hold;
use crate::db::{Conn, DbError};
use crate::exports;
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::id::StaffId;
use crate::people::display_name;
use crate::people::staff::{Staff, staff};
use crate::state::Site;
use crate::training::translate::{day, moment};

/// The reason as pages show it.
pub(super) const fn basis_view(basis: Basis) -> ErasureBasis {
    match basis {
        Basis::Retention => ErasureBasis::Retention,
        Basis::Wish => ErasureBasis::Wish,
    }
}

/// The name of somebody of the training office, who may be erased by now.
pub(super) async fn name(conn: &mut Conn, id: &StaffId, lang: Lang) -> Result<String, DbError> {
    let who = staff(conn, id).await?;
    Ok(who.map(|who| display_name(&who.family, &who.given, &who.roman, lang)).unwrap_or_default())
}

/// The last day before the one on which somebody no longer belongs to the hospital.
pub(super) fn last_day(left_on: NaiveDate) -> kokoroe_app::Day {
    day(left_on.checked_sub_days(Days::new(1)).unwrap_or(left_on))
}

fn kept_view(site: &Site, kept: Kept) -> KeptUntil {
    let year = match kept.because {
        Because::Left => None,
        Because::LastYear(year) => Some(year),
    };
    KeptUntil { day: day(kept.until), year, years: site.hospital.kept_years() }
}

async fn find(conn: &mut Conn, id: &str) -> Result<Staff, Problem> {
    let id = StaffId::parse(id).ok_or_else(Problem::not_found)?;
    staff(conn, &id).await?.ok_or_else(Problem::not_found)
}

async fn view(
    site: &Site,
    conn: &mut Conn,
    (visitor, office): (&Visitor, &Office),
    person: &Staff,
    error: Option<ErasureError>,
) -> Result<ErasurePage, DbError> {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let state = match deed::standing(site, conn, person).await? {
        Standing::Here => ErasureState::Here,
        Standing::Kept(kept) => ErasureState::Kept(kept_view(site, kept)),
        Standing::Over(kept) => match store::request(conn, &person.id).await? {
            None => ErasureState::Ask(kept_view(site, kept)),
            Some(asked) => ErasureState::Waiting {
                by: name(conn, &asked.asked_by, lang).await?,
                at: moment(asked.asked_at, calendar),
                basis: basis_view(asked.basis),
                own: asked.asked_by == office.0.staff,
                error,
            },
        },
        Standing::Done(done) => {
            let (mut asked_by, mut done_by) = (None, None);
            if let Some(id) = &done.asked_by {
                asked_by = Some(name(conn, id, lang).await?);
            }
            if let Some(id) = &done.done_by {
                done_by = Some(name(conn, id, lang).await?);
            }
            ErasureState::Done {
                at: moment(done.at, calendar),
                basis: basis_view(done.basis),
                asked_by,
                done_by,
                swept: done.swept_at.map(|at| moment(at, calendar)),
            }
        }
    };
    Ok(ErasurePage {
        name: display_name(&person.family, &person.given, &person.roman, lang),
        number: person.staff_no.clone(),
        left: person.left_on.map(last_day),
        state,
        person: format!("/office/people/{}", person.id),
        action: super::address(&person.id),
    })
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let person = find(&mut conn, &id).await?;
    let view = view(&site, &mut conn, (&visitor, &office), &person, None).await?;
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Asks, confirms or withdraws: 303 back to the page, 409 where its state does not allow it, 422 for a wrong password.
pub(super) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let person = find(&mut conn, &id).await?;
    let over = matches!(deed::standing(&site, &mut conn, &person).await?, Standing::Over(_));
    let asked = store::request(&mut conn, &person.id).await?;
    let done = match (form.text("do"), asked) {
        ("ask", _) if over => {
            let basis = Basis::from_code(form.text("basis")).ok_or_else(Problem::unreadable)?;
            drop(conn);
            ask(&site, &person.id, basis, &office.0.staff).await?;
            true
        }
        ("withdraw", _) => {
            drop(conn);
            let whose = person.id.clone();
            let gone: Result<(), DbError> =
                site.db.write(move |tx| Box::pin(async move { store::withdraw(tx, &whose).await })).await;
            gone?;
            true
        }
        // The page offers no form for it.
        ("confirm", Some(asked)) if asked.asked_by == office.0.staff || person.id == office.0.staff => {
            return Err(Problem::forbidden());
        }
        ("confirm", Some(asked)) if over => {
            let error = match confirm(&site, &office.0, form.get("password").unwrap_or_default()).await? {
                Confirmed::Yes => None,
                Confirmed::Empty => Some(ErasureError::NoPassword),
                Confirmed::No => Some(ErasureError::Wrong),
                Confirmed::Wait(seconds) => Some(ErasureError::Throttled(seconds)),
            };
            if error.is_some() {
                let view = view(&site, &mut conn, (&visitor, &office), &person, error).await?;
                return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
            }
            drop(conn);
            carry_out(&site, asked, &office.0.staff).await?
        }
        ("ask" | "confirm", _) => false,
        _ => return Err(Problem::unreadable()),
    };
    if done {
        return Ok(see_other(&super::address(&person.id)));
    }
    // It was withdrawn, done by somebody else, or its time is not over: the page says what is so.
    let mut conn = site.db.read().await?;
    let person = find(&mut conn, &id).await?;
    let view = view(&site, &mut conn, (&visitor, &office), &person, None).await?;
    drop(conn);
    Ok(page_with_status(&site, &visitor, StatusCode::CONFLICT, view))
}

async fn ask(site: &Site, person: &StaffId, basis: Basis, by: &StaffId) -> Result<(), DbError> {
    let (inner, staff_id, asked_by) = (site.clone(), person.clone(), by.clone());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let asked_at = hold(tx, &inner.ledger, &inner.clock).await?;
                store::ask(tx, &Request { staff_id, basis, asked_by, asked_at }).await
            })
        })
        .await
}

/// Erases whoever this request is about; `false` when it was withdrawn, or done, meanwhile.
async fn carry_out(site: &Site, asked: Request, by: &StaffId) -> Result<bool, DbError> {
    let (inner, by) = (site.clone(), by.clone());
    let standing = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                hold(tx, &inner.ledger, &inner.clock).await?;
                if store::request(tx, &asked.staff_id).await?.as_ref() != Some(&asked) {
                    return Ok::<_, DbError>(None);
                }
                let id = asked.staff_id;
                let order = Order { basis: asked.basis, asked_by: Some(asked.asked_by), done_by: Some(by) };
                deed::erase(tx, &inner, &id, order).await
            })
        })
        .await?;
    let done = matches!(standing, Some(Standing::Over(_)));
    if done && let Err(error) = exports::erased::tidy(site).await {
        // The sweep at night does it again.
        tracing::warn!(%error, "files that name whoever was erased are still there");
    }
    Ok(done)
}

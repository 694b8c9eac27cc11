//! Deciding what was asked.

use axum::extract::{Path, State};
use http::StatusCode;
use kokoroe_app::requirements::{DecideError, Effect, ExceptionDecide};
use kokoroe_app::say;

use super::ask;
use super::words;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, NoDay, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::id::ExceptionId;
use crate::people::known::{Known, known_person};
use crate::people::staff::staff;
use crate::reports::scope::{Scope, Tree};
use crate::reports::store::{HistoryRow, Instant, Question, Scan, counts, history};
use crate::reports::tally::{Tally, rate_view};
use crate::requirements::exception::{self, About, Kind, Refusal, Verdict};
use crate::requirements::status::{Rate, Status};
use crate::requirements::store::exception::ExceptionRow;
use crate::requirements::store::{self, Requirement};
use crate::state::Site;
use crate::training::translate::day;

/// What is to be decided.
struct Case {
    row: ExceptionRow,
    about: About,
    requirement: Requirement,
    known: Option<Known>,
}

impl Case {
    async fn load(site: &Site, conn: &mut Conn, id: &str) -> Result<Self, Problem> {
        let id = ExceptionId::parse(id).ok_or(Problem::not_found())?;
        let row = store::exception::exception(conn, &id).await?.ok_or(Problem::not_found())?;
        let about = ask::about(site, conn, &row.period_id).await?.ok_or(Problem::not_found())?;
        let requirement =
            store::requirement(conn, &about.period.requirement_id).await?.ok_or(Problem::not_found())?;
        let known = known_person(conn, &about.period.staff_id, site.calendar().date(site.now())).await?;
        Ok(Self { row, about, requirement, known })
    }

    /// What granting it does to the rates of the department and of the hospital: an exemption and a leave take the person out of those who
    /// owe it, a correction takes a completion away. More time and another way change nothing by themselves.
    async fn effects(&self, site: &Site, conn: &mut Conn, visitor: &Visitor) -> Result<Vec<Effect>, DbError> {
        let instant = Instant::new(site.now(), site.calendar());
        let rows = history(conn, &self.about.period.staff_id, instant).await?;
        let row = rows.iter().find(|row| row.period_id == self.about.period.id);
        let Some(status) = row.map(HistoryRow::status) else { return Ok(Vec::new()) };
        let Some(change) = change(Kind::from_code(&self.row.kind), status) else { return Ok(Vec::new()) };
        let asked = Question::of(self.requirement.id.clone(), instant);
        let place = self.known.as_ref().and_then(|known| known.places.first());
        let mut effects = Vec::new();
        let tree = Tree::load(conn, instant.day).await?;
        let scopes =
            place.map(|place| (place.name.clone(), Scope::Below(vec![place.id.clone()]).scan(&tree)));
        let whole = (say!(visitor.lang, "病院全体", "The whole hospital"), Scan::Everywhere);
        for (of, scan) in scopes.into_iter().chain([whole]) {
            let mut tally = Tally::default();
            for row in counts(conn, &asked, &scan).await? {
                tally.add(&row);
            }
            let now = tally.rate();
            let then = Rate { done: now.done + change.done, of: now.of + change.of };
            effects.push(Effect { of, now: rate_view(now), then: rate_view(then) });
        }
        Ok(effects)
    }

    async fn view(
        &self,
        site: &Site,
        conn: &mut Conn,
        (visitor, office): (&Visitor, &Office),
        form: Option<&Form>,
        error: Option<DecideError>,
    ) -> Result<ExceptionDecide, DbError> {
        let lang = visitor.lang;
        let Self { row, about, requirement, known } = self;
        let person = staff(conn, &about.period.staff_id).await?;
        let mut others = Vec::new();
        for other in about.before.iter().rev().filter(|other| other.id != row.id) {
            others.extend(ask::line(site, conn, lang, other, true, None).await?);
        }
        let line = ask::line(site, conn, lang, row, true, None)
            .await?
            .ok_or_else(|| DbError::Inconsistent(format!("exception {} is of no known kind", row.id)))?;
        let until = row.until_on.map(|day| day.to_string()).unwrap_or_default();
        Ok(ExceptionDecide {
            person: words::person_name(conn, &about.period.staff_id, lang).await?,
            number: person.map(|person| person.staff_no).unwrap_or_default(),
            department: known.as_ref().and_then(|known| known.places.first()).map(|place| place.name.clone()),
            person_href: format!("/office/people/{}", about.period.staff_id),
            title: requirement.title_in(lang).to_owned(),
            due: day(site.calendar().last_day_before(about.terms.due_at)),
            line,
            others,
            effects: self.effects(site, conn, visitor).await?,
            own: office.0.staff == row.asked_by || office.0.staff == about.period.staff_id,
            open: row.decided_at.is_none(),
            until: form.map_or(until, |form| form.text("until").to_owned()),
            reply: form.map(|form| form.text("reply").to_owned()).unwrap_or_default(),
            error,
            action: format!("/office/exceptions/{}", row.id),
        })
    }
}

/// How the counts of a rate change.
fn change(kind: Option<Kind>, status: Status) -> Option<Rate> {
    match kind? {
        Kind::Exempt | Kind::Leave if status.counts() && !status.is_done() => Some(Rate { done: 0, of: -1 }),
        Kind::Correct if status.is_done() => Some(Rate { done: -1, of: 0 }),
        Kind::Exempt | Kind::Leave | Kind::Correct | Kind::Extend | Kind::Assist => None,
    }
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let case = Case::load(&site, &mut conn, &id).await?;
    let view = case.view(&site, &mut conn, (&visitor, &office), None, None).await?;
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Takes the decision.
pub(super) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let case = Case::load(&site, &mut conn, &id).await?;
    let granted = match form.text("granted") {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::unreadable()),
    };
    let today = site.calendar().date(site.now());
    let checked = match form.day("until") {
        Err(NoDay) if granted => Err(DecideError::Day),
        until => {
            let reply = form.text("reply").replace("\r\n", "\n");
            let verdict = Verdict { granted, until: until.unwrap_or(None), reply };
            let checked = verdict.check(&case.row, &case.about, &office.0.staff, today, site.calendar());
            match checked {
                Ok(()) => Ok(verdict),
                // The page offers no form for it.
                Err(Refusal::Own) => return Err(Problem::forbidden()),
                Err(why) => Err(error(why, &verdict.reply)),
            }
        }
    };
    let verdict = match checked {
        Ok(verdict) => verdict,
        Err(error) => {
            let shown = (&visitor, &office);
            let view = case.view(&site, &mut conn, shown, Some(&form), Some(error)).await?;
            return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
        }
    };
    drop(conn);
    let (inner, by, row) = (site.clone(), office.0.staff.clone(), case.row.clone());
    let decided: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                // Two of the office who decide at once: the first decides.
                let present = store::exception::exception(tx, &row.id).await?;
                if present.is_none_or(|present| present.decided_at.is_some()) {
                    return Ok(());
                }
                let tracks = &inner.content.catalogue.course.tracks;
                exception::decide(tx, (&inner.ledger, &inner.clock), tracks, &by, &row, &verdict).await
            })
        })
        .await;
    decided?;
    Ok(see_other("/office/exceptions"))
}

fn error(refusal: Refusal, words: &str) -> DecideError {
    match refusal {
        Refusal::Words if words.trim().is_empty() => DecideError::NoWords,
        Refusal::Words => DecideError::TooLong,
        Refusal::NoEnd | Refusal::NoStart => DecideError::Day,
        Refusal::Early => DecideError::Early,
        Refusal::Far => DecideError::Far,
        Refusal::Decided => DecideError::Decided,
        Refusal::State | Refusal::Own | Refusal::Again => DecideError::State,
    }
}

//! Which cards wait for somebody, and in which wording.

use std::cmp::Reverse;
use std::collections::HashSet;

use kokoroe_courses::{Grade, Place, Response, Step, Task, Test};

use super::due::{self, AFTER, SURE, Wait};
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::requirements::store::{self as requirements, Period};
use crate::state::Site;
use crate::training::store::{self, Attempt, Recalled};
use crate::training::walk::{Standing, seed};

/// The answer 「とても自信がある」.
const VERY_SURE: u8 = 4;

/// A card that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Since when, and whether for the last time.
    pub wait: Wait,
    /// In which period the module was finished.
    pub period: Period,
    /// How it was gone through.
    pub attempt: Attempt,
    /// Which card after it.
    pub number: i64,
    /// The family of the question.
    pub family: String,
}

/// Every attempt of somebody that is finished, with its period.
///
/// # Errors
/// When the database fails.
pub async fn finished(conn: &mut Conn, staff: &StaffId) -> Result<Vec<(Period, Attempt)>, DbError> {
    let mut found = Vec::new();
    for period in requirements::periods_of(conn, staff).await? {
        let attempts = store::attempts_of(conn, &period.id).await?;
        found.extend(
            attempts
                .into_iter()
                .filter(|attempt| attempt.finished_at.is_some())
                .map(|attempt| (period.clone(), attempt)),
        );
    }
    Ok(found)
}

/// The cards that wait for somebody now, the one that has waited longest first. Of a module that was finished several times, only the
/// last time counts.
///
/// # Errors
/// When the database fails or a pinned content is gone.
pub async fn waiting(
    site: &Site,
    conn: &mut Conn,
    staff: &StaffId,
    mut finished: Vec<(Period, Attempt)>,
) -> Result<Vec<Waiting>, DbError> {
    let (calendar, today) = (site.calendar(), site.calendar().date(site.now()));
    let Some((_, _, test)) = site.content.final_test() else { return Ok(Vec::new()) };
    finished.sort_by_key(|(_, attempt)| Reverse(attempt.finished_at));
    let mut seen = HashSet::new();
    finished.retain(|(_, attempt)| seen.insert(attempt.module_id.clone()));
    finished.retain(|(_, attempt)| attempt.finished_at.is_some_and(|at| due::any(calendar.date(at), today)));
    if finished.is_empty() {
        return Ok(Vec::new());
    }
    let (answered, put_off) = (store::recalled(conn, staff).await?, store::put_offs(conn, staff).await?);
    let mut cards = Vec::new();
    for (period, attempt) in finished {
        let Some(on) = attempt.finished_at.map(|at| calendar.date(at)) else { continue };
        for (number, _) in AFTER {
            let done = |one: &Recalled| one.attempt_id == attempt.id && one.number == number;
            let put_off: Vec<_> = put_off
                .iter()
                .filter(|one| one.attempt_id == attempt.id && one.number == number)
                .map(|one| one.put_off_on)
                .collect();
            let wait = due::wait(on, number, &put_off, today).filter(|_| !answered.iter().any(done));
            let Some(wait) = wait else { continue };
            let Some(family) = family(site, conn, &period, &attempt, number, test).await? else { continue };
            cards.push(Waiting { wait, period: period.clone(), attempt: attempt.clone(), number, family });
        }
    }
    cards.sort_by_key(|card| card.wait.since);
    Ok(cards)
}

/// What a card asks; none where the module has no such card or the pool no such question.
async fn family(
    site: &Site,
    conn: &mut Conn,
    period: &Period,
    attempt: &Attempt,
    number: i64,
    test: &Test,
) -> Result<Option<String>, DbError> {
    let Some((_, module)) = site.content.module(&attempt.module_id) else { return Ok(None) };
    // A module without cards has no fourth either.
    if module.recall.is_empty() {
        return Ok(None);
    }
    if number == SURE {
        // Few modules ask how sure somebody is; only their attempts are gone through again.
        let asks =
            |step: &Step| matches!(step, Step::Item(item) if matches!(item.task, Task::Confidence { .. }));
        if !module.steps().iter().any(asks) {
            return Ok(None);
        }
        let Some(clause) = sure_but_wrong(site, conn, period, attempt).await? else { return Ok(None) };
        let family = test.family_of_clause(&clause, &module.recall, seed(attempt.seed));
        return Ok(family.map(|family| family.id.clone()));
    }
    let place = usize::try_from(number - 1).unwrap_or(usize::MAX);
    let named = module.recall.get(place).filter(|id| test.families.iter().any(|family| family.id == **id));
    Ok(named.cloned())
}

/// The clause of the first question of an attempt at which somebody was wrong and very sure.
async fn sure_but_wrong(
    site: &Site,
    conn: &mut Conn,
    period: &Period,
    attempt: &Attempt,
) -> Result<Option<String>, DbError> {
    let Some(standing) = Standing::load(site, conn, period.clone(), &attempt.module_id).await? else {
        return Ok(None);
    };
    let walk = standing.walk()?;
    let first_grade = |item: &str| {
        let first = walk.visits().iter().find(|visit| match &visit.place {
            Place::Item(place) => place.item.id == item && visit.response != Response::Again,
            _ => false,
        });
        first.and_then(|visit| visit.judged.grade)
    };
    let about = walk.visits().iter().find_map(|visit| match (&visit.place, &visit.response) {
        (Place::Item(place), Response::Level(VERY_SURE)) => match &place.item.task {
            Task::Confidence { about } if first_grade(about).is_some_and(|grade| grade < Grade::Ok) => {
                Some(about.clone())
            }
            _ => None,
        },
        _ => None,
    });
    Ok(about.and_then(|about| standing.module.item(&about)?.cite.first().cloned()))
}

/// The wording in which somebody is asked: one that neither a final test nor an earlier card of theirs has had, or else the one that
/// was longest ago.
///
/// # Errors
/// When the database fails or a pinned content is gone.
pub async fn wording(
    site: &Site,
    conn: &mut Conn,
    staff: &StaffId,
    card: &Waiting,
) -> Result<Option<String>, DbError> {
    let Some((_, module, test)) = site.content.final_test() else { return Ok(None) };
    let mut given = Vec::new();
    let mut periods = requirements::periods_of(conn, staff).await?;
    periods.sort_by_key(|period| period.assigned_at);
    for period in periods {
        let Some(standing) = Standing::load(site, conn, period, &module.id).await? else { continue };
        let walk = standing.walk()?;
        given.extend(walk.visits().iter().filter_map(|visit| match &visit.place {
            Place::Question(question) if question.family.id == card.family => {
                Some(question.variant.id.clone())
            }
            _ => None,
        }));
        // A question that is open in the test is not answered on a card first.
        if let Place::Question(question) = walk.place()
            && question.family.id == card.family
        {
            given.push(question.variant.id.clone());
        }
    }
    let earlier = store::recalled(conn, staff).await?;
    given.extend(earlier.into_iter().filter(|one| one.family == card.family).map(|one| one.variant));
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let fresh = test.fresh_variant(&card.family, &given, seed(card.attempt.seed));
    Ok(fresh.map(|variant| variant.id.clone()))
}

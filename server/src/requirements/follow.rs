//! Doing what plans say: every hour for what the rules ask, and at once when somebody joins or the training office confirms.

mod standing;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SecondsFormat, Utc};
use kokoroe_courses::Track;
use serde_json::{Value, json};

use super::crowd;
use super::plan::{Facts, Give, Move, Plan, Release, plan};
use super::rule::Rule;
use super::store::{self, ReleaseRow, Requirement};
use super::term::TermChange;
use super::track::Chooser;
use crate::audit::{Entry, Kind, Ledger, Run, append, hold};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};
use crate::id::{PeriodId, StaffId};
use crate::people::Known;
use crate::state::Site;
use crate::training::store as training;
use standing::ONE_BY_ONE;
pub use standing::{Everybody, Standing};

/// How many people's changes are written at once: answers that come in between do not wait long.
const AT_ONCE: usize = 200;

/// Everything that [`plan`] looks at: what a requirement asks of everybody under a rule, its own or another.
#[must_use]
pub fn facts<'f>(
    requirement: &'f Requirement,
    rule: &'f Rule,
    everybody: &'f Everybody,
    standing: &'f Standing,
    (now, calendar): (DateTime<Utc>, Calendar),
    confirmed: bool,
) -> Facts<'f> {
    Facts {
        requirement,
        rule,
        people: &everybody.people,
        held: &standing.held,
        recent: &standing.recent,
        signed: &standing.signed,
        leaves: &everybody.leaves,
        now,
        calendar,
        confirmed,
    }
}

/// Does what every requirement asks now. Can be run again without harm, and by several servers at once. Gives the number of periods that
/// were given.
///
/// # Errors
/// When the database fails; what was done until then stays.
pub async fn follow_all(site: &Site) -> Result<u64, DbError> {
    let (now, calendar) = (site.now(), site.calendar());
    let mut conn = site.db.read().await?;
    let everybody = Everybody::load(&mut conn, calendar, now).await?;
    let mut all = Vec::new();
    for requirement in store::requirements(&mut conn).await? {
        let standing = Standing::load(&mut conn, &requirement, &requirement.rule, now).await?;
        let at = (now, calendar);
        let plan = plan(&facts(&requirement, &requirement.rule, &everybody, &standing, at, false));
        if !plan.is_empty() {
            all.push((requirement, plan));
        }
    }
    drop(conn);
    let mut made = 0;
    for (requirement, plan) in all {
        made += follow(site, &requirement, plan, &everybody, "system").await?;
    }
    Ok(made)
}

/// One thing that a plan says.
#[derive(Clone, Debug)]
enum Step {
    Give(Give, Option<Known>),
    Release(PeriodId, Release),
    TakeBack(PeriodId),
    Move(Move),
    Doubt(PeriodId),
    Sure(PeriodId),
}

/// Does what a plan says, some people at a time. Gives the number of periods that were given.
///
/// # Errors
/// When the database fails; what was done until then stays.
pub async fn follow(
    site: &Site,
    requirement: &Requirement,
    plan: Plan,
    everybody: &Everybody,
    actor: &str,
) -> Result<u64, DbError> {
    let mut made = 0;
    for steps in steps(plan, everybody).chunks(AT_ONCE) {
        let (inner, requirement, steps) = (site.clone(), requirement.clone(), steps.to_vec());
        let actor = actor.to_owned();
        let written: Result<u64, DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let tracks = &inner.content.catalogue.course.tracks;
                    take(tx, &inner.ledger, &inner.clock, tracks, &requirement, steps, &actor).await
                })
            })
            .await;
        made += written?;
    }
    Ok(made)
}

/// Up to so many people's changes are written before a page answers; with more it goes on behind the page.
const BEFORE_THE_PAGE: usize = 500;

/// Does what somebody has confirmed, and then what has come up meanwhile. Of many people it goes on behind the page; what a stop leaves open
/// is done in the next hour.
///
/// # Errors
/// When the database fails before the page answers.
pub async fn follow_confirmed(
    site: Site,
    requirement: Requirement,
    plan: Plan,
    everybody: Everybody,
    actor: String,
) -> Result<(), DbError> {
    let people = plan.give.len() + plan.release.len() + plan.take_back.len() + plan.moves.len();
    let work = async move {
        follow(&site, &requirement, plan, &everybody, &actor).await?;
        // Whoever joined or signed while this was being confirmed.
        follow_all(&site).await.map(drop)
    };
    if people <= BEFORE_THE_PAGE {
        return work.await;
    }
    tokio::spawn(async move {
        if let Err(error) = work.await {
            tracing::error!(%error, "what was confirmed was not given to everybody yet");
        }
    });
    Ok(())
}

/// Obligations end and come back and dates move before anything new is given: whoever looks in between sees nothing twice.
fn steps(plan: Plan, everybody: &Everybody) -> Vec<Step> {
    let who: HashMap<&StaffId, &Known> = everybody.people.iter().map(|who| (&who.staff, who)).collect();
    let Plan { give, release, take_back, moves, doubt, sure } = plan;
    release
        .into_iter()
        .map(|(_, period, why)| Step::Release(period, why))
        .chain(take_back.into_iter().map(|(_, period)| Step::TakeBack(period)))
        .chain(moves.into_iter().map(Step::Move))
        .chain(doubt.into_iter().map(Step::Doubt))
        .chain(sure.into_iter().map(Step::Sure))
        .chain(give.into_iter().map(|give| {
            let known = who.get(&give.staff).map(|who| (*who).clone());
            Step::Give(give, known)
        }))
        .collect()
}

/// Does what a plan says in the write that is under way. Gives the number of periods that were given.
///
/// # Errors
/// When the database fails.
pub async fn follow_in(
    tx: &mut Tx,
    (ledger, clock): (&Ledger, &Clock),
    tracks: &[Track],
    requirement: &Requirement,
    plan: Plan,
    everybody: &Everybody,
) -> Result<u64, DbError> {
    take(tx, ledger, clock, tracks, requirement, steps(plan, everybody), "system").await
}

async fn take(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    tracks: &[Track],
    requirement: &Requirement,
    steps: Vec<Step>,
    actor: &str,
) -> Result<u64, DbError> {
    // Held before looking: another server may be doing the same.
    let now = hold(tx, ledger, clock).await?;
    let chooser = Chooser::of(tx, tracks, requirement, ledger.calendar).await?;
    let mut gives = Vec::new();
    for step in steps {
        match step {
            Step::Give(give, known) => gives.push((give, known)),
            Step::Release(period, why) => set_owed(tx, ledger, clock, &period, Some(why), actor).await?,
            Step::TakeBack(period) => set_owed(tx, ledger, clock, &period, None, actor).await?,
            Step::Move(moved) => move_date(tx, ledger, clock, moved, actor).await?,
            Step::Doubt(period) => store::note_doubt(tx, &period, ledger.calendar.date(now)).await?,
            Step::Sure(period) => store::clear_doubt(tx, &period).await?,
        }
    }
    if gives.is_empty() { Ok(0) } else { give_all(tx, (ledger, clock), &chooser, requirement, gives).await }
}

/// Gives a requirement to whoever does not have it yet, at a stroke: when a year opens, that is everybody.
async fn give_all(
    tx: &mut Tx,
    (ledger, clock): (&Ledger, &Clock),
    chooser: &Chooser<'_>,
    requirement: &Requirement,
    gives: Vec<(Give, Option<Known>)>,
) -> Result<u64, DbError> {
    let (mut run, now) = Run::begin(tx, ledger, clock, &crowd::ROWS).await?;
    let mut made = 0;
    let mut given = if gives.len() > ONE_BY_ONE {
        store::given(tx, &requirement.id).await?
    } else {
        let mut given = HashSet::new();
        for (give, _) in &gives {
            if store::has_period(tx, &give.staff, &requirement.id, give.cycle).await? {
                given.insert((give.staff.clone(), give.cycle));
            }
        }
        given
    };
    for (give, known) in gives {
        if !given.insert((give.staff.clone(), give.cycle)) {
            continue;
        }
        let track = chooser.track(known.as_ref());
        crowd::give(&mut run, (PeriodId::new(clock), now), requirement, &give, track)?;
        made += 1;
    }
    run.take().write(tx).await?;
    Ok(made)
}

/// Ends an obligation from now on, or takes that back. Where it stands so already, nothing happens.
async fn set_owed(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    period: &PeriodId,
    released: Option<Release>,
    actor: &str,
) -> Result<(), DbError> {
    let now = hold(tx, ledger, clock).await?;
    let before = store::release_of(tx, period).await?;
    if before.as_ref().is_none_or(|row| row.owed) == released.is_none() {
        return Ok(());
    }
    let number = before.map_or(1, |row| row.number + 1);
    let reason = released.map_or("", Release::code);
    let kind = if released.is_some() { Kind::ASSIGN_RELEASE } else { Kind::ASSIGN_RESTORE };
    let d = json!({ "number": number, "reason": reason });
    let entry = Entry { kind, at: now, actor, obj: period.as_str(), req: None, d };
    let leaf = append(tx, ledger, entry).await?;
    let row = ReleaseRow {
        number,
        owed: released.is_none(),
        reason: reason.to_owned(),
        actor: actor.to_owned(),
        at: now,
    };
    store::add_release(tx, period, &row, leaf).await?;
    store::clear_doubt(tx, period).await
}

/// Ends what somebody was asked to sign apart, now that they have signed that text, or a later one.
///
/// # Errors
/// When the database fails.
pub async fn signed(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    staff: &StaffId,
    version: i64,
) -> Result<(), DbError> {
    let mut asked = store::requirements(tx).await?;
    asked.retain(|each| each.rule.whom.signed_before.is_some_and(|before| i64::from(before) <= version));
    if asked.is_empty() {
        return Ok(());
    }
    for period in store::periods_of(tx, staff).await? {
        let open = training::completion(tx, &period.id).await?.is_none();
        if open && asked.iter().any(|requirement| requirement.id == period.requirement_id) {
            set_owed(tx, ledger, clock, &period.id, Some(Release::Signed), "system").await?;
        }
    }
    Ok(())
}

/// Moves the dates of a period from now on. Where somebody else has moved them since the plan was made, the next plan sees to it.
pub(super) async fn move_date(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    moved: Move,
    actor: &str,
) -> Result<(), DbError> {
    let now = hold(tx, ledger, clock).await?;
    let last = store::terms(tx, &moved.period).await?.last().map_or(0, |change| change.number);
    if last + 1 != moved.number {
        return Ok(());
    }
    let d = moved_to(&moved);
    let kind = Kind::ASSIGN_DUE_CHANGE;
    let entry = Entry { kind, at: now, actor, obj: moved.period.as_str(), req: None, d };
    let leaf = append(tx, ledger, entry).await?;
    let change = TermChange {
        period_id: moved.period,
        number: moved.number,
        due_at: moved.due_at,
        valid_until: moved.valid_until,
        reason: moved.reason.text(),
        actor: actor.to_owned(),
        at: now,
        leaf,
    };
    store::add_term(tx, &change).await
}

/// What the log says of dates that move.
pub(super) fn moved_to(moved: &Move) -> Value {
    let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    json!({
        "number": moved.number, "due": seconds(moved.due_at), "valid_until": moved.valid_until.map(seconds),
        "reason": moved.reason,
    })
}

/// Does for these people what every requirement asks of them today: for whoever joins, comes back or goes on leave.
///
/// # Errors
/// When the database fails.
pub async fn follow_for(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    tracks: &[Track],
    people: &[StaffId],
) -> Result<(), DbError> {
    let (now, calendar) = (clock.now(), ledger.calendar);
    let everybody = Everybody::of(tx, people, calendar, now).await?;
    if everybody.people.is_empty() {
        return Ok(());
    }
    for requirement in store::requirements(tx).await? {
        let standing = Standing::of(tx, &requirement, people, now).await?;
        let at = (now, calendar);
        let plan = plan(&facts(&requirement, &requirement.rule, &everybody, &standing, at, false));
        take(tx, ledger, clock, tracks, &requirement, steps(plan, &everybody), "system").await?;
    }
    Ok(())
}

//! Deciding who is reminded: the step, its reason and its mail in one write, once.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_app::Lang;
use sha2::{Digest as _, Sha256};

use super::ladder::{Owed, Rules, Rung, Sent, Step, stand};
use super::quiet::Quiet;
use super::store::{self, Decided, MailKind, NewMail};
use super::{post, words};
use crate::account::store::language;
use crate::clock::{Calendar, Clock};
use crate::db::{Conn, DbError, Tx};
use crate::id::{MailId, PeriodId, StaffId};
use crate::people::{Hospital, staff};
use crate::reports::store::{Instant, Order, Page, Question, Scan, history, roster};
use crate::requirements::status::{Facts, Status};
use crate::requirements::store::{Requirement, requirements};
use crate::state::Site;

/// How many people are decided about in one write: answers that come in between do not wait long.
const AT_ONCE: usize = 100;
/// How far back a decision can lie that still matters to a ladder.
const LONGEST_LADDER: TimeDelta = TimeDelta::days(500);

/// What deciding needs to know of the hospital.
#[derive(Clone, Debug)]
pub struct Desk {
    /// How it counts days.
    pub calendar: Calendar,
    /// The time.
    pub clock: Clock,
    /// Its own words.
    pub hospital: Hospital,
    /// How browsers reach it.
    pub origin: String,
    /// When it is quiet.
    pub quiet: Quiet,
    /// Whether mail can be sent at all.
    pub mail: bool,
}

impl Desk {
    /// That of a running server.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self {
            calendar: site.calendar(),
            clock: site.clock.clone(),
            quiet: super::quiet(&site.hospital),
            mail: post::is_set(&site.hospital),
            hospital: site.hospital.clone(),
            origin: site.config.origin.as_str().to_owned(),
        }
    }

    /// How the ladder counts.
    #[must_use]
    pub const fn rules(&self) -> Rules<'_> {
        Rules { calendar: self.calendar, quiet: &self.quiet }
    }

    /// The name under which every mail system knows a mail: the same, however often it is sent.
    pub(super) fn message_id(&self, key: &str) -> String {
        format!("<{}@{}>", hex::encode(Sha256::digest(key.as_bytes())), post::domain(&self.hospital))
    }
}

/// Whether somebody is to be reminded. Whoever finished once and has to renew is told by the new period.
#[must_use]
pub const fn is_open(status: Status, facts: Facts) -> bool {
    status.counts() && !status.is_done() && !facts.completed
}

/// What was decided for a period, as the ladder reads it.
pub(super) fn sent(steps: &[store::Step]) -> Vec<Sent> {
    let read = |step: &store::Step| {
        Some(Sent { step: Step::from_code(&step.step)?, due_on: step.due_on, at: step.decided_at })
    };
    steps.iter().filter_map(read).collect()
}

/// Somebody for whom a step seems to be due.
#[derive(Clone, Debug)]
pub struct Candidate {
    staff: StaffId,
    period: PeriodId,
    requirement: Requirement,
}

/// Everybody for whom a step is due.
///
/// # Errors
/// When the database fails.
pub async fn candidates(conn: &mut Conn, desk: &Desk) -> Result<Vec<Candidate>, DbError> {
    let now = desk.clock.now();
    if !desk.quiet.allows(now, desk.calendar) {
        return Ok(Vec::new());
    }
    let mut before: HashMap<PeriodId, Vec<store::Step>> = HashMap::new();
    for step in store::since(conn, now - LONGEST_LADDER).await? {
        before.entry(step.period_id.clone()).or_default().push(step);
    }
    let last_year = desk.calendar.fiscal_year(now) - 1;
    let mut found = Vec::new();
    for requirement in requirements(conn).await? {
        let old = requirement.fiscal_year < last_year && !requirement.rule.cycle.recurs();
        if requirement.opens_at > now || old {
            continue;
        }
        let question = Question::of(requirement.id.clone(), Instant::new(now, desk.calendar));
        let may = |status: Status| status.counts() && !status.is_done();
        let rows = roster(conn, &question, &Scan::Everywhere, "all", may, Order::Kana, Page::WHOLE).await?;
        for row in rows {
            let owed = Owed {
                given_at: row.assigned_at.max(requirement.opens_at),
                due_at: row.due_at,
                open: is_open(row.status(), row.facts()),
            };
            let sent = before.get(&row.period_id).map(|steps| sent(steps)).unwrap_or_default();
            if stand(&owed, &sent, desk.rules(), now).now.is_some() {
                let (staff, period) = (row.staff_id, row.period_id);
                found.push(Candidate { staff, period, requirement: requirement.clone() });
            }
        }
    }
    Ok(found)
}

/// Decides about one of them, looking again at what holds inside this write. `false` when nothing is due after all.
///
/// # Errors
/// When the database fails.
pub async fn decide(tx: &mut Tx, desk: &Desk, candidate: &Candidate) -> Result<bool, DbError> {
    let Candidate { staff, period, requirement } = candidate;
    let now = desk.clock.now();
    let owed = history(tx, staff, Instant::new(now, desk.calendar)).await?.into_iter().find_map(|row| {
        let same = row.period_id == *period;
        same.then(|| Owed {
            given_at: row.assigned_at.max(requirement.opens_at),
            due_at: row.due_at,
            open: is_open(row.status(), row.facts()),
        })
    });
    let Some(owed) = owed else { return Ok(false) };
    let sent = sent(&store::of_period(tx, period).await?);
    let Some(rung) = stand(&owed, &sent, desk.rules(), now).now else { return Ok(false) };
    let Some(person) = staff::staff(tx, staff).await? else { return Ok(false) };
    let due_on = desk.calendar.last_day_before(owed.due_at);
    let by_mail = desk.mail && !person.mail.is_empty();
    let decided = Decided {
        period_id: period.clone(),
        step: rung.step.code(),
        due_on,
        staff_id: staff.clone(),
        planned_at: rung.at,
        decided_at: now,
        way: if by_mail { "mail" } else { "page" }.to_owned(),
        address: None,
        sent_at: None,
        failed_at: None,
        withdrawn_at: None,
    };
    if !store::add(tx, &decided).await? {
        return Ok(false);
    }
    if by_mail {
        let lang = language(tx, staff).await?.as_deref().and_then(Lang::from_tag).unwrap_or_default();
        let mail = mail(desk, candidate, rung, due_on, person.mail, lang, now);
        store::withdraw_others(tx, period, &mail.key, now).await?;
        store::add_mail(tx, &mail).await?;
    }
    Ok(true)
}

fn mail(
    desk: &Desk,
    candidate: &Candidate,
    rung: Rung,
    due_on: NaiveDate,
    address: String,
    lang: Lang,
    now: DateTime<Utc>,
) -> NewMail {
    let key = format!("reminder/{}/{}/{due_on}", candidate.period, rung.step.code());
    let about = words::About {
        title: candidate.requirement.title_in(lang),
        alone: candidate.requirement.is_signature(),
        due: crate::training::translate::day(due_on),
        hospital: desk.hospital.name(lang),
        help: desk.hospital.help(lang),
        origin: &desk.origin,
    };
    let (subject, body) = words::reminder(&about, rung.step, lang);
    NewMail {
        id: MailId::new(&desk.clock),
        message_id: desk.message_id(&key),
        key,
        kind: MailKind::Reminder,
        staff_id: candidate.staff.clone(),
        period_id: Some(candidate.period.clone()),
        address,
        subject,
        body,
        at: now,
    }
}

/// Reminds everybody for whom a step is due. Can be run again without harm, by several servers too. Gives how many were reminded.
///
/// # Errors
/// When the database fails; what was decided until then stays.
pub async fn run(site: &Site) -> Result<u64, DbError> {
    let desk = Desk::of(site);
    let mut conn = site.db.read().await?;
    let found = candidates(&mut conn, &desk).await?;
    drop(conn);
    let mut reminded = 0;
    for some in found.chunks(AT_ONCE) {
        let (desk, some) = (desk.clone(), some.to_vec());
        let written: Result<u64, DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let mut decided = 0;
                    for candidate in &some {
                        decided += u64::from(decide(tx, &desk, candidate).await?);
                    }
                    Ok(decided)
                })
            })
            .await;
        reminded += written?;
    }
    Ok(reminded)
}

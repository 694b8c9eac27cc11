//! The manager's one mail a week: who still has to act.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};
use kokoroe_app::Lang;

use super::decide::{Desk, is_open};
use super::store::{self, MailKind, NewMail};
use super::{outbox, words};
use crate::account::store::language;
use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, MailId, StaffId};
use crate::people::{display_name, role, staff};
use crate::reports::scope::{Scope, Tree};
use crate::reports::store::{Instant, Order, Page, Question, RosterRow, roster};
use crate::requirements::rule::Audience;
use crate::requirements::store::{Requirement, requirements};
use crate::state::Site;
use crate::training::translate::day;

/// How many people are named.
const FIRST: usize = 8;
/// How late the mail may still go out, if the server stood still on Monday morning.
const LATEST: TimeDelta = TimeDelta::days(2);

/// When this week's mail goes out; `None` when that time is not now.
fn week(desk: &Desk, now: DateTime<Utc>) -> Option<String> {
    let today = desk.calendar.date(now);
    let since_monday = u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_sub_days(Days::new(since_monday))?;
    let from = desk.quiet.morning(monday, desk.calendar);
    (from <= now && now < from + LATEST && desk.quiet.allows(now, desk.calendar)).then(|| monday.to_string())
}

/// Everybody at or below a scope who still has to act, the most urgent first.
pub(super) async fn open_below(
    conn: &mut Conn,
    desk: &Desk,
    tree: &Tree,
    scope: &Scope,
    now: DateTime<Utc>,
) -> Result<Vec<RosterRow>, DbError> {
    let mut open: Vec<RosterRow> = Vec::new();
    let opened: Vec<Requirement> =
        requirements(conn).await?.into_iter().filter(|each| each.opens_at <= now).collect();
    for requirement in &opened {
        // Whoever owes this year's course is not asked for last year's as well.
        let later = |each: &Requirement| {
            each.course == requirement.course && each.fiscal_year > requirement.fiscal_year
        };
        if opened.iter().any(|each| later(each) && each.rule.whom == Audience::everybody()) {
            continue;
        }
        let question = Question::of(requirement.id.clone(), Instant::new(now, desk.calendar));
        let may = |status: crate::requirements::status::Status| status.counts() && !status.is_done();
        let scan = scope.scan(tree);
        let rows = roster(conn, &question, &scan, &scope.listed(tree), may, Order::Due, Page::WHOLE).await?;
        open.extend(rows.into_iter().filter(|row| is_open(row.status(), row.facts())));
    }
    open.sort_by_key(|row| row.due_at);
    Ok(open)
}

/// Writes this week's mail to every manager with people who have to act. Can be run again without harm. Gives how many were written.
///
/// # Errors
/// When the database fails; what was written until then stays.
pub async fn run(site: &Site) -> Result<u64, DbError> {
    let desk = Desk::of(site);
    let now = site.now();
    let Some(week) = week(&desk, now).filter(|_| desk.mail) else { return Ok(0) };
    let mut conn = site.db.read().await?;
    let mut managers: BTreeMap<StaffId, Vec<DepartmentId>> = BTreeMap::new();
    for managed in role::managed(&mut conn).await? {
        managers.entry(managed.staff_id).or_default().push(managed.department_id);
    }
    let tree = Tree::load(&mut conn, desk.calendar.date(now)).await?;
    let mut mails = Vec::new();
    for (manager, departments) in managers {
        let key = format!("digest/{manager}/{week}");
        if store::has(&mut conn, &key).await? {
            continue;
        }
        mails.extend(mail(&mut conn, &desk, &tree, manager, departments, key, now).await?);
    }
    drop(conn);
    outbox::write_down(site, mails).await
}

async fn mail(
    conn: &mut Conn,
    desk: &Desk,
    tree: &Tree,
    manager: StaffId,
    departments: Vec<DepartmentId>,
    key: String,
    now: DateTime<Utc>,
) -> Result<Option<NewMail>, DbError> {
    let today = desk.calendar.date(now);
    let person = staff::staff(conn, &manager).await?.filter(|person| person.is_staff_on(today));
    let Some(person) = person.filter(|person| !person.mail.is_empty()) else { return Ok(None) };
    let mut open = open_below(conn, desk, tree, &Scope::Below(departments), now).await?;
    open.retain(|row| row.staff_id != manager);
    if open.is_empty() {
        return Ok(None);
    }
    let lang = language(conn, &manager).await?.as_deref().and_then(Lang::from_tag).unwrap_or_default();
    let late = |row: &&RosterRow| row.due_at <= now;
    let first: Vec<words::Open> = open
        .iter()
        .take(FIRST)
        .map(|row| words::Open {
            name: display_name(&row.family, &row.given, &row.roman, lang),
            due: day(desk.calendar.last_day_before(row.due_at)),
            late: row.due_at <= now,
        })
        .collect();
    let (subject, body) = words::digest(
        &words::Week {
            open: open.len(),
            late: open.iter().filter(late).count(),
            first: &first,
            hospital: desk.hospital.name(lang),
            help: desk.hospital.help(lang),
            origin: &desk.origin,
        },
        lang,
    );
    Ok(Some(NewMail {
        id: MailId::new(&desk.clock),
        message_id: desk.message_id(&key),
        key,
        kind: MailKind::Digest,
        staff_id: manager,
        period_id: None,
        address: person.mail,
        subject,
        body,
        at: now,
    }))
}

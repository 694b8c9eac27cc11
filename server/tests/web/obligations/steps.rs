//! What the stories do and look at: a training that opens, somebody who completes it, goes on leave or changes profession.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::DbError;
use kokoroe_server::id::{DepartmentId, PeriodId, RequirementId, StaffId};
use kokoroe_server::on;
use kokoroe_server::reports::store::{Instant, Question, Scan, counts, history};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::period::{Because, Reason};
use kokoroe_server::requirements::rule::{Audience, Cycle, Rule};
use kokoroe_server::requirements::status::{Rate, Status};
use kokoroe_server::requirements::store::{self as requirements, Period, Requirement};
use kokoroe_server::requirements::track::one_list;
use kokoroe_server::requirements::year;

use crate::support::facts::stand_alone;
use crate::support::{TestSite, day};

/// A requirement of this rule, open since now, due in sixty days.
pub(super) async fn open(test: &TestSite, rule: Rule) -> Requirement {
    let now = test.site.now();
    let calendar = Calendar::default();
    let year = calendar.fiscal_year(now);
    let requirement = Requirement {
        id: RequirementId::new(&test.site.clock),
        code: format!("story-{year}"),
        title: format!("撮影する人の研修 {year}年度"),
        title_en: String::new(),
        basis: "SNS利用規程".into(),
        basis_en: String::new(),
        course: "sns".into(),
        fiscal_year: year,
        opens_at: now,
        due_at: calendar.end_of(calendar.date(now) + TimeDelta::days(59)),
        valid_until: None,
        rule,
        closed_at: None,
    };
    let (site, new) = (test.site.clone(), requirement.clone());
    let opened: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let lists = one_list(site.content.catalogue.course.modules_of_everybody());
                year::open(tx, &site.ledger, &site.clock, &new, &lists, "system").await
            })
        })
        .await;
    opened.expect("opened");
    requirement
}

pub(super) async fn run(test: &TestSite) -> u64 {
    follow_all(&test.site).await.expect("a run")
}

/// Those of somebody's periods that belong to a requirement, oldest first.
pub(super) async fn owed(test: &TestSite, staff: &StaffId, of: &Requirement) -> Vec<Period> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let mut periods = requirements::periods_of(&mut conn, staff).await.expect("periods");
    periods.retain(|period| period.requirement_id == of.id);
    periods.sort_by_key(|period| period.cycle);
    periods
}

/// Somebody completes a period now, by the rule of its requirement.
pub(super) async fn complete(
    test: &TestSite,
    of: &Requirement,
    period: &Period,
    before: Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    let now = test.site.now();
    let until = of.rule.valid_until(now, before, day("2020-04-01"), period.due_at, Calendar::default());
    let until = until.or(of.valid_until);
    let id = period.id.clone();
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                stand_alone(tx).await?;
                on!(tx, |c| sqlx::query(
                    "INSERT INTO completion (period_id, number, code, completed_at, valid_until, name, policy_version, leaf)
                     VALUES ($1, $1, '', $2, $3, '', 4, 0)",
                )
                .bind(&id)
                .bind(now)
                .bind(until)
                .execute(c)
                .await
                .map(drop))?;
                Ok(())
            })
        })
        .await;
    done.expect("completed");
    until.unwrap_or(now)
}

/// Where somebody stands with a period, as the reports say.
pub(super) async fn status(test: &TestSite, staff: &StaffId, period: &PeriodId) -> Status {
    status_at(test, staff, period, test.site.now()).await
}

pub(super) async fn status_at(
    test: &TestSite,
    staff: &StaffId,
    period: &PeriodId,
    at: DateTime<Utc>,
) -> Status {
    let mut conn = test.site.db.read().await.expect("a connection");
    let rows = history(&mut conn, staff, Instant::new(at, Calendar::default())).await.expect("a history");
    rows.iter().find(|row| row.period_id == *period).expect("the period").status()
}

/// The rate of a requirement, of everybody or below a department.
pub(super) async fn rate(
    test: &TestSite,
    of: &Requirement,
    department: Option<&DepartmentId>,
    at: DateTime<Utc>,
) -> Rate {
    let mut conn = test.site.db.read().await.expect("a connection");
    let asked = Question::of(of.id.clone(), Instant::new(at, Calendar::default()));
    let scan = department.map_or(Scan::Everywhere, |id| Scan::Below(id.to_string()));
    let rows = counts(&mut conn, &asked, &scan).await.expect("counts");
    Rate::of(rows.iter().map(|row| (row.status(), row.people)))
}

pub(super) fn because(period: &Period) -> Because {
    Reason::read(&period.reason).expect("a reason").rule
}

pub(super) fn last_day(at: DateTime<Utc>) -> NaiveDate {
    Calendar::default().last_day_before(at)
}

pub(super) fn nurses(cycle: Cycle) -> Rule {
    Rule { cycle, ..Rule::yearly(Audience { professions: vec!["看護師".into()], ..Audience::default() }) }
}
